"""Dates as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, TypeVar, cast

import msgspec

from meetingtool.errors import Unclear
from meetingtool.rules.wording import DAYS_IN_FULL, MONTHS, MONTHS_IN_FULL, shortened

Prefer = Literal["future", "past"]
DayOrder = Literal["day-first", "month-first"]

EXAMPLES = "Try 24 Nov, 24/11/2026, 2026-11-24, fri, tomorrow, in 2 weeks or end of month."


FRIDAY = 4
"""The weekday on which a week ends, as `date.weekday` counts."""

LONG_AGO = timedelta(days=190)
"""From when on a day of last year without its year may be meant as one to come."""


class _View(msgspec.Struct, frozen=True):
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


class NoSuchDay(Unclear):
    """A date was written, but the calendar has no such day."""

    def __init__(self, message: str, hint: str = EXAMPLES) -> None:
        super().__init__(message, hint)


def parse_date(
    text: str,
    today: date,
    *,
    prefer: Prefer = "future",
    day_order: DayOrder = "day-first",
    since: date | None = None,
) -> date:
    """The date that `text` means, seen from `today`; Unclear when it isn't one, NoSuchDay for a day like 31 Feb.

    prefer: where a date without a year, or a weekday, lies. A weekday is never today itself: `fri` said on a
    Friday is the next one (`past`: the last one); `24 Nov` said on that day is today. `next fri` is the Friday
    of next week (weeks start on Monday), `last tue` the latest Tuesday before today. A week ends on its Friday: said on
    a weekend, `EOW` and `next week` are the coming one, and of `this week` it is not known which one is meant.
    `thu 10` is the nearest Thursday that is a 10th.
    day_order: what 3/4 means where both readings are possible. Years of two digits lie between 79 years ago
    and 20 years ahead. since: as for `Dates`.
    """
    words = " ".join(text.split())
    if not words:
        raise Unclear("A date is needed.", EXAMPLES)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", words):
        words += "."
    elif re.fullmatch(rf"{_NUMBER} {_UNIT}", words, re.IGNORECASE):
        words = f"in {words}"
    found = _longest(words, 0, _View(today, prefer, day_order, since or today))
    if found is None or found[1] != len(words):
        raise Unclear(f"“{shortened(text, 40)}” can't be read as a date.", EXAMPLES)
    return found[0]


class Dates(msgspec.Struct, frozen=True):
    """The one reader of what people type for a day: the day on which it is said, and what 3/4 means to the team.

    since: the day of what is written up later. Words such as "tomorrow" are read on the day on which they are said, but
    a date to come without a year is the first such from this day on.
    """

    today: date
    day_order: DayOrder = "day-first"
    since: date | None = None

    def read(self, text: str, prefer: Prefer = "future") -> date:
        """The date that `text` means; see `parse_date`.

        Unclear for a day that has been long ago and, read as one to come, is nearer: 20 Dec in November.
        """
        day = self._read(text, prefer)
        if prefer == "past" and day.year < self.today.year and self.today - day > LONG_AGO:
            coming = self._read(text, "future")
            if coming != day and coming - self.today < self.today - day:
                both = " or ".join(f"{each.day} {MONTHS[each.month - 1]} {each.year}" for each in (day, coming))
                raise Unclear(f"“{shortened(text, 40)}” could be {both}.", "Say the year, too.")
        return day

    def _read(self, text: str, prefer: Prefer) -> date:
        return parse_date(text, self.today, prefer=prefer, day_order=self.day_order, since=self.since)

    def at(self, text: str, start: int) -> tuple[date, int] | None:
        """The longest phrase for a date to come that begins at index `start`, and where it ends; None where there is
        none. NoSuchDay for one that the calendar doesn't have.

        Looks at a bounded piece of `text` only, however long that is.
        """
        return _longest(text, start, _View(self.today, "future", self.day_order, self.since or self.today))


_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PLACES = ("first", "second", "third", "fourth", "fifth", "last")
_OF_A_MONTH = rf"(?:of|in) (?:(?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?|(?:the |(?P<which>this|next) )month)"
_NUMBER = rf"(?:\d{{1,4}}|an?|{'|'.join(_SMALL)})"
_UNIT = r"(?:day|week|fortnight|month|year)s?"
_GAP = r"[\x20\t\u00a0\u202f]{1,3}"
_END = (
    r"(?:(?<=\d)(?=T[0-2]\d:[0-5]\d)|(?![-/'’]?(?u:\w)|%|[.:]\d"
    rf"|{_GAP}(?:after{_GAP}next|fortnight|week|of{_GAP}(?:(?:the|this|next|last){_GAP})?(?:week|month|year|{_MONTH}))(?!\w)))"
)
"""No more of a word, a number or a longer phrase such as `fri after next`; but an hour, as in `2026-12-05T10:00`."""
_NOT_TWO = r"(?! ?(?:or|and|to|[-–/&+]) ?\d{1,2}(?![\w:.]))"
"""Behind `Dec 5`: no second number."""
_YEAR = (
    rf"(?:,?{_GAP}(?P<year>\d{{4}})|[-/]?(?:{_GAP})?'(?P<year2>\d\d)"
    rf"|-(?P<year3>\d{{4}}|\d\d)|{_GAP}(?P<year4>\d\d)\s*$)"
)
_NO_HOUR = (
    r"(?!\s?(?:or|and|to|und|oder|bis|[-–/&+])\s?\d{1,2}(?:[:.]\d\d)?(?:[ap]m)?(?![\w:.]))"
    r"(?=\s*(?:$|[,;.!?)\]@#^>~+(])"
    r"|\s(?:and|or|but|so|then|because|when|while|if|as|to|i|we|she|he|they|und|oder|weil|at|by|um|around|about"
    r"|before|after|until|noon|midday|midnight|eod|cob|end|close|lunch|first|early|late|in the|morning|afternoon"
    r"|evening|night|\d{1,2}(?::\d\d|h|\s?[ap]\.?m)|half|quarter)\b)"
)
"""Behind `Thu 10`: neither what it could count nor a second hour, as in `fri 9 or 10`."""
_NAMED_DAY = rf"(?:(?P<weekday>{_WEEKDAY})\.?,?{_GAP})?(?:the{_GAP})?"


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compiled when a date is first looked for: that takes longer than everything else that recording a story
    imports."""
    return re.compile(source.replace(" ", _GAP) + _END, re.IGNORECASE | re.ASCII)


