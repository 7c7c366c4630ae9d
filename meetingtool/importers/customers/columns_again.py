"""The columns of a file whose survey is known: as last time, with what was added, removed or renamed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import date
from typing import NamedTuple

from meetingtool.errors import Refused
from meetingtool.importers.columns import shown
from meetingtool.importers.customers.columns import (
    ColumnPlan,
    QuestionColumn,
    columns_of,
    doubtful_of,
    planned,
    questions_of,
    which_day,
    with_keys,
)
from meetingtool.importers.customers.counting import Columns, counted
from meetingtool.importers.customers.headings import ColumnHeading
from meetingtool.importers.customers.mapping import GivenMapping, SaidMeasure, place, same_question
from meetingtool.importers.customers.roles import is_summary
from meetingtool.importers.customers.scales import fits, grown
from meetingtool.importers.spreadsheets import RawCell
from meetingtool.records.surveys import MappedColumn, Measure, Role, Survey
from meetingtool.rules.wording import count, listed

_LATER: tuple[Role, ...] = ("person", "named", "customer")
"""Roles, besides comments, that a column may have even if the survey did not have them before."""


def planned_for(
    found: Sequence[ColumnHeading], columns: Columns, today: date, said: GivenMapping, survey: Survey | None
) -> ColumnPlan:
    """The columns to use. survey: the one that the file belongs to, whose mapping is kept.

    Refused for a file without answers on a scale, for a summary, and for a list of employees.
    """
    if is_summary(found):
        raise Refused(
            "This is a summary: it says how often each answer was chosen.",
            "Export the single responses, one row for each customer.",
        )
    if survey is not None and survey.mapping.columns:
        return _planned_again(found, columns, today, said, survey)
    return planned(found, columns, today, said)


def _planned_again(
    found: Sequence[ColumnHeading], columns: Columns, today: date, said: GivenMapping, survey: Survey
) -> ColumnPlan:
    """The columns of a known survey: as last time, with what is new in the file or given differently now. Renamed
    columns are looked for as in a new file; about renamed questions a person is asked. Refused when none of its
    questions is there, and for another scale of a question whose answers are kept.
    """
    index = {heading.name: at for at, heading in enumerate(found)}
    named = {place(column, found): role for column, role in said.columns.items()}
    kept = _as_last_time(found, columns, said, named, survey)
    told = kept.told
    gone = _gone(survey, kept, index)
    seen = kept.used | {index[name] for name in survey.mapping.unused if name in index}
    seen |= {at for at, column in enumerate(columns) if not any(column)}
    is_another = bool(gone) or len(seen) < len(found)
    free = set(range(len(found))) - seen - named.keys() if is_another else told.keys()
    questions = questions_of(found, columns, set(range(len(found))) - free - told.keys(), told, survey.measures)
    come = with_keys(questions, {measure.key for measure in survey.measures})
    if not kept.measures and not come:
        raise Refused(
            f"This file has none of the questions of “{shown(survey.name)}”.",
            "Begin a new survey under another name: --as, or n in the app.",
        )
    roles, comments = kept.roles, kept.comments
    days: tuple[str, ...] = ()
    if is_another or named:
        taken = questions.keys() | told.keys()
        new_roles, new_comments = columns_of(found, columns, today, named, seen | taken)
        said_roles = {role: at for role, at in new_roles.items() if role in named.values() and named.get(at) == role}
        _refuse_other_days(found, roles, said_roles, survey)
        lost = _lost(survey, gone)
        again = columns_of(found, columns, today, {}, kept.used | named.keys() | taken)[0] if lost else {}
        later = {role: at for role, at in new_roles.items() if role in _LATER}
        roles = later | {role: at for role, at in again.items() if role in lost} | roles | said_roles
        comments = [*comments, *(at for at in new_comments if at not in comments)]
        if "date" in lost and "date" not in said_roles:
            days = doubtful_of(found, columns, today, roles)
    reworded, open_questions = _reworded(found, columns, [one for one in come if one.column not in told], gone, survey)
    whole = [*kept.in_order(survey), *come]
    primary = survey.primary
    if said.primary:
        primary = next((one.measure.key for one in whole if one.column == place(said.primary, found)), primary)
    used = {*(one.column for one in whole), *roles.values(), *comments}
    new = [at for at in sorted(free - told.keys()) if at not in seen]
    notes = (
        *_missing_columns(gone),
        *_new_columns(found, [at for at in new if at in used], "used from now on"),
        *_new_columns(found, [at for at in new if at not in used], "not used"),
    )
    asks = (*which_day(days), *open_questions)
    dates = said.dates or survey.mapping.day_order
    return ColumnPlan(whole, roles, comments, primary, dates, notes, asks, days, reworded=reworded)


class _Kept(NamedTuple):
    """The columns of a file that hold what they held last time. told: what is said of others, by column."""

    measures: dict[int, Measure]
    roles: dict[Role, int]
    comments: list[int]
    told: dict[int, SaidMeasure]

    @property
    def used(self) -> set[int]:
        """All of them."""
        return {*self.measures, *self.comments, *self.roles.values()}

    @property
    def keys(self) -> set[str]:
        """The keys of the questions among them."""
        return {measure.key for measure in self.measures.values()}

    def in_order(self, survey: Survey) -> list[QuestionColumn]:
        """The questions, as the survey has them."""
        order = {measure.key: at for at, measure in enumerate(survey.measures)}
        asked = (QuestionColumn(at, one) for at, one in self.measures.items())
        return sorted(asked, key=lambda one: order[one.measure.key])


def _as_last_time(
    found: Sequence[ColumnHeading], columns: Columns, said: GivenMapping, named: Container[int], survey: Survey
) -> _Kept:
    """Columns that are where they were, except those about which something else is said now. named: those with a
    role."""
    index = {heading.name: at for at, heading in enumerate(found)}
    told = {place(one.column, found): one for one in said.measures}
    measures = {at: _same(found[at], columns[at], one, survey) for at, one in told.items() if one.same}
    kept = _Kept(measures, {}, [], {at: one for at, one in told.items() if at not in measures})
    for column in survey.mapping.columns:
        at = index.get(column.header)
        if at is None or at in measures or at in named:
            continue
        measure = survey.measure(column.measure) if column.role == "measure" else None
        if measure is None:
            if at in kept.told:
                continue
            if column.role == "comment":
                kept.comments.append(at)
            elif column.role != "measure":
                kept.roles.setdefault(column.role, at)
            continue
        if at in kept.told:
            _refuse_other_scale(found[at], kept.told.pop(at), measure)
        if measure.key not in kept.keys:
            measures[at] = grown(measure, counted(columns[at]) or ())
    return kept


def _gone(survey: Survey, kept: _Kept, there: Container[str]) -> list[MappedColumn]:
    """The columns of a survey that a file lacks, and has under no other name that they have had."""
    away = [column for column in survey.mapping.columns if column.header not in there]
    return [column for column in away if column.measure not in kept.keys and column.role not in kept.roles]


def _lost(survey: Survey, gone: Sequence[MappedColumn]) -> set[Role]:
    """What the survey needs another column for: what is gone, and days that it never had."""
    lost = {column.role for column in gone}
    return lost if any(column.role == "date" for column in survey.mapping.columns) else lost | {"date"}


def _same(heading: ColumnHeading, column: Sequence[RawCell], said: SaidMeasure, survey: Survey) -> Measure:
    """The question of the survey that a person says is in this column. Refused where its answers don't fit."""
    measure = same_question(said.same, survey)
    answers = counted(column) or Counter()
    measure = grown(measure, answers)
    if not fits(measure, answers):
        there = listed([f"“{shown(answer)}”" for answer in list(answers)[:3]])
        raise Refused(
            f"The answers of “{shown(heading.name)}” are not on the scale of “{shown(measure.title)}”: {there}.",
            "Import it as a question of its own, or begin a new survey under another name.",
        )
    return measure


