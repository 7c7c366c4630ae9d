"""Going on with a meeting, and what follows: what customers say was told once the meeting goes on from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from meetingtool.actions.customers.for_meeting import went_on, were_thanked
from meetingtool.actions.desk import Desk
from meetingtool.actions.meeting import meetings
from meetingtool.records.meetings import Meeting
from meetingtool.rules.keeping import deeds
from meetingtool.store import Deed


def go_to(desk: Desk, meeting: Meeting, index: int) -> Meeting:
    """Let the clock run in another segment. Going forward notes that what the segment before was about has been
    told; not while that waits for a server, which is asked first whether it is new."""
    moved = meetings.go_to_segment(desk.workspace, meeting, index, desk.now)
    if index > meeting.segment and not desk.workspace.waits(meeting.id):
        _leave(desk, meeting)
    return moved


def close(
    desk: Desk,
    meeting: Meeting,
    *,
    team_rating: Sequence[int] = (),
    notes: str | None = None,
    next_at: datetime | None = None,
    ended: datetime | None = None,
) -> Meeting:
    """Close the meeting, as one deed with what its last segment was about; see `meetings.close_meeting`."""
    with desk.workspace.batch(deeds.CLOSED_MEETING, desk.now):
        closed = meetings.close_meeting(
            desk.workspace, meeting, desk.now, team_rating=team_rating, notes=notes, next_at=next_at, ended=ended
        )
        _leave(desk, meeting)
    return closed


def closing_of(desk: Desk, meeting: Meeting) -> Deed | None:
    """The deed that closed a meeting, if it is among the last ones."""
    closed = (deed for deed in desk.workspace.deeds() if deed.what == deeds.CLOSED_MEETING)
    return next((deed for deed in closed if any(change.id == meeting.id for change in deed.changes)), None)


def _leave(desk: Desk, meeting: Meeting) -> None:
    topic = meeting.segments[meeting.segment].topic
    if topic == "customers":
        went_on(desk, meeting)
    elif topic == "thanks":
        were_thanked(desk, meeting)
