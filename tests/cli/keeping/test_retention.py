"""Making somebody who has left anonymous, and archiving a year: by command."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from meetingtool.records.evaluations import Evaluation
from meetingtool.rules.people.digests import digest
from meetingtool.store import Workspace

Cli = Any


def holding(folder: Path, text: bytes) -> list[str]:
    """Files of the workspace in which the text stands."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.json*") if text in path.read_bytes())


def test_somebody_on_the_team_is_not_forgotten(cli: Cli) -> None:
    assert "team leave @maria" in cli("forget", "@maria", code=1).err


def test_it_asks_and_can_be_tried(cli: Cli, folder: Path) -> None:
    cli("win", "@sam and @maria fixed the gate with Sam Bell", "--on", "2026-02-03")
    before = (folder / "2026.json").read_bytes()
    tried = cli("forget", "@sam", "--dry-run")
    assert "2 records will change" in tried.out
    assert "fixed the gate with Sam Bell" in tried.out
    assert "Add --yes" in cli("forget", "@sam", code=1).err
    assert "Nothing was changed" in cli("forget", "@sam", typed="n\nn\n").err
    assert (folder / "2026.json").read_bytes() == before
    assert cli("forget", "@sam", "--dry-run", "--json").json["records"] == 2


def test_a_restore_from_before_says_that_somebody_would_be_back_by_name(cli: Cli) -> None:
    saved = cli("backup").lines[0]
    cli("forget", "@sam", "--yes")
    shown = cli("restore", saved, typed="n\n")
    assert "1 person who was made anonymous would be back by name; `meetingtool forget`" in shown.out
    assert [each["named_again"] for each in cli("restore", saved, "--json").json if each["book"] == "team"] == [1]


def test_the_name_is_nowhere_afterwards(cli: Cli, folder: Path) -> None:
    ref = cli("win", "@sam fixed the gate", "--on", "2026-02-03").lines[0].split()[1]
    cli("edit", ref, "@sam fixed the gate, said Sam Bell")
    cli("team", "edit", "@sam", "--role", "Welder")
    cli("backup")
    told = cli("forget", "@sam", "--texts", "--with-zips", "--yes")
    assert "@former-1 now" in told.err
    assert "elsewhere" in told.err
    for name in (b"Sam Bell", b"@sam", b'"sam"', b"Welder"):
        assert holding(folder, name) == []
    assert list(folder.joinpath("backups").glob("*.zip")) == []
    [row] = cli("history", "--json").json
    assert row["text"] == "fixed the gate, said Former-colleague-1"
    assert row["people"] == ["former-1"]
    assert cli("check").out == ""
    refused = cli("undo", code=1).err
    assert "person made anonymous. That can't be undone." in refused
    assert "person edited" not in refused
    again = cli("forget", "@former-1", "--yes")
    assert "@former-1 was forgotten already: no record is left to change." in again.out
    assert "Whoever was forgotten is called @former-1 now" in cli("forget", "@sam", "--yes", code=1).err


def test_every_file_below_the_folder_that_has_the_name_is_named(cli: Cli, folder: Path) -> None:
    cli("win", "@maria helped Sam Bell", "--on", "2026-02-03")
    (folder / "papers").mkdir()
    cli("backup", folder / "all.zip")
    cli("backup", folder / "papers" / "stick.zip")
    content = {
        "notes.gz": gzip.compress(b"a word with Sam Bell"),
        "exported.txt": "a word with Sam Bell".encode("utf-16"),
        "list.csv": "Zden\u011bk;Sam Bell".encode("cp1250"),
        "page.html": b"<p>Sam <b>Bell</b></p>",
        "sam_bell.png": b"\x89PNG",
        "plain.txt": b"nobody",
    }
    unread = {
        "evaluation.pdf": b"%PDF-1.7 stream",
        "scan.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)),
        "mail.eml": b"From: a@b.example\nContent-Transfer-Encoding: base64\n\nU2FtIEJlbGw=",
    }
    for name, data in {**content, **unread, "wide.txt": "nobody".encode("utf-16-le")}.items():
        (folder / "papers" / name).write_bytes(data)
    with zipfile.ZipFile(folder / "papers" / "evaluations.xlsx", "w") as packed:
        packed.writestr("xl/sharedStrings.xml", "<sst><si><t>Sam Bell</t></si></sst>")
    expected = {*content, "evaluations.xlsx", "all.zip", "stick.zip"} - {"plain.txt"}
    (folder / "papers" / "Sam Bell").mkdir()
    (folder / "papers" / "Sam Bell" / "plan.txt").write_bytes(b"nobody")
    (folder / "sam-bell").symlink_to(folder / "papers")
    before = cli("forget", "@sam", "--texts", "--dry-run").lines
    assert [line.partition(": ")[0] for line in before if "rename it" in line] == [
        "A folder has the name in its own name; rename it",
        "A link has the name in its own name; rename it",
    ]
    assert {Path(line).name for line in before if "may still have the name" in line} == expected
    assert [line for line in before if "Not looked into" in line] == [
        "Not looked into, since words in PDFs, pictures and the like can't be searched here: "
        "papers/evaluation.pdf, papers/mail.eml and papers/scan.jpg."
    ]
    after = cli("forget", "@sam", "--texts", "--with-zips", "--yes").err.splitlines()
    assert [line for line in after if "above" in line or "may still have the name" in line] == [
        f"{len(expected) + 2} files named above are as before."
    ]


