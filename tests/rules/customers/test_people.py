"""People are told apart only as far as answers can tell them apart, and each share is pulled to the team's."""

from __future__ import annotations

import pytest

from meetingtool.rules.customers.people import pulled_by, spread, told
from meetingtool.rules.customers.shares import Tally

SMALL_TEAM = {
    "Ana": (3, 3, 0.8389, 0.5673, 0.9852, 0.7668),
    "Ben": (18, 20, 0.8664, 0.7173, 0.9645, 0.9198),
    "Cho": (40, 50, 0.7962, 0.6832, 0.8894, 0.7157),
    "Dee": (9, 15, 0.6526, 0.4465, 0.8323, 0.1230),
    "Eli": (5, 10, 0.6089, 0.3735, 0.8197, 0.0809),
    "Fay": (70, 80, 0.8666, 0.7880, 0.9292, 0.9913),
    "Gus": (0, 2, 0.5943, 0.2766, 0.8718, 0.1418),
    "Hal": (24, 40, 0.6245, 0.4830, 0.7560, 0.0152),
}
CALL_CENTRE = {
    "Becky": (261, 517),
    "Dan": (261, 523),
    "Diane": (246, 501),
    "Greg": (241, 502),
    "Jim": (268, 536),
    "Joe": (230, 484),
    "Martha": (271, 514),
    "Stewart": (245, 477),
}
FIXED_PULL = {
    "Ana": 0.7984,
    "Ben": 0.8341,
    "Cho": 0.7909,
    "Dee": 0.6961,
    "Eli": 0.6788,
    "Fay": 0.8536,
    "Gus": 0.6983,
    "Hal": 0.6561,
}


def tallies(team: dict[str, tuple[int, int]]) -> dict[str, Tally]:
    return {name: Tally(n, satisfied) for name, (satisfied, n) in team.items()}


def test_shares_are_pulled_to_the_team_by_as_much_as_people_are_alike() -> None:
    found = spread(tallies({name: row[:2] for name, row in SMALL_TEAM.items()}))
    assert round(found.share, 4) == 0.7682
    assert found.rho == pytest.approx(0.127652, abs=5e-7)
    assert found.apart
    for name, (satisfied, n, share, low, high, above) in SMALL_TEAM.items():
        person = found.people[name]
        assert person.raw == satisfied / n
        assert person.share == pytest.approx(share, abs=5e-5)
        assert person.interval is not None
        assert (person.interval.low, person.interval.high) == pytest.approx((low, high), abs=5e-5)
        assert person.above == pytest.approx(above, abs=5e-5)


def test_where_people_scatter_no_more_than_chance_there_is_no_difference_to_tell() -> None:
    team = tallies(CALL_CENTRE)
    found = spread(team)
    assert found.rho == pytest.approx(-0.000830, abs=5e-7)
    assert not found.apart
    assert {round(person.share, 4) for person in found.people.values()} == {0.4990}
    assert all(person.interval is None for person in found.people.values())
    assert "no difference between people" in told(found, team)


def test_a_fixed_pull_is_the_one_of_the_score() -> None:
    team = tallies({name: row[:2] for name, row in SMALL_TEAM.items()})
    share = spread(team).share
    assert {name: round(pulled_by(tally, share, 20), 4) for name, tally in team.items()} == FIXED_PULL


@pytest.mark.parametrize(
    "team", [{}, {"a": (5, 5)}, {"a": (5, 5), "b": (7, 7)}, {"a": (0, 5), "b": (0, 4)}, {"a": (1, 1), "b": (0, 1)}]
)
def test_too_little_to_tell_people_apart_is_no_error(team: dict[str, tuple[int, int]]) -> None:
    found = spread(tallies(team))
    assert not found.apart
    assert told(found, tallies(team)).startswith("Too few answers")
