"""Courses and trainings from the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from meetingtool.records.training import Session
from meetingtool.store import Workspace
from tests.cli.conftest import Cli


def sessions(folder: Path) -> list[Session]:
    with Workspace.open(folder) as workspace:
        return workspace.find(Session)


def test_courses_are_taken_up_added_changed_and_retired(cli: Cli) -> None:
    assert "`meetingtool course take-up`" in cli("course", "list").err
    assert len(cli("course", "take-up", "--since", "5 jan 2026").lines) == 6
    assert cli("course", "take-up").err == "You already have all of them.\n"
    added = cli("course", "add", "Bicycle", "repair", "--role", "workshop", "--again-after", "0", "--minutes", "60").out
    assert added.endswith("  Bicycle repair\n")
    cli("course", "edit", "bicycle", "--title", "Repairing bicycles", "--for", "@maria", "--place", "1")
    first = cli("course", "list", "--json").json[0]
    assert (first["title"], first["again_after_months"], first["roles"]) == ("Repairing bicycles", 0, ["Workshop"])
    assert "Workshop and Maria Lopez" in cli("course", "show", "bicycles").out
    assert "role-play    The third call about the music\n" in cli("course", "show", "complains").out
    assert cli("course", "retire", "bicycles").out.endswith("(retired)\n")
    assert "retired since" in cli("course", "retire", "bicycles", code=1).err
    assert len(cli("course", "list", "--json").json) == 6
    assert "Say what to change" in cli("course", "edit", "angry", code=2).err


def test_a_training_is_recorded_corrected_excused_moved_and_listed(cli: Cli, folder: Path) -> None:
    cli("course", "take-up", "--since", "5 jan 2026")
    told = cli(
        *("training", "record", "complains", "--everyone", "--absent", "@tom", "--excuse", "@zoe=on the phone"),
        *("--on", "tue 3 nov", "--noticed", "Saying sorry once is hard"),
    ).out
    assert "When somebody complains · Tue 3 Nov · Karim and Maria done, Tom absent, Zoë (on the phone) excused" in told
    ref = told.split()[1]
    assert "Tom, Karim and Maria done" in cli("training", "edit", ref, "--done", "@tom").out
    assert "needs a reason" in cli("training", "excuse", "@tom", "angry", "--because", " ", code=1).err
    cli("training", "excuse", "@tom", "angry", "--because", "led it himself")
    assert "(Mon 7 Dec) moved" in cli("training", "move", "@maria", "angry", "--to", "7 dec").out
    assert "for good" in cli("training", "excuse", "@zoe", "--because", "leave", code=1).err
    leave = cli("training", "excuse", "@zoe", "--until", "31 mar", "--because", "parental leave").out
    assert "all courses · Tue 24 Nov · Zoë (until Wed 31 Mar 2027, parental leave) excused" in leave
    listed = cli("training", "list", "@tom", "--json").json
    assert [each["title"] for each in listed] == ["When somebody is angry", "When somebody complains"]
    assert listed[0]["people"][0]["handle"] == "tom"
    grid = cli("training", "grid").out
    assert "✓ Nov" in grid
    assert "excused" in grid
    due = cli("training", "due", "--json").json
    assert {"due": "2026-12-07", "person": "maria", "course": "When somebody is angry", "over": False} in due
    assert "Training" in cli("score", "@tom", "--why").out
    assert (
        "is not a training"
        in cli("training", "edit", cli("win", "@tom rang").out.split()[1], "--minutes", "5", code=1).err
    )
    assert "Saying sorry" in cli("history", "is:session", "sorry").out
    assert len(sessions(folder)) == 4


def test_a_register_is_taken_in_once_and_can_be_given_back(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli("course", "take-up", "--since", "5 jan 2026")
    lines = [f"{who},When somebody complains,2026-{month:02}-1{day},Pat\n"
             for month in range(2, 11) for day in range(10) for who in ("maria", "tom", "zoe")]  # fmt: skip
    register = tmp_path / "register.csv"
    register.write_text("name,course,date,trainer\n" + "".join(lines) + "nobody,Tills,2026-03-01,\n", encoding="utf-8")
    told = cli("training", "import", register, "--dry-run", code=1).err
    assert sessions(folder) == []
    told = cli("training", "import", register, code=1).err
    assert f"line {len(lines) + 2}: nobody on the team is called “nobody”" in told
    assert f"{len(lines)} lines imported, 0 already known, 1 line left out." in told
    assert len(sessions(folder)) == len(lines) / 3
    assert f"0 lines imported, {len(lines)} already known" in cli("training", "import", register, code=1).err
    again = tmp_path / "again.csv"
    again.write_text(cli("training", "list", "--format", "csv").out, encoding="utf-8")
    assert len(list(csv.DictReader(io.StringIO(again.read_text(encoding="utf-8"))))) == len(lines)
    assert f"0 lines imported, {len(lines)} already known, 0 lines" in cli("training", "import", again).err
    cli("undo")
    assert sessions(folder) == []
