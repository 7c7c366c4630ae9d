"""The app on the small team, at one fixed moment."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual import constants
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.message_pump import MessagePump
from textual.pilot import Pilot

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


def _waits(pump: MessagePump) -> bool:
    """Whether a widget, screen or app has nothing to do until somebody tells it something."""
    queue = pump._message_queue
    return queue.empty() and bool(queue.ready_event._waiters)  # type: ignore[attr-defined]


async def _when_they_are_through(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
    """Wait for those of the screen that have something to do. Textual's own wakes every widget of it, most of them for
    nothing, which was a fifth of the time of a test.
    """
    app = pilot.app
    through = asyncio.Event()
    at_work: set[MessagePump] = set()

    def is_through(pump: MessagePump) -> None:
        at_work.discard(pump)
        if not at_work:
            through.set()

    for pump in (app, *app.screen.walk_children(with_self=True)):
        if not _waits(pump) and pump.call_later(is_through, pump):
            at_work.add(pump)
    if not at_work:
        await asyncio.sleep(0)
        return True
    ends = [asyncio.create_task(event.wait()) for event in (through, app._exception_event)]
    _, pending = await asyncio.wait(ends, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    assert len(pending) < len(ends), f"still at work after {timeout} s: {at_work}"
    return not at_work


@pytest.fixture(scope="session", autouse=True)
def waits_for_those_at_work() -> Iterator[None]:
    """A pilot waits only for those who have something to do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "_wait_for_screen", _when_they_are_through)
        yield


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
