"""What the app rests on inside Textual is as it was, does what it is there for, and stands in one file."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import count

import pytest
from screen_text import screen_text, until
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

import meetingtool.tui
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.frame import textual_private
from meetingtool.tui.frame.keys_line import KeysLine
from meetingtool.tui.frame.textual_private import DrawnOnce, NothingPrinted, QuietFocus, QuietInput, TimersFire
from meetingtool.tui.history.query_line import QueryInput
from meetingtool.tui.mending import MendingApp
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.quick_capture import QuickCapture

pytestmark = pytest.mark.usefixtures("drawn_always")


def test_textual_is_of_the_version_that_was_looked_into() -> None:
    assert version("textual").startswith("8.2.")


async def test_what_is_used_of_textual_has_the_names_and_signatures_it_had(app: MeetingtoolApp) -> None:
    signatures = {
        Screen._compositor_refresh: "(self) -> 'None'",
        Screen._on_screen_resume: "(self, event: 'events.ScreenResume') -> 'None'",
        App._fatal_error: "(self) -> 'None'",
        App._check_bindings: "(self, key: 'str', priority: 'bool' = False) -> 'bool'",
        Screen._on_timer_update: "(self) -> 'None'",
        App._refresh_truecolor_filter: "(self, theme: 'TerminalTheme') -> 'None'",
    }
    assert {method: str(inspect.signature(method)) for method in signatures} == signatures
    for kind, name in ((Screen, "focused"), (Widget, "virtual_size")):
        assert name in kind._reactives
    assert events.ScreenResume().refresh_styles is True
    async with app.run_test() as pilot:
        await pilot.pause()
        screen = app.screen
        assert type(app._batch_count) is int
        assert type(app._css_update_count) is int and type(screen._css_update_count) is int
        assert type(screen._repaint_required) is bool
        assert not screen._layout_required and not screen._recompose_required and screen._callbacks == []
        assert not screen._message_queue.values and screen._message_queue.ready_event._waiters
        assert Worker(screen, lambda: None, thread=True)._thread_worker is True
        assert str(inspect.signature(screen._compositor.update_widgets)) == "(widgets: 'set[Widget]') -> 'None'"


@pytest.mark.parametrize(
    ("reads", "typed"),
    [
        (["\x1bw@t\r\n"], ["alt+w", "at", "t", "enter"]),
        (["\x1b1\x1b @\x1b\r"], ["alt+1", "escape", "space", "at", "escape", "enter"]),
        (["\x1bWé" + 40 * "a"], ["alt+shift+w", "é", *40 * "a"]),
        (["a\x1b", "w"], ["a", "escape", "w"]),
        (["\x1b", "[A\x1bOP\x1b\x1b[B"], ["up", "f1", "escape", "down"]),
        (["\x1bb"], ["ctrl+left"]),
        (["\x1bb@"], ["alt+b", "at"]),
        (["\x1b[200~a\x1b[31m\x1bq\x1bOz\x1b[201~\x1bw"], ["a[31mqOz", "alt+w"]),
        (["\x1b[20", "0~a\x1bb\x1b[2", "01~q"], ["ab", "q"]),
    ],
)
def test_escape_is_a_key_of_its_own_whatever_comes_with_it_and_what_is_pasted_is_text(
    reads: list[str], typed: list[str]
) -> None:
    parser = XTermParser()
    there = [event for read in reads for event in parser.feed(read)]
    assert [event.key if isinstance(event, events.Key) else getattr(event, "text", "") for event in there] == typed


def test_every_app_and_screen_has_what_was_made_for_it() -> None:
    assert MeetingtoolApp._fatal_error is MendingApp._fatal_error is NothingPrinted._fatal_error
    from meetingtool.tui.frame.mode import ModeScreen
    from meetingtool.tui.frame.page import Page

    assert ModeScreen._compositor_refresh is DrawnOnce._compositor_refresh
    for kind in (ModeScreen, Page):
        assert kind._reactives["focused"] is vars(QuietFocus)["focused"]
    assert QueryInput._reactives["virtual_size"] is vars(QuietInput)["virtual_size"]


async def test_a_mode_is_styled_once_and_drawn_once_when_it_opens(
    app: MeetingtoolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed, waited, drawn = [], [], []
    parse, draw, reach = app.stylesheet.reparse, DrawnOnce._compositor_refresh, Screen._compositor_refresh

    def drawing(screen: DrawnOnce) -> None:
        if screen.app._batch_count:
            waited.append(screen)
        draw(screen)

    def reaching(screen: Screen[object]) -> None:
        drawn.append((screen.app._batch_count, screen._repaint_required))
        reach(screen)

    styled: list[object] = []
    style = app.stylesheet.apply
    monkeypatch.setattr(
        app.stylesheet, "apply", lambda node, *rest, **named: (styled.append(node), style(node, *rest, **named))
    )
    monkeypatch.setattr(app.stylesheet, "reparse", lambda: (parsed.append(1), parse()))
    monkeypatch.setattr(DrawnOnce, "_compositor_refresh", drawing)
    monkeypatch.setattr(Screen, "_compositor_refresh", reaching)
    async with app.run_test(size=(120, 36)) as pilot:
        told: list[str] = []
        assert isinstance(app.screen, DrawnOnce)
        app.screen.once_drawn(lambda: told.append("drawn"))
        assert parsed == []
        assert styled.count(app.screen.query_one(KeysLine)) == 1
        await pilot.press("m")
        await pilot.press("t")
        assert told == ["drawn"]
    assert len(parsed) == 1, "the sheet of the meeting is read, and nothing else anew"
    assert waited, "nothing asked to be drawn while changes were batched: the override may be needless"
    assert set(drawn) == {(0, False)}, "a frame was drawn that is thrown away, or that is drawn once more"


async def test_keys_that_wait_for_their_turn_do_not_each_cost_a_frame(
    app: MeetingtoolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Screen[object]] = []
    draw = Screen._compositor_refresh
    monkeypatch.setattr(Screen, "_compositor_refresh", lambda screen: (drawn.append(screen), draw(screen)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        drawn.clear()
        for letter in "stayed until it was repaired" * 3:
            app.post_message(events.Key(letter, letter))
        await until(pilot, lambda: app.screen.query_one(CaptureLine).input.value.endswith("repaired"))
        assert len(drawn) < 40
        assert "repairedstayed" in screen_text(app), "what stands there in the end is drawn"


async def test_a_timer_whose_time_passed_before_its_turn_came_fires(
    app: MeetingtoolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    fired: list[str] = []
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TimersFire)
        seconds = count()
        monkeypatch.setattr("textual.timer._time.get_time", lambda: next(seconds))
        app.screen.set_timer(0.002, lambda: fired.append("late"))
        await pilot.pause()
        monkeypatch.undo()
    assert fired == ["late"]


async def test_a_change_of_focus_draws_no_whole_screen(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for screen in (app.screen, QuickCapture("win")):
            if screen is not app.screen:
                await app.push_screen(screen)
                await pilot.pause()
            screen._repaint_required = False
            screen.set_focus(None)
            assert screen.focused is None
            assert not screen._repaint_required


async def test_a_letter_lays_nothing_out_anew(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("slash")
        line = app.screen.query_one(QueryInput)
        before = line.virtual_size
        line._layout_required = False
        line.value = "a long query"
        assert line.virtual_size != before
        assert not line._layout_required


@cache
def private_names(kind: type) -> frozenset[str]:
    """The private names that a class defines, or sets on itself."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(sys.modules[kind.__module__]))):
        if not isinstance(node, ast.ClassDef) or node.name != kind.__name__:
            continue
        for part in node.body:
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(part.name)
            elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                found.add(part.target.id)
            elif isinstance(part, ast.Assign):
                found |= {target.id for target in part.targets if isinstance(target, ast.Name)}
        found |= {
            part.attr
            for part in ast.walk(node)
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "self"
        }
    return frozenset(name for name in found if name.startswith("_") and not name.startswith("__"))


