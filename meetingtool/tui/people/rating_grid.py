"""The cells of the rating sheet: people down, standards across, a cursor on one of them."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from meetingtool.actions.people.rating_sheet import RatedGrid, mean_of
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.tui.stories.story_text import fitted, in_two

HEAD = 2
"""Lines that the tags of the standards take."""
NARROWEST, COMFORTABLE, WIDEST = 6, 8, 13
"""Cells of a column: the least, the least before names are cut, the most."""
LEAST_NAME = 18
"""The least cells that names get, if they need them."""
NOT_RATED, NOT_SEEN = "·", "–"


class RatingGrid(Widget, can_focus=True):
    """Draws only what is in sight, so that a team of hundreds is as quick to draw as one of five."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1, 0)", "Down", id="sheet.down", tooltip="The next person", show=False),
        Binding("up,k", "move(-1, 0)", "Up", id="sheet.up", tooltip="The previous person", show=False),
        Binding("right,l,tab", "move(0, 1)", "Right", id="sheet.right", tooltip="The next standard", show=False),
        Binding("left,h,shift+tab", "move(0, -1)", "Left", id="sheet.left", tooltip="The standard before", show=False),
        Binding("pagedown", "page(1)", "Page down", id="sheet.page_down", tooltip="A page down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="sheet.page_up", tooltip="A page up", show=False),
        Binding("home,g", "edge(-1)", "First", id="sheet.first", tooltip="The first person", show=False),
        Binding("end,G", "edge(1)", "Last", id="sheet.last", tooltip="The last person", show=False),
    ]
    DEFAULT_CSS = """
    RatingGrid { height: 1fr; width: 1fr; background: $background; }
    """

    class Moved(Message):
        """The cursor is on another cell."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: RatedGrid | None = None
        self.names: list[str] = []
        self.row = self.column = 0
        self._top = self._left = 0

    def show(self, sheet: RatedGrid, names: list[str]) -> None:
        """Show a sheet with what its people are called. The cursor stays where it is, as far as it can."""
        self.sheet, self.names = sheet, names
        self._put(self.row, self.column)

    @property
    def person(self) -> Person | None:
        """Whose row the cursor is in."""
        people = self.sheet.people if self.sheet else ()
        return people[self.row] if self.row < len(people) else None

    @property
    def standard(self) -> Standard | None:
        """Whose column the cursor is in."""
        standards = self.sheet.standards if self.sheet else ()
        return standards[self.column] if self.column < len(standards) else None

    @property
    def name_width(self) -> int:
        """Cells for the names: as many as the longest needs, as far as the columns leave them."""
        longest = max((Content(name).cell_length for name in self.names), default=8)
        standards = len(self.sheet.standards) if self.sheet else 1
        return min(longest + 1, max(self.size.width - COMFORTABLE * standards, LEAST_NAME))

    @property
    def cell_width(self) -> int:
        """Cells of a column: all standards where they fit, else as many as do."""
        standards = len(self.sheet.standards) if self.sheet else 1
        return max(NARROWEST, min(WIDEST, (self.size.width - self.name_width) // max(standards, 1)))

    @property
    def rows_in_sight(self) -> int:
        """People that fit."""
        return max(self.size.height - HEAD, 1)

    @property
    def columns_in_sight(self) -> int:
        """Standards that fit."""
        return max((self.size.width - self.name_width) // self.cell_width, 1)

    def _put(self, row: int, column: int) -> None:
        if self.sheet is None:
            return
        self.row = max(0, min(row, len(self.sheet.people) - 1))
        self.column = max(0, min(column, len(self.sheet.standards) - 1))
        self._top = min(max(self._top, self.row - self.rows_in_sight + 1), self.row)
        self._left = min(max(self._left, self.column - self.columns_in_sight + 1), self.column)
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        self._put(self.row, self.column)

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor by so many cells."""
        self._put(self.row + down, self.column + right)

    def action_page(self, pages: int) -> None:
        """Move by what is in sight."""
        self._put(self.row + pages * self.rows_in_sight, self.column)

    def action_edge(self, side: int) -> None:
        """To the first person, or the last."""
        self._put(0 if side < 0 else len(self.names), self.column)

    def go_on(self) -> None:
        """To the next person on the same standard, so that one yardstick is held at a time; then the next standard."""
        if self.sheet is None:
            return
        if self.row + 1 < len(self.sheet.people):
            self._put(self.row + 1, self.column)
        elif self.column + 1 < len(self.sheet.standards):
            self._put(0, self.column + 1)

    def render(self) -> Content:
        sheet = self.sheet
        if sheet is None or not sheet.people or not sheet.standards:
            return Content.styled("Nobody was on the team at that time, or no standard was in use.", "$text-muted")
        columns = range(self._left, min(self._left + self.columns_in_sight, len(sheet.standards)))
        lines = self._heads(sheet, columns)
        for row in range(self._top, min(self._top + self.rows_in_sight, len(sheet.people))):
            lines.append(self._row(sheet, row, columns))
        return Content("\n").join(lines)

    def _heads(self, sheet: RatedGrid, columns: range) -> list[Content]:
        width = self.cell_width
        tags = [wording.one_line(sheet.standards[column].tag) for column in columns]
        halves = [in_two(tag, width) for tag in tags]
        touching = any(len(half) >= width for parts in halves[1:] for half in parts)
        if touching:
            halves = [in_two(tag, width - 1) for tag in tags]
        lines = []
        for half in range(HEAD):
            line = Content(" " * self.name_width)
            for column, parts in zip(columns, halves, strict=True):
                style = "bold $accent" if column == self.column else "$text-muted"
                text = Content(parts[half]).truncate(width - touching, ellipsis=True)
                line = Content.assemble(line, " " * (width - text.cell_length), (text.plain, style))
            lines.append(line)
        return lines

    def _row(self, sheet: RatedGrid, row: int, columns: range) -> Content:
        person, width = sheet.people[row], self.cell_width
        name = Content(fitted(self.names[row], self.name_width - 1)).truncate(self.name_width, ellipsis=True, pad=True)
        line = name.stylize("bold $foreground" if row == self.row else "$text-muted")
        for column in columns:
            ratings = sheet.of(person, sheet.standards[column])
            text = f"{cell_text(ratings):>{width - 1}} "
            if (row, column) == (self.row, self.column):
                shown = f"[{cell_text(ratings)}]".rjust(width)
                style = "bold $block-cursor-foreground on $block-cursor-background" if self.has_focus else "bold"
                line = Content.assemble(line, " " * (width - len(shown.lstrip())), (shown.lstrip(), style))
            else:
                style = "bold $foreground" if mean_of(ratings) is not None else "$text-disabled"
                line = Content.assemble(line, (text, style))
        return line

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y >= HEAD and offset.x >= self.name_width:
            self._put(self._top + offset.y - HEAD, self._left + (offset.x - self.name_width) // self.cell_width)

    def on_mouse_scroll_down(self) -> None:
        self.action_move(1, 0)

    def on_mouse_scroll_up(self) -> None:
        self.action_move(-1, 0)


def cell_text(ratings: tuple[Rating, ...]) -> str:
    """`4`, `3.5` for the mean of several, `–` for not seen, `·` for not rated."""
    if not ratings:
        return NOT_RATED
    mean = mean_of(ratings)
    if mean is None:
        return NOT_SEEN
    return str(int(mean)) if mean == int(mean) else f"{mean:.1f}"
