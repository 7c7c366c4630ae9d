"""The spans of time that evaluations are about: years, halves and quarters, whole or in part."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Protocol

import msgspec

from meetingtool.errors import Refused, Unclear
from meetingtool.rules.wording import MONTHS, MONTHS_IN_FULL

WRITING_DAYS = 56
"""For this many days of a new year, the evaluation being written is still that of the year before."""


class Period(msgspec.Struct, frozen=True):
    """A span of days, both ends within it. label: `2026`, `2026/27`, `2026 H1`, `Jan–Mar`.

    starts: the month in which the evaluation year starts, 1 to 12; quarters follow from it.
    """

    since: date
    until: date
    label: str
    starts: int = 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.since <= day <= self.until

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1


def _month_start(year: int, month: int) -> date:
    """The first day of `month` of `year`, where month 13 is January of the next year, and so on."""
    whole = year * 12 + month - 1
    if not 12 <= whole < 12 * 10_000:
        raise Unclear("That year is out of range.", "Years from 2 to 9998 can be used.")
    return date(whole // 12, whole % 12 + 1, 1)


def _months(year: int, first: int, count: int, label: str, starts: int) -> Period:
    return Period(_month_start(year, first), _month_start(year, first + count) - timedelta(days=1), label, starts)


def year_name(year: int, starts: int = 1) -> str:
    """What the evaluation year that begins in `year` is called: `2026`, or `2026/27` when it spans two."""
    return str(year) if starts == 1 else f"{year}/{(year + 1) % 100:02}"


def period_of(year: int, starts: int = 1) -> Period:
    """The evaluation year that begins in `year`, in the month `starts`."""
    return _months(year, starts, 12, year_name(year, starts), starts)


def half_of(year: int, half: int, starts: int = 1) -> Period:
    """The first or second half (1 or 2) of an evaluation year."""
    return _months(year, starts + 6 * (half - 1), 6, f"{year_name(year, starts)} H{half}", starts)


def quarter_of(year: int, quarter: int, starts: int = 1) -> Period:
    """A quarter (1 to 4) of an evaluation year."""
    return _months(year, starts + 3 * (quarter - 1), 3, f"{year_name(year, starts)} Q{quarter}", starts)


def year_of(day: date, starts: int = 1) -> int:
    """The calendar year in which the evaluation year of `day` began."""
    return day.year if day.month >= starts else day.year - 1


def current_period(today: date, starts: int = 1) -> Period:
    """The evaluation year that is being written: today's, except that in its first 8 weeks it is still the one
    before."""
    period = period_of(year_of(today, starts), starts)
    if (today - period.since).days < WRITING_DAYS:
        return period_of(year_of(today, starts) - 1, starts)
    return period


def between(since: date | None, until: date | None, starts: int = 1) -> Period:
    """The period from one day to another, called by its usual name where it has one.

    Refused without both ends, and when it ends before it begins.
    """
    if since is None or until is None:
        raise Refused("A period needs its first and its last day.", "Give both, such as 2026-01-01..2026-12-31.")
    if until < since:
        raise Refused("A period can't end before it begins.", "Swap the two days, or correct one of them.")
    year = year_of(since, starts)
    named = [period_of(year, starts), *(half_of(year, n, starts) for n in (1, 2))]
    named += [quarter_of(year, n, starts) for n in (1, 2, 3, 4)]
    for period in named:
        if (period.since, period.until) == (since, until):
            return period
    return Period(since, until, f"{_short(since, until)}–{_short(until, None)}", starts)


def _short(day: date, beside: date | None) -> str:
    year = "" if beside is not None and beside.year == day.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def quarters(period: Period) -> tuple[Period, ...]:
    """The quarters that a period touches, in order, cut to it, and called by their months: `Jan–Mar`, `May–Jun`.

    They follow the evaluation year, so a part year has a shorter first or last quarter. Years are added to
    the names where the period is longer than a year.
    """
    found = []
    begin = _month_start(period.since.year, period.since.month - (period.since.month - period.starts) % 3)
    long = period.days > 366
    while begin <= period.until:
        following = _month_start(begin.year, begin.month + 3)
        since, until = max(begin, period.since), min(following - timedelta(days=1), period.until)
        names = dict.fromkeys((MONTHS[since.month - 1], MONTHS[until.month - 1]))
        label = "–".join(names) + (f" {until.year}" if long else "")
        found.append(Period(since, until, label, period.starts))
        begin = following
    return tuple(found)


def part_of(period: Period, started: date | None, left: date | None) -> Period | None:
    """The part of a period in which somebody was on the team, from `started` to `left`; None when in no part."""
    since = max(period.since, started) if started else period.since
    until = min(period.until, left) if left else period.until
    if until < since:
        return None
    if (since, until) == (period.since, period.until):
        return period
    ends = []
    if since != period.since:
        ends.append(f"from {since.day} {MONTHS[since.month - 1]}")
    if until != period.until:
        ends.append(f"to {until.day} {MONTHS[until.month - 1]}")
    return Period(since, until, f"{period.label}, {' '.join(ends)}", period.starts)


def year_before(period: Period) -> Period:
    """The same span one year earlier."""
    return between(_back(period.since), _back(period.until, last=True), period.starts)


def _back(day: date, *, last: bool = False) -> date:
    """The same day of the year before. Of February, the last day stays the last where `last` says so."""
    following = day + timedelta(days=1)
    if last and following.day == 1:
        return _month_start(following.year - 1, following.month) - timedelta(days=1)
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def beside(period: Period, step: int) -> Period:
    """The period `step` later (below zero: before) of the same kind; of days chosen by hand, an evaluation year."""
    year = year_of(period.since, period.starts)
    for parts, named in ((4, quarter_of), (2, half_of)):
        for part in range(parts):
            found = named(year, part + 1, period.starts)
            if (found.since, found.until) == (period.since, period.until):
                place = year * parts + part + step
                return named(place // parts, place % parts + 1, period.starts)
    return period_of(year + step, period.starts)


def quarter_with(day: date, starts: int = 1) -> Period:
    """The quarter of an evaluation year that a day lies in."""
    year = year_of(day, starts)
    return next(found for part in (1, 2, 3, 4) if day in (found := quarter_of(year, part, starts)))


def month_of(day: date, starts: int = 1) -> Period:
    """The month of a day, called `November 2026`."""
    return _months(day.year, day.month, 1, f"{MONTHS_IN_FULL[day.month - 1]} {day.year}", starts)


def months_after(day: date, months: int) -> date:
    """The same day that many months later, or the last of a month that is too short: 31 Aug + 6 is 28 or 29 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_of(span: Span) -> tuple[date, ...]:
    """The first day of every month that has a day in the span."""
    count = (span.until.year - span.since.year) * 12 + span.until.month - span.since.month + 1
    return tuple(months_after(span.since.replace(day=1), number) for number in range(count))


