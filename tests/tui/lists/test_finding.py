"""Finding a row by typing: one way in every list, and a key that does nothing says so."""

from __future__ import annotations

from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.frame.keys_line import KeysLine
from meetingtool.tui.lists.finding import Findable


async def test_in_every_list_the_key_that_finds_is_on_the_line_and_leads_to_the_row(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        for path, typed, key in (
            (("p",), "tom", "f"),
            (("p", "o"), "tom", "f"),
            (("p", "T"), "tom", "f"),
            (("p", "d"), "tom", "slash"),
            (("p", "r"), "tom", "slash"),
            (("b",), "listen", "f"),
            (("comma",), "minutes", "f"),
            (("comma",), "manager", "f"),
        ):
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await pilot.press(*path)
            shown = {hint.name: hint.keys for hint in app.screen.query_one(KeysLine).hints()}
            assert shown["Find"] == (key,), path
            await pilot.press(key, *typed)
            assert isinstance(app.screen, Choose), path
            assert typed in app.screen.shown[0][1].plain.casefold()
            await pilot.press("enter")
            chosen = app.focused
            if isinstance(chosen, Findable):
                here = getattr(chosen, "highlighted", None)
                rows = chosen.said() if chosen.names is None else chosen.names
                assert typed in rows[here].casefold(), path
