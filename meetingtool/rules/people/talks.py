"""When to talk with somebody new: after 30, 60 and 90 days on the team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from meetingtool.records.people import Person
from meetingtool.records.talks import Talk

STEPS = (30, 60, 90)
"""Days on the team after which there is a talk."""

NOTICE = timedelta(days=3)
"""How long before its day a talk is announced."""

TOO_LATE = timedelta(days=30)
"""How long after its day a talk still makes sense; by then the next one is due."""


class DueTalk(msgspec.Struct, frozen=True):
    """A talk to have with somebody, that many days after their first day. due: on which day."""

    person: Person
    days: int
    due: date


def due_talks(people: Iterable[Person], talks: Iterable[Talk], today: date) -> list[DueTalk]:
    """The talks to be had now, the longest due first; for each person only the latest. Nothing is due that lies before
    somebody was entered here: whoever was on the team long before is not new.
    """
    had = {(talk.person, talk.days) for talk in talks}
    found = []
    for person in people:
        if person.started is None:
            continue
        for days in reversed(STEPS):
            due = person.started + timedelta(days=min(days, (date.max - person.started).days))
            if due - NOTICE <= today:
                if today <= due + TOO_LATE and (person.id, days) not in had:
                    found.append(DueTalk(person, days, due))
                break
    return sorted(found, key=lambda one: (one.due, one.person.name))


def step_on(person: Person, day: date) -> int:
    """The talk that a day belongs to: the step that it is nearest to, the first where nobody knows since when."""
    gone = (day - person.started).days if person.started else 0
    return min(STEPS, key=lambda days: (abs(days - gone), days))
