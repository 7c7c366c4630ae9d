"""Stories, follow-ups and minutes as the search sees them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date
from functools import cache
from typing import Literal, TypeVar

import msgspec

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.history.query import Query, Term
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import haystack

R = TypeVar("R", Story, FollowUp, Story | FollowUp)
EntryKind = Literal["win", "sticky", "praise", "promise", "action", "meeting"]
SEARCHED = (Story, FollowUp, Meeting)
Found = Story | FollowUp | Meeting
"""What can be searched for. Of a meeting it is the notes and the answers to the question of the week."""


NOWHERE = -1


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A story, a follow-up or the minutes of a meeting in what can be searched of it.

    moment: its `at` as seconds since 1970. day: its date where it happened; month: `2026-03`.
    flags: what `is:` finds it by. customer, hay: `words.haystack` of its customer, and of all its words with the
    names of the people involved. place: where its record stands in its book, as the store told; NOWHERE if it did not.
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
    place: int = NOWHERE

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


def entry_of(record: Found, roster: Roster) -> Entry:
    """What the search has to know of a record. Names are those of today: people renamed want their entries anew."""
    return entry_with(record, Names(roster))


def said_in(meeting: Meeting) -> str:
    """The notes of a meeting and what was answered to its question, a line each; empty when nothing was."""
    return "\n".join(words for words in (meeting.notes.strip(), *meeting.answers) if words)


def searchable(record: Found) -> bool:
    """Whether there is anything to find: not in the bin, and a meeting only with notes or answers."""
    if record.removed_at is not None:
        return False
    return not isinstance(record, Meeting) or bool(said_in(record))


def entry_with(record: Found, names: Mapping[str, str]) -> Entry:
    """Like `entry_of`, with the names at hand, for many records."""
    if isinstance(record, Meeting):
        return _entry_of_meeting(record)
    customer = haystack([record.customer]) if record.customer else ""
    people = tuple(map(sys.intern, record.people))
    day = record.at.date()
    return Entry(
        id=record.id,
        kind=record.kind,
        moment=record.at.timestamp(),
        day=day,
        month=month_of(day.year, day.month),
        people=people,
        standards=tuple(map(sys.intern, record.standards)) if isinstance(record, Story) else (),
        flags=flags_of(record),
        customer=customer,
        hay="\n".join([haystack(texts_of(record)), customer, *[names[person] for person in people]]),
    )


def _entry_of_meeting(meeting: Meeting) -> Entry:
    day = meeting.at.date()
    return Entry(
        id=meeting.id,
        kind="meeting",
        moment=meeting.at.timestamp(),
        day=day,
        month=month_of(day.year, day.month),
        people=(),
        standards=(),
        flags=FLAGS_OF_MINUTES,
        customer="",
        hay=haystack(texts_of(meeting)),
    )


def texts_of(record: Found) -> tuple[str, ...]:
    """All that is said in a record, but for the customer's name."""
    if isinstance(record, Meeting):
        return record.title, record.notes, *record.answers
    if isinstance(record, Story):
        return record.text, record.happened, record.handled, record.learned, record.ended, record.reward
    return record.text, record.note


def flags_of(record: Story | FollowUp) -> frozenset[str]:
    """What `is:` finds a record by."""
    if isinstance(record, FollowUp):
        return _flags(record.kind, record.private and "private", record.state)
    return _flags(
        record.kind,
        record.private and "private",
        record.starred and "starred",
        record.meeting is None and "waiting",
        bool(record.unsorted) and "unsorted",
    )


@cache
def _flags(*names: str | Literal[False]) -> frozenset[str]:
    """One set for all entries with the same flags."""
    return frozenset(name for name in names if name)


FLAGS_OF_MINUTES = _flags("meeting")


@cache
def month_of(year: int, month: int) -> str:
    """`2026-03`."""
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


def select(records: Iterable[R], query: Query, roster: Roster, *, room: bool = False) -> list[R]:
    """The records in use that `query` holds for, in the order given; for a single search, without an index.

    What a glance at the plain fields rules out is never folded, so that most records cost next to nothing.
    """
    names = Names(roster)
    glance = glance_of(query, names)
    return [
        record
        for record in records
        if record.removed_at is None
        and not (room and record.private)
        and glance(record)
        and matches(query, entry_with(record, names))
    ]


def glance_of(query: Query, names: Names) -> Callable[[Found], bool]:
    """A quick test that is true for every record that `query` holds for, and seldom for others."""
    glances = [glance for term in query.terms if (glance := _glance(term, names)) is not None]
    return lambda record: isinstance(record, Meeting) or all(glance(record) for glance in glances)


def _glance(term: Term, names: Names) -> Callable[[Story | FollowUp], bool] | None:
    """A quick test that is true wherever `term` holds, and often elsewhere; None where there is none."""
    value = term.value
    if term.negated:
        return None
    if term.kind == "person":
        return lambda record: value in record.people
    if term.kind == "standard":
        return lambda record: isinstance(record, Story) and value in record.standards
    if term.kind == "is":
        return lambda record: value in flags_of(record)
    if term.kind == "days":
        since, until = term.since or date.min, term.until or date.max
        return lambda record: since <= record.at.date() <= until
    word = max(term.needle.split(), key=len)
    if term.kind == "customer" or not word.isascii():
        return None
    people = {person.id for person in names.roster.everyone if term.needle in names[person.id]}
    return lambda record: _may_have(record, word, people)


def _may_have(record: Story | FollowUp, word: str, people: Set[str]) -> bool:
    raw = "\n".join((*texts_of(record), record.customer))
    return not raw.isascii() or word in raw.lower() or not people.isdisjoint(record.people)
