"""What was done recently, by whom and when; and the bin, with what was removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.keeping.log import LoggedDeed, Removed, bin_of, entries
from meetingtool.actions.keeping.only_one import told_restored
from meetingtool.actions.keeping.undo import bring_back
from meetingtool.errors import MeetingtoolError
from meetingtool.records.base import Record
from meetingtool.rules import wording
from meetingtool.rules.kinds.table import SEARCHED
from meetingtool.tui.lists.list_page import ListPage

MOST_DEEDS = 100
WHEN, WHO, KIND = 17, 12, 11
"""Cells of the columns."""


class DeedsPage(ListPage[LoggedDeed]):
    """The log, newest first. `u` undoes the last; Enter opens the story or promise that a deed was about."""

    EMPTY = "Nothing has been done yet."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "app.undo", "Undo the last", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape", "app.pop_screen", "Back", id="deeds.back", tooltip="Back"),
    ]
    DEFAULT_CSS = """
    DeedsPage .dialog { width: 100; }
    """

    def __init__(self) -> None:
        super().__init__("What was done")

    def listed(self) -> Sequence[LoggedDeed]:
        return entries(self.desk, MOST_DEEDS)

    def row(self, item: LoggedDeed) -> Content:
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

    def entered(self, item: LoggedDeed) -> None:
        for record_id in item.ids:
            try:
                record = self.desk.get(Record, record_id)
            except MeetingtoolError:
                continue
            if isinstance(record, SEARCHED) and record.removed_at is None:
                self.tool.open_record(record)
                return
        self.tool.say("There is nothing to open for this.")


class BinPage(ListPage[Removed]):
    """The bin, most recently removed first; Enter brings one back."""

    enter = "Bring it back"
    EMPTY = "The bin is empty. What is removed stays here for a year."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape", "app.pop_screen", "Back", id="bin.back", tooltip="Back"),
    ]

    def __init__(self) -> None:
        super().__init__("The bin")

    def listed(self) -> Sequence[Removed]:
        return bin_of(self.desk)

    def row(self, item: Removed) -> Content:
        by = f"  {wording.one_line(item.by)}" if item.by else ""
        return Content.assemble(
            (f"{wording.moment(item.at, self.desk.today):<{WHEN}} ", "$text-muted"),
            f"{item.kind:<{KIND}}",
            wording.shortened(item.what, 200) or item.record.ref,
            (by, "$text-muted"),
        )

    def entered(self, item: Removed) -> None:
        back = self.tool.attempt(lambda: bring_back(self.desk.workspace, item.record, self.desk.now))
        if back is not None:
            self.tool.say(f"Restored. {told_restored(item.record, back)}".rstrip())
