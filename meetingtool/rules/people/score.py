"""The customer service score of one person for one period: 0 to 100, from parts that can be followed to their records.

    score = min(100, sum(weight * part) / sum(weights of the parts that are present) + recognition)

A part without enough behind it leaves the sum; it never counts as zero. Sticky situations enter nowhere: see
`_promise_ways`. Nothing here reads a clock or a file, and the order of the records never matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, fsum
from typing import Literal

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, Month, ScoreInputs, SettledPromise
from meetingtool.rules.people.score_rule import band_of, check_points
from meetingtool.rules.wording import MONTHS, count, listed

PartKey = Literal["standards", "customers", "promises", "training", "recognition"]

LABELS: dict[PartKey, str] = {
    "standards": "Standards",
    "customers": "Customers",
    "promises": "Promises",
    "training": "Training",
    "recognition": "Recognition",
}

NOT_ENOUGH = "not enough evidence"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the sum.

    value: 0 to 100, None while the part is absent and always for recognition. weight: 0 for recognition.
    adds: points that the line adds to the score; None while the part is absent or there is no score.
    basis: what it rests on, in words ("9 kept, 1 missed"). absent_because: why it is absent, else empty.
    records: ids of the records behind it.
    """

    key: PartKey
    label: str
    value: float | None = None
    weight: int = 0
    adds: float | None = None
    basis: str = ""
    absent_because: str = ""
    records: tuple[str, ...] = ()


class QuarterMean(msgspec.Struct, frozen=True):
    """The mean rating (1 to 5) of one standard in one quarter, None without ratings, with the ids of the ratings."""

    label: str
    mean: float | None
    ratings: tuple[str, ...] = ()


class StandardLine(msgspec.Struct, frozen=True, kw_only=True):
    """One standard within the part of the standards. value: 0 to 100, None without ratings."""

    id: str
    tag: str
    title: str
    weight: int
    value: float | None
    quarters: tuple[QuarterMean, ...]


class PromiseLine(msgspec.Struct, frozen=True):
    """One promise within its part. counts: as kept or missed, or left out; why: said where it is not plain."""

    id: str
    counts: Literal["kept", "missed", "left out"]
    why: str = ""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """A score with its sum.

    value: unrounded, before the manager's adjustment; adjusted: after it, within 0 to 100. Both None without a number.
    computed, shown: the same, rounded once, half up. weights: sum of the weights of the parts that are present.
    bonus: points of recognition that count. capped: the sum went over 100 and was cut to it.
    missing: what is needed for a number, in words; empty when there is one. known: how many of the 5 parts are.
    """

    value: float | None
    adjusted: float | None
    computed: int | None
    shown: int | None
    band: str
    adjustment: float
    parts: tuple[Part, ...]
    bonus: int
    weights: int
    capped: bool
    known: int
    missing: tuple[str, ...]
    standards: tuple[StandardLine, ...]
    promises: tuple[PromiseLine, ...]

    @property
    def coverage(self) -> str:
        """`5 of 5 parts known`."""
        return f"{self.known} of {len(self.parts)} parts known"

    @property
    def headline(self) -> str:
        """`84 of 100`, or `not enough evidence`."""
        return NOT_ENOUGH if self.shown is None else f"{self.shown} of 100"

    def part(self, key: PartKey) -> Part:
        """The line of a part."""
        return next(part for part in self.parts if part.key == key)


def rounded(value: float) -> int:
    """A score as it is shown: half up, so that 84.5 is 85. What lies within a billionth of a half counts as half."""
    return floor(round(value, 9) + 0.5)


def score(inputs: ScoreInputs, rule: ScoreRule | None = None, adjustment: float = 0.0) -> Score:
    """The score with its whole sum. adjustment: points that the manager adds; Refused beyond what the rule allows."""
    rule = rule or ScoreRule()
    check_points(adjustment, rule)
    lines = standard_lines(inputs)
    before = (_standards_part(inputs, lines, rule), _customers_part(inputs, rule))
    after = _training_part(inputs, rule)
    ways = [(*before, promises, after) for promises in _promise_ways(inputs, rule)]
    bases = [_base(way, rule) for way in ways]
    best = max(range(len(ways)), key=lambda index: -1.0 if (found := bases[index]) is None else found)
    parts, base = ways[best], bases[best]
    bonus, recognition = _recognition_part(inputs, rule)
    value = None if base is None else min(100.0, base + bonus)
    adjusted = None if value is None else max(0.0, min(100.0, value + adjustment))
    shown = None if adjusted is None else rounded(adjusted)
    weights = _present_weight(parts)
    every = (*parts, recognition) if value is None else _with_points(parts, recognition, weights, bonus)
    return Score(
        value=value,
        adjusted=adjusted,
        computed=None if value is None else rounded(value),
        shown=shown,
        band="" if shown is None else band_of(shown, rule),
        adjustment=adjustment,
        parts=every,
        bonus=bonus,
        weights=weights,
        capped=base is not None and base + bonus > 100,
        known=sum(not part.absent_because for part in every),
        missing=() if value is not None else _missing(parts, lines, rule),
        standards=lines,
        promises=_promise_lines(inputs, own_count=best == 0),
    )


