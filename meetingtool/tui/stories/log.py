"""What was done lately, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.keeping.log import Entry, entries
from meetingtool.errors import MeetingtoolError
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.tui.lists.list_page import ListPage

MOST = 100
WHEN, WHO = 17, 12


class DeedsPage(ListPage[Entry]):
    """The log, newest first. `u` takes back the last; Enter opens the story or promise that a deed was about."""

    HINT = "u takes back the last · Enter opens the record · Escape back"
    EMPTY = "Nothing was done yet."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="deeds.back", tooltip="Back"),
        Binding("u,ctrl+z", "app.undo", "Undo", id="deeds.undo", tooltip="Take back the last thing done"),
    ]
    DEFAULT_CSS = """
    DeedsPage .dialog { width: 100; }
    """

    def __init__(self) -> None:
        super().__init__("What was done")

    def listed(self) -> Sequence[Entry]:
        return entries(self.desk, MOST)

    def row(self, item: Entry) -> Content:
        who = wording.shortened(item.by, WHO - 1)
        about = item.refs[0] if len(item.refs) == 1 else wording.count(len(item.refs), "record")
        what = Content.styled(item.what, "strike" if item.undone else "")
        return Content.assemble(
            (f"{wording.moment(item.at, self.desk.today):<{WHEN}} ", "$text-muted"),
            (f"{who:<{WHO}}", "$text-muted"),
            what,
            " (undone)" if item.undone else "",
            (f"  {about}", "$text-muted"),
        )

    def enter(self, item: Entry) -> None:
        for record_id in item.ids:
            try:
                record = self.desk.get(Record, record_id)
            except MeetingtoolError:
                continue
            if isinstance(record, Story | FollowUp) and record.removed_at is None:
                self.tool.open_record(record)
                return
        self.tool.say("There is no page of its own to open for this.")
