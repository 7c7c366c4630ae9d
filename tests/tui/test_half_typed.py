"""What is half typed in private is gone from sight in the room, there again afterwards, and never lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from screen_text import said, screen_text, until
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from meetingtool.actions.meeting import meetings
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.customers.naming import draft_of
from meetingtool.rules.people.periods import Period
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.ask_text import AskText, WriteText
from meetingtool.tui.dialogs.keys import KeySheet
from meetingtool.tui.frame.page import Page
from meetingtool.tui.meeting.closing import ClosingPage
from meetingtool.tui.meeting.deepen import DeepenPage
from meetingtool.tui.people.evaluation_page import EvaluationPage
from meetingtool.tui.people.person_form import PersonForm
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.stories.quick_capture import QuickCapture

PERIODS = (("2026", date(2026, 1, 1)), ("2026 H2", date(2026, 7, 1)))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")
SECRET, SHOWN = "zebrafish", "lighthouse"


async def open_page(pilot: Pilot[Any], page: Page[Any]) -> Page[Any]:
    pilot.app.push_screen(page)
    await until(pilot, lambda: page.is_mounted and page.is_current)
    await pilot.pause()
    return page


def field_of(page: Page[Any]) -> Input | TextArea:
    """The first field for free text."""
    return page.query("TextArea, #line, Input").first()  # type: ignore[return-value]


def typed_in(field: Input | TextArea) -> str:
    return field.text if isinstance(field, TextArea) else field.value


async def type_in(pilot: Pilot[Any], field: Input | TextArea, text: str) -> None:
    if isinstance(field, TextArea):
        field.text = text
    else:
        field.value = text
    await pilot.pause()


async def test_every_dialog_with_text_closes_in_the_room_and_has_the_text_again_in_private(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    held = meetings.start_meeting(workspace, now - timedelta(minutes=9))
    sticky = record_story(workspace, "sticky", "@tom the lamp failed", now, meeting=held.id).story
    win = record_story(workspace, "win", "@maria lit it again", now).story
    running = workspace.get(Meeting, held.id)
    dialogs = (
        lambda: QuickCapture("win"),
        lambda: EditLine(win),
        lambda: EditLine(sticky),
        lambda: DeepenPage(sticky),
        lambda: ClosingPage(running),
        lambda: WriteText("Notes for the minutes", "", draft="notes-1"),
    )
    walked = 0
    async with app.run_test(size=(110, 40)) as pilot:
        for dialog in dialogs:
            page = await open_page(pilot, dialog())
            await type_in(pilot, field_of(page), f"{SECRET} ~")
            await pilot.press("ctrl+r")
            await until(pilot, lambda page=page: page not in app.screen_stack)
            assert app.desk.room
            assert SECRET not in screen_text(app)
            page = await open_page(pilot, dialog())
            assert SECRET not in screen_text(app), type(page)
            await type_in(pilot, field_of(page), f"{SHOWN} now")
            app.set_room(False)
            await until(pilot, lambda page=page: page not in app.screen_stack)
            page = await open_page(pilot, dialog())
            assert SECRET in typed_in(field_of(page)), type(page)
            walked += 1
            app.pop_screen()
            await pilot.pause()
    assert walked == len(dialogs)


async def test_the_line_of_the_meeting_and_the_search_are_each_their_own_in_the_room(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    meetings.start_meeting(workspace, now - timedelta(minutes=9))
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.press("m")
        line = app.screen.query_one(CaptureLine)
        await type_in(pilot, line.input, f"@maria {SECRET}")
        app.set_room(True)
        assert line.input.value == ""
        await type_in(pilot, line.input, f"@maria {SHOWN}")
        app.set_room(False)
        assert line.input.value == f"@maria {SECRET}"
        await type_in(pilot, line.input, "")
        app.set_room(True)
        app.set_room(False)
        assert line.input.value == f"@maria {SHOWN}", "what was begun in the room can be ended in private"
        await type_in(pilot, line.input, f"@maria {SHOWN} {SECRET}")
        app.set_room(True)
        assert line.input.value == "", "and is private once it was changed there"
        app.set_room(False)
        await type_in(pilot, line.input, "")
        await pilot.press("escape", "h")
        search = app.screen.query_one(Input)
        await type_in(pilot, search, SECRET)
        app.set_room(True)
        await pilot.pause()
        assert SECRET not in screen_text(app)
        app.set_room(False)
        await pilot.pause()
        assert search.value == SECRET
        await pilot.press("escape", "escape", "colon", *SECRET)
        await until(pilot, lambda: SECRET in screen_text(app))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not CommandPalette.is_open(app))
        assert SECRET not in screen_text(app)


async def test_what_is_half_typed_at_the_close_is_no_part_of_the_next_meetings_first_story(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    meetings.start_meeting(workspace, now - timedelta(minutes=9))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("m")
        line = app.screen.query_one(CaptureLine)
        line.kind = "promise"
        await type_in(pilot, line.input, f"{SHOWN} @tom")
        await pilot.press("ctrl+g")
        assert "The line in the meeting is not saved" in screen_text(app)
        await pilot.press("ctrl+s", "escape")
        meetings.start_meeting(workspace, now)
        app.look_for_changes()
        app.redraw()
        await pilot.pause()
        assert line.input.value == ""
        assert "not saved last time: promise" in screen_text(app)
        line.kind = "win"
        await typed_line(pilot, "@maria stayed")
        assert "not saved last time: promise" in screen_text(app)
        await pilot.press("down")
        assert (line.kind, line.input.value) == ("promise", f"{SHOWN} @tom")
        await type_in(pilot, line.input, "")
        assert "not saved last time" not in screen_text(app)
    assert [story.text for story in workspace.find(Story)] == ["stayed"]


async def typed_line(pilot: Pilot[Any], line: str) -> None:
    """Type a line of the meeting, and wait until it is no longer said that it was saved."""
    await pilot.press(*line, "enter")
    await pilot.pause()
    pilot.app.screen.query_one(CaptureLine)._no_longer_told(pilot.app.screen.query_one(CaptureLine)._told)


async def test_no_two_stories_and_no_two_periods_share_what_is_half_typed(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    first, second = (record_story(workspace, "sticky", f"@tom lamp {n}", now).story for n in (1, 2))
    maria = app.desk.roster.person("maria")
    assert maria is not None
    year, half = (Period(since, date(2026, 12, 31), label) for label, since in PERIODS)
    async with app.run_test(size=(110, 40)) as pilot:
        for one, other in ((first, second), (second, first)):
            page = await open_page(pilot, DeepenPage(one))
            await type_in(pilot, page.query_one(CaptureLine).input, f"new lamp for {one.text}")
            await pilot.press("escape")
            page = await open_page(pilot, DeepenPage(other))
            assert one.text not in page.query_one(CaptureLine).input.value
            app.pop_screen()
            await pilot.pause()
        page = await open_page(pilot, EvaluationPage(maria, year))
        await type_in(pilot, page.query_one("#goals", TextArea), "more")
        app.pop_screen()
        await pilot.pause()
        page = await open_page(pilot, EvaluationPage(maria, half))
        assert page.query_one("#goals", TextArea).text == ""


async def test_what_can_not_be_written_is_kept_as_long_as_the_app_is_open(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    maria = app.desk.roster.person("maria")
    assert maria is not None
    drafts = workspace.folder / "drafts"
    shutil.rmtree(drafts, ignore_errors=True)
    drafts.write_bytes(b"no folder")
    story = record_story(workspace, "win", "@maria lit it again", now).story
    dialogs = (lambda: QuickCapture("win"), lambda: EditLine(story), lambda: EvaluationPage(maria, YEAR))
    async with app.run_test(size=(110, 40)) as pilot:
        for dialog in dialogs:
            page = await open_page(pilot, dialog())
            await type_in(pilot, field_of(page), f"{SHOWN} of {type(page).__name__}")
            await pilot.press("escape")
            await until(pilot, lambda page=page: page not in app.screen_stack)  # type: ignore[misc]
            assert "Could not write" in said(app)
            page = await open_page(pilot, dialog())
            assert typed_in(field_of(page)) == f"{SHOWN} of {type(page).__name__}"
            app.pop_screen()
            await pilot.pause()


async def test_a_person_and_a_customers_note_half_typed_are_there_again_and_a_cancelled_person_is_not(
    app: MeetingtoolApp, workspace: Workspace, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    async with app.run_test(size=(110, 40)) as pilot:
        form = await open_page(pilot, PersonForm(None))
        await type_in(pilot, form.query_one("#role", Input), "harbour pilot")
        note = AskText("What should we know?", draft=draft_of("note", "Blue Door"), value="tea")
        await type_in(pilot, (await open_page(pilot, note)).query_one(Input), "tea, no milk")
    async with app_on(workspace).run_test(size=(110, 40)) as pilot:
        again = await open_page(pilot, AskText("What?", draft=draft_of("note", "Blue Door"), value="tea"))
        assert again.query_one(Input).value == "tea, no milk"
        assert "! Unsaved text from last time." in screen_text(pilot.app)
        form = await open_page(pilot, PersonForm(None))
        assert form.query_one("#role", Input).value == "harbour pilot"
        await pilot.press("escape")
        form = await open_page(pilot, PersonForm(None))
        assert form.query_one("#role", Input).value == ""
        await pilot.press("escape", "escape", "question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeySheet))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not isinstance(pilot.app.screen, KeySheet))
