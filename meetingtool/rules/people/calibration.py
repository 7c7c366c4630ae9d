"""The team side by side: what each one's numbers are, what is lacking, and whether the data can tell people apart.

A score rests on a manager's few ratings and a handful of promises, so it could as well have come out a little higher
or lower. How much is worked out from how far the ratings of one person on one standard lie from each other:

    variance of the ratings = sum of squared distances from each person's mean on a standard, over the whole team,
                              divided by (ratings - such means)
    variance of a standard  = 25^2 * variance of the ratings * sum over its quarters of (1 / ratings in it) / quarters^2
    variance of promises    = p * (1 - p) / decided * 100^2, p counted with one kept and one missed more

The other parts are taken as they are. Standard deviations are those of a mean of independent values, and 1.96 of
them hold about 95 in 100. It is a yardstick for a talk, not a test: it may only keep one from ranking noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import fsum, sqrt

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.score import Score, score
from meetingtool.rules.people.score_inputs import GivenRating, ScoreInputs
from meetingtool.rules.wording import count

SURE = 1.96
FREEDOM_LEAST = 10
"""With fewer ratings beyond one for each person and standard, nothing can be said about how far they scatter."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One person beside the others.

    margin: the score could as well be so many points higher or lower; None where that can't be said.
    trend: points of the standards part, last rated quarter against the first; None with fewer than two.
    unrated: tags of the standards without a rating, the work list for the next weeks.
    """

    person: str
    score: Score
    margin: float | None
    trend: float | None
    unrated: tuple[str, ...]


class SideBySide(msgspec.Struct, frozen=True, kw_only=True):
    """The team in the order it was given, which is no ranking.

    spread: lowest and highest score, None with fewer than two numbers. apart: pairs of ids that the data can tell
    apart; pairs: how many pairs have numbers at all. verdict: the same in words.
    """

    entries: tuple[Entry, ...]
    spread: tuple[int, int] | None
    apart: tuple[tuple[str, str], ...]
    pairs: int
    verdict: str


def side_by_side(team: Mapping[str, ScoreInputs], scores: Mapping[str, Score], rule: ScoreRule) -> SideBySide:
    """Everyone in `team` by person id, with the scores that `score` made of the same inputs by the same rule."""
    scatter = rating_variance(list(team.values()))
    variances = {person: _variance(inputs, scores[person], rule, scatter) for person, inputs in team.items()}
    entries = tuple(
        Entry(
            person=person,
            score=scores[person],
            margin=None if (variance := variances[person]) is None else SURE * sqrt(variance),
            trend=_trend(inputs),
            unrated=tuple(line.tag for line in scores[person].standards if line.value is None),
        )
        for person, inputs in team.items()
    )
    known = [entry for entry in entries if entry.score.value is not None]
    shown = [entry.score.shown for entry in known if entry.score.shown is not None]
    apart = tuple((a.person, b.person) for a, b in combinations(known, 2) if _apart(a, b, variances))
    pairs = len(known) * (len(known) - 1) // 2
    return SideBySide(
        entries=entries,
        spread=(min(shown), max(shown)) if len(shown) > 1 else None,
        apart=apart,
        pairs=pairs,
        verdict=_verdict(len(known), pairs, len(apart), scatter),
    )


def rating_variance(team: Sequence[ScoreInputs]) -> float | None:
    """How far ratings of one person on one standard scatter, squared, over the team; None with too few to say."""
    squares: list[float] = []
    freedom = 0
    for inputs in team:
        for values in _by_standard(inputs.ratings).values():
            mean = fsum(values) / len(values)
            squares += [(value - mean) ** 2 for value in values]
            freedom += len(values) - 1
    return fsum(squares) / freedom if freedom >= FREEDOM_LEAST else None


def _by_standard(ratings: Sequence[GivenRating]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for rating in ratings:
        found.setdefault(rating.standard, []).append(rating.value)
    return found


def _variance(inputs: ScoreInputs, found: Score, rule: ScoreRule, scatter: float | None) -> float | None:
    """The variance of a score in points squared; None without a number, or where the scatter is not known."""
    if found.value is None or scatter is None:
        return None
    lines = [line for line in found.standards if line.value is not None]
    held = sum(line.weight for line in lines)
    standards = 0.0
    for line in lines:
        counts = [len(quarter.ratings) for quarter in line.quarters if quarter.ratings]
        of_line = 25**2 * scatter * fsum(1 / number for number in counts) / len(counts) ** 2
        standards += (line.weight / held) ** 2 * of_line
    promises = 0.0
    if found.part("promises").value is not None:
        counted = [line.counts for line in found.promises if line.counts != "left out"]
        chance = (counted.count("kept") + 1) / (len(counted) + 2)
        promises = 100**2 * chance * (1 - chance) / len(counted)
    return (rule.standards / found.weights) ** 2 * standards + (rule.promises / found.weights) ** 2 * promises


def _trend(inputs: ScoreInputs) -> float | None:
    """The mean over those standards that were rated in both quarters, so that other standards make no trend."""
    cells: dict[int, dict[str, list[int]]] = {}
    for rating in inputs.ratings:
        cells.setdefault(rating.quarter, {}).setdefault(rating.standard, []).append(rating.value)
    if len(cells) < 2:
        return None
    first, last = cells[min(cells)], cells[max(cells)]
    both = [
        (standard.weight, _mean(last[standard.id]) - _mean(first[standard.id]))
        for standard in inputs.standards
        if standard.id in first and standard.id in last
    ]
    if not both:
        return None
    return 25 * fsum(weight * change for weight, change in both) / sum(weight for weight, _ in both)


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


def _apart(a: Entry, b: Entry, variances: Mapping[str, float | None]) -> bool:
    one, other = variances[a.person], variances[b.person]
    if one is None or other is None or a.score.value is None or b.score.value is None:
        return False
    return abs(a.score.value - b.score.value) > SURE * sqrt(one + other)


def _verdict(known: int, pairs: int, apart: int, scatter: float | None) -> str:
    if known < 2:
        return "Fewer than two people have a number, so there is nothing to compare."
    if scatter is None:
        return "There are too few ratings to say how far the numbers could be off, so they make no ranking."
    if not apart:
        return "The numbers can't tell these people apart: the differences are no larger than chance would make them."
    if apart == pairs:
        return "The numbers tell all of these people apart."
    return f"Of {count(pairs, 'pair')} of people the numbers tell {apart} apart; the others could as well be the same."


def what_if(team: Mapping[str, ScoreInputs], rule: ScoreRule, other: ScoreRule) -> dict[str, tuple[Score, Score]]:
    """Everyone's score by one rule and by another, before either is settled on. Adjustments are left aside."""
    return {person: (score(inputs, rule), score(inputs, other)) for person, inputs in team.items()}
