"""Every common way of writing a date is read, and a column of doubtful ones is read in one way throughout."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.importers.date_columns import DayOrder, in_order, read_dates

TODAY = date(2026, 11, 24)
DAY = date(2021, 3, 25)


@pytest.mark.parametrize(
    "cell",
    [
        "2021-03-25",
        "2021/3/25",
        "2021.03.25",
        "20210325",
        "25-03-2021",
        "25/3/21",
        "25.3.2021.",
        "3-25-2021",
        "25 Mar 2021",
        "25-Mar-21",
        "25th of March 2021",
        "25mar2021",
        "MARCH 25, 2021",
        "Mar. 25th 2021",
        "2021-Mar-25",
        "Thursday, 25 March 2021",
        "Thu 25 Mar 2021",
        "2021-03-25 00:00:00",
        "2021-03-25T09:30:00Z",
        "2021-03-25T09:30:00.000+01:00",
        "3/25/2021 12:00 AM",
        "3/25/21 0:00",
        "44280",
        "44280.0",
        "２０２１-０３-２５",
    ],
)
def test_one_day_written_in_many_ways(cell: str) -> None:
    column = read_dates([cell], TODAY)
    assert column.dates == (DAY,)
    assert column.unread == ()


@pytest.mark.parametrize(
    "cell", ["31/2/2021", "2021-13-45", "32 Mar 2021", "25 Foo 2021", "12", "abc", "1/2/3/4", "1/2/345"]
)
def test_what_is_no_date_is_unread(cell: str) -> None:
    column = read_dates([cell, "2021-03-25"], TODAY)
    assert column.dates == (None, DAY)
    assert column.unread == (0,)


@pytest.mark.parametrize("cell", ["", " ", "-", "n/a", "N/A", "None", "present", "current", "0"])
def test_a_word_for_nothing_is_blank(cell: str) -> None:
    column = read_dates([cell], TODAY)
    assert (column.dates, column.unread) == ((None,), ())


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("March 2020", date(2020, 3, 1), date(2020, 3, 31)),
        ("2/2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_a_month_or_a_year_is_its_first_day_or_where_something_ends_its_last(
    cell: str, first: date, last: date
) -> None:
    assert read_dates([cell], TODAY).dates == (first,)
    assert read_dates([cell], TODAY).part == (0,)
    assert read_dates([cell], TODAY, ends=True).dates == (last,)


@pytest.mark.parametrize(("digits", "year"), [("21", 2021), ("46", 2046), ("47", 1947), ("99", 1999), ("00", 2000)])
def test_two_digits_are_a_year_from_79_years_ago_to_20_years_ahead(digits: str, year: int) -> None:
    assert read_dates([f"25/3/{digits}"], TODAY).dates == (date(year, 3, 25),)


def test_one_sure_date_decides_for_the_doubtful_ones() -> None:
    column = read_dates(["3/4/2021", "5/6/2021", "12/31/2020"], TODAY, otherwise="day-first")
    assert column.dates == (date(2021, 3, 4), date(2021, 5, 6), date(2020, 12, 31))
    assert (column.order, column.certain, column.doubtful) == ("month-first", True, (0, 1))


def test_without_a_sure_date_the_given_order_holds_and_is_not_certain() -> None:
    column = read_dates(["3/4/2021", "5/5/2021", ""], TODAY, otherwise="month-first")
    assert column.dates == (date(2021, 3, 4), date(2021, 5, 5), None)
    assert (column.order, column.certain, column.doubtful) == ("month-first", False, (0,))


def test_where_no_date_is_doubtful_there_is_no_order_to_tell() -> None:
    column = read_dates(["2021-03-25", "5/5/2021", "25 Mar 2021"], TODAY)
    assert (column.order, column.certain) == (None, True)


def test_a_date_that_exists_in_one_order_only_is_a_sure_one() -> None:
    assert read_dates(["30/2/2021", "3/4/2021"], TODAY).dates == (None, date(2021, 4, 3))
    assert read_dates(["2/30/2021", "3/4/2021"], TODAY).certain is False


def test_the_other_order_is_told_and_each_sure_date_read_as_it_stands() -> None:
    column = read_dates(["25/3/2021", "26/3/2021", "3/25/2021", "3/4/2021"], TODAY)
    assert column.dates == (DAY, date(2021, 3, 26), DAY, date(2021, 4, 3))
    assert column.both == (2,)


def test_as_many_sure_dates_in_one_order_as_in_the_other_are_a_tie() -> None:
    column = read_dates(["25/3/2021", "3/25/2021", "3/4/2021"], TODAY, otherwise="month-first")
    assert (column.tie, column.certain, column.order) == (True, False, "month-first")
    assert read_dates(["25/3/2021", "26/3/2021", "3/25/2021"], TODAY).tie is False


@pytest.mark.parametrize(("year", "read"), [(1899, False), (1900, True), (1940, True), (2200, True), (2201, False)])
def test_four_digits_are_the_year_itself_from_1900_to_2200(year: int, read: bool) -> None:
    assert read_dates([f"25/3/{year}"], TODAY).dates == (date(year, 3, 25) if read else None,)


def test_the_order_of_a_doubtful_column_is_told_with_an_example() -> None:
    def told(*cells: str, sure: bool = False, said: DayOrder | None = None, sheet: bool = False) -> list[str]:
        return in_order("Start", cells, read_dates(cells, TODAY, said=said), sure, spreadsheet=sheet)

    assert told("25/3/2021", "2021-04-03") == []
    assert told("5/5/2021", "3/4/2021", said="day-first", sure=True) == [
        "Start is written with the day first: 3/4/2021 is 3 April 2021."
    ]
    assert told("3/4/2021", said="month-first", sure=True) == [
        "Start is written with the month first: 3/4/2021 is 4 March 2021."
    ]
    unsure = {said: told("3/4/2021", said=said)[0] for said in ("day-first", "month-first")}  # type: ignore[arg-type]
    assert unsure["day-first"].endswith("say so with --day-order month-first.")
    assert unsure["month-first"].endswith("say so with --day-order day-first.")
    assert told("25/3/2021", "2021-04-03", sheet=True) == [
        "Start holds 1 real date and 1 date as text, such as 25/3/2021: it was partly converted, so the real ones may "
        "have day and month swapped."
    ]
    assert "so the real ones may" in told("25/3/2021", "2021-04-12", sheet=True)[0]
    assert "so see that the real ones are right" in told("25/3/2021", "2021-04-13", sheet=True)[0]
    assert told("2021-04-03", sheet=True) == told("25/3/2021", sheet=True) == []


WRITTEN = {
    "day-first": ("{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{d}-{m}-{y}", "{d} {m} {y}"),
    "month-first": ("{m}/{d}/{y}", "{m:02}-{d:02}-{y}", "{m}.{d}.{y}"),
}
days = st.dates(date(1950, 1, 1), date(2046, 12, 31))


@given(st.data(), st.sampled_from(["day-first", "month-first"]), st.lists(days, min_size=1, max_size=20))
def test_a_column_in_one_order_with_one_day_beyond_the_12th_is_read_back_as_written(
    data: st.DataObject, order: str, wanted: list[date]
) -> None:
    form = data.draw(st.sampled_from(WRITTEN[order]))
    wanted = [*wanted, DAY]
    cells = [form.format(d=day.day, m=day.month, y=day.year) for day in wanted]
    column = read_dates(cells, TODAY)
    assert column.dates == tuple(wanted)
    assert column.order == order


@given(st.lists(st.text(max_size=20) | st.from_regex(r"\A[\d]{1,4}[-/. ][\d]{1,2}[-/. ][\d]{1,4}\Z"), max_size=10))
def test_any_cells_at_all_are_dates_blanks_or_unread(cells: list[str]) -> None:
    column = read_dates(cells, TODAY)
    assert len(column.dates) == len(cells)
    assert all(column.dates[index] is None for index in column.unread)
