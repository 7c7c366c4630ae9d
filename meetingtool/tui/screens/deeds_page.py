"""What was done lately, by whom and when."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.log import Entry, entries
from meetingtool.errors import MeetingtoolError
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.tui.screens.dialog import Page

MOST = 100
WHEN, WHO = 17, 12


class DeedsPage(Page[None]):
    """The log, newest first. `u` takes back the last; Enter opens the story or promise that a deed was about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="deeds.back", tooltip="Back"),
        Binding("u,ctrl+z", "app.undo", "Undo", id="deeds.undo", tooltip="Take back the last thing done"),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]
    DEFAULT_CSS = """
    DeedsPage .dialog { width: 100; padding: 1 1 0 1; }
    DeedsPage OptionList { height: auto; max-height: 70vh; }
    DeedsPage .dim { margin: 1 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "What was done"
            yield OptionList(classes="plain-list", markup=False)
            yield Static("u takes back the last · Enter opens the record · Escape back", classes="dim", markup=False)

    def show_records(self) -> None:
        self._entries = entries(self.desk, MOST)
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(Option(self._row(entry)) for entry in self._entries)
        if self._entries:
            options.highlighted = min(at or 0, len(self._entries) - 1)
        else:
            options.set_options([Option(Content.styled("Nothing was done yet.", "$text-muted"), disabled=True)])

    def _row(self, entry: Entry) -> Content:
        when = f"{wording.day(entry.at.date(), self.desk.today)}, {wording.clock(entry.at)}"
        who = wording.shortened(entry.by, WHO - 1)
        about = entry.refs[0] if len(entry.refs) == 1 else wording.count(len(entry.refs), "record")
        what = Content.styled(entry.what, "strike" if entry.undone else "")
        return Content.assemble(
            (f"{when:<{WHEN}} ", "$text-muted"),
            (f"{who:<{WHO}}", "$text-muted"),
            what,
            " (undone)" if entry.undone else "",
            (f"  {about}", "$text-muted"),
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        from meetingtool.tui.screens.story_page import StoryPage

        if event.option_index >= len(self._entries):
            return
        for record_id in self._entries[event.option_index].ids:
            try:
                record = self.desk.get(Record, record_id)
            except MeetingtoolError:
                continue
            if isinstance(record, Story | FollowUp) and record.removed_at is None:
                self.app.push_screen(StoryPage(record))
                return
        self.tool.say("There is no page of its own to open for this.")

    def action_down(self) -> None:
        """One down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """One up."""
        self.query_one(OptionList).action_cursor_up()
