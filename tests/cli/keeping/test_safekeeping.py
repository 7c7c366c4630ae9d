"""Backups, the way back, and mending: by command."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Cli = Any


def tear(path: Path) -> None:
    """Leave the first half of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def test_a_backup_holds_every_book_and_goes_where_it_is_told(cli: Cli, tmp_path: Path) -> None:
    cli("win", "@maria stayed on the line")
    target = tmp_path / "all.zip"
    assert cli("backup", target).lines == [str(target)]
    with zipfile.ZipFile(target) as packed:
        assert sorted(packed.namelist()) == ["2026.json", "team.json"]
    again = cli("backup", target, code=1)
    assert "already exists" in again.err
    assert cli("backup", target, "--force", "--json").json["books"] == 2


def test_a_backup_without_a_place_is_listed_and_restored_by_name(cli: Cli, folder: Path) -> None:
    cli("win", "@maria one")
    cli("backup")
    cli("win", "@tom two")
    name = cli("restore", "--json").json[0]["name"]
    assert name == "2026-11-24-0900.zip"
    shown = cli("restore", name, stdin="", code=1)
    assert shown.lines == ["2026.json: 1 record that only the workspace has would be lost.", "team.json is the same."]
    assert "--yes" in shown.err
    done = cli("restore", name, "--yes")
    assert [row["text"] for row in cli("history", "--json").json] == ["one"]
    kept = done.err.split("restore ")[-1].strip()
    cli("restore", kept, typed="y\n")
    assert {row["text"] for row in cli("history", "--json").json} == {"one", "two"}


def restored(cli: Cli, name: str) -> set[str]:
    """The stories after restoring it."""
    cli("restore", name, "--yes")
    return {row["text"] for row in cli("history", "--json").json}


def three_of_which_one_is_backed_up(cli: Cli) -> None:
    cli("win", "one")
    cli("backup")
    cli("win", "two")
    cli("win", "three")


def test_a_restore_in_place_of_a_missing_book_says_what_copies_have_and_keeps_it(cli: Cli, folder: Path) -> None:
    three_of_which_one_is_backed_up(cli)
    (folder / "2026.json").unlink()
    shown = cli("restore", "2026-11-24-0900", "--book", "2026", stdin="", code=1).out
    assert "comes back with 1 record. With this backup 2 records are lost" in shown
    assert "`meetingtool check --recover 2026` brings back 1 record that it lacks" in shown
    done = cli("restore", "2026-11-24-0900", "--yes")
    assert "2026.json: with this backup 2 records are lost" in done.err
    assert "2 records are lost" in cli("check", code=1).out
    cli("win", "four")
    assert restored(cli, done.err.split("restore ")[-1].strip()) == {"one", "two"}
    assert "1 record is lost" in cli("check", code=1).out
    cli("check", "--recover", "2026", "--yes")
    assert cli("check").out == ""


def test_all_that_can_be_read_of_a_damaged_book_outlives_a_restore(cli: Cli, folder: Path) -> None:
    three_of_which_one_is_backed_up(cli)
    book = folder / "2026.json"
    book.write_bytes(b"#" + book.read_bytes()[1:])
    damaged = book.read_bytes()
    shown = cli("restore", "2026-11-24-0900", "--book", "2026", stdin="", code=1).out
    assert "the backup with 1 record takes its place" in shown
    assert "`meetingtool check --recover 2026` brings back 2 records that it lacks" in shown
    done = cli("restore", "2026-11-24-0900", "--yes").err
    assert [path.read_bytes() for path in (folder / "damaged").iterdir()] == [damaged]
    assert "The damaged file is kept in damaged/2026 2026-11-24 0900.json" in done
    assert restored(cli, done.split("restore ")[-1].strip()) == {"one", "two", "three"}
    assert cli("check").out == ""


