"""The philosophy in the app: taken up, distilled, agreed on in the meeting, and the groups we serve."""

from __future__ import annotations

from datetime import datetime, timedelta

from screen_text import screen_text, until
from textual.widgets import TextArea

from meetingtool.actions.meeting import meetings
from meetingtool.actions.playbook.philosophy import propose, take_up
from meetingtool.records.meetings import Meeting
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.playbook import Question
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp

FIRST = "When did we last serve somebody so well"


def flat(app: MeetingtoolApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


async def test_from_the_empty_tab_to_a_sentence_and_back(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b", "5", "escape")
        assert app.current_mode == "today", "Escape leads back from an empty tab"
        await pilot.press("b", "4")
        await until(pilot, lambda: "n has the next meetings ask fourteen questions" in flat(app))
        await pilot.press("n")
        assert "14 of the questions not answered yet" in flat(app)
        for weeks in (3, 2, 1):
            first = workspace.find(Question, audience="philosophy")[0]
            at = now - timedelta(weeks=weeks)
            meetings.write_up(
                workspace, at, at, segments=(), attendance=(), standard=None, question=first.id, answers=("[/ride]",)
            )
        app.action_mode("today")
        await pilot.pause()
        assert f"answered “{FIRST}" in flat(app)
        app.go_to("playbook", "shelf('philosophy')")
        await pilot.pause()
        assert "3 meetings" in flat(app)
        await pilot.press("d")
        assert "One sentence from all these answers" in flat(app)
        app.screen.query_one("#text", TextArea).insert("We ring back [/today].")
        await pilot.press("ctrl+s")
        (sentence,) = workspace.find(Statement)
        assert sentence.section == "service"
        assert "1 sentence" in flat(app)
        assert "The next meeting asks: Is that it?" in flat(app)
        await pilot.press("y")
        assert "Agreed on Tue 24 Nov · to be read again by Wed 24 Nov 2027." in flat(app)
        await pilot.press("u", "v")
        assert "The next meeting asks: Is that it?" in flat(app)
        assert "Agreed" not in flat(app)


async def test_the_meeting_is_asked_rewords_and_agrees_with_who_is_here(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    take_up(workspace, now)
    propose(workspace, "We ring back [/today].", now, section="promise")
    propose(workspace, "Second.", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "enter")
        (meeting,) = workspace.find(Meeting)
        for _ in range([segment.topic for segment in meeting.segments].index("question")):
            await pilot.press("ctrl+n")
        seen = flat(app)
        assert "“We ring back [/today].” 1 of 2" in seen
        assert "Is that it?" in seen
        assert FIRST in seen
        await pilot.press("escape", "e")
        await pilot.press("end", *" Always.", "enter")
        await pilot.press("y")
        assert "“Second.”" in flat(app)
        agreed = next(each for each in workspace.find(Statement) if each.agreed_on)
        (meeting,) = workspace.find(Meeting)
        assert agreed.text == "We ring back [/today]. Always."
        assert (agreed.agreed_in, len(agreed.agreed_with)) == (meeting.id, len(meeting.attendance))
        assert meeting.notes == "Agreed: We ring back [/today]. Always."
        await pilot.press("u")
        assert [each.agreed_on for each in workspace.find(Statement)] == [None, None]
        assert workspace.find(Meeting)[0].notes == ""


async def test_a_group_is_written_down_with_its_needs(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("b", "5", "a")
        await pilot.press(*"Commuters", "enter", *"one bike", "enter")
        app.screen.query_one("#needs", TextArea).insert("survey: open [/early]\n\na loan bike")
        await pilot.press("ctrl+s")
        (group,) = workspace.find(Group)
        assert [(need.text, need.known_from) for need in group.needs] == [
            ("open [/early]", "survey"),
            ("a loan bike", "said"),
        ]
        assert "open [/early] from our survey" in flat(app)
        assert "2 needs" in flat(app)
