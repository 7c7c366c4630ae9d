"""A terminal of few cells: what is asked and how to go on stay in view, and what has no room beside takes turns."""

from __future__ import annotations

from datetime import datetime

from screen_text import screen_text, until

from meetingtool.actions.meeting.meetings import start_meeting
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.confirm import Confirm


async def test_the_list_and_the_person_take_turns_and_a_field_comes_with_its_question(
    workspace: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    start_meeting(workspace, now)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("p")
        await until(pilot, lambda: "⏎ Open" in screen_text(app))
        assert "1 Evidence" not in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "1 Evidence 2 3 4 5" in screen_text(app))
        assert "Tom Ng" not in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Tom Ng" in screen_text(app))
        await pilot.press("m", "ctrl+g")
        await until(pilot, lambda: "1 to 10?" in screen_text(app) and "8 9 7 8" in screen_text(app))
        assert "^s Close" in screen_text(app)
        await pilot.resize_terminal(20, 6)
        await until(pilot, lambda: "8 9 7 8" in screen_text(app))
        assert "^s Close" in screen_text(app)


async def test_a_question_stands_in_the_middle_over_the_page_that_asked(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(Confirm("Start it?"))
        await until(pilot, lambda: "Start it?" in screen_text(app))
        lines = screen_text(app).splitlines()
        [at] = [index for index, line in enumerate(lines) if "Start it?" in line]
        assert 8 < at < 14
        assert lines[at].index("Start it?") > 8
