"""A list of options that moves as every list does."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import OptionList

from meetingtool.tui.lists.finding import Findable
from meetingtool.tui.lists.moving import IN_LIST
from meetingtool.tui.lists.painting import in_terminal_colours, on_cursor


class PagedOptions(OptionList, Findable):
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

    _laid_across = 0
    """Cells across for which the heights of the rows are known: a scroll bar that comes or goes makes them anew."""

    def _update_lines(self) -> None:
        if (across := self.scrollable_content_region.width) != self._laid_across:
            self._laid_across = across
            self._clear_caches()
        super()._update_lines()

    def action_page_down(self) -> None:
        """A page further, but never past a line that has not been on screen."""
        before, seen = self.highlighted, self.scroll_offset.y + self.scrollable_content_region.height
        if before is None:
            before = next((index for index, option in enumerate(self.options) if not option.disabled), None)
            self.highlighted = before
        if before is None:
            return
        super().action_page_down()  # type: ignore[no-untyped-call]
        limit = seen + self.scrollable_content_region.height
        reached = self.highlighted if self.highlighted is not None else before
        fitting = [
            index
            for index in range(before + 1, reached + 1)
            if not self.options[index].disabled and self._index_to_line[index] + self._heights[index] <= limit
        ]
        if fitting and fitting[-1] < reached:
            self.highlighted = fitting[-1]

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        at = self.highlighted
        if at is None or not in_terminal_colours(self):
            return strip
        about = next((segment.style.meta for segment in strip if segment.style), {})
        return on_cursor(self, strip).apply_meta(about) if about.get("option") == at else strip
