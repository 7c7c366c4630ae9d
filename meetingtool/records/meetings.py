"""Agendas and the meetings that were held with them."""

from datetime import datetime
from typing import Literal

import msgspec

from meetingtool.records.base import Record

Topic = Literal[
    "standard", "follow-ups", "wins", "stickies", "customers", "question", "role-play", "pulse", "thanks", "free"
]
Presence = Literal["here", "late", "absent"]
MeetingState = Literal["running", "suspended", "closed"]


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A timed part of the agenda. topic says what the screen shows beside it; `free` shows only the hint.

    skipped_at: when the manager left it out of the next meeting; it is back once a meeting has started since.
    """

    title: str
    topic: Topic
    seconds: int
    hint: str = ""
    skipped_at: datetime | None = None


class Agenda(Record, tag="agenda", frozen=True, kw_only=True):
    """A named order of segments; meetings copy it when they start."""

    kept_in = "team"

    name: str
    segments: tuple[Segment, ...]


class Attendance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person's presence at a meeting; person is an id."""

    person: str
    presence: Presence


class Meeting(Record, tag="meeting", frozen=True, kw_only=True):
    """One held meeting. `at` is when it was started.

    segment: index of the segment that runs. segment_since: the moment from which its clock runs on;
    None while paused, suspended or closed. spent: whole seconds used by each segment up to segment_since.
    standard, question, scenario: ids of what was chosen for the week.
    considered: ids of the stories that the private
    pass from stories to ratings has rated or skipped.
    team_rating: how the team rated the meeting, 1 to 10 each.
    """

    title: str
    segments: tuple[Segment, ...]
    state: MeetingState = "running"
    segment: int = 0
    segment_since: datetime | None = None
    spent: tuple[int, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    standard: str | None = None
    question: str | None = None
    scenario: str | None = None
    answers: tuple[str, ...] = ()
    notes: str = ""
    team_rating: tuple[int, ...] = ()
    closed_at: datetime | None = None
    next_at: datetime | None = None
    considered: tuple[str, ...] = ()
