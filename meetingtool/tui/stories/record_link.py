"""One line about another record, which opens it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static


class RecordLink(Static, can_focus=True):
    """Focus it with Tab; Enter or a click opens the record."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RecordLink {
        height: auto;
        width: 1fr;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
        &:hover { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="link.open", tooltip="Open what the line is about"),
    ]

    class Opened(Message):
        """The record is to be opened."""

        def __init__(self, record_id: str) -> None:
            super().__init__()
            self.record_id = record_id

    def __init__(self, record_id: str, line: Content) -> None:
        super().__init__(line)
        self.record_id = record_id

    def action_open(self) -> None:
        """Open it."""
        self.post_message(self.Opened(self.record_id))

    def on_click(self) -> None:
        self.action_open()
