"""A grid of people by something: names down, titles across, a cursor on one of the cells."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from meetingtool.tui.dialogs.choose import find_row
from meetingtool.tui.stories.marks import fitted, in_two
from meetingtool.tui.themes import OF_THE_TERMINAL

NARROWEST, COMFORTABLE, WIDEST = 6, 8, 13
"""The cells of a column: the fewest, the fewest before names are cut, the most."""
LEAST_NAME = 12
"""The fewest cells for names, if they need them."""


class CellGrid(Widget, can_focus=True):
    """Draws only what is in sight, so that a team of hundreds is as quick as one of five.

    NOTHING: what to say if there are no people or no columns. HEAD: how many lines the titles take.
    """

    NOTHING: ClassVar[str] = ""
    HEAD: ClassVar[int] = 2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1, 0)", "Down", id="sheet.down", tooltip="The next person", show=False),
        Binding("up,k", "move(-1, 0)", "Up", id="sheet.up", tooltip="The previous person", show=False),
        Binding("right,l,tab", "move(0, 1)", "Right", id="sheet.right", tooltip="The next column", show=False),
        Binding("left,h,shift+tab", "move(0, -1)", "Left", id="sheet.left", tooltip="The previous column", show=False),
        Binding("pagedown", "page(1)", "Page down", id="sheet.page_down", tooltip="A page down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="sheet.page_up", tooltip="A page up", show=False),
        Binding("home,g", "edge(-1)", "First", id="sheet.first", tooltip="The first person", show=False),
        Binding("end,G", "edge(1)", "Last", id="sheet.last", tooltip="The last person", show=False),
        Binding("slash", "find", "Find", id="sheet.find", key_display="/", tooltip="Find a person by name"),
    ]
    DEFAULT_CSS = """
    CellGrid { height: 1fr; width: 1fr; background: $background; }
    """

    class Moved(Message):
        """The cursor is on another cell."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.titles: list[str] = []
        self.row = self.column = 0
        self._top = self._left = 0

    def action_find(self) -> None:
        """Find a person by typing; the column stays."""
        find_row(self.app, self.names, lambda row: self._put(row, self.column))

    def fill(self, names: list[str], titles: list[str]) -> None:
        """Show these rows and columns. The cursor stays where it is, as far as it can."""
        self.names, self.titles = names, titles
        self._put(self.row, self.column)

    def cell(self, row: int, column: int) -> tuple[str, str]:
        """The text of a cell, and its style."""
        raise NotImplementedError

    def split(self, title: str, width: int) -> tuple[str, ...]:
        """A title on the lines of the head; short ones on the lowest."""
        return in_two(title, width)

    @property
    def name_width(self) -> int:
        """The cells for the names: as many as the longest one needs, if the columns leave them."""
        longest = max((Content(name).cell_length for name in self.names), default=8)
        return min(longest + 1, max(self.size.width - COMFORTABLE * max(len(self.titles), 1), LEAST_NAME))

    @property
    def cell_width(self) -> int:
        """Cells of a column: all columns where they fit, else as many as do."""
        wide = (self.size.width - self.name_width) // max(len(self.titles), 1)
        return max(NARROWEST, min(WIDEST, wide))

    @property
    def rows_in_sight(self) -> int:
        """People that fit."""
        return max(self.size.height - self.HEAD, 1)

    @property
    def columns_in_sight(self) -> int:
        """Columns that fit."""
        return max((self.size.width - self.name_width) // self.cell_width, 1)

    def _put(self, row: int, column: int) -> None:
        self.row = max(0, min(row, len(self.names) - 1))
        self.column = max(0, min(column, len(self.titles) - 1))
        self._top = min(max(self._top, self.row - self.rows_in_sight + 1), self.row)
        self._left = min(max(self._left, self.column - self.columns_in_sight + 1), self.column)
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        self._put(self.row, self.column)

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor by this many cells."""
        self._put(self.row + down, self.column + right)

    def action_page(self, pages: int) -> None:
        """Move by as much as is in sight."""
        self._put(self.row + pages * self.rows_in_sight, self.column)

    def action_edge(self, side: int) -> None:
        """To the first person, or the last."""
        self._put(0 if side < 0 else len(self.names), self.column)

    def go_on(self) -> None:
        """Go to the next person in the same column, so that one yardstick is used at a time; then to the next
        column."""
        if self.row + 1 < len(self.names):
            self._put(self.row + 1, self.column)
        elif self.column + 1 < len(self.titles):
            self._put(0, self.column + 1)

    def render(self) -> Content:
        if not self.names or not self.titles:
            return Content.styled(self.NOTHING, "$text-muted")
        columns = range(self._left, min(self._left + self.columns_in_sight, len(self.titles)))
        lines = self._heads(columns)
        for row in range(self._top, min(self._top + self.rows_in_sight, len(self.names))):
            lines.append(self._row(row, columns))
        return Content("\n").join(lines)

    def _heads(self, columns: range) -> list[Content]:
        width = self.cell_width
        halves = [self.split(self.titles[column], width) for column in columns]
        touching = any(len(half) >= width for parts in halves[1:] for half in parts)
        if touching:
            halves = [self.split(self.titles[column], width - 1) for column in columns]
        lines = []
        for half in range(self.HEAD):
            line = Content(" " * self.name_width)
            for column, parts in zip(columns, halves, strict=True):
                style = "bold $accent" if column == self.column else "$text-muted"
                text = Content(parts[half]).truncate(width - touching, ellipsis=True)
                line = Content.assemble(line, " " * (width - text.cell_length), (text.plain, style))
            lines.append(line)
        return lines

    def _row(self, row: int, columns: range) -> Content:
        width = self.cell_width
        name = Content(fitted(self.names[row], self.name_width - 1, self.names)).truncate(
            self.name_width, ellipsis=True, pad=True
        )
        line = name.stylize("bold $foreground" if row == self.row else "$text-muted")
        for column in columns:
            text, style = self.cell(row, column)
            if (row, column) == (self.row, self.column):
                shown = f"[{text}]"
                own = self.app.theme.startswith(OF_THE_TERMINAL)
                here = "bold reverse" if own else "bold $block-cursor-foreground on $block-cursor-background"
                style = here if self.has_focus else "bold"
            else:
                shown = f"{text} "
            line = Content.assemble(line, " " * max(width - Content(shown).cell_length, 0), (shown, style))
        return line

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y >= self.HEAD and offset.x >= self.name_width:
            self._put(self._top + offset.y - self.HEAD, self._left + (offset.x - self.name_width) // self.cell_width)

    def on_mouse_scroll_down(self) -> None:
        self.action_move(1, 0)

    def on_mouse_scroll_up(self) -> None:
        self.action_move(-1, 0)
