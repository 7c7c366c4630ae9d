"""The evaluation in the app: sharing, the answer, finalising, reopening, writing files."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from screen_text import said, screen_text
from textual.pilot import Pilot
from textual.widgets import Input

from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.people import evaluation_course, evaluations
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.evaluations import Evaluation
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.people.export_page import ExportPage
from meetingtool.tui.people.people import PeopleScreen
from tests.conftest import Prepared

SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def rated(workspace: Workspace, folder: Path, prepared: Prepared, now: datetime) -> Workspace:
    """Maria has been rated 4 on every standard, in spring and in autumn."""
    prepared(folder, rate_maria, workspace, now)
    workspace.refresh()
    return workspace


def rate_maria(workspace: Workspace, now: datetime) -> None:
    roster = roster_of(workspace, now.date())
    maria = roster.person("maria")
    assert maria is not None
    for standard in roster.standards:
        for when in (now - timedelta(days=200), now):
            rate(workspace, maria, standard, 4, now, at=when)


async def to_evaluation(pilot: Pilot[None]) -> None:
    """Into the evaluation of Maria."""
    await pilot.press("p", "down")
    await pilot.press("right", "right", "right")
    await pilot.press("enter")


def flat(app: MeetingtoolApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


def now_kept(workspace: Workspace) -> Evaluation:
    (found,) = workspace.find(Evaluation)
    return found


async def test_the_course_from_draft_to_final_and_back(app: MeetingtoolApp, rated: Workspace, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        assert "▶ draft" in flat(app)
        await pilot.press("k", "z")
        assert isinstance(app.screen, PeopleScreen), "no answer and no reopening before it is shared"
        await pilot.press("S")
        assert "Check first:" in flat(app)
        await pilot.press(*"new", "enter")
        assert "It stays as it is from now on" in flat(app)
        await pilot.press("y")
        assert now_kept(rated).state == "shared"
        assert "▶ shared" in flat(app)
        assert "N Answer" in flat(app)
        assert "S Share" not in flat(app)
        await pilot.press("N", "down", "enter")
        await pilot.press(*"no [b]", "ctrl+s")
        assert now_kept(rated).comment == "no [b]"
        assert "Answer: disagrees no [b]" in flat(app)
        await pilot.press("N", "escape", "N", *"she rang", "enter", "enter")
        await pilot.press("ctrl+s")
        assert "Answer: agrees" in flat(app)
        assert now_kept(rated).comment == ""
        await pilot.press("F", "y")
        assert now_kept(rated).state == "final"
        assert "edition 1" in flat(app)
        await pilot.press("z", *"again", "enter")
        assert now_kept(rated).state == "draft"
        assert "because: again." in flat(app)
        await pilot.press("E")
        assert "edition 1" in flat(app)
        await pilot.press("G")
        assert now_kept(rated).finals[0].digest[:40] in flat(app)
        await pilot.press("x")
        assert "Export · Maria Lopez · 2026 · edition 1" in flat(app)
        app.screen.query_one("#folder", Input).value = str(tmp_path)
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        assert [path.name for path in tmp_path.glob("*.pdf")] == [
            "Maria Lopez maria 2026 - edition 1 - for the manager.pdf"
        ]


async def test_stepping_back_changes_nothing_and_loses_nothing_typed(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("S", *"because", "escape")
        assert rated.find(Evaluation) == []
        await pilot.press("S")
        assert app.screen.query_one(Input).value == "because"
        await pilot.press("enter", "n")
        assert rated.find(Evaluation) == []


async def test_what_was_removed_since_is_named(app: MeetingtoolApp, rated: Workspace, now: datetime) -> None:
    roster = roster_of(rated, now.date())
    maria = roster.person("maria")
    assert maria is not None
    win = record_story(rated, "win", "@maria closed the gap #own-it", now).story
    rate(rated, maria, roster.standards[2], 5, now, stories=[win])
    evaluation_course.finalise(rated, maria, period_of(2026), now, reason="x")
    remove(rated, win, now)
    async with app.run_test(size=(120, 36)) as pilot:
        await to_evaluation(pilot)
        assert "1 record it rests on has been removed since" in flat(app)
        assert "✓ draft – shared – acknowledged ▶ final" in flat(app)


async def wait_for(pilot: Pilot[None], what: type[object]) -> None:
    """Until that screen is the topmost one again."""
    for _ in range(200):
        await pilot.pause()
        if isinstance(pilot.app.screen, what):
            return
        await asyncio.sleep(0)
    raise AssertionError(f"{what} did not come")


async def test_the_whole_team_is_exported_for_the_employees(
    app: MeetingtoolApp, rated: Workspace, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("x")
        page = app.screen
        assert isinstance(page, ExportPage)
        assert "[ ] The whole team" in screen_text(app)
        page.query_one("#folder", Input).value = str(tmp_path / "out")
        await pilot.click("#all")
        await pilot.click("#employee")
        for other in page.query("#formats TickBox"):
            other.value = other.id == "format-md"
        await pilot.pause()
        assert "[✓] The whole team" in screen_text(app)
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await wait_for(pilot, PeopleScreen)
        names = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert len(names) == 5
        assert "Maria Lopez maria 2026 - for the employee.md" in names
        assert "5 files written" in said(app)


async def test_a_place_that_can_not_be_written_is_told_on_the_page(
    app: MeetingtoolApp, rated: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("x")
        page = app.screen
        page.query_one("#folder", Input).value = str(tmp_path / "file")
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ExportPage)
        assert "is a file, not a folder" in flat(app)


async def test_in_the_room_nothing_is_exported(app: MeetingtoolApp, rated: Workspace, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("x")
        page = app.screen
        assert isinstance(page, ExportPage)
        page.query_one("#folder", Input).value = str(tmp_path / "out")
        app.desk.room = True
        page.action_export()
        await pilot.pause()
        assert "private" in str(page.query_one("#problem").render())
        app.set_room(True)
        await pilot.pause()
        assert isinstance(app.screen, PeopleScreen)
        assert not (tmp_path / "out").exists()


async def test_the_manager_picks_the_stories(app: MeetingtoolApp, rated: Workspace, now: datetime) -> None:
    first = record_story(rated, "win", "@maria closed the gap #own-it +", now).story
    second = record_story(rated, "win", "@maria [rang] again #own-it", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("plus")
        seen = flat(app)
        assert seen.count("[✓]") == 2, "the best are suggested"
        assert "[rang] again" in seen
        await pilot.press("space", "ctrl+s")
        (kept,) = now_kept(rated).stories
        assert kept in (first.id, second.id)
        await pilot.press("plus")
        assert flat(app).count("[✓]") == 1
        await pilot.press("escape")
        assert isinstance(app.screen, PeopleScreen)


async def test_the_answer_is_taken_in_from_the_employees_file(
    app: MeetingtoolApp, rated: Workspace, now: datetime, tmp_path: Path
) -> None:
    maria = roster_of(rated, now.date()).person("maria")
    assert maria is not None
    shared = evaluation_course.share(rated, maria, period_of(2026), now, reason="new")
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"answer_to": shared.shared_digest, "agrees": False, "comment": "Not [b] so."}))
    async with app.run_test(size=(120, 36)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("V", *"/nowhere", "enter")
        assert now_kept(rated).state == "shared"
        await pilot.press("V")
        app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        assert (now_kept(rated).agrees, now_kept(rated).comment) == (False, "Not [b] so.")
        assert "Answer: disagrees Not [b] so." in flat(app)


async def test_points_beyond_the_limit_are_told_at_once_and_nothing_typed_is_lost(
    app: MeetingtoolApp, rated: Workspace
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("A", "7", "enter")
        assert "An adjustment is at most 5 points, up or down." in flat(app)
        assert app.screen.query_one(Input).value == "7"
        await pilot.press("backspace", "2", "enter")
        await pilot.press(*"quiet", "escape", "A", "2", "enter")
        assert app.screen.query_one(Input).value == "quiet", "the reason is still there"
        await pilot.press("enter")
        assert (now_kept(rated).adjustment, now_kept(rated).adjustment_reason) == (2, "quiet")


async def test_what_is_shared_is_exported_as_the_employees_copy(
    app: MeetingtoolApp, rated: Workspace, now: datetime, tmp_path: Path
) -> None:
    maria = roster_of(rated, now.date()).person("maria")
    assert maria is not None
    evaluation_course.share(rated, maria, period_of(2026), now, reason="new")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        await pilot.press("x")
        assert "[✓] For the employee" in screen_text(app)
        app.screen.query_one("#folder", Input).value = str(tmp_path / "out")
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await wait_for(pilot, PeopleScreen)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Maria Lopez maria 2026 - for the employee.pdf"]


async def test_last_years_goals_are_carried_on_once_behind_what_is_typed(
    app: MeetingtoolApp, rated: Workspace, now: datetime
) -> None:
    maria = roster_of(rated, now.date()).person("maria")
    assert maria is not None
    evaluations.write(rated, maria, period_of(2025), now, goals="Ring back the same day.")
    evaluation_course.finalise(rated, maria, period_of(2025), now, reason="late")
    evaluations.write(rated, maria, period_of(2026), now, goals="Teach Tom.")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_evaluation(pilot)
        assert "Last year’s goals Ring back the same day." in flat(app)
        await pilot.press("enter")
        assert "Last year's goals · ^g carries them over Ring back the same day." in flat(app)
        await pilot.press("ctrl+g", "ctrl+g", "ctrl+s")
    (kept,) = rated.find(Evaluation, since=period_of(2026).since, until=period_of(2026).until)
    assert kept.goals == "Teach Tom.\nRing back the same day."


async def test_the_sum_says_of_how_much_weight_where_parts_are_absent(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("p", "down")
        await pilot.press("right", "right")
        assert "of 60 75.0 the sum" in flat(app)


async def test_words_written_elsewhere_hold_the_save_until_they_have_been_told(
    app: MeetingtoolApp, rated: Workspace, folder: Path, now: datetime
) -> None:
    maria = roster_of(rated, now.date()).person("maria")
    assert maria is not None
    with Workspace.open(folder, user="sam") as other:
        async with app.run_test(size=(80, 24)) as pilot:
            await to_evaluation(pilot)
            await pilot.press("enter")
            await pilot.press(*"mine")
            evaluations.write(other, maria, period_of(2026), now, strengths="theirs", growth="grow")
            await pilot.press("ctrl+s")
            assert "“Strengths” now says “theirs”" in flat(app)
            assert "Not saved yet: somebody changed the same words." in said(app)
            assert now_kept(rated).strengths == "theirs"
            await pilot.press("escape")
            other.refresh()
            evaluations.write(other, maria, period_of(2026), now, strengths="newest")
            app.look_for_changes()
            await pilot.press("enter")
            assert "“Strengths” now says “newest”" in flat(app), "what was typed before was begun from other words"
            await pilot.press("ctrl+s")
            assert now_kept(rated).strengths == "newest"
            await pilot.press("ctrl+s")
            assert (now_kept(rated).strengths, now_kept(rated).growth) == ("mine", "grow")
