"""A line of a list in columns: narrow ones first, then words that fold under themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

LEAST_BODY = 24
"""The fewest cells for the words; with less room beside the columns they go below them."""
LEAST_INDENT = 2
"""Cells by which words below their columns are indented at least."""
LABEL_WIDTH = 12
"""Cells of a label before what it says, with the blank between them."""
WIDTHS_KEPT = 4
"""A list asks for the same row at several widths, with and without its scroll bar."""


class ColumnsRow(Visual):
    """Narrow columns at the left, words that fold under themselves, and perhaps a note at the right.

    lead: the content of each narrow column, with the column's width. most: lines that the words may take, after
    which they end in `…`; 0 for all of them.
    """

    def __init__(
        self, lead: Sequence[tuple[Content, int]], body: Content, tail: Content | None = None, *, most: int = 2
    ) -> None:
        self.lead = tuple(lead)
        self.body = body
        self.tail = tail or Content("")
        self.most = most
        self._laid: dict[int, Content] = {}

    @property
    def parts(self) -> tuple[Content, ...]:
        """Everything in it, to tell whether two rows look the same."""
        return (*(cell for cell, _ in self.lead), self.body, self.tail)

    @property
    def looks(self) -> tuple[object, ...]:
        """Everything that decides how it is drawn, to be compared."""
        words = tuple((part.plain, tuple(part.spans)) for part in self.parts)
        return (*words, *(cells for _, cells in self.lead), self.most)

    @property
    def plain(self) -> str:
        """What a person reads in it, on one line."""
        cells = (*(cell.plain for cell, _ in self.lead), self.body.plain, self.tail.plain)
        return " ".join(cell for cell in cells if cell)

    def laid_out(self, width: int) -> Content:
        """The row laid out in `width` cells, with its line breaks."""
        laid = self._laid.get(width)
        if laid is None:
            if len(self._laid) >= WIDTHS_KEPT:
                self._laid.clear()
            laid = self._laid[width] = self._lay_out(width)
        return laid

    def _lay_out(self, width: int) -> Content:
        head = Content.assemble(*(part for cell, cells in self.lead for part in (_fitted(cell, cells), " ")))
        indent = head.cell_length
        tail = self.tail.cell_length + 2 if self.tail else 0
        room = width - indent - tail
        if room < min(LEAST_BODY, self.body.cell_length):
            return self._folded(head, width)
        lines = self._lines(room)
        if self.tail:
            gap = width - indent - lines[0].cell_length - self.tail.cell_length
            first = Content.assemble(head, lines[0], " " * max(2, gap), self.tail)
        else:
            first = Content.assemble(head, lines[0])
        if len(lines) == 1:
            return first
        return Content("\n").join([first, *(Content.assemble(" " * indent, line) for line in lines[1:])])

    def _folded(self, head: Content, width: int) -> Content:
        """The words below the columns, for where there is no room beside them; the note below words without columns."""
        if not self.lead:
            below = [self.tail.pad_left(max(0, width - self.tail.cell_length))] if self.tail else []
            return Content("\n").join([*self._lines(max(width, 8)), *below])
        first = Content.assemble(head.rstrip(), "  " if self.tail else "", self.tail)
        blank = next((at for at, (cell, _) in enumerate(self.lead) if cell), len(self.lead) - 1)
        columns = sum(cells + 1 for _, cells in self.lead[: blank + 1])
        indent = max(min(columns, width - LEAST_BODY), min(columns, LEAST_INDENT))
        lines = self._lines(max(width - indent, 8)) if self.body else []
        above = first.wrap(max(width, 8)) if first else []
        return Content("\n").join([*above, *(Content.assemble(" " * indent, line) for line in lines)])

    def _lines(self, room: int) -> list[Content]:
        if self.body.cell_length <= room and "\n" not in self.body.plain:
            return [self.body.rstrip()]
        lines = [line.rstrip() for line in self.body.wrap(max(room, 2))] or [Content("")]
        if self.most and len(lines) > self.most:
            lines = [*lines[: self.most - 1], _cut(lines[self.most - 1], max(room, 2))]
        return lines

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self.laid_out(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def height(self, width: int) -> int:
        """Lines that it takes in `width` cells."""
        return self.laid_out(width).plain.count("\n") + 1

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.height(width)


def _fitted(cell: Content, cells: int) -> Content:
    """The content of a narrow column, as wide as the column."""
    short = cells - cell.cell_length
    return cell.pad_right(short) if short >= 0 else cell.truncate(cells, ellipsis=True, pad=True)


def _cut(line: Content, room: int) -> Content:
    """A line that goes on, cut at a word, with `…` behind it."""
    if line.cell_length > room - 1:
        words = line.plain[: len(line.plain) - 1].rfind(" ")
        line = line[:words] if words > len(line.plain) // 2 else line.right_crop(1)
    return Content.assemble(line.rstrip(), ("…", "$text-muted"))


class ColumnsTable(Visual):
    """Rows under each other, for text that is read and not entered."""

    def __init__(self, rows: Sequence[ColumnsRow]) -> None:
        self.rows = tuple(rows)

    @property
    def looks(self) -> tuple[object, ...]:
        """Everything that decides how it is drawn, to be compared."""
        return tuple(row.looks for row in self.rows)

    @property
    def plain(self) -> str:
        """What a person reads in it, a line a row."""
        return "\n".join(row.plain for row in self.rows)

    def row_at(self, line: int, width: int) -> int | None:
        """The index of the row that has a line, when it is drawn in `width` cells."""
        for index, row in enumerate(self.rows):
            line -= row.height(width)
            if line < 0:
                return index
        return None

    def laid_out(self, width: int) -> Content:
        """All rows as they stand in `width` cells."""
        return Content("\n").join([row.laid_out(width) for row in self.rows])

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self.laid_out(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(row.height(width) for row in self.rows)


def as_row(line: Content | ColumnsRow) -> ColumnsRow:
    """A line that may have no columns."""
    return line if isinstance(line, ColumnsRow) else ColumnsRow((), line, most=0)


def table(lines: Iterable[Content | ColumnsRow]) -> ColumnsTable:
    """Lines under each other, some of them in columns."""
    return ColumnsTable([as_row(line) for line in lines])


def fact_row(label: str, text: Content | str) -> ColumnsRow:
    """A quiet label, and what it says beside it, which folds under itself."""
    said = text if isinstance(text, Content) else Content(text)
    return ColumnsRow([(Content.styled(label, "$text-muted"), LABEL_WIDTH - 1)], said, most=0)


def warned(text: str) -> ColumnsRow:
    """What should be looked at, behind its sign."""
    return ColumnsRow([(Content.styled("!", "$warning"), 1)], Content(text), most=0)


def anchor_row(value: int, anchor: str) -> ColumnsRow:
    """What a rating looks like, behind its number."""
    return ColumnsRow([(Content.styled(str(value), "bold $accent"), 1)], Content(anchor), most=0)


class FittingTable(ColumnsTable):
    """Rows of which as many are drawn as there is room for; the others are counted below them.

    rows: each with whether it is one of the many that may be left out; the last of these are.
    """

    def __init__(self, rows: Sequence[tuple[ColumnsRow, bool]]) -> None:
        super().__init__([row for row, _ in rows])
        self._many = tuple(many for _, many in rows)

    @property
    def looks(self) -> tuple[object, ...]:
        """Everything that decides how it is drawn, to be compared."""
        return (*super().looks, self._many)

    def fitting(self, width: int, height: int | None) -> Content:
        """What fits into this many lines of `width` cells."""
        heights = [row.height(width) for row in self.rows]
        room = sum(heights) if height is None else height
        left_out: set[int] = set()
        for index in reversed(range(len(self.rows))):
            told = 1 if left_out else 0
            if sum(lines for at, lines in enumerate(heights) if at not in left_out) + told <= room:
                break
            if self._many[index]:
                left_out.add(index)
        shown = [row.laid_out(width) for index, row in enumerate(self.rows) if index not in left_out]
        if left_out:
            more = Content.styled(f"and {len(left_out)} more", "$text-muted")
            shown.insert(min(left_out), more)
        return Content("\n").join(shown)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self.fitting(width, height).render_strips(width, height, style, options)
