"""Weights, periods and comparisons from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import Prepared

TAGS = ("welcome", "listen", "own-it", "plain-words", "on-time", "put-right", "know-how", "one-team")
OTHER = "standards=70,customers=15,promises=10,training=5"


@pytest.fixture
def rated(cli: Cli, folder: Path, prepared: Prepared) -> Cli:
    """Maria and Tom have been rated on every standard: 4, and 3 with one 5."""
    prepared(folder, rate_two, cli)
    return cli


def rate_two(cli: Cli) -> None:
    for day in ("2026-08-11", "2026-11-24"):
        for tag in TAGS:
            cli("rate", "@maria", tag, "4", "--on", day)
            cli("rate", "@tom", tag, "5" if tag == "listen" else "3", "--note", "seen", "--on", day)


def test_other_weights_are_tried_on_the_whole_team_and_change_nothing(rated: Cli) -> None:
    tried = rated("score", "--what-if", "standards=50,customers=20,promises=20,training=10")
    row = next(line for line in tried.lines if line.startswith("@maria"))
    assert "75" in row
    assert "parts with a weight of 60 together: there are 50" in row
    assert "Nothing was changed" in tried.err
    assert rated("settings", "show", "--json").json[0]["score"]["standards"] == 60
    found = rated("score", "@tom", "--what-if", OTHER, "--json").json
    assert [(entry["handle"], entry["now"], entry["then"]) for entry in found] == [("tom", 56, 56)]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ("standards=70", "add up to 110, not 100"),
        ("standards=", "not a whole number"),
        ("smiles=5", "changes nothing"),
        ("standards=-5", "not a whole number"),
        ("", "Nothing was given"),
        ("promises-least=0", "at least 1"),
    ],
)
def test_weights_that_make_no_sense_are_refused(rated: Cli, weights: str, words: str) -> None:
    assert words in rated("score", "--what-if", weights, code=1).err
    if weights:
        assert words in rated("settings", "score", weights, code=1).err
    assert rated("settings", "score", "--json").json[0]["standards"] == 60


def test_weights_are_settled_on_until_the_first_evaluation_is_shared(rated: Cli) -> None:
    rated("settings", "score", *OTHER.split(","), "--bands", "85 Great, 50 Good, 0 Growing")
    assert "Good" in next(line for line in rated("score").lines if line.startswith("@tom"))
    rated("evaluation", "share", "@maria", "--reason", "x")
    fixed = rated("score", "--what-if", "standards=60,customers=20,promises=15,training=5", code=1)
    assert "The weights of 2026 are fixed since Tue 24 Nov, when the first evaluation for it was shared." in fixed.err
    told = rated("settings", "score", "--usual")
    assert "2026 keeps the rule from then, because an evaluation was shared." in told.err
    assert "Good" in next(line for line in rated("score").lines if line.startswith("@tom"))
    assert rated("settings", "score", "--json").json[0]["standards"] == 60


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ("Great", "not a band"),
        ("50 Good, 85 Great, 0 Growing", "are not in order"),
        ("85 Great", "begins at 0"),
        ("185 Great, 0 Growing", "between 0 and 100"),
    ],
)
def test_bands_that_make_no_sense_are_refused(rated: Cli, bands: str, words: str) -> None:
    assert words in rated("settings", "score", "--bands", bands, code=1).err


def test_the_evaluation_year_starts_in_any_month(rated: Cli) -> None:
    told = rated("settings", "year", "april")
    assert told.out == "evaluation year  2026/27, 2026-04-01 to 2027-03-31\n"
    assert rated("score").err.startswith("2026/27. ")
    shown = dict(line.split(maxsplit=1) for line in rated("settings", "show").lines)
    assert shown["year"] == "April"
    rated("evaluation", "write", "@maria", "--goals", "x")
    partly = "2026-01-01..2026-06-30"
    clash = rated("evaluation", "write", "@maria", "--goals", "x", "--period", partly, code=1)
    assert "covers some of these days" in clash.err


@pytest.mark.parametrize("period", ["2026-H2", "2026 h2", "2026-07-01..2026-12-31"])
def test_a_half_year_is_a_period_of_its_own(rated: Cli, period: str) -> None:
    rated("evaluation", "write", "@maria", "--goals", "x", "--period", period)
    assert rated("evaluation", "list", "--period", "2026-H2", "--json").json[0]["state"] != "shared"
    assert "2026 H2" in rated("evaluation", "list", "--year", period).err
    rated("evaluation", "write", "@maria", "--goals", "beside the half year")
    partly = "2026-06-01..2026-09-30"
    refused = rated("evaluation", "write", "@maria", "--goals", "x", "--period", partly, code=1)
    assert "covers some of these days" in refused.err


@pytest.mark.parametrize("period", ["2026-H3", "2026-01-01", "2026-01-01..", "last year", "2026-02-30..2026-03-01"])
def test_a_period_that_is_none_is_refused(rated: Cli, period: str) -> None:
    assert rated("score", "--year", period, code=1).err.startswith("meetingtool: ")


def test_a_period_that_ends_before_it_begins_is_refused(rated: Cli) -> None:
    assert "can't end before it begins" in rated("score", "--year", "2026-06-30..2026-01-01", code=1).err


def test_the_team_side_by_side_says_what_it_can_not_tell(rated: Cli) -> None:
    found = rated("score", "--team")
    assert "not a basis for a ranking" in found.out
    assert "no rating yet on #welcome" in next(line for line in found.lines if line.split()[:2] == ["@zoe", "no"])
    assert "By name, not by rank" in found.err
    data = rated("score", "--team", "--json").json
    assert [person["handle"] for person in data["people"]] == ["karim", "maria", "sam", "tom", "zoe"]
    assert data["people"][1]["score"] == 75


def test_the_years_of_a_person_stand_side_by_side(rated: Cli) -> None:
    for day in ("2025-06-02", "2025-09-01"):
        for tag in TAGS:
            rated("rate", "@maria", tag, "3", "--on", day)
    rated("evaluation", "finalise", "@maria", "--year", "2025", "--reason", "x")
    rows = [line.split() for line in rated("score", "@maria", "--years").lines[3:]]
    assert [row[:2] for row in rows] == [["2025", "50"], ["2026", "75"]]
    assert ["final" in rows[0], "records" in rows[1]] == [True, True]
    assert [entry["score"] for entry in rated("score", "@maria", "--years", "--json").json] == [50, 75]
    assert "no rating and no evaluation" in rated("score", "@zoe", "--years").err
    assert "Say whose" in rated("score", "--years", code=1).err
    assert "Choose one" in rated("score", "--years", "--team", code=2).err


def test_what_was_locked_is_shown_as_it_was(rated: Cli) -> None:
    rated("evaluation", "finalise", "@maria", "--reason", "x")
    rated("rate", "@maria", "listen", "2", "--note", "seen")
    assert " 75 " in next(line for line in rated("score").lines if line.startswith("@maria"))
    assert "The evaluation is final with 75" in rated("score", "@maria", "--why").out


def test_evaluations_are_printed_on_the_paper_that_is_set(cli: Cli, tmp_path: Path) -> None:
    assert "US Letter" in cli("settings", "set", "paper", "letter").out
    cli("evaluation", "export", "@maria", "--to", tmp_path)
    cli("evaluation", "export", "@maria", "--to", tmp_path / "a4", "--paper", "a4")
    (letter,), (a4,) = tmp_path.glob("*.pdf"), (tmp_path / "a4").glob("*.pdf")
    assert b"612 792" in letter.read_bytes()
    assert b"612 792" not in a4.read_bytes()
    assert "a4, letter" in cli("settings", "set", "paper", "folio", code=1).err


@pytest.mark.parametrize("sign", [" ", "=", " = "])
def test_weights_are_read_with_and_without_signs_between_them(cli: Cli, sign: str) -> None:
    words = ("standards", "70"), ("customers", "15"), ("promises", "10"), ("training", "5")
    for between in (", ", " "):
        tried = cli("score", "--what-if", between.join(sign.join(pair) for pair in words))
        assert "Nothing was changed" in tried.err
