from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

VIEWS = ("year", "week", "themes", "months", "heat", "promises", "meetings", "resolve")


@pytest.fixture
def told(cli: Cli) -> Cli:
    """A few stories of this month and one of the last."""
    cli("win", "@maria rang back #own-it ^Acme", "--on", "2026-11-20")
    cli("win", "@tom stayed +", "--on", "2026-10-20")
    cli("sticky", "@zoe parcel lost #listen ^Acme", "--on", "2026-11-18")
    cli("win", "@karim secretword ^Hush ~", "--on", "2026-11-19")
    return cli


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_printed_and_given_to_programs(told: Cli, view: str) -> None:
    assert "What this can" in told("insight", view).out
    data = told("insight", view, "--json").json
    assert data["view"] == view
    assert data["cautions"]
    assert all(
        {"query", "record", "records", "leads_to", "cells"} <= row.keys()
        for section in data["sections"]
        for row in section["rows"]
    )


def test_months_count_what_was_told(told: Cli) -> None:
    rows = told("insight", "months", "--json").json["sections"][0]["rows"]
    assert [(row["wins"], row["stickies"]) for row in rows[-2:]] == [(1, 0), (2, 1)]


def test_in_room_private_stories_are_in_no_count(told: Cli) -> None:
    rows = told("insight", "months", "--room", "--json").json["sections"][0]["rows"]
    assert rows[-1]["wins"] == 1
    assert told("insight", "customer", "hush", "--room", code=1).out == ""


def test_a_person_a_standard_and_a_customer_are_named(told: Cli) -> None:
    assert "Maria Lopez" in told("insight", "person", "@maria").out
    assert "#own-it" in told("insight", "standard", "own-it").out
    assert "parcel lost" in told("insight", "customer", "acme").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("insight", "weather"), 2, "not one of"),
        (("insight", "person"), 2, "Say which person"),
        (("insight", "person", "nobody"), 1, "Nobody on the team"),
        (("insight", "standard", "#none"), 1, "no standard"),
        (("insight", "customer", "[/foo]"), 1, "No story or promise"),
        (("insight", "months", "extra"), 2, "takes no name"),
        (("insight", "months", "--year", "99999"), 2, "range"),
        (("insight", "--json", "--format", "md"), 2, "either"),
        (("insight", "--format", "pdf"), 1, "can't be printed"),
        (("newsletter", "--month", "2026"), 1, "one month"),
        (("newsletter", "--month", "31 feb"), 1, "meetingtool:"),
        (("newsletter", "--pick", "ZZZZ"), 1, "meetingtool:"),
        (("brag-sheet", "nobody"), 1, "Nobody on the team"),
        (("card", "ZZZZ", "--to", "card.pdf"), 1, "meetingtool:"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(told: Cli, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = told(*arguments, code=code)
    assert result.out == ""
    assert said in result.err


def test_what_is_to_be_looked_at_before_a_newsletter_goes_out_is_said(told: Cli) -> None:
    told("win", "@jo found a purse", "--on", "2026-10-21")
    said = told("newsletter").err
    assert said == "1 story has a name or tag to sort out · 2 stories were not told in a meeting yet.\n"


def test_the_newsletter_is_of_the_last_month_unless_another_is_named(told: Cli) -> None:
    assert "October 2026" in told("newsletter").out
    november = told("newsletter", "--month", "this-month", "--format", "md").out
    assert "November 2026" in november
    assert "rang back" in november
    assert "secretword" not in november
    data = told("newsletter", "--json").json
    assert data["sections"][0] == {"title": "The pick of the month", "entries": ["Tom: stayed"]}


def test_files_are_never_written_over_unasked(told: Cli, tmp_path: Path) -> None:
    path = tmp_path / "news.html"
    told("newsletter", "--to", path)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "already" in told("newsletter", "--to", path, code=1).err
    told("newsletter", "--to", path, "--force")


def test_a_brag_sheet_and_a_card(told: Cli, tmp_path: Path, now: datetime) -> None:
    assert "rang back" in told("brag-sheet", "maria").out
    assert told("brag-sheet", "maria", "--json").json["title"] == "Maria Lopez"
    ref = told("history", "rang", "--json").json[0]["ref"]
    told("card", ref, "--to", tmp_path / "card.pdf", at=now + timedelta(minutes=1))
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert "is not a known format" in told("card", ref, "--to", tmp_path / "card.png", code=1).err


def test_minutes_are_in_the_history_in_every_form(cli: Cli) -> None:
    cli("meeting", "start")
    cli("meeting", "note", "Ordered new umbrellas")
    cli("meeting", "answer", "Say the name first")
    assert "Ordered new umbrellas Say the name first" in cli("history", "umbrellas").out
    [row] = cli("history", "is:meeting", "--json").json
    assert (row["kind"], row["text"]) == ("meeting", "Ordered new umbrellas\nSay the name first")
    assert "minutes · Ordered new umbrellas" in cli("history", "umbrellas", "--format", "md").out
    assert "umbrellas" in cli("history", "umbrellas", "--format", "csv").out


def test_the_best_match_comes_first_when_asked(told: Cli) -> None:
    told("win", "@tom a lockers day", "--on", "2026-11-23")
    told("win", "@tom the lock", "--on", "2026-11-01")
    assert [row["text"] for row in told("history", "lock", "--best", "--json").json] == ["the lock", "a lockers day"]
    assert [row["text"] for row in told("history", "lock", "--json").json] == ["a lockers day", "the lock"]
    assert "--limit 0" in told("history", "lock", "--best", "--limit", "1").err


def test_a_search_is_kept_used_again_and_forgotten(told: Cli) -> None:
    assert "No search is saved" in told("history", "--kept").err
    told("history", "--keep", "is:win", "acme")
    assert told("history", "--keep", "#listen").lines == [" 1  #listen", " 2  is:win acme"]
    assert told("history", "--kept", "--json").json == ["#listen", "is:win acme"]
    assert [row["text"] for row in told("history", "--again", "2", "--json").json] == ["rang back"]
    assert told("history", "--again", "2", "-rang", "--json").json == []
    assert "already saved" in told("history", "--keep", "#listen", code=1).err
    assert "no saved search 9" in told("history", "--again", "9", code=1).err
    assert told("history", "--forget", "is:win", "acme").lines == [" 1  #listen"]
    assert "not saved" in told("history", "--forget", "nothing", code=1).err
