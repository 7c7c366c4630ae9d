"""Noting something from anywhere, without leaving the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from meetingtool.actions.follow_ups import record_follow_up
from meetingtool.actions.stories import record_story
from meetingtool.tui.screens.dialog import Page
from meetingtool.tui.widgets.capture_line import CaptureLine

if TYPE_CHECKING:
    from meetingtool.tui.app import MeetingtoolApp


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
        self.dismiss(None)

    @on(CaptureLine.Left)
    def _left(self, event: CaptureLine.Left) -> None:
        if not event.up:
            self.dismiss(None)

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        from meetingtool.tui.screens.paste import PasteList

        self.app.push_screen(PasteList(event.text, event.kind))

    @on(CaptureLine.Typed)
    def _typed(self, event: CaptureLine.Typed) -> None:
        if save_line(self.tool, event.kind, event.line, event.record_id) is not None:
            event.capture_line.saved(f"{event.kind} saved ✓")


def save_line(tool: MeetingtoolApp, kind: str, line: str, record_id: str, meeting: str | None = None) -> str | None:
    """Record a typed line through its action; the ref of the record, or None when it was refused and told."""
    desk = tool.desk
    if kind in ("win", "sticky"):
        story_kind = cast("Literal['win', 'sticky']", kind)
        recorded = tool.attempt(
            lambda: record_story(desk.workspace, story_kind, line, desk.now, meeting=meeting, story_id=record_id)
        )
        return recorded.story.ref if recorded else None
    follow_up_kind = cast("Literal['promise', 'action']", kind)
    follow_up = tool.attempt(
        lambda: record_follow_up(
            desk.workspace, follow_up_kind, line, desk.now, meeting=meeting, follow_up_id=record_id
        )
    )
    return follow_up.ref if follow_up else None
