"""The team side by side: what each one's numbers are, what is missing, and whether the data can tell people apart.

Two people are compared by the parts that both have and on the standards on which both were rated (`like_with_like`). A
difference is reported when it is larger than chance makes it (see `scatter`): by Student's test for every pair, and
over all pairs together by Holm's method, so that of twenty teams of equals at most in one anybody is told apart
(`tests/benchmarks/equals.py`). It is a yardstick for a talk: it keeps one from ranking noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import fsum, sqrt

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.like_with_like import SURE, KnownParts, difference, give_or_take, known_of, margin_of
from meetingtool.rules.people.scatter import STEP, Scatter, scatter_of
from meetingtool.rules.people.score import Score, score
from meetingtool.rules.people.score_inputs import ScoreInputs
from meetingtool.rules.people.student import student_reach
from meetingtool.rules.wording import count, listed

NAMED_MOST = 6
"""How many pairs are named in a sentence."""


class ComparedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person beside the others.

    margin: the score could as well be this many points higher or lower; None where that can't be said.
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
    apart, the higher one first; pairs: how many pairs can be compared; unlike: how many have numbers, but were rated on
    other standards. verdict: the same in words, with names.
    """

    entries: tuple[ComparedPerson, ...]
    spread: tuple[int, int] | None
    apart: tuple[tuple[str, str], ...]
    pairs: int
    unlike: int
    verdict: str


def side_by_side(
    team: Mapping[str, ScoreInputs], scores: Mapping[str, Score], rule: ScoreRule, names: Mapping[str, str] = {}
) -> SideBySide:
    """Everyone in `team`, by person id, with the scores that `score` made from the same inputs and rule. names: what
    the verdict calls people, by id.
    """
    scatter = scatter_of(team.values())
    known = {person: known_of(inputs, scores[person], rule, scatter) for person, inputs in team.items()}
    entries = tuple(_entry(person, inputs, scores[person], known[person], scatter) for person, inputs in team.items())
    numbered = [entry for entry in entries if entry.score.value is not None]
    shown = [entry.score.shown for entry in numbered if entry.score.shown is not None]
    among = {entry.person: known[entry.person] for entry in numbered}
    apart, pairs = told_apart(among)
    unlike = len(numbered) * (len(numbered) - 1) // 2 - pairs
    return SideBySide(
        entries=entries,
        spread=(min(shown), max(shown)) if len(shown) > 1 else None,
        apart=apart,
        pairs=pairs,
        unlike=unlike,
        verdict=_verdict(among, pairs, apart, names) + _uneven(among, unlike),
    )


def _entry(
    person: str, inputs: ScoreInputs, found: Score, known: KnownParts, scatter: Scatter | None
) -> ComparedPerson:
    trend, trend_margin = _trend(inputs, scatter)
    return ComparedPerson(
        person=person,
        score=found,
        margin=None if found.value is None else margin_of(known),
        trend=trend,
        trend_margin=trend_margin,
        unrated=tuple(line.tag for line in found.standards if line.value is None),
    )


def told_apart(known: Mapping[str, KnownParts]) -> tuple[tuple[tuple[str, str], ...], int]:
    """The pairs that differ by more than chance (over all pairs together, by Holm's method), the higher one first; and
    how many pairs could be compared.
    """
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
    return tuple(pair for _, pair in found if pair in apart), len(found)


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
    rounding = scatter.rounding * fsum(2 * (weight / whole) ** 2 for weight, _, _ in both)
    variance = STEP**2 * (scatter.rating * own + rounding + 2 * scatter.quarter)
    return change, student_reach(SURE, scatter.freedom) * sqrt(variance)


def trend_in_words(entry: ComparedPerson) -> str:
    """`+25 ±40`, `can't be said` where its margin is not known, `no trend` with fewer than two rated quarters."""
    if entry.trend is None:
        return "no trend" if entry.score.value is not None else ""
    return "can't be said" if entry.trend_margin is None else f"{entry.trend:+.0f} {give_or_take(entry.trend_margin)}"


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


def _verdict(
    among: Mapping[str, KnownParts], pairs: int, apart: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> str:
    if len(among) < 2:
        return "Fewer than two people have a number, so there is nothing to compare."
    if not pairs:
        return (
            "They were rated on different standards, so nobody can be compared: a higher score need not mean better "
            "work."
        )
    if all(known.scatter is None for known in among.values()):
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


def _uneven(among: Mapping[str, KnownParts], unlike: int) -> str:
    """What to say where not everybody was rated on the same standards; begins with a space, or is empty."""
    if unlike == len(among) * (len(among) - 1) // 2 or len({frozenset(known.rated) for known in among.values()}) < 2:
        return ""
    words = " Not everybody was rated on the same standards, so a higher score need not mean better work"
    words += ": each pair is compared on the standards that both were rated on"
    if unlike:
        of_them = "it" if unlike == 1 else "them"
        words += f". {count(unlike, 'pair')} had too few in common, so that nothing is said of {of_them}"
    return f"{words}."


def what_if(team: Mapping[str, ScoreInputs], rule: ScoreRule, other: ScoreRule) -> dict[str, tuple[Score, Score]]:
    """Everyone's score by one rule and by another, before either is settled on. Adjustments are left out."""
    return {person: (score(inputs, rule), score(inputs, other)) for person, inputs in team.items()}
