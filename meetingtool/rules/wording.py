"""How dates, ages, counts, names and hostile text are put for people to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from meetingtool.records.money import Money, minor_digits

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAYS_IN_FULL = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_IN_FULL = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # fmt: skip


TOLD_PARTS = (
    ("happened", "What happened"),
    ("handled", "How it was handled"),
    ("learned", "What we learned"),
    ("ended", "How it ended"),
)
"""What can be said about a sticky situation beyond its line, in the order in which it is told."""


def day(when: date, today: date) -> str:
    """`Tue 24 Nov`, with the year where it is not today's: `Tue 25 Nov 2025`."""
    year = "" if when.year == today.year else f" {when.year}"
    return f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}{year}"


def day_in_full(when: date) -> str:
    """`Tuesday 24 November 2026`."""
    return f"{DAYS_IN_FULL[when.weekday()]} {when.day} {MONTHS_IN_FULL[when.month - 1]} {when.year}"


def clock(moment: datetime) -> str:
    """`09:03`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def moment(when: datetime, today: date) -> str:
    """`Tue 24 Nov, 09:03`."""
    return f"{day(when.date(), today)}, {clock(when)}"


def month(when: date) -> str:
    """`November 2026`."""
    return f"{MONTHS_IN_FULL[when.month - 1]} {when.year}"


def count(number: int, one: str, many: str = "") -> str:
    """`1 story`, `2 stories`: `many` is needed where the plural is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def span(days: int) -> str:
    """A length of time in the unit a person would use: `5 days`, `3 weeks`, `4 months`, `2 years`."""
    days = abs(days)
    if days < 14:
        return count(days, "day")
    if days < 70:
        return count(days // 7, "week")
    if days < 700:
        return count(round(days / 30.44), "month")
    return count(round(days / 365.25), "year")


def due(when: date | None, today: date) -> str:
    """When something is due, seen from today: `2 days over`, `today`, `Friday`, `Tue 24 Nov`."""
    if when is None:
        return "no date"
    days = (when - today).days
    if days < 0:
        return f"{span(days)} over"
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    return DAYS_IN_FULL[when.weekday()] if days < 7 else day(when, today)


def ago(when: date, today: date) -> str:
    """How long ago: `today`, `yesterday`, `5 weeks ago`; a day to come: `in 3 days`."""
    days = (today - when).days
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days == -1:
        return "tomorrow"
    return f"{span(days)} ago" if days > 0 else f"in {span(days)}"


def listed(words: Sequence[str]) -> str:
    """`Maria`, `Maria and Tom`, `Maria, Tom and Zoe`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def minutes(seconds: int) -> str:
    """`7:42`; beyond the hour `1:07:42`; below zero `-0:12`."""
    sign = "-" if seconds < 0 else ""
    whole = abs(int(seconds))
    hours, rest = divmod(whole, 3600)
    if hours:
        return f"{sign}{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{sign}{rest // 60}:{rest % 60:02}"


_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """`text` as it may be shown on a screen: control characters and direction marks are made visible.

    Newlines stay. A control becomes its picture (`␛`), a direction mark its code (`<U+202E>`), a lone
    surrogate the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n")
    return "".join(letter if letter == "\n" or letter.isprintable() else _picture(letter) for letter in lines)


def _picture(letter: str) -> str:
    code = ord(letter)
    if letter in _DIRECTIONS:
        return f"<U+{code:04X}>"
    if letter == "\t":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    category = unicodedata.category(letter)
    if category == "Cf" and code in (0x200C, 0x200D, 0xAD):
        return letter
    if category in ("Zs", "Co", "Cn"):
        return " " if category == "Zs" else letter
    return f"<U+{code:04X}>"


_BULLET = r"^\s*(?:[-*•–·]|\d{1,3}[.)])\s+"


def without_bullet(line: str) -> str:
    """A line of a list without the sign or the number in front of it."""
    return re.sub(_BULLET, "", line)


def one_line(text: str) -> str:
    """`text` made visible, on one line with single blanks."""
    return " ".join(visible(text).split())


def shortened(text: str, width: int) -> str:
    """`one_line(text)` cut at a word to at most `width` letters, with `…` where something is left out."""
    line = one_line(text)
    if len(line) <= width:
        return line
    head = line[: max(width - 1, 0)]
    cut = head.rfind(" ")
    return f"{(head[:cut] if cut > width // 2 else head).rstrip(' ,;:')}…"


_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥"}


def money(sum_: Money) -> str:
    """`£25.00`, `¥300`, `CHF 12.50`."""
    digits = minor_digits(sum_.currency)
    amount = f"{sum_.minor / 10**digits:,.{digits}f}"
    symbol = _SYMBOLS.get(sum_.currency)
    return f"{symbol}{amount}" if symbol else f"{sum_.currency} {amount}"


_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that nobody can see: the fillers of Hangul and the empty pattern of Braille."""


def says_something(text: str) -> bool:
    """Whether a text has a letter, a digit or a picture in it that can be seen; blanks, dots and invisible letters say
    nothing."""
    return any(unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) == "So" for letter in text
               if letter not in _UNSEEN)  # fmt: skip


def storable(text: str) -> str:
    """`text` as it can be kept as UTF-8: a lone surrogate becomes the replacement character."""
    if text.isascii():
        return text
    return "".join("\ufffd" if 0xD800 <= ord(letter) < 0xE000 else letter for letter in text)
