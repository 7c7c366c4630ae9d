"""Looking back from the command line."""

from __future__ import annotations

import csv
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

LAST_YEAR = datetime(2025, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def told(cli: Cli) -> Cli:
    """A workspace with a few stories and promises of two years."""
    cli("win", '@maria @tom found the parcel at the depot #own-it ^"Blue Door Café" +', at=LAST_YEAR)
    cli("sticky", "@tom late again #on-time", "--on", "2026-03-05")
    cli("win", "@maria rang the courier twice #own-it ^Acme", "--on", "2026-11-20")
    cli("sticky", "shouted at a customer", "--private")
    cli("promise", "@tom refund posted ^Acme by fri")
    return cli


def texts(cli: Cli, *query: str) -> list[str]:
    return [entry["text"] for entry in cli("history", "--json", *query).json]


def test_everything_is_listed_newest_first(told: Cli) -> None:
    listed = told("history")
    assert [line.split("  ")[-1].strip() for line in listed.lines[2:]] == [
        "refund posted (open, due Fri 27 Nov)",
        "shouted at a customer",
        "rang the courier twice",
        "late again",
        "found the parcel at the depot",
    ]
    assert "Thu 20 Nov 2025" in listed.lines[-1]
    assert " + " in listed.lines[-1]
    assert " ~ " in listed.lines[3]
    assert listed.err == ""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["@maria"], ["rang the courier twice", "found the parcel at the depot"]),
        (["#own-it", "-Acme"], ["found the parcel at the depot"]),
        (["is:starred"], ["found the parcel at the depot"]),
        (["is:private"], ["shouted at a customer"]),
        (["is:promise"], ["refund posted"]),
        (["on:2026-03"], ["late again"]),
        (["after:2026-03-05", "before:2026-11-20"], ["late again"]),
        (["customer:Blue Door"], ["found the parcel at the depot"]),
        (["-customer:Blue Door", "parcel"], []),
        (['"courier twice"'], ["rang the courier twice"]),
        (["courier", "twice"], ["rang the courier twice"]),
        (["-courier", "-is:private", "@maria"], ["found the parcel at the depot"]),
        (["-phone", "DEPOT"], ["found the parcel at the depot"]),
        (['@maria "at the depot"'], ["found the parcel at the depot"]),
    ],
)
def test_a_query_may_come_in_words_or_as_one(told: Cli, query: list[str], found: list[str]) -> None:
    assert texts(told, *query) == found


def test_a_limit_is_told_and_zero_shows_all(told: Cli) -> None:
    listed = told("history", "--limit", "2")
    assert len(listed.lines) == 4
    assert listed.err == "The latest 2 entries; --limit 0 shows all.\n"
    assert len(texts(told, "--limit", "0")) == 5
    assert told("history", "--limit", "5").err == ""
    assert "Invalid value for '--limit': '-1'" in told("history", "--limit", "-1", code=2).err


def test_what_is_not_understood_is_said_beside_the_result(told: Cli) -> None:
    listed = told("history", "@nobody", "rang")
    assert "Nobody is called @nobody; searching for the word instead." in listed.err
    assert listed.out == ""
    assert "Nothing matches." in listed.err
    blamed = told("history", "is:win", "zzz").err
    assert "Without zzz there are" in blamed


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (["is:nonsense", "rang"], "“is:nonsense” can't be searched for. It can be win, sticky,"),
        (["after:2026-02-30"], "“after:2026-02-30” can't be searched for."),
        (["-before:soonish"], "“-before:soonish” can't be searched for."),
        (["((("], "“(((” can't be searched for. There are no letters in it: write a word"),
        (["person:maria"], "It can be is:, on:, after:, before:, until: or customer:"),
        (["customer:"], "A customer's name must follow it."),
        (["@"], "A handle must follow @."),
        ([f"w{number}" for number in range(61)], "At most 60 parts are searched for."),
    ],
)
def test_a_part_that_cannot_be_looked_for_lists_nothing(told: Cli, query: list[str], said: str) -> None:
    for form in ([], ["--json"], ["--format", "csv"]):
        refused = told("history", *form, "--", *query, code=1)
        assert refused.out == ""
        assert said in refused.err


def test_programs_get_everything_unless_they_limit_it(cli: Cli) -> None:
    for number in range(51):
        cli("action", f"step {number}")
    assert len(cli("history").lines) == 52
    assert len(cli("history", "--json").json) == 51
    assert len(cli("history", "--json", "--limit", "7").json) == 7
    assert cli("history", "--format", "csv").out.count("step ") == 51


def test_in_a_narrow_terminal_the_text_has_the_room(told: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetingtool.cli.printing.screen_width", lambda: 60)
    listed = told("history", "parcel")
    assert all(len(line) <= 60 for line in listed.lines)
    assert listed.lines[0].split() == ["Day", "Ref", "What"]
    assert " ".join(" ".join(listed.lines[2:]).split()).endswith(
        "found the parcel at the depot · Maria, Tom · #own-it · Blue Door Café"
    )


def test_an_empty_history_says_what_to_do_next(cli: Cli) -> None:
    assert "`meetingtool win TEXT` records a win." in cli("history").err
    assert cli("history", "--json").json == []


def test_json_has_whole_ids_handles_and_tags(told: Cli) -> None:
    [found] = told("history", "--json", "parcel").json
    assert (found["people"], found["standards"], found["kind"]) == (["maria", "tom"], ["own-it"], "win")
    assert (found["date"], found["customer"], found["starred"]) == ("2025-11-20", "Blue Door Café", True)
    assert found["id"].endswith(found["ref"])


def test_csv_opens_in_a_spreadsheet_without_becoming_a_formula(cli: Cli) -> None:
    cli("win", '=HYPERLINK("http://x") @maria, "quoted"')
    cli("promise", "refund by fri")
    printed = cli("history", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [row["kind"] for row in rows] == ["promise", "win"]
    assert rows[0]["due"] == "2026-11-27"
    assert rows[1]["text"].startswith("'=HYPERLINK")
    assert rows[1]["people"] == "maria"


def test_markdown_goes_month_by_month(told: Cli) -> None:
    printed = told("history", "--format", "md", "@maria")
    assert printed.lines[0] == "# Harbour Desk: history"
    assert "## November 2025" in printed.lines
    assert "found the parcel at the depot" in printed.lines[-1]
    assert "either --format or --json" in told("history", "--format", "md", "--json", code=2).err


def test_hostile_text_is_listed_harmlessly(cli: Cli) -> None:
    cli("win", "[/foo] \x1b[2J \u202eevil")
    listed = cli("history")
    assert "[/foo] ␛[2J <U+202E>evil" in listed.out
    assert cli("history", "--json").json[0]["text"] == "[/foo] \x1b[2J \u202eevil"


def test_only_the_books_that_are_needed_are_read(told: Cli, folder: Path) -> None:
    (folder / "2025.json").write_text("{broken")
    assert texts(told, "on:2026-03") == ["late again"]
    assert len(texts(told, "--limit", "3")) == 3
    refused = told("history", "--limit", "0", code=1)
    assert "2025.json" in refused.err
    assert (folder / "2025.json").read_text() == "{broken"


def test_json_steers_no_terminal_and_says_the_same(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "exe\u202egpj \x9b31m \x7f \u2066 zero\u200b \U000e0041 é \U0001f600"
    cli("win", text)
    piped = cli("history", "--json")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = cli("history", "--json")
    assert all(sign == "\n" or sign.isprintable() for sign in shown.out)
    assert "é \U0001f600" in shown.out
    assert shown.json == piped.json
