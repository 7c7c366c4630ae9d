"""The pulse of a team: counts without names, nothing of fewer than five, no change that one person can have made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.meetings import Segment
from meetingtool.records.pulse import PulseRound
from meetingtool.rules.people.pulse import (
    LEAST,
    SEGMENT,
    STATEMENTS,
    PulseTally,
    ShownRound,
    as_told,
    ballot_of,
    comparable,
    is_due,
    with_pulse,
)

DAY = date(2026, 11, 24)
ANSWERS = st.lists(st.none() | st.integers(1, 5), min_size=len(STATEMENTS), max_size=len(STATEMENTS))


def a_round(*slips: str, day: date = DAY, asked: int = 9) -> PulseRound:
    tally = PulseTally()
    for slip in slips:
        tally.add(ballot_of(slip))
    answered, counts = tally.kept
    at = datetime.combine(day, time(), tzinfo=UTC)
    return PulseRound(
        id=mint(at),
        at=at,
        made_at=at,
        made_by="pat",
        statements=STATEMENTS,
        asked=asked,
        answered=answered,
        counts=counts,
    )


FIVE = ("5 4 3 - 5", "44444", "5,5,5,5,5", "1 2 3 4 5", "3/3/3/3/3")


def told(*rounds: PulseRound, here: Sequence[str] = ("a", "b", "c", "d", "e", "f")) -> list[ShownRound]:
    return as_told(rounds, lambda _: here)


def test_five_slips_are_counted_statement_by_statement() -> None:
    made = a_round(*FIVE)
    assert made.answered == 5
    (only,) = told(made)
    first, second, third, *rest = only.results
    assert (first.n, first.mean, first.agreed) == (5, (5 + 4 + 5 + 1 + 3) / 5, 3)
    assert (second.mean, second.agreed) == (18 / 5, 3)
    assert (third.mean, third.agreed) == (18 / 5, 2)
    assert [one.statement for one in rest] == [STATEMENTS[4]]  # four answered the fourth: that is not kept
    assert only.agreement == 100 * (3 + 3 + 2 + 4) / 20


def test_nothing_is_kept_of_four() -> None:
    made = a_round(*FIVE[:4])
    assert (made.answered, made.counts) == (0, ())
    assert [(one.results, one.agreement) for one in told(made)] == [((), None)]


@pytest.mark.parametrize(("slip", "mean", "agreed"), [("55555", 4.6, 4), ("11111", 1.4, 1), ("33333", 3.0, 1)])
def test_what_all_agree_on_says_nothing_about_each(slip: str, mean: float, agreed: int) -> None:
    (only,) = told(a_round(*[slip] * 5))
    assert {(one.mean, one.agreed) for one in only.results} == {(mean, agreed)}


@given(st.lists(ANSWERS, max_size=12), st.randoms(use_true_random=False))
def test_what_is_kept_says_nothing_about_order_and_never_fewer_than_five(
    ballots: list[Sequence[int | None]], random: object
) -> None:
    one, other = PulseTally(), PulseTally()
    shuffled = list(ballots)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for ballot in ballots:
        one.add(ballot)
    for ballot in shuffled:
        other.add(ballot)
    assert one.kept == other.kept
    answered, counts = one.kept
    assert answered == 0 or answered >= LEAST
    assert all(sum(column) >= LEAST for column in counts if column)


@pytest.mark.parametrize("line", ["", "5 4 3 2", "5 4 3 2 1 1", "6 4 3 2 1", "5 4 3 2 x", "0 0 0 0 0", "maria 54321"])
def test_what_is_no_slip_is_refused(line: str) -> None:
    with pytest.raises(Refused, match="is not a slip"):
        ballot_of(line)


def test_a_ballot_that_is_off_the_scale_is_never_counted() -> None:
    tally = PulseTally()
    for wrong in ([6, 1, 1, 1, 1], [0, 1, 1, 1, 1], [1, 1, 1, 1]):
        with pytest.raises(ValueError, match="not one answer"):
            tally.add(wrong)
    tally.add([None] * 5)
    assert tally.answered == 0


TEAM = ["a", "b", "c", "d", "e", "f"]


def test_a_change_is_shown_unless_a_single_person_can_have_made_it() -> None:
    before = a_round(*FIVE)
    several = a_round(*FIVE[:3], "22222", "22222")
    assert comparable(before, several, TEAM, TEAM)
    assert comparable(before, several, TEAM, [*TEAM[1:], "g"])
    assert not comparable(before, several, TEAM, [*TEAM, "g"])
    assert not comparable(before, several, TEAM, TEAM[1:])
    assert not comparable(before, a_round(*FIVE, "55555"), TEAM, TEAM)  # one more of the same people answered
    assert not comparable(before, a_round(*FIVE[:4]), TEAM, TEAM)
    _, after = told(before, several)
    assert after.results[3].change == pytest.approx((5 + 4 + 5 + 2 + 2) / 5 - (5 + 4 + 5 + 5 + 3) / 5)


def test_a_statement_that_one_person_may_have_answered_otherwise_is_told_as_it_was() -> None:
    before = a_round(*FIVE)
    one_other = a_round(*FIVE[:4], "3 1 3 3 3")
    late_slip = a_round(*FIVE, "11111")
    for after in (one_other, late_slip):
        first, then = told(before, after)
        assert then.results[1].as_before
        assert (then.results[1].mean, then.results[1].n) == (first.results[1].mean, first.results[1].n)
        assert then.results[1].change is None
    _, same, last = told(before, one_other, a_round(*FIVE[:2], "51515", "12121", "3 1 3 3 3"))
    assert not last.results[1].as_before  # against what was told last, two have answered otherwise
    assert same.results[0].as_before and same.results[0].change is None  # nobody's answer looks like one person's
    assert same.results[0].margin == pytest.approx(4 / 5)


@given(st.lists(ANSWERS, min_size=6, max_size=12), ANSWERS)
def test_no_two_rounds_that_are_told_give_a_ballot_away(
    ballots: list[list[int | None]], other: list[int | None]
) -> None:
    """Whoever knows both sums, and all ballots but one, learns nothing from a round that one person changed."""
    rounds = []
    for slips in (ballots, [*ballots[1:], other], [*ballots, other]):
        tally = PulseTally()
        for slip in slips:
            tally.add(slip)
        answered, counts = tally.kept
        rounds.append(msgspec.structs.replace(a_round(*FIVE), answered=answered, counts=counts))
    for after in rounds[1:]:
        first, then = told(rounds[0], after)
        shown = {one.statement: one for one in first.results}
        for one in then.results:
            if one.statement in shown:
                assert (one.n, one.mean, one.agreed) == (
                    shown[one.statement].n,
                    shown[one.statement].mean,
                    shown[one.statement].agreed,
                )


def test_it_is_due_six_weeks_after_the_last_and_never_before_the_first() -> None:
    last = a_round(*FIVE, day=date(2026, 10, 13))
    assert not is_due([], 6, date(2026, 11, 24))
    assert not is_due([last], 6, date(2026, 11, 17))
    assert is_due([last], 6, date(2026, 11, 24))
    assert is_due([last], 6, date(2026, 11, 23))  # a meeting moved forward by a day
    assert not is_due([last], 0, date(2027, 11, 24))
    assert is_due([last], 1, last.at.date() + timedelta(weeks=1))


def test_it_comes_before_the_thanks_and_only_once() -> None:
    wins, thanks = (Segment(title=name, topic=name, seconds=60) for name in ("wins", "thanks"))
    assert with_pulse([wins, thanks]) == (wins, SEGMENT, thanks)
    assert with_pulse([wins]) == (wins, SEGMENT)
    assert with_pulse([SEGMENT, wins]) == (SEGMENT, wins)
