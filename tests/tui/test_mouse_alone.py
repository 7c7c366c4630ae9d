"""A meeting from start to ratings, and an evaluation to its end, with the mouse alone; only text comes from keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from screen_text import said, screen_text, typed, until
from textual.pilot import Pilot

from meetingtool.actions.people.ratings import rate
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp


async def click(pilot: Pilot[None], words: str, then: str) -> None:
    """Click on the last place where words stand, as soon as they are there, and wait for what comes of it."""
    app = pilot.app

    def places() -> list[tuple[int, int]]:
        lines = screen_text(app).split("\n")
        return [(line.rindex(words) + len(words) // 2, row) for row, line in enumerate(lines) if words in line]

    await until(pilot, lambda: bool(places()))
    await pilot.click(offset=places()[-1])
    await until(pilot, lambda: then in screen_text(app))


async def test_a_meeting_goes_from_its_start_to_the_ratings_with_the_mouse_alone(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_follow_up(workspace, "promise", "@tom bike back by today", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await click(pilot, "m looks at the agenda and starts it", "The next meeting")
        await click(pilot, "Start", "ROOM")
        await typed(pilot, "@maria stayed until the courier rang #own-it")
        await pilot.press("enter")
        await until(pilot, lambda: "saved" in screen_text(app))
        await click(pilot, "Other keys", "i Type")
        await click(pilot, "Here", "3 Absent")
        await click(pilot, "Tom", "late")
        await click(pilot, "3 Absent", "absent")
        await click(pilot, "esc Back", "i Type")
        await click(pilot, "a Attendance", "3 Absent")
        await click(pilot, "esc Back", "d Due")
        await click(pilot, "then Promises", "2 of 7")
        await click(pilot, "bike back", "New date")
        await click(pilot, "esc Back", "2 of 7")
        await click(pilot, "c Close", "How was this meeting")
        await click(pilot, "Close the meeting", "Minutes")
        await click(pilot, "t To ratings", "Is the screen yours alone now?")
        await click(pilot, "It is", "Told on")
        await click(pilot, "Rate", "Told on")
        await until(pilot, lambda: "Rate: press one of 1 2 3 4 5" in said(app))
        assert workspace.find(Rating) == []
        own_it = app.desk.roster.standard("own-it")
        assert own_it is not None
        await click(pilot, own_it.anchors[2], "That was all.")
        await click(pilot, "esc", "To ratings")
        await click(pilot, "esc Done", "Held so far")
    [meeting], [rating] = workspace.find(Meeting), workspace.find(Rating)
    assert meeting.state == "closed"
    assert [entry.presence for entry in meeting.attendance].count("absent") == 1
    assert rating.value == 3


async def test_an_evaluation_is_written_shared_answered_and_made_final_with_the_mouse_alone(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    roster = roster_of(workspace, now.date())
    maria = person_named(roster, "@maria")
    for standard in roster.standards:
        for when in (now - timedelta(days=200), now):
            rate(workspace, maria, standard, 4, now, at=when)
    async with app.run_test(size=(80, 24)) as pilot:
        await click(pilot, "p People", "Rating sheet")
        await click(pilot, "Maria", "@maria")
        await click(pilot, "Evaluation", "Not begun")
        await click(pilot, "Strengths", "Write")
        await click(pilot, "Write", "Where to grow")
        await typed(pilot, "Calm at the counter")
        await click(pilot, "^s Save", "S Share")
        await click(pilot, "S Share", "Reason for sharing it anyway")
        await click(pilot, "⏎ Go on", "A reason is needed")
        await typed(pilot, "The year is nearly over")
        await click(pilot, "⏎ Go on", "that can't be undone")
        await click(pilot, "Share", "N Answer")
        await click(pilot, "N Answer", "disagrees")
        await click(pilot, "disagrees", "Maria Lopez's own words")
        await typed(pilot, "I was ill in May")
        await click(pilot, "^s Save", "▶ acknowledged")
        await click(pilot, "F Finalise", "It will be locked")
        await click(pilot, "Finalise", "▶ final")
        await click(pilot, "x Export", "[✓] PDF")
        await click(pilot, "[ ] MD", "[✓] MD")
        await click(pilot, "[✓] PDF", "[ ] PDF")
        await click(pilot, "^s Export", "▶ final")
        await until(pilot, lambda: "1 file written" in said(app))
    [evaluation] = workspace.find(Evaluation)
    assert (evaluation.strengths, evaluation.state) == ("Calm at the counter", "final")
    assert [path.suffix for path in tmp_path.rglob("*Maria*")] == [".md"]
