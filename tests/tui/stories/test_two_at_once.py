"""The app open while others write to the same workspace: another app, and commands of other processes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from screen_text import said, screen_text, until
from textual.widgets import Input, TextArea

from meetingtool.actions.keeping.undo import remove, undo
from meetingtool.actions.people import evaluations
from meetingtool.actions.people.team import edit_person
from meetingtool.actions.playbook.standards import edit_standard
from meetingtool.actions.stories.editing import revise_story
from meetingtool.actions.stories.stories import record_story, set_private
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace
from meetingtool.tui.app import LOOK_EVERY, MeetingtoolApp
from meetingtool.tui.dialogs.keys import KeySheet
from meetingtool.tui.people.evaluation_page import EvaluationPage
from meetingtool.tui.people.person_form import PersonForm
from meetingtool.tui.playbook.standard_form import StandardForm
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.clash_note import ClashNote
from meetingtool.tui.stories.edit_line import EditLine

ROOT = Path(__file__).parents[3]


@pytest.fixture
def other(folder: Path) -> Iterator[Workspace]:
    """The same workspace, opened by somebody else."""
    with Workspace.open(folder, user="robin") as opened:
        yield opened


def test_the_app_looks_for_changes_often_enough_to_show_them_within_a_second() -> None:
    assert LOOK_EVERY <= 0.5


async def test_the_app_shows_by_itself_what_a_command_recorded(app: MeetingtoolApp, folder: Path) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("h")
        command = [sys.executable, "-m", "meetingtool", "--data", str(folder), "win", "told from the shell"]
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL)
        assert await process.wait() == 0
        await until(pilot, lambda: "told from the shell" in screen_text(app))


async def test_two_apps_and_commands_lose_nothing_and_double_nothing(
    app: MeetingtoolApp, workspace: Workspace, folder: Path, other: Workspace, now: datetime
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        commands = [
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "meetingtool", "--data", str(folder), "win", f"shell {number}"),
                cwd=ROOT,
                stdout=asyncio.subprocess.DEVNULL,
            )
            for number in range(3)
        ]
        await pilot.press("w")
        for number in range(5):
            await pilot.press(*f"app{number}", "enter")
            record_story(other, "win", f"other {number}", now)
        await pilot.press("escape")
        assert [await command.wait() for command in commands] == [0, 0, 0]
        await pilot.pause()
        workspace.refresh()
    texts = sorted(story.text for story in workspace.find(Story))
    assert texts == sorted(
        [f"app{n}" for n in range(5)] + [f"other {n}" for n in range(5)] + [f"shell {n}" for n in range(3)]
    )


async def test_what_another_changed_while_a_story_is_edited_is_told_and_both_texts_are_kept(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    story = record_story(workspace, "win", "the first words", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EditLine(story))
        await pilot.pause()
        line = app.screen.query_one(CaptureLine).input
        line.value = "my words"
        other.refresh()
        revise_story(other, other.get(Story, story.id), "their words", StoryDetails(), now)
        await pilot.press("ctrl+s")
        shown = " ".join(screen_text(app).split())
        assert "Changed elsewhere meanwhile" in shown
        assert "their words" in shown
        assert line.value == "my words"
        assert workspace.get(Story, story.id).text == "their words"
        await pilot.press("ctrl+s")
    kept = [version.record.text for version in workspace.versions(story.id) if isinstance(version.record, Story)]
    assert kept == ["the first words", "their words", "my words"]


async def test_an_edit_is_not_saved_over_what_was_changed_elsewhere_in_the_same_moment(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    story = record_story(workspace, "win", "the first words", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EditLine(story))
        await until(pilot, lambda: isinstance(app.focused, Input))
        app.screen.query_one(CaptureLine).input.value = "my words"
        other.refresh()
        revise_story(other, other.get(Story, story.id), "their words", StoryDetails(), now)
        app.look_for_changes()
        note = app.screen.query_one(ClashNote)
        assert note.display
        await pilot.press("enter")
        assert workspace.get(Story, story.id).text == "their words"
        assert isinstance(app.screen, EditLine)
        other.refresh()
        revise_story(other, other.get(Story, story.id), "their third words", StoryDetails(), now)
        app.look_for_changes()
        await pilot.press("enter")
        assert workspace.get(Story, story.id).text == "their third words"
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, EditLine))
    assert workspace.get(Story, story.id).text == "my words"


async def test_a_clash_holds_the_first_save_however_long_it_has_stood(app: MeetingtoolApp) -> None:
    async with app.run_test() as pilot:
        note = ClashNote()
        await app.screen.mount(note)
        assert not note.holds_save()
        for _ in range(2):
            note.tell([("the line", "their words")])
            assert note.holds_save()
            await pilot.pause()
            assert "Not saved yet" in said(app)
            assert not note.holds_save()


async def test_an_edited_line_in_which_nothing_was_typed_follows_what_another_changed(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    story = record_story(workspace, "win", "the first words", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EditLine(story))
        await pilot.pause()
        other.refresh()
        revise_story(other, other.get(Story, story.id), "their words", StoryDetails(), now)
        line = app.screen.query_one(CaptureLine).input
        await until(pilot, lambda: line.value == "their words")
        assert "Changed elsewhere" not in screen_text(app)


async def test_escape_after_a_clash_leaves_theirs_and_keeps_mine_for_the_next_time(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    story = record_story(workspace, "win", "the first words", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EditLine(story))
        await pilot.pause()
        app.screen.query_one(CaptureLine).input.value = "my words"
        other.refresh()
        revise_story(other, other.get(Story, story.id), "their words", StoryDetails(), now)
        await until(pilot, lambda: "Changed elsewhere" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "What you typed is kept" in said(app))
        app.push_screen(EditLine(workspace.get(Story, story.id)))
        await pilot.pause()
        assert app.screen.query_one(CaptureLine).input.value == "my words"
    assert workspace.get(Story, story.id).text == "their words"


async def test_a_story_removed_elsewhere_stays_open_with_what_is_typed_and_is_saved_once_it_is_back(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    story = record_story(workspace, "win", "the first words", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EditLine(story))
        await until(pilot, lambda: isinstance(app.focused, Input))
        line = app.screen.query_one(CaptureLine).input
        line.value = line.value.removesuffix("words")
        line.cursor_position = len(line.value)
        other.refresh()
        remove(other, other.get(Story, story.id), now)
        await until(pilot, lambda: "This story was removed elsewhere." in screen_text(app))
        await pilot.press(*"hwq")
        assert line.value == "the first hwq"
        await pilot.press("enter")
        await until(pilot, lambda: "Not possible This story was removed elsewhere." in said(app))
        assert isinstance(app.screen, EditLine)
        assert workspace.get(Story, story.id).text == "the first words"
        other.refresh()
        undo(other, now)
        await until(pilot, lambda: not app.screen.query_one(ClashNote).display)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, EditLine))
    assert workspace.get(Story, story.id).text == "the first hwq"


async def test_escape_from_a_story_removed_elsewhere_keeps_what_was_typed_for_when_it_is_back(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    story = record_story(workspace, "win", "the first words", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EditLine(story))
        await until(pilot, lambda: isinstance(app.focused, Input))
        app.screen.query_one(CaptureLine).input.value = "my words"
        other.refresh()
        remove(other, other.get(Story, story.id), now)
        await until(pilot, lambda: app.screen.query_one(ClashNote).display)
        await pilot.press("escape")
        await until(pilot, lambda: "What you typed is kept for when it is back." in said(app))
        other.refresh()
        undo(other, now)
        app.look_for_changes()
        app.push_screen(EditLine(workspace.get(Story, story.id)))
        await until(pilot, lambda: isinstance(app.screen, EditLine) and isinstance(app.focused, Input))
        assert app.screen.query_one(CaptureLine).input.value == "my words"


async def test_an_edited_story_that_becomes_private_closes_in_the_room_under_another_page_too_and_keeps_the_words(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    story = record_story(workspace, "win", "the first words", now).story
    app.desk.room = True
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(EditLine(story))
        await until(pilot, lambda: isinstance(app.focused, Input))
        app.screen.query_one(CaptureLine).input.value = "my words"
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, KeySheet))
        other.refresh()
        set_private(other, other.get(Story, story.id), True, now)
        await until(pilot, lambda: "It is private now" in said(app))
        assert "What you typed is kept." in said(app)
        assert "first words" not in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, KeySheet | EditLine))
        assert app.drafts.text(f"edit-{story.id.lower()}") == "win\nmy words", "there in private"


async def test_words_of_an_evaluation_written_by_two_are_both_kept(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    maria, period = workspace.find(Person, handle="maria")[0], period_of(2026)
    async with app.run_test(size=(120, 36)) as pilot:
        app.push_screen(EvaluationPage(maria, period))
        await pilot.pause()
        app.screen.query_one("#strengths", TextArea).text = "mine"
        evaluations.write(other, maria, period, now, strengths="theirs", goals="their goals")
        app.look_for_changes()
        assert app.screen.query_one(ClashNote).display
        await pilot.press("ctrl+s")
        shown = " ".join(screen_text(app).split())
        assert "Changed elsewhere meanwhile" in shown
        assert "theirs" in shown
        assert app.screen.query_one("#goals", TextArea).text == "their goals"
        await pilot.press("ctrl+s")
    [evaluation] = workspace.find(Evaluation)
    assert (evaluation.strengths, evaluation.goals) == ("mine", "their goals")
    former = workspace.versions(evaluation.id)[-2].record
    assert isinstance(former, Evaluation)
    assert former.strengths == "theirs"


async def test_a_person_changed_by_two_keeps_both_changes(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    tom = workspace.find(Person, handle="tom")[0]
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PersonForm(tom))
        await pilot.pause()
        app.screen.query_one("#name", Input).value = "Thomas Ng"
        app.screen.query_one("#number", Input).value = "0042"
        edit_person(other, other.get(Person, tom.id), now, name="Tommy Ng", role="Front desk")
        await pilot.press("ctrl+s")
        assert "Tommy Ng" in screen_text(app)
        assert app.screen.query_one("#role", Input).value == "Front desk"
        await pilot.press("ctrl+s")
    changed = workspace.get(Person, tom.id)
    assert (changed.name, changed.role, changed.number) == ("Thomas Ng", "Front desk", "0042")
    assert msgspec.structs.asdict(workspace.versions(tom.id)[-2].record)["name"] == "Tommy Ng"


async def test_a_standard_changed_by_two_keeps_both_changes(
    app: MeetingtoolApp, workspace: Workspace, other: Workspace, now: datetime
) -> None:
    standard = workspace.find(Standard, tag="listen")[0]
    async with app.run_test(size=(80, 36)) as pilot:
        app.push_screen(StandardForm(standard))
        await pilot.pause()
        app.screen.query_one("#title", Input).value = "My title"
        edit_standard(other, other.get(Standard, standard.id), now, title="Their title", weight=7)
        await pilot.press("ctrl+s")
        assert "Their title" in screen_text(app)
        assert app.screen.query_one("#weight", Input).value == "7"
        await pilot.press("escape")
        app.push_screen(StandardForm(workspace.get(Standard, standard.id)))
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == "My title"
        await pilot.press("ctrl+s")
    changed = workspace.get(Standard, standard.id)
    assert (changed.title, changed.weight) == ("My title", 7)
