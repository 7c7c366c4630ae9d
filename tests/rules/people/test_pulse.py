"""The pulse of a team: counts without names, nothing of fewer than five, no change that one person can have made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

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
    Tally,
    agreement,
    ballot_of,
    changes,
    comparable,
    is_due,
    results,
    with_pulse,
)

DAY = date(2026, 11, 24)
ANSWERS = st.lists(st.none() | st.integers(1, 5), min_size=len(STATEMENTS), max_size=len(STATEMENTS))


def a_round(*slips: str, day: date = DAY, asked: int = 9) -> PulseRound:
    tally = Tally()
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


def test_five_slips_are_counted_statement_by_statement() -> None:
    made = a_round(*FIVE)
    assert made.answered == 5
    first, second, third, *rest = results(made)
    assert (first.n, first.mean, first.agreed) == (5, (5 + 4 + 5 + 1 + 3) / 5, 3)
    assert (second.mean, second.agreed) == (18 / 5, 3)
    assert (third.mean, third.agreed) == (18 / 5, 2)
    assert [one.statement for one in rest] == [STATEMENTS[4]]  # four answered the fourth: that is not kept
    assert agreement(made) == 100 * (3 + 3 + 2 + 4) / 20


def test_nothing_is_kept_of_four() -> None:
    made = a_round(*FIVE[:4])
    assert (made.answered, made.counts, results(made), agreement(made)) == (0, (), (), None)


@given(st.lists(ANSWERS, max_size=12), st.randoms(use_true_random=False))
def test_what_is_kept_says_nothing_about_order_and_never_fewer_than_five(
    ballots: list[Sequence[int | None]], random: object
) -> None:
    one, other = Tally(), Tally()
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
    tally = Tally()
    for wrong in ([6, 1, 1, 1, 1], [0, 1, 1, 1, 1], [1, 1, 1, 1]):
        with pytest.raises(ValueError, match="not one answer"):
            tally.add(wrong)
    tally.add([None] * 5)
    assert tally.answered == 0


TEAM = ["a", "b", "c", "d", "e", "f"]


def test_a_change_is_shown_unless_a_single_person_can_have_made_it() -> None:
    before, after = a_round(*FIVE), a_round(*FIVE[:4], "55555")
    assert comparable(before, after, TEAM, TEAM)
    assert comparable(before, after, TEAM, [*TEAM[1:], "g"])
    assert not comparable(before, after, TEAM, [*TEAM, "g"])
    assert not comparable(before, after, TEAM, TEAM[1:])
    assert not comparable(before, a_round(*FIVE, "55555"), TEAM, TEAM)  # one more of the same people answered
    assert not comparable(before, a_round(*FIVE[:4]), TEAM, TEAM)
    assert changes(before, after)[STATEMENTS[0]] == pytest.approx(2 / 5)


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
