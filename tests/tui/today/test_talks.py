"""A talk with somebody new, kept from Today in one line."""

from __future__ import annotations

from datetime import datetime, timedelta

from screen_text import screen_text

from meetingtool.actions.people.team import add_person
from meetingtool.records.talks import Talk
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.lists.row_panel import RowPanel


async def test_a_talk_that_is_due_is_kept_in_a_line_which_the_room_never_sees(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    person = add_person(workspace, "Ada Moss", now, started=now.date() - timedelta(days=31))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Ada · the first 30 days" in screen_text(app)
        panel = app.screen.query_one("#needs", RowPanel)
        panel.focus()
        panel.choose(f"talk:{person.id}")
        await pilot.press("enter")
        await pilot.press(*"misses a locker")
        app.action_toggle_room()
        await pilot.pause()
        assert "locker" not in screen_text(app)
        assert "30 days" not in screen_text(app)
        app.action_toggle_room()
        await pilot.pause()
        panel.choose(f"talk:{person.id}")
        await pilot.press("enter")
        assert "misses a locker" in screen_text(app)
        await pilot.press("enter")
        assert [(talk.text, talk.days) for talk in workspace.find(Talk)] == [("misses a locker", 30)]
        assert "30 days" not in screen_text(app)
