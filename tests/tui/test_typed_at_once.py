"""Keys that arrive together, as after a stall: Enter takes what was typed before it, in every line of the app."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from screen_text import until
from textual import events
from textual._xterm_parser import XTermParser
from textual.content import Content
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

import meetingtool.tui
from meetingtool.actions.meeting import meetings
from meetingtool.actions.playbook.courses import add_course
from meetingtool.actions.playbook.roleplay import draft_card
from meetingtool.actions.playbook.training_grid import grid_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.ask_date import AskDate
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.pick_file import PickFile
from meetingtool.tui.dialogs.save_as import SaveAs
from meetingtool.tui.history.query_line import QueryInput
from meetingtool.tui.lists.record_list import RecordList
from meetingtool.tui.meeting.closing import ClosingPage
from meetingtool.tui.meeting.segment_form import SegmentForm
from meetingtool.tui.people.course_form import CourseForm
from meetingtool.tui.people.export_page import ExportPage
from meetingtool.tui.people.hold_session import HoldSession
from meetingtool.tui.people.person_form import PersonForm
from meetingtool.tui.playbook.group_form import GroupForm
from meetingtool.tui.playbook.scenario_form import ScenarioForm
from meetingtool.tui.playbook.standard_form import StandardForm
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.stories.quick_capture import QuickCapture
from meetingtool.tui.stories.reward_form import RewardForm
from meetingtool.tui.stories.role_play import RolePlayPage

ELSEWHERE = {
    "setup/setup.py": "before there is a workspace",
    "history/query_line.py": "in a mode, below",
    "dialogs/pick_file.py": "keeps what is entered to itself, below",
}
"""Files with a line that is looked at otherwise."""


WITH_FIELDS = {
    "people/person_form.py",
    "playbook/group_form.py",
    "playbook/standard_form.py",
    "stories/role_play.py",
}
"""Pages in which Enter leads to the next field, which is empty."""

NOTHING_OF_ONES_OWN = {"dialogs/choose.py", "dialogs/save_as.py", "people/export_page.py"}
"""Pages whose lines only find one of several, or name a file: what is half typed there isn't kept."""


