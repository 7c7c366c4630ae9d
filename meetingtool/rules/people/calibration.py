"""The team side by side: what each one's numbers are, what is missing, and whether the data can tell people apart.

Two people are compared by the parts that both have, so that nobody is lower for a part that only the other has. A
difference is reported when it is larger than chance makes it (see `scatter`): by Student's test for every pair, and
over all pairs together by Holm's method, so that of twenty teams of equals at most in one anybody is told apart
(`tests/benchmarks/equals.py`). It is a yardstick for a talk: it keeps one from ranking noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import fsum, inf, sqrt

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.customers.beta import student_reach, student_tails
from meetingtool.rules.people.scatter import STEP, Scatter, part_variances, scatter_of, weighed
from meetingtool.rules.people.score import Score, score
from meetingtool.rules.people.score_inputs import ScoreInputs
from meetingtool.rules.people.score_part import PartKey
from meetingtool.rules.wording import count, listed

SURE = 0.95
"""How often an interval holds the true number, and a team of equals is recognised as one."""
NAMED_MOST = 6
"""How many pairs are named in a sentence."""

Numbers = dict[PartKey, float | None]


class Known(msgspec.Struct, frozen=True):
    """What is known of a person in a period: each part's value, recognition in points, and the variance of each.

    rule: by which the parts are weighed. freedom: degrees of freedom of the variances, 0 where these are not known.
    """

    values: Numbers
    variances: dict[PartKey, float]
    rule: ScoreRule
    freedom: int


class Difference(msgspec.Struct, frozen=True):
    """How much higher one is than another, by the parts that both have. margin: give or take, at 95 %, None where that
    can't be said. chance: how often chance alone makes a difference like that, 1 where it can't be said.
    one, other: what each comes to by these parts, recognition included where that is compared."""

    points: float
    margin: float | None
    chance: float
    parts: tuple[PartKey, ...]
    one: float
    other: float

    @property
    def words(self) -> str:
        """`+6.5 ±10, could be chance`, or that it can't be said how certain it is."""
        if self.margin is None:
            return f"{self.points:+.1f}; how certain can't be said"
        sure = "" if abs(self.points) > self.margin else ", could be chance"
        return f"{self.points:+.1f} ±{self.margin:.0f}{sure}"


class ComparedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person beside the others.

    margin: the score could as well be so many points higher or lower; None where that can't be said.
    trend: points of the standards part, last rated quarter against the first; None with fewer than two. trend_margin:
    give or take; None where that can't be said. unrated: tags of the standards without a rating, the work list for the
    coming weeks.
    """

    person: str
    score: Score
    margin: float | None
    trend: float | None
    trend_margin: float | None
    unrated: tuple[str, ...]


class SideBySide(msgspec.Struct, frozen=True, kw_only=True):
    """The team in the order it was given, which is no ranking.

    spread: lowest and highest score, None with fewer than two numbers. apart: pairs of ids that the data can tell
    apart, the higher one first; pairs: how many pairs have numbers at all. verdict: the same in words, with names.
    """

    entries: tuple[ComparedPerson, ...]
    spread: tuple[int, int] | None
    apart: tuple[tuple[str, str], ...]
    pairs: int
    verdict: str


def side_by_side(
    team: Mapping[str, ScoreInputs], scores: Mapping[str, Score], rule: ScoreRule, names: Mapping[str, str] = {}
) -> SideBySide:
    """Everyone in `team` by person id, with the scores that `score` made of the same inputs by the same rule.

    names: of people by id, as the verdict calls them.
    """
    scatter = scatter_of(team.values())
    known = {person: known_of(inputs, scores[person], rule, scatter) for person, inputs in team.items()}
    entries = tuple(_entry(person, inputs, scores[person], known[person], scatter) for person, inputs in team.items())
    numbered = [entry for entry in entries if entry.score.value is not None]
    shown = [entry.score.shown for entry in numbered if entry.score.shown is not None]
    apart = told_apart({entry.person: known[entry.person] for entry in numbered})
    pairs = len(numbered) * (len(numbered) - 1) // 2
    return SideBySide(
        entries=entries,
        spread=(min(shown), max(shown)) if len(shown) > 1 else None,
        apart=apart,
        pairs=pairs,
        verdict=_verdict(len(numbered), pairs, apart, scatter, names),
    )


def known_of(inputs: ScoreInputs, found: Score, rule: ScoreRule, scatter: Scatter | None) -> Known:
    """What is known of a person, from the score and how the ratings of the whole team scatter."""
    values: Numbers = {part.key: part.value for part in found.parts}
    values["recognition"] = found.bonus
    if scatter is None:
        return Known(values, {}, rule, 0)
    return Known(values, part_variances(inputs, found, rule, scatter), rule, scatter.freedom)


def _entry(person: str, inputs: ScoreInputs, found: Score, known: Known, scatter: Scatter | None) -> ComparedPerson:
    trend, trend_margin = _trend(inputs, scatter)
    return ComparedPerson(
        person=person,
        score=found,
        margin=None if found.value is None else margin_of(known),
        trend=trend,
        trend_margin=trend_margin,
        unrated=tuple(line.tag for line in found.standards if line.value is None),
    )


def _present(known: Known) -> tuple[PartKey, ...]:
    return tuple(part for part, value in known.values.items() if value is not None and part != "recognition")


def margin_of(known: Known) -> float | None:
    """By how many points the whole number could be off, at 95 %; None where that can't be said."""
    if not known.freedom or known.values["standards"] is None:
        return None
    _, variance = weighed(known.values, known.variances, known.rule, _present(known))
    return student_reach(SURE, known.freedom) * sqrt(variance + known.variances["recognition"])


