"""Choosing one of many: what is typed filters, and Enter takes what is seen under the cursor."""

from __future__ import annotations

from screen_text import screen_text
from textual.content import Content
from textual.pilot import Pilot

from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.choose import Choose

NAMES = [f"Jo Number {number}" for number in range(30)] + ["Atom Ek", "Tom Ng", "Kim [/foo] Jansen"]


async def opened(pilot: Pilot[None], app: MeetingtoolApp) -> list[str | None]:
    """The dialog over the app; what is chosen comes into the list."""
    chosen: list[str | None] = []
    await pilot.pause()
    app.push_screen(Choose("Who does it?", [(name, Content(name)) for name in NAMES]), chosen.append)
    await pilot.pause()
    return chosen


async def test_typing_filters_and_enter_takes_what_is_seen(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, app)
        await pilot.press(*"tom")
        seen = screen_text(app)
        assert "Tom Ng" in seen
        assert "Jo Number" not in seen
        await pilot.press("enter")
    assert chosen == ["Tom Ng"]


async def test_letters_that_move_in_other_lists_are_letters_of_a_name_here(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, app)
        await pilot.press(*"kim", "enter")
    assert chosen == ["Kim [/foo] Jansen"]


async def test_arrows_move_in_what_is_left(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, app)
        await pilot.press(*"tom", "down", "enter")
    assert chosen == ["Atom Ek"]


async def test_nothing_is_taken_where_nothing_fits(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, app)
        await pilot.press(*"xyz", "enter")
        assert "Nothing here matches “xyz”." in screen_text(app)
        assert chosen == []
        await pilot.press("backspace", "backspace", "backspace", "pagedown", "enter")
    assert len(chosen) == 1
    assert chosen[0] in NAMES


async def test_a_click_takes_a_row_and_escape_takes_nothing(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        chosen = await opened(pilot, app)
        await pilot.press(*"atom")
        await pilot.click("Choose OptionList", offset=(2, 0))
        assert chosen == ["Atom Ek"]
        chosen = await opened(pilot, app)
        await pilot.press("escape")
    assert chosen == [None]
