"""A scrolling widget whose length may change at every key without laying the whole screen out again."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class QuietScroll(ScrollView):
    """Draws its own lines (`render_line`); `fit(lines)` sets how many there are.

    A layout takes a third of the time that a key may take, so there is one only when the scroll bar comes or goes.
    """

    def fit(self, lines: int) -> None:
        """Set the number of lines, as wide as there is room for; a view past the end is scrolled back."""
        size = Size(self.scrollable_content_region.width, lines)
        if size == self.virtual_size:
            return
        height = self.scrollable_content_region.height
        if not self.is_mounted or (lines > height) != self.show_vertical_scrollbar:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = lines
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
