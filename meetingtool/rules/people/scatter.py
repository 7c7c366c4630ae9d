"""How far a score could be off: what chance alone does to its parts.

A rating of a person on a standard is taken as the person's level on that standard, plus an impression that moves all
ratings of the person in one quarter together, plus what is of this rating alone. How large both are is worked out from
the distances of all ratings of the team from the mean of their person and standard. With n ratings of a person in a
quarter, and n_s of them on a standard, let

    G     = diag(n of each quarter) - sum over standards of (n_s n_s' / ratings on the standard)      for each person
    f     = ratings - means,   g = sum of the traces of G,   h = sum of the squares in G
    R     = sum of the squared distances,   T = sum over quarters of (sum of the distances in the quarter) squared

Then R = f * of one rating + g * of a quarter, and T = g * of one rating + h * of a quarter, on average: two equations
for the two variances (after Henderson; Searle, Casella and McCulloch, Variance Components, 1992). Where a quarter comes
out below zero it is taken as zero. As degrees of freedom serve the quarters rated beyond one for each person: the exact
number where everybody is rated on everything in each quarter, and never too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.score import Score, StandardLine
from meetingtool.rules.people.score_inputs import GivenRating, ScoreInputs
from meetingtool.rules.people.score_part import PartKey
from meetingtool.rules.people.score_recognition import MENTIONS_FULL, months_there

STEP = 25
"""Points of the score from one rating to the next."""
FREEDOM_LEAST = 6
"""The fewest quarters, beyond one for each person, from which it can be said how far ratings scatter."""


class Scatter(msgspec.Struct, frozen=True):
    """The variance of one rating and of a quarter's impression, in squares of rating steps. freedom: degrees."""

    rating: float
    quarter: float
    freedom: int

    @property
    def rounding(self) -> float:
        """The variance of a standard's mean that no repeat takes away: a rating is a level rounded to a whole number,
        which makes a variance of 1/12; as much of it as repeats do not show stays the same in all of them."""
        return max(0.0, 1 / 12 - self.rating)


class _Cells:
    """A person's ratings by standard and quarter."""

    def __init__(self, ratings: Iterable[GivenRating]) -> None:
        self.values: dict[str, dict[int, list[int]]] = {}
        for rating in ratings:
            self.values.setdefault(rating.standard, {}).setdefault(rating.quarter, []).append(rating.value)
        self.quarters = sorted({quarter for cells in self.values.values() for quarter in cells})

    def gram(self) -> list[list[float]]:
        """G of the module's formula, quarter by quarter."""
        places = {quarter: place for place, quarter in enumerate(self.quarters)}
        found = [[0.0] * len(places) for _ in places]
        for cells in self.values.values():
            counts = {places[quarter]: len(values) for quarter, values in cells.items()}
            whole = sum(counts.values())
            for one, number in counts.items():
                found[one][one] += number
                for other, others in counts.items():
                    found[one][other] -= number * others / whole
        return found

    def distances(self) -> tuple[float, float]:
        """R and T of the module's formula."""
        squares, by_quarter = 0.0, dict.fromkeys(self.quarters, 0.0)
        for cells in self.values.values():
            given = [value for values in cells.values() for value in values]
            mean = fsum(given) / len(given)
            squares += fsum((value - mean) ** 2 for value in given)
            for quarter, values in cells.items():
                by_quarter[quarter] += fsum(value - mean for value in values)
        return squares, fsum(distance**2 for distance in by_quarter.values())


def scatter_of(team: Iterable[ScoreInputs]) -> Scatter | None:
    """How the ratings of a team scatter; None with too few to say."""
    f = g = h = squares = sums = 0.0
    freedom = 0
    for inputs in team:
        cells = _Cells(inputs.ratings)
        if len(cells.quarters) < 2:
            continue
        gram = cells.gram()
        r, t = cells.distances()
        squares, sums = squares + r, sums + t
        f += len(inputs.ratings) - len(cells.values)
        g += fsum(gram[place][place] for place in range(len(gram)))
        h += fsum(cell**2 for row in gram for cell in row)
        freedom += len(cells.quarters) - 1
    spread = f * h - g * g
    if freedom < FREEDOM_LEAST or f <= 0:
        return None
    quarter = max(0.0, (f * sums - g * squares) / spread) if spread > 1e-9 * f * h else 0.0
    return Scatter(max(0.0, (squares - g * quarter) / f), quarter, freedom)


