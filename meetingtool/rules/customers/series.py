"""Answers counted by period: the tallies that shares, courses and papers are made from."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from meetingtool.errors import Unclear
from meetingtool.records.surveys import Batch, Count, Measure, Survey, SurveyPeriod
from meetingtool.rules.customers.course import Point
from meetingtool.rules.customers.shares import Tally
from meetingtool.rules.dates import parse_date
from meetingtool.rules.days import moved
from meetingtool.rules.people.periods import months_after
from meetingtool.rules.wording import MONTHS_IN_FULL, one_line

DETRACTOR = 6
"""The highest value of a detractor on the scale of 0 to 10."""

Series = dict[str, dict[str, Tally]]
"""Tallies by the key of the measure, and then by period."""

QUARTERS = ("first", "second", "third", "fourth")

_QUARTER = re.compile(r"(\d{4})-?\s*[qQ]([1-4])|[qQ]([1-4])\s*(\d{4})")
_WEEK = re.compile(r"(\d{4})-?\s*[wW](\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})[/.](\d{4})")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{4})")
_YEAR = re.compile(r"\d{4}")


class NamedSpan(msgspec.Struct, frozen=True):
    """A period as somebody names it: its first and last day."""

    since: date
    until: date


def period_of(day: date, period: SurveyPeriod) -> str:
    """`2026-11`, `2026-Q4` or `2026-W48`."""
    if period == "month":
        return f"{day.year:04d}-{day.month:02d}"
    if period == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def span_of(text: str, today: date) -> NamedSpan:
    """What `2026-11`, `November 2026`, `2026-Q4`, `2026-W48`, `2026` or a day means. Raises Unclear where it means
    none.
    """
    words = text.strip()
    try:
        if match := _QUARTER.fullmatch(words):
            year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
            return _months(year, 3 * quarter - 2, 3)
        if match := _WEEK.fullmatch(words):
            first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return NamedSpan(first, first + timedelta(days=6))
        if match := _MONTH.fullmatch(words):
            return _months(int(match[1] or match[4]), int(match[2] or match[3]), 1)
        if (match := _NAMED.fullmatch(words)) and (month := _month_named(match[1])):
            return _months(int(match[2]), month, 1)
        if _YEAR.fullmatch(words):
            return NamedSpan(date(int(words), 1, 1), date(int(words), 12, 31))
        day = parse_date(words, today, prefer="past")
    except (ValueError, Unclear):
        raise Unclear(
            f"“{one_line(words)[:40]}” isn't a period.",
            "Give one such as 2026-11, 2026-Q4, 2026-W48, 2026 or a day.",
        ) from None
    return NamedSpan(day, day)


def named(label: str, period: SurveyPeriod) -> str:
    """A period as people say it: `November 2026`, `the fourth quarter of 2026`, `week 48 of 2026`."""
    year = label[:4]
    if period == "month":
        return f"{MONTHS_IN_FULL[int(label[5:]) - 1]} {year}"
    if period == "quarter":
        return f"the {QUARTERS[int(label[6:]) - 1]} quarter of {year}"
    return f"week {int(label[6:])} of {year}"


def every_period(labels: Iterable[str], period: SurveyPeriod) -> list[str]:
    """All periods from the first of some to the last, without a gap, in order."""
    known = sorted(labels)
    if not known:
        return []
    day, last = _first_day(known[0], period), known[-1]
    found = []
    while (label := period_of(day, period)) <= last:
        found.append(label)
        day = _next(day, period)
    return found


def last_day(label: str, period: SurveyPeriod) -> date:
    """The last day of a period."""
    return _next(_first_day(label, period), period) - timedelta(days=1)


def tallies(
    measures: Sequence[Measure],
    days: Sequence[date],
    values: Sequence[Sequence[int | None]],
    period: SurveyPeriod,
) -> Series:
    """Answers in columns, counted by measure and period."""
    names = {day: period_of(day, period) for day in set(days)}
    labels = [names[day] for day in days]
    found: Series = {}
    for measure, column in zip(measures, values, strict=True):
        counts = Counter(zip(labels, column, strict=True))
        series: dict[str, Tally] = {}
        found[measure.key] = series
        for (label, value), times in sorted(counts.items(), key=lambda one: one[0][0]):
            if value is not None:
                series[label] = series.get(label, Tally()) + tally_of(measure, value, times)
    return found


def tally_of(measure: Measure, value: int, times: int = 1) -> Tally:
    """One answer, or several alike."""
    below = times if measure.scale == "nps" and value <= DETRACTOR * measure.parts else 0
    return Tally(times, times if value >= measure.satisfied else 0, value * times, below)


def of_batches(survey: Survey, batches: Iterable[Batch]) -> Series:
    """All that is kept of a survey, thinned answers too."""
    found: Series = {measure.key: {} for measure in survey.measures}
    for batch in batches:
        known = [survey.measure(key) for key in batch.measures]
        pairs = [(m, column) for m, column in zip(known, batch.values, strict=False) if m is not None]
        days = days_of(batch)
        _merge(found, tallies([m for m, _ in pairs], days, [column for _, column in pairs], survey.period))
        for count in batch.counts:
            _merge(found, {count.measure: {period_of(count.month, survey.period): tally_of_count(count)}})
    return found


def merged(one: Series, other: Series) -> Series:
    """Both together."""
    found = {key: dict(series) for key, series in one.items()}
    _merge(found, other)
    return found


def days_of(batch: Batch) -> list[date]:
    """The day of every answer of a batch."""
    known = {number: moved(batch.first, timedelta(days=number)) for number in set(batch.days)}
    return [known[number] for number in batch.days]


def tally_of_count(count: Count) -> Tally:
    """What a thinned count stands for."""
    return Tally(count.n, count.satisfied, count.total, count.below)


def points(series: Mapping[str, Tally], period: SurveyPeriod) -> list[Point]:
    """A measure's periods in order; those without an answer are there, with none."""
    return [Point(label, series.get(label, Tally())) for label in every_period(series, period)]


def _merge(found: Series, other: Series) -> None:
    for key, series in other.items():
        mine = found.setdefault(key, {})
        for label, tally in series.items():
            mine[label] = mine.get(label, Tally()) + tally


def _months(year: int, month: int, count: int) -> NamedSpan:
    last = month + count - 1
    return NamedSpan(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def _month_named(word: str) -> int:
    return next((n for n, name in enumerate(MONTHS_IN_FULL, 1) if name.casefold().startswith(word.casefold())), 0)


def _first_day(label: str, period: SurveyPeriod) -> date:
    year = int(label[:4])
    if period == "month":
        return date(year, int(label[5:]), 1)
    if period == "quarter":
        return date(year, 3 * int(label[6:]) - 2, 1)
    return date.fromisocalendar(year, int(label[6:]), 1)


def _next(day: date, period: SurveyPeriod) -> date:
    if period == "week":
        return day + timedelta(days=7)
    return months_after(day, 3 if period == "quarter" else 1)
