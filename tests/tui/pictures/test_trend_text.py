"""The picture of a survey: points between their limits, the target, and no point where there are too few answers."""

from __future__ import annotations

from textual.content import Content

from meetingtool.tui.pictures.trend_text import TrendPoint, trend

POINTS = [
    TrendPoint("Sep", 100, 90, 82, 95),
    TrendPoint("Oct", 7, None),
    TrendPoint("Nov", 12_000, 75, 66, 82),
]


def test_points_stand_between_their_limits_above_their_names_and_numbers() -> None:
    lines = trend(POINTS, 60, 14, 88).plain.split("\n")
    assert len(lines) == 14
    assert max(Content(line).cell_length for line in lines) <= 60
    text = "\n".join(lines)
    assert (text.count("●"), text.count("┬"), text.count("┴")) == (2, 2, 2)
    assert [line for line in lines if line.endswith(" 88")]
    assert lines[-2].split() == ["Sep", "Oct", "Nov"]
    assert lines[-1].split() == ["n", "100", "7", "12000"]


def test_the_last_periods_are_shown_where_there_is_no_room_for_all() -> None:
    many = [TrendPoint(f"{number}", 100, 80, 70, 90) for number in range(40)]
    labels = trend(many, 40, 10).plain.split("\n")[-2].split()
    assert labels[-1] == "39"
    assert len(labels) < 12


def test_without_a_single_value_there_is_only_the_scale() -> None:
    assert "●" not in trend([TrendPoint("Nov", 3, None)], 40, 8).plain
