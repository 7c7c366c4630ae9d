"""The day of every answer, worked out from the whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from meetingtool.importers.customers.periods import days_in_periods
from meetingtool.importers.date_columns import DateColumn, DayOrder, is_nothing, read_dates
from meetingtool.records.surveys import SurveyPeriod
from meetingtool.rules.wording import MONTHS_IN_FULL, one_line

EARLIEST = 1990
"""Dates in earlier years are blanks in disguise."""
AHEAD = timedelta(days=1)
"""Where the customer was, it may be tomorrow already."""
_EPOCH = range(946_684_800, 4_102_444_800)
"""Seconds since 1970 of the years 2000 to 2099."""


_BEFORE_CLOCK = re.compile(r"(?:[ ,]|\b(?:at|um|à|a las|alle|om|kl\.?))+$")
_NO_YEAR = re.compile(
    r"(?:[^\W\d]{2,10}\.?,? )?(?:\d{1,2}(?:st|nd|rd|th|\.)? ?(?:of |de )?[^\W\d]{3,10}\.?|"
    r"[^\W\d]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?)"
)
"""A day and a month in words: `1 September`, `Sep 1st`, `Tue 1 Sep`."""
_LEAP = 8
"""Among this many years there is a 29th of February."""
_DAY_0, _SERIALS = date(1899, 12, 30), timedelta(days=3653)


class Days(msgspec.Struct, frozen=True):
    """days: None where a cell is blank or no date. unread: indexes of cells that are neither. order: of `3/4/2026`,
    where it mattered. open: an example of what could be two dates, where nothing in the column shows which. yearless:
    the cells name no year, and each is the last such day. by: the cells name weeks or quarters. ahead: a cell that
    would be in the future in the other order, where only that shows the order."""

    days: list[date | None]
    unread: list[int]
    order: DayOrder | None = None
    open: str = ""
    yearless: bool = False
    by: SurveyPeriod | None = None
    ahead: str = ""


def days_of(cells: Sequence[str], today: date, order: DayOrder | None = None) -> Days:
    """The days of a column; `order` is what a person or an earlier import has said."""
    heads = [_without_clock(cell) for cell in cells]
    distinct = list(dict.fromkeys(heads))
    moments = _moments(distinct) or _serials(distinct, today)
    if moments is not None:
        return Days([moments.get(head) for head in heads], [])
    if lately := _without_year(distinct, today):
        return Days([lately.get(head) for head in heads], [], yearless=True)
    periods, by = days_in_periods(distinct, today)
    if by is not None:
        return Days([periods.get(head) for head in heads], [], by=by)
    column = read_dates(distinct, today, otherwise=order or "day-first")
    doubtful = bool(column.doubtful) and not column.certain and order is None
    possible, ahead = _possible(distinct, column, today) if doubtful else (column, "")
    if ahead:
        column, order = possible, possible.order
    found = dict(zip(distinct, column.dates, strict=True))
    wrong = {distinct[index] for index in column.unread}
    lately = _without_year([cell for cell in wrong if _NO_YEAR.fullmatch(cell)], today)
    found, wrong = {**found, **lately}, wrong - lately.keys()
    days = [found[head] for head in heads]
    unread = [index for index, head in enumerate(heads) if head in wrong] if wrong else []
    doubt = ""
    dotted = all("." in distinct[index] for index in column.doubtful)  # nobody writes the month first with dots
    if column.doubtful and not column.certain and order is None and not dotted:
        example = distinct[column.doubtful[0]]
        doubt = f"{one_line(example)} could be {_said(found[example])} or {_said(_turned(found[example]))}"
    return Days(days, unread, column.order, doubt, bool(lately), ahead=ahead)


def _possible(cells: Sequence[str], column: DateColumn, today: date) -> tuple[DateColumn, str]:
    """The column in the only order in which nobody answered after tomorrow, with a cell that would be later in the
    other one; unchanged and empty where both orders are possible, or neither."""
    other: DayOrder = "month-first" if column.order == "day-first" else "day-first"
    turned = read_dates(cells, today, said=other)
    late, late_turned = _first_ahead(cells, column, today), _first_ahead(cells, turned, today)
    if bool(late) == bool(late_turned):
        return column, ""
    return (turned, late) if late else (column, late_turned)


def _first_ahead(cells: Sequence[str], column: DateColumn, today: date) -> str:
    """A cell that is a day after tomorrow; empty without one."""
    ahead = (cell for cell, day in zip(cells, column.dates, strict=True) if day and day > today + AHEAD)
    return next(ahead, "")


def looks_like_days(cells: Sequence[str], today: date) -> bool:
    """Whether most of these cells are dates on which somebody can have answered."""
    filled = [cell for cell in cells if not is_nothing(cell)]
    if not filled or (all(cell.isdecimal() and len(cell) < 8 for cell in filled) and not _serials(filled, today)):
        return False
    read = days_of(filled, today)
    return sum(day is not None and day.year >= EARLIEST for day in read.days) * 2 > len(filled)


def _without_clock(cell: str) -> str:
    if "年" in cell:
        cell = cell.replace("年", "-").replace("月", "-").replace("日", "")
    colon = cell.find(":")
    if colon < 0:
        return cell
    cut = max(cell.rfind(" ", 0, colon), cell.rfind("T", 0, colon))
    return _BEFORE_CLOCK.sub("", cell[:cut]) if cut > 0 else cell


def _moments(cells: Sequence[str]) -> dict[str, date] | None:
    """Days of a column of seconds or thousandths since 1970; None for any other column."""
    found: dict[str, date] = {}
    for cell in cells:
        if not cell:
            continue
        if not cell.isdecimal() or len(cell) not in (10, 13) or int(cell[:10]) not in _EPOCH:
            return None
        found[cell] = datetime.fromtimestamp(int(cell[:10]), UTC).date()
    return found or None


def _serials(cells: Sequence[str], today: date) -> dict[str, date] | None:
    """Days of a column of spreadsheet day numbers, all within the last ten years; None for any other column."""
    found: dict[str, date] = {}
    for cell in cells:
        whole, _, part = cell.partition(".")
        if not cell:
            continue
        if len(whole) != 5 or not whole.isdecimal() or (part and not part.isdecimal()):
            return None
        day = _DAY_0 + timedelta(days=int(whole))
        if not today - _SERIALS <= day <= today:
            return None
        found[cell] = day
    return found or None


def _without_year(cells: Sequence[str], today: date) -> dict[str, date]:
    """The last such day of every cell of a column in which no day has a year; nothing for any other column."""
    filled = [cell for cell in cells if not is_nothing(cell)]
    if not filled or not all(map(_NO_YEAR.fullmatch, filled)):
        return {}
    found: dict[str, date] = {}
    for year in range(today.year, today.year - _LEAP, -1):
        column = read_dates([f"{cell} {year}" for cell in filled], today)
        found |= {
            cell: day
            for cell, day in zip(filled, column.dates, strict=True)
            if day is not None and day <= today and cell not in found
        }
    return found if len(found) * 2 > len(filled) else {}


def _turned(day: date | None) -> date | None:
    return day.replace(month=day.day, day=day.month) if day and day.day <= 12 else day


def _said(day: date | None) -> str:
    return f"{day.day} {MONTHS_IN_FULL[day.month - 1]}" if day else "none"
