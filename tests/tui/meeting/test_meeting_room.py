"""The meeting around its stories: the agenda, turns, learning, thanks, role-plays, corrections, and what survives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from screen_text import said, screen_text, typed
from textual.pilot import Pilot
from textual.widgets import Input

from meetingtool.actions.meeting import meetings
from meetingtool.actions.reading import settings_of
from meetingtool.actions.settings import change_setting
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Agenda, Meeting
from meetingtool.records.playbook import Scenario
from meetingtool.records.stories import Award, Story
from meetingtool.rules.settings import setting_named
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.meeting.closing import ClosingPage
from meetingtool.tui.stories.capture_line import CaptureLine

WIDE, SMALL = (120, 36), (80, 24)


async def settle(pilot: Pilot[None]) -> None:
    """Let every message be handled and everything be drawn."""
    for _ in range(3):
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, and let the screen follow after each."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def enter(pilot: Pilot[None], text: str) -> None:
    """Type a line and enter it."""
    await typed(pilot, text)
    await press(pilot, "enter")


def flat(app: MeetingtoolApp) -> str:
    """The screen with its line breaks and frames taken out."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def test_the_agenda_is_changed_row_by_row(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "m", "e")
        assert "Agenda · Customer service" in screen_text(app)
        await press(pilot, "down", "down", "s")
        assert "skipped once, back in the meeting after" in flat(app)
        assert "6 segments, 11 min next time" in flat(app)
        await press(pilot, "plus", "shift+up", "a")
        await enter(pilot, "Role-play")
        await press(pilot, "tab")
        await enter(pilot, "5")
        await press(pilot, "ctrl+s")
        await press(pilot, "escape")
        assert "Skipped once: Wins" in flat(app)
    agenda = workspace.find(Agenda)[0]
    assert [s.title for s in agenda.segments][:4] == [
        "Standard of the week",
        "Wins",
        "Role-play",
        "Promises and actions",
    ]
    assert [s.seconds for s in agenda.segments][1:3] == [270, 300]


async def test_a_segment_without_a_title_is_refused_beside_the_fields(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "m", "e", "a", "ctrl+s")
        assert "isn't a number of minutes" in flat(app)


async def test_leaving_a_segment_asks_before_what_was_typed_is_lost(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "m", "e", "a", "escape")
        assert "A new segment" not in screen_text(app)
        await press(pilot, "a", "x", "escape")
        assert "What you typed here will be lost." in flat(app)
        await press(pilot, "enter")
        assert "A new segment" in screen_text(app)
        await press(pilot, "escape", "y")
        assert "A new segment" not in screen_text(app)


async def test_another_agenda_is_made_named_and_used(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "e", "o", "enter")
        await enter(pilot, "Short week")
        assert "Agenda · Short week" in screen_text(app)
        await press(pilot, "x", "o", "enter")
        assert "The meetings use this one." in screen_text(app)
    assert settings_of(workspace).agenda == "Short week"
    assert len(meetings.agenda_of(workspace).segments) == 6


async def test_the_agenda_is_read_and_saved_as_pdf(app: MeetingtoolApp, tmp_path: Path) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "a")
        assert "1. Standard of the week" in screen_text(app)
        await press(pilot, "s")
        app.screen.query_one(Input).value = str(tmp_path / "agenda.pdf")
        await press(pilot, "enter")
        assert "Saved as" in said(app)
    assert (tmp_path / "agenda.pdf").read_bytes().startswith(b"%PDF")


