"""Choosing one of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.tui.frame.page import Page


class Choose(Page[str | None]):
    """A list under a question: Enter takes the one under the cursor, Escape none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
        Binding("escape", "dismiss(None)", "Cancel", id="choose.cancel", tooltip="Choose nothing"),
    ]
    DEFAULT_CSS = """
    Choose .dialog { width: 90; padding: 1 1; }
    Choose OptionList { height: auto; max-height: 80vh; }
    """

    def __init__(self, question: str, options: Sequence[tuple[str, Content]]) -> None:
        super().__init__()
        self.question = question
        self.options = tuple(options)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.question)
            yield OptionList(*(Option(text) for _, text in self.options), classes="plain-list", markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.options[event.option_index][0])

    def action_down(self) -> None:
        """One down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """One up."""
        self.query_one(OptionList).action_cursor_up()
