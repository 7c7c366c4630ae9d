"""The palette finds every deed by the word in the footer, by its verb and by its description."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList

from meetingtool.tui.app import MeetingtoolApp

FOUND = (
    ("undo", "Undo the last change"),
    ("quit", "quit"),
    ("settings", "settings"),
    ("dark", "Change the colours"),
    ("colours", "Change the colours"),
    ("bin", "The bin"),
    ("restore", "Restore a backup"),
    ("backup", "Back up all records now"),
    ("forget", "Forget somebody who has left"),
    ("archive", "Archive a past year"),
    ("encrypt", "Encrypt all records"),
    ("history", "history"),
    ("note prom", "Note a promise to a customer"),
    ("holiday", "Move the next meeting"),
    ("rate", "Ratings"),
    ("evaluate", "Evaluations"),
    ("newsletter", "Newsletter"),
    ("survey", "Survey answers"),
    ("thank", "Names in what customers said"),
    ("attendance", "Meeting"),
    ("train", "Training"),
)


async def test_words_find_the_deed_that_they_name(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        for typed, wanted in FOUND:
            await pilot.press("colon")
            await pilot.pause()
            app.screen.query_one(Input).value = typed
            for _ in range(100):
                await pilot.pause(0.02)
                found = shown(app)
                if any(wanted.lower() in line.lower() for line in found[:2]):
                    break
            else:
                pytest.fail(f"{typed}: {found[:5]}")
            await pilot.press("escape")
            await pilot.pause()


def shown(app: MeetingtoolApp) -> list[str]:
    options = app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(number).prompt) for number in range(options.option_count)]
