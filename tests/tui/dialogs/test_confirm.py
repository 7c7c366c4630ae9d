"""A question with two answers: the arrows lead to the one on their side, and Enter gives it."""

from __future__ import annotations

from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.confirm import Confirm


async def test_the_arrows_lead_to_the_answer_on_their_side_whichever_is_likely(app: MeetingtoolApp) -> None:
    given: list[bool | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        for likely, keys in ((True, ["right"]), (False, ["right"]), (True, ["left"]), (False, ["right", "left"])):
            app.push_screen(Confirm("Start a meeting today?", likely=likely), given.append)
            await pilot.pause()
            await pilot.press(*keys, "enter")
    assert given == [True, True, False, False]