def difference(one: Known, other: Known, *, recognition: bool = True) -> Difference | None:
    """The first against the second, like with like; None where they have no standards in common to compare by.

    Where the two are made by different forms of the sum, promises and recognition mean different things and stay out.
    recognition: whether it is compared. Not between years: how often wins are told in meetings changes with the team's
    habits, and says nothing of how somebody served.
    """
    parts = tuple(part for part in _present(one) if part in _present(other))
    alike = one.rule.version == other.rule.version
    if not alike:
        parts = tuple(part for part in parts if part != "promises")
    if "standards" not in parts:
        return None
    (mine, its), (theirs, others) = (weighed(k.values, k.variances, one.rule, parts) for k in (one, other))
    variance = its + others
    if alike and recognition:
        mine, theirs = mine + (one.values["recognition"] or 0.0), theirs + (other.values["recognition"] or 0.0)
        variance += one.variances.get("recognition", 0.0) + other.variances.get("recognition", 0.0)
    points, freedom = mine - theirs, min(one.freedom, other.freedom)
    if not freedom:
        return Difference(points, None, 1.0, parts, mine, theirs)
    far = abs(points) / sqrt(variance) if variance > 0 else inf if points else 0.0
    chance = 0.0 if far == inf else student_tails(far, freedom)
    return Difference(points, student_reach(SURE, freedom) * sqrt(variance), chance, parts, mine, theirs)


def told_apart(known: Mapping[str, Known]) -> tuple[tuple[str, str], ...]:
    """The pairs that differ by more than chance, the higher one first: over all pairs together by Holm's method."""
    found = []
    for one, other in combinations(known, 2):
        between = difference(known[one], known[other])
        if between is not None:
            found.append((between.chance, (one, other) if between.points >= 0 else (other, one)))
    apart = set()
    for place, (chance, pair) in enumerate(sorted(found)):
        if chance > (1 - SURE) / (len(found) - place):
            break
        apart.add(pair)
    return tuple(pair for _, pair in found if pair in apart)


def _trend(inputs: ScoreInputs, scatter: Scatter | None) -> tuple[float | None, float | None]:
    """The mean over those standards that were rated in both quarters, so that other standards make no trend."""
    cells: dict[int, dict[str, list[int]]] = {}
    for rating in inputs.ratings:
        cells.setdefault(rating.quarter, {}).setdefault(rating.standard, []).append(rating.value)
    if len(cells) < 2:
        return None, None
    first, last = cells[min(cells)], cells[max(cells)]
    both = [(s.weight, first[s.id], last[s.id]) for s in inputs.standards if s.id in first and s.id in last]
    if not both:
        return None, None
    whole = sum(weight for weight, _, _ in both)
    change = STEP * fsum(weight * (_mean(now) - _mean(then)) for weight, then, now in both) / whole
    if scatter is None:
        return change, None
    own = fsum((weight / whole) ** 2 * (1 / len(then) + 1 / len(now)) for weight, then, now in both)
    variance = STEP**2 * (scatter.rating * own + 2 * scatter.quarter)
    return change, student_reach(SURE, scatter.freedom) * sqrt(variance)


def trend_in_words(entry: ComparedPerson) -> str:
    """`+25 ±40`, `can't be said` where its margin is not known; empty without a trend."""
    if entry.trend is None:
        return ""
    return "can't be said" if entry.trend_margin is None else f"{entry.trend:+.0f} ±{entry.trend_margin:.0f}"


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


def _verdict(
    known: int, pairs: int, apart: Sequence[tuple[str, str]], scatter: Scatter | None, names: Mapping[str, str]
) -> str:
    if known < 2:
        return "Fewer than two people have a number, so there is nothing to compare."
    if scatter is None:
        return (
            "There are too few ratings to say how far off the numbers could be, so they are not a basis for a ranking."
        )
    if not apart:
        return "The numbers can't tell these people apart: the differences are no larger than chance would make them."
    named = [f"{names.get(one, one)} is above {names.get(other, other)}" for one, other in apart[:NAMED_MOST]]
    if len(apart) > NAMED_MOST:
        named.append(f"{len(apart) - NAMED_MOST} more")
    rest = "; the others could just as well be the same" if len(apart) < pairs else ""
    return f"Of {count(pairs, 'pair')} of people the numbers distinguish {len(apart)}: {listed(named)}{rest}."


def what_if(team: Mapping[str, ScoreInputs], rule: ScoreRule, other: ScoreRule) -> dict[str, tuple[Score, Score]]:
    """Everyone's score by one rule and by another, before either is settled on. Adjustments are left out."""
    return {person: (score(inputs, rule), score(inputs, other)) for person, inputs in team.items()}
