"""The part of the promises: kept ones count whole, those kept late count half.

    P = (kept + late / 2) / (kept + late + missed) * 100

What fell due before the person came or after they had left stays out. Promises born from the person's own sticky
situations can only help: see `promise_ways`. By the former rule a promise kept late counted as kept, and as missed if
it had been given a new date after its own had passed.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.score_inputs import ScoreInputs, SettledPromise
from meetingtool.rules.people.score_part import ScorePart, part_of_sum
from meetingtool.rules.wording import MONTHS, count

Counts = Literal["kept", "late", "missed", "left out"]

STICKY = "born from a sticky situation that was shared"


class PromiseLine(msgspec.Struct, frozen=True):
    """One promise within its part. counts: what it counts as, or that it is left out; why: given where it is not
    obvious."""

    id: str
    counts: Counts
    why: str = ""


class Way(msgspec.Struct, frozen=True):
    """One way to make the sum: the part, and how each promise counts in it."""

    part: ScorePart
    lines: tuple[PromiseLine, ...]


def promise_ways(inputs: ScoreInputs, rule: ScoreRule) -> list[Way]:
    """The sum with and without the promises from the person's own sticky situations; the highest score counts.

    A missed one of those is left out in any case. Those kept in time go in all together, or not at all, so that they
    can't lift the part over its minimum count and pull the whole down. Those kept late go in one by one: each counts
    only half, and a second sticky situation must not take away what the first one gave.
    """
    own = [promise for promise in inputs.promises if promise.own_sticky and not _out(promise, rule)]
    in_time = {promise.id for promise in own if _outcome(promise, rule) == "kept"}
    late = [promise.id for promise in own if _outcome(promise, rule) == "late"]
    ways = [_way(inputs, rule, in_time | set(late[:number])) for number in range(len(late), -1, -1)]
    return ways if not in_time else [*ways, _way(inputs, rule, set())]


def _out(promise: SettledPromise, rule: ScoreRule) -> bool:
    return promise.before_joining or (promise.after_leaving and rule.version > 1)


def _outcome(promise: SettledPromise, rule: ScoreRule) -> Literal["kept", "late", "missed"]:
    if not promise.kept or (rule.version == 1 and promise.moved_late):
        return "missed"
    return "late" if promise.days_late and rule.version > 1 else "kept"


def _way(inputs: ScoreInputs, rule: ScoreRule, taken: set[str]) -> Way:
    """taken: ids of the promises from own sticky situations that are in the sum."""
    lines = tuple(_line(promise, rule, taken) for promise in inputs.promises)
    number = Counter(line.counts for line in lines)
    decided = number["kept"] + number["late"] + number["missed"]
    value = None
    if decided >= max(1, rule.promises_least):
        value = (number["kept"] + number["late"] / 2) / decided * 100
    words = [f"{number[how]} {how}" for how in ("kept", "late", "missed", "left out") if number[how]]
    part = part_of_sum(
        "promises",
        rule.promises,
        value,
        ", ".join(words),
        f"{decided} decided of at least {rule.promises_least}" if lines else "none decided yet",
        tuple(promise.id for promise in inputs.promises),
        {how: number[how] for how in ("kept", "late", "missed")},
    )
    return Way(part, lines)


def _line(promise: SettledPromise, rule: ScoreRule, taken: set[str]) -> PromiseLine:
    outcome = _outcome(promise, rule)
    if _out(promise, rule):
        when = "before the first" if promise.before_joining else "after the last"
        return PromiseLine(promise.id, "left out", f"fell due {when} day on the team")
    if promise.own_sticky and promise.id not in taken:
        lowers = "; it would lower the score" if outcome != "missed" else ""
        return PromiseLine(promise.id, "left out", STICKY + lowers)
    if rule.version == 1 and promise.moved_late and promise.kept:
        return PromiseLine(promise.id, outcome, f"kept, but {_moved_words(promise)}")
    if outcome == "late":
        return PromiseLine(promise.id, outcome, _late_words(promise))
    return PromiseLine(promise.id, outcome, _moved_words(promise) if promise.moved_late else "")


def _late_words(promise: SettledPromise) -> str:
    """`kept 29 Nov 2026, 181 days late`."""
    day = promise.kept_on or promise.day
    words = f"kept {_day(day)}, {count(promise.days_late, 'day')} late"
    return f"{words}: {_moved_words(promise)}" if promise.moved_late else words


def _moved_words(promise: SettledPromise) -> str:
    """Which due date had passed when it was given a new one."""
    due = f" on {_day(promise.was_due)}" if promise.was_due else ""
    return f"it was due{due}, and given a new date only after that"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
