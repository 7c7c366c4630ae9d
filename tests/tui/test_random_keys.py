"""No sequence of keys, clicks, pastes and sizes ends the app. A longer walk: tests/benchmarks/random_keys.py."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from random_player import play
from screen_text import until
from textual import events
from textual.app import App
from textual.content import Content
from textual.widgets import OptionList, Static

from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.lists.paged_options import PagedOptions

pytestmark = pytest.mark.usefixtures("drawn_always")


@pytest.fixture
def told(workspace: Workspace, now: datetime) -> Workspace:
    """The small team with something in every list."""
    for number in range(8):
        record_story(workspace, "win", f"@maria stayed {number} hours longer #own-it !call by fri", now)
        record_story(workspace, "sticky", f"@tom lost key {number} ~", now)
    record_follow_up(workspace, "action", "@zoe new van by mon", now)
    return workspace


async def test_whatever_is_pressed_the_app_goes_on(told: Workspace, now: datetime) -> None:
    app = MeetingtoolApp(told, clock=lambda: now)
    assert len(await play(app, 1, 60)) > 5


async def test_a_page_is_turned_in_any_list_before_it_is_drawn(app: MeetingtoolApp) -> None:
    boxes = OptionList("one", "two"), PagedOptions("one", "two")  # as Textual's own palette has it, and ours
    async with app.run_test(size=(100, 30)) as pilot:
        for box in boxes:
            box.styles.height = 0
            await app.screen.mount(box)
            await pilot.pause()
            for turn, row in ((box.action_page_down, 1), (box.action_page_up, 0)):
                turn()  # type: ignore[no-untyped-call]
                assert box.highlighted == row


async def test_a_row_that_is_gone_but_still_drawn_takes_no_click(app: MeetingtoolApp) -> None:
    box = OptionList("one", "two")
    async with app.run_test(size=(100, 30)) as pilot:
        await app.screen.mount(box)
        await pilot.pause()
        x, y = box.content_region.offset
        style = app.screen.get_style_at(x, y + 1)
        assert style.meta["option"] == 1
        box.set_options(["one"])
        await box._on_click(events.Click(box, 0, 1, 0, 0, 1, False, False, False, x, y + 1, style))
        assert box.highlighted != 1


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_a_page_is_turned_in_a_list_that_was_just_opened(app: MeetingtoolApp, key: str) -> None:
    options = [(str(number), Content(f"row {number}")) for number in range(40)]
    async with app.run_test(size=(80, 24)) as pilot:
        page = Choose("Which?", options)
        app.push_screen(page)
        await until(pilot, lambda: bool(page.query(OptionList)))
        rows = page.query_one(OptionList)
        rows.set_options([f"row {number}" for number in range(40)])
        rows.highlighted = 0
        (rows.action_page_down if key == "pagedown" else rows.action_page_up)()
        assert rows.highlighted is not None


async def test_what_was_removed_but_is_still_drawn_takes_no_press(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        gone, beside = Static("pressed as it goes"), Static("beside it")
        await app.screen.mount(gone, beside, before=0)
        await pilot.pause()
        (x, y), (other_x, other_y) = gone.region.offset, beside.region.offset
        down, move, up = events.MouseDown, events.MouseMove, events.MouseUp
        await pressed(app, down, x + 1, y)
        gone.remove()
        while gone.is_attached:
            await asyncio.sleep(0)
        focused = app.focused
        for kind in (move, up, down, move):
            await pressed(app, kind, x + 1, y)
        await pressed(app, down, other_x, other_y)
        for kind in (move, up):
            await pressed(app, kind, other_x + 3, other_y)
        await pilot.pause()
        assert app.is_running and app.focused is focused


async def pressed(app: MeetingtoolApp, kind: type[events.MouseEvent], x: int, y: int) -> None:
    """What the mouse does is given to the screen without waiting for its turn, before anything is drawn anew."""
    await App.on_event(app, kind(None, x, y, 0, 0, 1, False, False, False, x, y))


@pytest.mark.parametrize("width", [5, 12])
async def test_a_window_of_a_few_cells_ends_nothing(app: MeetingtoolApp, width: int) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(width, 4)
        for key in ("m", "h", "p", "b", "t", "question_mark", "escape", "w", "escape", "comma"):
            await pilot.press(key)
        assert app.is_running


async def test_a_text_no_wider_than_its_bar_comes_to_rest(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(9, 5)) as pilot:
        await pilot.press("p")
        await pilot.press("4")  # the evaluation; a pilot fails where the app is never at rest
        assert app.screen.query_one(ScrolledText).size.width > 1


async def test_a_page_is_left_once_however_often_it_is_told_to(app: MeetingtoolApp) -> None:
    answers: list[bool | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        page = Confirm("Sure?", "Really.", yes="Yes", no="No")
        app.push_screen(page, answers.append)
        await until(pilot, lambda: app.screen is page and app.focused is not None)
        page.dismiss(True)
        page.dismiss(False)
        await pilot.pause()
        await app.run_action("pop_screen")
        await pilot.pause()
        assert answers == [True]
        assert app.is_running


@pytest.mark.parametrize("key", ["question_mark", "w", "comma", "h", "p", "enter", "colon"])
async def test_a_key_behind_the_one_that_ends_the_app_does_nothing(app: MeetingtoolApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.simulate_key("q")
        app.simulate_key(key)
        await until(pilot, lambda: app.ending)
    assert app.return_code == 0
