"""The grid of people and courses: a key records, excuses or moves, and Today tells who is due."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from screen_text import said, screen_text, typed
from textual.widgets import Input

from meetingtool.actions.playbook.courses import add_course
from meetingtool.records.alerts import Comparison
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.surveys import Measure, Survey
from meetingtool.records.training import Course, Session
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.lists.row_panel import RowPanel

SIZES = [(80, 24), (120, 36)]


def recorded(workspace: Workspace) -> list[tuple[str, ...]]:
    return [tuple(part.how for part in session.people) for session in workspace.find(Session)]


async def test_a_round_through_the_grid(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("p", "d")
        assert "There are no courses yet" in screen_text(app)
        await pilot.press("a")
        assert "Training · 0 of 20 done, 0 over" in screen_text(app)
        assert "complains" in screen_text(app)
        assert "Karim Haddad  The standards · due Thu 24 Dec" in screen_text(app)
        await pilot.press("plus", "full_stop", *"led it", "enter")
        assert recorded(workspace) == [("done",), ("excused",)]
        assert "✓ Nov" in screen_text(app)
        assert "excused" in screen_text(app)
        await pilot.press("down", "f", *"9 jan", "enter")
        assert "· Jan" in screen_text(app)
        await pilot.press("right", "s")
        await pilot.press("3", "0", "tab", *"Much laughter", "enter")
        assert workspace.find(Session)[-1].noticed == "Much laughter"
        assert recorded(workspace)[-1] == ("absent", "done", "done")
        await pilot.press("enter")
        assert "When somebody complains" in screen_text(app)
        await pilot.press("escape", "greater_than_sign")
        (action,) = workspace.find(FollowUp)
        assert (action.text, action.due) == ("Hold the course “When somebody complains”", now.date())
        await pilot.press("greater_than_sign")
        assert "already on the list for the next meeting" in said(app)
        await pilot.press("equals_sign")
        assert "no answers of customers to compare yet" in said(app)
        measure = Measure(key="m", title="Satisfied?", scale="csat5", satisfied=4, low=1, high=5)
        made = {"id": mint(now), "at": now, "made_at": now, "made_by": "pat"}
        survey = Survey(**made, name="Desk", primary="m", measures=(measure,))  # type: ignore[arg-type]
        workspace.save(survey, deed=deeds.SURVEY_IMPORTED, now=now)
        await pilot.press("equals_sign")
        await pilot.press("enter")
        (compared,) = workspace.find(Comparison)
        assert compared.because == "the training “When somebody complains”"
        assert (compared.before_since, compared.after_until) == (date(2026, 7, 1), date(2027, 3, 31))
        await pilot.press("ctrl+r")
        assert "complains" not in screen_text(app)


async def test_today_tells_who_is_due_and_leads_to_the_grid(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    add_course(workspace, "Words [/foo]", now, since=date(2026, 10, 1))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        seen = screen_text(app)
        assert "! training" in seen
        assert "Words [/foo] · Karim" in seen
        panel = app.screen.query_one("#needs", RowPanel)
        panel.focus()
        panel.choose("training")
        await pilot.press("enter")
        assert "Training · 0 of 4 done, 4 over" in screen_text(app)
        await pilot.press("escape", "v")
        assert "Words [/foo]" not in screen_text(app)


async def test_a_course_of_ones_own_is_added_changed_and_retired(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "d")
        await pilot.press("n")
        await pilot.press(*"Keys", "tab", "tab", *"@tom, pilots", "tab", *"#own-it", "tab", "end", *"x", "ctrl+s")
        assert "“30x” is not a whole number" in screen_text(app)
        await pilot.press("backspace", "ctrl+s")
        assert "Nobody has the role “pilots”" in said(app)
        app.screen.query_one("#whom", Input).value = "@tom"
        await pilot.press("ctrl+s")
        (course,) = workspace.find(Course)
        assert (course.title, course.standards, course.first_after_days) == ("Keys", ("own-it",), 30)
        assert "Keys" in screen_text(app)
        await pilot.press("e")
        app.screen.query_one("#again_after_months", Input).value = "12"
        await pilot.press("ctrl+s")
        (changed,) = workspace.find(Course)
        assert (changed.again_after_months, changed.people) == (12, course.people)
        await pilot.press("x")
        await pilot.press("y")
        assert workspace.find(Course)[0].retired is not None


async def test_a_register_is_seen_before_it_is_taken_in(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, tmp_path: Path
) -> None:
    add_course(workspace, "Complaints", now, since=date(2026, 1, 5))
    register = tmp_path / "register.csv"
    register.write_text("Person,Lesson held,Day\nTom Ng,Complaints,2026-03-02\nNobody,Complaints,2026-03-02\n")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("p", "d", "i")
        app.screen.query_one(Input).value = str(register)
        await pilot.press("enter")
        await typed(pilot, "Lesson")
        await pilot.press("enter")
        assert "1 training, 0 known already, 1 line left out?" in screen_text(app)
        assert "Line 3:" in screen_text(app)
        assert not workspace.find(Session)
        await pilot.press("y")
        assert recorded(workspace) == [("done",)]
        await pilot.press("u")
        assert not workspace.find(Session)
