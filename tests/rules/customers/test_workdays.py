"""Due dates run over working days alone, whatever days off there are."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.team import ServiceRule
from meetingtool.rules.customers.workdays import calendar_of

DAYS = st.dates(date(2023, 12, 1), date(2029, 2, 1))
WORKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
YEARLY = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: day.isoformat()[5:])
HOLIDAYS = st.lists(st.one_of(DAYS.map(date.isoformat), YEARLY, st.just("02-29"), st.just("12-31")), max_size=12)


def brute_force(day: date, number: int, workdays: tuple[int, ...], holidays: list[str]) -> date:
    """Cross off days on a long calendar, and count what is left."""
    ahead = [day + timedelta(days=n) for n in range(1, 1200)]
    left = [d for d in ahead if d.weekday() in workdays and not {d.isoformat(), d.isoformat()[5:]} & set(holidays)]
    return left[number - 1]


@given(DAYS, st.integers(1, 40), WORKDAYS, HOLIDAYS)
def test_due_dates_are_those_of_a_calendar_counted_by_hand(
    day: date, number: int, workdays: tuple[int, ...], holidays: list[str]
) -> None:
    calendar = calendar_of(ServiceRule(workdays=workdays, holidays=tuple(holidays)))
    assert calendar.after(day, number) == brute_force(day, number, workdays, holidays)
    assert calendar.on_or_after(day) == brute_force(day - timedelta(days=1), 1, workdays, holidays)


def test_over_the_end_of_a_year_with_its_holidays() -> None:
    calendar = calendar_of(ServiceRule(holidays=("12-25", "12-26", "01-01", "2026-12-28")))
    assert calendar.after(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert calendar.after(date(2026, 12, 24), 5) == date(2027, 1, 5)


def test_a_team_that_never_works_is_given_the_day_itself() -> None:
    assert calendar_of(ServiceRule(workdays=())).on_or_after(date(2026, 1, 1)) == date(2026, 1, 1)
