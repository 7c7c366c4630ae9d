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
from meetingtool.importers.left_open import ENCODINGS, LeftOpen
from meetingtool.importers.name_order import name_case, name_order, turned
from meetingtool.importers.names import email_in, has_controls, has_letters, tamed, without_asides, without_nickname
from meetingtool.importers.nobody import A_TOTAL, NAMELESS, is_no_word, is_phrase, may_be_called, why_nobody
from meetingtool.importers.roster_columns import roster_columns
from meetingtool.importers.roster_fields import (
    ROSTER_FIELDS,
    SPANISH_STATUS,
    SURNAMES_FIRST,
    YES_MEANS_GONE,
    YES_MEANS_HERE,
)
from meetingtool.importers.roster_rows import (
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
from meetingtool.importers.shifted import check_shifted
from meetingtool.importers.standing import Standing, answer_of, says_gone, standing_of, together
from meetingtool.importers.unread_leavers import check_leavers
from meetingtool.importers.wrong_letters import check_letters
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import first_name, spoken, surname
from meetingtool.rules.roster import HANDLE
from meetingtool.rules.wording import count, listed, shortened

if TYPE_CHECKING:
    from meetingtool.importers.tabular import Sheet

_PARTS = ("first", "middle", "addition", "prefix", "last", "last2", "suffix")
"""The parts of a name with a column each, as people say them."""
_GONE_UNDATED = "the status says that this person has left, but there is no leaving date; left out."


def read_roster(
    sheet: Sheet,
    today: date,
    day_order: DayOrder | None = None,
    columns: Mapping[str, str] | None = None,
    usual: DayOrder = "day-first",
) -> RosterDraft:
    """The people in a table.

    day_order: how to read dates such as 3/4/2021 where no column shows it, as a person gave it for this file; None
    means as the team usually writes them, which is reported. columns: which column holds what, by field ("name":
    "Mitarbeiter"; an empty column: none), instead of a guess. Refused when no column holds names, or no line has one.
    """
    check_letters(sheet)
    found = find_columns(sheet.header, ROSTER_FIELDS, columns or {})
    found = roster_columns(found, sheet.rows)
    if not ({"name", "first", "last"} & found.where.keys()):
        headers = [name for name in sheet.header if name]
        raise LeftOpen(
            "No column seems to hold names.", _which_column(sheet.header), "column", key="name", options=headers
        )
    if not sheet.rows:
        raise Refused("The table has column names, but nobody in it.", "Check that it is the right file.")
    check_shifted(sheet, found)
    check_leavers(found, sheet.rows, [sheet.places([line]) for line in sheet.lines])
    return _Reading(sheet, found, today, day_order, usual).draft()


def _without_first_names(columns: Columns) -> list[str]:
    if "last" not in columns or "first" in columns or "name" in columns:
        return []
    told = "There is no column of first names: everybody is called by the last name."
    return [f'{told} If there is one, say which: --column first="Column title".']


def _which_column(header: Sequence[str]) -> str:
    return (
        f"The columns are {columns_there_are(header)}. Say which one holds the names, such as "
        '--column name="Column title", or put a line with column names on top. Without such a line, give the position: '
        "--column last=1 --column first=2."
    )


class _Reading:
    """One pass over a table; gathers remarks with their lines, so that each is made once for all its lines."""

    def __init__(
        self, sheet: Sheet, columns: Columns, today: date, day_order: DayOrder | None, usual: DayOrder
    ) -> None:
        self.sheet, self.columns, self.today = sheet, columns, today
        self.day_order, self.usual = day_order, usual
        self.notes: list[str] = [*sheet.notes, *columns.nameless(sheet.rows), *_without_first_names(columns)]
        self.remarks: dict[str, list[int]] = {}
        self.skipped: list[Skipped] = []
        self.gone: list[RosterRow] = []
        self.turned = self.lowered = 0
        self.question = ""
        self.handles: set[str] = set()
        bare = [line for line, row in zip(sheet.lines, sheet.rows, strict=True) if sum(map(bool, row)) == 1]
        self.bare = frozenset(bare) if 2 * len(bare) < len(sheet.rows) else frozenset()
        names = [columns.cell(row, "name") for row in sheet.rows]
        headed = "name" in columns and columns.is_named(columns.where["name"], SURNAMES_FIRST)
        self.order = name_order(names, headed)
        self.case = name_case([self._typed(row) for row in sheet.rows], by_order=self.order.by == "capitals")

    def draft(self) -> RosterDraft:
        columns = (self.sheet.lines, self.sheet.rows, *self._dates())
        read = [self._row(line, cells, *days) for line, cells, *days in zip(*columns, strict=True)]
        rows = [row for row in read if row is not None]
        if not rows and not self.gone:
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
            gone=tuple(self.gone),
            question=self.question,
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
            told.insert(0, f"{count(self.turned, 'name')} written {self.order.spoken} {were} reversed.")
        if self.lowered:
            were = "was" if self.lowered == 1 else "were"
            told.insert(0, f"{count(self.lowered, 'name')} in capitals {were} changed to normal capitals.")
        return told

    def _dates(self) -> tuple[Sequence[date | None], ...]:
        """The days of starting, leaving and being hired again; a column that does not show its order takes it from
        another."""
        cells = {key: [self.columns.cell(row, key) for row in self.sheet.rows] for key in ("started", "left")}
        read = {key: self._read(key, cells[key], self.usual) for key in cells}
        for key, other in (("started", "left"), ("left", "started")):
            shown = read[other].order if read[other].certain else None
            if not read[key].certain and not read[key].tie and shown:
                read[key] = self._read(key, cells[key], shown)
        for key, called in (("started", "start date"), ("left", "leaving date")):
            if key in self.columns:
                shown_elsewhere = any(column.certain and column.order for column in read.values())
                sure = read[key].certain or (shown_elsewhere and not read[key].tie) or self.day_order is not None
                self._tell_dates(key, called, cells[key], read[key], sure)
        again = [self.columns.cell(row, "rehired") for row in self.sheet.rows]
        order = read["started"].order or read["left"].order or self.usual
        return read["started"].dates, read["left"].dates, self._read("rehired", again, order).dates

    def _read(self, key: str, cells: Sequence[str], otherwise: DayOrder) -> DateColumn:
        return read_dates(cells, self.today, said=self.day_order, otherwise=otherwise, ends=key == "left")

    def _tell_dates(self, key: str, called: str, cells: Sequence[str], column: DateColumn, sure: bool) -> None:
        lines, name = self.sheet.lines, self.columns.name(key)
        told = in_order(name, cells, column, sure, spreadsheet=self.sheet.unit == "row")
        if column.tie and column.doubtful and self.day_order is None:
            self.question = self.question or told[0]
        self.notes.extend(told)
        for index in column.both:
            self._remark(
                f"the {called} has day and month the other way round from elsewhere, and was read that way.",
                lines[index],
            )
        for index in column.part:
            taken = "last" if key == "left" else "first"
            self._remark(f"the {called} has no day; the {taken} day of the month or year was used.", lines[index])
        for index in column.unread:
            if why_nobody(self._typed(self.sheet.rows[index])):
                continue
            self._remark(f"the {called} can't be read; imported without it.", lines[index])

    def _row(
        self, line: int, cells: Sequence[str], started: date | None, left: date | None, again: date | None
    ) -> RosterRow | None:
        typed = self._typed(cells)
        why = why_nobody(typed) or (A_TOTAL if line in self.bare and is_phrase(typed) else "")
        if why and not (why == A_TOTAL and self._is_somebody(cells, typed, started)):
            self._skip(line, why)
            return None
        aside = without_asides(tamed(typed, LONGEST_NAME))
        if not has_letters(aside.name):
            self._skip(line, NAMELESS)
            return None
        if line in self.bare:
            self._remark("nothing but a name; taken as a person, though it may be a heading. If so, remove it.", line)
        if aside.dropped:
            self._remark("what stands in brackets behind the name is no part of it; left out.", line)
        if aside.unmarked:
            self._remark(
                "what follows the name was taken as the employee number; if it is part of the name, edit it.", line
            )
        name, nickname = without_nickname(self._name(line, typed, aside.name))
        settled = self.case.settled(name)
        self.lowered += settled != name
        standing = self._standing(line, cells, aside.status)
        if again and left and again > left:
            self._remark("hired again after the leaving date; imported as on the team since then.", line)
            started, left = again, None
        if started and left and left < started:
            started, left = (None, left) if standing == "gone" else (started, None)
            kept = "start" if started is None else "leaving"
            self._remark(f"the leaving date is before the start date; imported without the {kept} date.", line)
        if standing == "here" and left and left < self.today:
            self._remark("the status says still on the team, but the leaving date has passed; the date counts.", line)
        row = RosterRow(
            line=line,
            name=settled,
            nicknames=self._nicknames(cells, name, nickname),
            handle=self._handle(line, cells),
            role=self._text(cells, "role", LONGEST_ROLE) or self._text(cells, "department", LONGEST_ROLE),
            email=self._email(line, cells),
            number=re.sub(r"^(\d+)\.0$", r"\1", self._text(cells, "number", LONGEST_NUMBER)) or aside.number,
            started=started,
            left=left,
        )
        if standing == "gone" and left is None:
            self._skip(line, _GONE_UNDATED)
            self.gone.append(row)
            return None
        return row

    def _is_somebody(self, cells: Sequence[str], typed: str, started: date | None) -> bool:
        """Whether a row shows that its name is one, though it could be that of a total: Max Total is hired, and has an
        address, or a role that is not the group that is summed up.
        """
        role = fold(self._text(cells, "role", LONGEST_ROLE) or self._text(cells, "department", LONGEST_ROLE))
        employed = any(map(str.isalpha, role)) and role not in fold(typed)
        return may_be_called(typed) and bool(started or employed or "@" in self.columns.cell(cells, "email"))

    def _text(self, cells: Sequence[str], key: str, most: int) -> str:
        cell = self.columns.cell(cells, key)
        return "" if is_nothing(cell) else tamed(cell, most)

    def _typed(self, cells: Sequence[str]) -> str:
        """The name as it is in its cells."""
        keys = ("name",) if "name" in self.columns else _PARTS
        parts = [next((cells[place] for place in self.columns.places(key) if cells[place]), "") for key in keys]
        return " ".join(" ".join(part for part in parts if not is_no_word(part)).split())

    def _name(self, line: int, typed: str, name: str) -> str:
        if "\ufffd" in typed:
            raise LeftOpen(
                f"A letter of a name can't be read ({self.sheet.places([line])}): {shortened(typed, 40)}.",
                f"Say how the file was saved, by --encoding: {', '.join(ENCODINGS)}. Or correct it in the file.",
                "encoding",
                options=list(ENCODINGS),
            )
        if has_controls(typed):
            self._remark("control characters were removed from the name.", line)
        if len(typed) > LONGEST_NAME:
            self._remark(f"the name is longer than {LONGEST_NAME} letters; it is cut.", line)
        if name.startswith(("=", "+", "-", "@")):
            self._remark("the name begins like a formula; it is kept as plain text.", line)
        if "name" not in self.columns:
            return name
        round_ = turned(name) if "," in name else self.order.turned(name)
        self.turned += fold(first_name(round_)) != fold(first_name(name).rstrip(","))
        return round_

    def _nicknames(self, cells: Sequence[str], name: str, nickname: str) -> tuple[str, ...]:
        """Those in the column of nicknames and the one in the name, but not what the person is called anyway.

        Of a full preferred name only the first name counts, where the last name is the same.
        """
        column = self.columns.cell(cells, "nicknames")
        given = [] if is_nothing(column) else re.split(r"[;/|\n]", column)
        parts = [part for each in given for part in self._called(each, name)]
        seen = {"", *map(fold, spoken(name))}
        found = []
        for word in (tamed(part, LONGEST_NICKNAME) for part in (nickname, *parts)):
            if fold(word) not in seen:
                seen.add(fold(word))
                found.append(word)
        return tuple(found)

    def _called(self, given: str, name: str) -> list[str]:
        last = fold(surname(name))
        in_full = turned(given)
        if last and " " in in_full and last in fold(in_full).split():
            return [first_name(in_full)]
        return given.split(",")

    def _handle(self, line: int, cells: Sequence[str]) -> str:
        typed = self.columns.cell(cells, "handle")
        if is_nothing(typed):
            return ""
        handle = fold(typed.removeprefix("@"))
        if not HANDLE.fullmatch(handle) or len(handle) > LONGEST_HANDLE:
            self._remark(
                "the handle has other characters than letters and digits; a new one was made from the name.", line
            )
            return ""
        if handle in self.handles:
            self._remark("the handle belongs to somebody else; a new one was made from the name.", line)
            return ""
        self.handles.add(handle)
        return handle

    def _email(self, line: int, cells: Sequence[str]) -> str:
        typed = self._text(cells, "email", LONGEST_EMAIL)
        email = email_in(typed)
        if typed and not email:
            self._remark("the e-mail address is not valid; imported without it.", line)
        return email

    def _standing(self, line: int, cells: Sequence[str], aside: str) -> Standing:
        """What all columns of status, and a word beside the name, say together; reported if it is not understood."""
        places = [place for place in self.columns.places("status") if cells[place]]
        said = [self._said(place, cells[place]) for place in places] + ([standing_of(aside)] if aside else [])
        standing = together(said)
        if standing == "unclear":
            words = listed([f"“{shortened(cells[place], 30)}”" for place in places])
            self._remark(
                f"the status {words} does not show whether this person has left; imported as on the team.", line
            )
        return standing

    def _said(self, place: int, cell: str) -> Standing:
        if fold(cell) == "b" and self.columns.is_named(place, SPANISH_STATUS):
            return "gone"
        if self.columns.is_named(place, YES_MEANS_HERE):
            return answer_of(cell, "here", "gone")
        asks = self.columns.is_named(place, YES_MEANS_GONE) or says_gone(self.columns.header[place])
        return answer_of(cell, "gone", "here") if asks else standing_of(cell)
