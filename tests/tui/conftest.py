"""The app on the small team, at one fixed moment."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from textual import constants
from textual._compositor import Compositor
from textual._context import active_app
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.timer import Timer

from meetingtool.actions.stories.stories import record_story
from meetingtool.records.base import mint
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from tests.conftest import Prepared

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def without_animations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every app of a test is without animations, so that a screen is as it will be once the test looks at it."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True)
def drawn_when_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are drawn whenever they are read, and not at every change: there is no terminal to draw on, and it is a
    third of a test's time. Tests that are about drawing ask for it by `drawn_always`.
    """
    if "drawn_always" not in request.fixturenames:
        monkeypatch.setattr(Compositor, "render_update", lambda self, **_: self._dirty_regions.clear())


@pytest.fixture
def drawn_always() -> None:
    """Screens are drawn at every change, as on a terminal."""


PATIENCE = 30.0
"""Seconds after which an app that is still at work fails its test."""

MOMENT = 0.02
"""Seconds of a pause in which an app lets keys in between what it does: it is at work meanwhile."""

_run_in_executor = asyncio.BaseEventLoop.run_in_executor
_under_way: WeakSet[asyncio.Future[Any]] = WeakSet()
"""What is being done in threads, and what goes on in a moment."""


def _ticks(app: App[Any]) -> bool:
    """Move and draw what changed, as the app does at its next tick, and say whether there was anything."""
    if not app._running or not app.screen_stack or app._batch_count:
        return False
    if app._animator._animations:
        app._animator()
        return True
    screen = app.screen
    if not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    ):
        return False
    screen._on_timer_update()
    return True


async def _at_rest(app: App[Any]) -> bool:
    """Wait until the app has nothing to do before somebody or a clock tells it something: nothing on its loop, in its
    threads or to be drawn. Textual's own waits go by the time, and take a process that others keep from work for one
    at rest.
    """
    loop: Any = asyncio.get_running_loop()
    ends = loop.time() + PATIENCE
    looks = 0
    while looks < 2 and not app._exception_event.is_set():
        await asyncio.sleep(0)
        looks = 0 if loop._ready else looks + 1
        if looks and (_ticks(app) or await _went_on(app)):
            looks = 0
        assert loop.time() < ends, f"still at work after {PATIENCE:.0f} s"
    return not app._exception_event.is_set()


async def _went_on(app: App[Any]) -> bool:
    """Wait for the first of what is under way, and say whether there was any."""
    if not (at_work := [one for one in _under_way if not one.done()]):
        return False
    fails = asyncio.ensure_future(app._exception_event.wait())
    done, _ = await asyncio.wait([fails, *at_work], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    fails.cancel()
    assert done, f"still at work after {PATIENCE:.0f} s: {at_work}"
    return True


async def _pause(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Wait until the app is at rest; after a delay once more, as of a clock."""
    await _at_rest(pilot.app)
    if delay is not None:
        await asyncio.sleep(delay)
        await _at_rest(pilot.app)


async def _app_at_rest(*_: float) -> None:
    """What stands for a wait of Textual's that knows no pilot."""
    await _at_rest(active_app.get())


@pytest.fixture(scope="session", autouse=True)
def waits_for_the_app_alone() -> Iterator[None]:
    """A pilot waits until the app is at rest, and no longer."""
    set_timer = MessagePump.set_timer

    def run_in_thread(*arguments: Any) -> asyncio.Future[Any]:
        future = _run_in_executor(*arguments)
        _under_way.add(future)
        return future

    def set_timer_seen(pump: MessagePump, delay: float, *arguments: Any, **named: Any) -> Timer:
        timer = set_timer(pump, delay, *arguments, **named)
        if delay <= MOMENT and timer._task is not None:
            _under_way.add(timer._task)
        return timer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.BaseEventLoop, "run_in_executor", run_in_thread)
        patch.setattr(MessagePump, "set_timer", set_timer_seen)
        patch.setattr(Pilot, "_wait_for_screen", lambda pilot: _at_rest(pilot.app))
        patch.setattr(Pilot, "pause", _pause)
        patch.setattr("textual.app.wait_for_idle", _app_at_rest)
        yield


@pytest.fixture
def threads_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself keeps the app's threads from going on, and nothing waits for them."""
    monkeypatch.setattr(asyncio.BaseEventLoop, "run_in_executor", _run_in_executor)


@pytest.fixture(scope="session", autouse=True)
def styles_parsed_once() -> Iterator[None]:
    """The style sheets of the app and its widgets are parsed once for all the apps of a process, for each theme."""
    parse = Stylesheet._parse_rules
    known: dict[tuple[Any, ...], Any] = {}

    def parsed(sheet: Stylesheet, css: str, **source: Any) -> Any:
        key = (css, *source.values(), *sheet._variables.items())
        if key not in known:
            known[key] = parse(sheet, css, **source)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture
def app(workspace: Workspace, now: datetime) -> MeetingtoolApp:
    """The app on a fresh workspace with the small team, not yet run."""
    return MeetingtoolApp(workspace, clock=lambda: now)


@pytest.fixture
def app_on(now: datetime) -> Callable[[Workspace], MeetingtoolApp]:
    """Makes the app on another workspace, at the same moment."""
    return lambda workspace: MeetingtoolApp(workspace, clock=lambda: now)


@pytest.fixture
def much(workspace: Workspace, now: datetime) -> Workspace:
    """So much text that reading it takes a while."""
    record_story(workspace, "win", "@maria drove it over in the rain", now)
    for number in range(3):
        long = f"{number} " + "She went through every line of the contract with him. " * 6_700
        story = Story(id=mint(now), at=now, made_at=now, made_by="pat", kind="sticky", text=long, line=long)
        workspace.save(story, deed="sticky.recorded", now=now)
    return workspace


@pytest.fixture
def marked(workspace: Workspace, folder: Path, prepared: Prepared, now: datetime) -> Workspace:
    """A workspace with a year of things private and things shown, each with its mark."""
    from marks import mark

    prepared(folder, mark, workspace, now)
    workspace.refresh()
    return workspace


@pytest.fixture
def room(marked: Workspace, app_on: Callable[[Workspace], MeetingtoolApp]) -> MeetingtoolApp:
    """The app on the marked workspace, in room."""
    app = app_on(marked)
    app.desk.room = True
    return app
