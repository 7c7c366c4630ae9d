"""The records behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions import standing
from meetingtool.actions.standing import Counted
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.rules import wording
from meetingtool.tui.screens.dialog import Page
from meetingtool.tui.widgets.columns_row import ColumnsRow
from meetingtool.tui.widgets.score_text import rating_row
from meetingtool.tui.widgets.story_text import follow_up_row, meeting_row, story_row

MOST = 500
"""More rows than these are not listed."""


class RecordsPage(Page[None]):
    """A list of ratings, promises, stories and meetings; Enter opens one. It closes in room unless it is room-safe."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="records.back", tooltip="Back to the number"),
    ]
    DEFAULT_CSS = """
    RecordsPage .dialog { width: 110; padding: 1 1 0 1; }
    RecordsPage OptionList { height: auto; max-height: 80vh; }
    RecordsPage .dim { margin: 1 1; }
    """

    def __init__(self, title: str, ids: Sequence[str], *, room_safe: bool = False) -> None:
        super().__init__()
        self.heading = title
        self.ids = tuple(ids)
        self.room_safe = room_safe
        self.records: list[Counted] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.heading)
            yield OptionList(classes="plain-list", markup=False)
            yield Static(id="keys", classes="dim", markup=False)

    def show_records(self) -> None:
        if self.desk.room and not self.room_safe:
            self.app.pop_screen()
            return
        found = standing.records_behind(self.desk, self.ids, room_safe=self.room_safe)
        self.records = found[:MOST]
        more = f"the newest {MOST} of {len(found):,} · " if len(found) > MOST else ""
        self.query_one("#keys", Static).update(f"{more}Enter opens · Escape back")
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(Option(self._row(record)) for record in self.records)
        if self.records:
            options.highlighted = min(at or 0, len(self.records) - 1)
        else:
            options.set_options([Option("No record stands behind this yet.", disabled=True)])

    def _row(self, record: Counted) -> ColumnsRow:
        roster, today = self.desk.roster, self.desk.today
        if isinstance(record, Meeting):
            return meeting_row(record, today)
        if isinstance(record, Rating):
            return rating_row(record, roster, today)
        if isinstance(record, FollowUp):
            return follow_up_row(record, roster, today)
        return story_row(wording.day(record.at.date(), today), record, roster, word_width=15)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_index >= len(self.records):
            return
        record = self.records[event.option_index]
        if isinstance(record, Rating):
            if record.stories:
                self.app.push_screen(RecordsPage("The stories it rests on", record.stories))
        elif isinstance(record, Meeting):
            from meetingtool.tui.screens.minutes import MinutesPage

            self.app.push_screen(MinutesPage(record))
        else:
            from meetingtool.tui.screens.story_page import StoryPage

            self.app.push_screen(StoryPage(record))
