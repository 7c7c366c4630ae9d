"""Choosing one of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from meetingtool.rules import wording
from meetingtool.rules.choosing import fitting
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.paged_options import PagedOptions


class Choose(Page[str | None]):
    """A list under a question. Typing leaves only the options that match; Enter takes the one under the cursor, Escape
    none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor('cursor_down')", "Down", show=False),
        Binding("up", "cursor('cursor_up')", "Up", show=False),
        Binding("pagedown", "cursor('page_down')", "Page down", show=False),
        Binding("pageup", "cursor('page_up')", "Page up", show=False),
        Binding("home", "cursor('first')", "First", show=False, priority=True),
        Binding("end", "cursor('last')", "Last", show=False, priority=True),
        Binding("escape", "dismiss(None)", "Cancel", id="choose.cancel", tooltip="Choose nothing"),
    ]
    enter = "Choose"
    DEFAULT_CSS = """
    Choose .dialog { width: 90; padding: 1 1; }
    Choose Input { margin: 0 0 1 0; }
    Choose OptionList { height: auto; max-height: 70vh; }
    Choose.-tiny OptionList { max-height: 40vh; }
    Choose OptionList > .option-list--option-highlighted {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
    }
    """

    def __init__(self, question: str, options: Sequence[tuple[str, Content | ColumnsRow]], *, chosen: str = "") -> None:
        super().__init__()
        self.question = question
        self.options = tuple(options)
        self.shown = self.options
        self.chosen = chosen

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.question)
            yield Input(placeholder="type to find one", select_on_focus=False)
            answers = PagedOptions(classes="plain-list", markup=False)
            answers.can_focus = False
            yield answers

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._fill("")
        at = [place for place, (value, _) in enumerate(self.options) if self.chosen and value == self.chosen]
        if at:
            self.query_one(OptionList).highlighted = at[0]

    def _fill(self, typed: str) -> None:
        """Show what has the typed words, with the cursor on the one that fits best."""
        self.shown = tuple(fitting(self.options, typed, lambda option: option[1].plain))
        answers = self.query_one(OptionList)
        nothing = Option(Content.styled(f"Nothing here matches “{typed.strip()}”.", "$text-muted"), disabled=True)
        answers.set_options([Option(text) for _, text in self.shown] or [nothing])
        answers.highlighted = 0 if self.shown else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _taken(self) -> None:
        at = self.query_one(OptionList).highlighted
        if self.shown and at is not None:
            self.dismiss(self.shown[at][0])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if self.shown:
            self.dismiss(self.shown[event.option_index][0])

    def action_cursor(self, move: str) -> None:
        """Move the cursor of the list."""
        if self.shown:
            getattr(self.query_one(OptionList), f"action_{move}")()


def find_row(app: App[Any], names: Sequence[str], point: Callable[[int], object]) -> None:
    """Let somebody be found by typing in a list whose letters are keys; `point` puts the cursor on that place."""

    def found(place: str | None) -> None:
        if place is not None:
            point(int(place))

    if names:
        rows = [ColumnsRow((), Content(wording.one_line(name)), most=1) for name in names]
        app.push_screen(Choose("Find", [(str(place), row) for place, row in enumerate(rows)]), found)