def _longest(text: str, start: int, view: _View) -> tuple[date, int] | None:
    best: tuple[re.Match[str], _Reading] | None = None
    for source, reading in _READINGS:
        match = _pattern(source).match(text, start)
        if match is not None and (best is None or match.end() > best[0].end()):
            best = match, reading
    if best is None:
        return None
    match, reading = best
    try:
        return reading(match, view), match.end()
    except OverflowError:
        raise NoSuchDay("That day is beyond the calendar.", "Years from 1 to 9999 can be used.") from None


def _made(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NoSuchDay(f"There is no month {month}.")
    if not 1 <= year <= 9999:
        raise NoSuchDay(f"There is no year {year}.", "Years from 1 to 9999 can be used.")
    name, length = MONTHS_IN_FULL[month - 1], _days_in(year, month)
    if not 1 <= day <= length:
        raise NoSuchDay(f"There is no {day} {name} {year}.", f"{name} {year} has {length} days.")
    return date(year, month, day)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _full_year(digits: str, view: _View) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    latest = view.today.year + 20
    return latest - (latest - year) % 100


def _without_year(month: int, day: int, view: _View) -> date:
    """The nearest such day in the preferred direction, today included."""
    year = view.since.year
    here = (view.since.month, view.since.day)
    if view.prefer == "future" and (month, day) < here:
        year += 1
    elif view.prefer == "past" and (month, day) > here:
        year -= 1
    return _made(year, month, day)


def _on_weekday(month: int, day: int, weekday: int, view: _View) -> date:
    """Such a day that falls on `weekday`: the nearest in the preferred direction, else the one of this year."""
    try:
        wished = _without_year(month, day, view)
    except NoSuchDay:
        wished = _made(view.since.year, month, day)
    if wished.weekday() == weekday:
        return wished
    this_year = _made(view.since.year, month, day)
    if this_year.weekday() == weekday:
        return this_year
    raise _wrong_weekday(wished)


AHEAD = 92
"""Days within which a weekday with its number of the month, such as `Thu 10`, is looked for."""


def _numbered(match: re.Match[str], view: _View) -> date:
    """`Thu 10`: the nearest Thursday in the preferred direction that is the 10th of its month."""
    weekday, number = _weekday(match["weekday"]), int(match["day"])
    step = timedelta(days=1 if view.prefer == "future" else -1)
    days = (moved(view.since, step * ahead) for ahead in range(AHEAD + 1))
    found = next((day for day in days if day.day == number and day.weekday() == weekday), None)
    if found is None:
        hour = f", or “at {number}”" if 1 <= number <= 24 else ""
        month = "coming" if view.prefer == "future" else "last"
        raise NoSuchDay(f"“{match[0]}” is no day of the {month} three months: write the day with its month{hour}.")
    return found


def _wrong_weekday(when: date) -> NoSuchDay:
    name = f"{when.day} {MONTHS_IN_FULL[when.month - 1]} {when.year}"
    return NoSuchDay(f"{name} is a {DAYS_IN_FULL[when.weekday()]}.", "Give only the date or only the weekday.")


def _calendar_day(match: re.Match[str], month: int, day: int, view: _View) -> date:
    groups = match.groupdict()
    digits = next((groups[name] for name in ("year", "year2", "year3", "year4") if groups.get(name)), None)
    weekday = _weekday(groups["weekday"]) if groups.get("weekday") else None
    if digits is None:
        return _without_year(month, day, view) if weekday is None else _on_weekday(month, day, weekday, view)
    found = _made(_full_year(digits, view), month, day)
    if weekday is not None and found.weekday() != weekday:
        raise _wrong_weekday(found)
    return found


def _weekday(name: str) -> int:
    return ("mo", "tu", "we", "th", "fr", "sa", "su").index(name[:2].lower())


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS_IN_FULL, 1) if month.lower()[:3] == name[:3].lower())


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return _SMALL.index(word.lower()) + 1 if word.lower() in _SMALL else 1


