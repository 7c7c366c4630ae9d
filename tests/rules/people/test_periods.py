from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import Refused, Unclear
from meetingtool.rules.people import periods
from meetingtool.rules.people.periods import Period, between, current_period, part_of, period_named, period_of, quarters

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def test_a_calendar_year_has_four_quarters_called_by_their_months() -> None:
    year = period_of(2026)
    assert (year.since, year.until, year.label) == (date(2026, 1, 1), date(2026, 12, 31), "2026")
    assert [q.label for q in quarters(year)] == ["Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec"]
    assert quarters(year)[1] == Period(date(2026, 4, 1), date(2026, 6, 30), "Apr–Jun")


def test_a_year_may_start_in_any_month() -> None:
    year = period_of(2026, starts=4)
    assert (year.since, year.until, year.label) == (date(2026, 4, 1), date(2027, 3, 31), "2026/27")
    assert [q.label for q in quarters(year)] == ["Apr–Jun", "Jul–Sep", "Oct–Dec", "Jan–Mar"]
    assert [q.label for q in quarters(period_of(2026, starts=2))] == ["Feb–Apr", "May–Jul", "Aug–Oct", "Nov–Jan"]
    assert periods.year_name(1999, 7) == "1999/00"


def test_for_its_first_eight_weeks_a_new_year_still_writes_the_one_before() -> None:
    assert current_period(date(2027, 1, 1)).label == "2026"
    assert current_period(date(2027, 2, 25)).label == "2026"
    assert current_period(date(2027, 2, 26)).label == "2027"
    assert current_period(date(2026, 12, 31)).label == "2026"
    assert current_period(date(2027, 5, 1), starts=4).label == "2026/27"
    assert current_period(date(2027, 6, 1), starts=4).label == "2027/28"
    assert current_period(date(2027, 1, 15), starts=4).label == "2026/27"


def test_a_joiner_has_a_part_year_with_a_short_first_quarter() -> None:
    part = part_of(period_of(2026), date(2026, 5, 11), None)
    assert part is not None
    assert (part.since, part.until, part.label) == (date(2026, 5, 11), date(2026, 12, 31), "2026, from 11 May")
    assert [q.label for q in quarters(part)] == ["May–Jun", "Jul–Sep", "Oct–Dec"]
    assert quarters(part)[0].since == date(2026, 5, 11)


def test_somebody_who_left_has_a_part_year_and_who_was_never_there_has_none() -> None:
    year = period_of(2026)
    part = part_of(year, date(2020, 1, 1), date(2026, 4, 3))
    assert part is not None
    assert part.label == "2026, to 3 Apr"
    assert [q.label for q in quarters(part)] == ["Jan–Mar", "Apr"]
    assert part_of(year, date(2027, 1, 1), None) is None
    assert part_of(year, None, date(2025, 12, 31)) is None
    assert part_of(year, None, None) is year