def modules_of_the_app() -> Iterator[str]:
    """The names of all modules of the app but for the one that may."""
    for found in pkgutil.walk_packages(meetingtool.tui.__path__, "meetingtool.tui."):
        if found.name != textual_private.__name__:
            yield found.name


def test_no_name_of_ours_is_a_private_one_of_textual() -> None:
    looked_at = 0
    for name in modules_of_the_app():
        for _, kind in inspect.getmembers(import_module(name), inspect.isclass):
            if kind.__module__ != name or not issubclass(kind, MessagePump):
                continue
            looked_at += 1
            for base in kind.__mro__:
                if base.__module__.startswith("textual"):
                    both = private_names(kind) & private_names(base)
                    assert not both, f"{kind.__name__} and {base.__name__} of Textual both have {sorted(both)}"
    assert looked_at > 80


def test_nobody_else_reaches_into_another_object() -> None:
    looked_at = 0
    for name in modules_of_the_app():
        for node in ast.walk(ast.parse(inspect.getsource(import_module(name)))):
            if not isinstance(node, ast.Attribute) or not node.attr.startswith("_") or node.attr.startswith("__"):
                continue
            looked_at += 1
            owner = ast.unparse(node.value)
            assert owner in ("self", "cls", "super()") or (owner, node.attr) == ("os", "_exit"), f"{name}: {owner}"
    assert looked_at > 500
