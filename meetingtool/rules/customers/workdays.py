"""Working days: the weekdays of the team without the holidays that were typed."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from meetingtool.records.team import ServiceRule
from meetingtool.rules.days import moved

DAY = timedelta(days=1)


class Calendar(msgspec.Struct, frozen=True):
    """The days on which the team works. yearly: month and day of holidays that come each year."""

    workdays: frozenset[int]
    holidays: frozenset[date]
    yearly: frozenset[tuple[int, int]]

    def works(self, day: date) -> bool:
        """Whether the team works on a day."""
        off = day in self.holidays or (day.month, day.day) in self.yearly
        return day.weekday() in self.workdays and not off

    def after(self, day: date, number: int) -> date:
        """The working day that comes this many working days after a day; with 0 the day itself, or the next working
        day.
        """
        found = self.on_or_after(day) if number == 0 else day
        for _ in range(number):
            found = self.on_or_after(moved(found, DAY))
        return found

    def between(self, day: date, until: date) -> int:
        """How many working days have passed after a day, up to and including another one."""
        return sum(self.works(day + number * DAY) for number in range(1, (until - day).days + 1))

    def on_or_after(self, day: date) -> date:
        """The first working day from a day on; the day itself if there is none within a year."""
        found = day
        for _ in range(366):
            if self.works(found):
                return found
            found = moved(found, DAY)
        return day


def calendar_of(rule: ServiceRule) -> Calendar:
    """The team's calendar."""
    days = [holiday for holiday in rule.holidays if len(holiday) > len("12-25")]
    yearly = [holiday.split("-") for holiday in rule.holidays if len(holiday) == len("12-25")]
    return Calendar(
        frozenset(rule.workdays),
        frozenset(map(date.fromisoformat, days)),
        frozenset((int(month), int(day)) for month, day in yearly),
    )
