"""A list of options that moves as every list does."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.strip import Strip

from meetingtool.tui.frame.cursor import in_terminal_colours, option_on_cursor
from meetingtool.tui.frame.textual_private import WholePages
from meetingtool.tui.lists.finding import Findable
from meetingtool.tui.lists.moving import IN_LIST


class PagedOptions(WholePages, Findable):
    """Textual's own list, in which the letters move, too, and rows are found by typing."""

    BINDINGS: ClassVar[list[BindingType]] = IN_LIST

    def said(self) -> dict[int, str]:
        return {
            index: str(getattr(option.prompt, "plain", option.prompt))
            for index, option in enumerate(self.options)
            if not option.disabled
        }

    def on_focus(self) -> None:
        """The row that Enter would take is marked from the start."""
        if self.highlighted is None:
            self.action_first()

    def point(self, index: int) -> None:
        self.highlighted = index

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        return option_on_cursor(self, strip) if in_terminal_colours(self) else strip
