"""A team to be named in lines and queries, and the search by hand to hold the index against."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.history.entries import FLAGS_OF_MINUTES, Entry, Found, Names, month_of, texts_of
from meetingtool.rules.history.query import Query, Term
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import haystack

R = TypeVar("R", Story, FollowUp, Story | FollowUp)

TODAY = date(2026, 11, 24)
MADE = datetime(2026, 1, 5, tzinfo=UTC)

PEOPLE = (
    ("maria", "Maria Lopez", (), "Front desk"),
    ("tom", "Tom Ng", ("Tommy",), "Workshop"),
    ("zoe", "Zoë Martin-Reid", ("Zo",), "Front desk"),
    ("karim", "Karim Haddad", (), "Front desk"),
    ("sean", "Sean O'Neil", ("O'Neil",), ""),
    ("priya", "प्रिया शर्मा", (), "Calls"),
    ("sam-b", "Sam Bell", (), "Workshop"),
    ("sam-c", "Sam Cole", (), "Deliveries"),
)
TAGS = ("own-it", "listen", "on-time")


@pytest.fixture(scope="session")
def roster() -> Roster:
    """`PEOPLE` and `TAGS`; the handle or the tag is the id."""
    people = [
        Person(
            id=handle, at=MADE, made_at=MADE, made_by="pat", handle=handle, name=name, nicknames=nicknames, role=role
        )
        for handle, name, nicknames, role in PEOPLE
    ]
    standards = [
        Standard(id=tag, at=MADE, made_at=MADE, made_by="pat", tag=tag, title=tag, behaviour="", anchors=("",) * 5)
        for tag in TAGS
    ]
    return Roster(people, standards, TODAY)


# The search by hand: one record at a time, for holding the index against


def entry_of(record: Found, roster: Roster) -> Entry:
    """What the search has to know of a record. Names are those of today: people renamed want their entries anew."""
    return entry_with(record, Names(roster))


def entry_with(record: Found, names: Mapping[str, str]) -> Entry:
    """What the search has to know of a record, with the names at hand."""
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
        flags=_flags_of(record),
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


def _flags_of(record: Story | FollowUp) -> frozenset[str]:
    """What `is:` finds a record by."""
    names = {record.kind, record.private and "private"}
    if isinstance(record, FollowUp):
        names.add(record.state)
    else:
        names |= {
            record.starred and "starred",
            record.meeting is None and "waiting",
            bool(record.unsorted) and "unsorted",
        }
    return frozenset(name for name in names if name)


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


def select(records: Iterable[R], query: Query, roster: Roster) -> list[R]:
    """The records in use that `query` holds for, in the order given."""
    return [record for record in records if record.removed_at is None and matches(query, entry_of(record, roster))]
