"""Recording several lines at once, as they are pasted from a chat or a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, get_args

from meetingtool.actions.customers.complaints import Complained, record_complaint
from meetingtool.actions.customers.contacts import Called, record_contact
from meetingtool.actions.customers.voices import HeardVoice, record_voice
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import Recorded, mere_pledge, record_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import StoryKind
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

LineKind = Literal["win", "sticky", "praise", "promise", "action", "voice", "complaint", "call"]


def record_list(
    workspace: Workspace,
    lines: Sequence[tuple[LineKind, str]],
    now: datetime,
    *,
    meeting: str | None = None,
    on: date | None = None,
) -> tuple[Recorded | FollowUp | HeardVoice | Complained | Called, ...]:
    """Record several lines at once: all or none, and one step to undo."""
    with workspace.batch(deeds.STORIES, now):
        return tuple(_record(workspace, kind, line, now, meeting, on) for kind, line in lines)


def _record(
    workspace: Workspace, kind: LineKind, line: str, now: datetime, meeting: str | None, on: date | None
) -> Recorded | FollowUp | HeardVoice | Complained | Called:
    if kind == "promise" or kind == "action":
        return record_follow_up(workspace, kind, line, now, on=on, meeting=meeting)
    if kind in get_args(StoryKind) and (pledge := mere_pledge(workspace, line, now, on)):
        return record_follow_up(workspace, pledge, line, now, on=on, meeting=meeting)
    if kind == "voice":
        return record_voice(workspace, line, now, on=on, meeting=meeting)
    if kind == "complaint":
        return record_complaint(workspace, line, now, on=on)
    if kind == "call":
        return record_contact(workspace, line, now, on=on)
    return record_story(workspace, kind, line, now, on=on, meeting=meeting)
