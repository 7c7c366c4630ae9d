"""The tables of a view as rows: columns where they fit, words that fold, shades for a heat map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from textual.content import Content
from textual.style import Style

from meetingtool.documents.history.insight import cell_text
from meetingtool.rules import wording
from meetingtool.rules.insight.view import Heat, Section, ViewCell
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.stories.marks import fitted, in_two

SHORT = 24
"""Cells up to which a column of words stays a column; longer words fold at the end of the row."""

NARROW, MOST_WHERE_NARROW = 70, 14
"""The most cells that a column of words takes in a narrow list."""

GAP = 2
"""Cells between the columns of a table, where there is room."""

LEAST_WORDS, LEAST_HEAD = 7, 4
"""Cells that a column of words, and the head of a column of numbers, keep where there is little room."""

MOST_LINES = 3
SHADES = "·░▒▓█"

HEAT_NAME, LEAST_HEAT_NAME, CUT_HEAT_NAME = 14, 9, 4
"""Cells for the names beside a heat map: as a rule, with shades at least, and where even these had to go."""

AIRY_CELL, WIDEST_CELL = 7, 10
"""Cells of a heat map's column from which longer names get the room, and after which it grows no more."""

SCROLL_BAR = 1
"""The cell that a scroll bar takes once a list has more rows than lines."""


CELL = "cell"
"""Under this name the place of a cell is kept in what is drawn, for a click."""

Drawn = Callable[[int | None], ColumnsRow]
"""Draws a row, with the cell at this place picked out."""


def table_rows(section: Section, today: date, width: int) -> tuple[ColumnsRow, list[Drawn]]:
    """The heads of a table's columns, and its rows, for a list of this width in cells."""
    texts = [[wording.one_line(cell_text(cell, today)) for cell in row.cells] for row in section.rows]
    count = len(section.columns)
    numeric = [all(_is_number(row.cells[place]) for row in section.rows) for place in range(count)]
    widths = [
        max(len(section.columns[place]), *(Content(line[place]).cell_length for line in texts))
        for place in range(count)
    ]
    long = [place for place in range(count) if widths[place] > SHORT]
    body = long[0] if long else count - 1
    lead = [place for place in range(count) if place != body and place not in long and place < body]
    after = [place for place in range(body + 1, count) if place not in long]
    if width < NARROW:
        widths = [min(cells, MOST_WHERE_NARROW) if place in lead else cells for place, cells in enumerate(widths)]
    gap = GAP
    if not long:
        texts, widths, gap = _narrowed(section, texts, widths, numeric, width - SCROLL_BAR)
    heads = [_cut(Content.styled(title, "$text-muted"), widths[p]) for p, title in enumerate(section.columns)]

    def row(cells: Sequence[Content], most: int) -> ColumnsRow:
        words = cells[body]
        if body == count - 1 and numeric[body]:
            words = _right(words, widths[body])
        elif not long:
            words = _cut(words, widths[body])
        for place in long[1:]:
            if cells[place].plain and most > 1:
                title = section.columns[place]
                words = Content.assemble(words, "\n", (f"{title}: ", "$text-muted"), cells[place])
        columns = [(_right(cells[p], widths[p]) if numeric[p] else cells[p], widths[p] + gap - 1) for p in lead]
        tail = Content("  ").join([_right(cells[p], widths[p]) for p in after])
        return ColumnsRow(columns, words, tail if tail.plain else None, most=most)

    filled = [
        [_cell(text, row_.cells[place]) for place, text in enumerate(line)]
        for line, row_ in zip(texts, section.rows, strict=True)
    ]

    def drawn(cells: Sequence[Content], doors: Sequence[int]) -> Drawn:
        def draw(picked: int | None) -> ColumnsRow:
            marked = [_door(cell, place, picked) if place in doors else cell for place, cell in enumerate(cells)]
            return row(marked, MOST_LINES + 2 * bool(long[1:]))

        return draw

    return row(heads, 1), [drawn(cells, row_.doors) for cells, row_ in zip(filled, section.rows, strict=True)]


def _narrowed(
    section: Section, texts: list[list[str]], widths: list[int], numeric: list[bool], room: int
) -> tuple[list[list[str]], list[int], int]:
    """The texts of a table of short columns, their widths and the gap between them, for this many cells.

    Where they don't fit, months and days lose letters first, then the gaps become narrower, then the widest columns,
    but never a number.
    """
    needed = [
        max((Content(line[place]).cell_length for line in texts), default=0) if numeric[place] else LEAST_WORDS
        for place in range(len(widths))
    ]

    def wanting(gap: int) -> int:
        return sum(widths) + gap * (len(widths) - 1) - room

    if wanting(GAP) > 0:
        texts = [[_shortened(text) for text in line] for line in texts]
        for place, title in enumerate(section.columns):
            if not numeric[place]:
                widest = max((Content(line[place]).cell_length for line in texts), default=0)
                widths[place] = min(widths[place], max(len(title), widest))
    if wanting(GAP) <= 0:
        return texts, widths, GAP
    for _ in range(max(wanting(1), 0)):
        spare = [place for place, cells in enumerate(widths) if cells > max(needed[place], LEAST_HEAD)]
        if not spare:
            break
        widths[max(spare, key=lambda place: widths[place])] -= 1
    return texts, widths, 1