def _present_weight(parts: tuple[Part, ...]) -> int:
    return sum(part.weight for part in parts if part.value is not None)


def _base(parts: tuple[Part, ...], rule: ScoreRule) -> float | None:
    """The weighted mean of the present parts, or None where they are too few for a number."""
    weight = _present_weight(parts)
    if parts[0].value is None or weight < max(1, rule.weight_least):
        return None
    return fsum(part.weight * part.value for part in parts if part.value is not None) / weight


def _with_points(parts: tuple[Part, ...], recognition: Part, weights: int, bonus: int) -> tuple[Part, ...]:
    lines = [
        part if part.value is None else msgspec.structs.replace(part, adds=part.weight * part.value / weights)
        for part in parts
    ]
    return (*lines, msgspec.structs.replace(recognition, adds=float(bonus)))


def _part(key: PartKey, weight: int, value: float | None, basis: str, absent: str, records: tuple[str, ...]) -> Part:
    return Part(
        key=key,
        label=LABELS[key],
        value=value,
        weight=weight,
        basis=basis,
        absent_because="" if value is not None else absent,
        records=records,
    )


def standard_lines(inputs: ScoreInputs) -> tuple[StandardLine, ...]:
    """Every standard that held, with the mean rating of each quarter and the value that follows from them."""
    by_place: dict[tuple[str, int], list[GivenRating]] = {}
    for rating in inputs.ratings:
        by_place.setdefault((rating.standard, rating.quarter), []).append(rating)
    lines = []
    for standard in inputs.standards:
        quarters = tuple(
            _quarter_mean(span.label, by_place.get((standard.id, index), []))
            for index, span in enumerate(inputs.quarters)
        )
        means = [quarter.mean for quarter in quarters if quarter.mean is not None]
        value = (fsum(means) / len(means) - 1) / 4 * 100 if means else None
        lines.append(_standard_line(standard, value, quarters))
    return tuple(lines)


def _standard_line(standard: HeldStandard, value: float | None, quarters: tuple[QuarterMean, ...]) -> StandardLine:
    return StandardLine(
        id=standard.id,
        tag=standard.tag,
        title=standard.title,
        weight=standard.weight,
        value=value,
        quarters=quarters,
    )


def _quarter_mean(label: str, ratings: list[GivenRating]) -> QuarterMean:
    if not ratings:
        return QuarterMean(label, None)
    return QuarterMean(label, sum(r.value for r in ratings) / len(ratings), tuple(r.id for r in ratings))


def _standards_part(inputs: ScoreInputs, lines: tuple[StandardLine, ...], rule: ScoreRule) -> Part:
    rated = [line for line in lines if line.value is not None]
    held, known = sum(line.weight for line in lines), sum(line.weight for line in rated)
    value = None
    if rated and 2 * known >= held:
        value = fsum(line.weight * line.value for line in rated if line.value is not None) / known
    standards = count(len(lines), "standard")
    if len(rated) < len(lines):
        standards = f"{len(rated)} of {standards}"
    return _part(
        "standards",
        rule.standards,
        value,
        f"{standards}, {count(len(inputs.ratings), 'rating')}",
        "fewer than half of the standards' weight is rated" if rated else "no ratings yet",
        tuple(rating.id for rating in inputs.ratings),
    )


def _customers_part(inputs: ScoreInputs, rule: ScoreRule) -> Part:
    """Satisfied customers, pulled towards the team's rate so that few answers can't swing far."""
    seen = inputs.customers
    value = None
    if seen.answers >= max(1, rule.responses_least):
        team_rate = seen.team_satisfied / seen.team_answers if seen.team_answers else seen.satisfied / seen.answers
        value = (seen.satisfied + rule.team_pull * team_rate) / (seen.answers + rule.team_pull) * 100
    return _part(
        "customers",
        rule.customers,
        value,
        f"{seen.satisfied} of {seen.answers} satisfied" if seen.answers else "",
        f"{count(seen.answers, 'answer')} of at least {rule.responses_least}" if seen.answers else "no answers yet",
        seen.ids,
    )


