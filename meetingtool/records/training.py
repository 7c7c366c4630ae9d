"""What the team is trained in, and when it was."""

from datetime import date
from typing import Literal

import msgspec

from meetingtool.records.base import Record

CourseKind = Literal["session", "role-play", "reading", "starting"]
Outcome = Literal["done", "part", "absent", "excused", "moved"]


class Course(Record, tag="course", frozen=True, kw_only=True):
    """Something that people are trained in. `at` is the day from which it is asked for.

    kind: `starting` is asked only of people who join after the course began. roles, people (ids): of whom it is asked;
    of everybody where both are empty. standards: tags. scenarios: ids of role-plays that belong to it.
    first_after_days: days from joining until it is due. again_after_months: from one time to the next; 0 is once.
    retired: the day from which it is no longer asked.
    """

    kept_in = "team"

    title: str
    kind: CourseKind = "session"
    standards: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    first_after_days: int = 30
    again_after_months: int = 6
    minutes: int = 30
    material: str = ""
    scenarios: tuple[str, ...] = ()
    order: int = 0
    retired: date | None = None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a session went for one person (an id). Only `done` settles what was due, and `excused` removes it.

    why: of an excuse or a new date. due: the date that was moved or is excused; an excuse without one is for
    all that falls due from the day of the session to `to`, or from then on for good. to: for `moved` the new date.
    """

    person: str
    how: Outcome
    why: str = ""
    due: date | None = None
    to: date | None = None


class Session(Record, tag="session", frozen=True, kw_only=True):
    """A course held on a day, or what was agreed with somebody about when it is due.

    course: an id; empty for an excuse from all courses. title: what the course was called then. led_by: a name.
    scenario, meeting: ids. noticed: what was seen in the group, without grades for anyone.
    """

    course: str
    title: str
    people: tuple[Part, ...]
    minutes: int = 0
    led_by: str = ""
    scenario: str | None = None
    meeting: str | None = None
    noticed: str = ""

    @property
    def private(self) -> bool:
        """Who was trained in what counts in the score, so it is for the manager only."""
        return True

    @property
    def held(self) -> bool:
        """Whether anything took place, beside what was agreed."""
        return any(part.how in ("done", "part", "absent") for part in self.people)
