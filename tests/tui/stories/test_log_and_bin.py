"""The pages of what was done and of what was removed."""

from __future__ import annotations

from datetime import datetime

from screen_text import said, screen_text

from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.stories.stories import record_story, set_private
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.palette import commands
from meetingtool.tui.stories.log import BinPage, DeedsPage


async def test_the_log_says_what_was_done_and_u_takes_back_the_last(
    workspace: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    story = record_story(workspace, "win", "stayed [/foo] on the line", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(DeedsPage())
        await pilot.pause()
        assert f"Tue 24 Nov, 09:00 pat         win recorded  {story.ref}" in screen_text(app)
        await pilot.press("enter")
        assert "stayed [/foo] on the line" in screen_text(app)
        await pilot.press("escape", "u")
        assert "undone: win recorded" in screen_text(app)
        assert "win recorded (undone)" in screen_text(app)
        assert workspace.find(Story) == []


async def test_the_bin_brings_back_what_was_removed(workspace: Workspace, app: MeetingtoolApp, now: datetime) -> None:
    story = record_story(workspace, "win", "stayed on the line", now).story
    remove(workspace, story, now)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(BinPage())
        await pilot.pause()
        assert "win        stayed on the line" in screen_text(app)
        await pilot.press("enter")
        assert "The bin is empty" in screen_text(app)
        assert "Restored." in said(app)
        assert [one.id for one in workspace.find(Story)] == [story.id]


async def test_in_the_room_neither_page_tells_of_anything_private(
    workspace: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    story = record_story(workspace, "win", "a secret of hers", now).story
    remove(workspace, set_private(workspace, story, True, now), now)
    app.desk.room = True
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(BinPage())
        await pilot.pause()
        assert "secret" not in screen_text(app)
        assert "The bin is empty" in screen_text(app)
        await pilot.press("escape")
        app.push_screen(DeedsPage())
        await pilot.pause()
        assert "secret" not in screen_text(app)


async def test_both_pages_are_in_the_palette(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert {"What was done", "The bin"} <= {command.title for command in commands(app, app.screen)}
