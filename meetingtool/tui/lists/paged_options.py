"""A list of options that moves as every list does."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.strip import Strip

from meetingtool.tui.frame.textual_private import WholePages
from meetingtool.tui.lists.finding import Findable
from meetingtool.tui.lists.moving import IN_LIST
from meetingtool.tui.lists.painting import in_terminal_colours, on_cursor


class PagedOptions(WholePages, Findable):
    """Textual's own list, in which the letters move, too, and rows are found by typing."""

    BINDINGS: ClassVar[list[BindingType]] = IN_LIST

    def said(self) -> dict[int, str]:
        return {
            index: str(getattr(option.prompt, "plain", option.prompt))
            for index, option in enumerate(self.options)
            if not option.disabled
        }

    def point(self, index: int) -> None:
        self.highlighted = index

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        at = self.highlighted
        if at is None or not in_terminal_colours(self):
            return strip
        about = next((segment.style.meta for segment in strip if segment.style), {})
        return on_cursor(self, strip).apply_meta(about) if about.get("option") == at else strip