def pages(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> dict[str, Callable[[], Any]]:
    """How to open every page that has a line, by its file."""
    desk = app.desk
    maria = desk.roster.person("maria")
    assert maria is not None
    story = record_story(workspace, "win", "@maria lit the lamp", now).story
    sticky = record_story(workspace, "sticky", "@tom let it go out", now).story
    thanks = record_story(workspace, "praise", "@maria lit the lamp", now).story
    held = meetings.start_meeting(workspace, now)
    course = add_course(workspace, "Lamps", now)
    return {
        "dialogs/ask_text.py": lambda: AskText("What?", draft="asked"),
        "dialogs/ask_date.py": lambda: AskDate("When?", None, draft="when"),
        "dialogs/choose.py": lambda: Choose("Which?", [(letter, Content(letter)) for letter in "abc"]),
        "dialogs/save_as.py": lambda: SaveAs("Save as", "lamp.csv", ("csv",), lambda form: b""),
        "meeting/closing.py": lambda: ClosingPage(held),
        "meeting/segment_form.py": lambda: SegmentForm(None, "segment"),
        "people/course_form.py": lambda: CourseForm(None),
        "people/export_page.py": lambda: ExportPage(maria, period_of(now.year)),
        "people/hold_session.py": lambda: HoldSession(course, grid_of(desk)),
        "people/person_form.py": lambda: PersonForm(None),
        "playbook/group_form.py": lambda: GroupForm(None),
        "playbook/scenario_form.py": lambda: ScenarioForm(None),
        "playbook/standard_form.py": lambda: StandardForm(None),
        "stories/capture_line.py": lambda: QuickCapture("win"),
        "stories/edit_line.py": lambda: EditLine(story),
        "stories/reward_form.py": lambda: RewardForm(thanks),
        "stories/role_play.py": lambda: RolePlayPage(sticky, draft_card(workspace, sticky, now)),
    }


def with_a_line() -> set[str]:
    """The files of the app that make a line to type in, and those that have such a line in their page."""
    folder = Path(meetingtool.tui.__file__).parent
    files = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    made = {name for name, text in files.items() if any(f"{sort}Input(" in text for sort in (" ", "Marked", "Query"))}
    return {name for name in made if "class MarkedInput(" not in files[name]} | {
        "stories/capture_line.py",
        "stories/edit_line.py",
    }


def typed_in(widget: object) -> str:
    """What stands in a field."""
    return widget.value if isinstance(widget, Input) else widget.text if isinstance(widget, TextArea) else ""


async def at_once(pilot: Pilot[None], text: str, after: str) -> None:
    """Let the letters, Enter and more letters arrive in one piece."""
    for key in (*text, "enter", *after):
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause()


async def typed_and_clicked_away(pilot: Pilot[None], line: Input) -> None:
    """Let letters, a click on another field and more letters arrive in one piece."""
    screen = pilot.app.screen
    fields = [*screen.query(Input), *screen.query(TextArea)]
    shown = [one for one in fields if one is not line and one.focusable and one.region in screen.region]
    if not shown:
        return
    line.focus()
    line.value = ""
    await pilot.pause()
    (x, y), other = shown[-1].content_region.offset, shown[-1]
    for key in ("l", "m", "n"):
        pilot.app.post_message(events.Key(key, key))
    for kind in (events.MouseDown, events.MouseUp):
        pilot.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    pilot.app.post_message(events.Key("q", "q"))
    await pilot.pause()
    assert line.value == "lmn"
    assert "q" in typed_in(other)


async def half_typed_is_kept(pilot: Pilot[None], workspace: Workspace, name: str) -> None:
    """Type something else in each field of the page that is open, and look for it in the files."""
    fields = [*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)]
    texts = [f"half {name} {number}" for number, _ in enumerate(fields)]
    for field, text in zip(fields, texts, strict=True):
        if isinstance(field, Input):
            field.value = text
        else:
            field.text = text
    await pilot.pause()
    assert isinstance(pilot.app, MeetingtoolApp)
    for typed in tuple(pilot.app.drafts.typing):
        typed.keep_now()
    kept = "".join(path.read_text(encoding="utf-8") for path in workspace.folder.joinpath("drafts").iterdir())
    assert [text for text in texts if text not in kept] == []


