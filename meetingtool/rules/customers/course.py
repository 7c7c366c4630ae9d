"""The course of a measure: when a fall is real, when to watch it, when it is under the target, when it rises.

Why 99 % and one measure: over a year in which nothing changes (90 % satisfied, 100 answers a month) a limit of 95 %
raises a false alert in more than a quarter of all years; `tests/benchmarks/alerts.py` prints how often, and what is
caught.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import floor
from typing import Literal

import msgspec

from meetingtool.rules.customers.shares import (
    COMPARED_LEAST,
    Z95,
    Z99,
    Z995,
    Interval,
    Tally,
    newcombe,
    nps_change,
    wilson,
)

Kind = Literal["fall", "watch", "under-target", "rise"]

POOLED = 3
"""How many periods before are combined for comparison."""
LEAST_CHANGE = 5
"""Points of a hundred below which a change is not mentioned, however certain."""
FURTHER = 10
"""Points beyond the last alert that raise another one."""
YEAR = 12
"""A target is offered from this many periods on."""

_PRECISION = 1e-9


class Point(msgspec.Struct, frozen=True):
    """One period of a measure: its name, such as `2026-11`, and its answers."""

    period: str
    tally: Tally


class PeriodChange(msgspec.Struct, frozen=True):
    """A period against those before it. points: of a hundred, below 0 for fewer. interval: of it, at 95 %."""

    now: Tally
    before: Tally
    points: float
    interval: Interval
    is_nps: bool = False


class Notable(msgspec.Struct, frozen=True):
    """What to say about a period. change: None where it is only about the target."""

    period: str
    kind: Kind
    tally: Tally
    change: PeriodChange | None = None
    target: float | None = None


def changed(now: Tally, before: Tally, *, is_nps: bool = False) -> PeriodChange | None:
    """How a period differs from those before it; None where either has too few answers to compare."""
    if min(now.n, before.n) < COMPARED_LEAST:
        return None
    return PeriodChange(now, before, _points(now, before, is_nps), _interval(now, before, Z95, is_nps), is_nps)


def look(
    points: Sequence[Point], *, primary: bool = True, target: float | None = None, is_nps: bool = False
) -> tuple[Notable, ...]:
    """What to say about the last of some periods, which follow each other without a gap.

    primary: the one measure that alerts; the others are only watched. target: a share from 0 to 1, or None.
    is_nps: a net promoter score, in which twice as many points make up the same part of the scale.
    """
    now = points[-1]
    found = []
    change = changed(now.tally, pooled(points), is_nps=is_nps)
    if change is not None and (kind := _kind(change, primary, is_nps)):
        found.append(Notable(now.period, kind, now.tally, change))
    can_miss = primary and not is_nps and now.tally.n >= COMPARED_LEAST
    if can_miss and target is not None and wilson(now.tally.satisfied, now.tally.n).high < target:
        found.append(Notable(now.period, "under-target", now.tally, change, target))
    return tuple(found)


def course(
    points: Sequence[Point], *, primary: bool = True, target: float | None = None, is_nps: bool = False
) -> tuple[Notable, ...]:
    """What to say about every period, each thing once: not again until a period without it, or ten points further."""
    told: list[Notable] = []
    standing: dict[str, float] = {}
    further = FURTHER * (2 if is_nps else 1)
    for end in range(1, len(points) + 1):
        tally = points[end - 1].tally
        if tally.n < COMPARED_LEAST:
            continue
        found = look(points[:end], primary=primary, target=target, is_nps=is_nps)
        level = _level(tally, is_nps)
        here = {_family(one.kind) for one in found}
        standing = {family: at for family, at in standing.items() if family in here}
        for one in found:
            at = standing.get(_family(one.kind))
            if at is None or (one.kind != "watch" and abs(level - at) >= further - _PRECISION):
                told.append(one)
                if one.kind != "watch":
                    standing[_family(one.kind)] = level
    return tuple(told)


def unraised(
    points: Sequence[Point],
    raised: Collection[tuple[str, str]],
    *,
    target: float | None = None,
    is_nps: bool = False,
) -> tuple[Notable, ...]:
    """What is bad in the last of some periods although no alert has said so since it began, such as a share below a
    target that was set meanwhile. raised: period and kind of the alerts of the primary measure.
    """
    found = []
    for one in look(points, target=target, is_nps=is_nps):
        if one.kind not in ("fall", "under-target"):
            continue
        for end in range(len(points), 0, -1):
            enough = points[end - 1].tally.n >= COMPARED_LEAST
            here = look(points[:end], target=target, is_nps=is_nps) if enough else ()
            if enough and not any(_family(each.kind) == one.kind for each in here):
                found.append(one)
                break
            if (points[end - 1].period, one.kind) in raised:
                break
        else:
            found.append(one)
    return tuple(found)


def pooled(points: Sequence[Point]) -> Tally:
    """The three periods before the last one, taken together."""
    return sum((point.tally for point in points[-1 - POOLED : -1]), Tally())


def offered_target(points: Sequence[Point]) -> int | None:
    """The target that a team's own year offers, in hundredths: what it surely reached; None with too few answers."""
    year = sum((point.tally for point in points[-YEAR:]), Tally())
    if year.n < COMPARED_LEAST:
        return None
    return floor(100 * wilson(year.satisfied, year.n).low + _PRECISION)


def _family(kind: Kind) -> str:
    return "fall" if kind == "watch" else kind


def _kind(change: PeriodChange, primary: bool, is_nps: bool) -> Kind | None:
    least = LEAST_CHANGE * (2 if is_nps else 1) - _PRECISION
    if abs(change.points) < least:
        return None
    if change.points > 0:
        sure = primary and _interval(change.now, change.before, Z99, is_nps).low > 0
        return "rise" if sure else None
    if not primary:
        return "watch" if _interval(change.now, change.before, Z995, is_nps).high < 0 else None
    if _interval(change.now, change.before, Z99, is_nps).high < 0:
        return "fall"
    return "watch" if change.interval.high < 0 else None


def _points(now: Tally, before: Tally, is_nps: bool) -> float:
    return _level(now, is_nps) - _level(before, is_nps)


def _level(tally: Tally, is_nps: bool) -> float:
    level = tally.nps if is_nps else tally.share
    assert level is not None
    return level if is_nps else 100 * level


def _interval(now: Tally, before: Tally, z: float, is_nps: bool) -> Interval:
    """Of the change, in points of a hundred."""
    if is_nps:
        return nps_change(now, before, z)
    interval = newcombe(now, before, z)
    return Interval(100 * interval.low, 100 * interval.high)