def test_a_backup_that_was_changed_or_cut_is_said_to_be_so(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("win", "one")
    cli("win", "two")
    whole = (folder / "2026.json").read_bytes()
    for name, data in (("forged.zip", whole.replace(b"two", b"ten")), ("cut.zip", whole[:-9])):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr("2026.json", data)
    assert "2026.json in the backup was changed outside" in cli("restore", tmp_path / "forged.zip", "--yes").out
    told = cli("restore", tmp_path / "cut.zip", "--yes", code=1).err
    assert "2026.json in the backup can't be read" in told
    assert "take another backup" in told


def test_after_a_restore_no_backup_is_said_to_fail(cli: Cli, now: datetime, tmp_path: Path) -> None:
    cli("backup", str(tmp_path / "a.zip"))
    later = now + timedelta(days=1)
    cli("win", "@tom swept up", at=later)
    cli("restore", str(tmp_path / "a.zip"), "--yes", at=later)
    for day in (1, 2):
        assert "could not be made" not in cli("check", at=now + timedelta(days=day)).out


def test_a_no_changes_nothing(cli: Cli) -> None:
    cli("win", "@maria one")
    cli("backup")
    cli("win", "@tom two")
    assert "Nothing was changed" in cli("restore", "2026-11-24-0900", typed="n\n").err
    assert len(cli("history", "--json").json) == 2


def test_a_name_that_is_no_backup_is_refused(cli: Cli) -> None:
    assert "lists those of the workspace" in cli("restore", "nothing", code=1).err


def test_a_restore_can_be_looked_at_by_programs_without_changing_anything(cli: Cli) -> None:
    cli("win", "@maria one")
    cli("backup")
    cli("win", "@tom two")
    found = cli("restore", "2026-11-24-0900.zip", "--json", "--book", "2026").json
    assert [(row["book"], row["only_here"]) for row in found] == [("2026", 1)]
    assert len(cli("history", "--json").json) == 2


def test_what_was_handed_over_stays_through_a_restore_which_undo_takes_back(cli: Cli, tmp_path: Path) -> None:
    cli("win", "@maria one")
    cli("backup")
    cli("team", "add", "Jo Byrne")
    for who in ("@maria", "@jo"):
        cli("evaluation", "write", who, "--goals", "more")
        cli("evaluation", "share", who, "--reason", "x y z")
    cli("evaluation", "acknowledge", "@maria", "--disagrees", "--comment", "no")
    cli("evaluation", "finalise", "@maria", "--reason", "x y z")
    papers = tmp_path / "papers"
    paper = cli("evaluation", "export", "@maria", "--format", "md", "--to", papers).lines[0]
    cli("evaluation", "reopen", "@maria", "--reason", "a slip")
    cli("win", "@tom two")
    said = cli("restore", "2026-11-24-0900", "--yes").out
    assert "The evaluation of Maria Lopez for 2026 (" in said
    assert ") is reopened here and stays so: what was handed over is not taken back." in said
    assert ") is shared here and stays so" in said
    assert [row["text"] for row in cli("history", "--json").json] == ["one"]
    assert "edition 1 of the evaluation of Maria Lopez" in cli("evaluation", "verify", paper).out
    states = {row["person"]["handle"]: row["state"] for row in cli("evaluation", "list", "--json").json}
    assert states["jo"] == "shared"
    assert cli("check").out == ""
    assert "backup restored" in cli("undo", "--list").lines[2]
    assert "undone: backup restored" in cli("undo").out
    assert [row["text"] for row in cli("history", "--json").json] == ["two", "one"]
    assert "edition 1 of the evaluation of Maria Lopez" in cli("evaluation", "verify", paper).out
    assert "undone: win recorded" in cli("undo").out
    assert cli("check").out == ""


@pytest.mark.parametrize("finalised", [(), ("there",), ("here", "there")], ids=["shared", "final there", "final twice"])
def test_another_version_that_was_handed_over_is_kept_beside_the_one_here_by_a_restore(
    cli: Cli, folder: Path, tmp_path: Path, finalised: tuple[str, ...]
) -> None:
    cli("evaluation", "write", "@maria", "--goals", "more")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere)
    for place, data in (("there", elsewhere), ("here", folder)):
        cli("evaluation", "write", "@maria", "--goals", f"more {place}", data=data)
        cli("evaluation", "share", "@maria", "--reason", "x y z", data=data)
        if place in finalised:
            cli("evaluation", "acknowledge", "@maria", "--agrees", data=data)
            cli("evaluation", "finalise", "@maria", "--reason", "x y z", data=data)
    papers = [
        cli("evaluation", "export", "@maria", "--format", "md", "--to", tmp_path / data.name, data=data).lines[0]
        for data in (folder, elsewhere)
    ]
    cli("backup", tmp_path / "there.zip", data=elsewhere)
    said = cli("restore", tmp_path / "there.zip", "--yes").out
    state = "final" if "here" in finalised else "shared"
    assert f") is {state} here and stays so: what was handed over is not taken back." in said
    assert "both are kept, and `meetingtool check` says how to decide." in said
    for _ in range(2):
        cli("restore", tmp_path / "there.zip", "--yes")
        told = cli("check", code=1).out
        assert "meetingtool evaluation join @maria" in told and len(told.splitlines()) == 2
    for paper in papers[2 - len(finalised) :]:
        assert "of the evaluation of Maria Lopez" in cli("evaluation", "verify", paper).out


