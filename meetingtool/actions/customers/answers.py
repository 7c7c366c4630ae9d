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

SHIFTED = timedelta(days=2)
"""A day may move by so much with the clock of another place; the answer is the same."""
MOST_SHOWN = 200
"""So many changed answers are listed; the others are counted."""

_Answer = tuple[date, tuple[int | None, ...], str]


class Change(msgspec.Struct, frozen=True):
    """A kept answer that the file has otherwise. value, was: of the primary measure, None without. comment_changed:
    whether the words are others."""

    id: str
    day: date
    was_day: date
    value: int | float | None
    was: int | float | None
    comment_changed: bool


class Fresh(msgspec.Struct, frozen=True):
    """rows: of the file that are new. told: rows that are new or have another answer now. same, changed_count: rows
    that are kept already, just so or otherwise. changed: batches as they will be. thinned: of the same, those of months
    of which only counts are left. changes: the first of the changed rows. starts_again: whether the ids of the file are
    those of other answers."""

    rows: list[int]
    told: list[int] | None
    same: int
    changed_count: int
    changed: list[Batch]
    thinned: int = 0
    changes: tuple[Change, ...] = ()
    starts_again: bool = False


class Known(msgspec.Struct, frozen=True):
    """The kept answers of a survey: where each id lies, once a file, and how often each answer without an id is there.

    thinned: the months of which only counts are left, by their first days. redated: whether the days come from another
    column now, so that an id with another day is the same answer.
    """

    survey: Survey
    batches: dict[str, Batch]
    ids: dict[str, list[tuple[str, int]]]
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
        changes: list[Change] = []
        left = Counter(self.contents)
        same = 0
        starts_again = self._starts_again(draft)
        for row, id in enumerate(draft.answers.ids):
            answer = _answer(draft, row, self.survey)
            place = self._place(draft, row, starts_again=starts_again) if id else None
            if place is None and not id and left[answer] > 0:
                left[answer] -= 1
                same += 1
            elif place is None:
                fresh.append(row)
            elif answer == (before := _kept(self.batches[place[0]], place[1], self.survey, self.days)):
                same += 1
            elif self.redated and draft.answers.days[row].year != self.batches[place[0]].at.year:
                raise Refused(
                    "With these days some answers move to another year, and answers are kept by year.",
                    "Undo that import and import the file again, or begin a new survey under another name.",
                )
            else:
                other.setdefault(place[0], []).append((place[1], row))
                if len(changes) < MOST_SHOWN:
                    changes.append(_change(id, before, answer, self.survey))
        changed = [_with(self.batches[id], draft, pairs, self.survey) for id, pairs in other.items()]
        told = sorted([*fresh, *(row for pairs in other.values() for _, row in pairs)])
        count = sum(map(len, other.values()))
        return Fresh(fresh, told, same, count, changed, changes=tuple(changes), starts_again=starts_again)

    def _place(self, draft: Draft, row: int, *, starts_again: bool) -> tuple[str, int] | None:
        """Where the answer of a row lies: the one with its id and day, else the last with its id, unless that is
        another answer."""
        places, day = self.ids.get(draft.answers.ids[row], ()), draft.answers.days[row]
        for batch, at in reversed(places):
            if self.redated or self.days[batch][at] == day:
                return batch, at
        if not places or starts_again:
            return None
        apart = abs(day - self.days[places[-1][0]][places[-1][1]])
        return None if len(draft.answers.ids[row]) <= SHORT_ID and apart > START_AGAIN else places[-1]

    def _starts_again(self, draft: Draft) -> bool:
        """Whether ids that are known are those of other answers, as where every file counts from 1: most have another
        day; of short ids that is enough, of long ones some must have another answer, too."""
        known = moved = other = short = 0
        for row, id in enumerate(draft.answers.ids):
            places = self.ids.get(id) if id and not self.redated else None
            if not places:
                continue
            known += 1
            day = draft.answers.days[row]
            if all(abs(self.days[batch][at] - day) > SHIFTED for batch, at in places):
                moved += 1
                short += len(id) <= SHORT_ID
                kept = _kept(self.batches[places[-1][0]], places[-1][1], self.survey, self.days)
                other += _answer(draft, row, self.survey)[1:] != kept[1:]
        return 2 * moved > known and moved > 1 and (2 * short > moved or other * 5 >= moved)

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
    ids: dict[str, list[tuple[str, int]]] = {}
    contents: Counter[_Answer] = Counter()
    for batch in batches:
        for row, id in enumerate(batch.ids):
            if id:
                ids.setdefault(id, []).append((batch.id, row))
        without = [row for row, id in enumerate(batch.ids) if not id] if batch.ids else range(len(batch.days))
        contents.update(_kept(batch, row, survey, days) for row in without)
    thinned = frozenset(count.month for batch in batches for count in batch.counts)
    return Known(survey, {batch.id: batch for batch in batches}, ids, contents, days, thinned, redated)


def _change(id: str, before: _Answer, now: _Answer, survey: Survey) -> Change:
    measure = survey.measure()
    at = survey.measures.index(measure) if measure is not None else 0
    value, was = (measure.given(answer[1][at]) if measure is not None else None for answer in (now, before))
    return Change(id, now[0], before[0], value, was, now[2] != before[2])


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
