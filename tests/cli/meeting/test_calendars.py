"""The calendar file from the command line."""

from __future__ import annotations

from pathlib import Path

from icalendar import Calendar

from tests.cli.conftest import Cli


def events(path: Path) -> dict[str, tuple[str, int, str]]:
    """summary, sequence and start by uid."""
    walked = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(e["uid"]): (str(e["summary"]), e["sequence"], str(e.decoded("dtstart"))) for e in walked}


def test_what_is_due_stands_in_it_and_a_change_keeps_its_place(cli: Cli, tmp_path: Path) -> None:
    cli("promise", "@tom refund posted, twice; by fri")
    cli("promise", "--private", "@tom secret by fri")
    cli("course", "add", "Tills", "--since", "5 jan 2026", "--for", "@maria")
    file = tmp_path / "due.ics"
    assert "3 entries" in cli("calendar", "--to", file).err
    before = events(file)
    assert sorted(before.values()) == [
        ("Promise: refund posted, twice", 1, "2026-11-27"),
        ("Training: Tills", 0, "2026-02-04"),
        ("Weekly meeting · Harbour Desk", 1, "2026-11-24 09:00:00+00:00"),
    ]
    assert "due.ics" in cli("calendar", "--to", file, code=1).err
    cli("training", "move", "@maria", "Tills", "--to", "9 dec")
    cli("calendar", "--to", file, "--force")
    after = events(file)
    assert after.keys() == before.keys()
    assert ("Training: Tills", 1, "2026-12-09") in after.values()
    cli("calendar", "--to", file, "--force", "--no-trainings")
    assert len(events(file)) == 2
    assert len(cli("calendar", "--json").json) == 3
    assert "Give --to" in cli("calendar", code=2).err
    assert "due.ics" in cli("calendar", "--to", tmp_path / "due.txt", code=1).err
    assert "There is no folder" in cli("calendar", "--to", tmp_path / "none" / "due.ics", code=1).err
    assert not (tmp_path / "none").exists()


def test_what_is_settled_is_taken_out_of_the_calendar_that_has_it(cli: Cli, tmp_path: Path) -> None:
    cli("promise", "@tom refund posted by fri")
    cli("action", "@tom call the printer by fri")
    cli("course", "add", "Tills", "--since", "5 jan 2026", "--for", "@maria")
    file = tmp_path / "due.ics"
    cli("calendar", "--to", file)
    before = events(file)
    cli("follow-up", "keep", next(f["ref"] for f in cli("follow-up", "list", "--json").json if f["people"]))
    cli("training", "record", "Tills", "@maria")
    assert "3 entries" in cli("calendar", "--to", file, "--force").err
    after = events(file)
    assert after.keys() == before.keys()
    off = {str(e["uid"]) for e in Calendar.from_ical(file.read_bytes()).walk("VEVENT") if e.get("status")}
    assert [(before[uid][0], after[uid][0]) for uid in off] == [("Promise: refund posted", "No longer due")]
    fresh = tmp_path / "fresh.ics"
    cli("calendar", "--to", fresh)
    assert not off & events(fresh).keys(), "a calendar that never had it has nothing to be taken out"
    again = next(uid for uid, event in before.items() if event[0] == "Training: Tills")
    assert (after[again][1] > before[again][1], after[again][2] > before[again][2]) == (True, True)
    cli("course", "retire", "Tills")
    cli("calendar", "--to", file, "--force")
    assert again in {str(e["uid"]) for e in Calendar.from_ical(file.read_bytes()).walk("VEVENT") if e.get("status")}


def test_another_hour_after_a_meeting_was_held_is_a_newer_entry(cli: Cli, tmp_path: Path) -> None:
    cli("meeting", "start")
    cli("meeting", "close")
    file = tmp_path / "due.ics"
    cli("calendar", "--to", file)
    assert cli("calendar", "--to", "-").out.replace("\r\n", "\n") == file.read_text("utf-8").replace("\r\n", "\n")
    [(uid, before)] = events(file).items()
    cli("settings", "set", "time", "10:00")
    cli("calendar", "--to", file, "--force")
    assert events(file)[uid][1] > before[1]
    assert events(file)[uid][2] != before[2]
