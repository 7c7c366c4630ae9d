"""What was told in a meeting that is over: to correct it, add to it, or take something out."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from meetingtool.records.meetings import Meeting
from meetingtool.rules import wording
from meetingtool.rules.meeting.meeting_time import when_told
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.row_list import RowList
from meetingtool.tui.meeting.told_list import ToldList
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.noting import kind_saved, save_line
from meetingtool.tui.stories.paste import PasteList


class ToldPage(Page[None]):
    """The stories of one meeting with a line for a forgotten one; the minutes say what was corrected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "line", "Add one", id="told.add", tooltip="Type a story that was forgotten"),
        Binding("ctrl+t", "kind", "Kind", id="told.kind", tooltip="What the line is: win, sticky, thanks ..."),
        Binding("escape", "back", "Back", id="told.back", tooltip="Back to the minutes"),
    ]
    DEFAULT_CSS = """
    ToldPage .dialog { width: 110; padding: 0 1; }
    ToldPage ToldList { height: auto; max-height: 60vh; }
    ToldPage #nothing { color: $text-muted; height: auto; }
    ToldPage CaptureLine { margin: 1 0 0 0; }
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = f"Told on {wording.day(self.meeting.at.date(), self.desk.today)}"
            yield Static("Nothing was told. i adds a story.", id="nothing", markup=False)
            yield ToldList(classes="plain-list")
            yield CaptureLine(f"told-{self.meeting.id.lower()}")

    def on_mount(self) -> None:
        super().on_mount()
        stories = self.query_one(ToldList)
        (stories if stories.display else self.query_one(CaptureLine)).focus()

    def show_records(self) -> None:
        meeting = self.desk.get(Meeting, self.meeting.id)
        rows = [(when_told(s.made_at, meeting), s) for s in self.desk.told_in(meeting)]
        stories = self.query_one(ToldList)
        stories.show(rows, self.desk.roster)
        stories.display = bool(rows)
        self.query_one("#nothing").display = not rows

    @on(RowList.Selected)
    def _selected(self) -> None:
        self.query_one(ToldList).action_edit()

    def action_line(self) -> None:
        """To the line for a forgotten story."""
        self.query_one(CaptureLine).focus()

    def action_kind(self) -> None:
        """The next kind of line."""
        self.query_one(CaptureLine).next_kind()

    def action_back(self) -> None:
        """From the line to the stories, from them to the minutes."""
        stories = self.query_one(ToldList)
        if stories.display and isinstance(self.focused, Input):
            stories.focus()
        else:
            self.dismiss(None)

    @on(CaptureLine.Up)
    def _to_the_stories(self) -> None:
        stories = self.query_one(ToldList)
        if stories.display:
            stories.focus()

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        self.app.push_screen(PasteList(event.text, event.kind, self.meeting))

    @on(CaptureLine.Typed)
    def _typed(self, event: CaptureLine.Typed) -> None:
        saved = save_line(self.tool, event.kind, event.line, event.record_id, self.meeting)
        event.capture_line.settle(saved is not None, kind_saved(event.kind, saved))
