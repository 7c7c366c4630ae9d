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

BEFORE, AFTER = timedelta(days=366), timedelta(days=800)
"""How long before a story a rating that cites it can be dated, and how long after it things may still come of it."""


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
        follow_ups=tuple(_born_of(desk, record)),
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


def _born_of(desk: Desk, story: Story) -> list[FollowUp]:
    day = story.at.date()
    return desk.follow_ups(since=day, until=day + AFTER, story=story.id)


def _citing(desk: Desk, story: Story) -> list[Rating]:
    day = story.at.date()
    ratings = desk.workspace.find(Rating, since=day - BEFORE, until=day + AFTER)
    return [rating for rating in ratings if story.id in rating.stories]


def _entered(desk: Desk, story: Story) -> list[Evaluation]:
    """The evaluations that the manager picked the story for, or that were final with it among their evidence."""
    day = story.at.date()
    evaluations = desk.workspace.find(Evaluation, since=day, until=day + AFTER)
    return [e for e in evaluations if story.id in e.stories or any(_names_it(f.content, story.id) for f in e.finals)]


def _names_it(content: object, record_id: str) -> bool:
    """Whether the id stands anywhere in a document of plain values."""
    if isinstance(content, dict):
        return any(_names_it(value, record_id) for value in content.values())
    if isinstance(content, list | tuple):
        return any(_names_it(value, record_id) for value in content)
    return content == record_id
