"""The phrases that a date is read from, each with what it means, seen from a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from meetingtool.rules.days import (
    DateView,
    NoSuchDay,
    calendar_day,
    days_in,
    made,
    month_of,
    moved,
    weekday_in_words,
    weekday_of,
    without_year,
)
from meetingtool.rules.wording import DAYS_IN_FULL, MONTHS_IN_FULL

FRIDAY = 4
"""The weekday on which a week ends, as `date.weekday` counts."""

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
NUMBER = rf"(?:\d{{1,4}}|an?|{'|'.join(_SMALL)})"
UNIT = r"(?:day|week|fortnight|month|year)s?"
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
    rf"|-(?P<year3>\d{{4,5}}|\d\d)|{_GAP}(?P<year4>\d\d)\s*$)"
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


def longest(text: str, start: int, view: DateView) -> tuple[date, int] | None:
    """What the longest phrase means that begins at index `start`, and where it ends; None where there is none.

    NoSuchDay for a day that the calendar doesn't have.
    """
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


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return _SMALL.index(word.lower()) + 1 if word.lower() in _SMALL else 1


_NEAR = 62
"""Days within which every number from 1 to 31 is that of a day: no two months in a row are shorter than 31 days."""


def _numbered(match: re.Match[str], view: DateView) -> date:
    """`Thu 10`: the next 10th, or the last one, where that is a Thursday."""
    weekday, number = weekday_of(match["weekday"]), int(match["day"])
    step = timedelta(days=1 if view.prefer == "future" else -1)
    days = (moved(view.since, step * ahead) for ahead in range(_NEAR + 1))
    nearest = next((day for day in days if day.day == number), None)
    if nearest is not None and nearest.weekday() == weekday:
        return nearest
    why = " is no day" if nearest is None else f": {weekday_in_words(nearest)}"
    hour = f", or “at {number}”" if 1 <= number <= 24 else ""
    raise NoSuchDay(f"“{match[0]}”{why}; write the day with its month{hour}.")


def _iso(match: re.Match[str], view: DateView) -> date:
    return calendar_day(match, int(match["month"]), int(match["day"]), view)


def _spelled(match: re.Match[str], view: DateView) -> date:
    return calendar_day(match, month_of(match["month"]), int(match["day"]), view)


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


def _in_words(match: re.Match[str], view: DateView) -> date:
    """`the first of December`."""
    day = _ORDINALS.index("-".join(match["ordinal"].lower().split())) + 1
    return calendar_day(match, month_of(match["month"]), day, view)


def _numeric(match: re.Match[str], view: DateView) -> date:
    """24/11, 24.11.2026: dots always put the day first, and a number above 12 is never read as a month."""
    day, month = int(match["first"]), int(match["second"])
    if match["mark"] != "." and (month > 12 >= day or (day <= 12 and view.day_order == "month-first")):
        day, month = month, day
    return calendar_day(match, month, day, view)


_NAMED = {"today": 0, "tonight": 0, "eod": 0, "end of day": 0, "end of the day": 0, "tomorrow": 1, "tmrw": 1}
_NAMED |= {"tmr": 1, "yesterday": -1}


def _named(match: re.Match[str], view: DateView) -> date:
    return view.today + timedelta(days=_NAMED[" ".join(match["word"].lower().split())])


def _beside(match: re.Match[str], view: DateView) -> date:
    return view.today + timedelta(days=2 if match["after"] else -2)


def _on_a_weekday(match: re.Match[str], view: DateView) -> date:
    weekday, which = weekday_of(match["name"]), (match["which"] or "").lower()
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
    return date(year, month + 1, min(start.day, days_in(year, month + 1)))


def _ahead(match: re.Match[str], view: DateView) -> date:
    start = _phrase(match["start"], view) if match.groupdict().get("start") else view.today
    return _shifted(start, _number(match["number"]), match["unit"])


def _a_week_on(match: re.Match[str], view: DateView) -> date:
    """`tuesday week`, as it is said in Britain: the Tuesday after the coming one; `tuesday fortnight`: a week later."""
    return _phrase(match["start"], view) + timedelta(days=7 if match["unit"].lower() == "week" else 14)


def _phrase(phrase: str, view: DateView) -> date:
    found = longest(phrase, 0, view)
    assert found is not None, phrase
    return found[0]


def _in_hours(match: re.Match[str], view: DateView) -> date:
    """`in 24 hours` is tomorrow; less than a day is today."""
    return view.today + timedelta(days=_number(match["number"]) // 24)


def _of_a_week(match: re.Match[str], view: DateView) -> date:
    """`week 49`, `KW 49`: the Friday of that week, counted as ISO 8601 does."""
    week = int(match["week"])
    here = view.since.isocalendar()
    passed = week < here.week if view.prefer == "future" else week > here.week
    year = here.year + (0 if not passed else 1 if view.prefer == "future" else -1)
    if not 1 <= week <= date(year, 12, 28).isocalendar().week:
        raise NoSuchDay(f"There is no week {week} in {year}.")
    return date.fromisocalendar(year, week, 5)


def _ago(match: re.Match[str], view: DateView) -> date:
    return _shifted(view.today, -_number(match["number"]), match["unit"])


def _beyond(match: re.Match[str], view: DateView) -> date:
    """The same day of the last week, month or year."""
    return _shifted(view.today, -1, match["unit"])


def _friday_of(day: date) -> date:
    return moved(day, timedelta(days=FRIDAY - day.weekday()))


def _end_of(match: re.Match[str], view: DateView) -> date:
    """The last day of a week, month or year, also where only that is named: `next week` is over with its Friday. The
    end of a week whose Friday has passed is that of the next."""
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
    return date(start.year, month, days_in(start.year, month))


def _by_order(match: re.Match[str], view: DateView) -> date:
    """`first Monday of December`, `last day of the month`, `5th of next month`: of the nearest month in the preferred
    direction, unless it is said which."""
    groups = match.groupdict()
    which, named = (match["which"] or "").lower(), groups.get("month")
    first = view.since.replace(day=1)
    if named:
        year = int(groups["year"] or first.year)
        first = made(year, month_of(named), 1)
    if which or (named and groups["year"]):
        return _of_its_month(groups, _shifted(first, 1 if which == "next" else 0, "month"))
    found = _of_its_month(groups, first)
    step = (found < view.since) - (found > view.since)
    if step == (1 if view.prefer == "future" else -1):
        found = _of_its_month(groups, _shifted(first, step, "year" if named else "month"))
    return found


def _of_its_month(groups: dict[str, str | None], first: date) -> date:
    length = days_in(first.year, first.month)
    if day := groups.get("day"):
        return made(first.year, first.month, int(day))
    word, name = (groups["place"] or "").lower(), groups["name"] or ""
    place = int(word[0]) - 1 if word[0].isdigit() else _PLACES.index(word)
    if name.lower() == "day":
        return first.replace(day=length if word == "last" else place + 1)
    weekday = weekday_of(name)
    number = 1 + (weekday - first.weekday()) % 7
    number += (length - number) // 7 * 7 if word == "last" else 7 * place
    if number > length:
        month = f"{MONTHS_IN_FULL[first.month - 1]} {first.year}"
        raise NoSuchDay(f"There is no {word} {DAYS_IN_FULL[weekday]} in {month}.")
    return first.replace(day=number)


def _end_of_month(match: re.Match[str], view: DateView) -> date:
    month = month_of(match["month"])
    if match["year"]:
        year = int(match["year"])
    else:
        passed = month < view.since.month if view.prefer == "future" else month > view.since.month
        year = view.since.year + (0 if not passed else 1 if view.prefer == "future" else -1)
    return made(year, month, days_in(max(year, 1), month))


def _of_the_month(match: re.Match[str], view: DateView) -> date:
    """`the 5th`: of this month, or of the nearest one in the preferred direction that has such a day."""
    if match["weekday"]:
        return _numbered(match, view)
    day, step = int(match["day"]), 1 if view.prefer == "future" else -1
    start = view.today.replace(day=1)
    if (day - view.today.day) * step < 0:
        start = _shifted(start, step, "month")
    if 1 <= day <= 31 and day > days_in(start.year, start.month):
        start = _shifted(start, step, "month")
    return made(start.year, start.month, day)


_FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "xmas": (12, 25),
    "christmas eve": (12, 24),
    "xmas eve": (12, 24),
}
_FEASTS |= {"boxing day": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31), "new year": (1, 1)}
_FEASTS |= {"new year's": (1, 1), "new year's day": (1, 1), "new years day": (1, 1)}


def _feast(match: re.Match[str], view: DateView) -> date:
    month, day = _FEASTS[" ".join(match["feast"].lower().replace("’", "'").split())]
    return without_year(month, day, view)


_Reading = Callable[[re.Match[str], DateView], date]
_READINGS: tuple[tuple[str, _Reading], ...] = (
    (r"(?P<year>\d{4,5})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})", _iso),
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
        rf"{_NAMED_DAY}(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4,5}}|\d\d)",
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
    (rf"(?P<start>today|tomorrow|{_WEEKDAY}) in (?P<number>{NUMBER}) (?P<unit>weeks?)(?:['’] time)?", _ahead),
    (rf"(?:in|within) (?:the next )?(?P<number>{NUMBER}) (?P<unit>{UNIT})(?:['’] time)?", _ahead),
    (
        rf"(?P<number>{NUMBER}) (?P<unit>{UNIT})"
        rf"(?: from now| (?:(?:from|on|after) )?(?P<start>today|tomorrow|{_WEEKDAY}))",
        _ahead,
    ),
    (rf"(?:in|within) (?:the next )?(?P<number>{NUMBER}|\d{{1,4}}(?=h))(?: hours?| hrs?|h)", _in_hours),
    (r"(?:the )?(?:calendar )?(?:week|wk|kw|cw|w)\.?(?: )?(?P<week>\d{1,2})", _of_a_week),
    (rf"(?P<number>{NUMBER}) (?P<unit>{UNIT}) ago", _ago),
    (r"last (?P<unit>week|month|year)", _beyond),
    (r"(?:the )?end of (?:the |(?:(?:the )?(?P<which>this|next|last) ))?(?P<unit>week|month|year)", _end_of),
    (r"(?P<which>this|next) (?P<unit>week|month|year)", _end_of),
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
