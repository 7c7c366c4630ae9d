"""The sum itself, from inputs as plain values."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from meetingtool.errors import Refused
from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.periods import period_of, quarters
from meetingtool.rules.people.score import Score, rounded, score
from meetingtool.rules.people.score_inputs import (
    CustomerCount,
    GivenRating,
    HeldStandard,
    Month,
    ScoreInputs,
    SettledPromise,
    TrainingCount,
)
from meetingtool.rules.people.score_rule import check_adjustment, check_rule

YEAR = period_of(2026)
QUARTERS = quarters(YEAR)
RULE = ScoreRule()


def standards(*weights: int) -> tuple[HeldStandard, ...]:
    return tuple(
        HeldStandard(f"s{n}", f"tag-{n}", f"Title {n}", weight, date(2020, 1, 1), None)
        for n, weight in enumerate(weights, 1)
    )


def ratings(**by_standard: dict[int, list[int]]) -> tuple[GivenRating, ...]:
    """ratings(s1={0: [4, 5], 2: [3]}): by standard and index of the quarter."""
    return tuple(
        GivenRating(f"r-{standard}-{quarter}-{n}", standard, QUARTERS[quarter].since, value, quarter, noted=True)
        for standard, quarters_of in by_standard.items()
        for quarter, values in quarters_of.items()
        for n, value in enumerate(values)
    )


def promises(kept: int, missed: int, own_kept: int = 0, own_missed: int = 0) -> tuple[SettledPromise, ...]:
    day = date(2026, 6, 1)
    found = [SettledPromise(f"k{n}", day, True) for n in range(kept)]
    found += [SettledPromise(f"m{n}", day, False) for n in range(missed)]
    found += [SettledPromise(f"ok{n}", day, True, own_sticky=True) for n in range(own_kept)]
    found += [SettledPromise(f"om{n}", day, False, own_sticky=True) for n in range(own_missed)]
    return tuple(found)


def months(*numbers: int) -> tuple[Month, ...]:
    return tuple(Month(date(2026, number, 1), (f"w{number}",)) for number in numbers)


def inputs(**changes: object) -> ScoreInputs:
    """One standard rated 4 in every quarter, and nothing else: S is 75."""
    plain = ScoreInputs(
        person="p1",
        period=YEAR,
        quarters=QUARTERS,
        standards=standards(1),
        ratings=ratings(s1={0: [4], 1: [4], 2: [4], 3: [4]}),
    )
    return msgspec.structs.replace(plain, **changes)


def worked_example() -> ScoreInputs:
    """S 76 (25 ratings with a mean of 4.04), C 21 of 24 with the team at 0.85, P 9 of 10, T 4 of 5, R 4."""
    return inputs(
        ratings=ratings(s1={0: [4] * 24 + [5]}),
        customers=CustomerCount(21, 24, 85, 100, tuple(f"c{n}" for n in range(24))),
        promises=promises(9, 1),
        training=TrainingCount(4, 5, ("t1", "t2", "t3", "t4", "t5")),
        win_months=months(2, 3, 6, 9),
    )


def value_of(found: Score) -> float:
    assert found.value is not None
    return found.value


def test_the_worked_example_makes_84() -> None:
    found = score(worked_example())
    assert value_of(found) == pytest.approx(84.372727, abs=1e-6)
    assert found.shown == found.computed == 84
    assert [part.value for part in found.parts] == [
        pytest.approx(76),
        pytest.approx(86.363636),
        pytest.approx(90),
        pytest.approx(80),
        None,
    ]
    assert [part.adds for part in found.parts] == [
        pytest.approx(45.6),
        pytest.approx(17.272727),
        pytest.approx(13.5),
        pytest.approx(4),
        4,
    ]
    assert found.coverage == "5 of 5 parts known"
    assert found.band == "Strong"
    assert found.headline == "84 of 100"
    assert not found.missing


def test_every_line_says_what_it_rests_on_and_carries_the_records() -> None:
    found = score(worked_example())
    assert [(part.label, part.weight, part.basis) for part in found.parts] == [
        ("Standards", 60, "1 standard, 25 ratings"),
        ("Customers", 20, "21 of 24 satisfied"),
        ("Promises", 15, "9 kept, 1 missed"),
        ("Training", 5, "4 of 5 done"),
        ("Recognition", 0, "Feb Mar Jun Sep"),
    ]
    assert [len(part.records) for part in found.parts] == [25, 24, 10, 5, 4]
    assert found.part("recognition").records == ("w2", "w3", "w6", "w9")


def test_a_standard_is_the_mean_of_its_quarters_not_of_its_ratings() -> None:
    # Q1 has four ratings of 5, Q3 one of 3: (5 + 3) / 2 = 4, which is 75; the plain mean 4.6 would be 90.
    found = score(inputs(ratings=ratings(s1={0: [5, 5, 5, 5], 2: [3]})))
    assert value_of(found) == 75
    line = found.standards[0]
    assert [quarter.mean for quarter in line.quarters] == [5, None, 3, None]
    assert line.quarters[2].ratings == ("r-s1-2-0",)


def test_standards_count_by_their_weights_and_one_without_ratings_leaves() -> None:
    # s1 weight 3 rated 5 (100), s2 weight 1 rated 2 (25), s3 weight 2 without ratings: (300 + 25) / 4 = 81.25
    found = score(inputs(standards=standards(3, 1, 2), ratings=ratings(s1={0: [5]}, s2={3: [2]})))
    assert value_of(found) == 81.25
    assert found.part("standards").basis == "2 of 3 standards, 2 ratings"
    assert [line.value for line in found.standards] == [100, 25, None]


@pytest.mark.parametrize(("rated_weight", "known"), [(4, False), (5, True)])
def test_half_of_the_weight_of_the_standards_must_be_rated(rated_weight: int, known: bool) -> None:
    held = standards(rated_weight, 10 - rated_weight)
    found = score(inputs(standards=held, ratings=ratings(s1={0: [4]})))
    assert (found.value is not None) is known


def test_without_the_standards_there_is_no_number_but_what_is_missing() -> None:
    found = score(
        inputs(
            standards=standards(1, 1, 1),
            ratings=ratings(s2={0: [5]}),
            customers=CustomerCount(30, 30, 30, 30),
            promises=promises(10, 0),
            training=TrainingCount(5, 5),
        )
    )
    assert found.value is found.adjusted is found.shown is found.computed is None
    assert found.band == ""
    assert found.headline == "not enough evidence"
    assert found.missing == (
        "ratings on standards that make half of their weight: 1 of 3 rated, nothing yet on #tag-1 and #tag-3",
    )
    assert [part.adds for part in found.parts] == [None] * 5
    assert found.coverage == "3 of 5 parts known"


def test_nobody_gets_a_number_on_nothing() -> None:
    found = score(ScoreInputs(person="p1", period=YEAR, quarters=QUARTERS, standards=()))
    assert found.shown is None
    assert found.missing == ("service standards to rate",)
    assert found.coverage == "0 of 5 parts known"


def test_without_enough_weight_there_is_no_number() -> None:
    rule = ScoreRule(standards=50, customers=30, promises=15, training=5)
    found = score(inputs(), rule)
    assert found.shown is None
    assert found.missing == (
        "parts with a weight of 60 together: there are 50, without customers (no answers yet), "
        "promises (none decided yet) and training (none due)",
    )
    assert score(inputs(promises=promises(5, 0)), rule).shown is not None


def test_absent_parts_leave_the_sum_and_never_count_as_zero() -> None:
    assert value_of(score(inputs())) == 75
    # (60 * 75 + 5 * 100) / 65
    assert value_of(score(inputs(training=TrainingCount(2, 2)))) == pytest.approx(5000 / 65)
    found = score(inputs(promises=promises(4, 0), customers=CustomerCount(9, 9, 9, 9)))
    assert value_of(found) == 75
    assert [part.absent_because for part in found.parts] == [
        "",
        "9 answers of at least 10",
        "4 decided of at least 5",
        "none due",
        "no win told in a meeting yet",
    ]


def test_what_the_lines_add_makes_the_score() -> None:
    for some in (worked_example(), inputs(), inputs(promises=promises(5, 2), win_months=months(1))):
        found = score(some)
        assert sum(part.adds or 0 for part in found.parts) == pytest.approx(value_of(found))


def test_few_answers_are_pulled_to_the_teams_rate() -> None:
    # 10 of 10, the team at 0.6: (10 + 12) / 30 = 73.3; a hundred of 100: (100 + 12) / 120 = 93.3
    few = score(inputs(customers=CustomerCount(10, 10, 60, 100)))
    many = score(inputs(customers=CustomerCount(100, 100, 60, 100)))
    assert few.part("customers").value == pytest.approx(73.3333, abs=1e-3)
    assert many.part("customers").value == pytest.approx(93.3333, abs=1e-3)


def test_a_missed_promise_from_the_own_sticky_is_left_out() -> None:
    found = score(inputs(promises=promises(4, 1, own_missed=3)))
    assert found.part("promises").value == 80
    assert found.part("promises").basis == "4 kept, 1 missed, 3 left out"
    assert [line.counts for line in found.promises if line.id.startswith("om")] == ["left out"] * 3


def test_a_kept_promise_from_the_own_sticky_counts() -> None:
    found = score(inputs(promises=promises(4, 1, own_kept=5)))
    assert found.part("promises").value == 90
    assert {line.counts for line in found.promises} == {"kept", "missed"}


def test_kept_promises_from_stickies_cannot_lift_the_part_over_its_minimum_and_lower_the_whole() -> None:
    # 1 kept and 3 missed are too few to count; with one more from a sticky P would be 2 of 5 and the score lower.
    found = score(inputs(promises=promises(1, 3, own_kept=1)))
    assert value_of(found) == 75
    assert found.part("promises").absent_because == "4 decided of at least 5"
    line = next(line for line in found.promises if line.id == "ok0")
    assert line.counts == "left out"
    assert "would lower" in line.why
    # With good ones the part may come in: 4 kept and one more from a sticky make 100.
    assert value_of(score(inputs(promises=promises(4, 0, own_kept=1)))) == pytest.approx((60 * 75 + 15 * 100) / 75)


def test_recognition_adds_a_point_a_month_and_at_most_six() -> None:
    assert value_of(score(inputs(win_months=months(1, 2)))) == 77
    assert value_of(score(inputs(win_months=months(1, 2), mention_months=months(2, 5)))) == 79
    most = score(inputs(win_months=months(1, 2, 3, 4, 5), mention_months=months(2, 5, 6)))
    assert value_of(most) == 81
    assert most.bonus == 6
    assert most.part("recognition").basis == "Jan Feb Mar Apr May, named by customers Feb May Jun (at most 6 count)"


def test_a_score_never_passes_100() -> None:
    found = score(inputs(ratings=ratings(s1={0: [5]}), win_months=months(1, 2, 3)))
    assert found.value == 100
    assert found.shown == 100
    assert found.capped


def test_an_adjustment_is_shown_beside_the_computed_number() -> None:
    found = score(worked_example(), adjustment=-3.5)
    assert (found.computed, found.shown) == (84, 81)
    assert found.adjusted == pytest.approx(80.872727, abs=1e-6)
    assert found.value == score(worked_example()).value


def test_an_adjusted_score_stays_between_0_and_100() -> None:
    assert score(inputs(ratings=ratings(s1={0: [5]})), adjustment=5).adjusted == 100
    assert score(inputs(ratings=ratings(s1={0: [1]})), adjustment=-5).adjusted == 0


@pytest.mark.parametrize("points", [5.1, -6, float("nan"), float("inf")])
def test_an_adjustment_beyond_five_points_is_refused(points: float) -> None:
    with pytest.raises(Refused, match="at most 5 points"):
        score(inputs(), adjustment=points)
    with pytest.raises(Refused):
        check_adjustment(points, "a reason", RULE)


def test_an_adjustment_needs_a_reason() -> None:
    with pytest.raises(Refused, match="reason"):
        check_adjustment(2, "  ", RULE)
    check_adjustment(0, "", RULE)
    check_adjustment(-5, "three months away from the desk", RULE)


@pytest.mark.parametrize(
    ("value", "shown"), [(84.5, 85), (84.49999999999999, 85), (84.4999, 84), (0.0, 0), (99.5, 100), (83.5, 84)]
)
def test_a_score_is_rounded_once_half_up(value: float, shown: int) -> None:
    assert rounded(value) == shown


def test_a_band_follows_the_number_that_is_shown() -> None:
    almost = score(inputs(ratings=ratings(s1={0: [4]}), win_months=months(1, 2, 3, 4, 5, 6)), adjustment=5)
    assert (almost.shown, almost.band) == (86, "Strong")
    # 89.5 is shown as 90, so it is called what 90 is called.
    edge = score(inputs(ratings=ratings(s1={0: [5, 4]}), win_months=months(1)), adjustment=1)
    assert (edge.adjusted, edge.shown, edge.band) == (89.5, 90, "Outstanding")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ScoreRule(standards=70), "make 110, not 100"),
        (ScoreRule(standards=80, customers=-20, promises=30, training=10), "below zero"),
        (ScoreRule(weight_least=0), "between 1 and 100"),
        (ScoreRule(promises_least=0), "at least 1"),
        (ScoreRule(bonus_most=-1), "below zero"),
        (ScoreRule(bands=((60, "Solid"), (90, "Outstanding"))), "in order"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: ScoreRule, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_rule(rule)


def test_the_usual_rule_is_sound() -> None:
    check_rule(RULE)
