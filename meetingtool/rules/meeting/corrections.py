"""What was changed in a meeting and its stories after it was closed: minutes say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story

Kept = tuple[Meeting | Story, datetime, bool]
"""A version of a record, the moment from which it held, and whether a merge of two computers, or taking one back, made
it."""

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
    """What was changed once the meeting was closed, each with its day, oldest first, once a day.

    What a merge brought counts where the meeting was closed before the two computers went apart.
    """
    found: dict[tuple[date, str], None] = {}
    for before, after, since, merged in _steps(versions):
        if not isinstance(before, Meeting) or before.state != "closed":
            continue
        if any(isinstance(each, Meeting) and each.closed_at != before.closed_at for each in merged):
            continue
        for field, words in _OF_MEETING.items():
            if getattr(before, field) != getattr(after, field):
                found[since.date(), words] = None
    return list(found)


def of_story(versions: Sequence[Kept], closed_at: datetime) -> date | None:
    """The day on which what a story says was last changed after `closed_at`; None when it was not."""
    last = None
    for before, after, since, _ in _steps(versions):
        if since > closed_at and any(getattr(before, field) != getattr(after, field) for field in _OF_STORY):
            last = since.date()
    return last


Step = tuple[Meeting | Story, Meeting | Story, datetime, list[Meeting | Story]]


def _steps(versions: Sequence[Kept]) -> Iterator[Step]:
    """From each version to the next, and the moment. A merge, which keeps both texts, is one step with all its versions
    from what stood here to what came of it."""
    at = 0
    while at + 1 < len(versions):
        end, merged = at + 1, []
        while versions[end][2]:
            merged.append(versions[end][0])
            if end + 1 == len(versions) or not versions[end + 1][2]:
                break
            end += 1
        yield versions[at][0], versions[end][0], versions[end][1], merged
        at = end
