"""Two people, or two years, compared on the standards on which both were rated."""

from __future__ import annotations

import random
from datetime import date

import pytest

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.calibration import SideBySide, side_by_side
from meetingtool.rules.people.like_with_like import KnownParts, difference, give_or_take, known_of, why_unlike
from meetingtool.rules.people.periods import period_of, quarters
from meetingtool.rules.people.scatter import Scatter
from meetingtool.rules.people.score import score
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, ScoreInputs

YEAR = period_of(2026)
QUARTERS = quarters(YEAR)
RULE = ScoreRule()
SCATTER = Scatter(0.4, 0.0, 20)


def person(name: str, values: dict[int, list[int]], weights: dict[int, int] | None = None) -> ScoreInputs:
    """values: by the number of the standard, of eight, one rating a quarter. weights: where they are not 1."""
    weigh = weights or {}
    held = tuple(HeldStandard(f"s{n}", f"s{n}", "", weigh.get(n, 1), date(2020, 1, 1), None) for n in range(8))
    ratings = tuple(
        GivenRating(f"{name}{n}{quarter}", f"s{n}", QUARTERS[quarter].since, value, quarter, noted=True)
        for n, given in values.items()
        for quarter, value in enumerate(given)
    )
    return ScoreInputs(person=name, period=YEAR, quarters=QUARTERS, standards=held, ratings=ratings)


def known(inputs: ScoreInputs, scatter: Scatter | None = SCATTER) -> KnownParts:
    return known_of(inputs, score(inputs), RULE, scatter)


def beside(*team: ScoreInputs) -> SideBySide:
    inputs = {one.person: one for one in team}
    return side_by_side(inputs, {name: score(one) for name, one in inputs.items()}, RULE)


EASY, HARD = range(5), range(5, 8)


def test_standards_rated_on_one_side_alone_make_no_difference() -> None:
    """Five standards at 5 and three at 2 against the five alone: 71.875 and 100 as scores, the same like with like."""
    easy = {n: [5, 5, 5, 5] for n in EASY}
    then, now = person("a", easy | {n: [2, 2, 2, 2] for n in HARD}), person("a", easy)
    assert (score(then).value, score(now).value) == (71.875, 100.0)
    found = difference(known(now), known(then))
    assert found is not None
    assert (found.one, found.other, found.points) == (100.0, 100.0, 0.0)
    assert found.standards == ("s0", "s1", "s2", "s3", "s4")
    assert found.on_which == ", on the 5 standards rated in both"


def test_both_sides_are_weighed_by_the_weights_of_the_first() -> None:
    """4 and 2 on two standards, with 3 to 1 now and 1 to 3 then: 62.5 and not 37.5 on either side."""
    values = {0: [4, 4, 4], 1: [2, 2, 2]}
    weigh = dict.fromkeys(range(8), 0)
    now, then = person("a", values, weigh | {0: 3, 1: 1}), person("a", values, weigh | {0: 1, 1: 3})
    assert (score(now).value, score(then).value) == (62.5, 37.5)
    found = difference(known(now), known(then))
    assert found is not None
    assert (found.one, found.other, found.on_which) == (62.5, 62.5, "")


def test_with_less_than_half_of_the_weight_in_common_nothing_is_compared() -> None:
    one = person("a", {n: [4, 4] for n in (0, 1, 2, 3)})
    half, less = person("b", {n: [3, 3] for n in (2, 3, 4, 5)}), person("b", {n: [3, 3] for n in (3, 4, 5, 6)})
    assert difference(known(one), known(half)) is not None
    assert difference(known(one), known(less)) is None
    assert why_unlike(known(one), known(less)) == "were rated on different standards"


def test_repeats_that_are_all_equal_leave_the_rounding_of_a_rating() -> None:
    """Of eight standards each is off by a variance of 1/12 of a step: 25 x sqrt(1 / 12 / 8) points together."""
    steady = [person(name, {n: [4, 4, 4, 4] for n in range(8)}) for name in "abcdefg"]
    found = beside(*steady)
    assert found.entries[0].margin == pytest.approx(2.0796 * 25 * (1 / 96) ** 0.5, rel=1e-4)
    assert found.entries[0].trend_margin is not None
    assert found.entries[0].trend_margin > 0
    assert "±0" not in give_or_take(0.2)


def test_equals_are_not_told_apart_where_hard_standards_were_left_out_for_some() -> None:
    """Twenty teams of eight who are all alike: 4 or 5 on five standards, 2 or 3 on three that every other one lacks."""
    dice = random.Random(3)
    apart = 0
    for _ in range(20):
        team = []
        for place in range(8):
            values = {n: [dice.choice((4, 5)) for _ in QUARTERS] for n in EASY}
            values |= {n: [dice.choice((2, 3)) for _ in QUARTERS] for n in HARD if place % 2}
            team.append(person(str(place), values))
        found = beside(*team)
        apart += bool(found.apart)
        assert "Not everybody was rated on the same standards, so a higher score need not mean better" in found.verdict
    assert apart <= 1


def test_people_rated_on_other_standards_are_said_to_be_that() -> None:
    dice = random.Random(1)
    team = [
        person(str(place), {n: [dice.choice((3, 4)) for _ in QUARTERS] for n in (range(4), range(4, 8))[place % 2]})
        for place in range(6)
    ]
    found = beside(*team)
    assert (found.pairs, found.unlike) == (6, 9)
    assert found.verdict.endswith("9 pairs had too few in common, so that nothing is said of them.")
    assert beside(*team[:2]).verdict == (
        "They were rated on different standards, so nobody can be compared: a higher score need not mean better work."
    )
