"""Two scores against each other, like with like: two people of one period, or two years of one person.

Only parts that both have enter, and of the standards only those on which both were rated, with the same weights on both
sides: nobody comes out better for being spared the hard ones. Where these carry less than half of the weight on which
either was rated, the two can't be compared. How far a difference could be chance follows from `scatter`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf, sqrt

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.scatter import Scatter, part_variances, standards_variance, weighed
from meetingtool.rules.people.score import Score, StandardLine, mean_of_standards
from meetingtool.rules.people.score_inputs import ScoreInputs
from meetingtool.rules.people.score_part import PartKey
from meetingtool.rules.people.student import student_reach, student_tails
from meetingtool.rules.wording import count

SURE = 0.95
"""How often an interval holds the true number, and how often a team of equals is recognised as one."""

Numbers = dict[PartKey, float | None]


class KnownParts(msgspec.Struct, frozen=True):
    """What is known of a person in a period: each part's value, recognition in points, and the variance of each.

    rule: how the parts are weighed. rated: the standards with a value, by id. scatter: how the team's ratings do,
    None where that is not known.
    """

    values: Numbers
    variances: dict[PartKey, float]
    rule: ScoreRule
    rated: dict[str, StandardLine]
    scatter: Scatter | None


class ScoreDifference(msgspec.Struct, frozen=True):
    """How much higher one is than another, by the parts that both have. margin: give or take, at 95 %, None where that
    can't be said. chance: how often chance alone makes a difference like that, 1 where it can't be said.
    one, other: what each comes to by these parts, recognition included where that is compared. standards: tags of those
    that enter. uneven: either was rated on others, too, so that the two scores themselves are not alike."""

    points: float
    margin: float | None
    chance: float
    parts: tuple[PartKey, ...]
    one: float
    other: float
    standards: tuple[str, ...] = ()
    uneven: bool = False

    @property
    def words(self) -> str:
        """`+6.5 ±10, could be chance`, or that it can't be said how certain it is."""
        if self.margin is None:
            return f"{self.points:+.1f}; how certain can't be said"
        sure = "" if abs(self.points) > self.margin else ", could be chance"
        return f"{self.points:+.1f} {give_or_take(self.margin)}{sure}"

    @property
    def on_which(self) -> str:
        """`, on the 5 standards rated in both`, to follow the parts; empty where neither was rated on others."""
        return on_common(len(self.standards)) if self.uneven else ""


def on_common(number: int) -> str:
    """`, on the 5 standards rated in both`."""
    return f", on the {count(number, 'standard')} rated in both"


def give_or_take(margin: float | None) -> str:
    """`±10`, in whole points and at least one; empty where it can't be said."""
    return "" if margin is None else f"±{max(1.0, margin):.0f}"


def known_of(inputs: ScoreInputs, found: Score, rule: ScoreRule, scatter: Scatter | None) -> KnownParts:
    """What is known of a person, from the score and how the ratings of the whole team scatter."""
    values: Numbers = {part.key: part.value for part in found.parts}
    values["recognition"] = found.bonus
    variances = {} if scatter is None else part_variances(inputs, found, rule, scatter)
    return KnownParts(values, variances, rule, _rated(found.standards), scatter)


def _rated(lines: Iterable[StandardLine]) -> dict[str, StandardLine]:
    return {line.id: line for line in lines if line.value is not None}


def as_locked(known: KnownParts, values: Numbers, lines: Iterable[StandardLine]) -> KnownParts:
    """The same with the numbers of a document that was shared or locked, whatever the records say by now."""
    return msgspec.structs.replace(known, values=values, rated=_rated(lines))


def _present(known: KnownParts) -> tuple[PartKey, ...]:
    return tuple(part for part, value in known.values.items() if value is not None and part != "recognition")


def margin_of(known: KnownParts) -> float | None:
    """By how many points the whole number could be off, at 95 %; None where that can't be said."""
    if known.scatter is None or known.values["standards"] is None:
        return None
    _, variance = weighed(known.values, known.variances, known.rule, _present(known))
    return student_reach(SURE, known.scatter.freedom) * sqrt(variance + known.variances["recognition"])


def common_standards(one: KnownParts, other: KnownParts) -> tuple[str, ...]:
    """Ids of the standards on which both were rated, by the weights of the first; none where they carry less than half
    of the weight on which either was rated."""
    mine, theirs = one.rated, other.rated
    weights = {each: line.weight for each, line in (theirs | mine).items()}
    both = [standard for standard in mine if standard in theirs]
    common = sum(weights[standard] for standard in both)
    most = max(sum(weights[standard] for standard in rated) for rated in (mine, theirs))
    return tuple(both) if common and 2 * common >= most else ()


def why_unlike(one: KnownParts, other: KnownParts) -> str:
    """Why `difference` has nothing to say of two that both have a number, to follow both of their names."""
    if "standards" in _present(one) and "standards" in _present(other) and not common_standards(one, other):
        return "were rated on different standards"
    return "rest on different parts"


def _on(known: KnownParts, standards: Sequence[str], weights: Mapping[str, int]) -> KnownParts:
    """The same by some standards alone, with the weights that are given."""
    rated = known.rated
    if len(rated) == len(standards) and all(rated[each].weight == weights[each] for each in standards):
        return known
    lines = [msgspec.structs.replace(rated[each], weight=weights[each]) for each in standards]
    variances = known.variances
    if known.scatter is not None:
        variances = {**variances, "standards": standards_variance(lines, known.scatter)}
    values: Numbers = {**known.values, "standards": mean_of_standards(lines)}
    return msgspec.structs.replace(known, values=values, variances=variances, rated=_rated(lines))


def difference(one: KnownParts, other: KnownParts, *, recognition: bool = True) -> ScoreDifference | None:
    """The first against the second, like with like; None where they have too little in common.

    Where the two were made by different forms of the sum, promises and recognition mean different things and are left
    out.
    recognition: whether it is compared. Not between years: how often wins are told in meetings changes with the team's
    habits, and says nothing of how somebody served.
    """
    parts = tuple(part for part in _present(one) if part in _present(other))
    alike = one.rule.version == other.rule.version
    if not alike:
        parts = tuple(part for part in parts if part != "promises")
    standards = common_standards(one, other)
    if "standards" not in parts or not standards:
        return None
    uneven = len(one.rated) != len(standards) or len(other.rated) != len(standards)
    weights = {each: one.rated[each].weight for each in standards}
    one, other = _on(one, standards, weights), _on(other, standards, weights)
    (mine, its), (theirs, others) = (weighed(k.values, k.variances, one.rule, parts) for k in (one, other))
    variance = its + others
    if alike and recognition:
        mine, theirs = mine + (one.values["recognition"] or 0.0), theirs + (other.values["recognition"] or 0.0)
        variance += one.variances.get("recognition", 0.0) + other.variances.get("recognition", 0.0)
    points, tags = mine - theirs, tuple(one.rated[each].tag for each in standards)
    if one.scatter is None or other.scatter is None:
        return ScoreDifference(points, None, 1.0, parts, mine, theirs, tags, uneven)
    freedom = min(one.scatter.freedom, other.scatter.freedom)
    far = abs(points) / sqrt(variance) if variance > 0 else inf if points else 0.0
    chance = 0.0 if far == inf else student_tails(far, freedom)
    margin = student_reach(SURE, freedom) * sqrt(variance)
    return ScoreDifference(points, margin, chance, parts, mine, theirs, tags, uneven)
