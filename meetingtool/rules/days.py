"""Days of the calendar: made of year, month and day, moved, and the nearest one where something is left out."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar, cast

import msgspec

from meetingtool.errors import Unclear
from meetingtool.rules.wording import DAYS_IN_FULL, MONTHS_IN_FULL

Prefer = Literal["future", "past"]
DayOrder = Literal["day-first", "month-first"]

EXAMPLES = "Try 24 Nov, 24/11/2026, 2026-11-24, fri, tomorrow, in 2 weeks or end of month."


class NoSuchDay(Unclear):
    """A date was written, but the calendar has no such day."""

    def __init__(self, message: str, hint: str = EXAMPLES) -> None:
        super().__init__(message, hint)


class DateView(msgspec.Struct, frozen=True):
    """From where a date is read: the day it is, where unsure dates lie, what 3/4 means, and from which day on the
    nearest 24 Nov is looked for."""

    today: date
    prefer: Prefer
    day_order: DayOrder
    since: date


Day = TypeVar("Day", bound=date)


def moved(day: Day, by: timedelta) -> Day:
    """The day or moment that much later, or earlier; at most the first or last that the calendar has."""
    try:
        return day + by
    except OverflowError:
        end = type(day).max if by > timedelta(0) else type(day).min
        if isinstance(end, datetime) and isinstance(day, datetime):
            return cast("Day", end.replace(tzinfo=day.tzinfo))
        return cast("Day", end)


def made(year: int, month: int, day: int) -> date:
    """That day; NoSuchDay where the calendar has none."""
    if not 1 <= month <= 12:
        raise NoSuchDay(f"There is no month {month}.")
    if not 1 <= year <= 9999:
        raise NoSuchDay(f"There is no year {year}.", "Years from 1 to 9999 can be used.")
    name, length = MONTHS_IN_FULL[month - 1], days_in(year, month)
    if not 1 <= day <= length:
        raise NoSuchDay(f"There is no {day} {name} {year}.", f"{name} {year} has {length} days.")
    return date(year, month, day)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _full_year(digits: str, view: DateView) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    latest = view.today.year + 20
    return latest - (latest - year) % 100


def without_year(month: int, day: int, view: DateView) -> date:
    """The nearest such day in the preferred direction, today included."""
    year = view.since.year
    here = (view.since.month, view.since.day)
    if view.prefer == "future" and (month, day) < here:
        year += 1
    elif view.prefer == "past" and (month, day) > here:
        year -= 1
    return made(year, month, day)


def _on_weekday(month: int, day: int, weekday: int, view: DateView) -> date:
    """Such a day that falls on `weekday`: the nearest in the preferred direction, else the one of this year."""
    try:
        wished = without_year(month, day, view)
    except NoSuchDay:
        wished = made(view.since.year, month, day)
    if wished.weekday() == weekday:
        return wished
    this_year = made(view.since.year, month, day)
    if this_year.weekday() == weekday:
        return this_year
    raise _wrong_weekday(wished)


def _wrong_weekday(when: date) -> NoSuchDay:
    return NoSuchDay(f"{weekday_in_words(when)}.", "Give only the date or only the weekday.")


def weekday_in_words(when: date) -> str:
    """`8 December 2026 is a Tuesday`."""
    return f"{when.day} {MONTHS_IN_FULL[when.month - 1]} {when.year} is a {DAYS_IN_FULL[when.weekday()]}"


def calendar_day(match: re.Match[str], month: int, day: int, view: DateView) -> date:
    """A day of a month with the year and the weekday that stand in the match; without a year the nearest such day."""
    groups = match.groupdict()
    digits = next((groups[name] for name in ("year", "year2", "year3", "year4") if groups.get(name)), None)
    weekday = weekday_of(groups["weekday"]) if groups.get("weekday") else None
    if digits is None:
        return without_year(month, day, view) if weekday is None else _on_weekday(month, day, weekday, view)
    found = made(_full_year(digits, view), month, day)
    if weekday is not None and found.weekday() != weekday:
        raise _wrong_weekday(found)
    return found


def weekday_of(name: str) -> int:
    """The number of a weekday in English, whole or cut short; Monday is 0."""
    return ("mo", "tu", "we", "th", "fr", "sa", "su").index(name[:2].lower())


def month_of(name: str) -> int:
    """The number of a month in English, whole or cut short; January is 1."""
    return next(number for number, month in enumerate(MONTHS_IN_FULL, 1) if month.lower()[:3] == name[:3].lower())
