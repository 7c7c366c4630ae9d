"""One deed on its way to the server: planned against what is in memory, sent all at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from meetingtool.errors import Conflict, NotFound
from meetingtool.records.base import Record
from meetingtool.records.kinds import AnyRecord
from meetingtool.store.book import book_of
from meetingtool.store.books import Readable
from meetingtool.store.deeds import Change, Deed, merged
from meetingtool.store.errors import ServerAway
from meetingtool.store.server.books import ServerBook, ServerBooks


class ServerStaged:
    """One deed's changes: on the shelves at once, on the server when it is committed."""

    def __init__(self, books: ServerBooks, deed: Deed) -> None:
        self._books = books
        self._deed = deed
        self._steps: list[tuple[AnyRecord | None, AnyRecord]] = []
        self._sent: dict[str, set[str]] = {}

    def add(self, records: Sequence[Record]) -> Deed:
        """Stage records of one book, all or none. The deed with these changes, or the old one when all was saved
        already."""
        names = {book_of(record) for record in records}
        if len(names) != 1:
            raise ValueError("records saved together belong to one book")
        name = names.pop()
        book = self._books.book(name)
        steps = book.plan(records)
        self._books.begun(name)
        for kept, new in steps:
            book.shelf().put(kept, new)
        self._steps += steps
        self._sent.setdefault(name, set()).update(new.id for _, new in steps)
        changes = tuple(Change(new.id, kept.version if kept else 0, new.version) for kept, new in steps)
        if steps:
            return msgspec.structs.replace(self._deed, changes=merged(changes))
        return self._books.deed_of(records) or self._deed

    def commit(self) -> list[ServerBook]:
        """Send all of it; the books that it is in."""
        if not self._steps:
            return []
        new = [record for _, record in self._steps]
        try:
            seq = self._sent_twice(new)
        except (Conflict, NotFound):
            self._plan_anew(new)
            raise
        if seq == self._books.seq + 1:
            self._books.seq = seq
        return [self._books.book(name) for name, ids in self._sent.items() if ids]

    def _sent_twice(self, records: Sequence[AnyRecord]) -> int:
        """Send them; once more after a cut, for what the server had already is harmless."""
        link = self._books.link
        try:
            return self._books.send(self._deed, records)
        except ServerAway:
            if link.is_inside or not link.is_back():
                raise
            return self._books.send(self._deed, records)

    def _plan_anew(self, records: Sequence[AnyRecord]) -> None:
        """Raise what planning these raises now that the server has told what others saved."""
        self.abandon()
        self._books.missed |= self._books.look_again()
        for record in records:
            self._books.book(book_of(record)).plan([record])

    def was_kept(self) -> bool:
        """Whether the server has it, though the connection was cut before it could say so. ServerAway as before."""
        if not self._books.link.is_back():
            return False
        found = self._books.link.one("select meetingtool.is_kept(%s, %s)", self._books.team, self._deed.id)
        return bool(found)

    def ids_in(self, book: Readable) -> frozenset[str]:
        """The ids of the records changed in a book."""
        return frozenset(self._sent[book.name])

    def abandon(self) -> None:
        """Take everything back from the shelves."""
        for kept, new in reversed(self._steps):
            self._books.book(book_of(new)).take_back(kept, new)
        self._steps = []
