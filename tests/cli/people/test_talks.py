"""Talks with people who are new, from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli


def test_a_talk_is_due_kept_in_one_line_and_found_by_the_manager_alone(cli: Cli, tmp_path: Path) -> None:
    assert "No talk" in cli("talk", "due").err
    cli("team", "add", "Ada Moss", "--started", "23 oct")
    assert [(row["person"], row["days"]) for row in cli("talk", "due", "--json").json] == [("ada", 30)]
    assert "the first 30 days" in cli("today", code=None).out
    assert "the first 30 days" not in cli("today", "--room", code=None).out
    assert "Write down" in cli("talk", "note", "@ada", " ", code=1).err
    assert "began on" in cli("talk", "note", "@ada", "x", "--on", "1 oct", code=1).err
    assert "30 days: misses [a locker]" in cli("talk", "note", "@ada", "misses [a locker]").out
    assert "No talk" in cli("talk", "due").err
    assert "misses [a locker]" in cli("history", "is:talk", "locker").out
    cli("undo")
    assert len(cli("talk", "due", "--json").json) == 1
    cli("settings", "set", "off", "talks")
    assert "the first 30 days" not in cli("today", code=None).out


def test_the_sheet_for_a_talk_has_four_questions(cli: Cli, tmp_path: Path) -> None:
    for days in (30, 60, 90):
        sheet = cli("talk", "sheet", days, "--with", "@maria").out
        assert "Maria Lopez" in sheet
        assert sheet.count("?") == {30: 4, 60: 5, 90: 4}[days]
    cli("talk", "sheet", 30, "--to", tmp_path / "talk.pdf")
    assert (tmp_path / "talk.pdf").read_bytes().startswith(b"%PDF")
