"""The answers of a file in the form in which they would be kept, as rows to compare with those that are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from meetingtool.actions.customers.who_served import served_by
from meetingtool.importers.customers.draft import SurveyDraft
from meetingtool.records.surveys import Batch, Role, Served
from meetingtool.rules import wording
from meetingtool.rules.customers.naming import ForgottenNames
from meetingtool.rules.customers.series import days_of
from meetingtool.rules.roster import Roster

SERVED = "served"
_TEXTS: tuple[tuple[str, Role], ...] = (
    ("comments", "comment"),
    ("named", "named"),
    ("customers", "customer"),
    (SERVED, "person"),
)
"""The columns of a batch besides days, ids and values, with the role of each in a file."""

Row = tuple[Any, ...]
"""A row: its day, a value for every question compared, and a text for every other column compared."""


class ComparedColumns(msgspec.Struct, frozen=True):
    """Which columns are compared: the keys of questions, and the names of columns of a batch."""

    measures: tuple[str, ...]
    texts: tuple[str, ...]

    def shared_with(self, batch: Batch) -> ComparedColumns:
        """Those of them in which a batch has anything: the others came later."""
        columns = dict(zip(batch.measures, batch.values, strict=True))
        there = tuple(key for key in self.measures if any(value is not None for value in columns.get(key, ())))
        return ComparedColumns(there, tuple(name for name in self.texts if any(_texts_of(batch, name))))

    def of(self, batch: Batch) -> list[Row]:
        """The answers of a batch as rows of these columns."""
        nothing = (None,) * len(batch.days)
        columns = dict(zip(batch.measures, batch.values, strict=True))
        values = [columns.get(key) or nothing for key in self.measures]
        return list(zip(days_of(batch), *values, *(_texts_of(batch, name) for name in self.texts), strict=True))


class Incoming(msgspec.Struct, frozen=True):
    """What a file brings. values: by the key of the question; texts: by the column of a batch. Both have only what is
    in the file: what it doesn't have stays as it is kept. people: whom each name of somebody who served means. unread:
    by question, the rows in which something was rejected; there, too, the kept value stays."""

    days: list[date]
    ids: list[str]
    values: dict[str, list[int | None]]
    texts: dict[str, list[str]]
    people: dict[str, Served]
    unread: dict[str, frozenset[int]]

    def __len__(self) -> int:
        return len(self.days)

    @property
    def columns(self) -> ComparedColumns:
        """The columns that the file has."""
        return ComparedColumns(tuple(self.values), tuple(self.texts))

    def has_all_of(self, batch: Batch) -> bool:
        """Whether the file has every column in which a batch has anything."""
        answered = (key for key, column in zip(batch.measures, batch.values, strict=True) if set(column) - {None})
        texts = (name for name, _ in _TEXTS if any(_texts_of(batch, name)))
        return self.values.keys() >= set(answered) and self.texts.keys() >= set(texts)

    def rows(self, columns: ComparedColumns) -> list[Row]:
        """The answers as rows of some of the columns."""
        values = [self.values[key] for key in columns.measures]
        return list(zip(self.days, *values, *(self.texts[name] for name in columns.texts), strict=True))

    def text(self, name: str) -> list[str]:
        """A column of texts, empty ones where the file has none."""
        return self.texts.get(name) or [""] * len(self.days)


def incoming(draft: SurveyDraft, roster: Roster, gone: ForgottenNames) -> Incoming:
    """The answers of a draft as they would be kept. gone: customers whose names are not kept."""
    answers, roles = draft.answers, {column.role for column in draft.mapping.columns}
    columns = {
        "comments": answers.comments,
        "named": answers.named,
        "customers": ["" if name in gone else name for name in answers.customers],
        SERVED: answers.served,
    }
    texts = {name: _storable(columns[name]) for name, role in _TEXTS if role in roles and columns[name]}
    values = {measure.key: column for measure, column in zip(draft.measures, answers.values, strict=True)}
    people = {name: served_by(roster, name) for name in dict.fromkeys(texts.get(SERVED, ())) if name}
    unread = {measure.key: rows for measure, rows in zip(draft.measures, answers.unread, strict=True) if rows}
    return Incoming(answers.days, _storable(answers.ids), values, texts, people, unread)


def served_in(batch: Batch) -> list[Served | None]:
    """Who served, for every answer of a batch."""
    return [batch.served[by] if by >= 0 else None for by in batch.by] if batch.by else [None] * len(batch.days)


def _texts_of(batch: Batch, name: str) -> tuple[str, ...]:
    if name == SERVED:
        names = [one.name for one in batch.served]
        column = tuple(names[by] if by >= 0 else "" for by in batch.by)
    else:
        column = getattr(batch, name)
    return column or ("",) * len(batch.days)


def _storable(column: Iterable[str]) -> list[str]:
    return list(map(wording.storable, column))
