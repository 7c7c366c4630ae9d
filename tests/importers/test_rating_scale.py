"""Ratings on another scale than 1 to 5 are refused, with what shows the scale, and never converted."""

from __future__ import annotations

from datetime import date

import pytest
from made_people import person, standard

from meetingtool.errors import Refused
from meetingtool.importers.rating_scale import other_scale
from meetingtool.importers.ratings import RATING_FIELDS, RatingsDraft, read_ratings
from meetingtool.importers.tabular import Expected, read_sheet
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
ROSTER = Roster(
    [person("ann", "Ann Moore", number="7"), person("bo", "Bo Lind", number="8")],
    [standard("own-it", "Owns it to the end")],
    TODAY,
)


def read(text: str, **columns: str) -> RatingsDraft:
    sheet = read_sheet(text.encode(), "ratings.csv", Expected(fields=RATING_FIELDS, columns=columns))
    return read_ratings(sheet, ROSTER, TODAY, columns=columns)


@pytest.mark.parametrize(
    "header",
    [
        *("Rating (out of 10)", "Rating (1-10)", "Rating (1 to 10)", "Rating 0-4", "Rating %", "Rating (percent)"),
        *("Score /10", "Score (x/100)", "Score of 10", "Rating (out of ten)", "Points (max. 10)", "Rating (10)"),
        *("Rating (1–7)", "Rating (1..4)", "Rating (-2 to +2)", "Rating (10-point scale)", "Rating (7 point Likert)"),
        *("Rating (A-F)", "Rating (A to E)", "Rating (1 = best)", "Rating (1 = best; 5 = worst)", "Rating (best = 1)"),
        *("Rating (1 (low) to 10 (high))", "Rating (4 stars = best of 4)", "Rating (Schulnote)", "Rating (10 = best)"),
        *("Rating (0 to 5)", "Rating (1-3)", "Rating (1 = low; 10 = high)", "Rating (1 = low; 4 = high)"),
        *("Rating (1 = high; 5 = low)", "Rating (lower is better)", "Rating (1 low to 10 high)", "Rating (0 = low)"),
    ],
)  # fmt: skip
def test_a_column_named_after_another_scale_is_refused_even_where_its_numbers_would_fit(header: str) -> None:
    text = f"Employee,Standard,{header}\nAnn Moore,own-it,4\n"
    with pytest.raises(Refused):
        read(text)
    with pytest.raises(Refused, match="another scale than the one here, from 1 to 5") as refused:
        read(text, rating=header)
    assert f"“{header}”" in refused.value.message
    assert "never converted" in refused.value.hint


@pytest.mark.parametrize(
    "header",
    [
        *("Rating (1-5)", "Rating (1 to 5)", "Rating (out of 5)", "Score /5", "Rating (5-point scale)", "Rating"),
        *("Rating (1 = poor; 5 = excellent)", "Rating (5 = best)", "Rating 2025-2026", "Rating (out of five)"),
        *("Rating (2)", "Rating Q4", "Rating 2026-11-28", "Rating (1 (low) to 5 (high))", "Rating H1/2026"),
        *("Rating (1 = low; 5 = high)", "Rating (1-5; 0 = not seen)", "Rating (1 low to 5 high)"),
    ],
)
def test_a_column_that_names_the_scale_from_1_to_5_or_none_is_read(header: str) -> None:
    assert other_scale(header) == ""
    draft = read(f"Employee,Standard,{header}\nAnn Moore,own-it,4\n", rating=header)
    assert [row.value for row in draft.rows] == [4]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        *(("Scale", cell) for cell in ("1-10", "0-4", "10", "out of 10", "A-F", "%", "percent", "ten", "10-Jan", "4")),
        *((header, "10") for header in ("Out of", "Max", "Max score", "Maximum rating", "Points possible", "Skala")),
        *(("Rating scale", "1 (best) to 5 (worst)"), ("Min", "0"), ("Of", "4")),
        *(("Rating type", "1-10"), ("Unit", "%"), ("Denominator", "10"), ("Scoring scale", "0-4")),
    ],
)
def test_a_column_beside_the_ratings_that_says_another_scale_is_refused_with_its_line(header: str, cell: str) -> None:
    with pytest.raises(Refused) as refused:
        read(f"Employee,Standard,Rating,{header}\nBo Lind,own-it,4,\nAnn Moore,own-it,4,{cell}\n")
    assert refused.value.message.startswith(f"“{header}” says “{cell}” (line 3): that is another scale")


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        *(("Scale", cell) for cell in ("1-5", "5", "5.0", "1 to 5", "five", "out of 5", "5-point", "")),
        *(("Max score", "5"), ("Min", "1"), ("Max hours", "40"), ("Max", "Max Fox"), ("Pay scale", "Band 7")),
        *(("Time scale", "3 months"), ("Rating type", "Annual 2026"), ("Unit", "Desk 3")),
    ],
)
def test_a_column_that_says_the_scale_from_1_to_5_or_something_else_is_no_hindrance(header: str, cell: str) -> None:
    draft = read(f"Employee,Standard,Rating,{header}\nAnn Moore,own-it,4,{cell}\n")
    assert [row.value for row in draft.rows] == [4]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Ratings from 1 to 10,,\nEmployee,Standard,Rating\nAnn Moore,own-it,4\n", "The title of the table"),
        ("Employee,Standard,Rating\nAnn Moore,own-it,4\nScale: 1-10,,\n", "Line 3"),
        ("Employee,Standard,Rating\nAnn Moore,own-it,4\n10 = high,,\n", "Line 3"),
        ("Employee,own-it,own-it max\nAnn Moore,4,10\n", "“own-it max”"),
        ("Employee,Standard,Rating\nAnn Moore,own-it,4\nBo Lind,own-it,8\nBo Lind,own-it,7\n", "“Rating”"),
        ("Employee,own-it\nAnn Moore,4\nBo Lind,0\nBo Lind,0\n", "“own-it”"),
        ("Employee,own-it\nAnn Moore,1 - excellent\nBo Lind,4 - poor\n", "“own-it”"),
    ],
)
def test_the_title_a_line_below_and_the_ratings_themselves_show_another_scale(text: str, where: str) -> None:
    with pytest.raises(Refused, match="another scale") as refused:
        read(text)
    assert refused.value.message.startswith(where)


@pytest.mark.parametrize("title", ["Page 1 of 3", "Team of 8 people", "95% response", "Ratings 2026 1-10 November"])
def test_a_title_with_numbers_that_are_no_scale_is_no_hindrance(title: str) -> None:
    assert len(read(f"{title},,\nEmployee,Standard,Rating\nAnn Moore,own-it,4\n").rows) == 1


def test_a_single_number_off_the_scale_is_a_slip_on_its_line() -> None:
    draft = read("Employee,Standard,Rating\nAnn Moore,own-it,4\nBo Lind,own-it,44\n")
    assert ([row.value for row in draft.rows], [problem.line for problem in draft.problems]) == ([4], [3])


@pytest.mark.parametrize("cell", ["4 (out of ten)", "4 (%)", "4/10", "4 of 7"])
def test_a_rating_with_another_scale_beside_it_is_none(cell: str) -> None:
    draft = read(f"Employee,Standard,Rating\nAnn Moore,own-it,{cell}\n")
    assert ([row.value for row in draft.rows], len(draft.problems)) == ([], 1)