def _reworded(
    found: Sequence[ColumnHeading],
    columns: Columns,
    come: Sequence[QuestionColumn],
    gone: Sequence[MappedColumn],
    survey: Survey,
) -> tuple[tuple[str, str], list[str]]:
    """A missing question of the survey which a new one may ask in other words: the new column and the key, and what to
    ask about it."""
    lost = [measure for column in gone if (measure := survey.measure(column.measure)) and column.role == "measure"]
    for measure in sorted(lost, key=lambda one: one.key != survey.primary):
        ends = (measure.low, measure.high, measure.parts)
        alike = [
            one
            for one in come
            if (one.measure.low, one.measure.high, one.measure.parts) == ends
            and fits(measure, counted(columns[one.column]) or ())
        ]
        if alike and (len(alike) == 1 or measure.key == survey.primary):
            name = found[alike[0].column].name
            ask = (
                f"“{shown(name)}” is new, and “{shown(measure.title)}” is missing. Is it the same question in other "
                f'words? Say --column {measure.key}="{shown(name)}", or --column {alike[0].measure.scale}='
                f'"{shown(name)}" if it is another one.'
            )
            return (name, measure.key), [ask]
    return ("", ""), []


def _refuse_other_scale(heading: ColumnHeading, said: SaidMeasure, measure: Measure) -> None:
    """Refuse another scale: the answers that are kept can't be put on it. Naming their own scale again is fine."""
    if said.scale in (None, measure.scale) and not said.labels and said.satisfied is None:
        return
    raise Refused(
        f"“{shown(heading.name)}” is kept as {measure.scale}, and its answers with it.",
        "To read it otherwise, begin a new survey under another name: --as, or n in the app.",
    )


def _refuse_other_days(
    found: Sequence[ColumnHeading], roles: dict[Role, int], said: dict[Role, int], survey: Survey
) -> None:
    """Refuse days from another column: answers without ids could not be found again."""
    before, now = roles.get("date"), said.get("date")
    if now is None or before in (None, now) or "id" in {**roles, **said}:
        return
    raise Refused(
        f"The answers of “{shown(survey.name)}” have the days of “{shown(found[before].name)}”, and no ids by which "
        "their days could be corrected.",
        "Undo that import and import the file again, or begin a new survey under another name.",
    )


def _missing_columns(gone: Sequence[MappedColumn]) -> list[str]:
    if not gone:
        return []
    called = [f"“{shown(column.header)}”" for column in gone]
    return [f"{count(len(gone), 'column')} from last time missing: {listed(called[:5])}."]


def _new_columns(found: Sequence[ColumnHeading], which: Sequence[int], what: str) -> list[str]:
    if not which:
        return []
    names = listed([f"“{shown(found[at].name)}”" for at in which[:5]])
    return [f"{count(len(which), 'new column')} {what}: {names}{' and others' if len(which) > 5 else ''}."]