def test_names_in_texts_stay_for_a_decision_without_texts(cli: Cli, folder: Path) -> None:
    cli("win", "@maria helped Sam Bell", "--on", "2026-02-03")
    cli("backup")
    told = cli("forget", "@sam", "--yes")
    assert "helped Sam Bell" in told.out
    assert "may still have the name" in told.err
    assert holding(folder, b"helped Sam Bell") != []


def test_a_person_is_asked_about_the_texts_and_the_zips_as_well(cli: Cli, folder: Path) -> None:
    cli("win", "@maria helped Sam Bell", "--on", "2026-02-03")
    cli("backup")
    asked = cli("forget", "@sam", typed="y\ny\ny\n").err
    assert "Write Former-colleague-1 there instead of the name? [y/N]" in asked
    assert "Delete the zip that has the name? [y/N]" in asked
    assert holding(folder, b"Sam Bell") == []
    assert list(folder.joinpath("backups").glob("*.zip")) == []


@pytest.fixture
def final(cli: Cli, tmp_path: Path) -> Path:
    """Maria's final evaluation, with a story that she shares with Sam, as the file that was handed out."""
    ref = cli("win", "@maria @sam closed the gap behind it #own-it", "--on", "2026-02-03").lines[0].split()[1]
    for tag in ("own-it", "listen", "welcome", "on-time", "plain-words", "put-right"):
        cli("rate", "@maria", tag, "4", "--story", ref)
    cli("evaluation", "write", "@sam", "--strengths", "Sam is careful.", "--year", "2026")
    cli("evaluation", "finalise", "@sam", "--reason", "left", "--yes", "--year", "2026")
    cli("evaluation", "finalise", "@maria", "--reason", "first", "--yes", "--year", "2026")
    cli("evaluation", "export", "@maria", "--format", "json", "--to", tmp_path, "--year", "2026")
    for who, format in (("@maria", "html"), ("@sam", "json")):
        cli("evaluation", "export", who, "--format", format, "--to", tmp_path / format, "--year", "2026")
    return next(tmp_path.glob("*.json"))


def test_final_evaluations_are_locked_anew_and_an_old_paper_of_another_is_still_known(
    cli: Cli, folder: Path, final: Path
) -> None:
    told = cli("forget", "@sam", "--yes")
    assert "1 final edition of the person's evaluations" in told.out
    assert "1 final edition of other people's evaluations" in told.out
    assert holding(folder, b"Sam Bell") == []
    assert holding(folder, b"Sam is careful") == []
    with Workspace.open(folder) as workspace:
        for evaluation in workspace.find(Evaluation):
            locked = evaluation.finals[-1]
            assert digest(locked.content) == locked.digest
    verdict = cli("evaluation", "verify", final)
    assert "before somebody in it was anonymised" in verdict.out + verdict.err
    (page,), (own,) = ((final.parent / format).iterdir() for format in ("html", "json"))
    assert "this paper can't be compared any more" in cli("evaluation", "verify", page, code=1).err
    assert "was anonymised here on" in cli("evaluation", "verify", own, code=1).err
    cli("evaluation", "export", "@maria", "--format", "md", "--to", final.parent, "--year", "2026")
    assert "Former-colleague-1" in cli("evaluation", "show", "@former-1", "--year", "2026").out


