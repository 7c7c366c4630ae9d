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

from meetingtool.actions.stories.stories import record_story
from meetingtool.records.base import mint
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from tests.conftest import Prepared

sys.path.insert(0, str(Path(__file__).parent))
import at_rest


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


@pytest.fixture(scope="session", autouse=True)
def apps_without_clocks() -> Iterator[None]:
    """Pilots wait until their app is at rest, and time passes for its timers as a test lets it."""
    with at_rest.without_clocks():
        yield


@pytest.fixture(autouse=True)
def clock_of_its_own() -> None:
    """The clock of the apps begins with each test."""
    at_rest.clock.begin()


@pytest.fixture
def threads_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself keeps the app's threads from going on, and nothing waits for them."""
    monkeypatch.setattr(asyncio.BaseEventLoop, "run_in_executor", at_rest.run_in_executor)


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
