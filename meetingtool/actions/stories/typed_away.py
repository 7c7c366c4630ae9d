"""Lines that were typed by command while the server was away, recorded once it answers."""

from __future__ import annotations

from typing import cast

from meetingtool.actions.reading import meeting_now
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import mere_pledge, record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.errors import MeetingtoolError
from meetingtool.records.followups import FollowUpKind
from meetingtool.records.stories import StoryKind
from meetingtool.store import Workspace
from meetingtool.store.workspace import TypedLine


def take_up(workspace: Workspace) -> list[MeetingtoolError]:
    """Record what was typed while the server was away, as of the moment at which it was; why some could not be. These
    stay where they are. Whatever interrupts it, a line is recorded once."""
    refused = []
    for typed in workspace.typed_lines():
        try:
            _record(workspace, typed)
        except MeetingtoolError as error:
            refused.append(error)
        else:
            workspace.drop_typed_line(typed.id)
    return refused


def _record(workspace: Workspace, typed: TypedLine) -> None:
    running = meeting_now(workspace, typed.at)
    told_in = running if running is not None and running.at <= typed.at else None
    meeting = told_in.id if told_in else None
    on = told_in.at.date() if told_in and told_in.at.date() != typed.at.date() else None
    if typed.kind == "praise":
        thank(workspace, typed.line, typed.at, on=on, meeting=meeting, story_id=typed.id)
        return
    kind = typed.kind
    if kind in ("win", "sticky"):
        kind = mere_pledge(workspace, typed.line, typed.at, on) or kind
    if kind in ("win", "sticky"):
        story = cast("StoryKind", kind)
        record_story(workspace, story, typed.line, typed.at, on=on, meeting=meeting, story_id=typed.id)
        return
    pledge = cast("FollowUpKind", kind)
    record_follow_up(workspace, pledge, typed.line, typed.at, on=on, meeting=meeting, follow_up_id=typed.id)
