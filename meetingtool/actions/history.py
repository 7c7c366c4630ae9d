"""The search over everything told so far, kept as the workspace is."""

from __future__ import annotations

import gc
import threading
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from meetingtool.errors import MeetingtoolError, NotFound
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.entries import Entry, Found, searchable
from meetingtool.rules.query import Query, Term, parse_query
from meetingtool.rules.ranking import best_first
from meetingtool.rules.roster import Roster
from meetingtool.rules.search import Facets, Index
from meetingtool.store.shelf import collector_paused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.store import Deed

AT_ONCE = 1_000
"""Records that are read before the first answer; the others are read in a thread."""

MANY = 20_000
"""From so many records on the garbage collector is told that they stay: looking through 100,000 takes it 0.3 seconds,
again and again, in the midst of typing."""

LOOKED_AT = 60
"""Deeds looked through for what changed since the last look."""

Names = dict[str, tuple[str, ...]]


class History:
    """An index over stories, follow-ups and minutes; what may be seen in the room is decided here.

    `begin` makes the newest searchable; `read_on`, called in a worker thread until it says False, takes in the rest;
    `follow` brings in what was changed since, and is called in the app's own thread.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.index = Index()
        self.unreadable: dict[int, MeetingtoolError] = {}
        self._left: list[int] = []
        self._generation = 0
        self._known: dict[str, Deed] = {}
        self._names: Names = {}
        self._round = 0
        self._writing = threading.Lock()

    @property
    def years_left(self) -> tuple[int, ...]:
        """The years that are still to be read, oldest first; the latest of them may be there in part."""
        return tuple(self._left)

    def begin(self) -> None:
        """Make the newest records searchable at once."""
        workspace, roster = self.desk.workspace, self.desk.roster
        with self._writing:
            self._generation = workspace.generation
            self._known = self._deeds()
            self._names = _names_of(roster)
            self._left = workspace.years()
            room = AT_ONCE
            while self._left and room > 0:
                year = self._left[-1]
                records = self._readable(year)
                newest = records[-room:]
                self.index.update(newest, roster)
                room -= len(newest)
                if len(newest) == len(records):
                    self._left = [other for other in self._left if other != year]

    def read_on(self, roster: Roster) -> bool:
        """Take in some of the years that are still to be read, newest first; False when none is left.

        For a worker thread. Each time about as much is taken in as is there already, since a large change builds
        the index anew. A year whose book can't be read is left out and noted in `unreadable`.
        """
        begun = self._round
        while self._left:
            with collector_paused():
                if self._taken_in(roster, begun):
                    if not self._left and len(self.index) > MANY:
                        gc.freeze()
                    return True
        return False

    def _taken_in(self, roster: Roster, begun: int) -> bool:
        """Take in the next years; False when something was saved while they were read, so that they must be again."""
        workspace = self.desk.workspace
        generation = workspace.generation
        records, years = self._gathered(max(len(self.index), AT_ONCE))
        with self._writing:
            if workspace.generation != generation:
                return False
            gone = self._in_years(years) - {record.id for record in records}
            self.index.update(records, roster, removed=gone)
            if begun == self._round:
                self._left = [year for year in self._left if year not in years]
        return True

    def _gathered(self, enough: int) -> tuple[list[Found], set[int]]:
        """The records of the newest years that are still to be read, and these years."""
        records: list[Found] = []
        years: set[int] = set()
        for year in reversed(self._left):
            records += self._readable(year)
            years.add(year)
            if len(records) >= enough:
                break
        return records, years

    def _readable(self, year: int) -> list[Found]:
        """The records of a year; none when its book can't be read, which is noted."""
        try:
            return self._records_of(year)
        except MeetingtoolError as error:
            self.unreadable[year] = error
            return []

    def _deeds(self) -> dict[str, Deed]:
        """What was done last; nothing is known of it while a book can't be read, and then all is read at a change."""
        try:
            return {deed.id: deed for deed in self.desk.workspace.deeds(LOOKED_AT)}
        except MeetingtoolError:
            return {}

    def follow(self) -> bool:
        """Bring in what anyone saved since the last look; True when there was anything.

        What is saved while a year is being taken in waits for the next look.
        """
        desk, workspace = self.desk, self.desk.workspace
        if workspace.generation == self._generation or not self._writing.acquire(blocking=False):
            return False
        try:
            self._generation = workspace.generation
            deeds = self._deeds()
            fresh = [deed for deed in deeds.values() if self._known.get(deed.id) != deed]
            self._known = deeds
            if not fresh or len(fresh) >= LOOKED_AT:
                self._read_all_again()
                return True
            self._take_in(change.id for deed in fresh for change in deed.changes)
            self._rename(_names_of(desk.roster))
        finally:
            self._writing.release()
        return True

    def _take_in(self, ids: Iterable[str]) -> None:
        records = [self._kept(one) for one in dict.fromkeys(ids)]
        wanted = [record for record in records if isinstance(record, Story | FollowUp | Meeting)]
        self.index.update(wanted, self.desk.roster)

    def _kept(self, record_id: str) -> Record | None:
        try:
            return self.desk.workspace.get(Record, record_id)
        except NotFound:
            return None

    def _rename(self, names: Names) -> None:
        """People are found by their names: what they are credited for is taken in anew when these change."""
        if names == self._names:
            return
        renamed = {one for one in {*names, *self._names} if names.get(one) != self._names.get(one)}
        self._names = names
        self._take_in(entry.id for entry in self._entries() if not renamed.isdisjoint(entry.people))

    def _read_all_again(self) -> None:
        """A book was changed in a way that its log does not tell: every year is read again."""
        self._names = _names_of(self.desk.roster)
        self._left = self.desk.workspace.years()
        self._round += 1
        self.unreadable.clear()
        gone = {entry.day.year for entry in self._entries()} - set(self._left)
        self.index.update((), self.desk.roster, removed=self._in_years(gone))

    def _entries(self) -> list[Entry]:
        return self.index.search(Query(""))

    def _in_years(self, years: Collection[int]) -> set[str]:
        return {entry.id for entry in self._entries() if entry.day.year in years}

    def _records_of(self, year: int) -> list[Found]:
        """The stories, follow-ups and minutes of a year, oldest first."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        find = self.desk.workspace.find
        records: list[Found] = [
            *find(Story, since=first, until=last),
            *find(FollowUp, since=first, until=last),
            *filter(searchable, find(Meeting, since=first, until=last)),
        ]
        records.sort(key=lambda record: (record.at.timestamp(), record.id))
        return records

    def query(self, text: str) -> Query:
        """What a typed query looks for."""
        desk = self.desk
        return parse_query(text, desk.roster, desk.today, day_order=desk.settings.day_order)

    def search(self, query: Query, *, newest_first: bool = True, best_match: bool = False) -> list[Entry]:
        """What the query finds; in room without anything private. best_match: the best fitting words first."""
        found = self.index.search(query, newest_first=newest_first or best_match, room=self.desk.room)
        return best_first(found, query) if best_match else found

    def count(self, query: Query) -> int:
        """How many `search` finds."""
        return self.index.count(query, room=self.desk.room)

    def facets(self, query: Query) -> Facets:
        """How what the query finds divides by person, standard, kind and month."""
        return self.index.facets(query, room=self.desk.room)

    def blame(self, query: Query) -> tuple[Term, int] | None:
        """The part of a query that finds nothing which keeps it empty, and how many there are without it."""
        term = self.index.blame(query, room=self.desk.room)
        if term is None:
            return None
        others = Query("", tuple(other for other in query.terms if other is not term))
        return term, self.count(others) if others.terms else 0

    def record(self, entry: Entry) -> Found:
        """The record of an entry; NotFound or InRoom like `Desk.get`."""
        if entry.kind in ("win", "sticky", "praise"):
            return self.desk.get(Story, entry.id)
        if entry.kind == "meeting":
            return self.desk.get(Meeting, entry.id)
        return self.desk.get(FollowUp, entry.id)

    def __len__(self) -> int:
        return len(self.index)


def _names_of(roster: Roster) -> Names:
    """By what words people are found."""
    return {person.id: (person.name, *person.nicknames) for person in roster.everyone}