def _promise_ways(inputs: ScoreInputs, rule: ScoreRule) -> list[Part]:
    """The promises with and without those born from the person's own sticky situations; the higher score stands.

    A missed one of those is left out of both. Kept ones count, but in the second way they don't, so that they
    can't lift the part over its minimum count and pull the whole down.
    """
    own = [promise for promise in inputs.promises if promise.own_sticky and promise.kept]
    other = [promise for promise in inputs.promises if not promise.own_sticky]
    ways = [_promises_part(len(own), other, inputs, rule)]
    if own:
        ways.append(_promises_part(0, other, inputs, rule))
    return ways


def _promises_part(own_kept: int, other: Sequence[SettledPromise], inputs: ScoreInputs, rule: ScoreRule) -> Part:
    kept = own_kept + sum(promise.kept for promise in other)
    decided = own_kept + len(other)
    value = kept / decided * 100 if decided >= max(1, rule.promises_least) else None
    words = [f"{kept} kept", f"{decided - kept} missed"]
    left_out = len(inputs.promises) - decided
    if left_out:
        words.append(f"{left_out} left out")
    return _part(
        "promises",
        rule.promises,
        value,
        ", ".join(words) if inputs.promises else "",
        f"{decided} decided of at least {rule.promises_least}" if inputs.promises else "none decided yet",
        tuple(promise.id for promise in inputs.promises),
    )


def _promise_lines(inputs: ScoreInputs, *, own_count: bool) -> tuple[PromiseLine, ...]:
    """Every promise and how it counts. own_count: kept ones from the person's own sticky situations are in the sum."""
    lines = []
    for promise in inputs.promises:
        if promise.own_sticky and not (promise.kept and own_count):
            why = "born from a sticky situation that was shared"
            lines.append(
                PromiseLine(promise.id, "left out", why + ("; it would lower the score" if promise.kept else ""))
            )
        elif promise.late:
            lines.append(PromiseLine(promise.id, "missed", "kept, but agreed anew only after it was due"))
        else:
            lines.append(PromiseLine(promise.id, "kept" if promise.kept else "missed"))
    return tuple(lines)


def _training_part(inputs: ScoreInputs, rule: ScoreRule) -> Part:
    seen = inputs.training
    return _part(
        "training",
        rule.training,
        seen.done / seen.due * 100 if seen.due else None,
        f"{seen.done} of {seen.due} done" if seen.due else "",
        "none due",
        seen.ids,
    )


def _recognition_part(inputs: ScoreInputs, rule: ScoreRule) -> tuple[int, Part]:
    """One point for a month with a win told in a meeting, one for a month with a customer's praise."""
    earned = len(inputs.win_months) + len(inputs.mention_months)
    bonus = min(rule.bonus_most, earned)
    words = [_months("", inputs.win_months), _months("named by customers ", inputs.mention_months)]
    basis = ", ".join(word for word in words if word)
    if earned > bonus:
        basis += f" (at most {rule.bonus_most} count)"
    ids = dict.fromkeys(i for months in (inputs.win_months, inputs.mention_months) for m in months for i in m.ids)
    return bonus, Part(
        key="recognition",
        label=LABELS["recognition"],
        basis=basis,
        absent_because="" if earned else "no win told in a meeting yet",
        records=tuple(ids),
    )


def _months(before: str, months: tuple[Month, ...]) -> str:
    if not months:
        return ""
    return before + " ".join(MONTHS[month.first.month - 1] for month in months)


def _missing(parts: tuple[Part, ...], lines: tuple[StandardLine, ...], rule: ScoreRule) -> tuple[str, ...]:
    """What is needed for a number, in words."""
    needs = []
    standards = parts[0]
    if standards.value is None:
        unrated = [f"#{line.tag}" for line in lines if line.value is None]
        if not lines:
            needs.append("service standards to rate")
        else:
            rated = len(lines) - len(unrated)
            needs.append(
                f"ratings on standards that make half of their weight: {rated} of {len(lines)} rated, "
                f"nothing yet on {listed(unrated)}"
            )
    weight = _present_weight(parts)
    if standards.value is not None and weight < rule.weight_least:
        absent = [f"{p.label.lower()} ({p.absent_because})" for p in parts if p.value is None and p.weight]
        needs.append(
            f"parts with a weight of {rule.weight_least} together: there are {weight}, without {listed(absent)}"
        )
    return tuple(needs)
