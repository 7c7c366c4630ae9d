from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meetingtool.errors import Unclear
from meetingtool.rules.dates import Dates, parse_date
from meetingtool.rules.days import NoSuchDay
from meetingtool.rules.wording import DAYS_IN_FULL, MONTHS, day

TUESDAY = date(2026, 11, 24)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("2026/3/5", date(2026, 3, 5)),
        ("24 Nov", date(2026, 11, 24)),
        ("Nov 25", date(2026, 11, 25)),
        ("23 november", date(2027, 11, 23)),
        ("24th of November 2026", date(2026, 11, 24)),
        ("November 24th, 2025", date(2025, 11, 24)),
        ("24-Nov-2026", date(2026, 11, 24)),
        ("24 Nov 26", date(2026, 11, 24)),
        ("1 SEPT", date(2027, 9, 1)),
        ("24/11", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("3/4", date(2027, 4, 3)),
        ("11/24", date(2026, 11, 24)),
        ("14/03/98", date(1998, 3, 14)),
        ("today", TUESDAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 23)),
        ("day after tomorrow", date(2026, 11, 26)),
        ("fri", date(2026, 11, 27)),
        ("FRIDAY", date(2026, 11, 27)),
        ("tue", date(2026, 12, 1)),
        ("this tue", TUESDAY),
        ("next fri", date(2026, 12, 4)),
        ("friday next week", date(2026, 12, 4)),
        ("last tue", date(2026, 11, 17)),
        ("last mon", date(2026, 11, 23)),
        ("in 3 days", date(2026, 11, 27)),
        ("in a week", date(2026, 12, 1)),
        ("in two months", date(2027, 1, 24)),
        ("2 weeks ago", date(2026, 11, 10)),
        ("next week", date(2026, 12, 4)),
        ("next month", date(2026, 12, 31)),
        ("next year", date(2027, 12, 31)),
        ("last week", date(2026, 11, 17)),
        ("end of month", date(2026, 11, 30)),
        ("end of the week", date(2026, 11, 27)),
        ("end of next month", date(2026, 12, 31)),
        ("end of feb", date(2027, 2, 28)),
        ("the 5th", date(2026, 12, 5)),
        ("the 31st", date(2026, 12, 31)),
        ("Sat the 5th", date(2026, 12, 5)),
        ("christmas", date(2026, 12, 25)),
        ("Christmas Eve", date(2026, 12, 24)),
        ("new year’s eve", date(2026, 12, 31)),
        ("new year", date(2027, 1, 1)),
        ("this week", date(2026, 11, 27)),
        ("EOW", date(2026, 11, 27)),
        ("eom", date(2026, 11, 30)),
        ("eod", TUESDAY),
        ("end of the day", TUESDAY),
        ("within 2 weeks", date(2026, 12, 8)),
        ("two weeks", date(2026, 12, 8)),
        ("in 24 hours", date(2026, 11, 25)),
        ("within 48h", date(2026, 11, 26)),
        ("a week on fri", date(2026, 12, 4)),
        ("friday week", date(2026, 12, 4)),
        ("tue week", date(2026, 12, 8)),
        ("tomorrow week", date(2026, 12, 2)),
        ("monday in a week", date(2026, 12, 7)),
        ("W50", date(2026, 12, 11)),
        ("tue fortnight", date(2026, 12, 15)),
        ("first Monday of December", date(2026, 12, 7)),
        ("the 2nd tue in January", date(2027, 1, 12)),
        ("last fri of the month", date(2026, 11, 27)),
        ("first mon of the month", date(2026, 12, 7)),
        ("last day of feb 2028", date(2028, 2, 29)),
        ("5th of next month", date(2026, 12, 5)),
        ("end December", date(2026, 12, 31)),
        ("05 12 2026", date(2026, 12, 5)),
        ("next week wednesday", date(2026, 12, 2)),
        ("next week on fri", date(2026, 12, 4)),
        ("2 weeks from tomorrow", date(2026, 12, 9)),
        ("KW 49", date(2026, 12, 4)),
        ("week 3", date(2027, 1, 22)),
        ("Tue 24 Nov", TUESDAY),
        ("  24\u00a0 Nov ", TUESDAY),
    ],
)
def test_reads_dates_as_people_type_them(typed: str, meant: date) -> None:
    assert parse_date(typed, TUESDAY) == meant


