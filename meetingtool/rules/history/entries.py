"""Records as the search sees them."""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec

from meetingtool.records.base import Record
from meetingtool.rules.kinds.table import kind_of
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import haystack

NOWHERE = -1


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A record in what can be searched of it.

    kind: its sort, which `is:` finds it by too.
    moment: its `at` as seconds since 1970. day: its date where it happened; month: `2026-03`.
    flags: what `is:` finds it by. customer, hay: `words.haystack` of its customer, and of all its words with the
    names of the people involved. place: where its record is in its book, if the store said so; else NOWHERE.
    """

    id: str
    kind: str
    moment: float
    day: date
    month: str
    people: tuple[str, ...]
    standards: tuple[str, ...]
    flags: frozenset[str]
    customer: str
    hay: str
    place: int = NOWHERE

    @property
    def private(self) -> bool:
        """Whether it is never drawn in room."""
        return "private" in self.flags


class Names(dict[str, str]):
    """The names of people by id, as they are in a haystack."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def __missing__(self, person_id: str) -> str:
        person = self.roster.person_of(person_id)
        self[person_id] = names = haystack([person.name, *person.nicknames]) if person else ""
        return names


def searchable(record: Record) -> bool:
    """Whether there is anything to find: not in the bin, and of a meeting only where something was written."""
    kind = kind_of(record)
    return kind.searched and record.removed_at is None and kind.has_words(record)


@cache
def month_of(year: int, month: int) -> str:
    """`2026-03`."""
    return f"{year:04}-{month:02}"
