"""Columns that name a week or a quarter in place of a day: `2026-W44`, `KW 44/2026`, `Q3 2026`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from meetingtool.importers.date_columns import is_nothing
from meetingtool.records.surveys import SurveyPeriod

_WEEK = r"(?:w|wk|kw|week|woche|kalenderwoche|calendar week|semaine|semana|settimana)\.?\s*0?(?P<week>\d{1,2})"
_YEAR = r"(?P<year>20\d{2})"
_BETWEEN = r"\s*[-/.,_ ]?\s*(?:of\s+)?"
_WEEKS = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_YEAR}{_BETWEEN}{_WEEK}(?:-?(?P<day>[1-7]))?",
        rf"{_WEEK}{_BETWEEN}{_YEAR}",
        _WEEK,
    )
)
_QUARTER = r"q(?:uarter|uartal)?\.?\s*(?P<quarter>[1-4])"
_QUARTERS = tuple(
    re.compile(shape, re.IGNORECASE) for shape in (rf"{_YEAR}{_BETWEEN}{_QUARTER}", rf"{_QUARTER}{_BETWEEN}{_YEAR}")
)
_MIDDLE = 4
"""Thursday: the year and the month of a week are those of its Thursday, as in ISO 8601."""


def days_in_periods(cells: Iterable[str], today: date) -> tuple[dict[str, date], SurveyPeriod | None]:
    """A day in each period of a column of weeks or of quarters, and which of the two they are; nothing and None for
    any other column. A week without a year is the last such one."""
    filled = [cell for cell in cells if not is_nothing(cell)]
    weeks = {cell: day for cell in filled if (day := _in_week(cell.strip(), today))}
    if 2 * len(weeks) > len(filled):
        return weeks, "week"
    quarters = {cell: day for cell in filled if (day := _in_quarter(cell.strip()))}
    return (quarters, "quarter") if 2 * len(quarters) > len(filled) else ({}, None)


def _in_week(cell: str, today: date) -> date | None:
    """The Thursday of a week, or the named day of it; its Monday where that is still to come."""
    match = next((match for shape in _WEEKS if (match := shape.fullmatch(cell))), None)
    if match is None:
        return None
    said = match.groupdict()
    week, day = int(said["week"]), int(said.get("day") or _MIDDLE)
    years = [int(said["year"])] if said.get("year") else [today.year, today.year - 1]
    found = [first for year in years if (first := _monday(year, week))]
    first = next((one for one in found if one <= today), found[0] if found else None)
    if first is None:
        return None
    meant = first + timedelta(days=day - 1)
    return first if first <= today < meant and not said.get("day") else meant


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _in_quarter(cell: str) -> date | None:
    match = next((match for shape in _QUARTERS if (match := shape.fullmatch(cell))), None)
    return date(int(match["year"]), 3 * int(match["quarter"]) - 2, 1) if match else None
