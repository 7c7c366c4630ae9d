"""The background of one record: its meeting, its promises, where it is cited, and its changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.actions.stories.thanks import cause
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.days import moved
from meetingtool.rules.history.sieve import sieve_for
from meetingtool.rules.kinds.kind import Background
from meetingtool.rules.kinds.table import differences, differences_in_room, kind_of

BEFORE, AFTER = timedelta(days=366), timedelta(days=800)
"""How long before a story a rating that cites it can be dated, and how long after it things may still come of it."""


class PastChange(msgspec.Struct, frozen=True):
    """One change: when, by whom, and what became different, in words."""

    at: datetime
    by: str
    what: tuple[str, ...]


def background(desk: Desk, record: Record) -> Background:
    """What belongs to the record, as far as it may be drawn now."""
    if isinstance(record, Story):
        return _of_story(desk, record)
    if isinstance(record, FollowUp):
        return Background(meeting=_known_meeting(desk, record.meeting), story=_known_story(desk, record.story))
    if isinstance(record, Meeting):
        return Background(question=desk.question_of(record), stories=tuple(desk.told_in(record)))
    if isinstance(record, Voice):
        return Background(meeting=_known_meeting(desk, record.read_in), follow_ups=_born_of(desk, record))
    if isinstance(record, Rating):
        known = (_known_story(desk, story) for story in record.stories)
        return Background(stories=tuple(story for story in known if story is not None))
    return Background(follow_ups=_born_of(desk, record)) if kind_of(record).searched else Background()


def _born_of(desk: Desk, record: Record) -> tuple[FollowUp, ...]:
    """The promises and actions that came out of a record that is no story."""
    found = desk.workspace.find(FollowUp, since=record.at.date(), source_id=record.id)
    return tuple(desk.shown(found))


def _of_story(desk: Desk, story: Story) -> Background:
    naming = _naming(desk, story)
    cited = not desk.room
    return Background(
        meeting=_known_meeting(desk, story.meeting),
        because=cause(desk, story.because),
        follow_ups=tuple(desk.shown(one for one in naming if isinstance(one, FollowUp))),
        ratings=tuple(one for one in naming if cited and isinstance(one, Rating)),
        evaluations=tuple(one for one in naming if cited and isinstance(one, Evaluation)),
    )


def steps(desk: Desk, record: Record) -> tuple[PastChange, ...]:
    """How the record came to be as it is, oldest first; the first step is its recording.

    In the room nothing is revealed of what a version said while it was private, nor that it was private.
    """
    versions = desk.workspace.versions(record.id)
    taken = [PastChange(record.made_at, record.made_by, ())]
    for former, later in pairwise(versions):
        before, after = former.record, later.record
        assert isinstance(before, Record)
        assert isinstance(after, Record)
        if desk.room and (before.private or after.private):
            continue
        if former.replaced_at is not None:
            said = (differences_in_room if desk.room else differences)(before, after, desk.roster)
            taken.append(PastChange(former.replaced_at, former.replaced_by, said))
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


def _naming(desk: Desk, story: Story) -> list[FollowUp | Rating | Evaluation]:
    """What came out of a story and what cites it, by time: found by its id in the books' lines, before any is
    decoded."""
    workspace, day = desk.workspace, story.at.date()
    wanted = sieve_for(story.id)
    found: list[FollowUp | Rating | Evaluation] = []
    for year in workspace.years():
        if moved(day, -BEFORE).year <= year <= moved(day, AFTER).year:
            for leaf in workspace.passing(year, wanted):
                found += [
                    workspace.get(type(record), record.id, year=year, place=leaf.place)
                    for record in leaf.records
                    if isinstance(record, (FollowUp, Rating, Evaluation)) and _belongs(record, story, day)
                ]
    return sorted(found, key=lambda record: (record.at, record.id))


def _belongs(record: FollowUp | Rating | Evaluation, story: Story, day: date) -> bool:
    """Whether a record in use came out of the story or cites it. An evaluation does when the manager picked the story
    for it, or when a final edition has it among its evidence.
    """
    if isinstance(record, FollowUp):
        named = record.story == story.id
    else:
        named = story.id in record.stories or (
            isinstance(record, Evaluation) and any(_names_it(final.content, story.id) for final in record.finals)
        )
    since = moved(day, -BEFORE) if isinstance(record, Rating) else day
    return named and record.removed_at is None and since <= record.at.date() <= moved(day, AFTER)


def _names_it(content: object, record_id: str) -> bool:
    """Whether the id is anywhere in a document of plain values."""
    if isinstance(content, dict):
        return any(_names_it(value, record_id) for value in content.values())
    if isinstance(content, list | tuple):
        return any(_names_it(value, record_id) for value in content)
    return content == record_id
