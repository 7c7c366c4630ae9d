"""Columns of dates, written one way or the other, but mostly the same way throughout a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from meetingtool.rules.folding import fold
from meetingtool.rules.people.periods import months_after
from meetingtool.rules.wording import MONTHS_IN_FULL, count, one_line

DayOrder = Literal["day-first", "month-first"]

_CLOCK = re.compile(
    r"(?:[t,]|\s)\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+")
_SIGN = r"\s*[-/.,\s·]\s*"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_NUMBERS = re.compile(rf"(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{2}}|\d{{4}})\.?")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{1,2}})")
_RUN = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DAY_NAME_YEAR = re.compile(
    rf"{_DAY}(?:{_SIGN}|\s*)(?:(?:of|de)\s+)?([a-z]{{3,10}})(?:{_SIGN}|\s*)(?:de\s+)?(\d{{2}}|\d{{4}})"
)
_NAME_DAY_YEAR = re.compile(rf"([a-z]{{3,10}}){_SIGN}{_DAY}{_SIGN}(\d{{2}}|\d{{4}})")
_YEAR_NAME_DAY = re.compile(rf"(\d{{4}}){_SIGN}([a-z]{{3,10}}){_SIGN}{_DAY}")
_NAME_YEAR = re.compile(rf"([a-z]{{3,10}}){_SIGN}(\d{{4}})")
_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SIGN}(\d{{4}})")
_YEAR_MONTH = re.compile(rf"(\d{{4}}){_SIGN}(\d{{1,2}})")
_YEAR = re.compile(r"((?:19|20)\d{2})")
_SPREADSHEET_DAY = re.compile(r"([2-6]\d{4})(?:\.\d+)?")
_REAL_DATE = re.compile(r"\d{4}-\d{2}-(\d{2})")
_POINTED = re.compile(r"\d\.\s*\d{1,2}\.\s*\d")
_FOREVER = re.compile(r"\b(?:9999|4712)\b|\b(?:9999|4712)\d{4}\b")
"""The year that means "no end" in SAP and in Oracle."""
_MONTHS = tuple(
    names.split()
    for names in (
        "january januar janvier enero gennaio janeiro januari",
        "february februar fevrier febrero febbraio fevereiro februari",
        "march marz maerz mars marzo marco maart",
        "april avril abril aprile",
        "may mai mayo maggio maio mei",
        "june juni juin junio giugno junho",
        "july juli juillet julio luglio julho",
        "august aout agosto augustus",
        "september septembre septiembre settembre setembro",
        "october oktober octobre octubre ottobre outubro",
        "november novembre noviembre novembro",
        "december dezember decembre diciembre dicembre dezembro",
    )
)
"""Names of months in English, German, French, Spanish, Italian, Portuguese and Dutch, folded."""
_SPREADSHEET_EPOCH = date(1899, 12, 30)

_NOTHING = frozenset(
    {
        *("-", "--", "–", "—", ".", "?", "0", "n/a", "#n/a", "na", "none", "null", "nil", "nan", "nat", "tbd"),
        *("unknown", "current", "present", "never", "still", "active", "today"),
    }
)


class DateColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column as dates; None is a blank cell or one that can't be read.

    unread: indexes of cells that can't be read. part: indexes of those that name only a month or a year.
    order: how `3/4/2021` was read; None where no cell left a doubt. certain: the column itself showed it.
    tie: as many cells show one order as the other. both: indexes of cells against the order of the column. doubtful:
    indexes of those that `order` decided.
    """

    dates: tuple[date | None, ...]
    unread: tuple[int, ...] = ()
    part: tuple[int, ...] = ()
    order: DayOrder | None = None
    certain: bool = True
    tie: bool = False
    both: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()


class _Numbers(msgspec.Struct, frozen=True):
    """A date such as `3/4/2021`, before it is known which of the first two numbers is the day."""

    first: int
    second: int
    year: int

    def read(self, order: DayOrder) -> date | None:
        day, month = (self.first, self.second) if order == "day-first" else (self.second, self.first)
        return _made(self.year, month, day)

    def only(self) -> DayOrder | None:
        """The only order in which this is a date; None where both give one, or neither does."""
        day_first, month_first = self.read("day-first"), self.read("month-first")
        if (day_first is None) == (month_first is None):
            return None
        return "day-first" if day_first else "month-first"


def is_nothing(cell: str) -> bool:
    """Whether a cell is blank, or says in a word that there is nothing to say: `n/a`, `-`, `unknown`."""
    return not cell.strip() or fold(cell.strip()) in _NOTHING


