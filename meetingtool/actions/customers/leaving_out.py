"""Leaving an answer out of the score of whoever served: decided without knowing who that is, for good and bad answers
alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import msgspec

from meetingtool.actions.customers.surveys import batches_of
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import REF_LENGTH, mint
from meetingtool.records.people import Person
from meetingtool.records.surveys import Batch, Because, LeftOut, Served, Survey
from meetingtool.rules.days import moved
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

_REF = re.compile(r"(\w+):(\d{1,7})")


class ServedAnswer(msgspec.Struct, frozen=True):
    """One answer without anybody's name. ref: names it, as `K3V9QD:17`. value: of the primary measure, None without.
    comment: with "…" for the name of whoever served. because: why it is left out; None while it counts.
    """

    ref: str
    date: date
    value: int | float | None
    satisfied: bool | None
    comment: str
    because: Because | None


def answers_of(
    workspace: Workspace, survey: Survey, since: date | None = None, until: date | None = None
) -> list[ServedAnswer]:
    """The answers with somebody who served, good and bad alike, by day. since, until: both included."""
    found: list[ServedAnswer] = []
    people = {one.id: one for one in workspace.find(Person, removed=None)}
    for batch in batches_of(workspace, survey):
        left = {one.row: one.because for one in workspace.find(LeftOut, batch=batch.id)}
        found += _answers(batch, survey, left, [_names(one, people) for one in batch.served])
    kept = [one for one in found if (since is None or one.date >= since) and (until is None or one.date <= until)]
    return sorted(kept, key=lambda one: (one.date, one.ref))


def _names(served: Served, people: dict[str, Person]) -> str:
    """Everything that those who served are called, in the file and on the team."""
    known = [people[id] for id in (served.person, *served.others) if id in people]
    return " ".join([served.name, *(name for one in known for name in (one.name, *one.nicknames))])


def _answers(batch: Batch, survey: Survey, left: dict[int, Because], names: list[str]) -> Iterator[ServedAnswer]:
    """names: what those who served are called, in the order of `batch.served`."""
    measure = survey.measure()
    values = batch.values[batch.measures.index(measure.key)] if measure and measure.key in batch.measures else ()
    for row, by in enumerate(batch.by):
        if by < 0:
            continue
        value = values[row] if values else None
        satisfied = None if value is None or measure is None else value >= measure.satisfied
        comment = _without(names[by], batch.comments[row]) if batch.comments else ""
        day = moved(batch.first, timedelta(days=batch.days[row]))
        given = measure.given(value) if measure is not None else None
        yield ServedAnswer(answer_ref(batch.id, row), day, given, satisfied, comment, left.get(row))


def _without(name: str, comment: str) -> str:
    """The comment with "…" for each part of a name."""
    parts = [re.escape(part) for part in re.findall(r"\w[\w'-]+", name)]
    return re.sub(rf"\b(?:{'|'.join(parts)})\b", "…", comment, flags=re.IGNORECASE) if parts else comment


def leave_out(workspace: Workspace, ref: str, because: Because, now: datetime) -> LeftOut:
    """Let the answer no longer count, either for whoever served or for the team. Refused where it is left out
    already."""
    batch, row = answer_of(workspace, ref)
    day = moved(batch.first, timedelta(days=batch.days[row]))
    record = LeftOut(
        id=mint(now),
        at=datetime.combine(day, time(12), tzinfo=batch.at.tzinfo),
        made_at=now,
        made_by=workspace.user,
        batch=batch.id,
        row=row,
        because=because,
    )
    with workspace.batch(deeds.LEFT_OUT, now):
        known = workspace.find(LeftOut, batch=batch.id, row=row)
        if known:
            raise Refused(f"This answer is already left out, as {known[0].because}.", "--back counts it again.")
        workspace.save(record, deed=deeds.LEFT_OUT, now=now)
    return record


def count_again(workspace: Workspace, ref: str, now: datetime) -> list[LeftOut]:
    """Let the answer count again; the record that left it out is removed. Refused where it is not left out."""
    batch, row = answer_of(workspace, ref)
    known = workspace.find(LeftOut, batch=batch.id, row=row)
    if not known:
        raise Refused("This answer is not left out.", "`meetingtool survey answers` shows which are.")
    back = [msgspec.structs.replace(one, version=one.version + 1, removed_at=now) for one in known]
    workspace.save(*back, deed=deeds.LEFT_OUT, now=now)
    return back


def answer_ref(batch: str, row: int) -> str:
    """The reference of an answer, as `K3V9QD:17`. batch: its id. row: counted from 0."""
    return f"{batch[-REF_LENGTH:]}:{row + 1}"


def answer_of(workspace: Workspace, ref: str) -> tuple[Batch, int]:
    """The batch and the row of an answer. NotFound for anything that isn't the reference of one."""
    hint = "`meetingtool survey answers` shows them, such as K3V9QD:17."
    match = _REF.fullmatch(ref.strip())
    if match is None:
        raise NotFound("That is not the reference of an answer.", hint)
    batch = workspace.by_ref(match[1])
    row = int(match[2]) - 1
    if not isinstance(batch, Batch) or not 0 <= row < len(batch.days):
        raise NotFound("There is no such answer.", hint)
    return batch, row