def _shortened(text: str) -> str:
    """`Dec ’25` for `December 2025`, `3 Nov` for `Tue 3 Nov`; other words as they are."""
    first, _, rest = text.partition(" ")
    if first in wording.MONTHS_IN_FULL and rest.isdecimal():
        return f"{first[:3]} ’{rest[-2:]}"
    return rest if first in wording.DAYS and rest[:1].isdecimal() else text


def _cut(cell: Content, width: int) -> Content:
    return cell if cell.cell_length <= width else cell.truncate(width, ellipsis=True)


def _door(cell: Content, place: int, picked: int | None) -> Content:
    """A cell that can be entered by itself: clicks find it, and it is reversed while it is picked."""
    return cell.stylize(Style(reverse=place == picked or None) + Style.from_meta({CELL: place}))


def _cell(text: str, cell: ViewCell) -> Content:
    if isinstance(cell, date):
        return Content.styled(text, "$text-muted")
    if text.startswith("#"):
        return Content.styled(text, "$accent")
    if _is_number(cell) and cell:
        return Content.styled(text, "bold")
    return Content(text)


def _is_number(cell: ViewCell) -> bool:
    return cell is None or isinstance(cell, int | float)


def _right(cell: Content, width: int) -> Content:
    return Content.assemble(" " * max(0, width - cell.cell_length), cell)


def heat_rows(heat: Heat, width: int) -> tuple[list[ColumnsRow], list[Drawn]]:
    """The heads of a heat map, and its rows. A darker shade is more; the number beside it says how many.

    The picked cell counts as in the table: the first number is at 1, the total after the last.

    Where there is no room for the tags above their columns, these are numbered, and the numbers explained.
    """
    most = max((number for line in heat.counts for number in line), default=0)
    total_width = max(len("all"), *(len(f"{total:,}") for total in heat.totals))
    said = [wording.one_line(name) for name in heat.rows]
    longest = max((Content(name).cell_length for name in said), default=0)
    room = width - total_width - 2 - SCROLL_BAR
    name_width, cells = _heat_widths(room, longest, len(heat.columns), len(str(most)))
    names = [Content(fitted(name, name_width, said)) for name in said]
    tags = [wording.one_line(tag) for tag in heat.columns]
    if any(_breaks(tag, cells - 1) for tag in tags):
        tags = [tag.removeprefix("#") for tag in tags]
    above: tuple[list[str], ...]
    if all(max(map(len, in_two(tag, cells - 1))) < cells for tag in tags):
        broken = [in_two(tag, cells - 1) for tag in tags]
        above = ([upper for upper, _ in broken], [lower for _, lower in broken])
        heads = []
    else:
        above = ([str(number) for number in range(1, len(tags) + 1)],)
        legend = "  ".join(f"{number}:{wording.one_line(tag)}" for number, tag in enumerate(heat.columns, 1))
        heads = [ColumnsRow((), Content.styled(legend, "$text-muted"), most=0)]
    for line in above:
        words = Content(" ".join(f"{part:>{cells - 1}}" for part in line)).stylize("$text-muted")
        heads.append(ColumnsRow([(Content(""), name_width)], words, most=0))
    if heads:
        end = _right(Content.styled("all", "$text-muted"), total_width)
        heads[-1] = ColumnsRow(heads[-1].lead, heads[-1].body, end, most=0)

    def drawn(name: Content, counts: Sequence[int], total: int) -> Drawn:
        def draw(picked: int | None) -> ColumnsRow:
            shades = [_door(_shade(n, most, cells - 1), place, picked) for place, n in enumerate(counts, 1)]
            tail = Content.styled(f"{total:,}", "bold") if total else Content("")
            end = _door(_right(tail, total_width), len(counts) + 1, picked)
            return ColumnsRow([(name, name_width)], Content(" ").join(shades), end, most=0)

        return draw

    return heads, [drawn(*row) for row in zip(names, heat.counts, heat.totals, strict=True)]


def _heat_widths(room: int, longest: int, columns: int, digits: int) -> tuple[int, int]:
    """The cells for the names and for each column with the blank behind it, so that no column is lost.

    Where there is little room, names are cut first, then the shades go, then names are cut further.
    """
    columns = max(columns, 1)
    shaded, bare = digits + 2, digits + 1
    name = min(longest, max(HEAT_NAME, room - columns * AIRY_CELL))
    if name + columns * shaded > room:
        name = min(longest, max(LEAST_HEAT_NAME, room - columns * shaded))
    if name + columns * shaded > room:
        name = min(longest, max(CUT_HEAT_NAME, room - columns * bare))
    return name, max(bare, min(WIDEST_CELL, (room - name) // columns))


def _shade(number: int, most: int, cells: int) -> Content:
    """A count in `cells` cells: a shade, and the number; the number alone where the greatest count fills them."""
    level = 0 if number == 0 else 1 + min(3, (4 * (number - 1)) // max(most, 1))
    digits = max(len(str(most)), min(3, cells - 1))
    text = f"{SHADES[level] * (cells - digits)}{number:>{digits}}" if level else SHADES[0]
    return Content.assemble(" " * (cells - len(text)), (text, "$accent" if level else "$text-muted"))


def _breaks(tag: str, width: int) -> bool:
    """Whether `in_two` breaks a tag within a word."""
    upper, lower = in_two(tag, width)
    return (bool(upper) and not upper.endswith("-")) or len(lower) > width
