"""Whoever walks through the app while the screen is shared, by every tab, row and key, reads nothing private."""

from __future__ import annotations

import pytest
from marks import SHOWN
from walk import MODES, TALL, Walk, everything, settle, unmarked

from meetingtool.tui.app import MeetingtoolApp

PAGES = {
    "rows of today": {"StoryPage", "EditLine", "CardPage", "KeySheet", "RewardForm"},
    "rows of meeting": {
        "MinutesPage",
        "AttendancePage",
        "ToldPage",
        "WriteText",
        "AskText",
        "Confirm",
        "DeepenPage",
        "RolePlayPage",
    },
    "keys of today": {"QuickCapture", "DeedsPage", "LeftOnce", "BinPage", "Choose"},
    "keys of meeting": {"AgendaPage", "AgendaPaperPage", "SegmentForm", "AskDate", "PulsePage"},
    "keys of history": {"NarrowPage", "SearchesPage", "LegendPage", "SaveAs"},
    "keys of people": {"PersonForm", "InsightScreen", "NewsletterPage"},
    "a running meeting": {"DuePage"},
}
"""The sorts of pages that each walk goes through; wherever else they open they are read."""

LEAD_ON = {("e", "AgendaPage"), ("T", "ThanksPage")}
"""Keys that led to a page on which they lead on or back."""

STEPS = {
    "today": (9, 0, 36),
    "meeting": (1, 0, 27),
    "history": (4, 0, 24),
    "people": (8, 5, 24),
    "customers": (6, 6, 10),
    "playbook": (20, 5, 7),
}
"""How many rows, tabs and keys of each mode are walked, at least. A list that the walk no longer sees fails here."""


def elsewhere(walk: str) -> frozenset[str]:
    """The pages that other walks go through."""
    return frozenset(page for where, pages in PAGES.items() if where != walk for page in pages)


def recording(walk: Walk) -> set[tuple[str, str]]:
    """Keys that would record something if they were pressed twice, with the page on which they would."""
    return {(key, page) for key, page in walk.twice if key != "escape" and not page.endswith("Screen")} - LEAD_ON


@pytest.mark.parametrize("mode", MODES)
async def test_every_row_and_tab_opens_on_nothing_private(room: MeetingtoolApp, mode: str) -> None:
    rows, tabs, _ = STEPS[mode]
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        walk = Walk(room, pilot, mode, elsewhere=elsewhere(f"rows of {mode}"))
        await walk.every_tab()
    assert walk.rows >= rows
    assert walk.tabs == tabs
    assert {*walk.pages} - walk.elsewhere == PAGES.get(f"rows of {mode}", set())


async def test_in_private_too_no_key_that_leads_to_a_page_records_something_there(room: MeetingtoolApp) -> None:
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        room.set_room(False)
        pages = frozenset({"RatingSheet", "TrainingPage", "ThanksPage", "TeamPage", "PersonForm", "PickFile",
                           "InsightScreen", "StoryPage", "KeySheet", "Choose"})  # fmt: skip
        walk = Walk(room, pilot, "people", elsewhere=pages, look=lambda app, where: None)
        await walk.stand(())
        await walk.every_key()
    assert {*walk.pages} >= {"RatingSheet", "TrainingPage", "TeamPage"}
    assert recording(walk) == set()


@pytest.mark.parametrize("mode", MODES)
async def test_every_key_of_every_mode_shows_nothing_private(room: MeetingtoolApp, mode: str) -> None:
    async with room.run_test(size=TALL) as pilot:
        await settle(pilot)
        walk = Walk(room, pilot, mode, without=frozenset({"start"}), elsewhere=elsewhere(f"keys of {mode}"))
        await walk.stand(())
        unmarked(room, mode)
        if mode != "playbook":
            assert SHOWN in everything(room).casefold(), "the walk sees what may be seen"
        await walk.every_key(everywhere=mode == MODES[0])
    assert walk.keys >= STEPS[mode][2]
    assert recording(walk) == set()
    assert {*walk.pages} - walk.elsewhere == PAGES.get(f"keys of {mode}", set())