async def test_enter_takes_what_was_typed_before_it_and_what_is_half_typed_is_kept_in_every_line(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # what is typed is a folder for one of the pages
    taken: list[str] = []

    def hook(message: Message) -> None:
        if isinstance(message, Input.Submitted):
            taken.append(message.value)
        elif isinstance(message, CaptureLine.Typed):
            taken.append(message.line)

    laid_open = pages(app, workspace, now)
    assert {*laid_open, *ELSEWHERE} == with_a_line()
    async with app.run_test(size=(110, 40), message_hook=hook) as pilot:
        await pilot.pause()
        for name, page in laid_open.items():
            app.push_screen(page())
            await pilot.pause()
            if name not in NOTHING_OF_ONES_OWN:
                await half_typed_is_kept(pilot, workspace, name)
            line = app.screen.query(Input).first()
            await typed_and_clicked_away(pilot, line)
            line.focus()
            line.value = ""
            await pilot.pause()
            taken.clear()
            await at_once(pilot, "lmn", "zz")
            if name == "stories/edit_line.py":
                await until(pilot, lambda: len(app.screen_stack) == 1)
                assert [story.line for story in workspace.find(Story, line="lmn")] == ["lmn", "lmn"]
            else:
                await until(pilot, lambda: taken != [])
                assert taken[:1] == ["lmn"], f"{name}: {taken}"
            if name in WITH_FIELDS:
                await until(pilot, lambda: "zz" in typed_in(app.focused))
                assert line.value == "lmn", name
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
        await pilot.press("h", "slash")
        taken.clear()
        await at_once(pilot, "lmn", "z")
        await until(pilot, lambda: bool(taken))
        assert {*taken} == {"lmn"}
        await until(pilot, lambda: isinstance(app.focused, RecordList))
        assert "z" not in app.screen.query_one(QueryInput).value, "what comes behind Enter is for the list"
        chosen: list[object] = []
        trees = ("oak", "elm", "ash")
        for tree in trees:
            tmp_path.joinpath(f"{tree}.csv").write_bytes(b"")
        for dialog in (
            Choose("Which?", [(tree, Content(tree)) for tree in trees]),
            PickFile("Which file?", tmp_path, {".csv"}),
        ):
            app.push_screen(dialog, chosen.append)  # type: ignore[arg-type]
            await until(pilot, lambda: isinstance(app.focused, Input))
            await pilot.pause()
            await at_once(pilot, "elm", "")
            await until(pilot, lambda dialog=dialog: dialog not in app.screen_stack)  # type: ignore[misc]
        assert chosen == ["elm", tmp_path / "elm.csv"], "what is seen is taken, though it was typed a moment ago"


async def in_one_write(pilot: Pilot[None], text: str) -> None:
    """Let keys arrive as a terminal's driver sends them that reads all of them at once."""
    for event in XTermParser().feed(text):
        pilot.app.post_message(event)
    await pilot.pause()


async def test_every_key_of_a_burst_goes_where_it_would_go_one_by_one(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        await in_one_write(pilot, ":room\r")
        await until(pilot, lambda: app.desk.room)
        await in_one_write(pilot, ":room\r")
        await until(pilot, lambda: not app.desk.room)
        await in_one_write(pilot, "pnAnn Lee\tannlee\x13")
        await until(pilot, lambda: app.desk.roster.person("annlee") is not None)
        assert [person.name for person in workspace.find(Person, handle="annlee")] == ["Ann Lee"]
        await in_one_write(pilot, "bazeal\tLit all night\tWe light it\x13")
        await until(pilot, lambda: bool(workspace.find(Standard, tag="zeal")))
        assert [(one.title, one.behaviour) for one in workspace.find(Standard, tag="zeal")] == [
            ("Lit all night", "We light it")
        ]
        await in_one_write(pilot, "h/lamp\r\x1bw@tom found the key\n\x1bw@tom found a lamp\r\n\x1b3\x1b6\x1bb")
        await until(pilot, lambda: len(workspace.find(Story, kind="win")) == 2)
        await in_one_write(pilot, "m\r\r@maria lit the lamp\r@tom swept the jetty\r")
        await until(pilot, lambda: len(workspace.find(Story, kind="win")) == 4)
        assert [one.line for one in workspace.find(Story, kind="win")] == [
            "@tom found the key",
            "@tom found a lamp",
            "@maria lit the lamp",
            "@tom swept the jetty",
        ]


async def test_keys_wait_for_nobody_who_is_at_work_for_long(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        ended = asyncio.Event()
        app.screen.run_worker(ended.wait())
        await in_one_write(pilot, "w@maria lit")
        await until(pilot, lambda: typed_in(app.focused) == "@maria lit")
        ended.set()


async def test_what_is_typed_behind_the_key_of_a_page_goes_to_that_page(
    app: MeetingtoolApp, workspace: Workspace
) -> None:
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        for opener, kind in (("w", "win"), ("s", "sticky")):
            await at_once(pilot, f"{opener}@maria one", "")
            await until(pilot, lambda kind=kind: bool(workspace.find(Story, kind=kind)))  # type: ignore[misc]
            assert [story.line for story in workspace.find(Story, kind=kind)] == ["@maria one"]
            await pilot.pause()
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
        for opener, word in (("colon", "maria"), ("slash", "maria"), ("slash", "gate jug")):
            for key in (opener, *word):
                name = {" ": "space"}.get(key, key)
                app.post_message(events.Key(name, {"slash": "/", "colon": ":"}.get(key, key)))
            await until(pilot, lambda word=word: typed_in(app.focused) == word)  # type: ignore[misc]
            await pilot.press("escape")
            for rows in app.screen.query(RecordList):
                rows.focus()  # the second time the search is begun in the history
                await pilot.pause()


async def test_what_is_pasted_behind_the_key_of_a_page_goes_to_that_page(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(110, 40)) as pilot:
        await pilot.pause()
        app.post_message(events.Key("slash", "/"))
        app.post_message(events.Paste("lamp\nshade"))
        await until(pilot, lambda: typed_in(app.focused) == "lamp shade")
        await pilot.press("escape", "escape")
        app.post_message(events.Key("w", "w"))
        app.post_message(events.Paste("@maria one"))
        app.post_message(events.Key("x", "x"))
        await until(pilot, lambda: typed_in(app.focused) == "@maria onex")
