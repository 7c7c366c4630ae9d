"""What rests on a customer's answer, where a file now has the answer with other words or another day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import msgspec

from meetingtool.actions.customers.answers import Fresh
from meetingtool.actions.customers.named import PlacedRows
from meetingtool.records.base import mint
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.series import days_of
from meetingtool.store import Workspace


class MovedAnswer(msgspec.Struct, frozen=True):
    """An answer whose words or day changed. was, now: what the customer wrote."""

    batch: str
    row: int
    was_day: date
    day: date
    was: str
    now: str
    reworded: bool


def moved_in(kept: Sequence[Batch], changed: Sequence[Batch]) -> list[MovedAnswer]:
    """The answers whose words or day changed. changed: batches as they will be."""
    before = {batch.id: batch for batch in kept}
    found = []
    for batch in changed:
        was = _words(before[batch.id])
        for row, (then, now) in enumerate(zip(was, _words(batch), strict=True)):
            if then != now:
                found.append(MovedAnswer(batch.id, row, then[0], now[0], then[1], now[1], then[1:] != now[1:]))
    return found


def _words(batch: Batch) -> list[tuple[date, str, str]]:
    nothing = ("",) * len(batch.days)
    return list(zip(days_of(batch), batch.comments or nothing, batch.named or nothing, strict=True))


def placed_in(
    fresh: Fresh, days: Sequence[date], kept: Sequence[Batch], batches: Sequence[Batch], moved: Sequence[MovedAnswer]
) -> PlacedRows:
    """Where the rows of a file are once they are kept. days: of the rows. batches: the new answers, one a year."""
    known = {batch.id: days_of(batch) for batch in kept}
    other = {(one.batch, one.row): one for one in moved}
    places, when = dict(fresh.places), {}
    for row, place in fresh.places.items():
        when[row] = other[place].day if place in other else known[place[0]][place[1]]
    reworded = frozenset(row for row in fresh.other if (one := other.get(places[row])) is not None and one.reworded)
    years = {batch.at.year: batch.id for batch in batches}
    counts = dict.fromkeys(years, 0)
    for row in sorted([*fresh.rows, *fresh.away]):
        year = days[row].year
        places[row], when[row] = (years[year], counts[year]), days[row]
        counts[year] += 1
    reworded = (reworded - fresh.away.keys()) | fresh.reworded
    return PlacedRows(places, when, frozenset(fresh.rows), reworded, fresh.told, fresh.away)


def resting_on(
    workspace: Workspace, survey: Survey, moved: Sequence[MovedAnswer], placed: PlacedRows, now: datetime
) -> list[Voice | LeftOut]:
    """The comments to read aloud and the answers left out, as they will be: removed where the words changed, unless
    they were read in a meeting; moved where the day changed, into another year as new records."""
    if not moved:
        return []
    found: list[Voice | LeftOut] = []
    left = {place: row for row, place in placed.left.items() if row not in placed.reworded}
    texts = {(one.was_day, one.was): one for one in moved if one.was}
    for voice in workspace.find(Voice, survey=survey.id, channel="survey"):
        one = texts.get((voice.at.date(), voice.text))
        if one is not None and not voice.read_in:
            found.append(_as_moved(voice, one, gone=one.was != one.now, now=now))
            if (row := left.get((one.batch, one.row))) is not None:
                at = datetime.combine(placed.days[row], time(12), tzinfo=voice.at.tzinfo)
                found.append(msgspec.structs.replace(voice, id=mint(now), version=1, at=at))
    rows: Mapping[tuple[str, int], MovedAnswer] = {(one.batch, one.row): one for one in moved}
    for batch in {one.batch for one in moved}:
        for out in workspace.find(LeftOut, batch=batch):
            one = rows.get((batch, out.row))
            if one is not None:
                found.append(_as_moved(out, one, gone=one.reworded, now=now))
            if (row := left.get((batch, out.row))) is not None:
                at = datetime.combine(placed.days[row], time(12), tzinfo=out.at.tzinfo)
                there, place = placed.places[row]
                found.append(msgspec.structs.replace(out, id=mint(now), version=1, at=at, batch=there, row=place))
    return found


def _as_moved(record: Voice | LeftOut, moved: MovedAnswer, *, gone: bool, now: datetime) -> Voice | LeftOut:
    if gone:
        return msgspec.structs.replace(record, version=record.version + 1, removed_at=now)
    at = datetime.combine(moved.day, time(12), tzinfo=record.at.tzinfo)
    return msgspec.structs.replace(record, version=record.version + 1, at=at)