def _iso(match: re.Match[str], view: _View) -> date:
    return _calendar_day(match, int(match["month"]), int(match["day"]), view)


def _spelled(match: re.Match[str], view: _View) -> date:
    return _calendar_day(match, _month(match["month"]), int(match["day"]), view)


_ORDINALS: tuple[str, ...] = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_ORDINALS += (
    "eleventh",
    "twelfth",
    *(f"{stem}teenth" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
)
_ORDINALS += ("twentieth", *(f"twenty-{word}" for word in _ORDINALS[:9]), "thirtieth", "thirty-first")
_IN_WORDS = "|".join(reversed(_ORDINALS)).replace("-", "(?:-| )")


def _in_words(match: re.Match[str], view: _View) -> date:
    """`the first of December`."""
    day = _ORDINALS.index("-".join(match["ordinal"].lower().split())) + 1
    return _calendar_day(match, _month(match["month"]), day, view)


def _numeric(match: re.Match[str], view: _View) -> date:
    """24/11, 24.11.2026: dots always put the day first, and a number above 12 is never read as a month."""
    day, month = int(match["first"]), int(match["second"])
    if match["mark"] != "." and (month > 12 >= day or (day <= 12 and view.day_order == "month-first")):
        day, month = month, day
    return _calendar_day(match, month, day, view)


_NAMED = {"today": 0, "tonight": 0, "eod": 0, "end of day": 0, "end of the day": 0, "tomorrow": 1, "tmrw": 1}
_NAMED |= {"tmr": 1, "yesterday": -1}


def _named(match: re.Match[str], view: _View) -> date:
    return view.today + timedelta(days=_NAMED[" ".join(match["word"].lower().split())])


def _beside(match: re.Match[str], view: _View) -> date:
    return view.today + timedelta(days=2 if match["after"] else -2)


def _on_a_weekday(match: re.Match[str], view: _View) -> date:
    weekday, which = _weekday(match["name"]), (match["which"] or "").lower()
    ahead = (weekday - view.today.weekday()) % 7
    monday = view.today - timedelta(days=view.today.weekday())
    if which == "next" or match["later"]:
        return monday + timedelta(days=7 + weekday)
    if which == "this":
        past = view.prefer == "past" and ahead
        return view.today + timedelta(days=ahead - 7 if past else ahead)
    if which == "last" or (view.prefer == "past" and which != "coming"):
        return view.today - timedelta(days=7 - ahead)
    return view.today + timedelta(days=ahead or 7)


def _shifted(start: date, number: int, unit: str) -> date:
    unit = unit.lower().rstrip("s")
    if unit in ("day", "week", "fortnight"):
        return start + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = start.year * 12 + start.month - 1 + number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(start.day, _days_in(year, month + 1)))


