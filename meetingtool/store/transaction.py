"""What is saved together: checked and applied in memory first, then each book written once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from meetingtool.records.base import Record, mint
from meetingtool.rules.keeping.deeds import Code
from meetingtool.store.book import Book, book_of
from meetingtool.store.books import Readable
from meetingtool.store.commit import Files
from meetingtool.store.deeds import Change, Deed, merged
from meetingtool.store.places import TEAM, surveys_name

if TYPE_CHECKING:
    from meetingtool.records.kinds import AnyRecord


class Transaction:
    """Collects one deed's changes. The workspace holds the lock from the first `add` to the end."""

    def __init__(self, book: Callable[[str], Book], deed: Deed, files: Files) -> None:
        self._book = book
        self._files = files
        self._deed = deed
        self._changes: dict[str, list[Change]] = {}

    @property
    def books(self) -> list[Book]:
        """The books that take part: the team's first, then the years in order."""
        return [self._book(name) for name in sorted(self._changes, key=lambda name: (name != TEAM, name))]

    def ids_in(self, book: Readable) -> frozenset[str]:
        """The ids of the records changed in a book."""
        return frozenset(change.id for change in self._changes[book.name])

    def add(self, records: Sequence[Record]) -> Deed:
        """Stage records of one book, all or none. The deed with these changes, or the old one when all was saved
        already."""
        if len({book_of(record) for record in records}) != 1:
            raise ValueError("records saved together belong to one book")
        homes: dict[str, list[Record]] = {}
        for record in records:
            homes.setdefault(self._home(record), []).append(record)
        deeds = [self._add(name, mine) for name, mine in homes.items()]
        return deeds[0] if len(deeds) == 1 else self._with(change for deed in deeds for change in deed.changes)

    def _home(self, record: Record) -> str:
        """The book of a record; the book of answers for a decision that was begun there."""
        name = book_of(record)
        if record.kept_in == "names" and record.version > 1 and self._book(name).get(record.id) is None:
            former = surveys_name(record.at.year)
            if self._book(former).get(record.id) is not None:
                return former
        return name

    def _add(self, name: str, records: Sequence[Record]) -> Deed:
        book = self.begun_book(name)
        steps = book.plan(records)
        book.put(steps, self._deed.by, self._deed.at, self._deed.what)
        changes = [_change(kept, new) for kept, new in steps]
        self.note(book, changes)
        return self._with(changes) if steps else book.deed_of(records) or self._with(())

    def begun_book(self, name: str) -> Book:
        """A book as one that takes part."""
        book = self._book(name)
        if book.name not in self._changes:
            book.begin()
            self._changes[book.name] = []
        return book

    def note(self, book: Book, changes: Sequence[Change]) -> None:
        """Count changes that were staged in a book into the deed."""
        self._changes[book.name] += changes

    def commit(self) -> list[Book]:
        """Write every book that has changes, all of them or none; those books."""
        changed = [book for book in self.books if self._changes[book.name]]
        for book in self.books:
            if book not in changed:
                book.abandon()
                continue
            book.log(self._with(self._changes[book.name]))
        if len(changed) == 1:
            changed[0].commit(self._deed.at, self._deed.order)
        elif changed:
            self._commit_together(changed)
        return changed

    def _commit_together(self, books: Sequence[Book]) -> None:
        from meetingtool.store.together import DeedMark, commit_together

        with ExitStack() as stack:
            parts = [stack.enter_context(book.prepared(self._deed.at, self._deed.order)) for book in books]
            mark = DeedMark(self._deed.id, self._deed.at.date(), self._deed.undoes)
            commit_together(self._files, books[0].path.parent, parts, mark)

    def abandon(self) -> None:
        """Forget everything that was staged."""
        for book in self.books:
            book.forget()

    def _with(self, changes: Iterable[Change]) -> Deed:
        deed = self._deed
        return msgspec.structs.replace(deed, changes=merged(changes))


def begun(deed_id: str | None, now: datetime, who: str, what: Code, undoes: str | None) -> Deed:
    """A deed without changes yet."""
    if now.tzinfo is None:
        raise ValueError("the moment of a deed needs its offset")
    return Deed(deed_id or mint(now), now, who, what, (), undoes)


def _change(kept: AnyRecord | None, new: AnyRecord) -> Change:
    return Change(new.id, kept.version if kept else 0, new.version)
