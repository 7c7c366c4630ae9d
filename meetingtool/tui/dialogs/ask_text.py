"""Asking for a line or a few of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.store import BookDamaged
from meetingtool.tui.frame.page import FROM_LAST_TIME, Page

NO_FILE = "Name a file; Escape cancels."
"""What is said where no file was named."""


class AskText(Page[str | None]):
    """One line under a question. Enter takes it, Escape changes nothing; half-typed text is kept in `draft`.

    Typing replaces the value that it begins with, but goes on with half-typed text. take: uses or only checks the
    text; what it refuses is shown below the line, and the dialog stays open with the text. unseen: whether a text will
    be private; in the room it is then typed as dots. does: what Enter does, in a word for the line of keys. needs: said
    where nothing was typed, and the dialog stays open; empty where an empty text is an answer.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", id="text.cancel", tooltip="Change nothing"),
    ]
    DEFAULT_CSS = """
    AskText .dialog { width: 90; padding: 1 2; }
    AskText .dim { margin: 1 0 0 0; }
    AskText #problem { display: none; }
    """

    def __init__(
        self,
        question: str,
        *,
        draft: str,
        value: str = "",
        hint: str = "",
        take: Callable[[str], object] | None = None,
        unseen: Callable[[str], bool] | None = None,
        does: str = "Save",
        needs: str = "",
    ) -> None:
        super().__init__()
        self.enter = does
        self.question = question
        self.unseen = unseen
        self.value = value
        self.hint = hint
        self.draft = draft
        self.take = take
        self.needs = needs
        self._taken = False
        self._kept = ""

    def body(self) -> ComposeResult:
        kept = self._kept = self.kept(self.draft)
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.question)
            yield Input(kept or self.value, select_on_focus=not kept)
            yield Static(id="problem", markup=False)
            if self.hint:
                yield Static(self.hint, classes="dim", markup=False)

    def on_mount(self) -> None:
        line = self.query_one(Input)
        line.focus()
        self._hide(line)
        if self._kept:
            self._tell(FROM_LAST_TIME, "$warning")

    def _tell(self, problem: str, style: str = "$error") -> None:
        """Show a message below the line, or clear it."""
        place = self.query_one("#problem", Static)
        place.update(Content.styled(f"! {problem}", style) if problem else "")
        place.display = bool(problem)

    def _hide(self, line: Input) -> None:
        if self.unseen is not None:
            line.password = self.desk.room and self.unseen(line.value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if not self._taken:
            self.keep(self.draft, "" if event.value == self.value else event.value)
        self._hide(event.input)
        if event.value != self._kept:  # an Input tells what it begins with, too
            self._tell("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if not self.is_active or self._taken:
            return
        try:
            if self.needs and not event.value.strip():
                raise Refused(self.needs)
            if self.take is not None:
                self.take(event.value)
                self.tool.redraw()
        except BookDamaged as error:
            self.tool.tell(error)
            return
        except MeetingtoolError as error:
            self._tell(str(error))
            return
        self._taken = True
        self.keep(self.draft, "")
        self.dismiss(event.value)


class WriteText(Page[str | None]):
    """Several lines under a title: ctrl+s takes them, Escape cancels; half-typed text is kept in `draft`. above: what
    it is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="write.save", tooltip="Keep what is written"),
        Binding("escape", "dismiss(None)", "Cancel", id="write.cancel", tooltip="Leave it as it was"),
    ]
    DEFAULT_CSS = """
    WriteText .dialog { width: 90; padding: 1 1; }
    WriteText TextArea { height: 12; }
    WriteText Static { height: auto; max-height: 8; margin: 0 1 1 1; }
    """

    def __init__(self, title: str, text: str, *, draft: str = "", above: str = "") -> None:
        super().__init__()
        self.above = above
        self.heading = title
        self.text = text
        self.draft = draft

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.heading)
            kept = self.kept(self.draft)
            if self.above:
                yield Static(self.above, markup=False)
            yield TextArea(kept or self.text, tab_behavior="focus")

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        self.keep(self.draft, event.text_area.text)

    def action_save(self) -> None:
        """Keep what is written."""
        self.dismiss(self.query_one(TextArea).text)
