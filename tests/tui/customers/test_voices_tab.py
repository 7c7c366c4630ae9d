"""The tab Voices: one sentence while it is empty, a line that fills it, keys that say how a voice was meant."""

from __future__ import annotations

from datetime import datetime

from screen_text import said, screen_text, typed

from meetingtool.actions.customers.voices import lately, next_to_read, record_voice
from meetingtool.actions.settings import change_settings
from meetingtool.records.voices import Voice
from meetingtool.rules.areas import AREAS
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.papers.shared_papers import CardPage

SMALL, WIDE = (80, 24), (120, 36)


def flat(app: MeetingtoolApp) -> str:
    """The screen with its line breaks and frames taken out."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def test_a_voice_is_noted_marked_and_called_a_problem_by_keys(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("c")
        assert "1 Voices  2 Answers" in screen_text(app)
        assert "What customers said will appear here" in flat(app)
        await pilot.press("a")
        await typed(pilot, '"He waited with me" ^Pell @tom')
        await pilot.press("enter", "escape")
        assert '"He waited with me" Tom Pell' in flat(app)
        assert "Was it praise? y says so" in flat(app)
        await pilot.press("m")
        assert "Of 1 voice nobody has said whether it is praise" in flat(app)
        await pilot.press("c")
        await pilot.press("y", "r")
        assert "Read aloud in the next meeting" in flat(app)
        kept = workspace.find(Voice)[0]
        assert (kept.satisfied, kept.starred, next_to_read(workspace, now.date())) == (True, True, kept)
        await pilot.press("C")
        assert isinstance(app.screen, CardPage)
        await pilot.press("escape", "P")
        assert "it is never read aloud" in flat(app)
        assert next_to_read(workspace, now.date()) is None
        await pilot.press("P")
        assert "Neither praise nor a problem now. It stays private." in said(app)
        await pilot.press("y")
        assert "Make it public?" in flat(app)
        await pilot.press("escape")
        kept = workspace.find(Voice)[0]
        assert (kept.satisfied, kept.private) == (None, True), "no key alone makes public what was private"
        await pilot.press("y", "y")
        kept = workspace.find(Voice)[0]
        assert (kept.satisfied, kept.private) == (True, False)
        await pilot.press("P", "v")
        assert "waited with me" not in screen_text(app)
        assert lately(app.desk) == []


async def test_only_one_voice_is_marked_at_a_time(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    for words in ("first", "second"):
        record_voice(workspace, words, now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        await pilot.press("r", "j", "r")
    assert [voice.text for voice in workspace.find(Voice, starred=True)] == ["first"]


async def test_a_tab_that_is_switched_off_is_not_there(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    change_settings(workspace, now, off=AREAS)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("c", "1")
        assert "Everything about customers is switched off" in flat(app)
        assert "Voices" not in screen_text(app)