def part_variances(inputs: ScoreInputs, found: Score, rule: ScoreRule, scatter: Scatter) -> dict[PartKey, float]:
    """The variance of each part that is present, in points squared, each of its own 0 to 100; of recognition in points
    of the score. Training counts what was due, and chance moves nothing there."""
    variances: dict[PartKey, float] = {"recognition": _of_recognition(inputs, rule)}
    if found.part("standards").value is not None:
        variances["standards"] = standards_variance(found.standards, scatter)
    if found.part("promises").value is not None:
        variances["promises"] = _of_promises(found)
    if found.part("customers").value is not None:
        variances["customers"] = _of_customers(inputs, rule)
    if found.part("training").value is not None:
        variances["training"] = 0.0
    return variances


def standards_variance(lines: Sequence[StandardLine], scatter: Scatter) -> float:
    """Of the mean of some standards by their weights, in points squared."""
    rated = [line for line in lines if line.value is not None]
    held = sum(line.weight for line in rated)
    own, rounded, together = 0.0, 0.0, [0.0] * max((len(line.quarters) for line in rated), default=0)
    for line in rated:
        counts = [len(quarter.ratings) for quarter in line.quarters]
        known = sum(number > 0 for number in counts)
        share = line.weight / held
        own += (share / known) ** 2 * fsum(1 / number for number in counts if number)
        rounded += share**2 * scatter.rounding
        for quarter, number in enumerate(counts):
            together[quarter] += share / known if number else 0.0
    return STEP**2 * (scatter.rating * own + rounded + scatter.quarter * fsum(part**2 for part in together))


def _of_promises(found: Score) -> float:
    """Of the mean of ones, halves and zeros, with one kept and one missed more, so that it is never nothing."""
    worth = {"kept": 1.0, "late": 0.5, "missed": 0.0}
    values = [worth[line.counts] for line in found.promises if line.counts in worth]
    eased = [*values, 1.0, 0.0]
    mean = fsum(eased) / len(eased)
    return 100**2 * fsum((value - mean) ** 2 for value in eased) / len(eased) / len(values)


def _of_customers(inputs: ScoreInputs, rule: ScoreRule) -> float:
    """Of the person's own answers alone; the team's rate is taken as known."""
    seen = inputs.customers
    rate = (seen.satisfied + 1) / (seen.answers + 2)
    return 100**2 * seen.answers * rate * (1 - rate) / (seen.answers + rule.team_pull) ** 2


def _of_recognition(inputs: ScoreInputs, rule: ScoreRule) -> float:
    """Every month has its chance of a told win and of a praise."""
    there, half = len(months_there(inputs)), rule.bonus_most / 2
    told, named = ((len(months) + 1) / (there + 2) for months in (inputs.win_months, inputs.mention_months))
    wins = half**2 * told * (1 - told) / there if inputs.win_months else 0.0
    praise = (half / MENTIONS_FULL) ** 2 * there * named * (1 - named) if inputs.mention_months else 0.0
    return wins + praise


def weighed(
    values: Mapping[PartKey, float | None],
    variances: Mapping[PartKey, float],
    rule: ScoreRule,
    parts: Iterable[PartKey],
) -> tuple[float, float]:
    """The weighted mean of some parts, and its variance."""
    weights = {part: int(getattr(rule, part)) for part in parts}
    whole = sum(weights.values())
    mean = fsum(weight * (values[part] or 0.0) for part, weight in weights.items()) / whole
    return mean, fsum((weight / whole) ** 2 * variances.get(part, 0.0) for part, weight in weights.items())
