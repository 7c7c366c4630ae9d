"""The whole of what is under the cursor, beside its list: a text that changes with every key."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual

from meetingtool.tui.lists.columns_row import ColumnsTable
from meetingtool.tui.lists.moving import IN_TEXT
from meetingtool.tui.lists.quiet_scroll import QuietScroll


class DetailPanel(QuietScroll, can_focus=True):
    """A text in a panel that can be scrolled; `put` replaces it."""

    BINDINGS: ClassVar[list[BindingType]] = IN_TEXT
    DEFAULT_CSS = """
    DetailPanel { overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._title = ""
        self._words: Content | ColumnsTable = Content("")
        self._lines: list[Strip] | None = None
        self._blank = Strip.blank(0)

    def put(self, title: str, words: Content | ColumnsTable, *, home: bool) -> None:
        """Show these words, or lines in columns, unless they are there already. home: from their beginning."""
        if title != self._title:
            self._title = title
            self.border_title = Content(title)
        if _looks(words) != _looks(self._words):
            self._words = words
            self._again()
        if home and self.scroll_offset.y:
            self.scroll_home(animate=False)

    @property
    def text_width(self) -> int:
        """The cells of a line."""
        return self.scrollable_content_region.width

    def _again(self) -> None:
        self._lines = None
        self.fit(len(self._laid_out()))
        self.refresh()

    def _laid_out(self) -> list[Strip]:
        if self._lines is None:
            width = self.text_width
            self._lines = Visual.to_strips(self, self._words, width, None, self.visual_style, pad=True) if width else []
            self._blank = Strip.blank(width, self.visual_style.rich_style)
        return self._lines

    def render(self) -> Content:
        """The words, for what the mouse selects of them."""
        return self._words if isinstance(self._words, Content) else self._words.laid_out(self.text_width)

    def render_line(self, y: int) -> Strip:
        lines, at = self._laid_out(), self.scroll_offset.y + y
        return lines[at] if at < len(lines) else self._blank

    def selection_updated(self, selection: Selection | None) -> None:
        """Redraw when the selection changes."""
        self._lines = None
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._lines = None

    def on_resize(self) -> None:
        """Lay the words out in the width there is now."""
        self._again()


def _looks(words: Content | ColumnsTable) -> tuple[object, ...]:
    """Everything that decides how words are drawn, to be compared."""
    return words.looks if isinstance(words, ColumnsTable) else (words.plain, tuple(words.spans))
