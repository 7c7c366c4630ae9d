"""A page that is one list: what was done, what was removed, the records behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.paged_options import PagedOptions

Item = TypeVar("Item")


class ListPage(Page[None], Generic[Item]):
    """Rows that can each be entered; the cursor keeps its place when the records change.

    EMPTY: what is shown where there is nothing.
    """

    enter = "Open"
    EMPTY: ClassVar[str] = "Nothing yet."
    DEFAULT_CSS = """
    ListPage .dialog { width: 110; padding: 1 1; }
    ListPage OptionList { height: auto; max-height: 70vh; }
    ListPage #left-out { margin: 1 1 0 1; display: none; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title
        self.items: tuple[Item, ...] = ()

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.heading)
            yield PagedOptions(classes="plain-list", markup=False)
            yield Static(id="left-out", classes="dim", markup=False)

    def listed(self) -> Sequence[Item]:
        """What is listed, as it is now."""
        raise NotImplementedError

    def row(self, item: Item) -> Content | ColumnsRow:
        """One of it as a row."""
        raise NotImplementedError

    def entered(self, item: Item) -> None:
        """What Enter on it does."""
        raise NotImplementedError

    def leave_out(self, words: str) -> None:
        """Say below the list that not all is listed; nothing where all is."""
        line = self.query_one("#left-out", Static)
        line.update(words)
        line.display = bool(words)

    def show_records(self) -> None:
        self.items = tuple(self.listed())
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(Option(self.row(item)) for item in self.items)
        if self.items:
            options.highlighted = min(at or 0, len(self.items) - 1)
        else:
            options.set_options([Option(Content.styled(self.EMPTY, "$text-muted"), disabled=True)])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self.items):
            self.entered(self.items[event.option_index])
