"""Stories and follow-ups as the search sees them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Literal

import msgspec

from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules.query import Query, Term
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import haystack

EntryKind = Literal["win", "sticky", "promise", "action"]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A story or a follow-up in what can be searched of it.

    moment: its `at` as seconds since 1970. day: its date where it happened; month: `2026-03`.
    flags: what `is:` finds it by. customer, hay: `words.haystack` of its customer, and of all its words with the
    names of the people involved.
    """

    id: str
    kind: EntryKind
    moment: float
    day: date
    month: str
    people: tuple[str, ...]
    standards: tuple[str, ...]
    flags: frozenset[str]
    customer: str
    hay: str

    @property
    def private(self) -> bool:
        """Whether it is never drawn in room."""
        return "private" in self.flags


class Names(dict[str, str]):
    """The names of people by id, as they stand in a haystack."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def __missing__(self, person_id: str) -> str:
        person = self.roster.person_of(person_id)
        self[person_id] = names = haystack([person.name, *person.nicknames]) if person else ""
        return names


def entry_of(record: Story | FollowUp, roster: Roster) -> Entry:
    """What the search has to know of a record. Names are those of today: people renamed want their entries anew."""
    return entry_with(record, Names(roster))


def entry_with(record: Story | FollowUp, names: Mapping[str, str]) -> Entry:
    """Like `entry_of`, with the names at hand, for many records."""
    standards: tuple[str, ...] = ()
    customer = haystack([record.customer]) if record.customer else ""
    if isinstance(record, Story):
        words = haystack((record.text, record.happened, record.handled, record.learned, record.ended))
        standards = tuple(map(sys.intern, record.standards))
        flags = _flags(
            record.kind,
            record.private and "private",
            record.starred and "starred",
            record.meeting is None and "waiting",
            bool(record.unsorted) and "unsorted",
        )
    else:
        words = haystack((record.text, record.note))
        flags = _flags(record.kind, record.private and "private", record.state)
    people = tuple(map(sys.intern, record.people))
    day = record.at.date()
    return Entry(
        id=record.id,
        kind=record.kind,
        moment=record.at.timestamp(),
        day=day,
        month=_month(day.year, day.month),
        people=people,
        standards=standards,
        flags=flags,
        customer=customer,
        hay="\n".join([words, customer, *[names[person] for person in people]]),
    )


@cache
def _flags(*names: str | Literal[False]) -> frozenset[str]:
    """One set for all entries with the same flags."""
    return frozenset(name for name in names if name)


@cache
def _month(year: int, month: int) -> str:
    return f"{year:04}-{month:02}"


def matches(query: Query, entry: Entry) -> bool:
    """Whether every term of `query` holds for `entry`."""
    return all(_test(term)(entry) != term.negated for term in query.terms)


def _test(term: Term) -> Callable[[Entry], bool]:
    value, needle = term.value, term.needle
    if term.kind == "person":
        return lambda entry: value in entry.people
    if term.kind == "standard":
        return lambda entry: value in entry.standards
    if term.kind == "is":
        return lambda entry: value in entry.flags
    if term.kind == "customer":
        return lambda entry: needle in entry.customer
    if term.kind == "days":
        since, until = term.since or date.min, term.until or date.max
        return lambda entry: since <= entry.day <= until
    return lambda entry: needle in entry.hay
