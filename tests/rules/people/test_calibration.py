from __future__ import annotations

import random
from datetime import date
from math import sqrt

import pytest

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.calibration import SideBySide, rating_variance, side_by_side, what_if
from meetingtool.rules.people.periods import period_of, quarters
from meetingtool.rules.people.score import score
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, ScoreInputs, SettledPromise

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


def test_the_scatter_of_ratings_is_pooled_over_people_and_standards() -> None:
    # Every distance from a mean of 3.5 or 4.5 is a half: 32 * 0.25 = 8, over 32 ratings less 8 means.
    assert rating_variance([person("a", STEADY), person("b", HIGH)]) == pytest.approx(8 / 24)


def test_the_margin_follows_the_formula() -> None:
    # A standard: 625 * (1/3) * 4 / 16 = 52.08; the mean of four of them: 13.02; twice its root nearly.
    found = beside(person("a", STEADY), person("b", HIGH))
    assert found.entries[0].margin == pytest.approx(1.96 * sqrt(625 / 3 / 4 / 4))


def test_promises_make_the_margin_by_their_number() -> None:
    few = beside(person("a", STEADY, 4, 1), person("b", HIGH)).entries[0].margin
    many = beside(person("a", STEADY, 40, 10), person("b", HIGH)).entries[0].margin
    chance = 5 / 7
    standards, promises = 625 / 3 / 4 / 4, 1e4 * chance * (1 - chance) / 5
    assert few == pytest.approx(1.96 * sqrt((60 / 75) ** 2 * standards + (15 / 75) ** 2 * promises))
    assert many is not None
    assert many < few


def test_people_far_apart_are_told_apart_and_near_ones_are_not() -> None:
    found = beside(person("a", STEADY), person("b", HIGH), person("c", [[3, 4, 4, 4], *STEADY[1:]]))
    assert found.apart == (("a", "b"), ("b", "c"))
    assert found.pairs == 3
    assert found.verdict == "Of 3 pairs of people the numbers tell 2 apart; the others could as well be the same."
    assert found.spread == (63, 88)


def test_where_the_data_can_tell_nobody_apart_it_says_so() -> None:
    found = beside(person("a", STEADY), person("c", [[3, 4, 4, 4], *STEADY[1:]]))
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
    assert beside(rising).entries[0].trend == pytest.approx(25 * (2 + 0) / 2)
    assert beside(person("b", [[4]])).entries[0].trend is None


def test_equals_are_told_apart_hardly_more_often_than_chance_allows() -> None:
    """A thousand pairs of people who are rated from the very same dice."""
    dice = random.Random(7)
    wrong = 0
    for _ in range(1000):
        team = [person(name, [[dice.choice((3, 4, 4, 5)) for _ in range(4)] for _ in range(6)]) for name in "ab"]
        wrong += len(beside(*team).apart)
    assert wrong < 80


def test_other_weights_can_be_tried_on_the_whole_team() -> None:
    team = {"a": person("a", STEADY, 5, 0), "b": person("b", HIGH, 1, 4)}
    heavier = ScoreRule(standards=45, customers=20, promises=30, training=5)
    tried = what_if(team, RULE, heavier)
    assert [found.shown for found in tried["a"]] == [70, 78]
    assert [found.shown for found in tried["b"]] == [74, 61]