def _ahead(match: re.Match[str], view: _View) -> date:
    start = _phrase(match["start"], view) if match.groupdict().get("start") else view.today
    return _shifted(start, _number(match["number"]), match["unit"])


def _a_week_on(match: re.Match[str], view: _View) -> date:
    """`tuesday week`, as it is said in Britain: the Tuesday after the coming one; `tuesday fortnight`: a week later."""
    return _phrase(match["start"], view) + timedelta(days=7 if match["unit"].lower() == "week" else 14)


def _phrase(phrase: str, view: _View) -> date:
    found = _longest(phrase, 0, view)
    assert found is not None, phrase
    return found[0]


def _in_hours(match: re.Match[str], view: _View) -> date:
    """`in 24 hours` is tomorrow; less than a day is today."""
    return view.today + timedelta(days=_number(match["number"]) // 24)


def _of_a_week(match: re.Match[str], view: _View) -> date:
    """`week 49`, `KW 49`: the Friday of that week, counted as ISO 8601 does."""
    week = int(match["week"])
    here = view.since.isocalendar()
    passed = week < here.week if view.prefer == "future" else week > here.week
    year = here.year + (0 if not passed else 1 if view.prefer == "future" else -1)
    if not 1 <= week <= date(year, 12, 28).isocalendar().week:
        raise NoSuchDay(f"There is no week {week} in {year}.")
    return date.fromisocalendar(year, week, 5)


def _ago(match: re.Match[str], view: _View) -> date:
    return _shifted(view.today, -_number(match["number"]), match["unit"])


def _beyond(match: re.Match[str], view: _View) -> date:
    """The same day of the next week, month or year; said on a weekend, next week is over with its Friday."""
    step, unit = 1 if match["which"].lower() == "next" else -1, match["unit"].lower()
    if unit == "week" and step > 0 and view.today.weekday() > FRIDAY:
        return _friday_of(view.today + timedelta(days=7))
    return _shifted(view.today, step, unit)


def _friday_of(day: date) -> date:
    return moved(day, timedelta(days=FRIDAY - day.weekday()))


def _end_of(match: re.Match[str], view: _View) -> date:
    """The last day; the end of a week is its Friday, and of one whose Friday has passed that of the next."""
    unit = {"eow": "week", "eom": "month", "eoy": "year"}.get(match["unit"].lower(), match["unit"].lower())
    which = (match["which"] or "").lower()
    start = _shifted(view.today, {"next": 1, "last": -1}.get(which, 0), unit)
    if unit == "week":
        if view.today.weekday() <= FRIDAY or which in ("next", "last") or view.prefer == "past":
            return _friday_of(start)
        if which == "this":
            raise NoSuchDay("On a weekend “this week” may be the one that ends or the next one: write the day.")
        return _friday_of(start + timedelta(days=7))
    month = 12 if unit == "year" else start.month
    return date(start.year, month, _days_in(start.year, month))


def _by_order(match: re.Match[str], view: _View) -> date:
    """`first Monday of December`, `last day of the month`, `5th of next month`: of the nearest month in the preferred
    direction, unless it is said which."""
    groups = match.groupdict()
    which, named = (match["which"] or "").lower(), groups.get("month")
    first = view.since.replace(day=1)
    if named:
        year = int(groups["year"] or first.year)
        first = _made(year, _month(named), 1)
    if which or (named and groups["year"]):
        return _of_its_month(groups, _shifted(first, 1 if which == "next" else 0, "month"))
    found = _of_its_month(groups, first)
    step = (found < view.since) - (found > view.since)
    if step == (1 if view.prefer == "future" else -1):
        found = _of_its_month(groups, _shifted(first, step, "year" if named else "month"))
    return found


def _of_its_month(groups: dict[str, str | None], first: date) -> date:
    length = _days_in(first.year, first.month)
    if day := groups.get("day"):
        return _made(first.year, first.month, int(day))
    word, name = (groups["place"] or "").lower(), groups["name"] or ""
    place = int(word[0]) - 1 if word[0].isdigit() else _PLACES.index(word)
    if name.lower() == "day":
        return first.replace(day=length if word == "last" else place + 1)
    weekday = _weekday(name)
    number = 1 + (weekday - first.weekday()) % 7
    number += (length - number) // 7 * 7 if word == "last" else 7 * place
    if number > length:
        month = f"{MONTHS_IN_FULL[first.month - 1]} {first.year}"
        raise NoSuchDay(f"There is no {word} {DAYS_IN_FULL[weekday]} in {month}.")
    return first.replace(day=number)


def _end_of_month(match: re.Match[str], view: _View) -> date:
    month = _month(match["month"])
    if match["year"]:
        year = int(match["year"])
    else:
        passed = month < view.since.month if view.prefer == "future" else month > view.since.month
        year = view.since.year + (0 if not passed else 1 if view.prefer == "future" else -1)
    return _made(year, month, _days_in(max(year, 1), month))


def _of_the_month(match: re.Match[str], view: _View) -> date:
    """`the 5th`: of this month, or of the nearest one in the preferred direction that has such a day."""
    if match["weekday"]:
        return _numbered(match, view)
    day, step = int(match["day"]), 1 if view.prefer == "future" else -1
    start = view.today.replace(day=1)
    if (day - view.today.day) * step < 0:
        start = _shifted(start, step, "month")
    if 1 <= day <= 31 and day > _days_in(start.year, start.month):
        start = _shifted(start, step, "month")
    return _made(start.year, start.month, day)


_FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "xmas": (12, 25),
    "christmas eve": (12, 24),
    "xmas eve": (12, 24),
}
_FEASTS |= {"boxing day": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31), "new year": (1, 1)}
_FEASTS |= {"new year's": (1, 1), "new year's day": (1, 1), "new years day": (1, 1)}