class Span(Protocol):
    """Days from one to another, both included."""

    @property
    def since(self) -> date: ...

    @property
    def until(self) -> date: ...


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans of days share one."""
    return one.since <= other.until and other.since <= one.until


_NAMED = re.compile(r"(\d{4})(?:/\d{2,4})?(?:[\s-]*([hq])([1-4]))?", re.IGNORECASE)
_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:\.\.|to)\s*(\d{4}-\d\d-\d\d)", re.IGNORECASE)


def period_named(text: str, starts: int = 1) -> Period:
    """The period that `2026`, `2026/27`, `2026 H1`, `2026-q3` or `2026-01-01..2026-06-30` means.

    Unclear when it is none of these; Refused when its end is before its beginning.
    """
    wanted = " ".join(text.split())
    if span := _SPAN.fullmatch(wanted):
        try:
            return between(date.fromisoformat(span[1]), date.fromisoformat(span[2]), starts)
        except ValueError:
            raise Unclear("One of the two days does not exist.", "Check the day and the month.") from None
    named = _NAMED.fullmatch(wanted)
    if named and not (named[2] and named[2].lower() == "h" and named[3] > "2"):
        year = int(named[1])
        if named[2] is None:
            return period_of(year, starts)
        return (half_of if named[2].lower() == "h" else quarter_of)(year, int(named[3]), starts)
    raise Unclear("That is not a period.", "Write 2026, 2026 H1, 2026 Q3, or 2026-01-01..2026-06-30.")
