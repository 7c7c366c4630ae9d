"""The playbook: standards, questions and role-plays, in private and in the room."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from screen_text import screen_text, typed, until
from textual.pilot import Pilot
from textual.widgets import Input, Select, Static, TextArea

from meetingtool.actions.meeting import meetings
from meetingtool.actions.playbook.playbook import in_order
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.playbook import Question, Scenario
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.lists.row_panel import RowPanel
from meetingtool.tui.playbook.playbook import PlaybookScreen
from meetingtool.tui.playbook.scenario_form import ScenarioForm

SMALL, WIDE = (80, 24), (120, 36)


async def opened(pilot: Pilot[None], *keys: str) -> None:
    """Go to the playbook, and press further keys there."""
    for key in ("", "b", *keys):
        if key:
            await pilot.press(key)
        await pilot.pause()


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, one after the other, and let the screen follow each."""
    for key in keys:
        await pilot.press(key)


def flat(app: MeetingtoolApp) -> str:
    """The screen with its line breaks and frames taken out."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def test_a_standard_shows_what_it_asks_what_ratings_look_like_and_where_it_was_seen(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@maria greeted all seven at once #welcome +", now)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        seen = flat(app)
        assert "8 standards" in seen
        assert "is noticed straight away and put at" in seen
        assert "What the ratings look like" in seen
        assert "5 Remembers people from last time" in seen
        assert "1 Lets customers wait unnoticed" in seen
        assert "+ Maria greeted all seven at once" in seen


async def test_in_the_room_there_are_no_ratings_and_standards_are_not_changed(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@maria told me about her illness #welcome ~", now)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "v")
        seen = flat(app)
        assert "is noticed straight away and put at" in seen
        assert "rating" not in seen.lower()
        assert "Remembers people from last time" not in seen
        assert "illness" not in seen
        assert "Edit" not in seen
        await pilot.press("e", "a", "x")
        assert isinstance(app.screen, PlaybookScreen)


async def test_questions_stand_by_what_they_are_about_with_when_they_were_asked_and_answered(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    meeting = meetings.start_meeting(workspace, now - timedelta(weeks=3))
    meeting = meetings.write_answer(workspace, meeting, "Zoe covered two shifts.", now - timedelta(weeks=3))
    meetings.close_meeting(workspace, meeting, now - timedelta(weeks=3))
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "2")
        seen = flat(app)
        assert "40 questions" in seen
        assert "How we work together" in seen
        assert "3 weeks" in seen
        assert "Asked on Tue 3 Nov" in seen
        assert "Zoe covered two shifts." in seen


async def test_the_customers_part_of_a_role_play_is_hidden_in_the_room(app: MeetingtoolApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "3")
        assert "20 role-plays" in flat(app)
        assert "You bought walking boots here five weeks ago" in flat(app)
        await pilot.press("v")
        assert "You bought walking boots" not in flat(app)
        assert "You serve in a shoe shop" in flat(app)


async def test_the_list_leads_into_the_page_and_back(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await pilot.press("down", "j", "enter")
        assert app.screen.focused is app.screen.query_one("#standards-page")
        await pilot.press("escape")
        panel = app.screen.query_one("#standards-list", RowPanel)
        assert app.screen.focused is panel
        assert "Owns it to the end" in flat(app)
        roster = roster_of(app.workspace, app.desk.today)
        assert panel.chosen == roster.standards[2].id


async def test_a_standard_is_added_by_keys_and_the_cursor_goes_to_it(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "a")
        await pilot.press(*"tidy", "enter", *"Tidy", "enter")
        app.screen.query_one("#behaviour", TextArea).insert("The desk is clear when we go.")
        app.screen.query_one("#rating-5", TextArea).text = "Brings [/order] to a corner nobody owned"
        await pilot.press("ctrl+s")
        standard = roster_of(workspace, now.date()).standard("tidy")
        assert standard is not None
        assert standard.behaviour == "The desk is clear when we go."
        assert standard.anchors[4] == "Brings [/order] to a corner nobody owned"
        assert app.screen.query_one("#standards-list", RowPanel).chosen == standard.id
        assert "Brings [/order] to a corner nobody owned" in flat(app)


async def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "a")
        await pilot.press(*"own-it", "enter", *"Once")
        app.screen.query_one("#weight", Input).value = "0"
        await pilot.press("ctrl+s")
        seen = flat(app)
        assert "#own-it is in use for “Owns it to the end”." in seen
        assert "Say in a sentence what it asks of us." in seen
        assert "0 is not a valid weight." in seen
        assert app.screen.query_one("#title", Input).value == "Once"
        assert len(roster_of(workspace, now.date()).standards) == 8


async def test_unsaved_words_are_there_again_and_can_be_thrown_away(app: MeetingtoolApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "e")
        app.screen.query_one("#title", Input).value = "Half a thou"
        await pilot.pause()
        await pilot.press("escape")
        assert "Makes people welcome" in flat(app)
        await pilot.press("e")
        assert app.screen.query_one("#title", Input).value == "Half a thou"
        await pilot.click("#over")
        assert app.screen.query_one("#title", Input).value == "Makes people welcome"
        assert app.workspace.drafts.get(f"standard.{app.desk.roster.standards[0].id}.1") == ""


async def test_a_renamed_standard_keeps_its_former_tag(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "e")
        app.screen.query_one("#tag", Input).value = "greet"
        await pilot.press("ctrl+s")
        roster = roster_of(workspace, now.date())
        assert roster.standards[0].tag == "greet"
        assert roster.standard("welcome") == roster.standards[0]


async def test_retiring_asks_first_and_can_be_undone(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "x")
        assert "Retire #welcome?" in flat(app)
        await pilot.press("escape")
        assert roster_of(workspace, now.date()).standards[0].retired is None
        await pilot.press("x")
        await pilot.press("y")
        assert roster_of(workspace, now.date()).standards[0].retired == now.date()
        assert "Its last day: Tue 24 Nov." in flat(app)
        await pilot.press("u")
        assert roster_of(workspace, now.date()).standards[0].retired is None


@pytest.mark.parametrize("size", [SMALL, (60, 20)])
async def test_all_shelves_are_drawn_at_every_size(app: MeetingtoolApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for key, words in (("1", "8 standards"), ("2", "40 questions"), ("3", "20 role-plays")):
            await pilot.press(key)
            assert words in flat(app)


async def test_questions_are_added_edited_moved_and_retired_by_keys(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "2")
        await pilot.press("a")
        await pilot.press("ctrl+s")
        assert "Write the question." in flat(app)
        app.screen.query_one("#text", TextArea).insert("Who made you [/laugh]?")
        app.screen.query_one("#audience", Select).value = "company"
        await pilot.press("ctrl+s")
        (added,) = workspace.find(Question, text="Who made you [/laugh]?")
        panel = app.screen.query_one("#questions-list", RowPanel)
        assert (added.audience, panel.chosen) == ("company", added.id)
        before = [q.id for q in in_order(workspace, Question) if q.audience == "company"]
        await pilot.press("shift+up")
        after = [q.id for q in in_order(workspace, Question) if q.audience == "company"]
        assert after == [*before[:-2], before[-1], before[-2]]
        assert panel.chosen == added.id, "the cursor goes with it"
        await pilot.press("x")
        await pilot.press("y")
        assert "Retired on Tue 24 Nov" in flat(app)
        await pilot.press("u")
        assert workspace.get(Question, added.id).retired is None


async def test_a_role_play_is_edited_and_names_in_it_are_pointed_out(app: MeetingtoolApp, workspace: Workspace) -> None:
    first = in_order(workspace, Scenario)[0]
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "3")
        await pilot.press("e")
        app.screen.query_one("#customer", TextArea).text = "You are angry with Marlow, who sold you the boots."
        app.screen.query_one("#standards", Input).value = "#nothing"
        await pilot.pause()
        assert "Names? Marlow" in str(app.screen.query_one("#names", Static).content)
        await pilot.press("ctrl+s")
        assert app.screen.query_one("#standards-problem", Static).display
        app.screen.query_one("#standards", Input).value = "listen #own-it"
        await pilot.press("ctrl+s")
        saved = workspace.get(Scenario, first.id)
        assert (saved.standards, saved.look_for) == (("listen", "own-it"), first.look_for)
        assert "Marlow" in saved.customer


async def test_questions_and_role_plays_are_not_changed_in_the_room(app: MeetingtoolApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("b", "3", "v")
        await pilot.press("v", "e")
        assert isinstance(app.screen, ScenarioForm)
        app.action_toggle_room()
        await pilot.pause()
        assert isinstance(app.screen, PlaybookScreen), "the form shows the customer's part"
        for key in ("a", "e", "x", "shift+down"):
            await pilot.press(key)
            assert isinstance(app.screen, PlaybookScreen)


async def test_what_hangs_on_the_wall_and_stands_at_the_counter_is_printed_from_the_playbook(
    app: MeetingtoolApp, workspace: Workspace, tmp_path: Path
) -> None:
    app.saved_to = tmp_path
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "o")
        assert "Poster: what we are here for" in screen_text(app)
        await typed(pilot, "cust")
        await pressed(pilot, "enter")
        await typed(pilot, "example")
        await pressed(pilot, "enter")
        assert "is no web address" in flat(app)
        await pressed(pilot, "ctrl+u")
        await typed(pilot, "https://example.org/us")
        await pressed(pilot, "enter")
        assert "A6, one card" in screen_text(app)
        await pressed(pilot, "enter")
        assert app.screen.query_one(Input).value.endswith("comment-card.pdf")
        await pressed(pilot, "escape", "o")
        await typed(pilot, "applicants")
        await pressed(pilot, "enter")
        app.screen.query_one(Input).value = str(tmp_path / "interview.md")
        await pressed(pilot, "enter")
        await until(pilot, lambda: (tmp_path / "interview.md").exists())
    assert "Makes people welcome" in (tmp_path / "interview.md").read_text()
