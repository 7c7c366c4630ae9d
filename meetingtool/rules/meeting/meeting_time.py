"""The two clocks of a meeting: the segment's and the meeting's, in whole seconds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from meetingtool.records.meetings import Meeting
from meetingtool.rules.days import moved
from meetingtool.rules.wording import clock, count

LONGEST = timedelta(hours=12)
"""A clock that has run for longer than this was forgotten."""


def forgotten(meeting: Meeting, now: datetime) -> bool:
    """Whether the clock ran on after everybody had left, so that somebody has to say when the meeting ended."""
    return meeting.segment_since is not None and now - meeting.segment_since > LONGEST


def counts_for(meeting: Meeting, now: datetime) -> date | None:
    """The day for which what is told in a meeting counts, where that is not today: the meeting's, over midnight, where
    it is written up later and once it is closed; today where it is still open long after it began."""
    day = meeting.at.date()
    long_open = meeting.state != "closed" and now - meeting.made_at > LONGEST
    return None if day == now.date() or long_open else day


def when_told(made_at: datetime, meeting: Meeting) -> str:
    """The hour at which something was told in a meeting, or that it was added long after it began."""
    return "later" if is_added(made_at, meeting) else clock(made_at.astimezone(meeting.at.tzinfo))


def is_added(made_at: datetime, meeting: Meeting) -> bool:
    """Whether something was told in a meeting when that was over: after it was closed, or long after it began."""
    over = meeting.closed_at is not None and made_at > meeting.closed_at
    return over or made_at - meeting.made_at > LONGEST


def segment_spent(meeting: Meeting, index: int, now: datetime) -> int:
    """Seconds used by segment `index` until `now`, without a clock that ran on after everybody had left."""
    spent = meeting.spent[index] if index < len(meeting.spent) else 0
    if index == meeting.segment and meeting.segment_since is not None and not forgotten(meeting, now):
        spent += max(0, int((now - meeting.segment_since).total_seconds()))
    return spent


def segment_left(meeting: Meeting, index: int, now: datetime) -> int:
    """Seconds left of segment `index`; below zero when it runs over."""
    return meeting.segments[index].seconds - segment_spent(meeting, index, now)


def elapsed(meeting: Meeting, now: datetime) -> int:
    """Seconds used by all segments until `now`; pauses do not count."""
    return sum(segment_spent(meeting, index, now) for index in range(len(meeting.segments)))


def planned(meeting: Meeting) -> int:
    """Seconds that the whole agenda may take."""
    return sum(segment.seconds for segment in meeting.segments)


def planned_end(meeting: Meeting) -> datetime:
    """When it would have ended by its agenda."""
    return moved(meeting.at, timedelta(seconds=planned(meeting)))


LATEST = 90
"""Minutes. A meeting that begins later than this after its hour was moved to another one; it wasn't late."""


def late(began: datetime, planned_for: datetime | None) -> str:
    """How late a meeting began, in words such as `7 minutes late`; empty when it was not, or was held at another
    hour, or that day planned none.
    """
    if planned_for is None or began.date() != planned_for.astimezone(began.tzinfo).date():
        return ""
    after = int((began - planned_for).total_seconds()) // 60
    return f"{count(after, 'minute')} late" if 0 < after <= LATEST else ""


def stopped(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting with its clock stopped at `now`, the time used so far written down. The version stays."""
    spent = tuple(segment_spent(meeting, index, now) for index in range(len(meeting.segments)))
    return msgspec.structs.replace(meeting, spent=spent, segment_since=None)


def moved_to(meeting: Meeting, index: int, now: datetime) -> Meeting:
    """The meeting with the clock running in segment `index` from `now` on. The version stays."""
    return msgspec.structs.replace(stopped(meeting, now), segment=index, segment_since=now)
