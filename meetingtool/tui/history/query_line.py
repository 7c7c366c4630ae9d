"""The line in which a search is typed, and below it completions, or what there is to say about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from meetingtool.rules import wording
from meetingtool.rules.stories.completion import Completion
from meetingtool.tui.frame.textual_private import QuietInput

Complete = Callable[[str, int], Completion | None]
"""complete(text, cursor) -> what can be completed there."""

Typed = Callable[[], None]
"""typed() is called as soon as the query changes, so that the letter and what it finds are drawn together."""

COMPLETED_LENGTH = 1_000
"""Longer queries get no completions."""


JOINERS = "\u200c\u200d"
"""They join or separate letters in Persian, in the scripts of India, and in emoji."""


class QueryInput(QuietInput):
    """An input that asks the line around it before Tab, Up, Down and Escape do what they usually do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "line('complete')", show=False),
        Binding("down", "line('next')", show=False),
        Binding("up", "line('previous')", show=False),
        Binding("pagedown", "line('list')", show=False),
        Binding("enter", "submit", "To the list", id="query.list", tooltip="To the results"),
        Binding("escape", "line('escape')", "Clear", id="query.clear", tooltip="Clear the line; again, to the list"),
    ]

    def validate_value(self, value: str) -> str:
        """Control characters and direction marks, which a terminal would obey, become blanks; joiners stay."""
        if value.isprintable():
            return value
        return "".join(letter if letter.isprintable() or letter in JOINERS else " " for letter in value)

    def watch_value(self) -> None:
        """Report that the query has changed."""
        self.query_ancestor(QueryLine).typed()

    def action_line(self, what: str) -> None:
        """Hand a key to the line."""
        self.query_ancestor(QueryLine).key(what)


class QueryLine(Vertical):
    """Reports every change; `say()` puts words below it, hidden while completions are offered."""

    DEFAULT_CSS = """
    QueryLine {
        height: 2;
        Horizontal { height: 1; }
        #sign { width: auto; padding: 0 0 0 1; color: $accent; text-style: bold; }
        QueryInput { width: 1fr; background: $panel; }
        #found {
            width: 34;
            padding: 0 1 0 2;
            color: $text-muted;
            text-align: right;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        #below { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    class Left(Message):
        """The cursor leaves the line for the list."""

    def __init__(self, complete: Complete, typed: Typed, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._complete_at = complete
        self.typed = typed
        self._completion: Completion | None = None
        self._choice = 0
        self._said = Content("")
        self._below = Content("")
        self._found = ""

    @property
    def input(self) -> QueryInput:
        """The input itself."""
        return self.query_one(QueryInput)

    @property
    def text(self) -> str:
        """The query as typed."""
        return self.input.value

    @text.setter
    def text(self, text: str) -> None:
        self.input.value = text
        self.input.cursor_position = len(text)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("/", id="sign", markup=False)
            yield QueryInput(placeholder="@who #standard words is:win after:2026-03 …", select_on_focus=False)
            yield Static(id="found", markup=False)
        yield Static(id="below", markup=False)

    def focus(self, scroll_visible: bool = True) -> QueryLine:
        """Put the cursor into the line."""
        self.input.focus(scroll_visible)
        return self

    def found(self, words: str) -> None:
        """Say on the right how much was found."""
        if words != self._found:
            self._found = words
            self.query_one("#found", Static).update(words, layout=False)

    def say(self, words: Content) -> None:
        """Say something about the query below it."""
        self._said = words
        if self._completion is None:
            self._show_below()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._choice = 0
        text = event.value
        offered = len(text) <= COMPLETED_LENGTH and self.input.has_focus
        self._completion = self._complete_at(text, self.input.cursor_position) if offered else None
        self._show_below()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close_offer()
        self.post_message(self.Left())

    def key(self, what: str) -> None:
        """Tab, Up, Down, Page down or Escape in the input."""
        options = self._completion.options if self._completion else ()
        if what == "escape":
            self._escape()
        elif what == "complete" and not options:
            self.screen.focus_next()
        elif what == "complete":
            self._take()
        elif options and what != "list":
            self._choice = (self._choice + (1 if what == "next" else -1)) % len(options)
            self._show_below()
        elif what != "previous":
            self.post_message(self.Left())

    def _escape(self) -> None:
        if self._completion is not None:
            self._close_offer()
        elif self.text:
            self.text = ""
        else:
            self.post_message(self.Left())

    def _close_offer(self) -> None:
        self._completion = None
        self._show_below()

    def _take(self) -> None:
        completion = self._completion
        if completion is None:
            return
        value, insert = self.text, completion.options[self._choice].insert
        rest = value[completion.end :]
        if not rest.startswith(" ") and not insert.endswith(":"):
            insert += " "
        self.input.value = value[: completion.start] + insert + rest
        self.input.cursor_position = completion.start + len(insert) + rest.startswith(" ")

    def _show_below(self) -> None:
        words = self._said if self._completion is None else self._offer()
        if not words.is_same(self._below):
            self._below = words
            self.query_one("#below", Static).update(words, layout=False)

    def _offer(self) -> Content:
        """The options, the chosen one first."""
        completion = self._completion
        if completion is None:
            return Content("")
        options = completion.options[self._choice :] + completion.options[: self._choice]
        chosen = options[0]
        detail = f" {wording.one_line(chosen.detail)}" if chosen.detail else ""
        style = "$block-cursor-foreground on $block-cursor-background"
        parts = [
            Content.styled(f" {wording.one_line(chosen.label)} ", style),
            Content.styled(f"{detail} · Tab  ", "$text-muted"),
            *(Content.styled(f" {wording.one_line(option.label)} ", "$text-muted") for option in options[1:]),
        ]
        return Content("").join(parts)
