"""Setting a workspace up, the sample team, and workspaces that can't be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from meetingtool.actions.reading import settings_of
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from tests.cli.conftest import Cli


def test_init_makes_a_workspace_with_people_from_a_file(cli: Cli, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Employee;Since\nÅsa Öberg;3.4.2025\nBo Ek;1.2.2024\n", encoding="cp1252")
    new = tmp_path / "new"
    made = cli(
        "init", "--team", "Fjord Desk", "--people", people, "--column", "started=Since",
        "--weekday", "Thursday", "--clock", "14.30", "--currency", "sek", data=new,
    )  # fmt: skip
    assert made.out == f"Fjord Desk  {new}\n"
    assert "Columns: Employee -> name, Since -> start date." in made.err
    assert "Set up with 2 people and 8 standards." in made.err
    with Workspace.open(new) as workspace:
        settings = settings_of(workspace)
        assert (settings.weekday, settings.clock, settings.currency) == (3, "14:30", "SEK")
    assert [p["handle"] for p in cli("team", "list", "--json", data=new).json] == ["asa", "bo"]


def test_a_terminal_is_asked_for_the_name_and_a_pipe_is_not(cli: Cli, tmp_path: Path) -> None:
    assert "meetingtool init --team" in cli("init", data=tmp_path / "new", code=2).err
    assert not (tmp_path / "new").exists()
    assert cli("init", typed="Harbour Desk\n", data=tmp_path / "new").out.startswith("Harbour Desk  ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--clock", "25:00"], "“25:00” is not a time of day."),
        (["--currency", "pounds"], "“pounds” is not a currency."),
        (["--people", "nowhere.csv"], "There is no file nowhere.csv."),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_made(
    cli: Cli, tmp_path: Path, options: list[str], said: str
) -> None:
    assert said in cli("init", "--team", "Desk", *options, data=tmp_path / "new", code=1).err
    assert not (tmp_path / "new").exists()


def test_a_second_init_is_refused(cli: Cli) -> None:
    assert "This workspace already belongs to Harbour Desk." in cli("init", "--team", "Other", code=1).err


def test_the_sample_team_is_written_to_a_folder(cli: Cli, tmp_path: Path) -> None:
    kept = cli("demo", "--keep", tmp_path / "sample")
    assert kept.out == f"{tmp_path / 'sample'}\n"
    assert f"meetingtool --data {tmp_path / 'sample'}" in kept.err
    with Workspace.open(tmp_path / "sample") as workspace:
        assert len(workspace.find(Meeting)) >= 40
        assert len(workspace.find(Story)) >= 210
    assert "is not an empty folder" in cli("demo", "--keep", tmp_path / "sample", code=1).err
    assert "needs a terminal" in cli("demo", code=1).err


COMMANDS = (["team", "list"], ["win", "x"], ["history"], ["undo"], ["meeting", "start"])


def books(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".json"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_book_that_is_not_json_is_told_and_never_overwritten(cli: Cli, folder: Path, command: list[str]) -> None:
    (folder / "team.json").write_text("This is no JSON.")
    before = books(folder)
    refused = cli(*command, code=1)
    assert "team.json" in refused.err
    assert len(refused.err.splitlines()) == 1
    assert books(folder) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_book_from_a_newer_version_is_told_and_left_alone(cli: Cli, folder: Path, command: list[str]) -> None:
    book = json.loads((folder / "team.json").read_text())
    book["meetingtool"]["1"]["schema"] = 99
    (folder / "team.json").write_text(json.dumps(book))
    before = books(folder)
    refused = cli(*command, code=1)
    assert "newer" in refused.err
    assert books(folder) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_is_no_workspace(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    assert "is a file, not a folder." in cli(*command, data=file, code=1).err
    assert "is a file, not a folder." in cli("init", "--team", "Desk", data=file, code=1).err
    assert file.read_text() == "mine"


def test_a_workspace_that_can_not_be_written_is_still_read(cli: Cli, folder: Path) -> None:
    (folder / ".lock").unlink(missing_ok=True)
    (folder / ".lock").mkdir()
    before = books(folder)
    assert "@maria" in cli("team", "list").out
    assert cli("history", "--json").json == []
    for command in (["win", "x"], ["team", "add", "Bo"], ["undo"]):
        refused = cli(*command, code=1)
        assert refused.err.startswith("meetingtool: Could not write to ")
        assert len(refused.err.splitlines()) == 1
    assert books(folder) == before


def test_what_the_set_up_asked_is_changed_by_a_command(cli: Cli) -> None:
    assert "Thursday" in cli("settings", "set", "day", "thu").out
    cli("settings", "set", "team", "Quay", "Desk")
    shown = cli("settings", "show").out
    assert "Thursday" in shown
    assert "Quay Desk" in shown
    refused = cli("settings", "set", "time", "late", code=1)
    assert "not a time of day" in refused.err
    assert "late" not in cli("settings", "show").out


def test_init_in_a_folder_that_is_not_empty_says_so_and_leaves_what_is_there(cli: Cli, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.joinpath("index").mkdir(parents=True)
    foreign = [new / "package.json", new / "novel.txt", new / "index" / "index.html"]
    for path in foreign:
        path.write_bytes(b"{}")
    told = cli("init", "--team", "Harbour Desk", data=new).err
    assert "The folder was not empty: index, novel.txt and package.json." in told
    assert {path.read_bytes() for path in foreign} == {b"{}"}
    assert "not empty" not in cli("init", "--team", "Fjord Desk", data=tmp_path / "fresh").err


@pytest.mark.parametrize("place", ["mysql://db/service", "https://example.org/x", "s3://bucket/key", "FILE:///tmp/x"])
def test_an_address_of_anything_but_postgresql_makes_no_folder(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    result = cli("init", "--team", "Pier", data=place, code=1)
    assert "Records can't be kept at a" in result.err
    assert "postgresql://HOST/DATABASE?team=TEAM" in result.err
    assert list(empty.iterdir()) == []


def test_where_says_that_records_are_on_a_server_however_its_address_is_spelt(cli: Cli) -> None:
    result = cli("where", data="PostgreSQL://db.example.org/service?team=desk")
    assert result.out.strip() == "postgresql://db.example.org/service?team=desk"
    assert "what waits to be sent to it, is in" in result.err