def test_a_restore_mends_a_handed_over_evaluation_that_was_changed_outside(cli: Cli, folder: Path) -> None:
    cli("evaluation", "write", "@maria", "--goals", "more")
    cli("backup")
    cli("evaluation", "share", "@maria", "--reason", "x y z")
    book = folder / "2026.json"
    book.write_text(book.read_text("utf-8").replace('"goals":"more"', '"goals":"less"'), "utf-8")
    said = cli("restore", "2026-11-24-0900", "--yes").out
    assert ") is shared here and would be what it was before, since its record was changed outside" in said
    assert {row["state"] for row in cli("evaluation", "list", "--json").json} == {"draft", "not begun"}


def test_a_restore_that_brings_a_missing_book_back_is_not_undone(cli: Cli, folder: Path) -> None:
    three_of_which_one_is_backed_up(cli)
    (folder / "2026.json").unlink()
    cli("restore", "2026-11-24-0900", "--yes")
    told = cli("undo", code=1).err
    assert "What was here could not be kept as it was. `meetingtool restore` lists all" in told
    assert "--past" not in told


def test_check_is_silent_when_all_is_sound(cli: Cli) -> None:
    cli("win", "@maria one")
    result = cli("check")
    assert (result.out, result.err) == ("", "")
    assert cli("check", "--json").json == []


@pytest.mark.parametrize("command", [("history",), ("win", "three"), ()])
def test_a_damaged_book_is_told_with_the_next_step_by_every_command(cli: Cli, folder: Path, command: Any) -> None:
    cli("win", "one")
    tear(folder / "2026.json")
    if command:
        assert "`meetingtool check`" in cli(*command, code=1).err
    damaged = (folder / "2026.json").read_bytes()
    told = cli("check", code=1)
    assert "2026.json can't be read" in told.lines[0]
    assert "--recover 2026" in told.lines[1]
    assert (folder / "2026.json").read_bytes() == damaged


def test_a_damaged_book_is_brought_back_after_asking(cli: Cli, folder: Path) -> None:
    cli("win", "one")
    cli("win", "two")
    tear(folder / "2026.json")
    assert "Add --yes" in cli("check", "--recover", "2026", code=1).err
    done = cli("check", "--recover", "2026", typed="y\n")
    assert "2026.json is back with" in done.err
    assert list((folder / "damaged").iterdir())
    assert "one" in [row["text"] for row in cli("history", "--json").json]
    assert cli("check").out == ""


def test_a_book_goes_back_to_a_named_copy(cli: Cli, folder: Path) -> None:
    cli("win", "one")
    cli("win", "two")
    cli("check", "--recover", "2026", "--from", "2026.json.prev", "--yes")
    assert [row["text"] for row in cli("history", "--json").json] == ["one"]
    assert "--recover BOOK" in cli("check", "--from", "2026.json.prev", code=2).err


def test_conflicted_copies_are_told_and_merged_after_asking(cli: Cli, folder: Path) -> None:
    cli("win", "one")
    copy = folder / "2026 (conflicted copy 2026-11-24 090000).json"
    before = (folder / "2026.json").read_bytes()
    cli("win", "two")
    copy.write_bytes((folder / "2026.json").read_bytes())
    (folder / "2026.json").write_bytes(before)
    assert "2026.json itself is in an earlier state" in cli("check", code=1).out
    assert "Nothing is recovered before" in cli("check", "--recover", code=1).err
    assert "1 record added" in cli("check", "--merge", typed="y\n").out
    assert not copy.exists()
    assert {row["text"] for row in cli("history", "--json").json} == {"one", "two"}


def test_a_book_that_is_not_there_is_not_called_sound(cli: Cli) -> None:
    assert "There is no book “2019”. The books here are team." in cli("check", "--recover", "2019", "--yes", code=1).err
    wrong = cli("check", "--recover", "../2019", "--from", "team.json.prev", "--yes", code=1).err
    assert "There is no book" in wrong


def test_a_name_that_no_file_can_have_is_one_line(cli: Cli, tmp_path: Path) -> None:
    name = tmp_path / ("a" * 300)
    for command in (
        ("backup", name),
        ("restore", name),
        ("team", "import", name),
        ("newsletter", "--to", name / "n.md"),
    ):
        refused = cli(*command, code=1).err
        assert "File name too long" in refused
        assert refused.count("\n") == 1
        assert len(refused) < 400
    for command in ("where", "history", "init"):
        assert "File name too long" in cli(command, *(["--team", "T"] * (command == "init")), data=name, code=1).err


