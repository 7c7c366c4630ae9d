"""Noting something from anywhere, without leaving the screen."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.stories.thanks import cause
from meetingtool.rules import wording
from meetingtool.tui.frame.page import Page
from meetingtool.tui.stories.capture_line import LABELS, CaptureLine
from meetingtool.tui.stories.noting import kind_saved, save_line
from meetingtool.tui.stories.paste import PasteList


class QuickCapture(Page[str]):
    """One line over whatever is shown. It stays open for the next one; Escape closes it, keeps half-typed text, and
    returns the id of what was noted last. because: the id of what the first thanks typed here are for, which is shown
    above the line.
    """

    enter = "Save"
    CSS_PATH = "quick_capture.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+t",
            "kind",
            "Another kind",
            id="quick.kind",
            tooltip="Win, sticky, promise, action, thanks, voice, complaint, call",
        ),
        Binding("escape", "close", "Close", id="quick.close", tooltip="Close; half-typed text is kept"),
    ]

    def __init__(self, kind: str, text: str = "", because: str = "") -> None:
        super().__init__()
        self.kind, self.text, self.because = kind, text, because
        self._last = ""

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Note it"
            yield Static(id="because", classes="dim", markup=False)
            yield CaptureLine("quick")

    def on_mount(self) -> None:
        super().on_mount()
        line = self.query_one(CaptureLine)
        if not line.input.value:
            line.kind = self.kind
            line.input.value = self.text
        elif not line.input.value.startswith(self.text):  # half-typed for something else
            self._for_nothing()
        line.focus()

    def show_records(self) -> None:
        words = cause(self.desk, self.because)
        about = self.query_one("#because", Static)
        about.update(Content(f"For: “{wording.shortened(words, 300)}”"))
        about.display = bool(words)

    def _for_nothing(self) -> None:
        self.because = ""
        self.show_records()

    def action_kind(self) -> None:
        """The next kind."""
        self.query_one(CaptureLine).next_kind()

    def action_close(self) -> None:
        """Close; half-typed text comes back the next time."""
        line = self.query_one(CaptureLine)
        if line.input.value == self.text:  # nothing was typed
            line.input.value = ""
        line.keep_now()
        self.dismiss(self._last)

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        self.app.push_screen(PasteList(event.text, event.kind))

    @on(CaptureLine.Typed)
    def _typed(self, event: CaptureLine.Typed) -> None:
        saved = save_line(self.tool, event.kind, event.line, event.record_id, because=self.because)
        self._last = saved.id if saved is not None else self._last
        if saved is not None and event.kind == "praise":
            self._for_nothing()
        kind = kind_saved(event.kind, saved)
        event.capture_line.settle(saved is not None, LABELS.get(kind, kind))
