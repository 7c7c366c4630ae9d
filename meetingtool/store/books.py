"""What the workspace asks of the books behind it, in files or on a server."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from meetingtool.records.base import Record
from meetingtool.store.deeds import Deed, Version
from meetingtool.store.errors import BookDamaged, NewerVersion
from meetingtool.store.keys import key_of
from meetingtool.store.places import NAMES, SURVEYS, TEAM, year_name
from meetingtool.store.shelf import Leaf, Wanted

if TYPE_CHECKING:
    from meetingtool.records.kinds import AnyRecord

_BESIDE = {"surveys": SURVEYS, "names": NAMES}
"""How the names of the books beside those of the years begin, by `Record.kept_in`."""

_MILLISECONDS_OF_YEAR = 31_556_952_000


class Readable(Protocol):
    """A book that can be read: the team's, a year's, or that of a year's customer answers."""

    @property
    def name(self) -> str: ...
    def get(self, id: str, place: int | None = None) -> AnyRecord | None: ...
    def of_kind(self, kind: type[Record]) -> Sequence[AnyRecord]: ...
    def ending(self, end: str) -> list[AnyRecord]: ...
    def leaves(self, wanted: Wanted | None = None) -> Iterator[Leaf]: ...
    def read_records(self) -> None: ...
    def versions(self, key: str, current: AnyRecord) -> list[Version]: ...
    def all_deeds(self) -> list[Deed]: ...
    def not_understood(self) -> BookDamaged | NewerVersion: ...


class Staged(Protocol):
    """The changes of one deed: seen here at once, kept when it is committed, gone when it is abandoned."""

    def add(self, records: Sequence[Record]) -> Deed: ...
    def commit(self) -> Sequence[Readable]: ...
    def ids_in(self, book: Readable) -> frozenset[str]: ...
    def abandon(self) -> None: ...


class Books(ABC):
    """Which books there are, and which of them can answer a question. The workspace keeps threads apart."""

    @abstractmethod
    def book(self, name: str) -> Readable:
        """The book of that name, which need not be there yet."""

    @abstractmethod
    def names(self) -> set[str]:
        """The names of all books that are there, or are begun."""

    @abstractmethod
    def in_memory(self) -> list[int]:
        """The years of which anything is kept in memory."""

    @abstractmethod
    def size(self, first: int, *, undecoded: bool = False) -> int:
        """The bytes of the books from a year on. undecoded: of those whose records are still to be decoded."""

    @abstractmethod
    def by_last_deed(self) -> Sequence[tuple[datetime, Readable]]:
        """Books with the moment of their last deed, newest first; one that doesn't say counts as newest."""

    def log(self, only: str | None = None) -> list[tuple[str, Deed]]:
        """Every deed, each with the name of its book. only: that of one book."""
        books = (book for _, book in self.by_last_deed() if only in (None, book.name))
        return [(book.name, deed) for book in books for deed in book.all_deeds()]

    @abstractmethod
    def saw(self, book: Readable) -> bool:
        """Note the book as it was just saved; False when the save took in what another program had saved unnoticed."""

    @abstractmethod
    def look_again(self) -> frozenset[str]:
        """Read again the books in memory that changed; the names of all books that changed."""

    @abstractmethod
    def close(self) -> None:
        """Let go of every book."""

    def all(self) -> list[Readable]:
        """Every book, the team's first and then the years from the newest on."""
        return [self.book(name) for name in sorted(self.names(), reverse=True)]

    def years(self) -> list[int]:
        """The years that have a book, in order."""
        return sorted(int(name) for name in self.names() if name.isdigit())

    def beside(self, prefix: str) -> list[int]:
        """The years that have a book of customers' answers, or of what was decided about them, in order."""
        return sorted(int(name.removeprefix(prefix)) for name in self.names() if name.startswith(prefix))

    def formerly(self, kind: type[Record]) -> list[Readable]:
        """The books of answers that still have records of a kind now kept in books of its own: they stay where they
        were begun."""
        return []

    def likely(self, kind: type[Record], id: str, year: int | None = None) -> Iterator[Readable]:
        """The books that can have a record: first that of `year`, then by when their id says they were made."""
        if kind.kept_in == "team":
            yield self.book(TEAM)
            return
        made = 1970 + (int(key_of(id)) >> 80) // _MILLISECONDS_OF_YEAR
        if kind.kept_in not in _BESIDE:
            if year is not None and year_name(year) in self.names():
                yield self.book(year_name(year))
            for other in sorted(self.years(), key=lambda other: abs(other - made)):
                if other != year:
                    yield self.book(year_name(other))
        for kept_in, prefix in _BESIDE.items():
            if kind.kept_in == kept_in or kind is Record:
                for other in sorted(self.beside(prefix), key=lambda other: abs(other - made)):
                    yield self.book(f"{prefix}{other:04d}")
        if kind.kept_in == "names":
            yield from self.formerly(kind)
        yield self.book(TEAM)

    def between(self, kind: type[Record], since: date | None, until: date | None) -> list[Readable]:
        """The books that can have records of a kind from some days, in order."""
        if kind.kept_in == "team":
            return [self.book(TEAM)]
        first, last = since.year if since else 0, until.year if until else 9999
        prefix = _BESIDE.get(kind.kept_in)
        if prefix is not None:
            found = [self.book(f"{prefix}{year:04d}") for year in self.beside(prefix) if first <= year <= last]
            return [*self.formerly(kind), *found] if kind.kept_in == "names" else found
        return [self.book(year_name(year)) for year in self.years() if first <= year <= last]
