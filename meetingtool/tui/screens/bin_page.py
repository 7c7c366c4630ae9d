"""What was removed within a year, and bringing it back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.log import Removed, bin_of
from meetingtool.actions.undo import bring_back
from meetingtool.rules import wording
from meetingtool.tui.screens.dialog import Page

KIND, WHEN = 11, 17


class BinPage(Page[None]):
    """The bin, what was removed last first; Enter brings one back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="bin.back", tooltip="Back"),
        Binding("u,ctrl+z", "app.undo", "Undo", id="bin.undo", tooltip="Take back the last thing done"),
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
    ]
    DEFAULT_CSS = """
    BinPage .dialog { width: 110; padding: 1 1 0 1; }
    BinPage OptionList { height: auto; max-height: 70vh; }
    BinPage .dim { margin: 1 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._removed: list[Removed] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "The bin"
            yield OptionList(classes="plain-list", markup=False)
            yield Static("Enter brings it back · Escape back", classes="dim", markup=False)

    def show_records(self) -> None:
        self._removed = bin_of(self.desk)
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(Option(self._row(one)) for one in self._removed)
        if self._removed:
            options.highlighted = min(at or 0, len(self._removed) - 1)
        else:
            empty = "The bin is empty. What is removed stays here for a year."
            options.set_options([Option(Content.styled(empty, "$text-muted"), disabled=True)])

    def _row(self, one: Removed) -> Content:
        when = f"{wording.day(one.at.date(), self.desk.today)}, {wording.clock(one.at)}"
        by = f"  {wording.one_line(one.by)}" if one.by else ""
        return Content.assemble(
            (f"{when:<{WHEN}} ", "$text-muted"),
            f"{one.kind:<{KIND}}",
            wording.shortened(one.what, 200) or one.record.ref,
            (by, "$text-muted"),
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_index >= len(self._removed):
            return
        record = self._removed[event.option_index].record
        if self.tool.attempt(lambda: bring_back(self.desk.workspace, record, self.desk.now)) is not None:
            self.tool.say("It is back where it was.")

    def action_down(self) -> None:
        """One down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """One up."""
        self.query_one(OptionList).action_cursor_up()
