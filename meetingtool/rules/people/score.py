"""The customer service score of one person for one period: 0 to 100, from parts that can be followed to their records.

    score = min(100, sum(weight * part) / sum(weights of the parts that are present) + recognition)

A part without enough evidence is left out; it never counts as zero. Sticky situations never enter: see
`score_promises`. What was shared under a former form of the sum (`ScoreRule.version`) keeps that form. Nothing here
reads a clock or a file, and the order of the records never matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, fsum

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.customers.shares import pulled
from meetingtool.rules.people.periods import part_of
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, ScoreInputs
from meetingtool.rules.people.score_part import PartKey, ScorePart, part_of_sum
from meetingtool.rules.people.score_promises import PromiseLine, promise_ways
from meetingtool.rules.people.score_recognition import recognition_part
from meetingtool.rules.people.score_rule import band_of, check_points
from meetingtool.rules.wording import count, listed

QUARTER_DAYS_LEAST = 30
"""No rating is expected in a quarter in which the person was on the team, or the standard in use, for fewer days than
this."""

NOT_ENOUGH = "not enough evidence"


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
    parts: tuple[ScorePart, ...]
    bonus: float
    weights: int
    capped: bool
    known: int
    missing: tuple[str, ...]
    standards: tuple[StandardLine, ...]
    promises: tuple[PromiseLine, ...]

    @property
    def listed(self) -> tuple[ScorePart, ...]:
        """The parts that stand on screen and on paper: not those that nobody on the team has anything for."""
        return tuple(part for part in self.parts if not part.unused)

    @property
    def coverage(self) -> str:
        """`5 of 5 parts known`, of those that are listed."""
        return f"{self.known} of {count(len(self.listed), 'part')} known"

    @property
    def headline(self) -> str:
        """`84 of 100`, or `not enough evidence`."""
        return NOT_ENOUGH if self.shown is None else f"{self.shown} of 100"

    def part(self, key: PartKey) -> ScorePart:
        """The line of a part."""
        return next(part for part in self.parts if part.key == key)


def rounded(value: float) -> int:
    """A score as it is shown: half up, so that 84.5 is 85. What lies within a billionth of a half counts as half."""
    return floor(round(value, 9) + 0.5)


def to_a_tenth(value: float) -> str:
    """A part of a score as it is shown, rounded like the whole: 14.25 is `14.3`."""
    return f"{rounded(value * 10) / 10:.1f}"


def score(inputs: ScoreInputs, rule: ScoreRule | None = None, adjustment: float = 0.0) -> Score:
    """The score with its whole sum. adjustment: points that the manager adds; Refused beyond what the rule allows."""
    rule = rule or ScoreRule()
    check_points(adjustment, rule)
    lines = standard_lines(inputs)
    before = (_standards_part(inputs, lines, rule), _customers_part(inputs, rule))
    after = _training_part(inputs, rule)
    best, parts, base = _best([((*before, way.part, after), way.lines) for way in promise_ways(inputs, rule)], rule)
    bonus, recognition = recognition_part(inputs, rule)
    value = None if base is None else min(100.0, base + bonus)
    adjusted = None if value is None else max(0.0, min(100.0, value + adjustment))
    shown = None if adjusted is None else rounded(adjusted)
    weights = _present_weight(parts)
    every = (*parts, recognition) if value is None else _with_points(parts, recognition, weights, bonus)
    every = tuple(msgspec.structs.replace(part, unused=part.key in inputs.unused) for part in every)
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
        missing=() if value is not None else _missing(inputs, parts, lines, rule),
        standards=lines,
        promises=best,
    )


def _best(
    ways: list[tuple[tuple[ScorePart, ...], tuple[PromiseLine, ...]]], rule: ScoreRule
) -> tuple[tuple[PromiseLine, ...], tuple[ScorePart, ...], float | None]:
    """The first of the ways that give the highest score: its promises, its parts, and the score."""
    made = [(lines, parts, _base(parts, rule)) for parts, lines in ways]
    return max(made, key=lambda way: -1.0 if way[2] is None else way[2])


def _present_weight(parts: tuple[ScorePart, ...]) -> int:
    return sum(part.weight for part in parts if part.value is not None)


def _base(parts: tuple[ScorePart, ...], rule: ScoreRule) -> float | None:
    """The weighted mean of the present parts, or None where they are too few for a number."""
    weight = _present_weight(parts)
    if parts[0].value is None or weight < max(1, rule.weight_least):
        return None
    return fsum(part.weight * part.value for part in parts if part.value is not None) / weight


def _with_points(
    parts: tuple[ScorePart, ...], recognition: ScorePart, weights: int, bonus: float
) -> tuple[ScorePart, ...]:
    lines = [
        part if part.value is None else msgspec.structs.replace(part, adds=part.weight * part.value / weights)
        for part in parts
    ]
    return (*lines, msgspec.structs.replace(recognition, adds=bonus))


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


def _standards_part(inputs: ScoreInputs, lines: tuple[StandardLine, ...], rule: ScoreRule) -> ScorePart:
    rated = [line for line in lines if line.value is not None]
    absent = "no ratings yet" if not rated else "; ".join(short for short, _ in _lacking(inputs, lines, rule))
    value = None
    if not absent:
        value = mean_of_standards(rated)
    standards = count(len(lines), "standard")
    if len(rated) < len(lines):
        standards = f"{len(rated)} of {standards}"
    away = ((inputs.before_joining, "before the first"), (inputs.after_leaving, "after the last"))
    left_out = "".join(f", {len(ids)} left out: dated {when} day on the team" for ids, when in away if ids)
    return part_of_sum(
        "standards",
        rule.standards,
        value,
        f"{standards}, {count(len(inputs.ratings), 'rating')}{left_out}",
        absent,
        tuple(rating.id for rating in inputs.ratings),
    )


def mean_of_standards(rated: Sequence[StandardLine]) -> float:
    """The mean of standards, all of them with a value, by their weights."""
    return fsum(line.weight * line.value for line in rated if line.value is not None) / sum(x.weight for x in rated)


def _lacking(inputs: ScoreInputs, lines: tuple[StandardLine, ...], rule: ScoreRule) -> list[tuple[str, str]]:
    """What the ratings lack for the part to count, each in a few words."""
    unrated = [line for line in lines if line.value is None]
    missing, held = sum(line.weight for line in unrated), sum(line.weight for line in lines)
    found = []
    if not lines or 2 * missing > held:
        rated = f"{len(lines) - len(unrated)} of {len(lines)} rated"
        tags = listed([f"#{line.tag}" for line in unrated])
        found.append(
            (
                "fewer than half of the standards' weight is rated",
                f"ratings on standards with half of the weight: {rated}, nothing yet on {tags}"
                if lines
                else "service standards to rate",
            )
        )
    if rule.version == 1 or not lines:
        return found
    number, least = len(inputs.ratings), rule.ratings_least
    if number < least:
        found.append((f"{count(number, 'rating')} of at least {least}", f"{least} ratings: there are {number}"))
    quarters = {rating.quarter for rating in inputs.ratings}
    if len(quarters) == 1 and _quarters_there(inputs) > 1:
        only = inputs.quarters[next(iter(quarters))].label
        found.append((f"all ratings are of {only}", f"ratings in more than one quarter: all of them are of {only}"))
    return found


def _quarters_there(inputs: ScoreInputs) -> int:
    """In how many quarters of the period so far the person was on the team long enough to be rated."""
    there = inputs.there or inputs.period
    shares = (part_of(quarter, there.since, there.until) for quarter in inputs.quarters)
    return sum(share is not None and share.days >= QUARTER_DAYS_LEAST for share in shares)


def _customers_part(inputs: ScoreInputs, rule: ScoreRule) -> ScorePart:
    """Satisfied customers, pulled towards the team's rate so that few answers can't swing far."""
    seen = inputs.customers
    value, figures = None, {}
    if seen.answers >= max(1, rule.responses_least):
        team_rate = seen.team_satisfied / seen.team_answers if seen.team_answers else seen.satisfied / seen.answers
        value = pulled(seen.satisfied, seen.answers, team_rate, rule.team_pull) * 100
        figures = {"satisfied": seen.satisfied, "answers": seen.answers, "team_rate": team_rate}
    basis = f"{seen.satisfied} of {seen.answers} satisfied" if seen.answers else ""
    if seen.left_out:
        every, satisfied = seen.answers + seen.left_out, seen.satisfied + seen.left_out_satisfied
        basis = f"{basis or 'none counted'}; with {seen.left_out} left out {satisfied} of {every}"
    return part_of_sum(
        "customers",
        rule.customers,
        value,
        basis,
        f"{count(seen.answers, 'answer')} of at least {rule.responses_least}" if seen.answers else "no answers yet",
        seen.ids,
        figures,
    )


def _training_part(inputs: ScoreInputs, rule: ScoreRule) -> ScorePart:
    seen = inputs.training
    return part_of_sum(
        "training",
        rule.training,
        seen.done / seen.due * 100 if seen.due else None,
        f"{seen.done} of {seen.due} done{f', {seen.late} late' if seen.late else ''}" if seen.due else "",
        "none due",
        seen.ids,
        {"done": seen.done, "due": seen.due},
    )


def _missing(
    inputs: ScoreInputs, parts: tuple[ScorePart, ...], lines: tuple[StandardLine, ...], rule: ScoreRule
) -> tuple[str, ...]:
    """What is needed for a number, in words."""
    if parts[0].value is None:
        return tuple(need for _, need in _lacking(inputs, lines, rule))
    absent = [f"{p.label.lower()} ({p.absent_because})" for p in parts if p.value is None and p.weight]
    weight = _present_weight(parts)
    return (f"parts with a weight of {rule.weight_least} together: there are {weight}, without {listed(absent)}",)
