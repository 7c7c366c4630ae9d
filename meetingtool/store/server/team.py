"""The records of one team on a server, behind the verbs of every workspace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec

from meetingtool.errors import Conflict, MeetingtoolError, Refused
from meetingtool.records.base import Record
from meetingtool.records.kinds import AnyRecord
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.deeds import Code
from meetingtool.store.book import book_of
from meetingtool.store.commit import DISK, FOLDER_MODE
from meetingtool.store.deeds import Change, Deed
from meetingtool.store.drafts import Drafts
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import NotYours, OtherForm, ServerAway, WorkspaceMissing
from meetingtool.store.lock import why_not
from meetingtool.store.server.address import Address, read_address
from meetingtool.store.server.administration import require_schema
from meetingtool.store.server.books import News, ServerBooks
from meetingtool.store.server.link import SILENCE, Link, refuse_unsafe_host
from meetingtool.store.server.outbox import Outbox, Waiting
from meetingtool.store.server.staged import ServerStaged
from meetingtool.store.transaction import begun
from meetingtool.store.workspace import TypedLine, Workspace

if TYPE_CHECKING:
    from meetingtool.store.mending.finding import Finding
    from meetingtool.store.retention import CopyRewrite, Purged

R = TypeVar("R", bound=Record)

TOLD = frozenset({deeds.WIN, deeds.STICKY, deeds.PRAISE, deeds.PROMISE, deeds.ACTION})
"""The kinds of what people tell, which can be recorded even while the server is away."""


MEANWHILE = "`meetingtool win`, `sticky`, `praise`, `promise` and `action` keep a line here until it answers."


def open_team(
    place: Path | str, *, create: bool = False, user: str | None = None, envelope: Envelope | None = None
) -> ServerTeam:
    """See `Workspace.open`. WorkspaceMissing where the server has no such team for this login; ServerAway."""
    address = read_address(str(place))
    refuse_unsafe_host(address)
    link = Link(address, silence=SILENCE)
    try:
        require_schema(link)
        found = link.one("select title from meetingtool.my_team(%s)", address.team)
    except ServerAway as error:
        outbox = _usual_outbox(address)
        hint = MEANWHILE if outbox.was_opened() else error.hint
        raise ServerAway(error.message + outbox.in_words(), hint) from error
    except MeetingtoolError:
        link.close()
        raise
    if found is None:
        login = link.login()
        link.close()
        outbox = Outbox(folder_beside(address, login))
        raise WorkspaceMissing(
            f"The server has no team {address.team!r} for the login {login!r}.{outbox.in_words()}",
            "Ask the administrator: `meetingtool server team add`, `meetingtool server member add`.",
        )
    folder, database = folder_beside(address, link.login()), _database(link)
    Outbox(folder).gather(database and f"{database} {address.team} {link.login()}")
    team = ServerTeam(link, folder)
    team.take_news()
    return team


def _database(link: Link) -> str:
    """What identifies a database, however it is reached; empty where the server keeps that to itself."""
    if not link.one("select has_function_privilege('pg_control_system()', 'execute')"):
        return ""
    found = "select system_identifier || ' ' || oid from pg_control_system(), pg_database"
    return str(link.one(f"{found} where datname = current_database()"))


def keep_line(place: str, typed: TypedLine) -> bool:
    """Keep a line while the server of an address can't be reached; False, with nothing kept, where the team was never
    opened on this computer. CannotWrite."""
    outbox = _usual_outbox(read_address(place))
    if not outbox.was_opened():
        return False
    outbox.put_line(typed)
    return True


def _usual_outbox(address: Address) -> Outbox:
    """What waits for a server that can't be asked who logs in there."""
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.pq import Conninfo

    named = conninfo_to_dict(address.conninfo).get("user")
    usual = next((each.val for each in Conninfo.get_defaults() if each.keyword == b"user"), None)
    return Outbox(folder_beside(address, str(named or (usual or b"").decode())))


