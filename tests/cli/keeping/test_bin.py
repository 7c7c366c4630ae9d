"""What was done, and what lies in the bin, by command."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

Cli = Any


def recorded(cli: Cli, text: str) -> str:
    """The reference of a new win."""
    return str(cli("win", text).lines[0].split()[1])


def test_the_bin_lists_what_was_removed_and_brings_it_back(cli: Cli) -> None:
    kept, gone = recorded(cli, "@maria one"), recorded(cli, "@tom two")
    assert "empty" in cli("bin", "list").err
    told = cli("remove", gone, "--yes")
    assert f"bin restore {gone}" in told.err
    listed = cli("bin", "list")
    assert gone in listed.out
    assert kept not in listed.out
    [row] = cli("bin", "list", "--json").json
    assert (row["ref"], row["text"]) == (gone, "two")
    assert row["removed_by"]
    cli("bin", "restore", gone)
    assert cli("bin", "list", "--json").json == []
    assert "not in the bin" in cli("bin", "restore", gone, code=1).err


def test_somebody_comes_back_with_a_handle_of_their_own_and_never_with_the_number_of_another(cli: Cli) -> None:
    cli("team", "add", "Bo Lind", "--number", "8")
    [gone] = [row["ref"] for row in cli("team", "list", "--json").json if row["handle"] == "bo"]
    cli("remove", gone, "--yes")
    cli("team", "add", "Bo Berg", "--number", "08")
    refused = cli("bin", "restore", gone, code=1).err
    assert "Bo Berg" in refused and "has the employee number 8" in refused
    assert "team edit @bo --number NEW" in refused
    cli("team", "edit", "@bo", "--number", "9")
    told = cli("bin", "restore", gone)
    assert "@bo is somebody else now, so Bo Lind has the handle @bo-l" in told.err
    assert cli("check").out == cli("check", code=0).out
    cli("win", "@bo swept up")
    assert cli("history", "--json").json[0]["people"] == ["bo"]


def test_the_bin_lists_a_year(cli: Cli, now: datetime) -> None:
    ref = recorded(cli, "@maria one")
    cli("remove", ref, "--yes")
    assert len(cli("bin", "list", "--json", at=now + timedelta(days=365)).json) == 1
    assert cli("bin", "list", "--json", at=now + timedelta(days=367)).json == []


def test_what_was_done_is_listed_with_what_was_undone(cli: Cli) -> None:
    first = recorded(cli, "@maria one")
    recorded(cli, "@tom two")
    cli("undo")
    listed = cli("undo", "--list", "--limit", "3").lines[2:]
    assert "undone: win recorded" in listed[0]
    assert listed[1].endswith("undone")
    assert first in listed[2]
    rows = cli("undo", "--list", "--json", "--limit", "3").json
    assert [row["undone"] for row in rows] == [False, True, False]
    assert rows[2]["records"] == [first]
    assert len(cli("history", "--json").json) == 1


def test_changes_say_who_changed_what_and_when(cli: Cli) -> None:
    ref = recorded(cli, "@maria one")
    cli("edit", ref, "@tom two")
    shown = cli("show", ref, "--changes", "--json").json["changes"]
    assert [(step["version"], bool(step["by"]), bool(step["at"])) for step in shown] == [
        (1, True, True),
        (2, True, True),
    ]
    words = " ".join(shown[1]["changed"])
    assert "Tom" in words
    assert "one" in words
