"""Takes names out of complaints three years after closing. What happened stays, so that every count stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from re import Pattern
from typing import Any

import msgspec

from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.rules.customers.complaints import closed_on
from meetingtool.rules.keeping.whole_names import replaced, whole_words
from meetingtool.rules.kinds.table import kind_of
from meetingtool.rules.naming import spoken

YEARS = 3
"""For how many years after closing a complaint keeps its names."""

CUSTOMER, COLLEAGUE = "the customer", "a colleague"


def last_day_named(today: date) -> date:
    """Complaints closed on this day or before lose their names now."""
    month, day = today.month, today.day
    leap = (month, day) == (2, 29)
    return date(max(today.year - YEARS, 1), month, 28 if leap else day)


def names_are_due(complaint: Complaint, today: date) -> bool:
    """Whether a complaint was closed so long ago that its names are to go, and still has them."""
    closed = closed_on(complaint)
    return complaint.nameless is None and closed is not None and closed <= last_day_named(today)


class NamesToTakeOut(msgspec.Struct, frozen=True):
    """What is to be taken out of words: every name of the customer, and of the people whom it is about."""

    customer: Pattern[str] | None
    people: Pattern[str] | None

    def out_of(self, words: str) -> str:
        """The words without them."""
        return replaced(replaced(words, self.customer, CUSTOMER), self.people, COLLEAGUE)


def names_in(customers: Iterable[str], people: Iterable[Person]) -> NamesToTakeOut:
    """The look-up for one complaint. customers: the names that mean its customer."""
    called = [name for person in people for name in (*spoken(person.name), *person.nicknames, person.handle)]
    return NamesToTakeOut(whole_words(customers), whole_words([*called, *(f"@{name}" for name in called)]))


def without_names(complaint: Complaint, names: NamesToTakeOut, today: date) -> Complaint:
    """The complaint as its next version without the names. Who received it and who put it right stays: the fund's
    sums rest on it."""
    bare: Complaint = _without(complaint, names, customer="", about=(), nameless=today)
    return msgspec.structs.replace(bare, line=bare.text)


def pledge_without_names(follow_up: FollowUp, names: NamesToTakeOut) -> FollowUp:
    """What came out of such a complaint, as its next version without the names."""
    bare: FollowUp = _without(follow_up, names, customer="")
    return bare


def _without(record: Any, names: NamesToTakeOut, **changes: object) -> Any:
    """The record's next version, the names taken out of whatever was written in it."""
    written = kind_of(record).written
    plain = {field: _plain(field, value, names, written) for field, value in msgspec.to_builtins(record).items()}
    bare = msgspec.convert(plain, type(record))
    return msgspec.structs.replace(bare, version=record.version + 1, **changes)


def _plain(field: str, value: Any, names: NamesToTakeOut, written: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {name: _plain(name, inner, names, written) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_plain(field, inner, names, written) for inner in value)
    return names.out_of(value) if isinstance(value, str) and field in written else value
