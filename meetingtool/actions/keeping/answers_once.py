"""An answer of a survey that two computers imported counts once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.series import days_of
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.merging import Merged

Place = tuple[str, int]
"""A batch and a row in it."""

_COLUMNS = ("days", "ids", "comments", "customers", "named", "by")


def twice_in(batches: Iterable[Batch]) -> dict[Place, Place]:
    """Answers with an id and a day that an answer before them has, each with that one."""
    first: dict[tuple[str, object], Place] = {}
    found: dict[Place, Place] = {}
    for batch in batches:
        days = days_of(batch) if any(batch.ids) else []
        for row, key in enumerate(zip(batch.ids, days, strict=False)):
            place = (batch.id, row)
            if key[0] and (known := first.setdefault(key, place)) != place:
                found[place] = known
    return found


def _told_twice(batches: Sequence[Batch], merged: Sequence[Merged]) -> dict[Place, Place]:
    """Answers without an id that came from the copy, each with one that was only here and says the very same."""
    came = frozenset[str]().union(*(each.came for each in merged))
    there = frozenset[str]().union(*(each.there for each in merged))
    left: dict[object, list[Place]] = {}
    found: dict[Place, Place] = {}
    for theirs in (False, True):
        for batch in batches:
            if (batch.id in came) != theirs or (batch.id in there and not theirs):
                continue
            days = days_of(batch)
            for row in range(len(batch.days)):
                if batch.ids and batch.ids[row]:
                    continue
                said = (days[row], _said(batch, row))
                if not theirs:
                    left.setdefault(said, []).append((batch.id, row))
                elif left.get(said):
                    found[batch.id, row] = left[said].pop(0)
    return found


def _said(batch: Batch, row: int) -> tuple[object, ...]:
    values = {key: column[row] for key, column in zip(batch.measures, batch.values, strict=True)}
    given = tuple(sorted((key, value) for key, value in values.items() if value is not None))
    texts = (column[row] if column else "" for column in (batch.comments, batch.customers, batch.named))
    at = batch.by[row] if batch.by else -1
    return given, *texts, batch.served[at].name if at >= 0 else ""


def answers_once(workspace: Workspace, now: datetime, merged: Sequence[Merged]) -> tuple[dict[Place, Place], list[str]]:
    """Take out answers that are there twice. Returns where each one that moved is now, and in words what was done. Of
    two answers with one id that say different things, the one imported later stays.
    """
    moved: dict[Place, Place] = {}
    told = []
    for survey in workspace.find(Survey):
        batches = sorted(workspace.find(Batch, survey=survey.id), key=lambda each: (each.made_at, each.id))
        gone = twice_in(batches) | _told_twice(batches, merged)
        if not gone:
            continue
        by_id = {batch.id: batch for batch in batches}
        other = 0
        for (there, row), (here, at) in gone.items():
            if _said(by_id[there], row) != _said(by_id[here], at):
                by_id[here] = _with_row(by_id[here], at, by_id[there], row)
                other += 1
        for batch in batches:
            new, places = _without(by_id[batch.id], {row for id, row in gone if id == batch.id}, now)
            moved |= {(batch.id, row): (batch.id, at) for row, at in places.items() if row != at}
            if new != batch:
                version = batch.version + 1
                workspace.save(msgspec.structs.replace(new, version=version), deed=deeds.TOLD_APART, now=now)
        moved |= {place: moved.get(to, to) for place, to in gone.items()}
        said = f"{wording.one_line(survey.name)}: {wording.count(len(gone), 'answer')} of both computers count once"
        told.append(f"{said}; for {other} that differed, the later one counts." if other else f"{said}.")
    return moved, told


def _without(batch: Batch, gone: set[int], now: datetime) -> tuple[Batch, dict[int, int]]:
    """The batch without some rows, and where each of the others is now; in the bin where none is left."""
    kept = [row for row in range(len(batch.days)) if row not in gone]
    if not gone:
        return batch, {}
    if not kept:
        return msgspec.structs.replace(batch, removed_at=now), {}
    columns = {name: tuple(column[row] for row in kept) for name in _COLUMNS if (column := getattr(batch, name))}
    values = tuple(tuple(column[row] for row in kept) for column in batch.values)
    return msgspec.structs.replace(batch, values=values, **columns), {row: at for at, row in enumerate(kept)}


def _with_row(batch: Batch, at: int, other: Batch, row: int) -> Batch:
    """The batch with one answer as another batch has it."""
    rows = len(batch.days)
    given = {key: column[row] for key, column in zip(other.measures, other.values, strict=True)}
    measures = tuple(dict.fromkeys((*batch.measures, *other.measures)))
    mine = dict(zip(batch.measures, batch.values, strict=True))
    values = []
    for key in measures:
        column = list(mine.get(key, (None,) * rows))
        column[at] = given.get(key)
        values.append(tuple(column))
    texts = {}
    for name in ("comments", "customers", "named"):
        said = getattr(other, name)
        words: list[str] = list(getattr(batch, name) or ("",) * rows)
        words[at] = said[row] if said else ""
        texts[name] = tuple(words) if any(words) else ()
    served, by = list(batch.served), list(batch.by or (-1,) * rows)
    who = other.served[other.by[row]] if other.by and other.by[row] >= 0 else None
    if who is not None and who not in served:
        served.append(who)
    by[at] = -1 if who is None else served.index(who)
    return msgspec.structs.replace(
        batch, measures=measures, values=tuple(values), served=tuple(served), by=tuple(by) if served else (), **texts
    )
