"""What the pages over a mode share."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from meetingtool.tui.frame.textual_private import QuietFocus
from meetingtool.tui.tool import InTool

Answer = TypeVar("Answer")


class Page(InTool, QuietFocus, ModalScreen[Answer]):
    """A page over a mode: reading through `desk`, changing through `tool.attempt(...)`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.keys", "Keys", tooltip="The keys that work", id="page.keys", key_display="?"),
        Binding("f1", "app.keys", "Keys", show=False, tooltip="The keys that work here", id="page.keys.anywhere"),
    ]
    DEFAULT_CSS = """
    Page KeysLine { background: $surface; padding: 0; }
    Page > KeysLine { padding: 0 1; }
    Page .dialog {
        width: 64;
        max-width: 96%;
        height: auto;
        max-height: 96%;
        border: round $accent;
        border-title-color: $foreground;
        border-title-style: bold;
        background: $surface;
        padding: 1 2;
    }

    Page .dialog-title {
        text-style: bold;
        width: 100%;
    }

    Page .dialog-text {
        color: $text-muted;
        width: 100%;
        margin: 1 0 0 0;
    }

    Page .dialog-buttons {
        height: auto;
        align-horizontal: right;
        margin: 1 0 0 0;
    }

    Page .dialog-buttons Button {
        margin: 0 0 0 2;
        min-width: 10;
        background: $panel;
        color: $foreground;
        text-style: none;
    }

    Page .dialog-buttons Button:focus {
        background: $accent;
        color: $background;
        text-style: bold;
    }
    """

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave the page. Nothing happens if it was left already, as by two keys in one burst."""
        if self.is_current:
            return super().dismiss(result)
        return AwaitComplete()

    def show_records(self) -> None:
        """Put the records as they are now into the widgets; pages that show none leave this out."""

    def on_mount(self) -> None:
        self.show_records()

    def redraw(self) -> None:
        """Show the records as they are now."""
        self.show_records()
