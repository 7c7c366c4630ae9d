"""What stands behind one story or follow-up: its meeting, its promises, where it is cited, and its changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules.changes import differences

CITED_BEFORE = timedelta(days=366)
"""A rating can be dated before the story it rests on, by a year at most."""


class Background(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to a story or a follow-up.

    meeting: the one in which it was told or made. story: the one a follow-up was born from.
    ratings, evaluations: those that cite a story; empty in the room.
    """

    meeting: Meeting | None = None
    story: Story | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    ratings: tuple[Rating, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """One change: when, by whom, and what became different, in words."""

    at: datetime
    by: str
    what: tuple[str, ...]


def background(desk: Desk, record: Story | FollowUp) -> Background:
    """What belongs to the record, as far as it may be drawn now."""
    meeting = _known_meeting(desk, record.meeting)
    if isinstance(record, FollowUp):
        return Background(meeting=meeting, story=_known_story(desk, record.story))
    cited = not desk.room
    return Background(
        meeting=meeting,
        follow_ups=tuple(desk.follow_ups_of(record)),
        ratings=tuple(_citing(desk, record)) if cited else (),
        evaluations=tuple(_entered(desk, record)) if cited else (),
    )


def steps(desk: Desk, record: Story | FollowUp) -> tuple[Step, ...]:
    """How the record came to be as it is, oldest first; the first step is its recording.

    In the room nothing is told of what a version said while it was private.
    """
    versions = desk.workspace.versions(record.id)
    taken = [Step(record.made_at, record.made_by, ())]
    for former, later in pairwise(versions):
        before, after = former.record, later.record
        if not isinstance(before, Story | FollowUp) or not isinstance(after, Story | FollowUp):
            continue
        if desk.room and (before.private or after.private):
            what: tuple[str, ...] = ("changed in private",)
        else:
            what = differences(before, after, desk.roster)
        if former.replaced_at is not None:
            taken.append(Step(former.replaced_at, former.replaced_by, what))
    return tuple(taken)


def _known_meeting(desk: Desk, meeting_id: str | None) -> Meeting | None:
    if meeting_id is None:
        return None
    try:
        return desk.get(Meeting, meeting_id)
    except NotFound:
        return None


def _known_story(desk: Desk, story_id: str | None) -> Story | None:
    if story_id is None:
        return None
    try:
        return desk.get(Story, story_id)
    except (NotFound, InRoom):
        return None


def _citing(desk: Desk, story: Story) -> list[Rating]:
    ratings = desk.workspace.find(Rating, since=story.at.date() - CITED_BEFORE)
    return [rating for rating in ratings if story.id in rating.stories]


def _entered(desk: Desk, story: Story) -> list[Evaluation]:
    evaluations = desk.workspace.find(Evaluation, since=story.at.date())
    return [evaluation for evaluation in evaluations if story.id in evaluation.stories]