async def test_who_has_been_silent_longest_is_next_and_tab_begins_with_them(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for name, weeks in (("maria", 1), ("tom", 5), ("karim", 2), ("zoe", 3)):
        record_story(workspace, "win", f"@{name} did well", now - timedelta(weeks=weeks), meeting="0" * 26)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter", "ctrl+n", "ctrl+n")
        assert "Who is next Tom 5 weeks · Zoë 3 weeks · Karim 2 weeks · Maria 7 days" in flat(app).replace(
            "14 days", "2 weeks"
        )
        await press(pilot, "tab")
        assert app.screen.query_one(CaptureLine).input.value == "@tom "
        await enter(pilot, "rang back")
        assert "Who is next Zoë" in flat(app)
        meeting = workspace.find(Meeting)[-1]
        zoe = next(e.person for e in meeting.attendance if app.desk.roster.handle(e.person) == "zoe")
        app.attempt(lambda: meetings.set_presence(workspace, meeting, zoe, "absent", now))
        await settle(pilot)
        assert "Who is next Karim" in flat(app)


async def test_a_sticky_is_deepened_right_after_it_was_typed(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter", "ctrl+n", "ctrl+n", "ctrl+n")
        await enter(pilot, "@maria the courier came twice #listen")
        await press(pilot, "up", "enter")
        assert "What happened?" in screen_text(app)
        await typed(pilot, "Nobody opened")
        await press(pilot, "enter")
        await press(pilot, "enter")
        await typed(pilot, "Ring before we drive")
        await press(pilot, "enter")
        await press(pilot, "enter")
        await typed(pilot, "new bell by fri")
        await press(pilot, "enter")
        await press(pilot, "escape")
        assert "→ Ring before we drive" in screen_text(app)
    story, promise = workspace.find(Story)[0], workspace.find(FollowUp)[0]
    assert (story.happened, story.handled, story.learned) == ("Nobody opened", "", "Ring before we drive")
    assert (promise.text, promise.story, promise.meeting) == ("new bell", story.id, story.meeting)


async def test_half_typed_answers_survive_a_hung_up_terminal(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    meeting = meetings.start_meeting(workspace, now)
    record_story(workspace, "sticky", "@maria the courier", now, meeting=meeting.id)
    first = app_on(workspace)
    async with first.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "up", "enter")
        await typed(pilot, "Nobody op")
        first.end()
    second = app_on(workspace)
    async with second.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "escape", "enter")
        assert "Nobody op" in screen_text(second)


async def test_text_in_the_line_survives_a_hung_up_terminal(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    meetings.start_meeting(workspace, now)
    first = app_on(workspace)
    async with first.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await typed(pilot, "half a tho")
        first.end()
    second = app_on(workspace)
    async with second.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert second.screen.query_one(CaptureLine).input.value == "half a tho"


async def test_resizing_while_typing_loses_nothing(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter")
        await typed(pilot, "half a tho")
        for size in ((60, 20), (80, 24), (200, 50), (120, 36)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            line = app.screen.query_one(CaptureLine)
            assert line.input.value == "half a tho"
            assert line.input.has_focus
            assert "half a tho" in screen_text(app)


async def test_wide_terminals_show_earlier_examples_beside(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@tom held the door #welcome", now - timedelta(days=30), meeting="0" * 26)
    async with app.run_test(size=(200, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter")
        assert "#welcome seen before" in screen_text(app)
        assert "held the door" in flat(app)


async def test_the_thanks_segment_takes_thanks(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter", *["ctrl+n"] * 6)
        assert "thanks ›" in screen_text(app)
        await enter(pilot, "@zoe stayed late #listen")
        assert "thanks stayed late" in flat(app)
        await press(pilot, "up", "l")
        await typed(pilot, "A free afternoon")
        await press(pilot, "ctrl+s")
        assert "A free afternoon" in screen_text(app)
    (thanks,) = workspace.find(Story)
    assert (thanks.kind, thanks.reward, thanks.award) == ("praise", "A free afternoon", Award("other", "owed"))


async def test_a_role_play_is_corrected_before_it_is_kept(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    meeting = meetings.start_meeting(workspace, now)
    record_story(workspace, "sticky", "@maria Acme waited for Contoso and left ^Acme", now, meeting=meeting.id)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "m", "up", "r")
        read = flat(app)
        assert "The customer waited for Contoso and left" in read
        assert "Names? Contoso" in read
        title = app.screen.query_one("#title", Input)
        title.value = "Acme"
        await press(pilot, "ctrl+s")
        assert "Somebody can still be recognised" in flat(app)
        title.value = "The wait"
        await press(pilot, "ctrl+s")
        assert "in the playbook now" in said(app)
    assert "The wait" in {scenario.title for scenario in workspace.find(Scenario)}


async def test_a_meeting_of_last_week_is_written_up_and_its_stories_count_for_that_day(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "l")
        await enter(pilot, "last tue")
        assert "paused" in screen_text(app)
        await press(pilot, "i")
        await enter(pilot, "@maria rang back")
    meeting, story = workspace.find(Meeting)[0], workspace.find(Story)[0]
    assert meeting.at.date() == story.at.date() == (now - timedelta(days=7)).date()
    assert story.meeting == meeting.id


async def test_a_meeting_is_suspended_and_goes_on_the_next_day(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    app = app_on(workspace)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter", "ctrl+n", "escape", "z")
        assert "waits here" in said(app)
    later = MeetingtoolApp(workspace, clock=lambda: now + timedelta(days=1))
    async with later.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        assert "▶ Promises and actions" in screen_text(later)
        await press(pilot, "escape", "space")
    assert workspace.find(Meeting)[0].state == "running"


async def test_two_meetings_are_held_on_a_day(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        await press(pilot, "enter", "ctrl+g", "ctrl+s", "escape")
        await press(pilot, "enter")
        assert "The next one is on Tuesday 1 December 2026." in flat(app)
        await press(pilot, "y", "ctrl+g", "ctrl+s", "escape")
    assert [meeting.state for meeting in workspace.find(Meeting)] == ["closed", "closed"]


async def test_corrections_after_closing_are_made_and_said(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    meeting = meetings.start_meeting(workspace, now)
    record_story(workspace, "win", "@maria rang back", now, meeting=meeting.id)
    meetings.close_meeting(workspace, meeting, now - timedelta(seconds=1))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "o", "r")
        await enter(pilot, "7 8")
        assert "Corrected after closing" in screen_text(app)
        await press(pilot, "e", "i")
        await enter(pilot, "@tom found the key")
        await press(pilot, "escape", "escape")
        read = flat(app)
        assert "how the team rated it" in read
        assert "found the key · added on Tue 24 Nov" in read


async def test_colours_are_chosen_and_remembered_and_undo_names_what_it_brings_back(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    record_story(workspace, "win", "@tom found the key", now)
    change_setting(workspace, setting_named("day"), "Friday", now)
    app = app_on(workspace)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.action_colours()
        await settle(pilot)
        await press(pilot, "down", "enter")
    assert settings_of(workspace).theme == "harbour-light"
    app = app_on(workspace)
    assert app.theme == "harbour-light"
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "comma", "end", "u")
        assert "Undone: settings changed. Colours: Dark again, not Light." in said(app)
        app.clear_notifications()
        await settle(pilot)
        assert "Colours Dark" in flat(app)
        assert app.theme == "harbour"
        await press(pilot, "u")
        assert "Undone: settings changed. Day: Tuesday again, not Friday." in said(app)
        await press(pilot, "u")
        assert "Undo: win recorded" in flat(app), "it is no setting, so it is asked first"
        await press(pilot, "u", "y")
        assert "Undone: win recorded" in said(app)


async def test_a_key_is_given_to_something_else_and_works(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.action_change_keys()
        await settle(pilot)
        await press(pilot, *"service", "enter", "f6", "escape")
        await press(pilot, "f6")
        assert "Note it" in screen_text(app)
    assert settings_of(workspace).keys == {"capture.win": "f6"}


async def test_closing_confirms_owners_and_dates_in_one_pass(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter")
        await enter(pilot, "rang back !send the form")
        await press(pilot, "ctrl+g")
        assert "! 1 without a date or an owner" in flat(app)
        await press(pilot, "ctrl+o", "w", "down", "enter", "f")
        await enter(pilot, "fri")
        await press(pilot, "escape")
        assert "without" not in flat(app)
        assert "Friday" in flat(app)
    promise = workspace.find(FollowUp)[0]
    assert promise.due is not None
    assert len(promise.people) == 1


async def test_of_two_who_close_one_meeting_the_second_is_told_and_nothing_typed_is_lost(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    begun = meetings.start_meeting(workspace, now)
    with Workspace.open(workspace.folder, user="tom") as other:
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot)
            await press(pilot, "m", "escape", "c", "8", "space", "9", "tab")
            await typed(pilot, "Mine is this.")
            noted = meetings.write_notes(other, other.get(Meeting, begun.id), "Theirs was there.", now)
            meetings.close_meeting(other, noted, now, team_rating=(7,), notes="Theirs was there.")
            await press(pilot, "ctrl+s")
            told = f"tom closed the meeting at {now:%H:%M}. What you typed is kept with its minutes."
            assert told in said(app)
            assert "Not saved yet: your notes (n) and your numbers (r)" in flat(app)
            await press(pilot, "n")
            assert "Theirs was there. Mine is this." in flat(app)
            await press(pilot, "ctrl+s", "r")
            assert "8 9" in flat(app)
            await press(pilot, "enter")
            assert "Not saved yet" not in flat(app)
            closed = workspace.get(Meeting, begun.id)
            assert (closed.notes, closed.team_rating) == ("Theirs was there.\nMine is this.", (8, 9))


async def test_notes_added_elsewhere_while_a_meeting_is_closed_stay_and_who_closed_it_is_said(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    begun = meetings.start_meeting(workspace, now)
    with Workspace.open(workspace.folder, user="tom") as other:
        async with app.run_test(size=SMALL) as pilot:
            await settle(pilot)
            await press(pilot, "m", "escape", "c", "tab")
            await typed(pilot, "Mine is this.")
            meetings.write_notes(other, other.get(Meeting, begun.id), "Theirs was there.", now)
            await press(pilot, "ctrl+s")
            assert workspace.get(Meeting, begun.id).notes == "Mine is this.\nTheirs was there."
            await press(pilot, "escape")
            begun = meetings.start_meeting(workspace, now)
            app.redraw()
            await press(pilot, "escape", "c", "8", "escape")
            assert not isinstance(app.screen, ClosingPage)
            other.refresh()
            meetings.close_meeting(other, other.get(Meeting, begun.id), now)
            app.look_for_changes()
            await settle(pilot)
            told = f"tom closed the meeting at {now:%H:%M}. What you typed to close it is kept with its minutes."
            assert said(app) == told
