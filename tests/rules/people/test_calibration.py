from __future__ import annotations

import random
import re
from datetime import date
from itertools import combinations
from math import sqrt

import msgspec
import pytest

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.calibration import SideBySide, side_by_side, told_apart, trend_in_words, what_if
from meetingtool.rules.people.like_with_like import difference, known_of
from meetingtool.rules.people.periods import period_of, quarters
from meetingtool.rules.people.scatter import Scatter, scatter_of
from meetingtool.rules.people.score import score
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, ScoreInputs, SettledPromise
from meetingtool.rules.people.student import student_reach

YEAR = period_of(2026)
QUARTERS = quarters(YEAR)
RULE = ScoreRule()


def person(name: str, by_standard: list[list[int]], kept: int = 0, missed: int = 0, more: int = 0) -> ScoreInputs:
    """by_standard: for each standard its ratings, one a quarter. more: standards without a rating."""
    held = tuple(
        HeldStandard(f"s{n}", f"tag-{n}", "", 1, date(2020, 1, 1), None) for n in range(len(by_standard) + more)
    )
    ratings = tuple(
        GivenRating(f"{name}-{n}-{quarter}", f"s{n}", QUARTERS[quarter].since, value, quarter, noted=True)
        for n, values in enumerate(by_standard)
        for quarter, value in enumerate(values)
    )
    promises = tuple(SettledPromise(f"{name}-p{n}", date(2026, 5, 1), n < kept) for n in range(kept + missed))
    return ScoreInputs(person=name, period=YEAR, quarters=QUARTERS, standards=held, ratings=ratings, promises=promises)


def beside(*team: ScoreInputs) -> SideBySide:
    inputs = {one.person: one for one in team}
    return side_by_side(inputs, {name: score(one) for name, one in inputs.items()}, RULE)


STEADY = [[3, 4, 3, 4]] * 4
HIGH = [[5, 4, 5, 4]] * 4


def noisy(name: str, dice: random.Random, level: float, quarter: float = 0.0) -> ScoreInputs:
    """Eight standards in four quarters. quarter: how far an impression moves all ratings of a quarter together."""
    moved = [dice.gauss(0, quarter) for _ in QUARTERS]
    return person(
        name, [[min(5, max(1, round(level + move + dice.gauss(0, 0.7)))) for move in moved] for _ in range(8)]
    )


def test_the_scatter_of_single_ratings_and_of_quarters_is_told_apart() -> None:
    """In a complete table the two equations are those of the analysis of variance: checked by hand for one person.

    Ratings 3 4 / 5 4: distances -.5 .5 / .5 -.5, so R = 1, T = 0; f = 2, g = 2, h = 4. A quarter can't be below 0, so
    one rating has R / f.
    """
    crossed = [person(str(n), [[3, 4], [5, 4]]) for n in range(6)]
    assert scatter_of(crossed) == Scatter(0.5, 0.0, 6)
    # 3 4 / 3 4: all of it is the quarter's. R = 1, T = 2 per person: of a quarter (2*2 - 2*1) / (2*4 - 2*2) = 0.5.
    together = [person(str(n), [[3, 4], [3, 4]]) for n in range(6)]
    assert scatter_of(together) == Scatter(0.0, 0.5, 6)


def test_a_quarters_impression_is_found_again() -> None:
    dice = random.Random(3)
    found = scatter_of([noisy(str(n), dice, 3.5, 0.5) for n in range(300)])
    assert found is not None
    assert found.quarter == pytest.approx(0.25, abs=0.05)
    assert found.rating == pytest.approx(0.49 + 1 / 12, abs=0.06)
    none = scatter_of([noisy(str(n), dice, 3.5) for n in range(300)])
    assert none is not None
    assert none.quarter == pytest.approx(0, abs=0.02)


def test_the_margin_of_complete_ratings_is_that_of_their_quarters() -> None:
    """With everybody rated on all in each quarter, the variance is that of the quarters' means, over their number."""
    dice = random.Random(5)
    team = [noisy(str(n), dice, 3.5, 0.5) for n in range(8)]
    squares = 0.0
    for one in team:
        means = [25 * sum(r.value for r in one.ratings if r.quarter == quarter) / 8 for quarter in range(4)]
        squares += sum((mean - sum(means) / 4) ** 2 for mean in means)
    freedom = 8 * 3
    expected = student_reach(0.95, freedom) * sqrt(squares / freedom / 4)
    assert beside(*team).entries[0].margin == pytest.approx(expected, rel=1e-6)


def test_more_promises_make_a_smaller_margin() -> None:
    dice = random.Random(5)
    others = [noisy(str(n), dice, 3.5) for n in range(8)]
    few = beside(msgspec.structs.replace(others[0], promises=settled(4, 1)), *others[1:]).entries[0].margin
    many = beside(msgspec.structs.replace(others[0], promises=settled(40, 10)), *others[1:]).entries[0].margin
    assert few is not None
    assert many is not None
    assert many < few


def settled(kept: int, missed: int) -> tuple[SettledPromise, ...]:
    return tuple(SettledPromise(f"p{n}", date(2026, 5, 1), n < kept) for n in range(kept + missed))


