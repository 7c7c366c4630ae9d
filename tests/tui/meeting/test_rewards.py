"""Thanks in the app: the dots under the line, who is owed some, and rewards handed over in the meeting."""

from __future__ import annotations

from datetime import date, datetime

from screen_text import screen_text, typed

from meetingtool.actions.people.team import edit_person
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Award, Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.lists.row_panel import RowPanel


async def test_today_says_whom_to_thank_and_three_dots_fill(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    win = record_story(workspace, "win", "@tom drove it over +", now, on=date(2026, 11, 2)).story
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Tom · a starred win" in screen_text(app)
        panel = app.screen.query_one("#needs", RowPanel)
        panel.focus()
        panel.choose(f"thank:{person_named(roster_of(workspace, now.date()), '@tom').id}")
        await pilot.press("enter")
        assert "For: “drove it over”" in screen_text(app)
        await typed(pilot, "drove it over in the rain ")
        assert "● what  ○ for whom  ○ standard" in screen_text(app)
        await typed(pilot, "#own-it ^Acme ")
        assert "● what  ● for whom  ● standard" in screen_text(app)
        await pilot.press("enter", "escape")
        (thanks,) = workspace.find(Story, kind="praise")
        assert (thanks.text, thanks.because) == ("drove it over in the rain", win.id)
        assert "· a starred win" not in screen_text(app)
        await pilot.press("p", "T")
        seen = screen_text(app)
        assert "Not thanked lately" in seen
        assert seen.index("Karim Haddad") < seen.index("Tom Ng"), "the longest ago first"
        app.action_toggle_room()
        await pilot.pause()
        assert "Not thanked lately" not in screen_text(app)


async def test_a_reward_is_noted_on_the_page_of_thanks_changed_and_dropped(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    win = record_story(workspace, "win", "@tom drove it over", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.open_record(win)
        await pilot.pause()
        await pilot.press("T")
        await typed(pilot, "for the rain")
        await pilot.press("enter", "escape")
        (thanks,) = workspace.find(Story, kind="praise")
        assert (thanks.people, thanks.because) == (win.people, win.id)
        app.open_record(thanks)
        await pilot.pause()
        assert "For         drove it over" in screen_text(app)
        await pilot.press("R")
        await pilot.press("ctrl+s")
        assert "Say what it is" in screen_text(app)
        await typed(pilot, "[two] tickets")
        await pilot.press("tab", "tab", "tab")
        await typed(pilot, "12.50")
        await pilot.press("ctrl+s")
        assert "[two] tickets" in screen_text(app)
        assert "Owed        other · £12.50" in screen_text(app)
        await pilot.press("escape", "escape", "p", "T", "R")
        await pilot.press("enter")
        assert "other · £12.50 · given Tue 24 Nov" in screen_text(app)
        await pilot.press("e")
        await pilot.press("ctrl+u", "ctrl+s")
        assert "No reward is owed" in screen_text(app)
        (dropped,) = workspace.find(Story, kind="praise")
        assert (dropped.reward, dropped.award) == ("", None)
        app.action_undo()
        await pilot.pause()
        assert "given Tue 24 Nov" in screen_text(app)


async def test_rewards_are_handed_over_at_the_end_of_the_meeting(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    edit_person(workspace, person_named(roster_of(workspace, now.date()), "@zoe"), now, thanks="private")
    for who, reward in (("maria", "[two] tickets"), ("zoe", "flowers")):
        thank(workspace, f"@{who} rang back twice", now, reward=reward, award=Award("ticket", "owed"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m", "enter")
        (meeting,) = workspace.find(Meeting)
        for _ in meeting.segments[1:]:
            await pilot.press("ctrl+n")
        seen = screen_text(app)
        assert "To hand over  Maria  [two] tickets" in seen
        assert "flowers" not in seen
        assert "Escape, then y marks them" in seen, "the cursor is in the line, where a y is a letter"
        await pilot.press("escape")
        assert "Escape, then" not in screen_text(app)
        assert "y marks them as handed over." in screen_text(app)
        await pilot.press("y")
        assert "flowers" not in screen_text(app)
        await pilot.press("enter")
        assert "No reward is owed" in screen_text(app)
    awards = {s.reward: s.award.state for s in workspace.find(Story, kind="praise") if s.award}
    assert awards == {"[two] tickets": "given", "flowers": "owed"}
