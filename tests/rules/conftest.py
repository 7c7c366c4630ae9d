"""A team to be named in lines and queries, and the search by hand to hold the index against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest

from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.history.entries import Entry, Names, month_of
from meetingtool.rules.history.query import Query, Term
from meetingtool.rules.kinds.table import kind_of
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


def entry_of(record: Record, roster: Roster) -> Entry:
    """What the search has to know of a record, as its kind tells it."""
    kind, names, day = kind_of(record), Names(roster), record.at.date()
    people = kind.people(record)
    customer = haystack([kind.customer(record)]) if kind.customer(record) else ""
    return Entry(
        id=record.id,
        kind=kind.sort(record),
        moment=record.at.timestamp(),
        day=day,
        month=month_of(day.year, day.month),
        people=people,
        standards=kind.searched_standards(record),
        flags=kind.flags(record),
        customer=customer,
        hay="\n".join([haystack(kind.texts(record)), customer, *[names[person] for person in people]]),
    )


def matches(query: Query, entry: Entry) -> bool:
    """Whether every term of `query` holds for `entry`."""
    return all(_test(term)(entry) != term.negated for term in query.terms)


def _test(term: Term) -> Callable[[Entry], bool]:
    value, needles = term.value, term.needles
    if term.kind == "person":
        return lambda entry: value in entry.people
    if term.kind == "standard":
        return lambda entry: value in entry.standards
    if term.kind == "is":
        return lambda entry: value in entry.flags
    if term.kind == "customer":
        return lambda entry: any(needle in entry.customer for needle in needles)
    if term.kind == "days":
        since, until = term.since or date.min, term.until or date.max
        return lambda entry: since <= entry.day <= until
    return lambda entry: any(needle in entry.hay for needle in needles)


def select(records: Iterable[R], query: Query, roster: Roster) -> list[R]:
    """The records in use that `query` holds for, in the order given."""
    return [record for record in records if record.removed_at is None and matches(query, entry_of(record, roster))]