@given(DAYS)
def test_a_week_ends_on_its_friday_and_none_is_over_when_it_is_said(today: date) -> None:
    ends = [parse_date(typed, today) for typed in ("EOW", "end of week", "end of the week")]
    coming = [parse_date(typed, today) for typed in ("next week", "end of next week", "next fri")]
    assert len(set(ends)) == 1
    assert 0 <= (ends[0] - today).days <= 6 and ends[0].weekday() == coming[1].weekday() == 4
    assert len(set(coming)) == 1
    if today.weekday() > 4:
        assert {*ends} == {*coming}
        with pytest.raises(NoSuchDay, match="“this week” may be the one that ends or the next"):
            parse_date("this week", today)
    else:
        assert parse_date("this week", today) == ends[0]
        assert (coming[0] - ends[0]).days == 7


PLACES = ("first", "second", "third", "fourth", "last")


@given(DAYS, st.sampled_from(PLACES), st.integers(0, 6), st.integers(1, 12))
def test_a_weekday_of_a_month_is_the_one_counted_in_it(today: date, place: str, weekday: int, month: int) -> None:
    found = parse_date(f"{place} {DAYS_IN_FULL[weekday]} of {MONTHS[month - 1]}", today)
    step = timedelta(days=7 * PLACES.index(place))
    assert (found.weekday(), found.month) == (weekday, month) and 0 <= (found - today).days <= 372
    if place == "last":
        assert (found + timedelta(days=7)).month != month
    else:
        assert (found - step).month == month and (found - step - timedelta(days=7)).month != month


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25 Nov", date(2025, 11, 25)),
        ("fri", date(2026, 11, 20)),
        ("tue", date(2026, 11, 17)),
        ("this mon", date(2026, 11, 23)),
        ("the 30th", date(2026, 10, 30)),
        ("24 Nov", TUESDAY),
    ],
)
def test_looks_back_where_the_past_is_meant(typed: str, meant: date) -> None:
    assert parse_date(typed, TUESDAY, prefer="past") == meant


def test_a_day_long_ago_that_may_be_meant_as_one_to_come_needs_its_year() -> None:
    dates = Dates(TUESDAY)
    for typed in ("20 Dec", "christmas", "20/12"):
        with pytest.raises(Unclear, match=r"Dec 2025 or .* Dec 2026"):
            dates.read(typed, "past")
    assert dates.read("20 Dec 2025", "past") == date(2025, 12, 20)
    assert dates.read("15 May", "past") == date(2026, 5, 15)
    assert Dates(date(2026, 1, 10)).read("20 Dec", "past") == date(2025, 12, 20)


def test_month_comes_first_on_request_but_never_where_only_one_reading_exists() -> None:
    assert parse_date("3/4/2026", TUESDAY, day_order="month-first") == date(2026, 3, 4)
    assert parse_date("24/11/2026", TUESDAY, day_order="month-first") == TUESDAY
    assert parse_date("3.4.2026", TUESDAY, day_order="month-first") == date(2026, 4, 3)


def test_a_month_keeps_to_its_length_when_counted_on() -> None:
    assert parse_date("in 1 month", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_date("a year ago", date(2028, 2, 29)) == date(2027, 2, 28)


def test_a_weekday_beside_the_date_tells_that_this_year_is_meant() -> None:
    assert parse_date("Tue 24 Nov", date(2026, 12, 3)) == TUESDAY
    with pytest.raises(Unclear, match="24 November 2026 is a Tuesday"):
        parse_date("Fri 24 Nov", TUESDAY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 Feb", "There is no 31 February 2027. February 2027 has 28 days."),
        ("2026-02-30", "There is no 30 February 2026. February 2026 has 28 days."),
        ("29 feb", "There is no 29 February 2027"),
        ("2026-13-01", "There is no month 13."),
        ("10000-01-01", "There is no year 10000."),
        ("1.1.12026", "There is no year 12026."),
        ("1-jan-12026", "There is no year 12026."),
        ("0/5/2026", "There is no 0 May 2026"),
        ("0000-01-01", "There is no year 0."),
        ("in 9999 years", "beyond the calendar"),
        ("gestern", "“gestern” can't be read as a date. Try 24 Nov"),
        ("24", "“24” can't be read as a date"),
        ("fri 24", "“fri 24”: 24 November 2026 is a Tuesday; write the day with its month, or “at 24”."),
        ("", "A date is needed. Try"),
        ("\x1b[31m\u202e", "“␛[31m<U+202E>” can't be read as a date"),
        ("frı", "can't be read as a date"),
    ],
)
def test_says_what_is_wrong_with_a_date_and_what_would_do(typed: str, said: str) -> None:
    with pytest.raises(Unclear) as refused:
        parse_date(typed, TUESDAY)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("fri, then", ", then"),
        ("tomorrow morning", " morning"),
        ("24 Nov 20 chairs", " 20 chairs"),
        ("fri weekly", " weekly"),
        ("24 Nov 10:30", " 10:30"),
        ("end of month.", "."),
        ("in 2 weeks", ""),
        ("Tue 24 Nov 2026 at noon", " at noon"),
        ("2026-12-05T10:00", "T10:00"),
    ],
)
def test_takes_the_longest_date_at_the_start_of_a_text(text: str, rest: str) -> None:
    found = Dates(TUESDAY).at(text, 0)
    assert found is not None
    assert text[found[1] :] == rest