def read_dates(
    cells: Sequence[str],
    today: date,
    *,
    said: DayOrder | None = None,
    otherwise: DayOrder = "day-first",
    ends: bool = False,
) -> DateColumn:
    """The dates in a column. Numbers such as `3/4/2021` are read in the order that the whole column shows.

    said: the order for a column that does not show it, as a person gave it for this file; else `3.4.2021` has the day
    first, as it is written where full stops are used, and others are read as `otherwise`.
    ends: a month or year alone means its last day, not its first. Two-digit years lie from 79 years before today's to
    20 years after it.
    """
    read = [None if says_no_day(cell) else _cell(cell, today, ends) for cell in cells]
    numbers = {index: cell for index, cell in enumerate(read) if isinstance(cell, _Numbers)}
    shown = {index: only for index, cell in numbers.items() if (only := cell.only())}
    day_first = sum(1 for only in shown.values() if only == "day-first")
    month_first = len(shown) - day_first
    pointed = bool(numbers) and all(_POINTED.search(cells[index]) for index in numbers)
    order: DayOrder = said or ("day-first" if pointed else otherwise)
    if day_first != month_first:
        order = "day-first" if day_first > month_first else "month-first"
    dates = [_resolved(cell, order) for cell in read]
    open_ = [i for i, cell in numbers.items() if i not in shown and cell.first != cell.second and dates[i]]
    return DateColumn(
        dates=tuple(dates),
        unread=tuple(i for i, found in enumerate(dates) if found is None and not says_no_day(cells[i])),
        part=tuple(i for i, cell in enumerate(read) if isinstance(cell, tuple)),
        order=order if shown or open_ else None,
        certain=(bool(shown) and day_first != month_first) or not open_ or (pointed and not shown),
        tie=bool(shown) and day_first == month_first,
        both=tuple(i for i, only in shown.items() if only != order),
        doubtful=tuple(open_),
    )


def in_order(
    name: str, cells: Sequence[str], column: DateColumn, sure: bool, *, spreadsheet: bool = False
) -> list[str]:
    """What to say about how the dates of the column called `name` were read; empty where no cell left a doubt. sure:
    the order was seen somewhere, if not in this column, or was given. spreadsheet: whether dates such as `2021-04-03`
    come from cells that hold real dates.
    """
    told = _half_converted(name, cells) if spreadsheet else []
    if not column.doubtful:
        return told
    index = column.doubtful[0]
    found = column.dates[index]
    example = f"{one_line(cells[index])} is {found.day} {MONTHS_IN_FULL[found.month - 1]} {found.year}" if found else ""
    order = "with the day first" if column.order == "day-first" else "with the month first"
    if sure:
        return [f"{name} is written {order}: {example}.", *told]
    other = "month-first" if column.order == "day-first" else "day-first"
    shows = (
        "holds both orders of day and month" if column.tie else "does not show whether the day or the month comes first"
    )
    wrong = "" if column.tie else f" If that is wrong, say so with --day-order {other}."
    return [f"{name} {shows}; it was read {order}: {example}.{wrong}", *told]


def _half_converted(name: str, cells: Sequence[str]) -> list[str]:
    """A warning if there are real dates beside text: that is what is left of dates written in another order than that
    of the program that read them first, which read 3/4/2021 as a date of its own and left 25/4/2021 as it was.
    """
    real = [match for cell in cells if (match := _REAL_DATE.fullmatch(cell.strip()))]
    texts = [cell for cell in cells if _NUMBERS.fullmatch(cell.strip())]
    if not real or not texts:
        return []
    swapped = all(int(match[1]) <= 12 for match in real)
    looks = "so the real ones may have day and month swapped" if swapped else "so see that the real ones are right"
    return [
        f"{name} holds {count(len(real), 'real date')} and {count(len(texts), 'date')} as text, such as "
        f"{one_line(texts[0])}: it was partly converted, {looks}."
    ]


def says_no_day(cell: str) -> bool:
    return is_nothing(cell) or _FOREVER.search(cell) is not None


def _resolved(cell: date | tuple[date] | _Numbers | None, order: DayOrder) -> date | None:
    if isinstance(cell, _Numbers):
        return cell.read(cell.only() or order)
    return cell[0] if isinstance(cell, tuple) else cell


def _cell(cell: str, today: date, ends: bool) -> date | tuple[date] | _Numbers | None:
    """What one cell says: a date, one made of a part (in a tuple), numbers yet to be ordered, or nothing."""
    text = _WEEKDAY.sub("", _CLOCK.sub("", " ".join(fold(cell).split())))
    if match := _NUMBERS.fullmatch(text):
        return _Numbers(int(match[1]), int(match[2]), _year(match[3], today))
    if match := _YEAR_FIRST.fullmatch(text) or _RUN.fullmatch(text):
        return _made(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_NAME_YEAR.fullmatch(text):
        return _made(_year(match[3], today), _month(match[2]), int(match[1]))
    if match := _NAME_DAY_YEAR.fullmatch(text):
        return _made(_year(match[3], today), _month(match[1]), int(match[2]))
    if match := _YEAR_NAME_DAY.fullmatch(text):
        return _made(int(match[1]), _month(match[2]), int(match[3]))
    if match := _SPREADSHEET_DAY.fullmatch(text):
        return _SPREADSHEET_EPOCH + timedelta(days=int(match[1]))
    return _part(text, ends)


def _part(text: str, ends: bool) -> tuple[date] | None:
    month = 12 if ends else 1
    if match := _NAME_YEAR.fullmatch(text):
        year, month = int(match[2]), _month(match[1])
    elif match := _MONTH_YEAR.fullmatch(text):
        year, month = int(match[2]), int(match[1])
    elif match := _YEAR_MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
    elif match := _YEAR.fullmatch(text):
        year = int(match[1])
    else:
        return None
    first = _made(year, month, 1)
    if first is None:
        return None
    return (months_after(first, 1) - timedelta(days=1) if ends else first,)


def _made(year: int, month: int, day: int) -> date | None:
    if not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    newest = today.year + 20
    return newest - (newest - int(digits)) % 100


def _month(word: str) -> int:
    """The number of a month from its name or three or more of its first letters; 0 for another word."""
    found = {number for number, names in enumerate(_MONTHS, start=1) if any(name.startswith(word) for name in names)}
    return found.pop() if len(found) == 1 else 0
