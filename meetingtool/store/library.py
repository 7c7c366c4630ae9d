"""The books of a workspace: which there are, which of them can answer a question, and which changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from meetingtool.records.base import Record
from meetingtool.records.kinds import SURVEY_KINDS, TEAM_KINDS
from meetingtool.store.book import Book
from meetingtool.store.bookfile import Header, peek
from meetingtool.store.commit import Files, Signature
from meetingtool.store.errors import gone
from meetingtool.store.keys import key_of
from meetingtool.store.lock import WriteLock
from meetingtool.store.places import BOOK_OR_PREVIOUS, SURVEYS, TEAM, file_of, surveys_name, year_name
from meetingtool.store.storage import Envelope, signature_of

_NEVER_TOO_OLD = datetime.max.replace(tzinfo=UTC)
_MILLISECONDS_OF_YEAR = 31_556_952_000

LOOKS_KEPT = 120
"""A book that nobody asked for during so many looks for changes (a minute in the app) is let go."""

ALWAYS_KEPT = 2
"""The books of so many latest years are never let go: they are what is written to."""


class Library:
    """Books are read when they are first needed. The workspace keeps threads apart."""

    def __init__(self, folder: Path, lock: WriteLock, files: Files, envelope: Envelope) -> None:
        self.envelope = envelope
        self._folder = folder
        self._lock = lock
        self._files = files
        self._books: dict[str, Book] = {}
        self._seen = self._look()
        self._asked: set[str] = set()
        self._idle: dict[str, int] = {}

    def book(self, name: str) -> Book:
        """The book of that name, which need not be there yet."""
        self._asked.add(name)
        book = self._books.get(name)
        if book is None:
            book = self._books[name] = Book(file_of(self._folder, name), self._lock, self._files, self.envelope)
        return book

    def all(self) -> list[Book]:
        """Every book, the team's first and then the years from the newest on."""
        return [self.book(name) for name in sorted(self._names(), reverse=True)]

    def years(self) -> list[int]:
        """The years that have a book, in order."""
        return sorted(int(name) for name in self._names() if name.isdigit())

    def survey_years(self) -> list[int]:
        """The years that have a book of answers of customers, in order."""
        return sorted(int(name.removeprefix(SURVEYS)) for name in self._names() if name.startswith(SURVEYS))

    def in_memory(self) -> list[int]:
        """The years of which anything is kept in memory."""
        return sorted(int(name) for name, book in self._books.items() if book.in_memory and name.isdigit())

    def size(self, first: int, *, undecoded: bool = False) -> int:
        """The bytes of the books from a year on. undecoded: of those whose records are still to be decoded."""
        known = {name for name, book in self._books.items() if undecoded and book.is_decoded}
        sizes = {
            name: seen[2]
            for name, seen in self._seen.items()
            if seen is not None and name.isdigit() and name not in known
        }
        return sum(size for name, size in sizes.items() if int(name) >= first)

    def likely(self, kind: type, id: str, year: int | None = None) -> Iterator[Book]:
        """The books that can have a record: first that of `year`, then as ids tell when they were made."""
        if issubclass(kind, TEAM_KINDS):
            yield self.book(TEAM)
            return
        made = 1970 + (int(key_of(id)) >> 80) // _MILLISECONDS_OF_YEAR
        if not issubclass(kind, SURVEY_KINDS):
            years = self.years()
            if year is not None and year in years:
                yield self.book(year_name(year))
            for other in sorted(years, key=lambda other: abs(other - made)):
                if other != year:
                    yield self.book(year_name(other))
        if issubclass(kind, SURVEY_KINDS) or kind is Record:
            for other in sorted(self.survey_years(), key=lambda other: abs(other - made)):
                yield self.book(surveys_name(other))
        yield self.book(TEAM)

    def between(self, kind: type, since: date | None, until: date | None) -> list[Book]:
        """The books that can have records of a kind from some days, in order."""
        if issubclass(kind, TEAM_KINDS):
            return [self.book(TEAM)]
        first, last = since.year if since else 0, until.year if until else 9999
        if issubclass(kind, SURVEY_KINDS):
            return [self.book(surveys_name(year)) for year in self.survey_years() if first <= year <= last]
        return [self.book(year_name(year)) for year in self.years() if first <= year <= last]

    def by_last_deed(self) -> list[tuple[datetime, Book]]:
        """Books with the moment of their last deed, newest first; one that doesn't say counts as newest."""
        books = []
        for name in self._names():
            book = self.book(name)
            header = book.storage.header if book.storage.in_memory else self._peek(name)
            books.append((header.changed if header and header.changed else _NEVER_TOO_OLD, book))
        return sorted(books, key=lambda found: found[0], reverse=True)

    def edited(self) -> list[str]:
        """The books read so far that were changed from outside."""
        return [name for name, book in self._books.items() if not book.storage.sound]

    def headers(self) -> dict[str, Header]:
        """The headers of the books read so far."""
        return {name: book.storage.header for name, book in self._books.items() if book.storage.in_memory}

    def saw(self, book: Book) -> bool:
        """Note the book as it was saved just now; False when that took up what another program had saved unnoticed."""
        noticed = self._seen.get(book.name) == book.storage.replaced
        self._seen[book.name] = book.storage.signature
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

    def _names(self) -> set[str]:
        begun = (name for name, book in self._books.items() if book.storage.in_transaction)
        return {*self._seen, *begun}

    def _look(self) -> dict[str, Signature | None]:
        """Every book's signature; None for one of which only the former copy is there."""
        try:
            entries = [entry.name for entry in os.scandir(self._folder)]
        except OSError as error:
            raise gone(self._folder) from error
        names = {found[1] for entry in entries if (found := BOOK_OR_PREVIOUS.fullmatch(entry))}
        return {name: signature_of(file_of(self._folder, name)) for name in names}

    def _peek(self, name: str) -> Header | None:
        try:
            with file_of(self._folder, name).open("rb") as file:
                return peek(file.read(512))
        except OSError:
            return None  # reading it whole will say what is wrong