@pytest.mark.parametrize(
    ("field", "value"), [("clock", "9.30"), ("clock", "25:00"), ("weekday", 7), ("year_starts", 0), ("currency", "")]
)
def test_a_setting_edited_by_hand_to_what_can_not_be_is_told_by_every_command(
    cli: Cli, folder: Path, field: str, value: object
) -> None:
    book = folder / "team.json"
    content = json.loads(book.read_bytes())
    next(row for row in content["records"].values() if row["type"] == "settings")[field] = value
    book.write_text(json.dumps(content), "utf-8")
    for command in ("agenda", "history", "settings"):
        refused = cli(command, *(["show"] if command == "settings" else []), code=1).err
        assert f"`{field}` has a value that can't be" in refused
        assert "`meetingtool check`" in refused
    assert f"`{field}` has a value that can't be" in cli("check", code=1).out
    assert "Nothing is lost." in cli("check", "--recover", "team", "--yes").err
    cli("agenda")


@pytest.mark.parametrize(("name", "book"), [("2025.json", "2025"), ("2027.json", "*"), ("2026-DESKTOP-AB12.json", "*")])
def test_a_book_under_another_name_is_put_back_whole(cli: Cli, folder: Path, name: str, book: str) -> None:
    cli("win", "one")
    cli("win", "two")
    (folder / "2026.json").rename(folder / name)
    assert f"Nothing is lost with {name}" in cli("check", code=1).out
    assert "Nothing is lost" in cli("check", "--recover", book, "--yes").err
    assert {row["text"] for row in cli("history", "--json").json} == {"one", "two"}
    assert cli("check").out == ""


def test_a_book_under_another_name_is_merged_where_there_is_one(cli: Cli, folder: Path) -> None:
    cli("win", "one")
    before = (folder / "2026.json").read_bytes()
    cli("win", "two")
    (folder / "2026.json").rename(folder / "2025.json")
    (folder / "2026.json").write_bytes(before)
    assert "makes it a copy of 2026.json" in cli("check", code=1).out
    assert "2025.json is 2026 (2025).json now" in cli("check", "--recover", "2025", "--yes", code=1).err
    assert "1 record added" in cli("check", "--merge", "--yes").out
    assert cli("check").out == ""


def test_a_copy_without_a_record_of_its_book_is_merged_by_nobody_but_who_looked_at_it(
    cli: Cli, folder: Path, tmp_path: Path
) -> None:
    cli("win", "one")
    other = tmp_path / "other"
    cli("init", "--team", "Others", data=other)
    cli("win", "theirs", data=other)
    copy = folder / "2026 (conflicted copy).json"
    copy.write_bytes((other / "2026.json").read_bytes())
    assert "may be of another workspace" in cli("check", code=1).out
    assert "--yes does not merge" in cli("check", "--merge", "--yes", code=1).err
    assert copy.exists()
    assert len(cli("history", "--json").json) == 1


@pytest.mark.parametrize("moves", [{"2025": "2026", "2026": "2025"}, {"2025": "2024", "2026": "2025"}])
def test_books_in_each_others_places_all_come_back_whole_whatever_is_asked_for(
    cli: Cli, folder: Path, moves: dict[str, str]
) -> None:
    for day in ("2025-05-01", "2026-05-01", "2025-06-01", "2026-06-01"):
        cli("win", f"told on {day}", "--on", day)
    before = {row["text"] for row in cli("history", "--json").json}
    contents = {book: (folder / f"{book}.json").read_bytes() for book in moves}
    for book in moves:
        (folder / f"{book}.json").unlink()
    for book, place in moves.items():
        (folder / f"{place}.json").write_bytes(contents[book])
    assert cli("check", code=1).out.count("Nothing is lost") >= 2
    assert "is lost or altered" not in cli("check", "--recover", "--yes").err
    assert {row["text"] for row in cli("history", "--json").json} == before
    assert cli("check").out == ""


@pytest.mark.parametrize("content", ['{"records": {}}', "{}", "another workspace's"])
def test_a_book_does_not_go_back_to_what_is_no_copy_of_it(cli: Cli, folder: Path, tmp_path: Path, content: str) -> None:
    cli("win", "one")
    before = (folder / "2026.json").read_bytes()
    other = tmp_path / "other.json"
    if content == "another workspace's":
        cli("init", "--team", "Others", data=tmp_path / "others")
        cli("win", "theirs", data=tmp_path / "others")
        content = (tmp_path / "others" / "2026.json").read_text(encoding="utf-8")
    other.write_text(content, encoding="utf-8")
    refused = cli("check", "--recover", "2026", "--from", other, "--yes", code=1).err
    assert "other.json" in refused
    assert (folder / "2026.json").read_bytes() == before


def test_a_book_that_an_editor_saved_in_utf_16_is_read(cli: Cli, folder: Path) -> None:
    cli("win", "stayed with Zoë")
    book = folder / "2026.json"
    book.write_text(book.read_text(encoding="utf-8"), encoding="utf-16")
    assert "every record in it can be read" in cli("check", code=1).out
    assert [row["text"] for row in cli("history", "--json").json] == ["stayed with Zoë"]
