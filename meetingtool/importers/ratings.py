"""From a table to ratings: one per line, or one column per standard; people by name, handle, number or address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.columns import Columns, Field, Mapped, columns_there_are, find_columns, shown
from meetingtool.importers.date_columns import DayOrder, in_order, is_nothing, read_dates
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.names import tamed
from meetingtool.importers.raters import check_raters
from meetingtool.importers.rating_columns import NOTE_HEADERS, note_column, rating_column
from meetingtool.importers.rating_scale import check_scale, other_scale
from meetingtool.importers.roster_columns import without_counter, without_one_address
from meetingtool.importers.shifted import check_shifted
from meetingtool.importers.whom import WHOM_FIELDS, WHOM_KEYS, Nobody, Whom, Wrong, nearest, or_nearest
from meetingtool.importers.wrong_letters import check_letters
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules.folding import fold
from meetingtool.rules.people.rating_evidence import needs_evidence
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import count, shortened, storable

if TYPE_CHECKING:
    from meetingtool.importers.tabular import Sheet

RATING_FIELDS = (
    *WHOM_FIELDS,
    Field(
        "standard",
        "standard",
        ("standard", "tag", "servicestandard", "standardtag", "behaviour", "criterion", "competency", "competence"),
    ),
    Field("rating", "rating", ("rating", "score", "value", "stars", "points", "mark", "grade")),
    Field("rater", "rater", ("rater", "reviewer", "evaluator", "assessor", "appraiser"), many=True),
    Field("date", "date", ("date", "ratedon", "ratingdate", "dateofrating", "day", "on", "when", "datum")),
    Field("note", "note", NOTE_HEADERS),
    Field(
        "stories", "stories", ("stories", "story", "storyref", "storyrefs", "refs", "ref", "reference", "references")
    ),
)

LONGEST_NOTE = 2000
_REFERENCE = re.compile(r"[0-9A-Za-z]{4,26}")
_SCALE = re.compile(r"(\d+)(?:[.,]0+)?(?:\s*(?:/|of|out of)\s*5)?(?:\s*[-–—:=(]\s*\D*)?")
_NOT_SEEN = frozenset({"not seen", "unseen", "notseen", "not observed", "n/a", "na", "-", "--", "–", "—"})


class FileRating(msgspec.Struct, frozen=True, kw_only=True):
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
    """Why a line gives no rating. Says nothing about the rating itself."""

    line: int
    text: str


class RatingsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of ratings says, before anything is kept. Lines with a problem are not among the rows.

    question: what the file doesn't show and has to be decided before it is imported.
    """

    rows: tuple[FileRating, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    mapping: tuple[Mapped, ...]
    mapping_in_words: str
    question: str = ""


def read_ratings(
    sheet: Sheet,
    roster: Roster,
    today: date,
    day_order: DayOrder | None = None,
    columns: Mapping[str, str] | None = None,
    usual: DayOrder = "day-first",
    manager: str = "",
) -> RatingsDraft:
    """The ratings in a table, of people and standards that `roster` knows: one per line, or one column per standard.

    day_order: how to read dates such as 3/4/2021, as given for this file; None means as the team usually writes them.
    manager: the name of whoever gave them, of whom no column has to be asked about.
    A table without dates gives ratings of today. Refused without a column of people, of their employee numbers or
    addresses, without ratings, and with another scale than 1 to 5; LeftOpen where several columns could hold
    the ratings, or others gave them.
    """
    check_letters(sheet)
    found = note_column(find_columns(sheet.header, RATING_FIELDS, columns or {}))
    if "person" in found:
        found = without_one_address(without_counter(found, sheet.rows), sheet.rows)
    wide = {} if "standard" in found else _standards_in(found, sheet.rows, roster)
    if not found.where.keys() & set(WHOM_KEYS):
        raise _lacks("person", "the person", sheet)
    found = found.without("rating") if wide else rating_column(found, sheet.rows)
    check_raters(found, sheet, wide, Whom(found, roster), manager)
    for key in () if wide else ("standard", "rating"):
        if key not in found:
            raise _lacks(key, f"the {key}", sheet)
    check_shifted(sheet, found)
    check_scale(found, sheet, wide)
    return _Reading(sheet, found, wide, roster, today, day_order, usual).draft()


def _standards_in(found: Columns, rows: Sequence[Sequence[str]], roster: Roster) -> dict[int, Standard]:
    """The standard that each column is named after, by the place of the column. Refused where two different columns are
    named after one standard, or where a column with ratings nearly has a standard's name.
    """
    used = set(found.where.values()) - set(found.places("rating"))
    wide: dict[int, Standard] = {}
    for place, name in enumerate(found.header):
        standard = None if place in used or not name else _standard_called(roster, name)
        cells = [row[place] for row in rows]
        same = next((other for other, one in wide.items() if one is standard), None)
        if standard is None or (same is not None and cells == [row[same] for row in rows]):
            continue
        if same is not None:
            raise Refused(
                f"“{shown(found.header[same])}” and “{shown(name)}” are both named after #{standard.tag}.",
                "Take one of the two columns out of the file, or give it another name.",
            )
        wide[place] = standard
    for place, name in enumerate(found.header) if wide else ():
        near = [] if place in used or place in wide else _nearly(roster, name, wide.values())
        if near and _are_ratings([row[place] for row in rows]):
            raise Refused(
                f"“{shown(name)}” holds ratings, but no standard has that name{or_nearest(near)}",
                "Name the column after the standard, or take it out of the file.",
            )
    return wide


def _nearly(roster: Roster, name: str, taken: Iterable[Standard]) -> list[str]:
    """The standards without a column that are nearly named like this."""
    free = [standard for standard in roster.standards if standard not in taken]
    return nearest({fold(name)}, {key: f"#{one.tag}" for one in free for key in (fold(one.tag), fold(one.title))})


def _are_ratings(cells: Sequence[str]) -> bool:
    try:
        return bool([_value(cell) for cell in cells if cell])
    except Wrong:
        return False


def _standard_called(roster: Roster, name: str) -> Standard | None:
    wanted = fold(name.removeprefix("#").strip())
    standard = roster.standard(name) or roster.standard("-".join(wanted.split()))
    if standard is not None:
        return standard
    for alike in (str, _without_endings):
        found = [s for s in roster.all_standards if alike(wanted) in (alike(fold(s.title)), alike(s.tag))]
        if found:
            return found[0] if len(found) == 1 or alike is str else None
    return None


def _without_endings(words: str) -> str:
    """`puts it right` as `put it right`."""
    return " ".join(word.removesuffix("s") for word in re.split(r"[\s_-]+", words))


def _lacks(key: str, spoken: str, sheet: Sheet) -> LeftOpen:
    return LeftOpen(
        f"No column seems to hold {spoken}.",
        f"The columns are {columns_there_are(sheet.header)}. "
        f'Say which one it is, such as --column {key}="Column title", or give each standard a column of its own.',
        "column",
        key=key,
        options=[name for name in sheet.header if name],
    )


class _Reading:
    """One pass over a table of ratings. wide: the standards that have a column of their own, by its place."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        wide: Mapping[int, Standard],
        roster: Roster,
        today: date,
        day_order: DayOrder | None,
        usual: DayOrder,
    ) -> None:
        self.sheet, self.columns, self.wide, self.roster, self.today = sheet, columns, wide, roster, today
        self.day_order, self.usual = day_order, usual
        self.whom = Whom(columns, roster)
        self.problems: list[Problem] = []
        self.nobody: list[int] = []

    def draft(self) -> RatingsDraft:
        cells = [self.columns.cell(row, "date") for row in self.sheet.rows]
        dates = read_dates(cells, self.today, said=self.day_order, otherwise=self.usual)
        notes, question = [*self.sheet.notes, *self.columns.nameless(self.sheet.rows)], ""
        if "date" in self.columns:
            sure = dates.certain or self.day_order is not None
            told = in_order(self.columns.name("date"), cells, dates, sure, spreadsheet=self.sheet.unit == "row")
            question = told[0] if dates.tie and dates.doubtful and not sure else ""
            notes.extend(told)
        else:
            notes.append("There is no column of dates: every rating counts as given today.")
        rows: dict[tuple[object, ...], FileRating] = {}
        again = []
        by_day: dict[tuple[str, str, date], list[int]] = {}
        for line, row, day in zip(self.sheet.lines, self.sheet.rows, dates.dates, strict=True):
            for rating in self._ratings(line, row, day):
                known = rows.setdefault(msgspec.structs.astuple(rating)[1:], rating)
                if known is not rating:
                    again.append(line)
                else:
                    by_day.setdefault((rating.person, rating.standard, rating.on), []).append(line)
        if self.nobody:
            notes.append(f"{self.sheet.places(self.nobody).capitalize()}: a total or a heading; left out.")
        if again:
            notes.append(f"{self.sheet.places(again).capitalize()}: identical to a line above; counted once.")
        twice = [line for lines in by_day.values() if len(lines) > 1 for line in lines]
        if twice:
            notes.append(
                f"{self.sheet.places(twice).capitalize()}: the same person, standard and day more than once, and not "
                "alike; each counts as a rating. Correct the file if only one is right."
            )
        return RatingsDraft(
            rows=tuple(rows.values()),
            problems=tuple(self.problems),
            notes=tuple(notes),
            mapping=self.columns.mapped,
            mapping_in_words=self._in_words(),
            question=question,
        )

    def _in_words(self) -> str:
        return self.columns.told({place: f"#{standard.tag}" for place, standard in self.wide.items()})

    def _ratings(self, line: int, cells: Sequence[str], day: date | None) -> list[FileRating]:
        """The ratings of one line; what can't be read is among the problems, without a word about the rating."""
        try:
            person = self.whom.in_row(cells)
            if not self.wide:
                standard = self._standard(self.columns.cell(cells, "standard"))
                return [self._rating(line, cells, person, standard, self.columns.cell(cells, "rating"), day)]
        except Nobody:
            self.nobody.append(line)
            return []
        except Wrong as wrong:
            self.problems.append(Problem(line, str(wrong)))
            return []
        found = []
        for place, standard in self.wide.items():
            if not cells[place]:
                continue
            try:
                found.append(self._rating(line, cells, person, standard, cells[place], day))
            except Wrong as wrong:
                self.problems.append(Problem(line, f"#{standard.tag}: {wrong}"))
        return found

    def _rating(
        self, line: int, cells: Sequence[str], person: Person, standard: Standard, cell: str, day: date | None
    ) -> FileRating:
        value = _value(cell)
        day = self._day(self.columns.cell(cells, "date"), day)
        if not person.on_team(day):
            raise Wrong(f"{person.name} was not on the team on that day.")
        if not standard.in_use(day):
            raise Wrong(f"#{standard.tag} had been retired by then.")
        note = _tidy(self.columns.cell(cells, "note"))
        if len(note) > LONGEST_NOTE:
            raise Wrong(f"the note has {count(len(note), 'letter')}; use at most {LONGEST_NOTE:,}.")
        stories = _stories(self.columns.cell(cells, "stories"))
        if needs_evidence(value, note) and not stories:
            raise Wrong("a rating of 1, 2 or 5 needs a note or a story as its evidence.")
        return FileRating(
            line=line, person=person.id, standard=standard.id, value=value, on=day, note=note, stories=stories
        )

    def _day(self, cell: str, day: date | None) -> date:
        if "date" not in self.columns:
            return self.today
        if day is None:
            raise Wrong("there is no date." if is_nothing(cell) else f"“{shortened(cell, 30)}” is not a date.")
        if day > self.today:
            raise Wrong("the date is in the future.")
        return day

    def _standard(self, cell: str) -> Standard:
        name = tamed(cell, 200)
        if not name.strip("#"):
            raise Wrong("there is no standard.")
        standard = _standard_called(self.roster, name)
        if standard is not None:
            return standard
        wanted = fold(name.removeprefix("#").strip())
        options = {key: f"#{s.tag}" for s in self.roster.standards for key in (fold(s.tag), fold(s.title))}
        raise Wrong(f"there is no standard “{shortened(name, 60)}”{or_nearest(nearest({wanted}, options))}")


def _value(cell: str) -> int | None:
    text = re.sub(r"(?<=[a-z])[-_](?=[a-z])", " ", fold(" ".join(cell.split())))
    if not text:
        raise Wrong("there is no rating; write “not seen” where there is none to give.")
    if text in _NOT_SEEN:
        return None
    match = _SCALE.fullmatch(text)
    if not match or not 1 <= int(match[1][:9]) <= 5 or (len(text) > 1 and other_scale(text)):
        raise Wrong("the rating is not a whole number from 1 to 5.")
    return int(match[1])


def _tidy(cell: str) -> str:
    """A note as it can be kept; its lines stay lines."""
    lines = storable(cell).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(tamed(line, LONGEST_NOTE * 100) for line in lines).strip()


def _stories(cell: str) -> tuple[str, ...]:
    words = [] if is_nothing(cell) else re.split(r"[\s,;|]+", cell.strip(" ,;|"))
    for word in words:
        if not _REFERENCE.fullmatch(word):
            raise Wrong(
                f"“{shortened(word, 30)}” is not a reference to a story; those have four or more letters and digits."
            )
    return tuple(dict.fromkeys(word.upper() for word in words))
