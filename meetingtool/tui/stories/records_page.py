"""The records behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from meetingtool.actions.people import standing
from meetingtool.actions.people.standing import Counted
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.training import Session
from meetingtool.rules import wording
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.list_page import ListPage
from meetingtool.tui.stories.story_text import (
    complaint_row,
    follow_up_row,
    meeting_row,
    rating_row,
    session_row,
    story_row,
)

MOST_LISTED = 500
"""At most this many rows are listed."""


class RecordsPage(ListPage[Counted]):
    """A list of ratings, promises, stories and meetings; Enter opens one. It closes in room unless it is room-safe."""

    EMPTY = "No record behind this yet."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="records.back", tooltip="Back to the number"),
    ]

    def __init__(self, title: str, ids: Sequence[str], *, room_safe: bool = False) -> None:
        super().__init__(title)
        self.ids = tuple(ids)
        self.room_safe = room_safe
        self.for_manager_alone = not room_safe

    def listed(self) -> Sequence[Counted]:
        found = standing.records_behind(self.desk, self.ids, room_safe=self.room_safe)
        more = len(found) > MOST_LISTED
        self.leave_out(f"The newest {MOST_LISTED} of {len(found):,}" if more else "")
        return found[:MOST_LISTED]

    def row(self, item: Counted) -> ColumnsRow:
        roster, today = self.desk.roster, self.desk.today
        if isinstance(item, Meeting):
            return meeting_row(item, today)
        if isinstance(item, Session):
            return session_row(item, roster, today)
        if isinstance(item, Rating):
            return rating_row(item, roster, today)
        if isinstance(item, Complaint):
            return complaint_row(item, roster, today)
        if isinstance(item, FollowUp):
            return follow_up_row(item, roster, today)
        return story_row(wording.day(item.at.date(), today), item, roster, word_width=15)

    def entered(self, item: Counted) -> None:
        if isinstance(item, Rating):
            if item.stories:
                self.app.push_screen(RecordsPage("The stories it rests on", item.stories))
        else:
            self.tool.open_record(item)