def folder_beside(address: Address, login: str) -> Path:
    """The folder on this computer for half-typed text and what waits for the server; made if it is missing."""
    from hashlib import sha256

    from platformdirs import user_state_path

    servers = user_state_path("meetingtool", appauthor=False) / "servers"
    folder, former = (
        servers / sha256(f"{login} {place}".encode()).hexdigest()[:24] for place in (address.place, address.shown)
    )
    try:
        if former.is_dir() and not folder.exists():  # made by an earlier version, under the address as it was spelled
            former.rename(folder)
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise why_not(error, folder) from error
    return folder


def _is_course(deed: Code, records: Collection[Record]) -> bool:
    """Whether it is about where a meeting is: its segment, its clock, who is there."""
    return deed == deeds.QUIET and [each.__struct_config__.tag for each in records] == ["meeting"]


def _fail(error: MeetingtoolError) -> NoReturn:
    raise error


class ServerTeam(Workspace):
    """A workspace whose books are rows on a server that others write to, too. folder: for drafts and what waits for the
    server."""

    FAR = True
    OUT_OF_REACH = "The finals that the HR office has, the server's own backups, and papers that were exported"

    def __init__(self, link: Link, folder: Path) -> None:
        self._link = link
        self._rows = ServerBooks(link, link.address.team)
        self._outbox = Outbox(folder)
        self._last: ServerStaged | None = None
        super().__init__(folder, link.login(), self._rows, Drafts(folder, DISK, PLAIN))
        self.waiting = self._outbox.number()
        self._told: dict[str, Waiting] = {}
        """What was recorded here and waits, by the id of the deed."""
        self._refused: MeetingtoolError | None = None
        self._in_doubt = False

    def close(self) -> None:
        """Let go of everything in memory and of the connection."""
        super().close()
        self._link.close()

    # Writing

    def save(
        self, *records: Record, deed: Code, now: datetime, deed_id: str | None = None, undoes: str | None = None
    ) -> Deed:
        """See `Workspace.save`. What people tell, and where a meeting is, is kept on this computer while the server is
        away, and sent later."""
        can_wait = _is_course(deed, records) or (deed in TOLD and all(record.version == 1 for record in records))
        if not can_wait or undoes is not None or self._open_batch is not None:
            return super().save(*records, deed=deed, now=now, deed_id=deed_id, undoes=undoes)
        first = begun(deed_id, now, self.user, deed, None)
        waiting = Waiting(first, tuple(msgspec.convert(records, tuple[AnyRecord, ...])))
        self._outbox.put(waiting)  # at once, even while others wait for the server
        with self._mutex:
            if any(self.waits(record.id) for record in records):
                return self._wait(waiting)
            try:
                with self._link.hurried():
                    done = super().save(*records, deed=deed, now=now, deed_id=first.id)
            except ServerAway:
                return self._wait(waiting)
            except (MeetingtoolError, ValueError):
                self._outbox.drop(first.id)
                raise
            self._outbox.drop(first.id)
            self.waiting = self._outbox.number() if self.waiting else 0
            return done

    def _wait(self, waiting: Waiting) -> Deed:
        """Show what waits for the server as if it were there."""
        self.waiting = self._outbox.number()
        self._told[waiting.deed.id] = waiting
        for record in waiting.removed or waiting.records:
            book = self._rows.book(book_of(record))
            if book.name not in self._rows.names():
                book.begin_empty()
                self._rows.begun(book.name)
            book.take(record)
        self.saved = True
        self._changed([record.id for record in waiting.records], {book_of(record) for record in waiting.records})
        changes = tuple(Change(record.id, record.version - 1, record.version) for record in waiting.records)
        return msgspec.structs.replace(waiting.deed, changes=changes)

    def waits(self, id: str) -> bool:
        """See `Workspace.waits`."""
        return any(record.id == id for waiting in self._told.values() for record in waiting.records)

    def last_waiting(self) -> Deed | None:
        """See `Workspace.last_waiting`."""
        told = [waiting for waiting in self._told.values() if waiting.deed.what in TOLD]
        left = [waiting.deed for waiting in told if waiting.undoing is None]
        changes = [Change(record.id, 0, 1) for record in self._told[left[-1].id].records] if left else []
        return msgspec.structs.replace(left[-1], changes=tuple(changes)) if left else None

    def take_back(self, waiting: Deed, now: datetime) -> None:
        """See `Workspace.take_back`."""
        with self._mutex:
            gone = self._told[waiting.id].taken_back(now, self.user)
            self._outbox.put(gone)
            self._wait(gone)

    def typed_lines(self) -> list[TypedLine]:
        """See `Workspace.typed_lines`."""
        return self._outbox.lines()

    def drop_typed_line(self, id: str) -> None:
        """See `Workspace.drop_typed_line`."""
        self._outbox.drop_line(id)
        self.waiting = self._outbox.number()

    def _send_waiting(self) -> bool:
        """Send what waits, in the order in which it was recorded; returns whether anything was sent. What is refused
        stays here."""
        if not self.waiting:
            return False
        sent = False
        for waiting in self._outbox.all():
            try:
                self._rows.send(waiting.deed, waiting.records)
                if waiting.undoing is not None:
                    self._rows.send(waiting.undoing, waiting.removed)
            except ServerAway:
                raise
            except MeetingtoolError as error:
                if waiting.deed.what not in TOLD:
                    self._refused = Refused("The meeting was changed elsewhere meanwhile.", "Look where it is now.")
                    with self._mutex:
                        self._drop_all()
                elif waiting.undoing is None or not isinstance(error, Conflict):
                    why = f"What waits for the server was refused, and stays here: {error.message}"
                    self._refused = Refused(why, error.hint)
                    continue
                else:
                    self._refused = Refused(
                        "What you took back had been changed on the server by then, and stays.", "Remove it by hand."
                    )
            with self._mutex:
                self._outbox.drop(waiting.deed.id)
                self._told.pop(waiting.deed.id, None)
                self._changed((), {book_of(record) for record in waiting.records})
            sent = True
        self.waiting = self._outbox.number()
        return sent

    def _staged(self, deed: Deed) -> ServerStaged:
        self._last = ServerStaged(self._rows, deed)
        return self._last

    @contextmanager
    def _held(self) -> Iterator[None]:
        """A context in which nobody else writes to the team; at its end everything is saved, or nothing."""
        is_done = False
        self._send_waiting()  # what follows may rest on it
        seq = self._rows.seq
        try:
            with self._link.transaction(), self.showing(False):
                self._link.rows("select meetingtool.hold(%s)", self._rows.team)
                self._last = None
                yield
                is_done = True
        except BaseException as error:
            if not is_done:
                raise
            if not (isinstance(error, ServerAway) and self._last is not None and self._last.was_kept()):
                self._doubt(seq)
                raise

    def _doubt(self, seq: int) -> None:
        """Show what there was before the last deed until the server answers: only then is it known what it has, and
        read anew."""
        if self._last is not None:
            self._last.abandon()
        self._rows.seq, self._in_doubt = seq, True
        self._changed(None, ())

    def _drop_all(self) -> None:
        """Forget what is in memory, which may not be what the server has: it is read anew."""
        self._rows.close()
        self._changed(None, ())

    # Reading

    def get(self, kind: type[R], id: str, *, year: int | None = None, place: int | None = None) -> R:
        """See `Workspace.get`."""
        self._link.wanted()
        return super().get(kind, id, year=year, place=place)

    def find(self, kind: type[R], /, **asked: Any) -> list[R]:
        """See `Workspace.find`."""
        self._link.wanted()
        return super().find(kind, **asked)

    def showing(self, only: bool = True) -> AbstractContextManager[None]:
        """See `Workspace.showing`."""
        return self._rows.showing(only)

    @property
    def leaves_out(self) -> bool:
        """See `Workspace.leaves_out`."""
        with self._mutex:
            return self._rows.leaves_out() and any(self._rows.left_out())

    def notices(self) -> list[Finding]:
        """What this version can't read in the books needed so far, and in the log."""
        from meetingtool.store.mending.finding import Finding

        with self._mutex:
            message, hint = self._rows.left_out()
            log = self._rows.left_out_of_log()
        found = [Finding("newer", "", self.folder, message, hint)] if message else []
        return [*found, Finding("log", "", self.folder, log, "All records are still here.")] if log else found

    def in_use(self) -> None:
        """See `Workspace.in_use`: changes by others are followed from then on."""
        self._link.wanted()

    def is_own(self, deed: Deed) -> bool:
        """See `Workspace.is_own`."""
        return deed.by == self.user

    def is_filed(self, evaluation: str, edition: int) -> bool:
        """See `Workspace.is_filed`."""
        found = self._link.rows("select team, evaluation, edition from meetingtool.list_filed()")
        return (self._rows.team, evaluation, edition) in found

    def deeds(self, limit: int = 50) -> list[Deed]:
        """What was done last, newest first, in the order in which the server took it."""
        with self._mutex:
            return self._rows.deeds(limit)

    def look_ahead(self) -> Callable[[], bool]:
        """See `Workspace.look_ahead`; what waits is sent. If sending is refused, the reason is raised once all changes
        are taken in."""
        try:
            with self._link.hurried():
                sent, generation, news = self._asked()
        except OtherForm as error:
            return partial(_fail, error)
        except ServerAway as error:
            hint = "What is recorded meanwhile is kept here; everything else has to wait for it."
            return partial(_fail, ServerAway(error.message, hint))
        except MeetingtoolError as error:
            return partial(_fail, error)

        def take() -> bool:
            if self._taken_in(generation, news) or sent:
                return True
            refused, self._refused = self._refused, None
            return _fail(refused) if refused is not None else False

        return take

    def refresh(self) -> bool:
        """See `Workspace.refresh`."""
        return self.look_ahead()()

    def take_news(self) -> bool:
        """Take in what others saved, and send what waits. An unneeded connection is given back."""
        sent, generation, news = self._asked()
        return self._taken_in(generation, news) or sent

    def _asked(self) -> tuple[bool, int, News | None]:
        """Send what waits and ask for news, while other threads go on reading: whether anything was sent, the
        generation to which the news belongs, and the news, if the server was asked."""
        if self._open_batch is not None or not self._link.is_ready():
            return False, 0, None
        sent = not self._link.is_inside and self._send_waiting()  # inside a transaction it might be taken back
        try:
            with self._mutex:
                if self._in_doubt:
                    self._drop_all()
                    self._in_doubt, sent = False, True
                self._rows.names()
                generation = self.generation
            return sent, generation, self._rows.asked()
        except NotYours as error:
            with self._mutex:
                self._drop_all()
            raise NotYours(error.message + self._outbox.in_words(), error.hint) from error

    def _taken_in(self, generation: int, news: News | None) -> bool:
        """Take news in, unless something was saved or read meanwhile, and they may be outdated: then the next look
        gets them. Returns whether there was anything new."""
        with self._mutex:
            if news is None or (generation, news.since) != (self.generation, self._rows.seq):
                return False
            books = self._rows.take_in(news)
            if books:
                self._changed(None, books)
            return bool(books)

    def purge(self, ids: Collection[str], change: CopyRewrite | None = None) -> Purged:
        """See `Workspace.purge`. Copies elsewhere are the server administrator's business."""
        from meetingtool.store.retention import Purged

        with self._mutex:
            self._link.silence = None
            try:
                gone = self._link.one("select meetingtool.purge(%s, %s)", self._rows.team, list(ids))
            finally:
                self._link.silence = SILENCE
            return Purged(int(gone), (), ())