def test_a_year_is_archived_after_asking_and_can_be_put_back(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("win", "@maria one", "--on", "2025-05-05")
    cli("win", "@maria two")
    target = tmp_path / "2025.zip"
    tried = cli("archive", "2025", target, "--dry-run")
    assert "story: 1" in tried.lines
    assert not target.exists()
    assert "Add --yes" in cli("archive", "2025", target, code=1).err
    done = cli("archive", "2025", target, "--yes")
    assert str(target) in done.lines
    assert not (folder / "2025.json").exists()
    assert [row["text"] for row in cli("history", "--json").json] == ["two"]
    with zipfile.ZipFile(target) as packed:
        assert sorted(packed.namelist()) == ["2025.json", "README.txt", "history-2025.csv", "team.json"]
        assert json.loads(packed.read("2025.json"))["records"]
        assert b"one" in packed.read("history-2025.csv")
    cli("restore", target, "--book", "2025", "--yes")
    assert {row["text"] for row in cli("history", "--json").json} == {"one", "two"}
    assert cli("check").out == ""


def test_the_year_that_runs_and_one_without_records_are_not_archived(cli: Cli, tmp_path: Path, now: datetime) -> None:
    assert "not over yet" in cli("archive", now.year, tmp_path / "a.zip", code=1).err
    assert "no records of 2020" in cli("archive", "2020", tmp_path / "a.zip", code=1).err


@pytest.mark.parametrize("name", ["2025.json", "2026.json", "team.json", "backups/2026", "drafts/a.zip", "."])
def test_no_command_writes_over_what_is_the_workspaces_own(cli: Cli, folder: Path, name: str) -> None:
    cli("win", "@maria one", "--on", "2025-05-05")
    cli("win", "@maria two")
    cli("backup")
    before = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    target = folder / name
    for command in (
        ("archive", "2025", target, "--yes"),
        ("backup", target),
        ("newsletter", "--format", "md", "--to", target),
        ("agenda", "export", "--to", target),
        ("insight", "year", "--format", "md", "--to", target),
    ):
        assert "the workspace" in cli(*command, "--force", code=1).err
    assert {path: path.read_bytes() for path in before} == before


def test_conflicted_and_damaged_copies_of_the_year_go_along(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("win", "@maria one", "--on", "2025-05-05")
    cli("win", "@maria two")
    conflicted = folder / "2025 (conflicted copy 2026-03-03 101010).json"
    conflicted.write_bytes((folder / "2025.json").read_bytes())
    damaged = folder / "damaged" / "2025 2026-03-03 1010.json"
    other = folder / "damaged" / "2026 2026-03-03 1010.json"
    damaged.parent.mkdir()
    for path in (damaged, other):
        path.write_bytes(b"torn")
    mine = folder / "2025 report.json"
    mine.write_text("{}", "utf-8")
    kept = folder / "old" / "2025.json.bak"
    kept.parent.mkdir()
    kept.write_bytes((folder / "2025.json").read_bytes())
    (folder / "2026.json.bak").write_bytes((folder / "2026.json").read_bytes())
    target = tmp_path / "2025.zip"
    planned = [line for line in cli("archive", "2025", target, "--dry-run").lines if "stays" in line]
    assert planned == [f"This file has records of 2025 and stays, as meetingtool didn't make it: {kept}"]
    assert "file named above has records of 2025 as before" in cli("archive", "2025", target, "--yes").err
    kept.unlink()
    with zipfile.ZipFile(target) as packed:
        assert {f"copies/{conflicted.name}", f"copies/{damaged.name}"} < set(packed.namelist())
        assert packed.read(f"copies/{damaged.name}") == b"torn"
    assert not conflicted.exists()
    assert not damaged.exists()
    assert other.exists()
    assert mine.exists()
    assert holding(folder, b'"2025-05-05') == []
    assert "no conflicted copy" in cli("check", "--merge", "--yes").err


def test_what_an_archive_takes_out_of_use_is_said_before(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("win", "@maria one", "--on", "2025-05-05")
    assert "loses" not in cli("archive", "2025", tmp_path / "a.zip", "--dry-run").out
    cli("promise", "@maria call back", "--on", "2025-05-05")
    cli("evaluation", "write", "@maria", "--strengths", "Kind.", "--year", "2025")
    cli("settings", "set", "year", "December")
    told = cli("archive", "2025", tmp_path / "a.zip", "--dry-run").out
    assert "loses 1 promise or action still open" in told
    assert "loses 1 evaluation not final" in told
    assert "the period that runs" in told
    cli("evaluation", "finalise", "@maria", "--period", "2025-01-01..2025-12-31", "--reason", "Late.", "--yes")
    book = folder / "2025.json"
    book.write_text(book.read_text(encoding="utf-8").replace("Kind.", "Cold."), encoding="utf-8")
    told = cli("archive", "2025", tmp_path / "a.zip", "--dry-run").out
    assert "loses 1 evaluation no longer as finalised (`check` says whose)" in told
