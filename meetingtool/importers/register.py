"""From a register of trainings to who did what when: a line per person, course and day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from meetingtool.importers.columns import Columns, Field, Mapped, columns_there_are, find_columns
from meetingtool.importers.date_columns import DayOrder, in_order, is_nothing, read_dates
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.names import tamed
from meetingtool.importers.ratings import Problem
from meetingtool.importers.roster_columns import without_counter
from meetingtool.importers.shifted import check_shifted
from meetingtool.importers.whom import WHOM_FIELDS, WHOM_KEYS, Nobody, Whom, Wrong, nearest, or_nearest
from meetingtool.importers.wrong_letters import check_letters
from meetingtool.records.training import Course, Outcome
from meetingtool.rules.folding import fold
from meetingtool.rules.playbook.training import titled
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import says_something, shortened

if TYPE_CHECKING:
    from meetingtool.importers.tabular import Sheet

REGISTER_FIELDS = (
    *WHOM_FIELDS,
    Field(
        "course",
        "course",
        ("course", "coursetitle", "coursename", "training", "trainingtitle", "trainingname", "module", "title", "topic")
        + ("session", "workshop", "schulung", "kurs", "formation", "curso"),
        needed=True,
    ),
    Field(
        "date",
        "date",
        ("date", "completed", "completedon", "completiondate", "datecompleted", "doneon", "on", "when", "day")
        + ("trainingdate", "attendedon", "datum", "fecha"),
        needed=True,
    ),
    Field("outcome", "outcome", ("outcome", "status", "result", "attendance", "state", "completion")),
    Field("minutes", "minutes", ("minutes", "duration", "durationminutes", "length", "min")),
    Field("led-by", "who led it", ("ledby", "trainer", "instructor", "facilitator", "teacher", "leader")),
    Field("why", "reason", ("why", "reason", "note", "notes", "comment", "comments", "remark", "remarks")),
)

_OUTCOMES: dict[Outcome, frozenset[str]] = {
    "done": frozenset(
        {"", "done", "yes", "y", "x", "complete", "completed", "passed", "pass", "attended", "present", "1", "true"}
        | {"✓", "✔", "ok", "finished", "100%", "100"}
    ),
    "part": frozenset({"part", "partly", "partial", "in part", "incomplete", "in progress", "started"}),
    "absent": frozenset({"absent", "no", "n", "no show", "noshow", "missed", "not attended", "failed", "0", "false"}),
    "excused": frozenset({"excused", "exempt", "waived", "not required"}),
}
"""What registers write, folded, by what it means."""

_MINUTES = re.compile(r"(\d{1,4})(?:\.0+)?\s*(?:m|min|mins|minutes)?")
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:h|hr|hrs|hour|hours)|(\d{1,2}):(\d{2})(?::\d{2})?")


class TrainingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a register. person, course: ids. minutes: None where there were none."""

    line: int
    person: str
    course: str
    on: date
    how: Outcome = "done"
    minutes: int | None = None
    led_by: str = ""
    why: str = ""


FEWEST = 4
"""Letters of a part of a title that may stand for the whole of it."""


class RegisterDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a register says, before anything is kept; see `RatingsDraft`. unknown: titles that no course has."""

    rows: tuple[TrainingRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    mapping: tuple[Mapped, ...]
    mapping_in_words: str
    unknown: tuple[str, ...] = ()
    question: str = ""


def read_register(
    sheet: Sheet,
    roster: Roster,
    courses: Sequence[Course],
    today: date,
    day_order: DayOrder | None = None,
    columns: Mapping[str, str] | None = None,
    usual: DayOrder = "day-first",
) -> RegisterDraft:
    """The trainings in a table, of people and courses that are known; other lines are problems.

    day_order, usual: as for `read_ratings`. LeftOpen without a column of people, of courses, or of dates.
    """
    check_letters(sheet)
    found = find_columns(sheet.header, REGISTER_FIELDS, columns or {})
    found = without_counter(found, sheet.rows) if "person" in found else found
    for keys, spoken in ((WHOM_KEYS, "person"), (("course",), "course"), (("date",), "date")):
        if not any(key in found for key in keys):
            raise LeftOpen(
                f"No column seems to hold the {spoken}.",
                f"The columns are {columns_there_are(sheet.header)}. "
                f'Say which one it is, such as --column {keys[0]}="Column title".',
                "column",
                key=keys[0],
                options=[name for name in sheet.header if name],
            )
    check_shifted(sheet, found)
    return _Reading(sheet, found, roster, courses, today).draft(day_order, usual)


class _Reading:
    """One pass over a register."""

    def __init__(self, sheet: Sheet, columns: Columns, roster: Roster, courses: Sequence[Course], today: date) -> None:
        self.sheet, self.columns, self.roster, self.today = sheet, columns, roster, today
        self.whom = Whom(columns, roster)
        kept = sorted(courses, key=lambda course: course.retired is None)
        self.courses = {fold(course.title): course for course in kept}
        self.unknown: dict[str, str] = {}

    def draft(self, day_order: DayOrder | None, usual: DayOrder) -> RegisterDraft:
        cells = [self.columns.cell(row, "date") for row in self.sheet.rows]
        dates = read_dates(cells, self.today, said=day_order, otherwise=usual)
        sure = dates.certain or day_order is not None
        told = in_order(self.columns.name("date"), cells, dates, sure, spreadsheet=self.sheet.unit == "row")
        notes = [*self.sheet.notes, *told]
        rows: dict[tuple[object, ...], TrainingRow] = {}
        problems, again, nobody = [], [], []
        for line, row, day in zip(self.sheet.lines, self.sheet.rows, dates.dates, strict=True):
            try:
                training = self._row(line, row, day)
            except Nobody:
                nobody.append(line)
            except Wrong as wrong:
                problems.append(Problem(line, str(wrong)))
            else:
                key = (training.person, training.course, training.on)
                if (known := rows.setdefault(key, training)) is not training:
                    again.append(line)
                    if known.how != "done" and training.how == "done":
                        rows[key] = training
        if nobody:
            notes.append(f"{self.sheet.places(nobody).capitalize()}: a total or a heading; left out.")
        if again:
            notes.append(
                f"{self.sheet.places(again).capitalize()}: the same person, course and day again; counted once."
            )
        return RegisterDraft(
            rows=tuple(rows.values()),
            problems=tuple(problems),
            notes=tuple(notes),
            mapping=self.columns.mapped,
            mapping_in_words=self.columns.in_words,
            unknown=tuple(self.unknown.values()),
            question=told[0] if dates.tie and dates.doubtful and not sure else "",
        )

    def _row(self, line: int, cells: Sequence[str], day: date | None) -> TrainingRow:
        person = self.whom.in_row(cells)
        course = self._course(self.columns.cell(cells, "course"))
        cell = self.columns.cell(cells, "date")
        if day is None:
            raise Wrong("there is no date." if is_nothing(cell) else f"“{shortened(cell, 30)}” is not a date.")
        if day > self.today:
            raise Wrong("the date is in the future.")
        if not person.on_team(day):
            raise Wrong(f"{person.name} was not on the team on that day.")
        how, why = _outcome(self.columns.cell(cells, "outcome")), tamed(self.columns.cell(cells, "why"), 300)
        if how == "excused" and not says_something(why):
            raise Wrong("an excuse needs a reason.")
        return TrainingRow(
            line=line,
            person=person.id,
            course=course.id,
            on=day,
            how=how,
            minutes=_minutes(self.columns.cell(cells, "minutes")),
            led_by=tamed(self.columns.cell(cells, "led-by"), 80),
            why=why if how == "excused" else "",
        )

    def _course(self, cell: str) -> Course:
        title = tamed(cell, 200)
        if not title:
            raise Wrong("there is no course.")
        course = self.courses.get(fold(title))
        if course is None and len(title) >= FEWEST:
            fits = titled([one for one in self.courses.values() if one.retired is None], title)
            course = fits[0] if len(fits) == 1 else None
        if course is None:
            self.unknown.setdefault(fold(title), title)
            near = nearest({fold(title)}, {key: f"“{course.title}”" for key, course in self.courses.items()})
            raise Wrong(f"there is no course “{shortened(title, 60)}”{or_nearest(near)}")
        return course


def _outcome(cell: str) -> Outcome:
    word = re.sub(r"[-_]", " ", fold(" ".join(cell.split())))
    for outcome, words in _OUTCOMES.items():
        if word in words:
            return outcome
    raise Wrong(f"“{shortened(cell, 30)}” does not say how it went; write done, part, absent or excused.")


def _minutes(cell: str) -> int | None:
    """Minutes of a cell such as `45`, `45 min`, `1.5 h` or `1:30`; None where it is empty."""
    text = cell.strip().casefold()
    if is_nothing(text):
        return None
    if match := _MINUTES.fullmatch(text):
        minutes = int(match[1])
    elif (match := _HOURS.fullmatch(text)) is not None:
        tenths = f"0.{match[2]}" if match[2] else "0"
        minutes = int(match[3]) * 60 + int(match[4]) if match[3] else round((int(match[1]) + float(tenths)) * 60)
    else:
        raise Wrong(f"“{shortened(cell, 20)}” is not a number of minutes.")
    if minutes > 1440:
        raise Wrong("it took longer than a day.")
    return minutes