def test_people_far_apart_are_named_and_near_ones_are_not() -> None:
    dice = random.Random(11)
    team = {"a": noisy("a", dice, 2.0), "b": noisy("b", dice, 4.6), **{n: noisy(n, dice, 3.3) for n in "cd"}}
    scores = {name: score(one) for name, one in team.items()}
    found = side_by_side(team, scores, RULE, {"a": "Ann", "b": "Bo"})
    assert ("b", "a") in found.apart
    assert not {("c", "d"), ("d", "c")} & set(found.apart)
    assert found.pairs == 6
    assert "Bo is above Ann" in found.verdict
    assert found.verdict.startswith(f"Of 6 pairs of people the numbers distinguish {len(found.apart)}: ")


def test_over_all_pairs_together_less_is_told_than_pair_by_pair() -> None:
    """Holm: the smallest chance has to lie below 5 % over the number of pairs, the next below 5 % over one less."""
    dice = random.Random(2)
    team = {str(n): noisy(str(n), dice, 3.5) for n in range(10)}
    known = {}
    scatter = scatter_of(team.values())
    for name, one in team.items():
        known[name] = known_of(one, score(one), RULE, scatter)
    chances = sorted(between.chance for a, b in combinations(known.values(), 2) if (between := difference(a, b)))
    assert chances[0] < 0.05, "some pair by itself looks apart"
    assert chances[0] > 0.05 / 45
    assert told_apart(known) == ((), 45)


def test_who_is_known_by_more_is_compared_by_what_both_have() -> None:
    dice = random.Random(4)
    plain, more = noisy("a", dice, 3.5), noisy("b", dice, 3.5)
    more = msgspec.structs.replace(more, promises=settled(1, 9))
    scatter = Scatter(0.5, 0.0, 20)
    one, other = (known_of(some, score(some), RULE, scatter) for some in (plain, more))
    between = difference(one, other)
    assert between is not None
    assert between.parts == ("standards",)
    first, second = (score(some).part("standards").value for some in (plain, more))
    assert first is not None
    assert second is not None
    assert between.points == pytest.approx(first - second)
    praised = msgspec.structs.replace(one, values={**one.values, "recognition": 6.0})
    of_years = difference(praised, one, recognition=False)
    assert of_years is not None
    assert (of_years.points, of_years.words.startswith("+0.0 ±")) == (0.0, True), "recognition is no better service"
    former = msgspec.structs.replace(other, rule=ScoreRule(version=1))
    both = difference(known_of(more, score(more), RULE, scatter), former)
    assert both is not None
    assert both.parts == ("standards",), "promises mean another thing by another rule"


def test_where_the_data_can_tell_nobody_apart_it_says_so() -> None:
    dice = random.Random(1)
    found = beside(*(noisy(str(n), dice, 3.5) for n in range(4)))
    assert found.apart == ()
    assert "can't tell these people apart" in found.verdict


def test_too_few_ratings_make_no_ranking() -> None:
    found = beside(person("a", [[2, 3]] * 3), person("b", [[5, 5]] * 3))
    assert found.entries[0].margin is None
    assert found.apart == ()
    assert "too few ratings" in found.verdict


def test_without_two_numbers_there_is_nothing_to_compare() -> None:
    found = beside(person("a", STEADY), person("b", []))
    assert (found.spread, found.pairs) == (None, 0)
    assert "nothing to compare" in found.verdict


def test_who_lacks_evidence_where_is_listed_in_the_order_given() -> None:
    found = beside(person("z", STEADY, more=1), person("a", STEADY))
    assert [(entry.person, entry.unrated) for entry in found.entries] == [("z", ("tag-4",)), ("a", ())]


def test_a_trend_compares_the_same_standards_in_the_first_and_last_quarter() -> None:
    rising = person("a", [[2, 3, 3, 4], [3, 3, 3, 3], [5]])
    entry = beside(rising).entries[0]
    assert entry.trend == pytest.approx(25 * (2 + 0) / 2)
    assert (entry.trend_margin, trend_in_words(entry)) == (None, "can't be said")
    assert trend_in_words(beside(person("b", [[4]])).entries[0]) == ""
    dice = random.Random(6)
    sure = beside(*(noisy(str(n), dice, 3.5) for n in range(8))).entries[0]
    assert re.fullmatch(r"[+-]\d+ ±\d+", trend_in_words(sure))


def test_equals_are_told_apart_in_at_most_one_of_twenty_teams() -> None:
    """Sixty teams of six, with an impression of the quarter; `tests/benchmarks/equals.py` asks a thousand of ten."""
    dice = random.Random(7)
    teams = [[noisy(str(n), dice, 3.6, 0.35) for n in range(6)] for _ in range(60)]
    assert sum(bool(beside(*team).apart) for team in teams) <= 3


def test_other_weights_can_be_tried_on_the_whole_team() -> None:
    team = {"a": person("a", STEADY, 5, 0), "b": person("b", HIGH, 1, 4)}
    heavier = ScoreRule(standards=45, customers=20, promises=30, training=5)
    tried = what_if(team, RULE, heavier)
    assert [found.shown for found in tried["a"]] == [70, 78]
    assert [found.shown for found in tried["b"]] == [74, 61]
