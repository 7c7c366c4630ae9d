"""The workspace: one manager's records, behind a few verbs, wherever they are kept."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast

import msgspec

from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.base import REF_LENGTH, Record
from meetingtool.rules.keeping.deeds import Code
from meetingtool.store.book import book_of
from meetingtool.store.books import Books, Staged
from meetingtool.store.commit import Signature
from meetingtool.store.deeds import Deed, Version, merged_deeds
from meetingtool.store.drafts import Drafts
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import no_files
from meetingtool.store.keys import end_of, key_of
from meetingtool.store.shelf import Leaf, Wanted, order, to_hand_out
from meetingtool.store.together import DeedMark
from meetingtool.store.transaction import begun

if TYPE_CHECKING:
    from meetingtool.records.kinds import AnyRecord
    from meetingtool.store.mending.finding import Finding
    from meetingtool.store.retention import CopyRewrite, Purged


R = TypeVar("R", bound=Record)


class Opener(Protocol):
    """What opens a place that an engine keeps."""

    def __call__(
        self, place: Path | str, *, create: bool, user: str | None, envelope: Envelope | None
    ) -> Workspace: ...


ADDRESSES = ("postgresql://", "postgres://")
"""How the address of a server begins."""

ENGINES: dict[str, Opener] = {}
"""The engines that keep records, by name; `store/__init__.py` fills it in."""

SHORTEST_REF = 4

STEPS_KEPT = 200
"""For this many of the latest generations it is known what changed."""


class Changes(msgspec.Struct, frozen=True):
    """What was saved. books: all books that were. ids: the records that were saved from here. others: the books that
    another program saved, in which anything may differ."""

    books: frozenset[str]
    ids: frozenset[str]
    others: frozenset[str]


class TypedLine(msgspec.Struct, frozen=True):
    """A line that was typed while the workspace could not be opened. id: of the record that it becomes. kind: `win`,
    `sticky`, `praise`, `promise` or `action`."""

    id: str
    at: datetime
    kind: str
    line: str


class Workspace(ABC):
    """Typed records in year books.

    Open it with `Workspace.open`. Every verb may be called from any thread; a batch keeps the others waiting.
    What is handed out is frozen: a change is a new version, given to `save`. saved: whether anything was, from here.
    """

    OUT_OF_REACH = "Backups that you keep elsewhere, and papers that were exported"
    """Where a name may remain that `purge` can't reach."""

    def __init__(self, folder: Path, user: str, books: Books, drafts: Drafts) -> None:
        self.folder = folder
        self.user = user
        self.saved = False
        self.drafts = drafts
        self.finished: DeedMark | None = None
        """A deed in several books that had been interrupted and was finished here."""
        self._books = books
        self._mutex = threading.RLock()
        self._generation = 1
        self._steps: deque[tuple[Collection[str] | None, Collection[str]]] = deque(maxlen=STEPS_KEPT)
        self._open_batch: Staged | None = None
        self.waiting = 0
        """How many deeds still have to be sent to a server."""

    # Opening and closing

    @staticmethod
    def open(
        place: Path | str, *, create: bool = False, user: str | None = None, envelope: Envelope | None = None
    ) -> Workspace:
        """The workspace in a folder, or of a team on a server; with `create`, a new folder where there is none.

        user: who is named in the log, by default the user of this computer; on a server it is the login.
        envelope: what `unlock` gave for an encrypted workspace.
        Raises WorkspaceMissing, WorkspaceUnusable, BookDamaged (the team's book is gone), CannotWrite, and Locked when
        it is encrypted and no envelope is given.
        """
        engine = "server" if isinstance(place, str) and place.startswith(ADDRESSES) else "folder"
        return ENGINES[engine](place, create=create, user=user, envelope=envelope)

    def files(self) -> Path:
        """The folder of the books, for what works on files. Refused where they are on a server."""
        raise no_files()

    @abstractmethod
    def purge(self, ids: Collection[str], change: CopyRewrite | None = None) -> Purged:
        """Delete every former version of these records, and let `change` go over copies. It can't be undone."""

    @property
    def envelope(self) -> Envelope:
        """How the files are wrapped: for what works on the folder itself, such as a backup."""
        return PLAIN

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop everything in memory. All that was saved is already on the disk."""
        with self._mutex:
            self._books.close()

    # Writing

    def save(
        self, *records: Record, deed: Code, now: datetime, deed_id: str | None = None, undoes: str | None = None
    ) -> Deed:
        """Save records of one book, all or nothing, durably: when it returns, a power cut can't take it.

        Version 1 is a new record; version n + 1 changes version n. deed: the code of what was done.
        deed_id: the same id for the second book of one action. undoes: the id of the deed taken back.
        Saving again what is already saved changes nothing and returns the deed of that time.

        Raises Conflict (with `.current`), NotFound (nothing to change), Refused (a record can't move to another
        year), CannotWrite, BookDamaged, NewerVersion; ValueError for a record that is wrong in itself. In a batch, the
        batch's deed and ids apply, and everything is saved at its end.
        """
        if not records:
            raise ValueError("there is nothing to save")
        with self._mutex:
            if self._open_batch is not None:
                return self._added(self._open_batch, records)
            with self._writing(begun(deed_id, now, self.user, deed, undoes)) as transaction:
                return self._added(transaction, records)

    @contextmanager
    def batch(
        self, deed: Code, now: datetime, *, deed_id: str | None = None, undoes: str | None = None
    ) -> Iterator[Staged]:
        """Everything saved inside is one deed: visible here at once, written when the block ends, each book once.

        What others saved until then is read first, so that inside it can be checked whether something is there already.
        After an exception none of it is saved. Other programs and threads wait meanwhile. A batch inside a batch is
        part of the outer one. Whatever interrupts it, it is saved in all of its books or in none.
        """
        with self._mutex:
            if self._open_batch is not None:
                yield self._open_batch
                return
            with self._held():
                self.refresh()
                with self._writing(begun(deed_id, now, self.user, deed, undoes)) as transaction:
                    self._open_batch = transaction
                    try:
                        yield transaction
                    finally:
                        self._open_batch = None

    @contextmanager
    def _writing(self, deed: Deed) -> Iterator[Staged]:
        staged = self._staged(deed)
        try:
            yield staged
            for book in staged.commit():
                self.saved = True
                noticed = self._books.saw(book)
                self._changed(staged.ids_in(book) if noticed else None, (book.name,))
        except BaseException:
            staged.abandon()
            raise

    @abstractmethod
    def _held(self) -> AbstractContextManager[object]:
        """Keeps others from writing: for what is to be asked and then saved."""

    @abstractmethod
    def _staged(self, deed: Deed) -> Staged:
        """Where the changes of one deed are collected until they are written."""

    def _added(self, transaction: Staged, records: tuple[Record, ...]) -> Deed:
        try:
            return transaction.add(records)
        except NotFound:
            for record in records:
                self._refuse_to_move(record)
            raise

    def _refuse_to_move(self, record: Record) -> None:
        try:
            kept = self.get(type(record), record.id)
        except NotFound:
            return
        if book_of(kept) != book_of(record):
            raise Refused(
                f"What was begun in {kept.at.year} stays in the book of {kept.at.year}.",
                "If it really belongs to another year, remove it there and record it again.",
            )

    # Reading

    def get(self, kind: type[R], id: str, *, year: int | None = None, place: int | None = None) -> R:
        """The record of that kind and id, also when it is in the bin. NotFound when there is none.

        year, place: the book that has it and where, if `passing` gave them; then that book need not be read whole.
        """
        with self._mutex:
            try:
                key_of(id)
            except ValueError:
                raise _nothing() from None
            for book in self._books.likely(kind, id, year):
                found = book.get(id, place)
                place = None
                if found is not None and isinstance(found, kind):
                    return cast(R, to_hand_out([found])[0])
        raise _nothing()

    def find(
        self,
        kind: type[R],
        /,
        *,
        since: date | None = None,
        until: date | None = None,
        removed: bool | None = False,
        **fields: object,
    ) -> list[R]:
        """Records of a kind, by the moment they happened.

        since, until: first and last day of `at`, both included. removed: False for those in use, True for those in
        the bin, None for both. fields: plain fields that must be equal.
        """
        unknown = set(fields) - set(kind.__struct_fields__)
        if unknown:
            raise TypeError(f"{kind.__name__} has no field {unknown.pop()}")
        wanted = tuple(fields.items())
        with self._mutex:
            found: list[AnyRecord] = []
            in_order = True
            for book in self._books.between(kind, since, until):
                chosen = _chosen(book.of_kind(kind), since, until, removed, wanted)
                in_order = in_order and not (found and chosen and order(found[-1]) > order(chosen[0]))
                found += chosen
            if not in_order:
                found.sort(key=order)
            return cast("list[R]", to_hand_out(found))

    def passing(self, year: int, wanted: Wanted | None = None) -> Iterator[Leaf]:
        """All records of a year's book, those in the bin too, some at a time and in no order; they are not kept.

        wanted: a quick look at their JSON; records that it does not give back may be left out undecoded. For one look
        at very many, as a search needs it: other threads wait only while the file is read, not while its records are
        decoded. Raises what `find` raises.
        """
        with self._mutex:
            book = self._books.book(f"{year:04d}")
            leaves = book.leaves(wanted)
        try:
            yield from leaves
        except msgspec.DecodeError as error:
            with self._mutex:
                raise book.not_understood() from error

    def signature(self, year: int) -> Signature | None:
        """What identifies the state of a year's file: different after every save by anyone. None without a file, and
        where it can't be reached."""
        return None

    def is_at(self, year: int, signature: Signature) -> bool:
        """Whether the year's book is sound and still has that signature; it may be read through for that."""
        return False

    def derived_of(self, year: int, signature: Signature) -> bytes | None:
        """What was worked out from a year's book while it had that signature, and kept; None when there is nothing."""
        return None

    def keep_derived(self, year: int, signature: Signature, data: bytes) -> bool:
        """Keep what was worked out from a year's book while it `is_at` that signature; returns whether it was kept."""
        return False

    def by_ref(self, ref: str) -> AnyRecord:
        """The record whose id ends like this, in either case, with I and L for 1 and O for 0. Four characters at least.

        NotFound when there is none, Unclear when there are several.
        """
        end = end_of(ref.strip())
        if end is None or len(ref.strip()) < SHORTEST_REF:
            raise Unclear(
                "That isn't a reference.",
                f"It is the last {REF_LENGTH} characters of what `meetingtool history` lists.",
            )
        with self._mutex:
            records = [record for book in self._books.all() for record in book.ending(end)][:9]
        if not records:
            raise _nothing()
        if len(records) > 1:
            several = ", ".join(f"{record.id[-2 * REF_LENGTH :]} ({record.at:%Y-%m-%d})" for record in records)
            raise Unclear("Several references end like that.", f"Give more characters: {several}.")
        return to_hand_out(records)[0]

    def versions(self, id: str) -> list[Version]:
        """Every version of a record that is kept, oldest first, the current one last.

        For a record that changed very often, the newest 40 former versions are kept and, of older ones, each day's
        last.
        """
        with self._mutex:
            record = self.get(Record, id)
            book = next(book for book in self._books.likely(Record, id) if book.get(id) is not None)
            return book.versions(key_of(id), cast("AnyRecord", record))

    def is_filed(self, evaluation: str, edition: int) -> bool:
        """Whether a final edition is where the HR office has it; in a folder there is no such office."""
        return True

    def deeds(self, limit: int = 50) -> list[Deed]:
        """What was done last, newest first, over all books. Reads only the books that can have one of them."""
        with self._mutex:
            deeds: list[Deed] = []
            for changed, book in self._books.by_last_deed():
                newest = merged_deeds(deeds)[:limit]
                if len(newest) == limit and not newest[0].order and newest[-1].at > changed:
                    break
                deeds += book.all_deeds()
            return merged_deeds(deeds)[:limit]

    def log(self, book: str | None = None) -> list[tuple[str, Deed]]:
        """Every deed that is still known, each with the name of the book it is written in; empty on a server, which
        keeps them all together. book: only those of that book, where there are books.
        """
        with self._mutex:
            return self._books.log(book)

    def years(self) -> list[int]:
        """The years that have a book, in order."""
        with self._mutex:
            return self._books.years()

    def kept_years(self) -> list[int]:
        """The years whose records are in memory now."""
        with self._mutex:
            return self._books.in_memory()

    def size(self, since: date, *, undecoded: bool = False) -> int:
        """How many bytes the books of the years from `since` on have, without reading them.

        undecoded: only of those whose records are still to be decoded.
        """
        with self._mutex:
            return self._books.size(since.year, undecoded=undecoded)

    def load_years(self, since: date = date.min) -> None:
        """Read the books of all years, or of those from `since` on, the newest first. For a worker thread: others get
        their turn between two books."""
        with self._mutex:
            books = self._books.between(Record, since, None)
        for book in reversed(books):
            with self._mutex:
                book.read_records()
            time.sleep(0)  # otherwise a thread that waits for the lock hardly ever gets it

    # Noticing others

    def showing(self, only: bool = True) -> AbstractContextManager[None]:
        """A context, for this thread, in which a server leaves out what this version can't read, and `notices` reports
        it, instead of refusing. For code that only shows records. only: False where a deed or a paper rests on what is
        read."""
        return nullcontext()

    @property
    def leaves_out(self) -> bool:
        """Whether something is left out at this point; see `showing`."""
        return False

    def in_use(self) -> None:  # noqa: B027 (in a folder there is nothing to note)
        """Note that somebody is working here, though nothing is read or saved."""

    def is_own(self, deed: Deed) -> bool:
        """Whether a deed is this user's own to undo: where several managers work, the others' deeds are not."""
        return True

    def waits(self, id: str) -> bool:
        """Whether a record made here still has to be sent to a server."""
        return False

    def last_waiting(self) -> Deed | None:
        """The last deed from here that still has to be sent to a server, unless it was taken back."""
        return None

    def take_back(self, waiting: Deed, now: datetime) -> None:
        """Take back what `last_waiting` gives, though the server can't be reached. Refused where nothing waits."""
        raise Refused("There is nothing to undo.")

    def typed_lines(self) -> Sequence[TypedLine]:
        """What was typed while the server could not be reached, still to be recorded."""
        return ()

    def drop_typed_line(self, id: str) -> None:
        """Forget a typed line: it is recorded."""
        raise NotFound("No such line waits.")

    @property
    def generation(self) -> int:
        """A number that grows whenever anyone saved, as far as this object has noticed."""
        return self._generation

    def refresh(self) -> bool:
        """Check whether another program saved, and read again what it changed. True when there was anything."""
        with self._mutex:
            if self._open_batch is not None:
                return False
            books = self._books.look_again()
            if books:
                self._changed(None, books)
            return bool(books)

    FAR = False
    """Whether a look for changes asks another computer, which may not answer."""

    def look_ahead(self) -> Callable[[], bool]:
        """Ask for what others saved while other threads go on reading; returns what then takes it in, as `refresh`
        does."""
        return self.refresh

    def changed_since(self, generation: int) -> Changes | None:
        """What was saved by anyone since a generation; None when that is too long ago to tell."""
        with self._mutex:
            steps = self._generation - generation
            if steps > len(self._steps):
                return None
            latest = list(self._steps)[len(self._steps) - steps :]
        return Changes(
            books=frozenset(book for _, books in latest for book in books),
            ids=frozenset(id for ids, _ in latest if ids is not None for id in ids),
            others=frozenset(book for ids, books in latest if ids is None for book in books),
        )

    def _changed(self, ids: Collection[str] | None, books: Collection[str]) -> None:
        """Note one step of the generation. ids: None where only the books are known."""
        self._generation += 1
        self._steps.append((ids, books))

    def refuse_if_set_back(self) -> None:
        """BookDamaged where the team's book is in an earlier state than the one that was last saved here."""
        return

    def refuse_if_missing(self) -> None:
        """BookDamaged where a book that was saved here is missing: what is left would look complete."""
        return

    def notices(self) -> list[Finding]:
        """What a manager should hear about when the program starts. Cheap when there is nothing."""
        return []


def _nothing() -> NotFound:
    return NotFound("There is nothing with that reference.", "`meetingtool history` lists what there is.")


def _chosen(
    records: Sequence[AnyRecord],
    since: date | None,
    until: date | None,
    removed: bool | None,
    fields: tuple[tuple[str, object], ...],
) -> list[AnyRecord]:
    """Those that fit, one test at a time: most questions need one or two."""
    chosen = list(records)
    if removed is not None:
        chosen = [record for record in chosen if (record.removed_at is not None) is removed]
    if since is not None:
        chosen = [record for record in chosen if record.at.date() >= since]
    if until is not None:
        chosen = [record for record in chosen if record.at.date() <= until]
    for field, value in fields:
        chosen = [record for record in chosen if getattr(record, field) == value]
    return chosen
