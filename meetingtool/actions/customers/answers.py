"""Matching the answers of a file with those already kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from meetingtool.actions.customers.incoming import SERVED, ComparedColumns, Incoming, Row, served_in
from meetingtool.errors import Refused
from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules.customers.series import days_of

SHORT_ID = 6
"""Ids up to this length may start again with every file, such as 1, 2, 3."""
START_AGAIN = timedelta(days=31)
"""A short id that appears again after this long is the id of another answer."""

SHIFTED = timedelta(days=2)
"""A day may move by this much with the clock of another place; the answer is the same."""
MOST_SHOWN = 200
"""How many changed answers are listed; the others are counted."""

Place = tuple[str, int]
"""The id of a batch and the row of an answer in it."""


class ChangedAnswer(msgspec.Struct, frozen=True):
    """A kept answer that is different in the file. value, was: of the primary measure; None without one.
    comment_changed: whether the words are different. served, was_served: by whom, as the file says; both empty where
    that is unchanged."""

    id: str
    day: date
    was_day: date
    value: int | float | None
    was: int | float | None
    comment_changed: bool
    served: str = ""
    was_served: str = ""


class Fresh(msgspec.Struct, frozen=True):
    """rows: new rows of the file. places: where the others are kept. other: rows that differ from what is kept;
    changed: their batches as they will be. thinned: rows of months of which only counts are left. changes: the first of
    the changed rows. starts_again: whether the ids of the file belong to other answers. away: those of `other` whose
    day is in another year now, with the place that they leave. reworded: those of `other` with different words. far:
    new rows with the id of a much earlier answer."""

    rows: list[int]
    places: dict[int, Place]
    other: list[int]
    changed: list[Batch]
    thinned: int = 0
    changes: tuple[ChangedAnswer, ...] = ()
    starts_again: bool = False
    away: dict[int, Place] = {}
    reworded: frozenset[int] = frozenset()
    far: int = 0

    @property
    def same(self) -> int:
        """How many rows are kept already, unchanged."""
        return len(self.places) - len(self.other) + self.thinned

    @property
    def told(self) -> list[int]:
        """The rows that are new or have a different answer now."""
        return sorted([*self.rows, *self.other])


class KeptAnswers(msgspec.Struct, frozen=True):
    """The kept answers of a survey, and where each id is, once for each file.

    thinned: the months of which only counts are left, by their first days. redated: whether the days come from another
    column now, so that an id with another day is the same answer.
    """

    survey: Survey
    batches: dict[str, Batch]
    ids: dict[str, list[Place]]
    days: dict[str, list[date]]
    thinned: frozenset[date] = frozenset()
    redated: bool = False

    def told_apart(self, come: Incoming) -> Fresh:
        """Which rows of a file are new, and which differ from what is kept. A column that the file doesn't have says
        nothing about an answer."""
        if not self.batches:
            return Fresh(list(range(len(come))), {}, [], [])
        rows = come.rows(come.columns)
        kept = {id: come.columns.of(batch) for id, batch in self.batches.items()}
        starts_again = bool(come.ids) and self._starts_again(come, rows, kept)
        places: dict[int, Place] = {}
        if come.ids:
            stays = self._stays(come)
            found = ((row, self._place(come, row, starts_again, stays)) for row, id in enumerate(come.ids) if id)
            places = {row: place for row, place in found if place is not None}
        places |= self._alike(come, [row for row in range(len(come)) if row not in places])
        if come.unread:
            come = self._with_unread_kept(come, places)
            rows = come.rows(come.columns)
        other = [row for row, place in places.items() if self._is_other(come, row, rows[row], place, kept)]
        fresh = [row for row in range(len(come)) if row not in places]
        rows_kept = [row for row in fresh if come.days[row].replace(day=1) not in self.thinned]
        away = {row: places[row] for row in other if self._moves(come, row, places[row])}
        pairs: dict[str, list[tuple[int, int]]] = {}
        for row in sorted(other):
            pairs.setdefault(places[row][0], []).append((places[row][1], row))
        return Fresh(
            rows_kept,
            places,
            sorted(other),
            [_with(self.batches[id], come, mine, self.survey) for id, mine in pairs.items()],
            thinned=len(fresh) - len(rows_kept),
            changes=tuple(self._change(come, row, places[row]) for row in sorted(other)[:MOST_SHOWN]),
            starts_again=starts_again,
            away=away,
            reworded=frozenset(row for row in away if self._change(come, row, away[row]).comment_changed),
            far=0 if starts_again or not come.ids else sum(come.ids[row] in self.ids for row in rows_kept),
        )

    def _with_unread_kept(self, come: Incoming, places: dict[int, Place]) -> Incoming:
        """The same, with the kept value in place of what was rejected."""
        values = dict(come.values)
        for key, unread in come.unread.items():
            values[key] = column = list(values[key])
            for row in unread & places.keys():
                batch, at = self.batches[places[row][0]], places[row][1]
                if key in batch.measures:
                    column[row] = batch.values[batch.measures.index(key)][at]
        return msgspec.structs.replace(come, values=values)

    def _moves(self, come: Incoming, row: int, place: Place) -> bool:
        """Whether an answer moves to the answers of another year. It can't where the file lacks one of its columns."""
        batch = self.batches[place[0]]
        return come.days[row].year != batch.at.year and come.has_all_of(batch)

    def _is_other(self, come: Incoming, row: int, now: Row, place: Place, kept: dict[str, list[Row]]) -> bool:
        """Whether a kept answer differs from the file. A day in another year doesn't count as a change where it can't
        move there."""
        batch, at = self.batches[place[0]], place[1]
        before = kept[batch.id][at]
        if come.ids and come.ids[row] and not batch.ids:
            return True
        if now != before:
            if now[0].year == batch.at.year or self._moves(come, row, place):
                return True
            if self.redated:
                raise Refused(
                    "With these days some answers move to another year, and answers are kept by year.",
                    "Undo that import and import the file again, or begin a new survey under another name.",
                )
            return now[1:] != before[1:]
        served = come.people.get(come.texts[SERVED][row]) if SERVED in come.texts else None
        return served is not None and bool(served.person) and served != batch.served[batch.by[at]]

    def _place(self, come: Incoming, row: int, starts_again: bool, stays: bool) -> Place | None:
        """Where the answer of a row is kept: the one with its id and day, else the last with its id, unless that is
        another answer. stays: whether most ids of the file belong to the same answers as before."""
        places, day = self.ids.get(come.ids[row], ()), come.days[row]
        for batch, at in reversed(places):
            if self.redated or self.days[batch][at] == day:
                return batch, at
        if not places or starts_again:
            return None
        apart = abs(day - self.days[places[-1][0]][places[-1][1]])
        return None if len(come.ids[row]) <= SHORT_ID and apart > START_AGAIN and not stays else places[-1]

    def _stays(self, come: Incoming) -> bool:
        """Whether most of the known ids have the same days as before."""
        known = [(self.ids[id], day) for id, day in zip(come.ids, come.days, strict=True) if id in self.ids]
        same = sum(any(self.days[batch][at] == day for batch, at in places) for places, day in known)
        return 2 * same > len(known)

    def _starts_again(self, come: Incoming, rows: Sequence[Row], kept: dict[str, list[Row]]) -> bool:
        """Whether known ids belong to other answers, as where every file counts from 1: most have another day, which is
        enough for short ids; of long ones some must have a different answer, too."""
        known = moved = other = short = 0
        for row, id in enumerate(come.ids):
            places = self.ids.get(id) if id and not self.redated else None
            if not places:
                continue
            known += 1
            day, (batch, at) = come.days[row], places[-1]
            if self.days[batch][at] == day:
                continue
            if all(abs(self.days[one][there] - day) > SHIFTED for one, there in places):
                moved += 1
                short += len(id) <= SHORT_ID
                other += rows[row][1:] != kept[batch][at][1:]
        return 2 * moved > known and moved > 1 and (2 * short > moved or other * 5 >= moved)

    def _alike(self, come: Incoming, open_rows: Sequence[int]) -> dict[int, Place]:
        """Where rows without a known id are kept: by all that the file says of them, then by the columns that were
        there before. A row with an id is looked for among answers that came without any."""
        found: dict[int, Place] = {}
        taken: set[Place] = set()
        whole = come.columns
        for narrow in (False, True):
            left: dict[ComparedColumns, dict[tuple[bool, Row], list[Place]]] = {}
            for batch in self.batches.values():
                columns = whole.shared_with(batch) if narrow else whole
                if not columns.measures or (narrow and columns == whole):
                    continue
                there = left.setdefault(columns, {})
                for at, row in reversed(list(enumerate(columns.of(batch)))):
                    if not (batch.ids and batch.ids[at]) and (batch.id, at) not in taken:
                        there.setdefault((not batch.ids, row), []).append((batch.id, at))
            for columns, there in left.items():
                rows = come.rows(columns)
                for at in open_rows:
                    if at not in found:
                        without = (True,) if come.ids and come.ids[at] else (True, False)
                        places = next((mine for one in without if (mine := there.get((one, rows[at])))), None)
                        if places:
                            found[at] = places.pop()
            taken = set(found.values())
        return found

    def _change(self, come: Incoming, row: int, place: Place) -> ChangedAnswer:
        batch, at = self.batches[place[0]], place[1]
        measure, day = self.survey.measure(), self.days[batch.id][at]
        key = measure.key if measure is not None else ""
        column = dict(zip(batch.measures, batch.values, strict=True)).get(key)
        was = column[at] if column else None
        value = come.values[key][row] if key in come.values else was
        changed = [
            name
            for name in ("comments", "named")
            if name in come.texts and _text(batch, name, at) != come.texts[name][row]
        ]
        before = served_in(batch)[at]
        now = come.people.get(come.texts[SERVED][row]) if SERVED in come.texts else before
        is_other = SERVED in come.texts and now != before
        return ChangedAnswer(
            come.ids[row] if come.ids else "",
            come.days[row] if come.days[row].year == batch.at.year or self._moves(come, row, place) else day,
            day,
            measure.given(value) if measure is not None else None,
            measure.given(was) if measure is not None else None,
            bool(changed),
            now.name if is_other and now is not None else "",
            before.name if is_other and before is not None else "",
        )


