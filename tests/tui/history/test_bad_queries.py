"""Whatever is typed or pasted into the search is answered; nothing typed is ever an error."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from screen_text import said, screen_text

from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.history.history import HistoryScreen


@pytest.fixture
def told(workspace: Workspace, now: datetime) -> Workspace:
    record_story(workspace, "win", "@maria rang back #own-it ^Acme", now - timedelta(days=1))
    record_story(workspace, "win", "@tom the price was 5.* (five) [b]", now - timedelta(days=2))
    return workspace


async def searched(app: MeetingtoolApp, query: str) -> str:
    """What stands on the screen after a query was put into the line."""
    async with app.run_test(size=(120, 36)) as pilot:
        app.action_mode("history")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        app.screen.look_for(query)
        for _ in range(4):
            await pilot.pause()
        assert "error" not in said(app).casefold()
        return screen_text(app)


@pytest.mark.parametrize(
    "query",
    [
        "x" * 10_000,
        "maria " * 2_000,
        '- -- @ # ^ : " \' -" is: on: after: before: customer:',
        "(.*)+$ [a-z]{3} \\d+ ^maria$",
        "[/foo] [b] [@click=app.quit]x[/] $text",
        "on:2026-02-30 after:2026-13 before:99999 on:31-04",
        '"never closed',
        "nonsense:filter",
        "\x1b[31m\x00\u202e",
        "AND OR NOT NEAR *",
    ],
)
async def test_any_query_is_answered(told: Workspace, app: MeetingtoolApp, query: str) -> None:
    shown = await searched(app, query)
    assert "History" in shown
    assert "\x1b" not in shown


async def test_a_regular_expression_is_looked_for_as_text(told: Workspace, app: MeetingtoolApp) -> None:
    assert "1 found" in await searched(app, "5.*")


async def test_the_part_that_excludes_everything_is_named(told: Workspace, app: MeetingtoolApp) -> None:
    assert "Without is:sticky there is 1." in await searched(app, "@maria is:sticky")


async def test_a_day_that_does_not_exist_is_said(told: Workspace, app: MeetingtoolApp) -> None:
    assert "on: is left out" in await searched(app, "on:2026-02-30")


async def test_an_unclosed_quote_is_understood_and_said(told: Workspace, app: MeetingtoolApp) -> None:
    shown = await searched(app, '"rang ba')
    assert "1 found" in shown
    assert "The quote is not closed" in shown


async def test_a_story_deleted_in_another_window_leaves_the_list(
    told: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        app.action_mode("history")
        await pilot.pause()
        with Workspace.open(told.folder, user="other") as other:
            remove(other, next(s for s in other.find(Story) if "rang" in s.text), now)
        await pilot.press("e")
        app.look_for_changes()
        for _ in range(4):
            await pilot.pause()
        while len(app.screen_stack) > 1:
            app.pop_screen()
            await pilot.pause()
        assert "rang back" not in screen_text(app)
