"""A list of one-line rows that draws only what is visible, so that 100,000 rows cost no more than 30."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from meetingtool.tui.frame.cursor import on_cursor
from meetingtool.tui.lists.moving import IN_LIST
from meetingtool.tui.lists.painting import Painter
from meetingtool.tui.lists.quiet_scroll import QuietScroll

DrawRow = Callable[[int], Content]
"""row(index) -> one line. It is asked for rows on the screen only, and may look at `RecordList.row_width`."""

CURSOR = "▌"
"""Comes before the row under the cursor, so that it can be seen without colours too."""

SIGN, NO_SIGN = Content.styled(CURSOR, "$accent"), Content(" ")

ROWS_KEPT = 512
"""How many drawn rows are remembered until the list changes."""


class RecordList(QuietScroll, can_focus=True):
    """Rows of one line each, with a cursor. `show()` gives it what to draw.

    The cursor moves with arrows, j/k, page keys, home/end (g/G) and a click; Enter or a double click selects. The
    wheel and the scroll bar look around without moving the cursor.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"record-list--row", "record-list--cursor"}
    DEFAULT_CSS = """
    RecordList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: $background;

        & > .record-list--cursor {
            background: $panel;
        }
        &:focus > .record-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *IN_LIST,
        Binding("enter", "select", "Open", id="list.open", tooltip="Open the row under the cursor"),
    ]

    cursor: reactive[int | None] = reactive(None, repaint=False)
    """The index of the row under the cursor; None while there are no rows."""

    @dataclass
    class OfList(Message):
        """Something happened to a list."""

        record_list: RecordList

        @property
        def control(self) -> RecordList:
            """The list."""
            return self.record_list

    class Highlighted(OfList):
        """The cursor is on a row, or on none (`index` is None) because there are no rows."""

        def __init__(self, record_list: RecordList, index: int | None) -> None:
            super().__init__(record_list)
            self.index = index

        def can_replace(self, message: Message) -> bool:
            """Only where the cursor stops matters."""
            return isinstance(message, RecordList.Highlighted) and message.record_list is self.record_list

    class Selected(OfList):
        """A row was chosen with Enter or a double click."""

        def __init__(self, record_list: RecordList, index: int) -> None:
            super().__init__(record_list)
            self.index = index

    class LeftAbove(OfList):
        """Up was pressed on the first row."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._count = 0
        self._row: DrawRow | None = None
        self._painter = Painter(self)
        self._drawn: LRUCache[tuple[int, bool, bool, int], Strip] = LRUCache(ROWS_KEPT)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def row_width(self) -> int:
        """The cells that a row may take."""
        return max(self.scrollable_content_region.width - len(CURSOR), 0)

    def show(self, count: int, row: DrawRow, *, cursor: int | None = None) -> None:
        """Show `count` rows. The cursor goes to `cursor`, or stays at its place when that is left out.

        The scroll position stays too, unless the cursor would be out of sight.
        """
        had_rows, self._count, self._row = self._count > 0, count, row
        self._drawn.clear()
        self.fit(count)
        wanted = self.cursor if cursor is None else cursor
        self.set_reactive(RecordList.cursor, self.validate_cursor(0 if wanted is None else wanted))
        self._keep_in_sight()
        self.post_message(self.Highlighted(self, self.cursor))
        self.refresh()
        if had_rows != (count > 0):
            self.refresh_bindings()

    def grow(self, count: int) -> None:
        """Add rows after those shown: only the scroll bar is drawn, and rows that there was room for."""
        if self._row is None or count == self._count:
            return
        if not self._count:
            self.show(count, self._row, cursor=0)
            return
        before, self._count = self._count, count
        self.fit(count)
        if before < self.scroll_offset.y + self.size.height:
            self.refresh()

    def validate_cursor(self, cursor: int | None) -> int | None:
        """Keep the cursor on a row."""
        if cursor is None or not self._count:
            return None
        return min(max(cursor, 0), self._count - 1)

    def watch_cursor(self, before: int | None, now: int | None) -> None:
        """Draw the two rows that changed, and keep the cursor in sight."""
        for row in (before, now):
            if row is not None:
                self.refresh_line(row)
        self._keep_in_sight()
        self.post_message(self.Highlighted(self, now))

    def _keep_in_sight(self) -> None:
        if self.cursor is not None and self.is_mounted:
            self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True, immediate=True)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painter.forget()
        self._drawn.clear()

    def on_resize(self) -> None:
        self._drawn.clear()
        self.fit(self._count)
        self._keep_in_sight()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if self._row is None or index >= self._count:
            return self._painter.blank(self._painter.ground("record-list--row"), width)
        on_it = index == self.cursor
        key = (index, on_it, self.has_focus, width)
        strip = self._drawn.get(key)
        if strip is None:
            strip = self._drawn[key] = self._draw(self._row(index), on_it, width)
        return strip

    def _draw(self, row: Content, on_it: bool, width: int) -> Strip:
        classes = ("record-list--row", "record-list--cursor") if on_it else ("record-list--row",)
        room = max(width - len(CURSOR), 1)
        if row.cell_length > room:
            row = row.truncate(room, ellipsis=True)
        line = self._painter.line(self._painter.ground(*classes), (SIGN if on_it else NO_SIGN, row), width)
        return on_cursor(self, line) if on_it else line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be opened where there is nothing."""
        return action != "select" or self._count > 0

    def action_cursor_down(self) -> None:
        """Down a row."""
        if self.cursor is not None:
            self.cursor += 1

    def action_cursor_up(self) -> None:
        """Up a row; from the first one out of the list."""
        if self.cursor == 0:
            self.post_message(self.LeftAbove(self))
        elif self.cursor is not None:
            self.cursor -= 1

    def action_page_down(self) -> None:
        """Down by as many rows as are visible."""
        self._page(1)

    def action_page_up(self) -> None:
        """Up by as many rows as are visible."""
        self._page(-1)

    def _page(self, pages: int) -> None:
        """Move the cursor by pages, keeping one row for orientation."""
        if self.cursor is not None:
            self.cursor += pages * max(1, self.scrollable_content_region.height - 1)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = self._count - 1

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Selected(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = self.scroll_offset.y + offset.y
        if index < self._count:
            event.stop()
            self.cursor = index
            if event.chain >= 2:
                self.action_select()
