"""Writing a few lines."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from meetingtool.tui.screens.dialog import Page


class WriteText(Page[str | None]):
    """Several lines under a title: ctrl+s takes them, Escape leaves all as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="write.save", tooltip="Keep what is written"),
        Binding("escape", "dismiss(None)", "Cancel", id="write.cancel", tooltip="Leave it as it was"),
    ]
    DEFAULT_CSS = """
    WriteText .dialog { width: 90; padding: 1 1; }
    WriteText TextArea { height: 12; }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.heading = title
        self.text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self.heading
            yield TextArea(self.text, tab_behavior="focus")
            yield Static("^s saves · Escape cancels", classes="dim", markup=False)

    def action_save(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(TextArea).text)
