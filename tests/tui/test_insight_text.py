"""The tables and heat maps of a view in few cells: nothing is lost, and everybody can be told from the others."""

from __future__ import annotations

import re

import pytest

from meetingtool.rules.insight.view import Heat
from meetingtool.tui.widgets.columns_row import ColumnsRow
from meetingtool.tui.widgets.insight_text import heat_rows

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
    return [row.laid_out(width - 2).plain for row in rows]


@pytest.mark.parametrize("width", [49, 56, 81])
@pytest.mark.parametrize("most", [1, 12, 348])
def test_a_heat_map_in_few_cells_keeps_every_column_and_tells_people_apart(width: int, most: int) -> None:
    head, *rows = heat_lines(width, most)
    assert head.endswith("all")
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
