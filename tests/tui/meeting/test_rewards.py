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
    record_story(workspace, "win", "@tom drove it over +", now, on=date(2026, 11, 2))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert "Tom · a starred win" in screen_text(app)
        panel = app.screen.query_one("#needs", RowPanel)
        panel.focus()
        panel.choose(f"thank:{person_named(roster_of(workspace, now.date()), '@tom').id}")
        await pilot.press("enter")
        await pilot.pause()
        await typed(pilot, "drove it over in the rain ")
        assert "● what  ○ for whom  ○ standard" in screen_text(app)
        await typed(pilot, "#own-it ^Acme ")
        assert "● what  ● for whom  ● standard" in screen_text(app)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert [s.text for s in workspace.find(Story, kind="praise")] == ["drove it over in the rain"]
        assert "· a starred win" not in screen_text(app)
        await pilot.press("p", "T")
        await pilot.pause()
        seen = screen_text(app)
        assert "Not thanked lately" in seen
        assert seen.index("Karim Haddad") < seen.index("Tom Ng"), "the longest ago first"
        app.action_toggle_room()
        await pilot.pause()
        assert "Not thanked lately" not in screen_text(app)


async def test_rewards_are_handed_over_at_the_end_of_the_meeting(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    edit_person(workspace, person_named(roster_of(workspace, now.date()), "@zoe"), now, thanks="private")
    for who, reward in (("maria", "[two] tickets"), ("zoe", "flowers")):
        thank(workspace, f"@{who} rang back twice", now, reward=reward, award=Award("ticket", "owed"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("m", "enter")
        await pilot.pause()
        (meeting,) = workspace.find(Meeting)
        for _ in meeting.segments[1:]:
            await pilot.press("ctrl+n")
            await pilot.pause()
        seen = screen_text(app)
        assert "To hand over  Maria  [two] tickets" in seen
        assert "flowers" not in seen
        await pilot.press("escape", "y")
        await pilot.pause()
        assert "flowers" not in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "No reward is owed" in screen_text(app)
    awards = {s.reward: s.award.state for s in workspace.find(Story, kind="praise") if s.award}
    assert awards == {"[two] tickets": "given", "flowers": "owed"}
