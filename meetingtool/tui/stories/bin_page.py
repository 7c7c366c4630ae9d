"""What was removed within a year, and bringing it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.keeping.log import Removed, bin_of
from meetingtool.actions.keeping.undo import bring_back
from meetingtool.rules import wording
from meetingtool.tui.lists.list_page import ListPage

KIND, WHEN = 11, 17


class BinPage(ListPage[Removed]):
    """The bin, what was removed last first; Enter brings one back."""

    HINT = "Enter brings it back · Escape back"
    EMPTY = "The bin is empty. What is removed stays here for a year."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="bin.back", tooltip="Back"),
        Binding("u,ctrl+z", "app.undo", "Undo", id="bin.undo", tooltip="Take back the last thing done"),
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

    def enter(self, item: Removed) -> None:
        if self.tool.attempt(lambda: bring_back(self.desk.workspace, item.record, self.desk.now)) is not None:
            self.tool.say("It is back where it was.")
