"""The keyboard goes round: nothing is shown of an answer, and nothing is on the disk before the end."""

from __future__ import annotations

import os
import sys

from screen_text import said, screen_text

from meetingtool.actions.people.pulse import record_round
from meetingtool.records.meetings import Meeting
from meetingtool.records.pulse import PulseRound
from meetingtool.rules.people.pulse import PulseTally
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.meeting.pulse_page import PulsePage

written: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note every file that this process opens to write, while it is asked to."""
    if written is not None and event == "open" and int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR):
        written.append(str(arguments[0]))


async def test_five_people_answer_and_only_counts_are_kept_at_the_end(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    global written
    sys.addaudithook(_watch)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "enter", "escape", "P")
        page = app.screen
        assert isinstance(page, PulsePage)
        page.asked = 6
        assert "Pass the keyboard." in screen_text(app)
        written = []
        for person in range(5):
            await pilot.press("enter")
            for answer in ("4", "5", "3", "space", "2"):
                await pilot.press(answer)
                if answer != "space":
                    seen = screen_text(app)
                    await pilot.press("1", answer, "enter")  # whoever thinks better of it presses another digit
            assert "Answered. Enter goes on." in seen
            await pilot.pause()
            assert "Thank you. Next, please." in screen_text(app)
            assert f"{person + 1} of 6 have had the keyboard" in screen_text(app)
        await pilot.press("enter", "1", "enter", "5", "escape")  # this one would rather not
        assert "6 of 6 have had the keyboard" in screen_text(app)
        assert written == []
        assert workspace.find(PulseRound) == []
        await pilot.press("ctrl+r")
        assert app.desk.room  # whoever has the keyboard sees nothing private
        other = PulseTally()
        for _ in range(5):
            other.add((3, 3, 3, 3, 3))
        elsewhere = record_round(workspace, other, app.desk.now, asked=5)
        await pilot.press("e")
        assert "6 people have had the keyboard. End it?" in screen_text(app)
        await pilot.press("y")
        assert written
        written = None
        (meeting,) = workspace.find(Meeting, state="running")
        (kept,) = workspace.find(PulseRound, meeting=meeting.id)
        assert f"Pulse {elsewhere.ref} was kept meanwhile; both count." in said(app)
        assert (kept.answered, kept.asked, kept.meeting) == (5, 6, meeting.id)
        assert kept.counts == ((0, 0, 0, 5, 0), (0, 0, 0, 0, 5), (0, 0, 5, 0, 0), (), (0, 5, 0, 0, 0))
        assert kept.at.time().isoformat() == "00:00:00"
        await pilot.press("P")
        assert not isinstance(app.screen, PulsePage), "nobody answers what can't be kept"


async def test_of_too_few_answers_only_that_it_was_asked_is_kept_and_both_ways_out_ask_first(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m", "P", "enter", *["5", "enter"] * 5, "escape")
        assert app.desk.room
        assert "Stop without keeping anything?" in screen_text(app)
        await pilot.press("n", "ctrl+q")
        assert "Leave without keeping it?" in screen_text(app)
        assert "What was answered would be lost" in screen_text(app)
        await pilot.press("n")
        assert "Thank you. Next, please." in screen_text(app)
        await pilot.press("e")
        assert "1 person has had the keyboard. End it?" in screen_text(app)
        await pilot.press("y")
        (kept,) = workspace.find(PulseRound)
        assert (kept.answered, kept.counts) == (0, ())
