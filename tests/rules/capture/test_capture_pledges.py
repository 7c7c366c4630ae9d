from __future__ import annotations

from datetime import date

import pytest

from meetingtool.rules.capture import Pledge, parse
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("line", "pledge", "text"),
    [
        ("!refund posted by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        (">order new signs by 2026-12-01", Pledge("action", "order new signs", date(2026, 12, 1)), ""),
        ("stayed !refund posted by fri and rang", Pledge("promise", "refund posted", FRIDAY), "stayed and rang"),
        ('!"refund posted by hand" by fri', Pledge("promise", "refund posted by hand", FRIDAY), ""),
        ("!“refund posted”, by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ('!"say \\"sorry\\" to @tom"', Pledge("promise", 'say "sorry" to @tom'), ""),
        ("!refund posted by tom by fri", Pledge("promise", "refund posted by tom", FRIDAY), ""),
        ("!refund posted, by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ("!refund posted by hand", Pledge("promise", "refund posted by hand"), ""),
        ("!refund posted by 31 feb", Pledge("promise", "refund posted by 31 feb"), ""),
        ("!refund posted #own-it", Pledge("promise", "refund posted"), ""),
        ("!refund posted #own-it by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ("!refund 1 + 1 by fri", Pledge("promise", "refund 1 + 1", FRIDAY), ""),
        ("!2 free nights by fri", Pledge("promise", "2 free nights", FRIDAY), ""),
        ('>"3 chairs for the lobby"', Pledge("action", "3 chairs for the lobby"), ""),
        ('!"refund posted by fri', Pledge("promise", "refund posted", FRIDAY), ""),
        ("!send photos to @tom by fri", Pledge("promise", "send photos to Tom", FRIDAY), ""),
        ("!call @jo by fri", Pledge("promise", "call @jo", FRIDAY), ""),
        ("!call back by tomorrow morning", Pledge("promise", "call back by morning", date(2026, 11, 25)), ""),
        ("!call back by 5pm on fri", Pledge("promise", "call back by 5pm", FRIDAY), ""),
        ("!call back by fri at the latest, she said", Pledge("promise", "call back", FRIDAY), "she said"),
        ("!write \\#1 on it by fri", Pledge("promise", "write #1 on it", FRIDAY), ""),
        ("!fund:25", Pledge("promise", "fund:25"), ""),
        ("!by fri", Pledge("promise", "by fri"), ""),
        ("> ask the bank by fri", Pledge("action", "ask the bank", FRIDAY), ""),
        ("> ask the bank", Pledge("action", "ask the bank"), ""),
        ("@maria ! call her back #own-it by fri", Pledge("promise", "call her back", FRIDAY), ""),
        ("> @tom ask the bank by fri", Pledge("action", "ask the bank", FRIDAY), ""),
        ("rang her > ask the bank by fri", Pledge("action", "ask the bank", FRIDAY), "rang her"),
        ("!tell @tom about it by fri", Pledge("promise", "tell Tom about it", FRIDAY), ""),
        ("!refund posted @tom by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ("!bring ^Acme their order by fri", Pledge("promise", "bring Acme their order", FRIDAY), ""),
    ],
)
def test_a_pledge_runs_to_its_date_the_next_mark_or_the_end(
    line: str, pledge: Pledge, text: str, roster: Roster
) -> None:
    capture = parse(line, roster, TODAY)
    assert capture.pledges == (pledge,)
    assert capture.text == text


def test_several_pledges_stand_in_one_line(roster: Roster) -> None:
    capture = parse("@tom rang !refund posted by fri >check the scales !call again", roster, TODAY)
    assert capture.text == "rang"
    assert capture.pledges == (
        Pledge("promise", "refund posted", FRIDAY),
        Pledge("action", "check the scales"),
        Pledge("promise", "call again"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Wow!great",
        "really !",
        "oh ! really",
        "it is 5 > 3 ! she said by hand",
        "a->b",
        "x>y",
        "!?",
        "!!urgent",
        "(!now)",
        ">5 minutes",
        "a > b",
        '!"',
        "!_x_",
    ],
)
def test_other_exclamation_and_greater_signs_promise_nothing(line: str, roster: Roster) -> None:
    capture = parse(line, roster, TODAY)
    assert capture.pledges == ()
    assert capture.text == line


def test_a_date_for_no_pledge_stays_in_the_text(roster: Roster) -> None:
    capture = parse('home by fri !"refund" then back by sat', roster, TODAY)
    assert capture.text == "home by fri then back by sat"
    assert capture.pledges == (Pledge("promise", "refund"),)
