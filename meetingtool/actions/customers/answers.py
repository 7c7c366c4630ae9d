"""Telling the answers of a file from those already kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.customers.draft import Draft
from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules.customers.series import days_of

SHORT_ID = 6
"""Ids of so few characters may start again with every file, such as 1, 2, 3."""
START_AGAIN = timedelta(days=31)
"""A short id that appears again so long after is the id of another answer."""

_Answer = tuple[date, tuple[int | None, ...], str]


class Fresh(msgspec.Struct, frozen=True):
    """rows: of the file that are new. told: rows that are new or have another answer now. same, changed_count: rows
    that are kept already, just so or otherwise. changed: batches as they will be. thinned: of the same, those of months
    of which only counts are left."""

    rows: list[int]
    told: list[int] | None
    same: int
    changed_count: int
    changed: list[Batch]
    thinned: int = 0


class Known(msgspec.Struct, frozen=True):
    """The kept answers of a survey: where each id lies, and how often each answer without an id is there.

    thinned: the months of which only counts are left, by their first days. redated: whether the days come from another
    column now, so that an id with another day is the same answer.
    """

    survey: Survey
    batches: dict[str, Batch]
    ids: dict[str, tuple[str, int]]
    contents: Counter[_Answer]
    days: dict[str, list[date]]
    thinned: frozenset[date] = frozenset()
    redated: bool = False

    def told_apart(self, draft: Draft) -> Fresh:
        """Which rows of a file are new."""
        rows = range(len(draft.answers))
        if not self.batches:
            return Fresh(list(rows), None, 0, 0, [])
        return self._without_counted(draft, self._by_ids(draft) if draft.answers.ids else self._by_contents(draft))

    def _without_counted(self, draft: Draft, fresh: Fresh) -> Fresh:
        """Answers of months of which only counts are left can't be told from those counted: none is taken again."""
        if not self.thinned:
            return fresh
        again = {row for row in fresh.rows if draft.answers.days[row].replace(day=1) in self.thinned}
        rows = [row for row in fresh.rows if row not in again]
        told = None if fresh.told is None else [row for row in fresh.told if row not in again]
        return msgspec.structs.replace(fresh, rows=rows, told=told, same=fresh.same + len(again), thinned=len(again))

    def _by_ids(self, draft: Draft) -> Fresh:
        fresh: list[int] = []
        other: dict[str, list[tuple[int, int]]] = {}
        same = 0
        for row, id in enumerate(draft.answers.ids):
            place = self.ids.get(id) if id else None
            if place is None or self._is_another(draft, row, place):
                fresh.append(row)
            elif _answer(draft, row, self.survey) == _kept(self.batches[place[0]], place[1], self.survey, self.days):
                same += 1
            elif self.redated and draft.answers.days[row].year != self.batches[place[0]].at.year:
                raise Refused(
                    "With these days some answers move to another year, and answers are kept by year.",
                    "Undo that import and import the file again, or begin a new survey under another name.",
                )
            else:
                other.setdefault(place[0], []).append((place[1], row))
        changed = [_with(self.batches[id], draft, pairs, self.survey) for id, pairs in other.items()]
        told = sorted([*fresh, *(row for pairs in other.values() for _, row in pairs)])
        return Fresh(fresh, told, same, sum(map(len, other.values())), changed)

    def _is_another(self, draft: Draft, row: int, place: tuple[str, int]) -> bool:
        batch, at = place
        apart = abs(draft.answers.days[row] - self.days[batch][at])
        return not self.redated and len(draft.answers.ids[row]) <= SHORT_ID and apart > START_AGAIN

    def _by_contents(self, draft: Draft) -> Fresh:
        left = Counter(self.contents)
        fresh: list[int] = []
        same = 0
        for row in range(len(draft.answers)):
            answer = _answer(draft, row, self.survey)
            if left[answer] > 0:
                left[answer] -= 1
                same += 1
            else:
                fresh.append(row)
        return Fresh(fresh, fresh, same, 0, [])


def regraded(batch: Batch, before: Survey, after: Survey) -> Batch:
    """A batch on the scales of its survey as they are now, where a file has brought words that were never answered
    before; of the same version. Refused where only counts are left, which can't be moved."""
    columns = list(batch.values)
    for at, key in enumerate(batch.measures):
        old, new = before.measure(key), after.measure(key)
        if old is None or new is None or old.labels == new.labels or not batch.values:
            continue
        steps, now = dict(old.labels), dict(new.labels)
        moved = {step: now.get(label, step) for label, step in steps.items() if step is not None}
        columns[at] = tuple(moved.get(value, value) if value is not None else None for value in columns[at])
    for count in batch.counts:
        if before.measure(count.measure) != after.measure(count.measure):
            raise Refused(
                "The file has answers in words that are new, and of earlier ones only counts are left.",
                "Import it under another name: --as, or n in the app.",
            )
    return batch if tuple(columns) == batch.values else msgspec.structs.replace(batch, values=tuple(columns))


def known_answers(batches: Sequence[Batch], survey: Survey, *, redated: bool = False) -> Known:
    """What is kept of a survey. redated: whether its days come from another column of the file now."""
    days = {batch.id: days_of(batch) for batch in batches}
    ids = {id: (batch.id, row) for batch in batches for row, id in enumerate(batch.ids) if id}
    contents: Counter[_Answer] = Counter()
    for batch in batches:
        if not batch.ids:
            contents.update(_kept(batch, row, survey, days) for row in range(len(batch.days)))
    thinned = frozenset(count.month for batch in batches for count in batch.counts)
    return Known(survey, {batch.id: batch for batch in batches}, ids, contents, days, thinned, redated)


def _answer(draft: Draft, row: int, survey: Survey) -> _Answer:
    answers = draft.answers
    mine = {measure.key: column[row] for measure, column in zip(draft.measures, answers.values, strict=True)}
    return answers.days[row], tuple(mine.get(measure.key) for measure in survey.measures), answers.comments[row]


def _kept(batch: Batch, row: int, survey: Survey, days: dict[str, list[date]]) -> _Answer:
    mine = {key: column[row] for key, column in zip(batch.measures, batch.values, strict=True)}
    comment = batch.comments[row] if batch.comments else ""
    return days[batch.id][row], tuple(mine.get(measure.key) for measure in survey.measures), comment


def _with(batch: Batch, draft: Draft, pairs: Sequence[tuple[int, int]], survey: Survey) -> Batch:
    """A batch with other answers in some of its rows; a day of another year stays as it was."""
    days = days_of(batch)
    columns = {key: list(column) for key, column in zip(batch.measures, batch.values, strict=True)}
    comments = list(batch.comments or [""] * len(batch.days))
    for at, row in pairs:
        for measure, column in zip(draft.measures, draft.answers.values, strict=True):
            columns.setdefault(measure.key, [None] * len(batch.days))[at] = column[row]
        comments[at] = draft.answers.comments[row]
        if draft.answers.days[row].year == batch.at.year:
            days[at] = draft.answers.days[row]
    keys = tuple(measure.key for measure in survey.measures if measure.key in columns)
    first = min(days)
    return msgspec.structs.replace(
        batch,
        version=batch.version + 1,
        at=batch.at + (max(days) - max(days_of(batch))),
        first=first,
        days=tuple((day - first).days for day in days),
        measures=keys,
        values=tuple(tuple(columns[key]) for key in keys),
        comments=tuple(comments) if any(comments) else (),
    )