@pytest.mark.parametrize(
    "text",
    ["hand", "friends", "fri's list", "sun-dried tomatoes", "saté", "3.5 hours", "10:30"]
    + ["the 5th customer", "", "3-4 days", "1/2%", "2 weeks", "a day", "5/6 Dec", "Dec 5 or 6", "fri after next"],
)
def test_words_that_only_begin_like_a_date_are_none(text: str) -> None:
    assert Dates(TUESDAY).at(text, 0) is None


def test_a_day_that_the_calendar_lacks_is_told_within_a_text_too() -> None:
    with pytest.raises(NoSuchDay, match="There is no 31 February 2027"):
        Dates(TUESDAY).at("by 31 feb at noon", 3)


@given(DAYS, DAYS)
def test_every_day_is_read_back_from_how_it_is_written(when: date, today: date) -> None:
    assert parse_date(when.isoformat(), today) == when
    assert parse_date(f"{when:%d/%m/%Y}", today) == when
    assert parse_date(f"{when:%m/%d/%Y}", today, day_order="month-first") == when
    assert parse_date(f"{when.day} {when:%B} {when.year}".upper(), today) == when
    assert parse_date(f"{when:%b} {when.day}, {when.year}", today) == when


@given(DAYS)
@example(date(2000, 2, 20))
@example(date(2001, 1, 25))
def test_a_day_shown_by_the_app_is_read_back(today: date) -> None:
    for when in (today, today + timedelta(days=9), today - timedelta(days=40)):
        assert parse_date(day(when, today), today) == when
        assert parse_date(day(when, today), today, prefer="past") == when


@given(DAYS, st.integers(1, 28), st.integers(1, 12))
def test_a_day_without_a_year_lies_within_a_year_on_the_wanted_side(today: date, number: int, month: int) -> None:
    typed = f"{number}/{month}"
    assert timedelta(0) <= parse_date(typed, today) - today <= timedelta(days=366)
    assert timedelta(0) <= today - parse_date(typed, today, prefer="past") <= timedelta(days=366)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_lies_within_a_week_and_is_never_today(today: date, weekday: int) -> None:
    name = DAYS_IN_FULL[weekday]
    ahead, back = parse_date(name, today), parse_date(name, today, prefer="past")
    assert ahead.weekday() == back.weekday() == weekday
    assert 1 <= (ahead - today).days <= 7
    assert 1 <= (today - back).days <= 7
    assert parse_date(f"last {name}", today) == back


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ]?([0-9]{1,2}|mar|of|weeks)[-/. ]?[0-9]{0,4}", fullmatch=True), DAYS)
def test_any_text_gives_a_date_or_a_refusal(text: str, today: date) -> None:
    try:
        read = parse_date(text, today)
    except Unclear as refused:
        assert refused.hint
    else:
        assert isinstance(read, date)
    try:
        found = Dates(today).at(text, 0)
    except NoSuchDay:
        return
    assert found is None or found[1] <= len(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Thu 10", date(2026, 12, 10)),
        ("tue 8", date(2026, 12, 8)),
        ("Tue 24", TUESDAY),
        ("Friday, 11", date(2026, 12, 11)),
        ("fri the 4th", date(2026, 12, 4)),
        ("wed 2", date(2026, 12, 2)),
    ],
)
def test_a_weekday_with_its_number_is_the_next_day_of_that_number(typed: str, meant: date) -> None:
    assert parse_date(typed, TUESDAY) == meant


def test_a_weekday_with_a_number_that_does_not_fit_is_no_day() -> None:
    for typed, why in (
        ("Mon 31", ": 31 December 2026 is a Thursday"),
        ("fri 0", " is no day"),
        ("fri the 8th", ": 8 December 2026 is a Tuesday"),
    ):
        with pytest.raises(NoSuchDay, match=f"“{typed}”{why}; write the day with its month"):
            parse_date(typed, TUESDAY)
    assert parse_date("Thu 19", TUESDAY, prefer="past") == date(2026, 11, 19)
