"""What the tabs of the mode Customers share: a tab is a class like these, named once in `tabs.TABS`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from meetingtool.tui.lists.columns_row import ColumnsTable
from meetingtool.tui.lists.detail_panel import DetailPanel
from meetingtool.tui.lists.row_panel import Row, RowPanel, words
from meetingtool.tui.tool import InTool


class CustomersTab(InTool, Container, can_focus=True):
    """One tab. It is drawn while it is the one that is shown, and whenever a record changes meanwhile.

    NAME: its id. TITLE: as it is on the tab. ABOUT: what its key is said to lead to. AREA: the one of `rules.areas`
    with which it can be switched off. IN_ROOM: whether it has anything to show while the screen is shared.
    """

    NAME: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    ABOUT: ClassVar[str] = ""
    AREA: ClassVar[str] = ""
    IN_ROOM: ClassVar[bool] = True

    def draw(self) -> None:
        """Put the records as they are now into the widgets, keeping focus and cursor."""
        raise NotImplementedError

    def allow_focus(self) -> bool:
        """An empty tab takes the focus itself, so that its keys work; else what is in it does."""
        return self._first() is None

    def enter(self) -> None:
        """Put the focus into the tab."""
        (self._first() or self).focus()

    def _first(self) -> Widget | None:
        """The first widget in it that takes the focus; hidden ones don't."""
        return next((widget for widget in self.query("*") if widget.display and widget.focusable), None)


class PageBeside(DetailPanel):
    """The page beside a list; Escape leads back into the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "list", "Back", show=False, id="customers.list", tooltip="Back to the list"),
    ]

    def action_list(self) -> None:
        """Back to the list."""
        self.query_ancestor(CustomersTab).enter()


class ListTab(CustomersTab):
    """A tab with a list, and beside or below it the page of what the cursor is on.

    Subclasses give `EMPTY`, the one sentence that says what fills it and with which key, `rows`, `title` and `page`,
    and what Enter does in `open`. FIND_BY: the key that finds a row, where `f` does something else.
    """

    EMPTY: ClassVar[str] = ""
    FIND_BY: ClassVar[str] = "f"

    def compose(self) -> ComposeResult:
        yield RowPanel("", id=f"{self.NAME}-list", classes="list").found_by(self.FIND_BY)
        yield PageBeside(id=f"{self.NAME}-page", classes="panel page")

    def rows(self) -> Sequence[Row]:
        """The rows of the list."""
        raise NotImplementedError

    def title(self, number: int) -> str:
        """The title of a list with this many rows."""
        raise NotImplementedError

    def page(self, key: str) -> tuple[str, ColumnsTable]:
        """The title and the text of the page of a row."""
        raise NotImplementedError

    def open(self, key: str) -> None:
        """What Enter on a row does: by default it leads into the page beside it."""
        self.beside.focus()

    @property
    def list(self) -> RowPanel:
        """The list."""
        return self.query_one(f"#{self.NAME}-list", RowPanel)

    @property
    def beside(self) -> DetailPanel:
        """The page beside or below it."""
        return self.query_one(f"#{self.NAME}-page", DetailPanel)

    @property
    def chosen(self) -> str:
        """The key of the row under the cursor, or empty."""
        return self.list.chosen

    def draw(self) -> None:
        filled = list(self.rows())
        entered = sum(not row.silent for row in filled)
        self.list.fill(filled or [words(self.EMPTY)])
        self.list.border_title = Content(self.title(entered)) if entered else ""
        self.beside.display = entered > 0
        self.set_class(not entered, "-empty")
        self._show_page(home=False)

    def _show_page(self, *, home: bool) -> None:
        if self.chosen:
            title, text = self.page(self.chosen)
            self.beside.put(title, text, home=home)

    @on(RowPanel.Highlighted)
    def _highlighted(self) -> None:
        self._show_page(home=True)
        self.refresh_bindings()

    @on(RowPanel.Entered)
    def _entered(self, event: RowPanel.Entered) -> None:
        event.stop()
        self.open(event.key)

    def note(self, kind: str) -> None:
        """Note something; afterwards the cursor is on it."""
        self.tool.action_capture(kind, then=self.list.choose)
