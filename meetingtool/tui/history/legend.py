"""What can be typed to search."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetingtool.rules.history.query import LEGEND
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import LEAST_BODY, ColumnsRow, ColumnsTable
from meetingtool.tui.lists.moving import ScrolledText

TYPED_WIDTH = 20


def legend(width: int) -> Content:
    """The query language in `width` cells: in two columns, or each meaning after its term where these don't fit."""
    terms = [(Content.styled(typed, "bold $accent"), Content(means)) for typed, means in LEGEND]
    if width < TYPED_WIDTH + LEAST_BODY + 1:
        return Content("\n").join(Content.assemble(typed, "  ", means) for typed, means in terms)
    return ColumnsTable([ColumnsRow([(typed, TYPED_WIDTH)], means, most=0) for typed, means in terms]).laid_out(width)


class LegendPage(Page[None]):
    """The query language over the search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,l,ctrl+l", "dismiss(None)", "Back", id="legend.back", tooltip="Back to the search"),
    ]
    DEFAULT_CSS = """
    LegendPage .dialog { width: 80; padding: 1 2 0 2; }
    LegendPage Static { height: auto; margin: 0 0 1 0; }
    """

    def body(self) -> ComposeResult:
        with ScrolledText(classes="dialog") as dialog:
            dialog.border_title = "How to search"
            yield Static(id="terms", markup=False)
            yield Static("All parts must match. Case and accents do not matter.", classes="dim", markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        box = self.query_one(VerticalScroll)
        self.query_one("#terms", Static).update(legend(box.scrollable_content_region.width))
