"""Spans of days as people name them: a year, a month, a day, or words for one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from meetingtool.errors import Unclear
from meetingtool.rules.dates import parse_date
from meetingtool.rules.days import DayOrder, NoSuchDay
from meetingtool.rules.wording import MONTHS, MONTHS_IN_FULL, shortened

EXAMPLES = "Try 2026, 2026-03, 2026-03-24, march, last-month or yesterday."
_NAMES = "|".join(month.lower() for month in MONTHS)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<month2>\d{1,2})[-/.](?P<year2>\d{4})")
_NAMED_MONTH = re.compile(rf"(?P<name>{_NAMES})[a-z]*\.?(?:,? (?P<year>\d{{4}}))?", re.ASCII)
_NAMED = re.compile(r"(?P<which>this|last|next) (?P<unit>week|month|quarter|year)", re.ASCII)


def span_of(text: str, today: date, *, day_order: DayOrder = "day-first") -> tuple[date, date]:
    """The first and the last day of what `text` names, in the past where unsure; Unclear when it names nothing.

    Words may be joined by hyphens (`last-month`). Weeks start on Monday, quarters in January.
    """
    words = " ".join(text.split()).lower()
    for name in dict.fromkeys((words, words.replace("-", " ").replace("_", " "))):
        try:
            span = _months(name, today) or _named(name, today)
        except OverflowError:
            raise Unclear("That day is beyond the calendar.", EXAMPLES) from None
        if span is not None:
            return span
        try:
            day = parse_date(name, today, prefer="past", day_order=day_order)
        except NoSuchDay:
            raise
        except Unclear:
            continue
        return day, day
    raise Unclear(f"“{shortened(text, 30)}” can't be read as a day, month or year.", EXAMPLES)


def _months(name: str, today: date) -> tuple[date, date] | None:
    if _YEAR.fullmatch(name):
        return _from_month(int(name), 1, 12)
    numbered = _MONTH.fullmatch(name)
    if numbered:
        month = int(numbered["month"] or numbered["month2"])
        if not 1 <= month <= 12:
            raise Unclear(f"There is no month {month}.", EXAMPLES)
        return _from_month(int(numbered["year"] or numbered["year2"]), month, 1)
    named = _NAMED_MONTH.fullmatch(name)
    if named is None or not _is_month(name.split(" ")[0].rstrip(".,")):
        return None
    month = _NAMES.split("|").index(named["name"]) + 1
    year = int(named["year"]) if named["year"] else today.year - (month > today.month)
    return _from_month(year, month, 1)


def _is_month(word: str) -> bool:
    return any(month.lower().startswith(word) for month in MONTHS_IN_FULL)


def _from_month(year: int, month: int, count: int) -> tuple[date, date]:
    """The days of `count` months from `month` of `year` on, which may lie outside 1 to 12."""
    first, after = year * 12 + month - 1, year * 12 + month - 1 + count
    if not 12 <= first < after <= 9999 * 12:
        raise Unclear("That year is out of range.", "Years from 1 to 9998 can be used.")
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _named(name: str, today: date) -> tuple[date, date] | None:
    match = _NAMED.fullmatch(name)
    if match is None:
        return None
    step = {"this": 0, "last": -1, "next": 1}[match["which"]]
    if match["unit"] == "week":
        monday = today - timedelta(days=today.weekday() - 7 * step)
        return monday, monday + timedelta(days=6)
    if match["unit"] == "year":
        return _from_month(today.year + step, 1, 12)
    months = 3 if match["unit"] == "quarter" else 1
    return _from_month(today.year, today.month - (today.month - 1) % months + months * step, months)
