"""From an export to answers: which column is what, the value of every answer, and what was not imported."""

from __future__ import annotations

import html
import operator
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.customers import roles as role_rules
from meetingtool.importers.customers.columns import ColumnPlan
from meetingtool.importers.customers.columns_again import planned_for
from meetingtool.importers.customers.days import AHEAD, EARLIEST, Days, days_of
from meetingtool.importers.customers.draft import REJECTS_KEPT, Answers, Reject, Seen, SurveyDraft
from meetingtool.importers.customers.files import TableRows, read_rows, texts
from meetingtool.importers.customers.headings import ColumnHeading, headings, together
from meetingtool.importers.customers.labels import is_no_answer, tidy
from meetingtool.importers.customers.mapping import GivenMapping, fingerprint, known_by
from meetingtool.importers.customers.scales import value_of
from meetingtool.importers.customers.sources import name_of, source_of
from meetingtool.importers.spreadsheets import RawCell
from meetingtool.records.surveys import MappedColumn, Mapping, Measure, Role, Survey, SurveyPeriod
from meetingtool.rules.wording import count, listed, one_line, shortened

_TAG = re.compile(r"</?(?:p|b|i|u|em|strong|span|div|a|ul|li|font)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_VALUE_SHOWN = 60
_NO_ID = 4
"""The longest stand-in for a missing id, such as "n/a"."""
_SAMPLED = 200
SAMPLES = 3
"""How many values of a column are shown while it is looked at."""
NOTHING_SAID = GivenMapping()

T = TypeVar("T")


class _Table(NamedTuple):
    rows: TableRows
    found: list[ColumnHeading]
    columns: list[Sequence[RawCell]]
    names: int


def read_survey(
    data: bytes,
    name: str,
    today: date,
    *,
    said: GivenMapping = NOTHING_SAID,
    known: Sequence[Survey] = (),
    survey: Survey | None = None,
    encoding: str = "",
    sheet: str = "",
    on: date | None = None,
) -> SurveyDraft:
    """What a survey file says.

    known: surveys whose files may come again; one whose columns are there again gives the mapping. survey: the one that
    the file is said to belong to. on: the day for answers without one. Refused, with the columns there are, for a
    file that has no answers on any scale.
    """
    refused: Refused | None = None
    first: tuple[_Reading, str] | None = None
    belongs = ""
    others: list[str] = []
    for rows in read_rows(data, name, encoding=encoding, sheet=sheet or said.sheet):
        try:
            table = _table(rows)
            mark = fingerprint(table.found)
            same = survey or known_by(table.found, mark, known)
            plan = planned_for(table.found, table.columns, today, said, same)
        except Refused as error:
            refused = refused or error
            continue
        if first is None or (same is not None and same.mapping.sheet == rows.sheet):
            others += [first[0].sheet] if first else []
            first = _Reading(table, plan, name, today, said, on), mark
            belongs = same.id if same is not None else ""
            if same is not None and same.mapping.sheet == rows.sheet:
                others = []
                break
        elif not plan.asks and ("date" in plan.roles) >= ("date" in first[0].plan.roles):
            others.append(rows.sheet or "")
    if first is None:
        assert refused is not None
        raise refused
    return msgspec.structs.replace(first[0].draft(first[1], others), survey=belongs)


def _table(rows: TableRows) -> _Table:
    found, names = headings([texts(row) for row in rows.rows[:3]])
    body = rows.rows[names:]
    if not body:
        raise Refused("There are names of columns, and no answers below them.", "Export the answers, too.")
    width = len(found)
    if any(len(row) != width for row in body):
        body = [[*row[:width], *[""] * (width - len(row))] for row in body]
    columns: list[Sequence[RawCell]] = list(zip(*body, strict=True)) if body else [()] * width
    if any(heading.group for heading in found):
        found, put = together(found, [texts(column) for column in columns])
        columns = list(put)
    return _Table(rows, found, columns, names)


class _Reading:
    """One pass over a table whose columns are known."""

    def __init__(
        self, table: _Table, plan: ColumnPlan, name: str, today: date, said: GivenMapping, on: date | None
    ) -> None:
        self.table, self.plan, self.name, self.today, self.said, self.on = table, plan, name, today, said, on
        self.count = len(table.rows.rows) - table.names
        self.notes = [*table.rows.notes, *plan.notes]
        self.asks = list(plan.asks)
        self.wrong: list[tuple[int, str, str, str]] = []
        self.order = plan.order
        self.open_order = False
        self.by: SurveyPeriod | None = None
        self.impossible: dict[int, str] = {}

    @property
    def sheet(self) -> str:
        """The worksheet that is read; empty for a file without any."""
        return self.table.rows.sheet or ""

    def draft(self, mark: str, others: Sequence[str] = ()) -> SurveyDraft:
        """What the table says. others: further worksheets with answers, so that a person is asked which one is
        meant."""
        sheets = (self.sheet, *others) if others else ()
        if sheets:
            self.asks.append(_which_sheet(sheets))
        measures = [asked.measure for asked in self.plan.measures]
        self.notes = [*_counted_as_satisfied(measures), *self.notes]
        values = [self._values(asked.column, asked.measure) for asked in self.plan.measures]
        days = self._days()
        comments = self._comments()
        named = self._texts("named")
        kept = self._kept(days, values, comments, named)
        ids = ["" if len(one) <= _NO_ID and is_no_answer(tidy(one)) else one for one in self._texts("id")]
        kept, same, changed = self._once(kept, ids, days, values, comments)
        answers = Answers(
            days=[day for day in self._of(kept, days) if day is not None],
            values=[self._of(kept, column) for column in values],
            comments=self._of(kept, comments),
            ids=self._of(kept, ids),
            customers=self._of(kept, self._texts("customer")),
            served=self._of(kept, self._texts("person")),
            named=self._of(kept, named),
            unread=self._unread(kept),
        )
        return SurveyDraft(
            file=one_line(self.name),
            source=source_of(self.table.found),
            sheet=self.table.rows.sheet,
            encoding=self.table.rows.encoding,
            title=name_of(self.name),
            rows_read=self.count,
            measures=tuple(measures),
            primary=self.plan.primary,
            mapping=self._mapping(mark),
            answers=answers,
            same=same,
            changed=changed,
            twins=0 if ids else self._twins(),
            empty=self.empty,
            rejected_count=len(self.wrong),
            partly=len({row for row, *_ in self.wrong} & set(kept)) if self.wrong else 0,
            rejected=tuple(self._rejects()),
            notes=tuple(self.notes),
            asks=tuple(self.asks),
            dated=self.on is not None or "date" in self.plan.roles,
            open_order=self.open_order,
            by=self.by,
            sheets=sheets,
            days=self.plan.days,
            scale_of=self.plan.scale_of,
            reworded=self.plan.reworded,
            columns=tuple(self._seen()),
        )

    def _seen(self) -> Iterator[Seen]:
        """Every column with what it is read as, and its first different values."""
        taken: dict[int, str] = {index: role for role, index in self.plan.roles.items()}
        taken |= dict.fromkeys(self.plan.comments, "comment")
        taken |= {asked.column: asked.measure.scale for asked in self.plan.measures}
        for index, heading in enumerate(self.table.found):
            cells = dict.fromkeys(filter(None, texts(self.table.columns[index][:_SAMPLED])))
            samples = tuple(shortened(cell, _VALUE_SHOWN) for cell in list(cells)[:SAMPLES])
            yield Seen(heading.name, taken.get(index, ""), samples)

    def _texts(self, role: Role) -> list[str]:
        """The cells of the column with a role, without blanks around them and entities; [] without one."""
        index = self.plan.roles.get(role)
        return [] if index is None else list(map(_decoded, texts(self.table.columns[index])))

    def _values(self, index: int, measure: Measure) -> list[int | None]:
        column = self.table.columns[index]
        read: dict[RawCell, int | None] = {}
        reasons: dict[RawCell, str] = {}
        for cell in dict.fromkeys(column):
            read[cell], reason = value_of(measure, texts([cell])[0])
            if reason:
                reasons[cell] = reason
        if reasons:
            header = self.table.found[index].name
            self.wrong += [
                (row, header, texts([cell])[0], reasons[cell]) for row, cell in enumerate(column) if cell in reasons
            ]
        return [read[cell] for cell in column]

    def _of(self, kept: Sequence[int], column: Sequence[T]) -> list[T]:
        """The cells of the rows that are kept; [] without such a column."""
        return list(column) if len(kept) == self.count or not column else [column[row] for row in kept]

    def _unread(self, kept: Sequence[int]) -> tuple[frozenset[int], ...]:
        """For each question, the answers in which its cell was rejected."""
        wrong = {(row, header) for row, header, *_ in self.wrong}
        headers = [self.table.found[asked.column].name for asked in self.plan.measures]
        if not wrong:
            return (frozenset(),) * len(headers)
        return tuple(frozenset(at for at, row in enumerate(kept) if (row, name) in wrong) for name in headers)

    def _days(self) -> list[date | None]:
        if self.on is not None:
            return [self.on] * self.count
        index = self.plan.roles.get("date")
        if index is None:
            self.asks.append("The file has no dates. Say which period the answers belong to, such as --on 2026-09.")
            return [self.today] * self.count
        found: Days = days_of(texts(self.table.columns[index]), self.today, self.plan.order)
        self.order = found.order
        self.open_order = bool(found.open)
        self.by = found.by
        if found.ahead:
            first = "day" if found.order == "day-first" else "month"
            self.notes.append(
                f"“{self.table.found[index].name}” is read with the {first} first: "
                f"otherwise {one_line(found.ahead)} would lie in the future."
            )
        if found.by == "week":
            self.notes.append(f"“{self.table.found[index].name}” has weeks: each counts for the month of its Thursday.")
        if found.yearless:
            self.notes.append(
                f"“{self.table.found[index].name}” has days with no year: each is taken as the last such day."
            )
        if found.open:
            self.asks.append(
                f"“{self.table.found[index].name}” does not show whether the day or the month comes first: "
                f"{found.open}. Use --day-order day-first or --day-order month-first."
            )
        return self._possible(found.days)

    def _possible(self, days: list[date | None]) -> list[date | None]:
        """The days without those on which nobody can have answered; the reasons for these are kept."""
        wrong = {
            day: "it lies in the future" if day > self.today else "it is too long ago"
            for day in set(days)
            if day is not None and (day > self.today + AHEAD or day.year < EARLIEST)
        }
        self.impossible = {row: wrong[day] for row, day in enumerate(days) if day is not None and day in wrong}
        return [None if day in wrong else day for day in days] if wrong else days

    def _comments(self) -> list[str]:
        columns = [[_comment(cell) for cell in texts(self.table.columns[index])] for index in self.plan.comments]
        if len(columns) == 1:
            return columns[0]
        return (
            ["\n".join(filter(None, parts)) for parts in zip(*columns, strict=True)] if columns else [""] * self.count
        )

    def _kept(
        self, days: list[date | None], values: list[list[int | None]], comments: list[str], named: list[str]
    ) -> list[int]:
        """The rows that are answers. The others are empty, unfinished or without a day."""
        nothing = (*[None] * len(values), "", *([""] if named else []))
        filled = [row != nothing for row in zip(*values, comments, *([named] if named else []), strict=True)]
        rejected = {row for row, *_ in self.wrong}
        self.empty = sum(not there and row not in rejected for row, there in enumerate(filled))
        unfinished = self._unfinished()
        dates = self.plan.roles.get("date")
        if not unfinished and all(day is not None or not there for day, there in zip(days, filled, strict=True)):
            return [index for index, there in enumerate(filled) if there]
        kept: list[int] = []
        header = "" if dates is None else self.table.found[dates].name
        cells = [] if dates is None else texts(self.table.columns[dates])
        for index, there in enumerate(filled):
            cell = cells[index] if cells else ""
            if index in unfinished:
                self.wrong.append((index, *unfinished[index]))
                self.empty -= not there and index not in rejected
            elif there and days[index] is None:
                reason = self.impossible.get(index) or ("it isn't a date" if cell else "there is no date")
                self.wrong.append((index, header, cell, reason))
            elif there:
                kept.append(index)
        return kept

    def _unfinished(self) -> dict[int, tuple[str, str, str]]:
        """Rows of unfinished answers, and of answers that no customer gave, as column, value and reason."""
        found: dict[int, tuple[str, str, str]] = {}
        index = self.plan.roles.get("finished")
        looks = [(index, role_rules.is_unfinished)] if index is not None else []
        for at, is_broken_off in (*looks, *((at, operator.not_) for at in self._ends())):
            name = self.table.found[at].name
            found |= {
                row: (name, cell, "the answer was not finished")
                for row, cell in enumerate(texts(self.table.columns[at]))
                if is_broken_off(cell)
            }
        return found | self._tried()

    def _ends(self) -> list[int]:
        """The column that LimeSurvey and SurveyMonkey fill when an answer is finished, wherever the days come from."""
        if source_of(self.table.found) not in ("limesurvey", "surveymonkey"):
            return []
        ends = (at for at, heading in enumerate(self.table.found) if role_rules.is_end(heading))
        return [at for at in ends if any(self.table.columns[at])][:1]

    def _tried(self) -> dict[int, tuple[str, str, str]]:
        """Rows that Qualtrics says were a trial of the survey."""
        if source_of(self.table.found) != "qualtrics":
            return {}
        status = [at for at, heading in enumerate(self.table.found) if heading.name == "Status"]
        return {
            row: ("Status", cell, "the survey was only tried")
            for at in status
            for row, cell in enumerate(texts(self.table.columns[at]))
            if _is_trial(tidy(cell))
        }

    def _once(
        self,
        kept: list[int],
        ids: list[str],
        days: list[date | None],
        values: list[list[int | None]],
        comments: list[str],
    ) -> tuple[list[int], int, int]:
        """Every id once: of several rows with one id, the last. Also how many were the same, and how many changed.
        Where most of them have other days, the ids start again within the file: then each id counts once a day.
        """
        if not ids or len({ids[row] for row in kept}) == len(kept):
            return kept, 0, 0
        ids = self._by_day(kept, ids, days)
        first: dict[str, int] = {}
        same = changed = 0
        places: dict[int, int] = {}
        for row in kept:
            at = first.setdefault(ids[row], row) if ids[row] else row
            if at == row:
                places[at] = row
                continue
            before = places[at]
            alike = _cells(row, days, comments, *values) == _cells(before, days, comments, *values)
            same, changed = same + alike, changed + (not alike)
            places[at] = row if not alike else before
        if changed:
            there = f"{count(changed, 'row has', 'rows have')} the id of an earlier one and another answer"
            self.notes.append(f"{there}: the last of them counts.")
        return sorted(places.values()), same, changed

    def _by_day(self, kept: list[int], ids: list[str], days: list[date | None]) -> list[str]:
        """The ids made unique within the file by their day."""
        first: dict[str, date | None] = {}
        again = [first.setdefault(ids[row], days[row]) != days[row] for row in kept if ids[row]]
        if 2 * sum(again) <= len(again) - len(first) or sum(again) < 2:
            return ids
        self.notes.append("The ids start again within the file, so an answer is recognised by its id and its day.")
        return [f"{id} {day}" if id else "" for id, day in zip(ids, days, strict=True)]

    def _twins(self) -> int:
        return self.count - len(set(zip(*self.table.columns, strict=True))) if self.count else 0

    def _mapping(self, mark: str) -> Mapping:
        columns = [MappedColumn(self.table.found[index].name, role) for role, index in self.plan.roles.items()]
        columns += [MappedColumn(self.table.found[index].name, "comment") for index in self.plan.comments]
        columns += [
            MappedColumn(self.table.found[asked.column].name, "measure", asked.measure.key)
            for asked in self.plan.measures
        ]
        used = {column.header for column in columns}
        unused = tuple(
            heading.name
            for heading, column in zip(self.table.found, self.table.columns, strict=True)
            if heading.name not in used and any(column)
        )
        return Mapping(fingerprint=mark, columns=tuple(columns), day_order=self.order, sheet=self.sheet, unused=unused)

    def _rejects(self) -> Iterator[Reject]:
        if not self.wrong:
            return
        lines = self.table.rows.lines()
        for row, column, value, reason in sorted(self.wrong)[:REJECTS_KEPT]:
            line = lines[row + self.table.names]
            yield Reject(line, shortened(column, 80), shortened(value, _VALUE_SHOWN), reason)


def _which_sheet(sheets: Sequence[str]) -> str:
    """What is asked where several worksheets have answers."""
    names = listed([f"“{shortened(one_line(sheet), 40)}”" for sheet in sheets[:5]])
    which = f'Say which, such as --worksheet "{sheets[0]}".'
    return f"Answers are in {count(len(sheets), 'worksheet')}: {names}. {which}"


def _is_trial(status: str) -> bool:
    """Whether a status of Qualtrics, in words or as a sum of powers of two, says preview or test."""
    if status.isdecimal():
        return int(status) & 3 != 0
    return "preview" in status or status == "survey test"


def _cells(row: int, *columns: Sequence[object]) -> list[object]:
    return [column[row] for column in columns]


def _counted_as_satisfied(measures: Sequence[Measure]) -> list[str]:
    """Which words, or which numbers from where, count as satisfied, said once for questions that share them."""
    asked: dict[str, list[str]] = {}
    for measure in measures:
        words = [
            f"“{label}”"
            for label, value in measure.labels
            if value is not None and value >= measure.satisfied and (measure.parts == 1 or label.isdecimal())
        ]
        if not words and measure.scale in ("own", "csat5", "csat7", "ces7"):
            low, high, least = map(measure.said, (measure.low, measure.high, measure.satisfied))
            words = [f"{least} and more, on the scale {low} to {high}"]
        if words:
            asked.setdefault(listed(words), []).append(measure.title)
    return [
        f"Counted as satisfied: {words}. Asked: “{shortened(titles[0], 60)}”"
        + (f" and {count(len(titles) - 1, 'question')} more." if len(titles) > 1 else ".")
        for words, titles in asked.items()
    ]


def _decoded(cell: str) -> str:
    return html.unescape(cell) if "&" in cell else cell


def _comment(cell: str) -> str:
    """A comment as it was meant: entities and tags are text again, and "n/a" is nothing."""
    cell = _decoded(cell)
    if "<" in cell:
        cell = _TAG.sub("", _BREAK.sub("\n", cell)).strip()
    return "" if len(cell) <= 24 and is_no_answer(tidy(cell)) else cell
