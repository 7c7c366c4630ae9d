"""The tables and heat maps of a view in few cells: nothing is lost, and everybody can be told from the others."""

from __future__ import annotations

import re
from datetime import date

import pytest

from meetingtool.rules.insight.view import Heat, Section, TableRow
from meetingtool.tui.insight.insight_text import heat_rows, table_rows
from meetingtool.tui.lists.columns_row import ColumnsRow

STANDARDS = ("#welcome", "#listen", "#own-it", "#plain-words", "#on-time", "#put-right", "#know-how", "#one-team")
NAMES = tuple(
    f"{name} {end}." for name in ("Bartholomäus", "Maximiliane-Antoinette", "李小龍龍龍龍龍龍") for end in "FHP"
)


def heat_lines(width: int, most: int, columns: int = 8) -> list[str]:
    """The rows of a heat map of long-named people, in whose last column stands `most`."""
    counts = tuple((*range(columns - 1), most) for _ in NAMES)
    tags = tuple(STANDARDS[place % 8] for place in range(columns))
    heads, drawn = heat_rows(Heat(rows=NAMES, columns=tags, counts=counts, totals=(most + 30,) * len(NAMES)), width)
    return laid([heads[-1], *(draw(None) for draw in drawn)], width)


def laid(rows: list[ColumnsRow], width: int) -> list[str]:
    """The rows as they stand beside a scroll bar."""
    return [row.laid_out(width - 1).plain for row in rows]


@pytest.mark.parametrize(("width", "most"), [(29, 1), *((w, m) for w in (49, 56, 81) for m in (1, 12, 348))])
def test_a_heat_map_in_few_cells_keeps_every_column_and_tells_people_apart(width: int, most: int) -> None:
    head, *rows = heat_lines(width, most)
    assert head.endswith("all")
    assert "\n" not in head
    for row in rows:
        assert "\n" not in row
        assert row.split()[-2].endswith(str(most))
        assert row.split()[-1] == str(most + 30)
    names = {re.split(r"(?<= [FHP]\.)", row)[0] for row in rows}
    assert len(names) == len(NAMES)


def test_the_numbers_of_a_heat_map_stand_below_their_heads() -> None:
    head, *rows = heat_lines(49, 348)
    ends = [place + 1 for place, letter in enumerate(head) if letter.isdigit()]
    assert len(ends) == 8
    for row in rows:
        wide = sum(letter >= "\u3000" for letter in row)
        cells = [row[end - wide - 1] for end in ends]
        assert cells == ["·", "1", "2", "3", "4", "5", "6", "8"]


def test_a_heat_map_has_the_names_whole_where_there_is_room() -> None:
    rows = heat_lines(120, 12)
    assert any(row.startswith("Maximiliane-Antoinette H.") for row in rows)
    assert any("█" in row for row in rows)


def test_more_standards_than_fit_on_a_line_fold_instead_of_vanishing() -> None:
    _, *rows = heat_lines(30, 99, columns=14)
    assert all(row.replace("·", " ").split().count("99") == 1 for row in rows)


RESOLVE = Section(
    title="By month, in days",
    columns=("Month", "Stickies", "Resolved", "Median", "Longest"),
    rows=(TableRow(("September 2026", 123, 45, 12.5, 365)), TableRow(("May 2026", 1, 0, None, None))),
)
PROMISES = Section(
    title="By month",
    columns=("Month", "Kept", "Missed", "Share kept"),
    rows=(TableRow(("December 2025", 10, 1, "91 %")), TableRow(("January 2026", 0, 0, ""))),
)


@pytest.mark.parametrize("section", [RESOLVE, PROMISES])
@pytest.mark.parametrize("width", [29, 49, 58, 81])
def test_a_table_of_months_keeps_each_month_on_a_line_and_its_numbers_below_their_heads(
    section: Section, width: int
) -> None:
    head, drawn = table_rows(section, date(2026, 11, 24), width)
    first, *rows = laid([head, *(draw(None) for draw in drawn)], width)
    assert "\n" not in "".join([first, *rows])
    starts = [match.start() for match in re.finditer(r"(?<!\S)\S", first)][: len(section.columns)]
    for row, said in zip(section.rows, rows, strict=True):
        month = said[: starts[1]].strip()
        assert month in (str(row.cells[0]), f"{str(row.cells[0])[:3]} ’{str(row.cells[0])[-2:]}")
        for cell, start, end in zip(row.cells[1:], starts[1:], [*starts[2:], width], strict=True):
            assert said[start:end].strip() == ("" if cell is None else cell if isinstance(cell, str) else f"{cell:g}")


def test_months_are_written_out_where_there_is_room() -> None:
    _, drawn = table_rows(RESOLVE, date(2026, 11, 24), 58)
    assert drawn[0](None).plain.startswith("September 2026")
