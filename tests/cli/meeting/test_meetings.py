"""The weekly meeting from the command line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_a_whole_meeting_runs_in_plain_lines(cli: Cli, now: datetime) -> None:
    started = cli("meeting", "start")
    assert started.out.endswith("Tue 24 Nov · running · 1. Standard of the week, 1:00 left\n")
    assert cli("meeting", "attend", "@tom", "zoe", "--absent").out == "absent: Tom, Zoë\n"
    assert cli("meeting", "attend", "zoe", "--late").out == "late: Zoë\n"
    assert " · 2. " in cli("meeting", "next", at=now + timedelta(minutes=2)).out
    assert " · 5. " in cli("meeting", "next", "--to", "5", at=now + timedelta(minutes=3)).out
    cli("win", "@maria rang back #listen", at=now + timedelta(minutes=4))
    cli("meeting", "answer", "A", "kettle", "for", "customers")
    cli("meeting", "note", "The van", "is back")
    cli("meeting", "note", "Cold in here")
    closed = cli("meeting", "close", "--rating", "8, 9 10", "--next", "1 Dec 10:30", at=now + timedelta(minutes=15))
    assert closed.out.endswith("Tue 24 Nov · closed\nnext meeting  Tuesday 1 December 2026, 10:30\n")
    shown = cli("meeting", "show", "--json").json
    assert shown["team_rating"] == [8, 9, 10]
    assert shown["next_at"].startswith("2026-12-01T10:30")
    assert shown["answers"] == ["A kettle for customers"]
    assert shown["notes"] == "The van is back\nCold in here"
    presence = {entry["person"]: entry["presence"] for entry in shown["attendance"]}
    assert presence == {"karim": "here", "maria": "here", "tom": "absent", "zoe": "late"}
    assert [story["text"] for story in shown["stories"]] == ["rang back"]
    assert sum(segment["spent"] for segment in shown["segments"]) == 15 * 60


def test_attendance_of_several_is_one_step_to_undo(cli: Cli) -> None:
    cli("meeting", "start")
    cli("meeting", "attend", "@tom", "@zoe", "--absent")
    cli("undo")
    assert {entry["presence"] for entry in cli("meeting", "show", "--json").json["attendance"]} == {"here"}


def test_meetings_are_listed_with_the_latest_first(cli: Cli, now: datetime) -> None:
    for week in (2, 1, 0):
        moment = now - timedelta(weeks=week)
        cli("meeting", "start", at=moment)
        cli("meeting", "close", "--rating", "8 9", at=moment + timedelta(minutes=15))
    listed = cli("meeting", "list", "--limit", "2")
    assert [line.split()[1:4] for line in listed.lines[2:]] == [["Tue", "24", "Nov,"], ["Tue", "17", "Nov,"]]
    assert "8.5" in listed.lines[2]
    assert "1 earlier meeting not shown" in listed.err
    assert len(cli("meeting", "list", "--json", "--limit", "0").json) == 3


def test_before_the_first_meeting_the_commands_say_what_to_do(cli: Cli) -> None:
    assert "`meetingtool meeting start` starts one" in cli("meeting", "list").err
    assert cli("meeting", "list", "--json").json == []
    for command in (["show"], ["note", "x"], ["close"], ["next"], ["attend", "@tom"], ["minutes"]):
        assert "`meetingtool meeting start` starts one." in cli("meeting", *command, code=1).err


def test_a_late_start_is_said_and_stands_in_the_minutes(cli: Cli, now: datetime) -> None:
    cli("meeting", "start")
    cli("meeting", "close", "--next", "1 Dec 10:30", at=now + timedelta(minutes=15))
    begun = now.replace(month=12, day=1, hour=10, minute=34)
    assert cli("meeting", "start", at=begun).err.startswith("It started 4 minutes late.\n")
    cli("meeting", "close", at=begun + timedelta(minutes=15))
    assert "1 December 2026, 10:34 (4 minutes late) to 10:49" in cli("meeting", "minutes", at=begun).out


def test_a_second_start_is_refused(cli: Cli) -> None:
    cli("meeting", "start")
    assert "The meeting of Tue 24 Nov is still open." in cli("meeting", "start", code=1).err


def test_ratings_off_the_scale_leave_the_meeting_open(cli: Cli) -> None:
    cli("meeting", "start")
    assert "11 isn't a rating of a meeting" in cli("meeting", "close", "--rating", "8 11", code=1).err
    assert "“good” isn't a rating of a meeting" in cli("meeting", "close", "--rating", "good", code=1).err
    assert cli("meeting", "show", "--json").json["state"] == "running"


def test_the_agenda_ends(cli: Cli) -> None:
    cli("meeting", "start")
    cli("meeting", "next", "--to", "7")
    assert "This is the last segment." in cli("meeting", "next", code=1).err
    assert "no such segment" in cli("meeting", "next", "--to", "8", code=1).err


def test_a_meeting_that_was_never_held_is_removed_unless_something_was_told_in_it(cli: Cli) -> None:
    ref = cli("meeting", "start").out.split()[1]
    story = cli("win", "told").out.split()[1]
    assert "Stories were told in this meeting." in cli("remove", ref, "--yes", code=1).err
    cli("remove", story, "--yes")
    cli("remove", ref, "--yes")
    assert cli("meeting", "list", "--json").json == []


def test_the_agenda_tells_what_the_next_meeting_brings_and_nothing_private(cli: Cli) -> None:
    cli("win", "@maria rang back #listen")
    cli("sticky", "shouted at a customer", "--private")
    cli("promise", "@tom refund posted by 25 Nov")
    shown = cli("agenda")
    assert shown.lines[:3] == ["Harbour Desk: Weekly meeting", "============================", shown.lines[2]]
    assert shown.lines[2].startswith("Tuesday 24 November 2026, 09:00")
    assert "rang back" in shown.out
    assert "refund posted" in shown.out
    assert "shouted" not in shown.out
    assert "shouted" in cli("agenda", "--private").out
    assert "Tuesday 15 December 2026" in cli("agenda", "--on", "15 Dec").out
    assert "Mon 23 Nov is in the past." in cli("agenda", "--on", "2026-11-23", code=1).err


def test_the_minutes_leave_out_what_is_private_unless_asked(cli: Cli) -> None:
    cli("meeting", "start")
    cli("win", "@maria rang back #listen")
    cli("sticky", "shouted at a customer", "--private")
    cli("meeting", "close", "--rating", "8 9")
    assert "rang back" in cli("meeting", "minutes").out
    assert "shouted" not in cli("meeting", "minutes").out
    assert "shouted" in cli("meeting", "minutes", "--private").out
    assert cli("meeting", "minutes", "--format", "md").lines[0] == "# Harbour Desk: Weekly meeting"


def test_minutes_are_written_whole_and_never_over_what_is_there_unasked(cli: Cli, tmp_path: Path) -> None:
    cli("meeting", "start")
    file = tmp_path / "papers" / "minutes.md"
    written = cli("meeting", "minutes", "--format", "md", "--to", file)
    assert (written.out, written.err) == ("", f"Written to {file}.\n")
    before = file.read_bytes()
    cli("meeting", "note", "More")
    assert "already" in cli("meeting", "minutes", "--to", file, code=1).err
    assert file.read_bytes() == before
    cli("meeting", "minutes", "--to", file, "--force")
    assert b"More" in file.read_bytes()
    assert "file name does not work" in cli("meeting", "minutes", "--to", tmp_path / "a?b.md", code=1).err


def test_what_is_recorded_while_it_runs_is_told_in_it_over_midnight_too(cli: Cli, now: datetime) -> None:
    cli("meeting", "start", at=now.replace(hour=23, minute=50))
    told = cli("win", "@tom rang back", at=now.replace(hour=23, minute=50) + timedelta(minutes=20))
    assert cli("meeting", "show", "--json").json["stories"][0]["ref"] == told.out.split()[1]


def test_a_meeting_written_up_for_an_earlier_day_has_what_is_recorded_then(cli: Cli) -> None:
    cli("meeting", "start", "--on", "2026-11-17")
    told = cli("win", "@tom rang back")
    shown = cli("meeting", "show", "--json").json
    assert [(story["ref"], story["date"]) for story in shown["stories"]] == [(told.out.split()[1], "2026-11-17")]


def test_another_meeting_of_a_day_and_a_next_one_far_away_are_told(cli: Cli) -> None:
    cli("meeting", "start")
    closed = cli("meeting", "close", "--next", "12/8/2027")
    assert closed.out.endswith("next meeting  Thursday 12 August 2027, 09:00\n")
    assert "That is in 9 months; `meetingtool meeting move` changes it." in closed.err
    assert "A meeting was held on Tue 24 Nov already, at 09:00." in cli("meeting", "start").err


@pytest.mark.parametrize("past", ["3 Nov", "23 nov 10:00", "12/8"])
def test_a_next_meeting_on_a_day_that_has_passed_is_refused(cli: Cli, past: str) -> None:
    cli("meeting", "start")
    assert "that is in the past. Give a day to come;" in cli("meeting", "close", "--next", past, code=1).err
    cli("meeting", "close", "--next", "5 Jan")
    assert "that is in the past" in cli("meeting", "move", past, code=1).err


def test_a_meeting_written_up_is_the_last_one_and_has_its_hour(cli: Cli) -> None:
    cli("meeting", "start")
    cli("meeting", "close")
    today = cli("meeting", "list").lines[2].split()[0]
    cli("meeting", "start", "--on", "17 nov 08:30")
    closed = cli("meeting", "close", "--ended", "17 nov 8:50")
    ref = closed.out.split()[1]
    assert f"`meetingtool meeting minutes {ref}` prints the minutes." in closed.err
    assert cli("meeting", "attend", "@tom", "--absent").out == "absent: Tom (the meeting of Tue 17 Nov)\n"
    cli("meeting", "note", "The van is back")
    assert cli("meeting", "attend", "@tom", "--absent", "--meeting", today).out == "absent: Tom\n"
    cli("meeting", "answer", "A kettle", "--meeting", today)
    minutes = cli("meeting", "minutes").out
    assert "Tuesday 17 November 2026, 08:30 to 08:50" in minutes
    assert "The van is back" in minutes
    assert "A kettle" not in minutes
    assert "A kettle" in cli("meeting", "minutes", today).out
    cli("meeting", "start", "--on", "10 nov")
    cli("meeting", "close")
    assert "Tuesday 10 November 2026, 09:00, written up Tuesday 24 November 2026" in cli("meeting", "minutes").out
    assert "has not come yet" in cli("meeting", "start", "--on", "today 23:00", code=1).err


def test_attendance_is_corrected_after_closing(cli: Cli) -> None:
    cli("meeting", "start")
    cli("meeting", "close")
    cli("meeting", "attend", "tom", "--absent")
    presence = {entry["person"]: entry["presence"] for entry in cli("meeting", "show", "--json").json["attendance"]}
    assert presence["tom"] == "absent"


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("9:20", "Tuesday 24 November 2026, 09:01 to 09:20"),
        ("24 nov 9:20", "Tuesday 24 November 2026, 09:01 to 09:20"),
        ("last tue 9:20", "Tuesday 24 November 2026, 09:01 to 09:20"),
        ("00:10", "Tuesday 24 November 2026, 09:01, closed Wednesday 25 November 2026, 00:10"),
    ],
)
def test_a_forgotten_meeting_is_closed_with_the_end_one_says(cli: Cli, now: datetime, said: str, until: str) -> None:
    cli("meeting", "start", at=now.replace(hour=9, minute=1))
    later = now + timedelta(days=3)
    told = cli("win", "@tom late", at=later).err
    assert (
        told == "Told in the meeting of Tue 24 Nov, which was never closed: `meetingtool meeting close --ended TIME`.\n"
    )
    assert "Its clock was never stopped" in cli("today", at=later, code=None).out
    assert "Say when it ended (--ended in the shell)" in cli("meeting", "close", code=1, at=later).err
    assert "The hour is needed too." in cli("meeting", "close", "--ended", "24 nov", code=1, at=later).err
    for before in ("24 nov 8:00", "8:00", "8:00 on tue"):
        assert "it began on Tue 24 Nov, 09:01" in cli("meeting", "close", "--ended", before, code=1, at=later).err
    cli("meeting", "close", "--ended", said, at=later)
    assert until in " ".join(cli("meeting", "minutes", at=later).out.split())


def test_the_next_meeting_is_moved_for_a_holiday_or_left_out(cli: Cli, now: datetime) -> None:
    assert cli("meeting", "move", "3", "Dec").out == "next meeting  Thursday 3 December 2026, 09:00\n"
    cli("meeting", "start")
    cli("meeting", "close", at=now + timedelta(minutes=15))
    assert cli("meeting", "move", "3", "Dec", "14:00").out == "next meeting  Thursday 3 December 2026, 14:00\n"
    assert "Thursday 3 December 2026, 14:00" in cli("agenda").out
    assert cli("meeting", "move", "--skip").out == "next meeting  Tuesday 8 December 2026, 09:00\n"
    assert cli("meeting", "move", "--usual").out == "next meeting  Tuesday 1 December 2026, 09:00\n"
    for wrong in ((), ("3 Dec", "--skip"), ("--skip", "--usual")):
        assert "Say when the next meeting is" in cli("meeting", "move", *wrong, code=2).err


def test_what_is_remembered_later_is_told_in_the_meeting_that_is_named(cli: Cli, now: datetime) -> None:
    cli("meeting", "start")
    ref = cli("meeting", "show", "--json").json["ref"]
    cli("meeting", "close", at=now + timedelta(minutes=15))
    later = now + timedelta(days=2)
    cli("meeting", "start", at=later)
    cli("win", "@maria rang back", "--meeting", ref, at=later)
    cli("sticky", "@tom lost the key", "--meeting", ref, "--handled", "found it", at=later)
    cli("praise", "@zoe thank you", "--meeting", ref, at=later)
    cli("promise", "refund posted by fri", "--meeting", ref, at=later)
    cli("action", "@tom new lock", "--meeting", ref, at=later)
    told = cli("meeting", "show", ref, "--json", at=later).json["stories"]
    assert [(story["text"], story["at"][:10]) for story in told] == [
        ("rang back", "2026-11-24"),
        ("lost the key", "2026-11-24"),
        ("thank you", "2026-11-24"),
    ]
    minutes = cli("meeting", "minutes", ref, at=later).out
    assert "refund posted" in minutes
    assert "new lock" in minutes
    assert cli("meeting", "show", "--json", at=later).json["stories"] == []
    assert "isn't a meeting" in cli("win", "x", "--meeting", told[0]["ref"], code=1, at=later).err
