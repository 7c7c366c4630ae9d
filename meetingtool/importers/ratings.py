"""From a table to ratings: one person, one standard, one rating a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.columns import Columns, Field, Mapped, columns_there_are, find_columns
from meetingtool.importers.date_columns import DayOrder, in_order, is_nothing, read_dates
from meetingtool.importers.names import tamed, turned
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules.folding import fold
from meetingtool.rules.people.evidence import needs_evidence
from meetingtool.rules.roster import Roster, first_name
from meetingtool.rules.wording import count, shortened, storable

if TYPE_CHECKING:
    from meetingtool.importers.tabular import Sheet

RATING_FIELDS = (
    Field(
        "person",
        "person",
        ("person", "handle", "employee", "employeename", "name", "fullname", "teammember", "staffmember", "member")
        + ("agent", "agentname", "colleague", "who", "staff", "personname", "mitarbeiter"),
    ),
    Field("standard", "standard", ("standard", "tag", "servicestandard", "standardtag", "behaviour", "criterion")),
    Field("rating", "rating", ("rating", "score", "value", "stars", "points", "mark", "grade")),
    Field("date", "date", ("date", "ratedon", "ratingdate", "dateofrating", "day", "on", "when", "datum")),
    Field("note", "note", ("note", "notes", "comment", "comments", "evidence", "reason", "remark", "remarks")),
    Field(
        "stories", "stories", ("stories", "story", "storyref", "storyrefs", "refs", "ref", "reference", "references")
    ),
)

LONGEST_NOTE = 2000
_REFERENCE = re.compile(r"[0-9A-Za-z]{4,26}")
_SCALE = re.compile(r"(\d+)(?:\.0+)?(?:\s*(?:/|of|out of)\s*5)?")
_NOT_SEEN = frozenset({"not seen", "unseen", "not observed", "n/a", "na", "-", "–", "—"})


class RatingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One rating as a file gives it. person, standard: ids. value: 1 to 5, or None for "not seen".

    stories: references as typed, in capitals; whether they are kept here is not looked up.
    """

    line: int
    person: str
    standard: str
    value: int | None
    on: date
    note: str = ""
    stories: tuple[str, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """Why a line gives no rating. Says nothing of the rating itself."""

    line: int
    text: str


class RatingsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of ratings says, before anything is kept. Lines with a problem are not among the rows."""

    rows: tuple[RatingRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    mapping: tuple[Mapped, ...]
    mapping_in_words: str


def read_ratings(
    sheet: Sheet,
    roster: Roster,
    today: date,
    day_order: DayOrder | None = None,
    columns: Mapping[str, str] | None = None,
) -> RatingsDraft:
    """The ratings in a table, of people and standards that `roster` knows.

    A table without dates gives ratings of today. Refused without a column of people, standards or ratings.
    """
    found = find_columns(sheet.header, RATING_FIELDS, columns or {})
    for field in RATING_FIELDS[:3]:
        if field.key not in found:
            raise Refused(
                f"No column looks as if it held the {field.spoken}.",
                f"The columns are {columns_there_are(sheet.header)}. "
                f'Say which one it is, such as --column {field.key}="Column title".',
            )
    return _Reading(sheet, found, roster, today, day_order).draft()


class _Wrong(Exception):
    """The line gives no rating; says why."""


class _Reading:
    """One pass over a table of ratings."""

    def __init__(self, sheet: Sheet, columns: Columns, roster: Roster, today: date, day_order: DayOrder | None) -> None:
        self.sheet, self.columns, self.roster, self.today = sheet, columns, roster, today
        self.order: DayOrder = day_order or "day-first"

    def draft(self) -> RatingsDraft:
        cells = [self.columns.cell(row, "date") for row in self.sheet.rows]
        dates = read_dates(cells, self.today, otherwise=self.order)
        notes = list(self.sheet.notes)
        if "date" in self.columns:
            notes.extend(in_order(self.columns.name("date"), cells, dates, dates.certain))
        else:
            notes.append("There is no column of dates: every rating counts as given today.")
        rows: dict[tuple[object, ...], RatingRow] = {}
        problems, again = [], []
        for line, row, day in zip(self.sheet.lines, self.sheet.rows, dates.dates, strict=True):
            try:
                rating = self._rating(line, row, day)
            except _Wrong as wrong:
                problems.append(Problem(line, str(wrong)))
                continue
            known = rows.setdefault(msgspec.structs.astuple(rating)[1:], rating)
            if known is not rating:
                again.append(line)
        if again:
            notes.append(f"{self.sheet.places(again).capitalize()}: the very same as a line above; taken once.")
        return RatingsDraft(
            rows=tuple(rows.values()),
            problems=tuple(problems),
            notes=tuple(notes),
            mapping=self.columns.mapped,
            mapping_in_words=self.columns.in_words,
        )

    def _rating(self, line: int, cells: Sequence[str], day: date | None) -> RatingRow:
        person = self._person(self.columns.cell(cells, "person"))
        standard = self._standard(self.columns.cell(cells, "standard"))
        value = _value(self.columns.cell(cells, "rating"))
        day = self._day(self.columns.cell(cells, "date"), day)
        if not person.on_team(day):
            raise _Wrong(f"{person.name} was not on the team on that day.")
        if not standard.in_use(day):
            raise _Wrong(f"#{standard.tag} had been retired by then.")
        note = _tidy(self.columns.cell(cells, "note"))
        if len(note) > LONGEST_NOTE:
            raise _Wrong(f"the note has {count(len(note), 'letter')}; use at most {LONGEST_NOTE:,}.")
        stories = _stories(self.columns.cell(cells, "stories"))
        if needs_evidence(value, note) and not stories:
            raise _Wrong("a rating of 1, 2 or 5 needs a note or a story as its evidence.")
        return RatingRow(
            line=line, person=person.id, standard=standard.id, value=value, on=day, note=note, stories=stories
        )

    def _day(self, cell: str, day: date | None) -> date:
        if "date" not in self.columns:
            return self.today
        if day is None:
            raise _Wrong("there is no date." if is_nothing(cell) else f"“{shortened(cell, 30)}” is no date.")
        if day > self.today:
            raise _Wrong("the date lies in the future.")
        return day

    def _person(self, cell: str) -> Person:
        name = tamed(cell, 200)
        if not name.strip("@"):
            raise _Wrong("there is no person.")
        person = self.roster.person(name) or self.roster.person(turned(name))
        if person is not None:
            return person
        wanted = {fold(turned(name).removeprefix("@")), fold(name.removeprefix("@"))}
        alike = [p for p in self.roster.everyone if wanted & _called(p)]
        if alike:
            raise _Wrong(f"“{shortened(name, 60)}” could be {_either(map(_with_handle, alike))}; give the handle.")
        near = _nearest(wanted, {key: _with_handle(p) for p in self.roster.everyone for key in _called(p)})
        raise _Wrong(f"“{shortened(name, 60)}” is nobody on the team{_meant(near)}")

    def _standard(self, cell: str) -> Standard:
        name = tamed(cell, 200)
        if not name.strip("#"):
            raise _Wrong("there is no standard.")
        wanted = fold(name.removeprefix("#").strip())
        standard = self.roster.standard(name) or next(
            (s for s in self.roster.all_standards if fold(s.title) == wanted), None
        )
        if standard is not None:
            return standard
        options = {key: f"#{s.tag}" for s in self.roster.standards for key in (fold(s.tag), fold(s.title))}
        raise _Wrong(f"“{shortened(name, 60)}” is no standard of the team{_meant(_nearest({wanted}, options))}")


def _value(cell: str) -> int | None:
    text = fold(" ".join(cell.split()))
    if not text:
        raise _Wrong("there is no rating; write “not seen” where there is none to give.")
    if text in _NOT_SEEN:
        return None
    match = _SCALE.fullmatch(text)
    if not match or not 1 <= int(match[1][:9]) <= 5:
        raise _Wrong("the rating is not a whole number from 1 to 5.")
    return int(match[1])


def _tidy(cell: str) -> str:
    """A note as it can be kept; its lines stay lines."""
    lines = storable(cell).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(tamed(line, LONGEST_NOTE * 100) for line in lines).strip()


def _stories(cell: str) -> tuple[str, ...]:
    words = [] if is_nothing(cell) else re.split(r"[\s,;|]+", cell.strip(" ,;|"))
    for word in words:
        if not _REFERENCE.fullmatch(word):
            raise _Wrong(f"“{shortened(word, 30)}” is no reference to a story; it has four letters and digits or more.")
    return tuple(dict.fromkeys(word.upper() for word in words))


def _called(person: Person) -> set[str]:
    """What a person could be meant by, folded."""
    return {fold(name) for name in (person.handle, person.name, first_name(person.name), *person.nicknames)}


def _with_handle(person: Person) -> str:
    return f"{person.name} (@{person.handle})"


def _nearest(wanted: Iterable[str], options: Mapping[str, str]) -> list[str]:
    """What the words nearest to those wanted stand for, the nearest first, three at most."""
    import difflib

    found = [key for word in wanted for key in difflib.get_close_matches(word, list(options), n=3)]
    return list(dict.fromkeys(options[key] for key in found))[:3]


def _meant(near: Sequence[str]) -> str:
    return f"; did you mean {_either(near)}?" if near else "."


def _either(options: Iterable[str]) -> str:
    *first, last = options
    return f"{', '.join(first)} or {last}" if first else last
