"""The sum itself, from inputs as plain values."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from meetingtool.errors import Refused
from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.periods import Period, part_of, period_of, quarters
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
FORMER = ScoreRule(version=1)


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


def promises(
    kept: int, missed: int, own_kept: int = 0, own_missed: int = 0, late: int = 0, own_late: int = 0
) -> tuple[SettledPromise, ...]:
    day, then = date(2026, 6, 1), date(2026, 11, 29)
    found = [SettledPromise(f"k{n}", day, True) for n in range(kept)]
    found += [SettledPromise(f"m{n}", day, False) for n in range(missed)]
    found += [SettledPromise(f"l{n}", day, True, kept_on=then, days_late=181) for n in range(late)]
    found += [SettledPromise(f"ok{n}", day, True, own_sticky=True) for n in range(own_kept)]
    found += [SettledPromise(f"om{n}", day, False, own_sticky=True) for n in range(own_missed)]
    found += [SettledPromise(f"ol{n}", day, True, True, kept_on=then, days_late=181) for n in range(own_late)]
    return tuple(found)


def months(*numbers: int) -> tuple[Month, ...]:
    return tuple(Month(date(2026, number, 1), (f"w{number}",)) for number in numbers)


def inputs(**changes: object) -> ScoreInputs:
    """One standard rated 4 twice in every quarter, and nothing else: S is 75."""
    plain = ScoreInputs(
        person="p1",
        period=YEAR,
        quarters=QUARTERS,
        standards=standards(1),
        ratings=ratings(s1={0: [4, 4], 1: [4, 4], 2: [4, 4], 3: [4, 4]}),
    )
    return msgspec.structs.replace(plain, **changes)


def worked_example() -> ScoreInputs:
    """S 76 (quarters of 4.08 and 4.00), C 21 of 24 with the team at 0.85, P 8 kept and 2 late of 10, T 4 of 5, wins
    told in 8 of 12 months and mentions in 2."""
    return inputs(
        ratings=ratings(s1={0: [4] * 23 + [5] * 2, 3: [4]}),
        customers=CustomerCount(21, 24, 85, 100, tuple(f"c{n}" for n in range(24))),
        promises=promises(8, 0, late=2),
        training=TrainingCount(4, 5, ("t1", "t2", "t3", "t4", "t5")),
        win_months=months(1, 2, 3, 5, 6, 8, 9, 11),
        mention_months=months(4, 9),
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
        ("Standards", 60, "1 standard, 26 ratings"),
        ("Customers", 20, "21 of 24 satisfied"),
        ("Promises", 15, "8 kept, 2 late"),
        ("Training", 5, "4 of 5 done"),
        ("Recognition", 0, "wins told in 8 of 12 months: Jan Feb Mar May Jun Aug Sep Nov; named by customers Apr Sep"),
    ]
    assert [len(part.records) for part in found.parts] == [26, 24, 10, 5, 9]
    assert found.part("recognition").records == ("w1", "w2", "w3", "w5", "w6", "w8", "w9", "w11", "w4")


def test_a_standard_is_the_mean_of_its_quarters_not_of_its_ratings() -> None:
    # Q1 has five ratings of 5, Q3 one of 3: (5 + 3) / 2 = 4, which is 75; the plain mean 4.67 would be 92.
    found = score(inputs(ratings=ratings(s1={0: [5] * 5, 2: [3]})))
    assert value_of(found) == 75
    line = found.standards[0]
    assert [quarter.mean for quarter in line.quarters] == [5, None, 3, None]
    assert line.quarters[2].ratings == ("r-s1-2-0",)


def test_standards_count_by_their_weights_and_one_without_ratings_leaves() -> None:
    # s1 weight 3 rated 5 (100), s2 weight 1 rated 2 (25), s3 weight 2 without ratings: (300 + 25) / 4 = 81.25
    found = score(inputs(standards=standards(3, 1, 2), ratings=ratings(s1={0: [5] * 5}, s2={3: [2]})))
    assert value_of(found) == 81.25
    assert found.part("standards").basis == "2 of 3 standards, 6 ratings"
    assert [line.value for line in found.standards] == [100, 25, None]


@pytest.mark.parametrize(("rated_weight", "known"), [(4, False), (5, True)])
def test_half_of_the_weight_of_the_standards_must_be_rated(rated_weight: int, known: bool) -> None:
    held = standards(rated_weight, 10 - rated_weight)
    found = score(inputs(standards=held, ratings=ratings(s1={0: [4] * 5, 1: [4]})))
    assert (found.value is not None) is known


@pytest.mark.parametrize(
    ("given", "known", "need"),
    [
        ({0: [4, 4, 4], 1: [4, 4, 4]}, True, ""),
        ({0: [4, 4, 4], 1: [4, 4]}, False, "6 ratings: there are 5"),
        ({1: [4] * 9}, False, "ratings in more than one quarter: all of them are of Apr–Jun"),
    ],
)
def test_six_ratings_and_more_than_one_quarter_make_the_part_of_the_standards(
    given: dict[int, list[int]], known: bool, need: str
) -> None:
    found = score(inputs(ratings=ratings(s1=given)))
    assert (found.value is not None) is known
    assert found.missing == ((need,) if need else ())
    assert score(inputs(ratings=ratings(s1=given)), FORMER).value == 75, "the former rule asked for none of that"


def test_who_was_there_for_one_quarter_alone_can_be_rated_in_it_alone() -> None:
    since_october = inputs(
        ratings=ratings(s1={3: [4] * 6}), there=part_of(YEAR, date(2026, 9, 20), None), win_months=months(10)
    )
    # On the team from 20 September: ten days of a quarter are too few to be rated in. R is 3 * 1 of 4 months.
    assert value_of(score(since_october)) == 75.75
    since_august = msgspec.structs.replace(since_october, there=part_of(YEAR, date(2026, 8, 20), None))
    assert score(since_august).value is None


def test_without_the_standards_there_is_no_number_but_what_is_missing() -> None:
    found = score(
        inputs(
            standards=standards(1, 1, 1),
            ratings=ratings(s2={0: [5] * 5, 1: [5]}),
            customers=CustomerCount(30, 30, 30, 30),
            promises=promises(10, 0),
            training=TrainingCount(5, 5),
        )
    )
    assert found.value is found.adjusted is found.shown is found.computed is None
    assert found.band == ""
    assert found.headline == "not enough evidence"
    assert found.missing == (
        "ratings on standards with half of the weight: 1 of 3 rated, nothing yet on #tag-1 and #tag-3",
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
    assert value_of(found) == pytest.approx(76)
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


def test_recognition_tells_people_apart_by_the_share_of_months_with_a_told_win() -> None:
    assert value_of(score(inputs(win_months=months(1, 2)))) == 75.5
    assert value_of(score(inputs(win_months=months(*range(1, 13))))) == 78
    assert value_of(score(inputs(win_months=months(1, 2), mention_months=months(2, 5)))) == 77.5
    most = score(inputs(win_months=months(*range(1, 13)), mention_months=months(2, 5, 6, 9)))
    assert (value_of(most), most.bonus) == (81, 6)
    assert most.part("recognition").basis.endswith("named by customers Feb May Jun Sep (at most 3 count)")


def test_only_the_months_on_the_team_so_far_count_for_recognition() -> None:
    # From 15 June to 24 November: six months, wins told in three of them, and one told before.
    there = part_of(Period(YEAR.since, date(2026, 11, 24), ""), date(2026, 6, 15), None)
    found = score(inputs(there=there, win_months=months(2, 6, 7, 11)))
    assert value_of(found) == 76.5
    assert found.part("recognition").basis == "wins told in 3 of 6 months: Jun Jul Nov"


def test_by_the_former_rule_recognition_adds_a_point_a_month() -> None:
    most = score(inputs(win_months=months(1, 2, 3, 4, 5), mention_months=months(2, 5, 6)), FORMER)
    assert (value_of(most), most.bonus) == (81, 6)
    assert most.part("recognition").basis == "Jan Feb Mar Apr May, named by customers Feb May Jun (at most 6 count)"


def test_kept_late_counts_half_and_says_how_late() -> None:
    found = score(inputs(promises=promises(3, 1, late=1)))
    assert found.part("promises").value == 70
    assert found.part("promises").basis == "3 kept, 1 late, 1 missed"
    line = next(line for line in found.promises if line.id == "l0")
    assert (line.counts, line.why) == ("late", "kept 29 Nov 2026, 181 days late")
    assert score(inputs(promises=promises(3, 1, late=1)), FORMER).part("promises").value == 80


def test_agreed_anew_too_late_is_late_and_was_missed_by_the_former_rule() -> None:
    eighth = date(2026, 6, 8)
    moved = SettledPromise("x", eighth, True, kept_on=eighth, days_late=7, moved_late=True, was_due=date(2026, 6, 1))
    found = score(inputs(promises=(*promises(4, 0), moved)))
    assert found.part("promises").value == 90
    due = "it was due on 1 Jun 2026, and given a new date only after that"
    assert found.promises[-1].why == f"kept 8 Jun 2026, 7 days late: {due}"
    assert score(inputs(promises=(*promises(4, 0), moved)), FORMER).part("promises").value == 80


def test_what_fell_due_after_the_last_day_on_the_team_is_left_out() -> None:
    gone = SettledPromise("x", date(2026, 6, 8), False, after_leaving=True)
    found = score(inputs(promises=(*promises(5, 0), gone)))
    assert found.part("promises").value == 100
    assert (found.promises[-1].counts, found.promises[-1].why) == (
        "left out",
        "fell due after the last day on the team",
    )
    assert score(inputs(promises=(*promises(5, 0), gone)), FORMER).part("promises").value == pytest.approx(500 / 6)


def test_kept_late_from_the_own_sticky_never_lowers_what_another_sticky_gave() -> None:
    # 4 of 5 kept; two kept from a sticky make 6 of 7. Three kept late from another one would make 7.5 of 10.
    assert score(inputs(promises=promises(4, 1, own_kept=2))).part("promises").value == pytest.approx(600 / 7)
    found = score(inputs(promises=promises(4, 1, own_kept=2, own_late=3)))
    assert found.part("promises").value == pytest.approx(600 / 7)
    assert [line.counts for line in found.promises if line.id.startswith("ol")] == ["left out"] * 3
    # Where they help they count: one kept late over many missed ones.
    helped = score(inputs(promises=promises(1, 9, own_late=1)))
    assert helped.part("promises").value == pytest.approx(150 / 11)


def test_a_part_for_which_nobody_has_anything_is_not_among_those_to_know() -> None:
    found = score(inputs(unused=("customers", "training")))
    assert found.coverage == "1 of 3 parts known"
    assert [part.key for part in found.listed] == ["standards", "promises", "recognition"]


def test_a_score_never_passes_100() -> None:
    found = score(inputs(ratings=ratings(s1={0: [5] * 5, 1: [5]}), win_months=months(1, 2, 3)))
    assert found.value == 100
    assert found.shown == 100
    assert found.capped


def test_an_adjustment_is_shown_beside_the_computed_number() -> None:
    found = score(worked_example(), adjustment=-3.5)
    assert (found.computed, found.shown) == (84, 81)
    assert found.adjusted == pytest.approx(80.872727, abs=1e-6)
    assert found.value == score(worked_example()).value


def test_an_adjusted_score_stays_between_0_and_100() -> None:
    assert score(inputs(ratings=ratings(s1={0: [5] * 5, 1: [5]})), adjustment=5).adjusted == 100
    assert score(inputs(ratings=ratings(s1={0: [1] * 5, 1: [1]})), adjustment=-5).adjusted == 0


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
    almost = score(inputs(win_months=months(*range(1, 13)), mention_months=months(1, 2, 3)), adjustment=5)
    assert (almost.shown, almost.band) == (86, "Strong")
    # 89.5 is shown as 90, so it is called what 90 is called.
    nearly = ratings(s1={0: [5, 4, 5, 4], 1: [5, 4]})
    edge = score(inputs(ratings=nearly, mention_months=months(1)), adjustment=1)
    assert (edge.adjusted, edge.shown, edge.band) == (89.5, 90, "Outstanding")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ScoreRule(standards=70), "add up to 110, not 100"),
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


def test_both_rates_are_told_where_answers_are_left_out() -> None:
    part = score(inputs(customers=CustomerCount(21, 24, 85, 100, ("b1",), left_out=2))).part("customers")
    assert part.basis == "21 of 24 satisfied; with 2 left out 21 of 26"
    assert part.value == pytest.approx((21 + 20 * 0.85) / 44 * 100)
    none = score(inputs(customers=CustomerCount(0, 0, 85, 100, ("b1",), left_out=2, left_out_satisfied=1)))
    assert none.part("customers").basis == "none counted; with 2 left out 1 of 2"
