"""From a table to the people in it, whatever HR system wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from meetingtool.errors import Refused
from meetingtool.importers.columns import Columns, columns_there_are, find_columns
from meetingtool.importers.date_columns import DateColumn, DayOrder, in_order, is_nothing, read_dates
from meetingtool.importers.duplicates import once_each
from meetingtool.importers.names import has_controls, has_letters, tamed, turned, without_nickname
from meetingtool.importers.roster import (
    LONGEST_EMAIL,
    LONGEST_HANDLE,
    LONGEST_NAME,
    LONGEST_NICKNAME,
    LONGEST_NUMBER,
    LONGEST_ROLE,
    RosterDraft,
    RosterRow,
    Skipped,
)
from meetingtool.importers.roster_fields import GONE_WORDS, HERE_WORDS, NO_WORDS, ROSTER_FIELDS, YES_MEANS_HERE
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import HANDLE, first_name
from meetingtool.rules.wording import count

if TYPE_CHECKING:
    from meetingtool.importers.tabular import Sheet

_NO_NAME = frozenset({"n/a", "#n/a", "null", "nan", "tbd", "unknown", "vacant"})
_EMAIL = re.compile(r"[^@\s<>:]+@[^@\s<>]+")
_NAMELESS = "no name; left out."
_GONE_UNDATED = "the status says that this person has left, but there is no leaving date; left out."


def draft_of(sheet: Sheet, today: date, day_order: DayOrder | None, chosen: Mapping[str, str]) -> RosterDraft:
    """What `read_roster` gives."""
    found = _name_columns(find_columns(sheet.header, ROSTER_FIELDS, chosen), sheet)
    if not ({"name", "first", "last"} & found.where.keys()):
        raise Refused("No column looks as if it held names.", _which_column(sheet.header))
    if not sheet.rows:
        raise Refused("The table has column names, but nobody in it.", "See that it is the right file.")
    return _Reading(sheet, _without_counter(found, sheet), today, day_order).draft()


def _which_column(header: Sequence[str]) -> str:
    return (
        f"The columns are {columns_there_are(header)}. Say which one holds the names, "
        'such as --column name="Column title", or put a line with column names on top.'
    )


def _name_columns(found: Columns, sheet: Sheet) -> Columns:
    """One way to the name: a column of full names, or one of first and one of last names.

    "Name" beside "First name" is the last name, and beside "Surname" the first, unless its cells hold the other too.
    What a person chose stands before what was guessed.
    """
    if "name" not in found:
        return found
    others = [key for key in ("first", "last") if key in found]
    if "name" not in found.chosen:
        if any(key in found.chosen for key in others):
            return found.without("name")
        if len(others) == 1 and not _holds(found, sheet, others[0]):
            return found.renamed("name", "last" if others == ["first"] else "first")
    return found.without("first", "middle", "last")


def _holds(found: Columns, sheet: Sheet, part: str) -> bool:
    """Whether most of the names hold the part of the name that another column gives."""
    pairs = [(fold(found.cell(row, part)), fold(found.cell(row, "name"))) for row in sheet.rows]
    held = [part in name for part, name in pairs if part and name]
    return 2 * sum(held) > len(held)


def _without_counter(found: Columns, sheet: Sheet) -> Columns:
    """Without a guessed number column that only counts the rows: the next export would number people anew."""
    if "number" not in found or "number" in found.chosen:
        return found
    cells = [found.cell(row, "number") for row in sheet.rows]
    counts = any(cells == [str(number + first) for number in range(len(cells))] for first in (0, 1))
    return found.without("number") if counts else found


class _Reading:
    """One pass over a table; gathers remarks with their lines, so that each is said once for all its lines."""

    def __init__(self, sheet: Sheet, columns: Columns, today: date, day_order: DayOrder | None) -> None:
        self.sheet, self.columns, self.today, self.day_order = sheet, columns, today, day_order
        self.notes: list[str] = list(sheet.notes)
        self.remarks: dict[str, list[int]] = {}
        self.skipped: list[Skipped] = []
        self.turned = 0
        self.handles: set[str] = set()
        self.status_asks = columns.is_named("status", YES_MEANS_HERE)

    def draft(self) -> RosterDraft:
        started, left = self._dates()
        read = [
            self._row(line, cells, start, leave)
            for line, cells, start, leave in zip(self.sheet.lines, self.sheet.rows, started, left, strict=True)
        ]
        rows = [row for row in read if row is not None]
        if not rows and all(skipped.why == _NAMELESS for skipped in self.skipped):
            named = " or ".join(self.columns.name(key) for key in ("name", "first", "last") if key in self.columns)
            raise Refused(f"No {self.sheet.unit} has a name in {named}.", _which_column(self.columns.header))
        once = once_each(rows, self.sheet.unit)
        for skipped in once.skipped:
            self._skip(skipped.line, skipped.why)
        for line, remark in once.remarks:
            self._remark(remark, line)
        return RosterDraft(
            rows=once.rows,
            notes=(*self.notes, *self._told()),
            mapping=self.columns.mapped,
            unused=self.columns.unused,
            mapping_in_words=self.columns.in_words,
            skipped=tuple(sorted(self.skipped, key=lambda skipped: skipped.line)),
        )

    def _remark(self, text: str, line: int) -> None:
        self.remarks.setdefault(text, []).append(line)

    def _skip(self, line: int, why: str) -> None:
        self.skipped.append(Skipped(line, why))
        self._remark(why, line)

    def _told(self) -> list[str]:
        told = [f"{self.sheet.places(lines).capitalize()}: {text}" for text, lines in self.remarks.items()]
        if self.turned:
            were = "was" if self.turned == 1 else "were"
            told.insert(0, f"{count(self.turned, 'name')} written “Last, First” {were} turned round.")
        return told

    def _dates(self) -> tuple[Sequence[date | None], Sequence[date | None]]:
        """The dates of both columns; the one that does not show its order takes it from the other."""
        otherwise: DayOrder = self.day_order or "day-first"
        cells = {key: [self.columns.cell(row, key) for row in self.sheet.rows] for key in ("started", "left")}
        read = {key: read_dates(cells[key], self.today, otherwise=otherwise, ends=key == "left") for key in cells}
        for key, other in (("started", "left"), ("left", "started")):
            shown = read[other].order if read[other].certain else None
            if not read[key].certain and shown:
                column = read_dates(cells[key], self.today, otherwise=shown, ends=key == "left")
                read[key] = column
        for key, spoken in (("started", "start date"), ("left", "leaving date")):
            if key in self.columns:
                shown_elsewhere = any(column.certain and column.order for column in read.values())
                self._tell_dates(key, spoken, cells[key], read[key], read[key].certain or shown_elsewhere)
        return read["started"].dates, read["left"].dates

    def _tell_dates(self, key: str, spoken: str, cells: Sequence[str], column: DateColumn, sure: bool) -> None:
        lines, name = self.sheet.lines, self.columns.name(key)
        self.notes.extend(in_order(name, cells, column, sure))
        for index in column.both:
            self._remark(f"the {spoken} is written the other way round than elsewhere, and was read so.", lines[index])
        for index in column.part:
            taken = "last" if key == "left" else "first"
            self._remark(f"the {spoken} has no day; the {taken} day of the month or year was taken.", lines[index])
        for index in column.unread:
            self._remark(f"the {spoken} can't be read; imported without it.", lines[index])

    def _row(self, line: int, cells: Sequence[str], started: date | None, left: date | None) -> RosterRow | None:
        name = self._name(line, cells)
        if not has_letters(name):
            self._skip(line, _NAMELESS)
            return None
        gone = self._gone(cells)
        if started and left and left < started:
            started, left = (None, left) if gone else (started, None)
            kept = "start" if started is None else "leaving"
            self._remark(f"the leaving date lies before the start date; imported without the {kept} date.", line)
        if gone and left is None:
            self._skip(line, _GONE_UNDATED)
            return None
        if gone is False and left and left < self.today:
            self._remark("the status says still here, but the leaving date has passed; the date counts.", line)
        name, nickname = without_nickname(name)
        return RosterRow(
            line=line,
            name=name,
            nicknames=self._nicknames(cells, name, nickname),
            handle=self._handle(line, cells),
            role=self._text(cells, "role", LONGEST_ROLE) or self._text(cells, "department", LONGEST_ROLE),
            email=self._email(line, cells),
            number=re.sub(r"^(\d+)\.0$", r"\1", self._text(cells, "number", LONGEST_NUMBER)),
            started=started,
            left=left,
        )

    def _text(self, cells: Sequence[str], key: str, most: int) -> str:
        cell = self.columns.cell(cells, key)
        return "" if is_nothing(cell) else tamed(cell, most)

    def _name(self, line: int, cells: Sequence[str]) -> str:
        keys = ("name",) if "name" in self.columns else ("first", "middle", "last")
        parts = [self.columns.cell(cells, key) for key in keys]
        typed = " ".join(" ".join(part for part in parts if fold(part) not in _NO_NAME).split())
        name = tamed(typed, LONGEST_NAME)
        if has_controls(typed):
            self._remark("control characters were removed from the name.", line)
        if len(typed) > LONGEST_NAME:
            self._remark(f"the name is longer than {LONGEST_NAME} letters; it is cut.", line)
        if name.startswith(("=", "+", "-", "@")) and has_letters(name):
            self._remark("the name begins like a formula; it is kept as plain text.", line)
        if "name" not in self.columns or "," not in name:
            return name
        round_ = turned(name)
        self.turned += first_name(round_) != first_name(name).rstrip(",")
        return round_

    def _nicknames(self, cells: Sequence[str], name: str, nickname: str) -> tuple[str, ...]:
        """Those in the column of nicknames and the one in the name, but not what the person is called anyway."""
        column = self.columns.cell(cells, "nicknames")
        given = [] if is_nothing(column) else re.split(r"[,;/|\n]", column)
        seen = {"", fold(name), fold(first_name(name))}
        found = []
        for word in (tamed(part, LONGEST_NICKNAME) for part in (nickname, *given)):
            if fold(word) not in seen:
                seen.add(fold(word))
                found.append(word)
        return tuple(found)

    def _handle(self, line: int, cells: Sequence[str]) -> str:
        typed = self.columns.cell(cells, "handle")
        if is_nothing(typed):
            return ""
        handle = fold(typed.removeprefix("@"))
        if not HANDLE.fullmatch(handle) or len(handle) > LONGEST_HANDLE:
            self._remark("the handle is not made of letters and digits; the name gives another.", line)
            return ""
        if handle in self.handles:
            self._remark("the handle is somebody else's already; the name gives another.", line)
            return ""
        self.handles.add(handle)
        return handle

    def _email(self, line: int, cells: Sequence[str]) -> str:
        typed = self._text(cells, "email", LONGEST_EMAIL)
        match = _EMAIL.search(typed)
        if typed and not match:
            self._remark("the e-mail address is none; imported without it.", line)
        return match[0] if match else ""

    def _gone(self, cells: Sequence[str]) -> bool | None:
        """Whether the status says that the person has left; None where it says neither."""
        status = fold(self.columns.cell(cells, "status"))
        words = set(re.findall(r"\w+", status))
        if words & GONE_WORDS or "no longer" in status or (self.status_asks and words & NO_WORDS):
            return True
        if words & HERE_WORDS:
            return "not" in words
        return None
