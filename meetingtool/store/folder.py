"""A workspace in a folder of year books."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from meetingtool.errors import MeetingtoolError
from meetingtool.store.book import Book
from meetingtool.store.books import Staged
from meetingtool.store.commit import DISK, Files, Signature
from meetingtool.store.deeds import Deed
from meetingtool.store.derived import Derived
from meetingtool.store.drafts import Drafts
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import BookDamaged, CannotWrite
from meetingtool.store.file_reading import signature_of
from meetingtool.store.library import Library
from meetingtool.store.lines import Rows
from meetingtool.store.lock import why_unlockable
from meetingtool.store.opening import find_or_make, user_of_computer
from meetingtool.store.places import LOCK_NAME, TEAM, TEAM_FILE, file_of
from meetingtool.store.roll import missing_books
from meetingtool.store.storage import CHECK_HINT
from meetingtool.store.together import DeedMark, is_unfinished, lock_of
from meetingtool.store.transaction import Transaction
from meetingtool.store.workspace import Workspace

if TYPE_CHECKING:
    from meetingtool.store.mending.finding import Finding
    from meetingtool.store.retention import CopyRewrite, Purged


def open_folder(
    place: Path | str, *, create: bool = False, user: str | None = None, envelope: Envelope | None = None
) -> Folder:
    """See `Workspace.open`. Reads no book."""
    folder = Path(place).expanduser().absolute()
    is_new = find_or_make(folder, create=create)
    if envelope is None:
        from meetingtool.store.envelope import envelope_for

        envelope = envelope_for(folder)
    workspace = Folder(folder, user or user_of_computer(), envelope=envelope)
    if is_new:
        workspace.make_team_book()
    workspace.finish()
    return workspace


class Folder(Workspace):
    """Its books are files, each a plain JSON file that any TinyDB reads; one program writes at a time."""

    def __init__(self, folder: Path, user: str, *, files: Files = DISK, envelope: Envelope = PLAIN) -> None:
        self._write_lock = lock_of(folder, files, finished=self._note_finished)
        self._library = Library(folder, self._write_lock, files, envelope)
        super().__init__(folder, user, self._library, Drafts(folder, files, envelope))
        self.derived = Derived(folder, files, envelope)
        self._files = files

    @property
    def envelope(self) -> Envelope:
        """How the files are wrapped: for what works on the folder itself, such as a backup."""
        return self._library.envelope

    @contextmanager
    def _writing(self, deed: Deed) -> Iterator[Staged]:
        with self._write_lock, super()._writing(deed) as staged:
            yield staged

    def _held(self) -> AbstractContextManager[object]:
        return self._write_lock

    def files(self) -> Path:
        """The folder of the books."""
        return self.folder

    def purge(self, ids: Collection[str], change: CopyRewrite | None = None) -> Purged:
        """See `Workspace.purge`."""
        from meetingtool.store.retention import purge

        purged = purge(self.folder, ids, change=change, envelope=self.envelope)
        self.refresh()
        return purged

    def _staged(self, deed: Deed) -> Transaction:
        ordered = msgspec.structs.replace(deed, order=self._library.order_at(deed.at))
        return Transaction(self._library.book, ordered, self._files)

    def signature(self, year: int) -> Signature | None:
        """What identifies the state of a year's file: different after every save by anyone. None without a file, and
        where it can't be reached."""
        try:
            return signature_of(file_of(self.folder, f"{year:04d}"))
        except OSError:
            return None

    def is_at(self, year: int, signature: Signature) -> bool:
        """Whether the year's book is sound and still has that signature; it may be read through for that."""
        with self._mutex:
            return self._library.book(f"{year:04d}").storage.is_at(signature)

    def derived_of(self, year: int, signature: Signature) -> bytes | None:
        """What was worked out from a year's book while it had that signature, and kept; None when there is nothing."""
        return self.derived.get(f"{year:04d}", signature)

    def keep_derived(self, year: int, signature: Signature, data: bytes) -> bool:
        """Keep what was worked out from a year's book while it `is_at` that signature; returns whether it was kept. It
        isn't if the book has changed by now, or while anybody writes: what is to be forgotten must not come back this
        way.
        """
        try:
            with lock_of(self.folder, self._files, patience=0):
                return self.signature(year) == signature and self.derived.put(f"{year:04d}", signature, data)
        except MeetingtoolError:
            return False

    def refresh(self) -> bool:
        """Check whether another program saved, and read again what it changed. True when there was anything.

        Books of earlier years that nobody asked for during `LOOKS_KEPT` such checks are dropped from memory.
        """
        with self._mutex:
            if self._open_batch is None:
                self.finish()
            return super().refresh()

    def notices(self) -> list[Finding]:
        """What a manager should hear about at the start: copies that a cloud folder made of a book, books read so far
        that were changed outside meetingtool or whose backup fails, and a folder that can't be written to.

        Cheap when there is nothing; `examine` checks everything.
        """
        from meetingtool.store.examination import at_a_glance

        with self._mutex:
            library = self._library
            found = at_a_glance(self.folder, library.edited(), library.headers(), envelope=library.envelope)
            return found if self._write_lock.held else found + self._unwritable()

    def refuse_if_set_back(self) -> None:
        """See `Workspace.refuse_if_set_back`."""
        from meetingtool.store.examination import is_set_back

        if is_set_back(self.folder, TEAM, self.envelope):
            raise BookDamaged(
                f"{TEAM_FILE} is in an earlier state than when it was last saved.", CHECK_HINT, self.folder / TEAM_FILE
            )

    def refuse_if_missing(self) -> None:
        """See `Workspace.refuse_if_missing`. A book that a conflicted copy has whole comes back by merging."""
        if not missing_books(self.folder, self.envelope):
            return
        for finding in self.notices():
            if finding.kind == "missing":
                raise BookDamaged(finding.message, finding.hint, finding.path)

    def _unwritable(self) -> list[Finding]:
        from meetingtool.store.mending.finding import Finding

        why = why_unlockable(self.folder / LOCK_NAME)
        return [Finding("can't write", "", self.folder, why.message, why.hint)] if why else []

    def finish(self) -> None:
        """Finish a deed in several books that was interrupted, if nobody else is doing so and it can be written
        here."""
        if is_unfinished(self.folder):
            with suppress(CannotWrite), lock_of(self.folder, self._files, patience=0, finished=self._note_finished):
                pass  # taking the lock finished it; `examine` reports one that could not be

    def _note_finished(self, mark: DeedMark) -> None:
        self.finished = mark

    def make_team_book(self) -> None:
        with self._write_lock:
            book = self._library.book(TEAM)
            if book.storage.is_new():
                with book.storage.transaction(None):
                    book.records.put({})
            self._library.saw(book)

    def books(self) -> list[Book]:
        """Every book, for code that takes in all of them as they are kept."""
        with self._mutex:
            return [self._library.book(name) for name in sorted(self._library.names())]

    def put_rows(self, name: str, records: Rows, former: Rows, deeds: Rows) -> None:
        """Put rows that were kept elsewhere into a book, in one write."""
        with self._write_lock:
            book = self._library.book(name)
            with book.storage.transaction(None):
                book.records.put(records)
                book.former.put(former)
                book.deeds.put(deeds)
            self._library.saw(book)
