"""What can be typed to search."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetingtool.rules.query import LEGEND
from meetingtool.tui.screens.dialog import Page
from meetingtool.tui.widgets.columns_row import ColumnsRow, ColumnsTable

TYPED_WIDTH = 20


def legend() -> ColumnsTable:
    """The query language, a line a term."""
    return ColumnsTable(
        [
            ColumnsRow([(Content.styled(typed, "bold $accent"), TYPED_WIDTH)], Content(means), most=0)
            for typed, means in LEGEND
        ]
    )


class LegendPage(Page[None]):
    """The query language over the search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,l,ctrl+l", "dismiss(None)", "Back", id="legend.back", tooltip="Back to the search"),
    ]
    DEFAULT_CSS = """
    LegendPage .dialog { width: 80; padding: 1 2 0 2; }
    LegendPage Static { height: auto; margin: 0 0 1 0; }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = "How to search"
            dialog.border_subtitle = "Escape closes"
            yield Static(legend())
            yield Static("All parts must hold. Case and accents do not matter.", classes="dim", markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
