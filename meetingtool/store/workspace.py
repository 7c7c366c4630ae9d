"""The workspace: the folder that holds one manager's records, behind a few verbs."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.base import REF_LENGTH, Record
from meetingtool.records.kinds import TEAM_KINDS, AnyRecord
from meetingtool.store.book import Book, book_of
from meetingtool.store.bookfile import Header, peek
from meetingtool.store.commit import DISK, FOLDER_MODE, Files, sweep
from meetingtool.store.deeds import Deed, Version, joined
from meetingtool.store.drafts import Drafts
from meetingtool.store.errors import BookDamaged, CannotWrite, WorkspaceMissing, WorkspaceUnusable
from meetingtool.store.keys import end_of, key_of
from meetingtool.store.lock import WriteLock, why_not
from meetingtool.store.places import BOOK_OR_PREVIOUS, LOCK_NAME, TEAM, TEAM_FILE, file_of
from meetingtool.store.shelf import order, to_hand_out
from meetingtool.store.storage import CHECK_HINT, PLAIN, Envelope, Signature, signature_of
from meetingtool.store.transaction import Transaction, begun

if TYPE_CHECKING:
    from meetingtool.store.examination import Finding

R = TypeVar("R", bound=Record)

SHORTEST_REF = 4


class Workspace:
    """Typed records in year books.

    Open it with `Workspace.open`. Every verb may be called from any thread; a batch keeps the others waiting.
    What is handed out is frozen: a change is a new version, given to `save`.
    """

    def __init__(self, folder: Path, user: str, *, files: Files = DISK, envelope: Envelope = PLAIN) -> None:
        self.folder = folder
        self.user = user
        self.drafts = Drafts(folder, files, envelope)
        self._files = files
        self._envelope = envelope
        self._lock = WriteLock(folder / LOCK_NAME)
        self._mutex = threading.RLock()
        self._books: dict[str, Book] = {}
        self._seen = self._look()
        self._generation = 1
        self._swept = False
        self._open_batch: Transaction | None = None

    # Opening and closing

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, user: str | None = None) -> Workspace:
        """The workspace in `folder`; with `create`, a new one where there is none. Reads no book.

        user: who is named in the log, by default the user of this computer.
        Raises WorkspaceMissing, WorkspaceUnusable, BookDamaged (the team's book is gone), CannotWrite.
        """
        folder = Path(folder).expanduser().absolute()
        try:
            names = {entry.name for entry in os.scandir(folder)}
        except FileNotFoundError:
            names = None
        except NotADirectoryError as error:
            raise WorkspaceUnusable(f"{folder} is a file, not a folder.", "Name a folder with --data.") from error
        except OSError as error:
            raise WorkspaceUnusable(
                f"{folder} can't be opened: {error.strerror}.",
                "Ask for the right to read it, or name another with --data.",
            ) from error
        if names is None or TEAM_FILE not in names:
            _refuse_if_team_is_lost(folder, names or set())
            if not create:
                raise WorkspaceMissing(
                    f"There is no workspace in {folder}.", "`meetingtool init` makes one, `--data DIR` names another."
                )
            _make_folder(folder, names)
        workspace = cls(folder, user or _user_of_computer())
        if TEAM not in workspace._seen:
            workspace._make_team_book()
        return workspace

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything in memory. All that was saved is on the disk already."""
        with self._mutex:
            for book in self._books.values():
                book.forget()
            self._books.clear()

    # Writing

    def save(
        self, *records: Record, deed: str, now: datetime, deed_id: str | None = None, undoes: str | None = None
    ) -> Deed:
        """Save records of one book, all or nothing, durably: when it returns, a power cut can't take it.

        Version 1 is a new record; version n + 1 changes version n. deed: what was done, in words without private
        content. deed_id: the same id for the second book of one action. undoes: the id of the deed taken back.
        Saving again what is saved already changes nothing and gives the deed of then.

        Raises Conflict (with `.current`), NotFound (nothing to change), Refused (a record can't move to another
        year), CannotWrite, BookDamaged, NewerVersion; ValueError for a record that is wrong in itself.
        In a batch the batch's words and ids hold, and the saving is done at its end.
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
        self, deed: str, now: datetime, *, deed_id: str | None = None, undoes: str | None = None
    ) -> Iterator[Transaction]:
        """Everything saved inside is one deed: visible here at once, written when the block ends, each book once.

        After an exception nothing of it was saved. Other programs and threads wait meanwhile. A batch inside a
        batch is part of the outer one. Books are written one after the other, the team's first.
        """
        with self._mutex:
            if self._open_batch is not None:
                yield self._open_batch
                return
            with self._writing(begun(deed_id, now, self.user, deed, undoes)) as transaction:
                self._open_batch = transaction
                try:
                    yield transaction
                finally:
                    self._open_batch = None

    @contextmanager
    def _writing(self, deed: Deed) -> Iterator[Transaction]:
        with self._lock:
            self._sweep_once()
            transaction = Transaction(self._book, deed)
            try:
                yield transaction
                for book in transaction.commit():
                    self._saw(book)
                    self._generation += 1
            except BaseException:
                transaction.abandon()
                raise

    def _added(self, transaction: Transaction, records: tuple[Record, ...]) -> Deed:
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
                "Remove it there and record it anew, if it really belongs to another year.",
            )

    # Reading

    def get(self, kind: type[R], id: str) -> R:
        """The record of that kind and id, also when it is in the bin. NotFound when there is none."""
        with self._mutex:
            try:
                key_of(id)
            except ValueError:
                raise _nothing() from None
            for name in self._likely_books(kind, id):
                found = self._book(name).get(id)
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
        **fields: Any,
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
            for name in self._books_between(kind, since, until):
                chosen = _chosen(self._book(name).of_kind(kind), since, until, removed, wanted)
                in_order = in_order and not (found and chosen and order(found[-1]) > order(chosen[0]))
                found += chosen
            if not in_order:
                found.sort(key=order)
            return cast("list[R]", to_hand_out(found))

    def by_ref(self, ref: str) -> AnyRecord:
        """The record whose id ends so, in either case, with I and L for 1 and O for 0. Four characters at least.

        NotFound when there is none, Unclear when there are several.
        """
        end = end_of(ref.strip())
        if end is None or len(ref.strip()) < SHORTEST_REF:
            raise Unclear(
                "That is no reference.", f"It is the last {REF_LENGTH} characters of what `meetingtool history` lists."
            )
        with self._mutex:
            books = map(self._book, reversed(self._names()))
            records = [record for book in books for record in book.ending(end)][:9]
        if not records:
            raise _nothing()
        if len(records) > 1:
            several = ", ".join(f"{record.id[-2 * REF_LENGTH :]} ({record.at:%Y-%m-%d})" for record in records)
            raise Unclear("Several things have a reference that ends so.", f"Please give more of it: {several}.")
        return to_hand_out(records)[0]

    def versions(self, id: str) -> list[Version]:
        """Every version of a record that is kept, oldest first, the current one last.

        Of a record that changed very often, the newest 40 former versions stay and, of older ones, each day's last.
        """
        with self._mutex:
            record = self.get(Record, id)
            book = next(book for book in map(self._book, self._likely_books(Record, id)) if book.get(id) is not None)
            return book.versions(key_of(id), cast(AnyRecord, record))

    def deeds(self, limit: int = 50) -> list[Deed]:
        """What was done last, newest first, over all books. Reads only the books that can have one of them."""
        with self._mutex:
            deeds: list[Deed] = []
            for changed, name in self._by_last_deed():
                newest = joined(deeds)[:limit]
                if len(newest) == limit and newest[-1].at > changed:
                    break
                deeds += self._book(name).all_deeds()
            return joined(deeds)[:limit]

    def years(self) -> list[int]:
        """The years that have a book, in order."""
        with self._mutex:
            return [int(name) for name in self._names() if name != TEAM]

    def load_years(self) -> None:
        """Read every book, the newest first. For a worker thread: others get their turn between two books."""
        with self._mutex:
            names = self._names()
        for name in reversed(names):
            with self._mutex:
                self._book(name).read_records()

    # Noticing others

    @property
    def generation(self) -> int:
        """A number that grows whenever anyone saved, as far as this object has noticed."""
        return self._generation

    def refresh(self) -> bool:
        """Look whether another program saved, and read again what it changed. True when there was anything."""
        with self._mutex:
            if self._open_batch is not None:
                return False
            seen = self._look()
            if seen == self._seen:
                return False
            for name, book in self._books.items():
                if seen.get(name) != self._seen.get(name):
                    book.reload()
            self._seen = seen
            self._generation += 1
            return True

    def notices(self) -> list[Finding]:
        """What a manager should hear about at the start: copies that a cloud folder made of a book, and books read
        so far that were changed outside meetingtool. Cheap when there is nothing; `examine` looks at everything."""
        from meetingtool.store.examination import at_a_glance

        with self._mutex:
            edited = [name for name, book in self._books.items() if not book.storage.sound]
            return at_a_glance(self.folder, edited, envelope=self._envelope)

    # Inside

    def _book(self, name: str) -> Book:
        book = self._books.get(name)
        if book is None:
            path = file_of(self.folder, name)
            book = self._books[name] = Book(path, self._lock, self._files, self._envelope)
        return book

    def _look(self) -> dict[str, Signature | None]:
        """Every book's signature; None for one of which only the former copy is there."""
        try:
            names = {found[1] for entry in os.scandir(self.folder) if (found := BOOK_OR_PREVIOUS.fullmatch(entry.name))}
        except OSError as error:
            raise WorkspaceMissing(
                f"{self.folder} is gone.", "Bring it back (is its disk or network drive connected?), then try again."
            ) from error
        return {name: signature_of(file_of(self.folder, name)) for name in sorted(names)}

    def _saw(self, book: Book) -> None:
        self._seen[book.name] = book.storage.signature

    def _names(self) -> list[str]:
        """The names of all books: the years in order, then the team's."""
        begun = {book.name for book in self._open_batch.books} if self._open_batch else set()
        return sorted(begun.union(self._seen))

    def _likely_books(self, kind: type, id: str) -> list[str]:
        """The books that can have the record, the likeliest first: ids tell when they were made."""
        if issubclass(kind, TEAM_KINDS):
            return [TEAM]
        names = self._names()
        made = _year_of(id)
        return sorted(names, key=lambda name: (name == TEAM, abs(int(name) - made) if name != TEAM else 0))

    def _books_between(self, kind: type, since: date | None, until: date | None) -> list[str]:
        if issubclass(kind, TEAM_KINDS):
            return [TEAM]
        first, last = since.year if since else 0, until.year if until else 9999
        return [name for name in self._names() if name != TEAM and first <= int(name) <= last]

    def _by_last_deed(self) -> list[tuple[datetime, str]]:
        """Books with the moment of their last deed, newest first; one that doesn't say counts as newest."""
        moments = []
        for name in self._names():
            book = self._books.get(name)
            header = book.storage.header if book and book.storage.in_memory else self._peek(name)
            moments.append((header.changed if header and header.changed else _NEVER_TOO_OLD, name))
        return sorted(moments, reverse=True)

    def _peek(self, name: str) -> Header | None:
        try:
            with file_of(self.folder, name).open("rb") as file:
                return peek(file.read(512))
        except OSError:
            return None  # reading it whole will say what is wrong

    def _sweep_once(self) -> None:
        if not self._swept:
            try:
                sweep(self.folder)
            except OSError as error:
                raise why_not(error, self.folder) from error
            self._swept = True

    def _make_team_book(self) -> None:
        with self._lock:
            book = self._book(TEAM)
            if signature_of(book.path) is None:
                with book.storage.transaction(None):
                    book.records.put({})
            self._saw(book)


_NEVER_TOO_OLD = datetime.max.replace(tzinfo=UTC)


def _refuse_if_team_is_lost(folder: Path, names: set[str]) -> None:
    """A folder with years but without the team is no empty folder: something was lost or moved."""
    if any(BOOK_OR_PREVIOUS.fullmatch(name) for name in names):
        raise BookDamaged(
            f"{TEAM_FILE} is missing from {folder}, and other books are there.", CHECK_HINT, folder / TEAM_FILE
        )


def _make_folder(folder: Path, names: set[str] | None) -> None:
    """Make the folder, or tighten the rights of an empty one; a folder with other things in it keeps its rights."""
    try:
        if names is None:
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        elif not names:
            folder.chmod(FOLDER_MODE)
    except NotADirectoryError as error:
        raise WorkspaceUnusable(f"{folder} lies in a file, not in a folder.", "Name a folder with --data.") from error
    except OSError as error:
        raise CannotWrite(
            f"{folder} can't be made: {error.strerror}.", "Name a folder that you may write in with --data."
        ) from error


def _nothing() -> NotFound:
    return NotFound("Nothing of that reference is kept here.", "`meetingtool history` lists what is.")


def _chosen(
    records: Sequence[AnyRecord],
    since: date | None,
    until: date | None,
    removed: bool | None,
    fields: tuple[tuple[str, Any], ...],
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


def _user_of_computer() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "someone"


def _year_of(id: str) -> int:
    """The year in which the id was minted."""
    milliseconds = int(key_of(id)) >> 80
    return 1970 + milliseconds // 31_556_952_000
