"""The philosophy from the command line: asked for, distilled, agreed on, read again, exported, forgotten."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from meetingtool.actions.meeting import meetings
from meetingtool.records.playbook import Question
from meetingtool.store import Workspace
from tests.cli.conftest import Cli

SENTENCE = "Nobody walks home because of [/us] عدنا 🚲"


def test_the_meetings_ask_and_a_sentence_is_distilled_from_all_answers(
    cli: Cli, workspace: Workspace, now: datetime
) -> None:
    cli("philosophy", "take-up")
    assert "You already have all" in cli("philosophy", "take-up").err
    assert [each["audience"] for each in cli("question", "list", "--json").json].count("philosophy") == 14
    for weeks in (3, 2, 1):
        meeting = meetings.start_meeting(workspace, now - timedelta(weeks=weeks))
        assert workspace.get(Question, meeting.question or "").audience == "philosophy"
        said = meetings.write_answer(workspace, meeting, "@tom: ring back [/today]", now - timedelta(weeks=weeks))
        meetings.close_meeting(workspace, said, now - timedelta(weeks=weeks))
    waiting = cli("philosophy", "distil").lines
    assert len(waiting) == 5
    ref = waiting[2].split()[0]
    assert "Tom: ring back [/today]" in cli("philosophy", "distil", ref).out
    assert "(proposed)" in cli("philosophy", "distil", ref, SENTENCE).out
    assert "There is already a sentence" in cli("philosophy", "distil", ref, "another", code=1).err
    (kept,) = cli("philosophy", "list", "--json").json
    assert (kept["section"], len(kept["questions"])) == ("service", 1)
    assert f"Is that it? {SENTENCE}" in " ".join(cli("agenda").out.split())
    cli("undo")
    assert len(cli("philosophy", "distil").lines) == 5


def test_a_sentence_is_agreed_on_read_again_reworded_and_retired(cli: Cli, now: datetime) -> None:
    ref = cli("philosophy", "add", SENTENCE, "--part", "vision").out.split()[1]
    cli("philosophy", "agree", ref, "--on", "3 nov", "--with", "@maria", "--with", "@tom")
    (kept,) = cli("philosophy", "list", "--json").json
    assert (kept["agreed_on"], kept["read_again"]) == ("2026-11-03", "2027-11-03")
    assert kept["agreed_with_handles"] == ["maria", "tom"]
    assert "philosophy" not in cli("today", code=None).out
    told = cli("today", "--room", at=now.replace(year=2027, month=11, day=1), code=None).out
    assert "1 sentence to read again" in told
    assert "has not come yet" in cli("philosophy", "agree", ref, "--on", "1 dec 2026", code=1).err
    assert "(agreed)" in cli("philosophy", "edit", ref, "Nobody walks home", "--slip").out
    assert "(proposed)" in cli("philosophy", "edit", ref, "Everybody rides home").out
    assert "not agreed on it yet" in cli("philosophy", "edit", ref, "--again", "1 dec 2027", code=1).err
    assert "400 is the most" in cli("philosophy", "edit", ref, "x" * 401, code=1).err
    cli("philosophy", "retire", ref)
    assert cli("philosophy", "list").out == ""
    assert "retired" in cli("philosophy", "list", "--all").out
    assert "is retired" in cli("philosophy", "agree", ref, code=1).err


def test_the_whole_is_shown_and_exported_and_names_nobody_who_was_there(cli: Cli, tmp_path: Path) -> None:
    assert "take-up" in cli("philosophy", "show", code=1).err
    ref = cli("philosophy", "add", SENTENCE, "--part", "promise").out.split()[1]
    cli("philosophy", "agree", ref, "--with", "@maria")
    cli("group", "add", "Commuters", "--need", "survey: open before eight")
    shown = cli("philosophy", "show").out
    assert shown.index("Whom we serve") < shown.index("What we promise") < shown.index("Our service standards")
    assert "open before eight (from our survey)" in shown
    assert "agreed on Tue 24 Nov by 1 of us · to be read again by Wed 24 Nov 2027" in " ".join(shown.split())
    assert "Maria" not in shown
    for name in ("p.pdf", "p.html", "p.md", "p.json"):
        cli("philosophy", "export", "--to", tmp_path / name)
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    found = json.loads((tmp_path / "p.json").read_text())
    assert [each["text"] for each in found["statements"]] == [SENTENCE]
    assert [each["name"] for each in found["groups"]] == ["Commuters"]
    assert len(found["standards"]) == 8
    assert "already" in cli("philosophy", "export", "--to", tmp_path / "p.pdf", code=1).err


def test_switched_off_the_meeting_asks_for_nothing_of_it(cli: Cli) -> None:
    cli("philosophy", "take-up")
    cli("philosophy", "add", SENTENCE)
    assert SENTENCE in cli("agenda").out
    assert "so well that they told others" in cli("agenda").out
    cli("settings", "set", "off", "philosophy")
    assert SENTENCE not in cli("agenda").out
    assert "so well that they told others" not in cli("agenda").out
