"""People are told apart only as far as answers can tell them apart, within one role, and each share is pulled to that
of all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import msgspec
import pytest

from meetingtool.records.people import Person
from meetingtool.rules.customers.people import compared, said_of_all, said_of_type, spread
from meetingtool.rules.customers.shares import Tally, pulled

SMALL_TEAM = {
    "Ana": (3, 3, 0.8389, 0.5673, 0.9852, 0.7984),
    "Ben": (18, 20, 0.8664, 0.7173, 0.9645, 0.8341),
    "Cho": (40, 50, 0.7962, 0.6832, 0.8894, 0.7909),
    "Dee": (9, 15, 0.6526, 0.4465, 0.8323, 0.6961),
    "Eli": (5, 10, 0.6089, 0.3735, 0.8197, 0.6788),
    "Fay": (70, 80, 0.8666, 0.7880, 0.9292, 0.8536),
    "Gus": (0, 2, 0.5943, 0.2766, 0.8718, 0.6983),
    "Hal": (24, 40, 0.6245, 0.4830, 0.7560, 0.6561),
}
"""Satisfied, answers, the share pulled by as much as they are alike with its interval, and the share pulled by 20."""
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
APART = {"Ida": (30, 30), "Jon": (10, 30), "Kim": (20, 30)}


def tallies(team: dict[str, tuple[int, int]]) -> dict[str, Tally]:
    return {name: Tally(n, satisfied) for name, (satisfied, n) in team.items()}


def people(roles: dict[str, str]) -> list[Person]:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    return [
        Person(id=name, at=at, made_at=at, made_by="pat", handle=name.lower(), name=name, role=role)
        for name, role in roles.items()
    ]


def test_shares_are_pulled_to_the_team_by_as_much_as_people_are_alike() -> None:
    team = tallies({name: row[:2] for name, row in SMALL_TEAM.items()})
    found = spread(team.values())
    assert round(found.share, 4) == 0.7682
    assert found.rho == pytest.approx(0.127652, abs=5e-7)
    assert found.chance < 0.001
    for name, (satisfied, n, share, low, high, by_twenty) in SMALL_TEAM.items():
        mine, limits = found.pulled(team[name])
        assert (mine, limits.low, limits.high) == pytest.approx((share, low, high), abs=5e-5)
        assert pulled(satisfied, n, found.share, 20) == pytest.approx(by_twenty, abs=5e-5)


def test_where_people_scatter_no_more_than_chance_there_is_no_difference_to_tell() -> None:
    team = tallies(CALL_CENTRE)
    (found,) = compared(team, people(dict.fromkeys(team, "")))
    assert found.spread.rho == pytest.approx(-0.000830, abs=5e-7)
    assert (found.verdict, found.role, round(found.spread.share, 4)) == ("no-difference", None, 0.4990)
    assert said_of_all([found]).startswith(
        "The whole team: these answers show no difference between people; together 50 %"
    )


def test_equal_people_are_seldom_said_to_differ_however_far_one_lies_below_the_others() -> None:
    chance, differ = Random(5), 0
    for _ in range(300):
        team = {str(one): Tally(20, sum(chance.random() < 0.85 for _ in range(20))) for one in range(9)}
        (found,) = compared(team, people(dict.fromkeys(team, "")))
        differ += found.verdict == "differ"
    assert 3 <= differ <= 27, "one in twenty by chance, not one in two"


def test_only_people_of_one_role_are_compared_in_the_order_of_the_team() -> None:
    team = people({"Kim": "Desk", "Ben": "Vans", "Jon": " desk", "Ida": "DESK", "Cho": ""})
    desk, vans, without = compared(tallies(APART | {"Ben": (18, 20), "Cho": (40, 50)}), team)
    assert (desk.where, [*desk.tallies], desk.verdict) == ("Desk", ["Kim", "Jon", "Ida"], "differ")
    assert (vans.where, vans.verdict) == ("Vans", "too-few")
    assert said_of_type(without).startswith("People without a role: too few answers")
    said = said_of_all([desk, vans, without])
    assert said.startswith("Desk: people differ more than chance alone would make them;")
    assert said.endswith("In other roles there are too few answers.")
    alike = [msgspec.structs.replace(vans, verdict="no-difference", role=str(role)) for role in range(5)]
    said = said_of_all([desk, *alike])
    assert " 0, 1, 2 and 2 more: the answers show no difference between people of one role; what seems" in said
    assert (
        said_of_all([vans, without]) == "Too few answers to say anything about differences between people of one role."
    )


@pytest.mark.parametrize(
    "team", [{}, {"a": (5, 5)}, {"a": (5, 5), "b": (7, 7)}, {"a": (0, 5), "b": (0, 4)}, {"a": (1, 1), "b": (0, 1)}]
)
def test_too_little_to_tell_people_apart_is_no_error(team: dict[str, tuple[int, int]]) -> None:
    counted = tallies(team)
    assert spread(counted.values()).chance == 1
    assert said_of_all(compared(counted, people(dict.fromkeys(team, "")))).startswith("Too few answers")


def test_people_who_are_all_alike_or_all_unlike_are_no_error() -> None:
    for team, verdict in (
        ({"a": (20, 20), "b": (20, 20), "c": (20, 20)}, "no-difference"),
        ({"a": (20, 20), "b": (0, 20), "c": (20, 20)}, "differ"),
    ):
        (found,) = compared(tallies(team), people(dict.fromkeys(team, "Desk")))
        assert (found.verdict, found.where) == (verdict, "Desk")
        if verdict == "differ":
            share, limits = found.spread.pulled(Tally(20, 0))
            assert 0 <= limits.low <= share <= limits.high <= 1
