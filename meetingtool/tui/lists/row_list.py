"""A list of rows that fold under themselves, with a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from meetingtool.tui.frame.cursor import on_cursor
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.finding import Findable
from meetingtool.tui.lists.moving import IN_LIST
from meetingtool.tui.lists.quiet_scroll import QuietScroll

DRAWN_KEPT = 512
"""How many drawn rows are remembered."""


class RowList(QuietScroll, Findable, can_focus=True):
    """Rows of one or more lines each. `put` gives them; those that look as before stay drawn.

    Textual's own list draws and styles everything again at each change of focus and each new row; this one draws what
    changed, for the screens that must answer at once.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor", "row-list--hover"}
    DEFAULT_CSS = """
    RowList {
        height: auto;
        max-height: 100%;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: $background;

        & > .row-list--hover { background: $panel; }
        &:focus > .row-list--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *IN_LIST,
        Binding("enter", "select", "Select", show=False),
    ]

    highlighted: reactive[int | None] = reactive(None, repaint=False)
    """The index of the row under the cursor; None where no row can have it."""

    hovered: reactive[int | None] = reactive(None, repaint=False)
    """The index of the row under the mouse."""

    @dataclass
    class OfRow(Message):
        """Something happened to a row."""

        row_list: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list."""
            return self.row_list

    class Highlighted(OfRow):
        """The cursor moved to a row."""

    class Selected(OfRow):
        """A row was chosen with Enter or a click."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._folded: tuple[ColumnsRow, ...] = ()
        self._silent: frozenset[int] = frozenset()
        self._lines: list[tuple[int, int]] = []
        self._tops: list[int] = []
        self._fitted = -1
        self._drawn: LRUCache[tuple[ColumnsRow, int, Style], list[Strip]] = LRUCache(DRAWN_KEPT)
        self._theme = ""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._folded)

    @property
    def enabled(self) -> list[int]:
        """The indexes of the rows that the cursor can stand on."""
        return [index for index in range(len(self._folded)) if index not in self._silent]

    def said(self) -> dict[int, str]:
        return {index: self._folded[index].plain for index in self.enabled}

    def point(self, index: int) -> None:
        self.highlighted = index

    def put(self, rows: Sequence[ColumnsRow], silent: frozenset[int] = frozenset()) -> None:
        """Show rows. silent: the indexes of those that only say something.

        The cursor keeps its place as far as it can; say `highlighted` afterwards where it should follow its row.
        """
        self._folded, self._silent = tuple(rows), silent
        self._lines, self._tops, self._fitted = [], [], -1
        self._fit()
        self.hovered = None
        self.highlighted = self._nearest(self.highlighted)
        self.refresh()

    def put_one(self, index: int, row: ColumnsRow) -> None:
        """Show another row in the place of one; the rest stays drawn if both take the same room."""
        before = self._folded[index]
        self._folded = (*self._folded[:index], row, *self._folded[index + 1 :])
        if self._fitted > 0 and row.height(self._fitted) == before.height(self._fitted):
            self._redraw(index)
        else:
            self.put(self._folded, self._silent)

    def _nearest(self, wanted: int | None) -> int | None:
        return min(self.enabled, key=lambda index: abs(index - (wanted or 0)), default=None)

    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _fit(self) -> None:
        """Work out which line of which row is where."""
        width = self._width()
        if not width or width == self._fitted:
            return
        self._fitted = width
        self._lines, self._tops = [], []
        for index, row in enumerate(self._folded):
            self._tops.append(len(self._lines))
            self._lines += [(index, line) for line in range(row.height(width))]
        if len(self._lines) != self.virtual_size.height and self.styles.auto_dimensions:
            self.refresh(layout=True)
        self.fit(len(self._lines))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return sum(row.height(width) for row in self._folded)

    def on_resize(self) -> None:
        self._fit()
        self._keep_in_sight()

    def validate_highlighted(self, highlighted: int | None) -> int | None:
        """Keep the cursor on a row."""
        if highlighted is None or not self._folded:
            return None
        return min(max(highlighted, 0), len(self._folded) - 1)

    def watch_highlighted(self, before: int | None, now: int | None) -> None:
        """Draw the two rows that changed, and keep the cursor in sight."""
        self._redraw(before)
        self._redraw(now)
        self._keep_in_sight()
        if now is not None:
            self.post_message(self.Highlighted(self, now))

    def watch_hovered(self, before: int | None, now: int | None) -> None:
        """Draw the two rows that changed."""
        self._redraw(before)
        self._redraw(now)

    def _redraw(self, index: int | None) -> None:
        if index is not None and index < len(self._tops):
            self.refresh(self._region(index).translate((0, -self.scroll_offset.y)))

    def _region(self, index: int) -> Region:
        """The region of a row in the scrolled content; empty where there is no room for any row."""
        if index >= len(self._tops):
            return Region()
        return Region(0, self._tops[index], self._width(), self._folded[index].height(self._fitted))

    def seen_region(self, index: int) -> Region:
        """Where a row is on the screen, or would be if it were in sight."""
        self._fit()
        return self._region(index).translate(self.content_region.offset - (0, self.scroll_offset.y))

    def _keep_in_sight(self) -> None:
        if self.highlighted is not None and self.is_mounted:
            self._fit()
            if self.highlighted < len(self._tops):
                self.scroll_to_region(self._region(self.highlighted), animate=False, force=True, immediate=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        self._fit()
        if self._theme != self.app.theme:  # the words of a row may have colours of their own
            self._theme = self.app.theme
            self._drawn.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        line = self.scroll_offset.y + y
        width = self._width()
        if line >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        index, part = self._lines[line]
        row = self._folded[index]
        style = self._style_of(index)
        key = (row, width, style)
        strips = self._drawn.get(key)
        if strips is None:
            strips = self._drawn[key] = Visual.to_strips(self, row, width, None, style, pad=True)
        strip = strips[part] if part < len(strips) else Strip.blank(width, self.rich_style)
        return on_cursor(self, strip) if index == self.highlighted and index not in self._silent else strip

    def _style_of(self, index: int) -> Style:
        if index == self.highlighted and index not in self._silent:
            return self.get_visual_style("row-list--cursor")
        return self.get_visual_style("row-list--hover") if index == self.hovered else self.visual_style

    def _move(self, step: int) -> None:
        """Move the cursor by rows; past an end it continues at the other."""
        enabled = self.enabled
        if enabled:
            place = enabled.index(self.highlighted) + step if self.highlighted in enabled else 0
            self.highlighted = enabled[place % len(enabled)]

    def action_cursor_down(self) -> None:
        """Down a row."""
        self._move(1)

    def action_cursor_up(self) -> None:
        """Up a row."""
        self._move(-1)

    def action_page_down(self) -> None:
        """Down by as many rows as are visible."""
        self._page(1)

    def action_page_up(self) -> None:
        """Up by as many rows as are visible."""
        self._page(-1)

    def _page(self, pages: int) -> None:
        if self._tops:
            line = self._tops[self.highlighted or 0] + pages * max(1, self.scrollable_content_region.height - 1)
            self.highlighted = self._nearest(self._lines[min(max(line, 0), len(self._lines) - 1)][0])

    def action_first(self) -> None:
        """Go to the first row."""
        self.highlighted = min(self.enabled, default=None)

    def action_last(self) -> None:
        """Go to the last row."""
        self.highlighted = max(self.enabled, default=None)

    def action_select(self) -> None:
        """Choose the row under the cursor."""
        if self.highlighted is not None and self.highlighted not in self._silent:
            self.post_message(self.Selected(self, self.highlighted))

    def _under(self, event: events.MouseEvent) -> int | None:
        """The row under the mouse that can be entered."""
        index = self.row_at(event)
        return None if index in self._silent else index

    def row_at(self, event: events.MouseEvent) -> int | None:
        """The row under the mouse."""
        offset = event.get_content_offset(self)
        line = self.scroll_offset.y + offset.y if offset is not None else -1
        if not 0 <= line < len(self._lines):
            return None
        return self._lines[line][0]

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which row a click would choose."""
        self.hovered = self._under(event)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.hovered = None

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row and chooses it."""
        index = self._under(event)
        if index is not None:
            event.stop()
            self.highlighted = index
            self.action_select()
