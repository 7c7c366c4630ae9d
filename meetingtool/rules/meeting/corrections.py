"""What was changed in a meeting and its stories after it was closed: minutes say it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story

Kept = tuple[Meeting | Story, datetime, bool]
"""A version of a record, the moment from which it held, and whether a merge of two computers, or taking one back, made
it: what both noted in the meeting is no correction."""

_OF_MEETING = {
    "notes": "the notes",
    "answers": "the answers to the question",
    "team_rating": "how the team rated it",
    "attendance": "who was here",
    "standard": "the standard of the week",
    "question": "the question of the week",
    "scenario": "the role-play",
    "next_at": "the next meeting",
}
_OF_STORY = ("text", "people", "standards", "customer", "happened", "handled", "learned", "ended", "reward", "kind")


def of_meeting(versions: Sequence[Kept]) -> list[tuple[date, str]]:
    """What was changed once the meeting was closed, each with its day, oldest first, once a day."""
    found: dict[tuple[date, str], None] = {}
    for (before, *_), (after, since, by_merge) in pairwise(versions):
        if not isinstance(before, Meeting) or before.state != "closed" or by_merge:
            continue
        for field, words in _OF_MEETING.items():
            if getattr(before, field) != getattr(after, field):
                found[since.date(), words] = None
    return list(found)


def of_story(versions: Sequence[Kept], closed_at: datetime) -> date | None:
    """The day on which what a story says was last changed after `closed_at`; None when it was not."""
    last = None
    for (before, *_), (after, since, by_merge) in pairwise(versions):
        if (
            since > closed_at
            and not by_merge
            and any(getattr(before, field) != getattr(after, field) for field in _OF_STORY)
        ):
            last = since.date()
    return last
