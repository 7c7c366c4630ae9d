"""Noting something from anywhere, without leaving the screen."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, cast, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.followups import FollowUp, FollowUpKind
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story, StoryKind
from meetingtool.tui.frame.page import Page
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.tool import Tool

STORY_KINDS = get_args(StoryKind)


class QuickCapture(Page[None]):
    """One line over whatever is shown. It stays open for the next; Escape closes and keeps half-typed text."""

    CSS_PATH = "quick_capture.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="quick.close", tooltip="Close; half-typed text is kept"),
        Binding("ctrl+t", "kind", "Win, sticky, promise or action", id="quick.kind", tooltip="What the line is"),
    ]

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Note it"
            yield CaptureLine("quick")
            yield Static("Enter saves · ^t changes what it is · Escape closes", classes="dim", id="keys", markup=False)

    def on_mount(self) -> None:
        line = self.query_one(CaptureLine)
        if not line.input.value:
            line.kind = self.kind
        line.focus()

    def action_kind(self) -> None:
        """The next kind."""
        self.query_one(CaptureLine).next_kind()

    def action_close(self) -> None:
        """Close; half-typed text comes back the next time."""
        self.query_one(CaptureLine).keep_now()
        self.dismiss(None)

    @on(CaptureLine.Left)
    def _left(self, event: CaptureLine.Left) -> None:
        if not event.up:
            self.action_close()

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        from meetingtool.tui.stories.paste import PasteList

        self.app.push_screen(PasteList(event.text, event.kind))

    @on(CaptureLine.Typed)
    def _typed(self, event: CaptureLine.Typed) -> None:
        if save_line(self.tool, event.kind, event.line, event.record_id) is not None:
            event.capture_line.saved(f"{event.kind} saved ✓")


def save_line(
    tool: Tool, kind: str, line: str, record_id: str, meeting: Meeting | None = None
) -> Story | FollowUp | None:
    """Record a typed line through its action; None when it was refused and told.

    What is told in a meeting of another day counts for that day.
    """
    desk = tool.desk
    told_in, on = day_of(meeting, desk.today)
    if kind in STORY_KINDS:
        story_kind = cast("StoryKind", kind)
        recorded = tool.attempt(
            lambda: record_story(desk.workspace, story_kind, line, desk.now, on=on, meeting=told_in, story_id=record_id)
        )
        return recorded.story if recorded else None
    follow_up_kind = cast("FollowUpKind", kind)
    return tool.attempt(
        lambda: record_follow_up(
            desk.workspace, follow_up_kind, line, desk.now, on=on, meeting=told_in, follow_up_id=record_id
        )
    )


def day_of(meeting: Meeting | None, today: date) -> tuple[str | None, date | None]:
    """The id of a meeting, and its day when that is not today."""
    if meeting is None:
        return None, None
    day = meeting.at.date()
    return meeting.id, None if day == today else day