def regraded(batch: Batch, before: Survey, after: Survey) -> Batch:
    """A batch on the scales of its survey as they are now, where a file has brought words that were never answered
    before; in the same version. Refused where only counts are left, which can't be moved."""
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


def known_answers(batches: Sequence[Batch], survey: Survey, *, redated: bool = False) -> KeptAnswers:
    """What is kept of a survey. redated: whether its days come from another column of the file now."""
    ids: dict[str, list[Place]] = {}
    for batch in batches:
        for row, id in enumerate(batch.ids):
            if id:
                ids.setdefault(id, []).append((batch.id, row))
    thinned = frozenset(count.month for batch in batches for count in batch.counts)
    days = {batch.id: days_of(batch) for batch in batches}
    return KeptAnswers(survey, {batch.id: batch for batch in batches}, ids, days, thinned, redated)


def _text(batch: Batch, name: str, at: int) -> str:
    column: tuple[str, ...] = getattr(batch, name)
    return column[at] if column else ""


def _with(batch: Batch, come: Incoming, pairs: Sequence[tuple[int, int]], survey: Survey) -> Batch:
    """A batch with other answers in some of its rows; one that moved to another year leaves its row empty."""
    days, nothing = days_of(batch), [""] * len(batch.days)
    away = [at for at, row in pairs if come.days[row].year != batch.at.year and come.has_all_of(batch)]
    columns = {key: list(column) for key, column in zip(batch.measures, batch.values, strict=True)}
    texts = {name: list(getattr(batch, name) or nothing) for name in come.texts if name != SERVED}
    ids = list(batch.ids or nothing)
    for at, row in pairs:
        for key, column in come.values.items():
            columns.setdefault(key, [None] * len(days))[at] = column[row]
        for name, column_of in texts.items():
            column_of[at] = come.texts[name][row]
        ids[at] = ids[at] or (come.ids[row] if come.ids else "")
        if come.days[row].year == batch.at.year:
            days[at] = come.days[row]
    for at in away:
        for column in columns.values():
            column[at] = None
        for text in (*texts.values(), ids):
            text[at] = ""
    keys = tuple(measure.key for measure in survey.measures if measure.key in columns)
    first = min(days)
    changed = msgspec.structs.replace(
        batch,
        version=batch.version + 1,
        at=batch.at + (max(days) - max(days_of(batch))),
        first=first,
        days=tuple((day - first).days for day in days),
        measures=keys,
        values=tuple(tuple(columns[key]) for key in keys),
        ids=_told(ids),
        **{name: _told(column_of) for name, column_of in texts.items()},
    )
    if SERVED in come.texts:
        changed = _served_by_others(changed, come, pairs)
    if away and changed.by:
        changed = msgspec.structs.replace(
            changed, by=tuple(-1 if at in away else by for at, by in enumerate(changed.by))
        )
    return changed


def _served_by_others(batch: Batch, come: Incoming, pairs: Iterable[tuple[int, int]]) -> Batch:
    """A batch in which other people served in some rows. A name that is nobody's now keeps meaning whom it meant."""
    served = served_in(batch)
    for at, row in pairs:
        before, now = served[at], come.people.get(come.texts[SERVED][row])
        if now is None or before is None or now.person or now.name != before.name:
            served[at] = now
    table = list(dict.fromkeys(one for one in served if one is not None))
    numbers = {one: number for number, one in enumerate(table)}
    return msgspec.structs.replace(
        batch, served=tuple(table), by=tuple(-1 if one is None else numbers[one] for one in served)
    )


def _told(column: Iterable[str]) -> tuple[str, ...]:
    """A column of texts; () where it says nothing."""
    told = tuple(column)
    return told if any(told) else ()
