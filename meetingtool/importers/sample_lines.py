"""The lines of the sample's files: their cells as values, and their dates moved to end just before today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import TypeVar

from meetingtool.errors import Refused
from meetingtool.importers.tabular import read_file

Value = TypeVar("Value")


class ShiftedDates:
    """Moves the dates of the files by whole weeks, so that the last meeting was held 1 to 7 days before today.

    What was written after the last meeting would lie in the future on some days of the week; it is moved back to
    yesterday, but not before that meeting. Due dates may lie in the future.
    """

    def __init__(self, last_meeting: date, today: date) -> None:
        self.shift = timedelta(weeks=((today - last_meeting).days - 1) // 7)
        self.last_meeting = last_meeting + self.shift
        self.newest = max(self.last_meeting, today - timedelta(days=1))

    def moved(self, day: date) -> date:
        """A day that may lie in the future."""
        return day + self.shift

    def past(self, day: date) -> date:
        """A day on which something has happened."""
        return min(day + self.shift, self.newest)


class SampleLine:
    """One line of a file, read cell by cell; what does not fit is refused with the file and the line."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self.file, self.line, self.cells = file, line, cells

    def refused(self, text: str) -> Refused:
        """What is wrong with the line."""
        return Refused(f"{self.file}, line {self.line}: {text}", "Correct the line; the sample stays as it was.")

    def _read(self, column: str, read: Callable[[str], Value], expected: str) -> Value:
        try:
            return read(self.cells[column])
        except ValueError:
            raise self.refused(f"“{column}” should be {expected}.") from None

    def text(self, column: str) -> str:
        """A cell as it is."""
        return self.cells[column]

    def number(self, column: str, least: int = 0, most: int = 100_000) -> int:
        """A whole number between two ends."""
        value = self._read(column, int, "a whole number")
        if not least <= value <= most:
            raise self.refused(f"“{column}” should lie between {least} and {most}.")
        return value

    def numbers(self, column: str, known: Collection[int]) -> tuple[int, ...]:
        """Whole numbers, all of which must be known."""
        values = self._read(column, lambda cell: tuple(int(word) for word in cell.split()), "whole numbers")
        if not set(values) <= set(known):
            raise self.refused(f"“{column}” holds a number that does not belong there.")
        return values

    def decimal(self, column: str) -> float:
        """A number; 0 for an empty cell."""
        return self._read(column, lambda cell: float(cell or 0), "a number")

    def day(self, column: str) -> date:
        """A date."""
        return self._read(column, date.fromisoformat, "a date such as 2026-11-24")

    def perhaps_day(self, column: str) -> date | None:
        """A date, or None for an empty cell."""
        return self.day(column) if self.cells[column] else None

    def clock(self, column: str) -> time:
        """A time of day."""
        return self._read(column, time.fromisoformat, "a time such as 09:30")

    def handle(self, column: str, known: Collection[str]) -> str:
        """One person of the team."""
        handles = self.handles(column, known)
        if len(handles) != 1:
            raise self.refused(f"“{column}” should name one person.")
        return handles[0]

    def handles(self, column: str, known: Collection[str]) -> tuple[str, ...]:
        """People of the team."""
        handles = tuple(self.cells[column].split())
        if not set(handles) <= set(known):
            raise self.refused(f"“{column}” names somebody who is not in team.csv.")
        return handles


def lines(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[SampleLine]:
    """The lines of one of the files. Refused where it has not all of these columns."""
    sheet = read_file(folder / f"{name}.csv")
    missing = [column for column in columns if column not in sheet.header]
    if missing:
        raise Refused(f"{name}.csv has no column “{missing[0]}”.", f"It needs {', '.join(columns)}.")
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        yield SampleLine(f"{name}.csv", line, dict(zip(sheet.header, row, strict=True)))
