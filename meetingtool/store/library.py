"""The books in a folder: which there are, and which changed."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from sys import maxsize

from meetingtool.errors import MeetingtoolError
from meetingtool.records.base import Record
from meetingtool.store.book import Book
from meetingtool.store.bookfile import Header, peek
from meetingtool.store.books import Books, Readable
from meetingtool.store.commit import Files, Signature
from meetingtool.store.envelope import Envelope
from meetingtool.store.errors import gone
from meetingtool.store.file_reading import read_part, signature_of
from meetingtool.store.lock import WriteLock
from meetingtool.store.places import BOOK_OR_PREVIOUS, SURVEYS, TEAM, file_of, year_name
from meetingtool.store.roll import Roll

_NEVER_TOO_OLD = datetime.max.replace(tzinfo=UTC)

LOOKS_KEPT = 120
"""A book that nobody asked for during this many checks for changes (a minute in the app) is dropped from memory."""

ALWAYS_KEPT = 2
"""The books of this many latest years are never dropped: they are the ones written to."""


class Library(Books):
    """Books are read when they are first needed. The workspace keeps threads apart."""

    def __init__(self, folder: Path, lock: WriteLock, files: Files, envelope: Envelope) -> None:
        self.envelope = envelope
        self._folder = folder
        self._lock = lock
        self._files = files
        self.roll = Roll(folder, envelope)
        self._books: dict[str, Book] = {}
        self._seen = self._look()
        self._peeked: dict[str, tuple[Signature | None, Header | None]] = {}
        self._held: dict[tuple[str, type[Record]], tuple[Signature | None, bool]] = {}
        self._asked: set[str] = set()
        self._idle: dict[str, int] = {}

    def book(self, name: str) -> Book:
        """The book of that name, which need not be there yet."""
        self._asked.add(name)
        book = self._books.get(name)
        if book is None:
            book = self._books[name] = Book(
                file_of(self._folder, name), self._lock, self._files, self.envelope, self.roll
            )
        return book

    def formerly(self, kind: type[Record]) -> list[Readable]:
        """See Books; each version of a file is looked through once."""
        return [self.book(name) for name in sorted(self._seen) if name.startswith(SURVEYS) and self._has(name, kind)]

    def _has(self, name: str, kind: type[Record]) -> bool:
        known = self._held.get((name, kind))
        if known is None or known[0] != self._seen[name]:
            known = self._held[name, kind] = self._seen[name], self.book(name).has(kind)
        return known[1]

    def in_memory(self) -> list[int]:
        """The years of which anything is kept in memory."""
        return sorted(int(name) for name, book in self._books.items() if book.in_memory and name.isdigit())

    def size(self, first: int, *, undecoded: bool = False) -> int:
        """The bytes of the books from a year on. undecoded: of those whose records are still to be decoded."""
        known = {name for name, book in self._books.items() if undecoded and book.has_most}
        sizes = {
            name: seen[2]
            for name, seen in self._seen.items()
            if seen is not None and name.isdigit() and name not in known
        }
        return sum(size for name, size in sizes.items() if int(name) >= first)

    def by_last_deed(self) -> list[tuple[datetime, Book]]:
        """Books with the moment of their last deed, newest first; one that doesn't say counts as newest."""
        books = []
        for name in self.names():
            header = self._header(name)
            order, changed = (header.order, header.changed) if header and header.changed else (maxsize, _NEVER_TOO_OLD)
            books.append((order, changed, self.book(name)))
        books.sort(key=lambda found: found[:2], reverse=True)
        return [(changed, book) for _, changed, book in books]

    def order_at(self, now: datetime) -> int:
        """The order of a deed done now, after all others: higher than theirs where the clock is behind one of them."""
        last = (0, now)
        for name in self.names():
            header = self._header(name)
            if header is None and (name == TEAM or name[-4:] >= year_name(now.year)):
                with suppress(MeetingtoolError):  # a book that can't be read is reported where it is used
                    self.book(name).all_deeds()
                header = self._header(name)
            if header is not None and header.changed is not None:
                last = max(last, (header.order, header.changed))
        return last[0] + (last[1] > now)

    def _header(self, name: str) -> Header | None:
        """What a book says about itself, read at most once for each version of the file; None where the whole book must
        be read to know."""
        book = self._books.get(name)
        if book is not None and book.storage.in_memory:
            return book.storage.header
        seen = self._seen.get(name)
        if name not in self._peeked or self._peeked[name][0] != seen:
            self._peeked[name] = seen, self._peek(name, seen)
        return self._peeked[name][1]

    def edited(self) -> list[str]:
        """The books read so far that were changed from outside."""
        return [name for name, book in self._books.items() if not book.storage.sound]

    def headers(self) -> dict[str, Header]:
        """The headers of the books read so far."""
        return {name: book.storage.header for name, book in self._books.items() if book.storage.in_memory}

    def saw(self, book: Readable) -> bool:
        """Note the book as it was saved just now; False when that took up what another program had saved unnoticed."""
        storage = self.book(book.name).storage
        noticed = self._seen.get(book.name) == storage.replaced
        self._seen[book.name] = storage.signature
        return noticed

    def look_again(self) -> frozenset[str]:
        """Read again what changed of the books in memory; the names of all books that changed."""
        self._let_go()
        seen = self._look()
        if seen == self._seen:
            return frozenset()
        changed = frozenset(name for name in {*seen, *self._seen} if seen.get(name) != self._seen.get(name))
        for name in changed & self._books.keys():
            if self._books[name].in_memory:
                self._books[name].reload()
            else:
                self._books[name].forget()
        self._seen = seen
        return changed

    def _let_go(self) -> None:
        """Forget the books of earlier years that nobody has asked for lately."""
        kept = {TEAM, *(year_name(year) for year in self.years()[-ALWAYS_KEPT:])}
        for name, book in self._books.items():
            self._idle[name] = 0 if name in self._asked or name in kept else self._idle.get(name, 0) + 1
            if self._idle[name] >= LOOKS_KEPT and book.in_memory:
                book.forget()
        self._asked.clear()

    def close(self) -> None:
        """Let go of every book."""
        for book in self._books.values():
            book.forget()
        self._books.clear()

    def names(self) -> set[str]:
        """Of all books that are there, or are begun."""
        begun = (name for name, book in self._books.items() if book.storage.in_transaction)
        return {*self._seen, *begun}

    def _look(self) -> dict[str, Signature | None]:
        """Every book's signature; None for one that is there only as its `.prev` copy."""
        try:
            entries = [entry.name for entry in os.scandir(self._folder)]
        except OSError as error:
            raise gone(self._folder) from error
        names = {found[1] for entry in entries if (found := BOOK_OR_PREVIOUS.fullmatch(entry))}
        return {name: signature_of(file_of(self._folder, name)) for name in names}

    def _peek(self, name: str, seen: Signature | None) -> Header | None:
        try:
            start = read_part(file_of(self._folder, name), 0, 512, seen)
        except OSError:
            return None  # reading it whole will say what is wrong
        return None if start is None else peek(start)
