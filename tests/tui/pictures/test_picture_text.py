"""Pictures of courses: bars that are added up say so, scales say what stands at their rows, gaps stay gaps."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.insight.sums import month_label
from meetingtool.rules.insight.view import Chart, PictureLine
from meetingtool.rules.people.periods import Period, months_of
from meetingtool.tui.pictures.picture import legend
from meetingtool.tui.pictures.picture_text import bar_chart, bars_of, ladder, point_chart


def counted(since: date, until: date, starts: int = 1) -> Chart:
    """Ten wins and one sticky situation in each month."""
    period = Period(since, until, "", starts)
    months = months_of(period)
    lines = (PictureLine("wins", "█", (10,) * len(months)), PictureLine("stickies", "░", (1,) * len(months)))
    return Chart(labels=tuple(map(month_label, months)), lines=lines, unit="stories", months=period)


def points(*values: float | None, reach: tuple[float, float] | None = None) -> Chart:
    labels = tuple(month_label(date(2020 + n // 12, n % 12 + 1, 1)) for n in range(len(values)))
    return Chart(labels=labels, lines=(PictureLine("mean", "●", values),), unit="of 10", bars=False, reach=reach)


def rows_of(chart: Chart, width: int, height: int) -> list[str]:
    """The rows of a picture of points, without its labels."""
    return point_chart(chart, width, height).plain.split("\n")[:-1]


LAST_TWELVE = (date(2025, 12, 1), date(2026, 11, 22))


def test_twelve_months_stand_by_themselves_where_they_fit() -> None:
    bars = bars_of(counted(*LAST_TWELVE), 49)
    assert (len(bars.labels), bars.said) == (12, "")
    assert "by" not in legend(counted(*LAST_TWELVE), 49).plain


def test_twelve_months_become_quarters_of_which_none_has_less() -> None:
    bars = bars_of(counted(*LAST_TWELVE), 29)
    assert bars.labels == ("Dec ’25", "Mar ’26", "Jun ’26", "Sep ’26")
    assert bars.values == ((30,) * 4, (3,) * 4)
    assert all(bars.whole)
    assert legend(counted(*LAST_TWELVE), 29).plain.endswith("by 3 months")


@pytest.mark.parametrize("years", [8, 14, 20])
def test_many_years_are_added_up_by_year_and_the_last_one_says_its_months(years: int) -> None:
    chart = counted(date(2027 - years, 1, 1), date(2026, 11, 22))
    bars = bars_of(chart, 49)
    assert bars.labels == (*map(str, range(2027 - years, 2026)), "Jan–Nov ’26")
    assert bars.values[0] == (*(120,) * (years - 1), 110)
    assert bars.whole == (*(True,) * (years - 1), False)
    drawn = bar_chart(chart, 49, 8).plain
    assert "Jan–Nov ’26" in drawn.split("\n")[-1]
    assert max(map(len, drawn.split("\n"))) <= 49
    assert "by year" in legend(chart, 49).plain


def test_a_span_within_the_years_says_where_it_begins_and_ends() -> None:
    bars = bars_of(counted(date(2023, 12, 1), date(2026, 2, 28)), 20)
    assert bars.labels == ("Dec ’23", "2024", "2025", "Jan–Feb ’26")


def test_half_years_stand_where_they_fit() -> None:
    bars = bars_of(counted(date(2022, 1, 1), date(2026, 11, 22)), 49)
    assert bars.labels[:2] == ("Jan ’22", "Jul ’22")
    assert (bars.labels[-1], bars.whole[-1]) == ("Jul–Nov ’26", False)


def test_years_that_start_in_july_are_added_up_as_such() -> None:
    bars = bars_of(counted(date(2022, 7, 1), date(2026, 6, 30), starts=7), 20)
    assert bars.labels == ("2022/23", "2023/24", "2024/25", "2025/26")
    assert all(bars.whole)


def test_more_years_than_fit_are_added_up_by_several() -> None:
    chart = counted(date(1960, 1, 1), date(2026, 11, 22))
    bars = bars_of(chart, 49)
    assert bars.said == "by 5 years"
    assert sum(bars.values[0]) == 10 * (66 * 12 + 11)
    assert bars.labels[0] == "1960"
    assert bars.labels[-1] == "Jan ’25–Nov ’26"
    assert bars.whole == (*(True,) * (len(bars.labels) - 1), False)


@pytest.mark.parametrize(("most", "said"), [(7, "   7 "), (9_999, "9999 "), (17_755, "17755"), (250_000, "250k ")])
def test_a_large_number_at_the_scale_moves_no_bar(most: int, said: str) -> None:
    drawn = bar_chart(
        Chart(labels=("Jan ’26",), lines=(PictureLine("kept", "█", (most,)),), unit="promises"), 40, 7
    ).plain
    rows = drawn.split("\n")[:-1]
    assert rows[0].startswith(f"{said}█")
    assert {row.index("█") for row in rows} == {5}


def test_one_of_many_is_still_seen() -> None:
    lines = (PictureLine("kept", "█", (200, 100)), PictureLine("missed", "░", (1, 0)))
    drawn = bar_chart(Chart(labels=("Jan ’26", "Feb ’26"), lines=lines, unit="promises"), 40, 7).plain
    assert drawn.count("░") == drawn.split("\n")[-2].count("░") > 0


@pytest.mark.parametrize("tall", range(2, 16))
@pytest.mark.parametrize("values", [(8.4, 8.4), (1, 10), (6.9, 9.7), (10, 10), (1, 1), (7.0, 8.0)])
def test_the_rows_of_a_scale_are_evenly_apart_and_its_ticks_are_what_stands_there(
    values: tuple[float, ...], tall: int
) -> None:
    scale = ladder(values, (1, 10), tall)
    assert scale.rows <= tall
    top = scale.low + scale.step * (scale.rows - 1)
    assert scale.low <= min(values) <= max(values) <= top + 1e-9
    assert top - scale.low >= 2 - 1e-9
    said = [(row, number) for row in range(scale.rows) if (number := scale.said(row)) is not None]
    assert len(said) > 1
    assert all(number == pytest.approx(scale.low + scale.step * row) for row, number in said)


@pytest.mark.parametrize("most", [1, 4, 13, 99, 250, 4_000])
def test_a_scale_without_ends_has_room_for_what_is_large(most: int) -> None:
    scale = ladder((0.5, most), None, 6)
    assert scale.low == 0
    assert scale.rows <= 6
    assert scale.step * (scale.rows - 1) >= most


def test_ratings_are_drawn_on_a_scale_that_tells_them_apart() -> None:
    rows = rows_of(points(7.2, 8.0, 9.1, 9.9, reach=(1, 10)), 40, 8)
    assert [row[:4].strip() for row in rows] == ["10", "", "9", "", "8", "", "7"]
    at = {row: line.index("●") for row, line in enumerate(rows) if "●" in line}
    assert list(at) == [0, 2, 4, 6]
    assert sorted(at.values(), reverse=True) == list(at.values())


def test_where_rows_are_too_few_for_two_a_number_every_second_number_has_one() -> None:
    rows = rows_of(points(6.6, 8.2, 9.6, reach=(1, 10)), 40, 9)
    assert [row[:4].strip() for row in rows] == ["10", "", "", "8", "", "", "6"]


def test_points_are_joined_but_not_over_a_month_without_a_value() -> None:
    rows = rows_of(points(3, 3, None, None, 3, 3), 65, 6)
    line = next(row for row in rows if "●" in row)[5:].strip()
    assert re.fullmatch(r"●·+● +●·+●", line)
    assert "·" not in "".join(rows_of(points(3, None, 3), 65, 6))


def test_the_way_between_two_points_goes_from_one_to_the_other() -> None:
    rows = rows_of(points(0, 6), 40, 8)
    assert len(rows) == 7
    assert all(row[5:].strip() for row in rows)


def test_a_picture_of_many_months_keeps_to_its_cells() -> None:
    chart = points(*(float(n % 7) for n in range(240)))
    drawn = point_chart(chart, 49, 9).plain.split("\n")
    assert len(drawn) <= 9
    assert max(map(len, drawn)) <= 49
    assert re.fullmatch(r" {5,}(Jan ’\d\d *)+", drawn[-1])


def test_labels_below_neither_touch_nor_leave_the_picture() -> None:
    for days in range(40, 3_000, 97):
        chart = counted(date(2018, 3, 1), date(2018, 3, 1) + timedelta(days=days))
        for width in (24, 29, 49, 81):
            below = bar_chart(chart, width, 6).plain.split("\n")[-1]
            assert len(below) <= width
            for label in re.split(" {2,}", below.strip()):
                assert re.fullmatch(r"(\w{3}( ’\d\d)?–)?\w{3} ’\d\d|\d{4}", label)


@given(
    values=st.lists(st.floats(0, 100), min_size=2, max_size=8),
    tall=st.integers(3, 30),
)
def test_a_scale_never_reaches_beyond_what_a_value_can_be(values: list[float], tall: int) -> None:
    scale = ladder(values, (0, 100), tall)
    assert scale.low + scale.step * (scale.rows - 1) <= 100 + 1e-9
    assert scale.rows <= tall
    assert all(abs(scale.low + scale.step * scale.row(value) - value) <= scale.step for value in values)
