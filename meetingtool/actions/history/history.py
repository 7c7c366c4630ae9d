"""The search over everything told so far, kept as the workspace is."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from meetingtool.actions.desk import Desk
from meetingtool.errors import MeetingtoolError, NotFound
from meetingtool.records.base import Record
from meetingtool.rules.history.blocks import Block, BlockRow
from meetingtool.rules.history.entries import NOWHERE, Entry
from meetingtool.rules.history.packing import pack, unpack
from meetingtool.rules.history.query import Query, Term, parse_query
from meetingtool.rules.history.ranking import BestFirst
from meetingtool.rules.history.search import Facets, Hits, Index
from meetingtool.rules.kinds.table import SEARCHED, SEARCHED_SORTS
from meetingtool.rules.roster import Roster
from meetingtool.store.shelf import collector_paused, rows_of

if TYPE_CHECKING:
    from meetingtool.store import Changes
    from meetingtool.store.commit import Signature

AT_ONCE = 1_000
"""How many records are read before the first answer; the others are read in a thread."""

WORTH_KEEPING = 1_000
"""A year with this many entries is kept ready beside its book: a smaller one is read in a few milliseconds."""

ONE_BY_ONE = 100
"""With more changed records than this, their whole years are read again."""

MANY = 20_000
"""From this many records on, existing objects are frozen for the garbage collector: the latest years are in memory as
records too, and walking through them takes it longer than a key may take, again and again, while somebody types."""

LONGEST_WAIT = 0.2
"""The most seconds for which reading waits."""

Listed = Hits | BestFirst
"""What a query finds, in an order."""

PlacedRecords = tuple[list[Record], int]
"""Records and where their book has them."""


class History:
    """An index over stories, follow-ups and minutes; what may be seen in the room is decided here.

    `begin` makes the newest searchable; `read_on`, called in a worker thread until it says False, takes in the rest;
    `follow` brings in what was changed since, and is called in the app's own thread. What was worked out from large
    years is kept beside their books, and taken from there the next time.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.index = Index()
        self.unreadable: dict[int, MeetingtoolError] = {}
        self._left: tuple[int, ...] = ()
        self._generation = 0
        self._roster: Roster | None = None
        self._writing = threading.Lock()
        self._reading = threading.Lock()
        self._to_keep: dict[int, tuple[Signature, Block]] = {}
        self._may_read = threading.Event()
        self._may_read.set()

    @property
    def years_left(self) -> tuple[int, ...]:
        """The years that are still to be read, oldest first; the latest of them may be there in part."""
        return self._left

    def begin(self, first: int = 0, last: int = 9999) -> None:
        """Make the newest records searchable at once. Does nothing the second time.

        first, last: the years that matter; the others wait for `read_all`.
        """
        workspace = self.desk.workspace
        with self._writing:
            if self._generation:
                return
            self._generation = workspace.generation
            if self._roster is None:
                self.name_people()
            self._left = tuple(year for year in workspace.years() if first <= year <= last)
            room = AT_ONCE
            while self._left and room > 0:
                year = self._left[-1]
                block = self._kept_ready(year)
                if block is None:
                    leaves = list(self._leaves(year))
                    moments = sorted(record.at for records, _ in leaves for record in records)
                    if len(moments) > room:
                        self.index.put_year(year, Block(self._rows(leaves, since=moments[-room])))
                        break
                    block = Block(self._rows(leaves))
                self.index.put_year(year, block)
                self._left = self._left[:-1]
                room -= block.count

    def stand_back(self, standing: bool) -> None:
        """Make `read_on` wait a little, so that a key is answered as if nothing else ran; or let it go on."""
        if standing:
            self._may_read.clear()
        else:
            self._may_read.set()

    def read_on(self) -> bool:
        """Read the latest of the years still to be read, or else prepare for later; False when nothing is left to do.

        For worker threads, of which one at a time reads. A year whose book can't be read is left out and noted in
        `unreadable`.
        """
        with self._reading:
            while self._left:
                with collector_paused():
                    if self._taken_in(self._left[-1]):
                        return True
            for _ in self.index.warm():
                self._may_read.wait(LONGEST_WAIT)
            if self._to_keep:
                self._keep_ready()
                return True
            if len(self.index) > MANY:
                gc.freeze()
            return False

    def read_all(self) -> None:
        """Make everything searchable now, for callers that can wait for it."""
        self.begin()
        self._left = tuple(y for y in self.desk.workspace.years() if y in self._left or y not in self.index.years)
        while self._left:
            self.read_on()

    def _taken_in(self, year: int) -> bool:
        """Read a year; False when something was saved meanwhile, so that it must be read again."""
        workspace = self.desk.workspace
        generation, signature = workspace.generation, workspace.signature(year)
        self._may_read.wait(LONGEST_WAIT)
        block, made = self._kept_ready(year), False
        if block is None:
            rows: list[BlockRow] = []
            for leaf in self._leaves(year):
                self._may_read.wait(LONGEST_WAIT)
                rows += self._rows([leaf])
            self._may_read.wait(LONGEST_WAIT)
            block = Block(rows)
            made = block.count >= WORTH_KEEPING and year not in self.unreadable
        with self._writing:
            if workspace.generation != generation:
                return False
            if made and signature is not None and workspace.is_at(year, signature):
                self._to_keep[year] = signature, block
            self.index.put_year(year, block)
            self._left = tuple(other for other in self._left if other != year)
        return True

    def _kept_ready(self, year: int) -> Block | None:
        """The block of a year as it was kept beside its book, if the book is sound and the same as then.

        A block made from a book in memory does not say where the book's file has its records; it serves while the book
        is in memory.
        """
        workspace = self.desk.workspace
        signature = workspace.signature(year)
        kept = None if signature is None else workspace.derived_of(year, signature)
        if kept is None or signature is None or not workspace.is_at(year, signature):
            return None
        block = unpack(kept, self.index.sharing)
        tells_places = block is not None and NOWHERE not in block.places
        return block if tells_places or year in workspace.kept_years() else None

    def _keep_ready(self) -> None:
        """Keep beside its book what was worked out of a large year, for the next start."""
        year, (signature, block) = self._to_keep.popitem()
        self.desk.workspace.keep_derived(year, signature, pack(block))

    def _rows(self, leaves: Iterable[PlacedRecords], since: datetime | None = None) -> list[BlockRow]:
        return [
            row
            for records, place in leaves
            for row in self.index.rows([r for r in records if r.at >= since] if since else records, place)
        ]

    def _leaves(self, year: int) -> Iterator[PlacedRecords]:
        """The records in use of a year that can be searched for, some at a time, and where their book has them; none
        more when it can't be read, which is noted."""
        self.unreadable.pop(year, None)
        try:
            for leaf in self.desk.workspace.passing(year):
                found: list[Record] = [r for r in leaf.records if r.removed_at is None and r.__class__ in SEARCHED]
                yield found, NOWHERE if leaf.place is None else leaf.place
        except MeetingtoolError as error:
            self.unreadable[year] = error

    def follow(self) -> bool:
        """Bring in what anyone saved since the last look; True when there was anything.

        What is saved while a year is being taken in waits for the next look.
        """
        workspace = self.desk.workspace
        if workspace.generation == self._generation or not self._writing.acquire(blocking=False):
            return False
        try:
            known, self._generation = self._generation, workspace.generation
            self.name_people()
            changes = workspace.changed_since(known)
            if changes is None:
                self._read_again(workspace.years())
                return True
            years = _years(changes.others)
            if len(changes.ids) > ONE_BY_ONE:
                years = _years(changes.books)
            else:
                self._take_in(changes)
            self._read_again(years)
        finally:
            self._writing.release()
        return True

    def name_people(self) -> None:
        """From now on people are found by their current names. In the app's own thread, like everything that asks the
        desk; `begin` does it where it was not done before."""
        roster = self.desk.roster
        if roster is not self._roster:
            self._roster = roster
            self.index.call(roster)

    def _take_in(self, changes: Changes) -> None:
        """Update changed records one by one."""
        years = _years(changes.books)
        records = [self._kept(one, years[0] if len(years) == 1 else None) for one in changes.ids]
        wanted = [record for record in records if isinstance(record, SEARCHED)]
        if wanted:
            self.index.update(wanted)

    def _kept(self, record_id: str, year: int | None) -> Record | None:
        try:
            return self.desk.workspace.get(Record, record_id, year=year)
        except NotFound:
            return None

    def _read_again(self, years: Iterable[int]) -> None:
        """Read years again in which anything may differ: the latest of them now, the others in the thread."""
        there = self.desk.workspace.years()
        for gone in self.index.years - set(there):
            self.index.put_year(gone, Block([]))
        wanted = [year for year in years if year in there]
        if wanted and wanted[-1] not in self._left:
            latest = wanted.pop()
            self.index.put_year(latest, Block(self._rows(self._leaves(latest))))
        self._left = tuple(sorted({*self._left, *wanted} & set(there)))

    def query(self, text: str) -> Query:
        """What a typed query looks for."""
        desk = self.desk
        return parse_query(text, desk.roster, desk.today, day_order=desk.settings.day_order)

    def look(self, query: Query, *, newest_first: bool = True, best_match: bool = False) -> Listed:
        """What the query finds, worked out as far as it is asked for; in room without anything private.

        best_match: the best fitting first, for which everything is worked out at once.
        """
        hits = self.index.look(query, newest_first=newest_first or best_match, room=self.desk.room)
        return BestFirst(hits, query) if best_match else hits

    def search(self, query: Query, *, newest_first: bool = True) -> list[Entry]:
        """All that the query finds; in room without anything private."""
        return self.index.search(query, newest_first=newest_first, room=self.desk.room)

    def count(self, query: Query) -> int:
        """How many `search` finds."""
        return self.index.count(query, room=self.desk.room)

    def facets(self, query: Query) -> Facets:
        """How what the query finds divides by person, standard, kind and month."""
        return self.index.facets(query, room=self.desk.room)

    def blame(self, query: Query) -> tuple[Term, int] | None:
        """The part that keeps a query which finds nothing empty, and how many there are without it."""
        term = self.index.blame(query, room=self.desk.room)
        if term is None:
            return None
        others = Query("", tuple(other for other in query.terms if other is not term))
        return term, self.count(others) if others.terms else 0

    def records(self, query: Query, *, most: int = 0, best_match: bool = False) -> list[Record]:
        """The records that a query finds, the newest or the best match first; `most` of them, with 0 all.

        For a single search, as a command makes it: only years that can matter are read. Raises what reading one of
        them raises, so that no list is silently incomplete.
        """
        days = [term for term in query.terms if term.kind == "days" and not term.negated]
        first = max((term.since.year for term in days if term.since), default=0)
        last = min((term.until.year for term in days if term.until), default=9999)
        self.begin(first, last)
        enough = 0 if best_match else most
        while self._left and not (enough and self.count(query) >= enough):
            self.read_on()
        while self._to_keep:
            self._keep_ready()
        hits = self.look(query, best_match=best_match)
        hits.reach(most or None)
        entries = list(islice(hits, most or None))
        if enough and len(entries) == enough:
            first = max(first, entries[-1].day.year)
        for year, error in self.unreadable.items():
            if year >= first:
                raise error
        return self._records_of(entries)

    def _records_of(self, entries: list[Entry]) -> list[Record]:
        """The records of entries in the same order; a year of which many are wanted is read in passing."""
        wanted: dict[int, set[str]] = {}
        for entry in entries:
            wanted.setdefault(entry.day.year, set()).add(entry.id)
        passed: dict[str, Record] = {}
        for year, ids in wanted.items():
            if len(ids) > ONE_BY_ONE:
                for leaf in self.desk.workspace.passing(year, rows_of(ids)):
                    passed.update((record.id, record) for record in leaf.records if isinstance(record, SEARCHED))
        return [passed.get(entry.id) or self.record(entry) for entry in entries]

    def record(self, entry: Entry) -> Record:
        """The record of an entry; NotFound or InRoom like `Desk.get`."""
        kind = SEARCHED_SORTS[entry.kind]
        place = None if entry.place == NOWHERE else entry.place
        return self.desk.get(kind, entry.id, year=entry.day.year, place=place)

    def __len__(self) -> int:
        return len(self.index)


def _years(books: Iterable[str]) -> list[int]:
    """The years whose books are among these, in order; nothing that is searched is in the others."""
    return sorted(int(book) for book in books if book.isdigit())
