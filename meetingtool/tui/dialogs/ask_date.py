"""Asking for a date in the words people use."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from meetingtool.errors import Unclear
from meetingtool.rules import wording
from meetingtool.tui.frame.page import NOT_KEPT, Page


class GivenDay(msgspec.Struct, frozen=True):
    """The day that was given; None says "without a date"."""

    day: date | None


class AskDate(Page[GivenDay | None]):
    """A line that understands "fri", "in 2 weeks" and "24 Nov", and shows which day that is before Enter; half-typed
    text is kept in `draft`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="date.cancel", tooltip="Leave the date as it is"),
    ]
    enter = "Save"
    DEFAULT_CSS = """
    AskDate .dialog { width: 56; padding: 1 2; }
    AskDate #means { margin: 1 0 0 0; color: $text-muted; }
    AskDate #note { margin: 1 0 0 0; color: $warning; }
    """

    def __init__(
        self,
        question: str,
        current: date | None,
        *,
        draft: str,
        optional: bool = True,
        prefer: Literal["future", "past"] = "future",
        placeholder: str = "fri, 24 Nov, in 2 weeks",
        note: str = "",
    ) -> None:
        super().__init__()
        self.draft = draft
        self.note = note
        self.prefer: Literal["future", "past"] = prefer
        self.placeholder = placeholder
        self.question = question
        self.current = current
        self.optional = optional

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = self.question
            yield Input(self.kept(self.draft), placeholder=self.placeholder)
            yield Static(id="means", markup=False)
            if self.note:
                yield Static(f"! {self.note}", id="note", markup=False)

    def on_mount(self) -> None:
        line = self.query_one(Input)
        line.focus()
        self._show(line.value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.keep(self.draft, event.value)
        self._show(event.value)

    def _answer(self, day: date | None) -> None:
        self.keep(self.draft, "")
        self.draft = NOT_KEPT
        self.dismiss(GivenDay(day))

    def _show(self, text: str) -> None:
        means = self.query_one("#means", Static)
        if not text.strip():
            now = wording.day(self.current, self.desk.today) if self.current else "without a date"
            if not self.optional and self.current is None:
                means.update("")
                return
            means.update(f"Now {now}." + (" Enter on an empty line removes the date." if self.optional else ""))
            return
        try:
            means.update(wording.day_in_full(self._read(text)))
        except Unclear as error:
            means.update(error.message)

    def _read(self, text: str) -> date:
        return self.desk.dates.read(text, self.prefer)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            if self.optional:
                self._answer(None)
            else:
                self.dismiss(None)
            return
        try:
            self._answer(self._read(event.value))
        except Unclear as error:
            self.tool.tell(error)
