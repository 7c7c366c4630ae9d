"""The meeting as it is run: what the manager types and reads, and what survives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from screen_text import said, screen_text, typed, until
from textual import events
from textual.pilot import Pilot

from meetingtool.actions.meeting.meetings import close_meeting, open_meeting, start_meeting
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.keys import KeySheet, key_groups
from meetingtool.tui.meeting.before_meeting import BeforeMeeting
from meetingtool.tui.settings.settings import SettingsPage
from meetingtool.tui.stories.capture_line import CaptureLine

MARKED = "secret-mark-7"


async def enter_meeting(pilot: Pilot[None]) -> None:
    """Go to the meeting and start it."""
    await pilot.pause()
    await pilot.press("m")
    await pilot.press("enter")


async def test_before_the_meeting_the_page_says_when_it_is_and_how_to_start(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("m")
        read = screen_text(app)
        assert "Tuesday 24 November 2026, 09:00" in read
        assert "Enter starts it" in read
        assert "Standard of the week" in read
        assert "None yet. The minutes" in read


async def test_starting_shares_the_screen_and_shows_agenda_clock_and_people(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        read = screen_text(app)
        assert "ROOM" in read
        assert "0:00 of 15:00" in read
        assert "Here 4 of 4" in read
        assert "▶ Standard of the week" in read


async def test_a_line_carried_into_the_next_segment_keeps_its_kind_and_the_next_one_has_that_of_the_segment(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter_meeting(pilot)
        await pilot.press(*"zo", "ctrl+n")
        line = app.screen.query_one(CaptureLine)
        assert (line.kind, line.input.value) == ("win", "zo")
        await pilot.press("enter")
        await until(pilot, lambda: line.kind == "action")
    assert [story.kind for story in workspace.find(Story)] == ["win"]


async def test_the_mouse_saves_a_line_and_the_keys_say_what_enter_and_tab_do_in_it(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter_meeting(pilot)
        await typed(pilot, "@tom found the key")
        await until(pilot, lambda: "⏎ Save" in screen_text(app).splitlines()[-1])
        await pilot.click(offset=(screen_text(app).splitlines()[-1].index("⏎ Save"), 23))
        await until(pilot, lambda: bool(workspace.find(Story)))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, KeySheet))
        read = {line.name: line.keys for group in key_groups(app, app.screen_stack[0]) for line in group.lines}
        assert read["Save"] == ("Enter",)
        assert read["Complete the name that is offered"] == ("tab",)
        assert "" not in read


async def test_a_win_is_safe_after_one_line_and_enter(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await enter_meeting(pilot)
        await typed(pilot, "@maria stayed on the line [/foo] #own-it ^Acme !refund posted by fri")
        assert "promise: refund posted" in screen_text(app)
        await pilot.press("enter")
        read = screen_text(app)
        assert "stayed on the line [/foo]" in read
        assert "saved ✓" in read
        assert app.screen.query_one(CaptureLine).input.value == ""
    story = workspace.find(Story)[0]
    promise = workspace.find(FollowUp)[0]
    assert (story.kind, story.customer, story.meeting) == ("win", "Acme", workspace.find(Meeting)[0].id)
    assert (promise.text, promise.story, promise.people) == ("refund posted", story.id, story.people)


async def test_tab_completes_the_person_and_enter_always_saves(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await enter_meeting(pilot)
        await typed(pilot, "@kar")
        assert "@karim" in screen_text(app)
        assert "Karim Haddad" in screen_text(app)
        await pilot.press("tab")
        await typed(pilot, "fetched the parcel #own")
        await pilot.press("enter")
    story = workspace.find(Story)[0]
    assert [p.handle for p in map(workspace_person(workspace), story.people)] == ["karim"]
    assert story.unsorted == ("#own",)


def workspace_person(workspace: Workspace) -> Callable[[str], object]:
    """Looks a person up by id."""
    from meetingtool.records.people import Person

    return lambda person_id: workspace.get(Person, person_id)


async def test_the_kind_changes_at_a_key_and_follows_the_segment(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        assert app.screen.query_one(CaptureLine).kind == "win"
        await pilot.press("ctrl+t")
        await typed(pilot, "the printer ate the ticket")
        await pilot.press("enter")
        await pilot.press("ctrl+n", "ctrl+n", "ctrl+n")
        assert app.screen.query_one(CaptureLine).kind == "sticky"
        assert "the printer ate the ticket" in screen_text(app)
    assert [story.kind for story in workspace.find(Story)] == ["sticky"]


async def test_an_answer_is_kept_with_the_question(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        await pilot.press(*["ctrl+n"] * 5)
        await typed(pilot, "Say the price before the part")
        await pilot.press("enter")
        assert "– Say the price before the part" in screen_text(app)
    assert workspace.find(Meeting)[0].answers == ("Say the price before the part",)


async def test_undo_takes_the_last_story_back_and_says_so(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        for text in ("first one", "second one"):
            await typed(pilot, text)
            await pilot.press("enter")
        await pilot.press("ctrl+n")
        await pilot.press("ctrl+z")
        assert "Undone: win recorded, “" in said(app)
        read = screen_text(app)
        assert "second one" not in read
        assert "first one" in read
    assert [story.text for story in workspace.find(Story)] == ["first one"]


async def test_attendance_takes_one_key_a_person(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter_meeting(pilot)
        await typed(pilot, "x")
        await pilot.press("enter")
        await pilot.press("escape", "a")
        await pilot.press("3", "2", "z", "2", "t", "3")
        assert "Here 2 of 4" in screen_text(app)
    meeting = workspace.find(Meeting)[0]
    assert [entry.presence for entry in meeting.attendance] == ["absent", "late", "absent", "late"]


@pytest.mark.parametrize("panel", ["attendance", "agenda"])
async def test_a_panel_that_has_no_room_any_more_hears_no_keys(
    app: MeetingtoolApp, workspace: Workspace, panel: str
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        app.screen.query_one(f"#{panel}").focus()
        await until(pilot, lambda: app.focused is not None and app.focused.id == panel)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.focused is None)
        await pilot.press("3")
        assert "3 Absent" not in screen_text(app)
    assert {entry.presence for entry in workspace.find(Meeting)[0].attendance} == {"here"}


async def test_half_typed_text_survives_the_end_of_the_program(
    workspace: Workspace, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    first = app_on(workspace)
    async with first.run_test(size=(100, 30)) as pilot:
        await enter_meeting(pilot)
        await pilot.press("ctrl+t")
        await typed(pilot, "half a thought about")
        drafts = workspace.folder / "drafts"
        await until(pilot, lambda: any("thought about" in kept.read_text("utf-8") for kept in drafts.glob("*.draft")))
    second = app_on(workspace)
    async with second.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        line = second.screen.query_one(CaptureLine)
        assert (line.kind, line.input.value) == ("sticky", "half a thought about")
        assert "ROOM" in screen_text(second)


async def test_private_stories_are_not_drawn_in_the_room(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    meeting = start_meeting(workspace, now)
    record_story(workspace, "win", f"@maria {MARKED} ~", now, meeting=meeting.id)
    record_story(workspace, "win", "@maria said hello", now, meeting=meeting.id)
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        read = screen_text(app)
        assert "said hello" in read
        assert MARKED not in read
        await pilot.press("escape", "v")
        assert "Show private records?" in screen_text(app)
        await pilot.press("y")
        assert MARKED in screen_text(app)
        await pilot.press("v")
        assert MARKED not in screen_text(app)


async def test_closing_keeps_ratings_and_shows_the_minutes(workspace: Workspace, now: datetime) -> None:
    clock = [now]
    app = MeetingtoolApp(workspace, clock=lambda: clock[0])
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        clock[0] += timedelta(seconds=90)
        await pilot.press("ctrl+n", "ctrl+n")
        await typed(pilot, "@tom drove it over himself #on-time")
        await pilot.press("enter")
        await pilot.press("escape", "c")
        read = screen_text(app)
        assert "1 win · 0 sticky situations" in read
        assert "Not reached: Promises and actions, Sticky situations," in read
        await typed(pilot, "8 11")
        await pilot.press("ctrl+s")
        assert "11 isn't a rating of a meeting" in screen_text(app)
        await pilot.press("backspace")
        await pilot.press("ctrl+s")
        assert "drove it over himself" in screen_text(app)
        assert "Minutes" in screen_text(app)
        await pilot.press("escape", "v", "y", "comma", "u")
        await until(pilot, lambda: "Undo: meeting closed" in screen_text(app))
        await pilot.press("u", "u", "n")
        assert isinstance(app.screen, SettingsPage)
    closed = workspace.find(Meeting)[0]
    assert (closed.state, closed.team_rating) == ("closed", (8, 1))
    assert open_meeting(workspace, app.desk.now) is None


async def test_a_pasted_list_is_shown_before_it_is_recorded(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        line = app.screen.query_one(CaptureLine)
        line.input.post_message(
            events.Paste("- @maria rang back #own-it\n- @tom found the key\n\n* nobody knew the tide\n> tidy up by fri")
        )
        await pilot.pause()
        assert "Pasted: 4 lines to record" in screen_text(app)
        shown = " ".join(screen_text(app).split())
        assert "✓ action action: tidy up, due Fri 27 Nov" in shown, shown
        await pilot.press("down", "space", "ctrl+s")
    assert [story.text for story in workspace.find(Story)] == ["rang back", "nobody knew the tide"]


async def test_a_waiting_story_is_told_by_enter(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "@zoe kept the shop open", now)
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        await pilot.press("ctrl+n", "ctrl+n", "escape")
        assert "waits" in screen_text(app)
        assert "i Type" in screen_text(app).split("\n")[-1]
        await pilot.press("enter")
        assert "waits" not in screen_text(app)
    assert workspace.find(Story)[0].meeting == workspace.find(Meeting)[0].id


async def test_escape_steps_out_of_the_line_even_before_anything_was_told(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter_meeting(pilot)
        assert "i Type" not in screen_text(app).split("\n")[-1]
        await pilot.press("escape")
        assert "i Type" in screen_text(app).split("\n")[-1], "the way back is said"
        await pilot.press("n", "n")
        assert app.screen.query_one(CaptureLine).input.value == "", "going on stays out of the line"
        await pilot.press("i")
        await typed(pilot, "back in the line")
        line = app.screen.query_one(CaptureLine)
        assert line.input.value == "back in the line"
        await pilot.press("escape")
        kind = line.kind
        await pilot.click("#kind")
        await typed(pilot, " by a click")
        assert (line.kind, line.input.value) == (kind, "back in the line by a click")
        await pilot.click("#kind")
        assert line.kind != kind
    assert workspace.find(Meeting)[0].segment == 2


async def test_a_page_that_closes_leaves_the_keys_of_the_running_meeting(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enter_meeting(pilot)
        await pilot.press("escape", "a")
        await pilot.press("escape")
        keys = screen_text(app).split("\n")[-1]
        assert "Attendance" in keys
        assert "Another day" not in keys
        await pilot.press("right", "right", "left")
        await pilot.press("o", "end", "enter")
        assert "7 of 7 ▶ Thanks and close" in screen_text(app)


async def test_an_app_that_starts_in_a_running_meeting_shows_all_of_it_at_once(
    workspace: Workspace, now: datetime
) -> None:
    start_meeting(workspace, now - timedelta(minutes=2))
    app = MeetingtoolApp(workspace, clock=lambda: now)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        read = screen_text(app)
        assert "2:00 of 15:00" in read
        assert "▶ Standard of the week" in read
        assert "Standard of the week · 1:00 over" in read


async def test_half_typed_words_keep_their_kind_when_the_meeting_goes_on(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        await typed(pilot, "@tom drove")
        await pilot.press("ctrl+n")
        assert app.screen.query_one(CaptureLine).kind == "win"


async def test_what_is_saved_beside_a_story_is_said(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        await typed(pilot, "@tom drove it over !refund posted by fri >new tyre fund:5 ~")
        await pilot.press("enter")
        assert "win saved ✓ with 1 promise, 1 action, fund and private" in screen_text(app)


async def test_a_late_start_is_said_with_the_time_when_it_will_end(workspace: Workspace, now: datetime) -> None:
    app = MeetingtoolApp(workspace, clock=lambda: now + timedelta(minutes=7))
    async with app.run_test(size=(120, 36)) as pilot:
        await enter_meeting(pilot)
        await pilot.pause()
        assert said(app) == "Started 7 minutes late; the plan now runs until 09:22."


async def test_a_meeting_whose_clock_was_forgotten_is_closed_with_the_end_one_says(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    begun = start_meeting(workspace, now - timedelta(days=3))
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "was never closed" in screen_text(app))
        assert app.current_mode == "today" and not app.desk.room
        await pilot.press("m")
        await until(pilot, lambda: "Go on with it" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == "today")
        await pilot.press("m")
        await until(pilot, lambda: "Go on with it" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "When did it end?" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "was never stopped" in screen_text(app))
        await typed(pilot, f"{begun.at + timedelta(minutes=21):%H:%M}")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: workspace.get(Meeting, begun.id).state == "closed")
    assert sum(workspace.get(Meeting, begun.id).spent) // 60 in (20, 21)


async def test_a_meeting_left_open_goes_on_with_the_clock_of_today(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    begun = start_meeting(workspace, now - timedelta(days=66))
    record_follow_up(workspace, "promise", "ring her", now - timedelta(days=66), meeting=begun.id)
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "was never closed" in screen_text(app))
        await pilot.press("m", "down", "enter")
        await until(pilot, lambda: bool(app.screen.query(CaptureLine)))
        await pilot.pause()
        assert app.desk.room and "0:00 of 15:00" in screen_text(app)
        await typed(pilot, "@maria rang back")
        await pilot.press("enter")
        await until(pilot, lambda: bool(workspace.find(Story)))
        assert "later" in screen_text(app)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: "Promised in the meeting of" in screen_text(app))
    (story,) = workspace.find(Story)
    assert (story.meeting, story.at.date()) == (begun.id, now.date())


async def test_the_next_meeting_is_given_another_date_before_it_and_on_today(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    close_meeting(workspace, start_meeting(workspace, now), now)
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Tuesday 1 December" in screen_text(app))
        app.screen.query_one("#coming").focus()
        await pilot.press("f")
        await until(pilot, lambda: "When is the next meeting?" in screen_text(app))
        await pilot.press(*["backspace"] * 20)
        await typed(pilot, "skip")
        await pilot.press("enter")
        await until(pilot, lambda: "Tuesday 8 December" in screen_text(app))
        await pilot.press("m")
        await until(pilot, lambda: bool(app.screen.query(BeforeMeeting)))
        await pilot.press("f")
        await until(pilot, lambda: "When is the next meeting?" in screen_text(app))
        await pilot.press(*["backspace"] * 20)
        await typed(pilot, "30 feb")
        await pilot.press("enter")
        await pilot.press(*["backspace"] * 6)
        await typed(pilot, "thu 3 dec 14:00")
        await pilot.press("enter")
        await until(pilot, lambda: "Thursday 3 December 2026, 14:00" in screen_text(app))