def _feast(match: re.Match[str], view: _View) -> date:
    month, day = _FEASTS[" ".join(match["feast"].lower().replace("’", "'").split())]
    return _without_year(month, day, view)


_Reading = Callable[[re.Match[str], _View], date]
_READINGS: tuple[tuple[str, _Reading], ...] = (
    (r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})", _iso),
    (
        rf"{_NAMED_DAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?(?:-| )?(?:of )?(?P<month>{_MONTH})\.?{_YEAR}?",
        _spelled,
    ),
    (rf"{_NAMED_DAY}(?P<month>{_MONTH})\.?(?:-| )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}?{_NOT_TWO}", _spelled),
    (
        rf"{_NAMED_DAY}(?P<ordinal>{_IN_WORDS}) of (?P<month>{_MONTH}){_YEAR}?",
        _in_words,
    ),
    (
        rf"{_NAMED_DAY}(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d\d)",
        _numeric,
    ),
    (
        rf"{_NAMED_DAY}(?P<first>\d{{1,2}})(?P<mark> )(?P<second>\d{{1,2}}) (?P<year>(?:19|20)\d\d)",
        _numeric,
    ),
    (rf"{_NAMED_DAY}(?P<first>\d{{1,2}})(?P<mark>/)(?P<second>\d{{1,2}})(?! {_MONTH}\b)", _numeric),
    (rf"{_NAMED_DAY}(?P<first>\d\d)(?P<mark>\.)(?P<second>(?(weekday)(?:0[1-9]|1[0-2])|\d\d))", _numeric),
    (rf"{_NAMED_DAY}(?P<first>\d{{1,2}})(?P<mark>\.)(?P<second>\d{{1,2}})\.", _numeric),
    (rf"(?P<word>{'|'.join(reversed(_NAMED))})", _named),
    (r"(?:the )?day (?:(?P<after>after) tomorrow|before yesterday)", _beside),
    (rf"(?:(?P<which>next|this|last|coming) )?(?P<name>{_WEEKDAY})(?P<later> next week)?", _on_a_weekday),
    (rf"(?P<which>next) week,?(?: on)? (?P<name>{_WEEKDAY})(?P<later>)", _on_a_weekday),
    (rf"(?P<start>today|tomorrow|{_WEEKDAY}) (?P<unit>week|fortnight)", _a_week_on),
    (rf"(?P<start>today|tomorrow|{_WEEKDAY}) in (?P<number>{_NUMBER}) (?P<unit>weeks?)(?:['’] time)?", _ahead),
    (rf"(?:in|within) (?:the next )?(?P<number>{_NUMBER}) (?P<unit>{_UNIT})(?:['’] time)?", _ahead),
    (
        rf"(?P<number>{_NUMBER}) (?P<unit>{_UNIT})"
        rf"(?: from now| (?:(?:from|on|after) )?(?P<start>today|tomorrow|{_WEEKDAY}))",
        _ahead,
    ),
    (rf"(?:in|within) (?:the next )?(?P<number>{_NUMBER}|\d{{1,4}}(?=h))(?: hours?| hrs?|h)", _in_hours),
    (r"(?:the )?(?:calendar )?(?:week|wk|kw|cw|w)\.?(?: )?(?P<week>\d{1,2})", _of_a_week),
    (rf"(?P<number>{_NUMBER}) (?P<unit>{_UNIT}) ago", _ago),
    (r"(?P<which>next|last) (?P<unit>week|month|year)", _beyond),
    (r"(?:the )?end of (?:the |(?:(?:the )?(?P<which>this|next|last) ))?(?P<unit>week|month|year)", _end_of),
    (r"(?P<which>this) (?P<unit>week|month|year)", _end_of),
    (r"(?P<which>)(?P<unit>EOW|EOM|EOY)", _end_of),
    (rf"(?:the )?end (?:of )?(?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?", _end_of_month),
    (
        rf"(?:the )?(?P<place>{'|'.join(_PLACES)}|[1-5](?:st|nd|rd|th)) (?P<name>{_WEEKDAY}|day) {_OF_A_MONTH}",
        _by_order,
    ),
    (rf"(?P<weekday>{_WEEKDAY})\.?,? (?:the )?(?P<day>\d{{1,2}}){_NO_HOUR}", _numbered),
    (r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th) of (?:the |(?P<which>this|next) )month", _by_order),
    (
        rf"{_NAMED_DAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?!\s*(?!(?:at|around|about|before|by)\b)(?u:\w))",
        _of_the_month,
    ),
    (rf"(?P<feast>{'|'.join(sorted(_FEASTS, reverse=True)).replace(chr(39), '[' + chr(39) + '’]')})", _feast),
)
