"""The line in which stories are typed: what stands below it, what Enter and pasted text do."""

from __future__ import annotations

from datetime import datetime

from screen_text import screen_text, until
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from meetingtool.actions.stories.stories import record_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.stories.capture_line import CaptureLine


async def noting(pilot: Pilot[None], kind: str = "win") -> Input:
    """The quick line, open for a kind of record."""
    await pilot.pause()
    await pilot.press("w")
    line = pilot.app.screen.query_one(CaptureLine)
    line.kind = kind
    await pilot.pause()
    return line.input


async def pasted(pilot: Pilot[None], text: str) -> None:
    """Text that the terminal pastes into whatever has the cursor."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def test_the_sentence_stands_below_as_it_will_be_kept(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        line = await noting(pilot)
        line.value = "a customer thanked @maria and @tom for the lift home"
        await pilot.pause()
        assert "Maria, Tom · “" in screen_text(app)
        assert "Maria and Tom for the lift home”" in screen_text(app)


async def test_a_day_that_does_not_exist_is_told_below_and_a_mere_action_is_saved_as_one(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    before = len(workspace.find(Story))
    async with app.run_test(size=(120, 36)) as pilot:
        line = await noting(pilot)
        line.value = "> tidy up by fri"
        await pilot.press("enter")
        assert "action saved ✓" in screen_text(app)
        assert len(workspace.find(Story)) == before
        assert len(workspace.find(FollowUp, text="tidy up")) == 1
        line.value = "@tom rang !call back by 31 Feb"
        await pilot.pause()
        assert "There is no 31 February 2027." in screen_text(app)


async def test_what_is_typed_after_enter_belongs_to_the_next_line(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await noting(pilot)
        for letter in "@maria one\r@tom two\r":
            key = {"\r": "enter", " ": "space", "@": "at"}.get(letter, letter)
            app.post_message(events.Key(key, None if letter == "\r" else letter))
        await pilot.pause()
    told = sorted((story.text, story.people) for story in workspace.find(Story))
    ids = {person.handle: person.id for person in app.desk.roster.people}
    assert told == [("one", (ids["maria"],)), ("two", (ids["tom"],))]


async def test_what_is_half_typed_is_kept_while_somebody_types_steadily(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        line = await noting(pilot)
        for _ in range(10):
            await pilot.press("a")
            await pilot.pause(0.1)
        kept = workspace.drafts.get("quick")
    assert line.value.startswith(kept.removeprefix("win\n"))
    assert kept.endswith("aaaaaa")


async def test_every_line_takes_what_was_typed_before_enter(app: MeetingtoolApp) -> None:
    taken: list[str | None] = []
    async with app.run_test(size=(120, 36)) as pilot:
        app.push_screen(AskText("What is it called?", draft="asked"), taken.append)
        await pilot.pause()
        for letter in "one\rtwo":
            app.post_message(events.Key("enter" if letter == "\r" else letter, None if letter == "\r" else letter))
        await until(pilot, lambda: bool(taken))
        await pilot.pause()
    assert taken == ["one"]
    assert app.workspace.drafts.get("asked") == ""


async def test_what_is_half_typed_in_private_is_not_seen_in_the_room(app: MeetingtoolApp, workspace: Workspace) -> None:
    workspace.drafts.put("quick", "win\n@maria told in private ~")
    app.desk.room = True
    async with app.run_test(size=(120, 36)) as pilot:
        line = await noting(pilot)
        assert line.value == ""
    assert workspace.drafts.get("quick") == "win\n@maria told in private ~"


async def test_a_line_that_was_saved_before_the_program_was_killed_is_not_offered_again(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@maria told once", now)
    workspace.drafts.put("quick", "win\n@maria told once")
    async with app.run_test(size=(120, 36)) as pilot:
        line = await noting(pilot)
        assert line.value == ""
        assert workspace.drafts.get("quick") == ""


async def test_a_refused_line_comes_back_before_what_was_typed_since(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        line = await noting(pilot)
        line.value = "x" * 200_001
        await pilot.press("enter", "o", "k")
        assert line.value == f"{'x' * 200_001}ok" or line.value == f"{'x' * 200_001} ok"
    assert workspace.find(Story) == []


async def test_lines_pasted_into_a_field_of_one_line_are_joined(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("2", "slash")
        await pasted(pilot, "ferry\n  kiosk\n\n lift")
        assert isinstance(app.focused, Input)
        assert app.focused.value == "ferry kiosk lift"


async def test_lines_pasted_on_the_line_for_promises_are_promises(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await noting(pilot, "promise")
        await pasted(pilot, "- @maria refund posted by fri\n- @tom ring back by mon")
        assert "Pasted: 2 lines to record" in screen_text(app)
        assert "due Fri 27 Nov" in screen_text(app)
        await pilot.press("enter")
    assert [(made.text, f"{made.due:%a}") for made in workspace.find(FollowUp)] == [
        ("refund posted", "Fri"),
        ("ring back", "Mon"),
    ]
    assert workspace.find(Story) == []