def test_the_year_before_keeps_the_span_also_around_the_end_of_february() -> None:
    assert periods.year_before(period_of(2026)) == period_of(2025)
    assert periods.year_before(period_of(2024, 3)).until == date(2024, 2, 29)
    assert periods.year_before(period_of(2023, 3)).until == date(2023, 2, 28)
    assert periods.year_before(between(date(2024, 2, 29), date(2024, 8, 31))).since == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        (" 2026  h1 ", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-02-01..2026-02-28", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-02-01 to 2026-02-28", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_a_period_can_be_named(text: str, since: date, until: date) -> None:
    period = period_named(text)
    assert (period.since, period.until) == (since, until)


@pytest.mark.parametrize("text", ["", "last", "26", "2026 H3", "2026 Q5", "2026-02-30..2026-03-01", "0000", "9999"])
def test_what_is_no_period_is_told(text: str) -> None:
    with pytest.raises(Unclear):
        period_named(text)


def test_a_period_needs_both_ends_in_order() -> None:
    with pytest.raises(Refused, match="first and its last day"):
        between(date(2026, 1, 1), None)
    with pytest.raises(Refused, match="end before it begins"):
        between(date(2026, 1, 2), date(2026, 1, 1))


def test_a_period_with_a_usual_name_gets_it() -> None:
    assert between(date(2026, 1, 1), date(2026, 12, 31)).label == "2026"
    assert between(date(2026, 4, 1), date(2026, 6, 30)).label == "2026 Q2"
    assert between(date(2026, 4, 1), date(2027, 3, 31), 4).label == "2026/27"
    assert between(date(2026, 4, 2), date(2026, 6, 30)).label == "2 Apr–30 Jun 2026"
    assert between(date(2025, 4, 2), date(2026, 6, 30)).label == "2 Apr 2025–30 Jun 2026"


def test_periods_overlap_when_they_share_a_day() -> None:
    assert periods.overlaps(period_of(2026), between(date(2026, 12, 31), date(2027, 1, 5)))
    assert not periods.overlaps(period_of(2026), period_of(2027))


@given(DAYS, st.integers(0, 900), st.integers(1, 12))
def test_quarters_cover_a_period_without_gap_or_overlap(since: date, length: int, starts: int) -> None:
    period = between(since, since + timedelta(days=length), starts)
    found = quarters(period)
    assert found[0].since == period.since
    assert found[-1].until == period.until
    assert all(b.since == a.until + timedelta(days=1) for a, b in pairwise(found))
    assert len({quarter.label for quarter in found}) == len(found)


@given(DAYS, st.integers(1, 12))
def test_every_day_lies_in_the_evaluation_year_it_is_counted_to(day: date, starts: int) -> None:
    assert day in period_of(periods.year_of(day, starts), starts)


def test_both_ends_lie_within_a_period_and_are_counted() -> None:
    spring = between(date(2026, 4, 2), date(2026, 4, 8))
    assert spring.days == 7
    assert date(2026, 4, 2) in spring
    assert date(2026, 4, 8) in spring
    assert date(2026, 4, 1) not in spring
    assert date(2026, 4, 9) not in spring
    assert between(date(2026, 4, 2), date(2026, 4, 2)).days == 1


def test_a_year_that_no_date_can_hold_is_out_of_range() -> None:
    assert period_of(1).since == date(1, 1, 1)
    assert period_of(9998).until == date(9998, 12, 31)
    with pytest.raises(Unclear, match="out of range"):
        period_of(0)
    with pytest.raises(Unclear, match="out of range"):
        period_of(9999)


@pytest.mark.parametrize(
    ("text", "step", "neighbour"),
    [
        ("2026", 1, "2027"),
        ("2026", -1, "2025"),
        ("2026 H1", 1, "2026 H2"),
        ("2026 H2", 1, "2027 H1"),
        ("2026 H1", -1, "2025 H2"),
        ("2026 Q1", 1, "2026 Q2"),
        ("2026 Q4", 1, "2027 Q1"),
        ("2026 Q1", -1, "2025 Q4"),
        ("2026 Q3", -6, "2025 Q1"),
        ("2026-02-03..2026-03-04", 1, "2027"),
        ("2026-02-03..2026-03-04", -1, "2025"),
    ],
)
def test_the_period_beside_another_is_of_the_same_kind(text: str, step: int, neighbour: str) -> None:
    assert periods.beside(period_named(text), step) == period_named(neighbour)


def test_the_quarter_with_a_day_follows_the_evaluation_year() -> None:
    assert periods.quarter_with(date(2026, 3, 31)).label == "2026 Q1"
    assert periods.quarter_with(date(2026, 4, 1)).label == "2026 Q2"
    assert periods.quarter_with(date(2026, 12, 31)).label == "2026 Q4"
    assert periods.quarter_with(date(2026, 3, 31), 4).label == "2025/26 Q4"
    assert periods.quarter_with(date(2026, 4, 1), 4).label == "2026/27 Q1"


def test_the_month_of_a_day_is_whole() -> None:
    february = periods.month_of(date(2028, 2, 10))
    assert (february.since, february.until) == (date(2028, 2, 1), date(2028, 2, 29))
    assert february.label == "February 2028"
    assert periods.month_of(date(2026, 12, 31)).until == date(2026, 12, 31)


def test_quarters_of_more_than_a_year_have_its_number_and_a_leap_year_is_one_year() -> None:
    assert quarters(period_of(2024))[0].label == "Jan–Mar"
    long = between(date(2024, 1, 1), date(2025, 1, 1))
    assert [q.label for q in quarters(long)] == [
        "Jan–Mar 2024",
        "Apr–Jun 2024",
        "Jul–Sep 2024",
        "Oct–Dec 2024",
        "Jan 2025",
    ]


def test_a_part_year_may_be_a_single_day_and_a_stay_of_the_whole_year_is_no_part() -> None:
    year = period_of(2026)
    last, first = part_of(year, date(2026, 12, 31), None), part_of(year, None, date(2026, 1, 1))
    assert last is not None
    assert first is not None
    assert (last.days, last.label) == (1, "2026, from 31 Dec")
    assert (first.days, first.label) == (1, "2026, to 1 Jan")
    assert part_of(year, date(2026, 1, 1), date(2026, 12, 31)) is year


def test_a_period_of_one_day_is_in_order_and_spans_share_their_edges() -> None:
    day = between(date(2026, 5, 4), date(2026, 5, 4))
    assert day.label == "4 May–4 May 2026"
    assert periods.overlaps(between(date(2026, 12, 31), date(2027, 1, 5)), period_of(2026))
    assert not periods.overlaps(period_of(2027), period_of(2026))
    assert periods.year_before(day) == between(date(2025, 5, 4), date(2025, 5, 4))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 6, date(2026, 7, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(9999, 12, 1), 6, date.max),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_short_month(day: date, months: int, then: date) -> None:
    assert periods.months_after(day, months) == then
