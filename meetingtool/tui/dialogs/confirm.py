"""Asking before something that can't be undone."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label

from meetingtool.tui.frame.page import Page


class Confirm(Page[bool]):
    """A question with two answers. The focus starts on the safe one; on the other where both are (`likely`)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="confirm.yes", tooltip="Do it"),
        Binding("n,escape", "answer(False)", "No", id="confirm.no", tooltip="Leave it as it is"),
        Binding("left", "lead('no')", show=False),
        Binding("right", "lead('yes')", show=False),
    ]

    def __init__(
        self, question: str, detail: str = "", *, yes: str = "Yes", no: str = "Cancel", likely: bool = False
    ) -> None:
        super().__init__()
        self.likely = likely
        self.question = question
        self.detail = detail
        self.yes = yes
        self.no = no

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(self.question, markup=False, classes="dialog-title")
            if self.detail:
                yield Label(self.detail, markup=False, classes="dialog-text")
            with Horizontal(classes="dialog-buttons"):
                yield Button(self.no, id="no", compact=True)
                yield Button(self.yes, id="yes", compact=True)

    def on_mount(self) -> None:
        self.query_one("#yes" if self.likely else "#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        """Answer by a key."""
        self.dismiss(answer)

    def action_lead(self, answer: str) -> None:
        """Go to the button on that side."""
        self.query_one(f"#{answer}").focus()
