"""The keys that move in every list and in every text that can be scrolled."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


def moving(down: str, up: str, first: str, last: str) -> list[BindingType]:
    """Arrows and letters for these actions. The arrows have no id, so they can't be reassigned."""
    return [
        Binding("down", down, "Down", show=False),
        Binding("up", up, "Up", show=False),
        Binding("j", down, "Down", show=False, id="list.down", tooltip="One row down"),
        Binding("k", up, "Up", show=False, id="list.up", tooltip="One row up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="list.page-down", tooltip="One page down"),
        Binding("pageup", "page_up", "Page up", show=False, id="list.page-up", tooltip="One page up"),
        Binding("home,g", first, "First", show=False, id="list.first", tooltip="The first row"),
        Binding("end,G", last, "Last", show=False, id="list.last", tooltip="The last row"),
    ]


IN_LIST = moving("cursor_down", "cursor_up", "first", "last")
"""For a widget with a cursor; no deed may have one of these keys where such a list has the focus."""

IN_TEXT = moving("scroll_down", "scroll_up", "scroll_home", "scroll_end")
"""For a text that is scrolled."""


class ScrolledText(VerticalScroll):
    """A text that is scrolled by the keys of a list."""

    BINDINGS: ClassVar[list[BindingType]] = IN_TEXT
