"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

from meetingtool.errors import Unclear
from meetingtool.rules.date_phrases import NUMBER, UNIT, longest
from meetingtool.rules.days import EXAMPLES, DateView, DayOrder, Prefer
from meetingtool.rules.wording import MONTHS, shortened

LONG_AGO = timedelta(days=190)
"""From when on a day of last year without its year may be meant as one to come."""


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
    of next week (weeks start on Monday), `last tue` the latest Tuesday before today. `this` or `next` week, month or
    year is its last day, and a week ends on its Friday: said on a weekend, `EOW` and `next week` are the coming one,
    and of `this week` it is not known which one is meant. `thu 10` is the next 10th, if that is a Thursday.
    day_order: what 3/4 means where both readings are possible. Years of two digits lie between 79 years ago
    and 20 years ahead. since: as for `Dates`.
    """
    words = " ".join(text.split())
    if not words:
        raise Unclear("A date is needed.", EXAMPLES)
    if re.fullmatch(r"\d{1,2}\.\d{1,2}", words):
        words += "."
    elif re.fullmatch(rf"{NUMBER} {UNIT}", words, re.IGNORECASE):
        words = f"in {words}"
    found = longest(words, 0, DateView(today, prefer, day_order, since or today))
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
        return longest(text, start, DateView(self.today, "future", self.day_order, self.since or self.today))
