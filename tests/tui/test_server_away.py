"""Whatever is pressed while the server can't be reached: the app says so in one line, and goes on."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from marks import mark
from screen_text import said, screen_text, until
from textual.pilot import Pilot
from walk import MODES, TALL, Route, Row, Step, Walk, lists_of, rows_of, settle

from meetingtool.store import Workspace
from meetingtool.store.errors import ServerAway
from meetingtool.store.server.address import read_address
from meetingtool.store.server.link import Link
from meetingtool.store.server.moving import import_folder
from meetingtool.tui.app import MeetingtoolApp
from tests.conftest import Prepared
from tests.store.server.proxy import Proxy

AWAY = "The server can't be reached"

LEAST = {"rows": 12, "keys": 78, "told": 15, "AskText": 6, "AgendaPage": 2, "InsightScreen": 2, "StoryPage": 3}
"""How many rows and keys are walked, how many of them need the server, and which pages open, at least."""


@pytest.fixture
def line(server: Any, folder: Path, prepared: Prepared, workspace: Workspace, now: datetime) -> Iterator[Proxy]:
    """A line to a server on which the team is, with a year of records."""
    prepared(folder, mark, workspace, now)
    database = server.database()
    link = Link(read_address(server.address("anna", database), team=False))
    import_folder(folder, link, "desk")
    link.close()
    place = Path(tempfile.mkdtemp(prefix="mt-"))
    line = Proxy(server.place, place)
    line.address = f"postgresql://anna@/{database}?host={place}&team=desk"
    yield line
    line.cut()
    rmtree(place)


def answers(workspace: Workspace) -> bool:
    """Whether the server can be reached again."""
    try:
        workspace.refresh()
    except ServerAway:
        return False
    return True


class CutWalk(Walk):
    """A walk on which the line is cut before each step and mended after it: the first row of each list, and every key.
    Pages are counted, and not walked."""

    def __init__(self, line: Proxy, app: MeetingtoolApp, pilot: Pilot[None], mode: str) -> None:
        super().__init__(app, pilot, mode, without=frozenset({"start"}), look=lambda app, where: None)
        self.line = line
        self.told = 0

    async def take(self, step: Step, route: Route) -> None:
        """Take a step while the line is cut; the app goes on, and says what it can't do."""
        self.line.cut()
        if isinstance(step, Row):
            await step.take(self)
        else:
            self.app.call_later(step.take, self)
        await settle(self.pilot)
        assert self.app.is_running, f"{self.mode}: {step}"
        self.told += AWAY in said(self.app)
        self.line.mend()
        await until(self.pilot, lambda: answers(self.app.workspace))

    async def first_rows(self) -> None:
        """Enter the first row of each list."""
        for place in range(len(lists_of(self.app.screen))):
            if await self.stand(()) and place < len(lists := lists_of(self.app.screen)):
                here, (index, text) = self.app.screen, next(iter(rows_of(lists[place]).items()))
                self.rows += 1
                await self.take(Row(place, index, text), ())
                self._note_page(here, ())

    async def _walk_pages(self) -> None:
        """Leave them."""


async def test_no_key_ends_the_app_while_the_server_is_away(
    line: Proxy, app_on: Callable[[Workspace], MeetingtoolApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingtool.store.server.link.AGAIN", 0.0)
    with Workspace.open(line.address) as workspace, workspace.showing():
        app = app_on(workspace)
        walked: Counter[str] = Counter()
        async with app.run_test(size=TALL) as pilot:
            await settle(pilot)
            for mode in (*MODES, "meeting"):
                if mode in walked:
                    await pilot.press("m", "enter")
                    await until(pilot, lambda: app.desk.room)
                walk = CutWalk(line, app, pilot, mode)
                await walk.stand(())
                await walk.first_rows()
                await walk.every_key()
                walked += Counter({mode: walk.keys, "rows": walk.rows, "keys": walk.keys, "told": walk.told})
                walked += walk.pages
    assert {name: walked[name] for name, least in LEAST.items() if walked[name] < least} == {}


async def test_a_mode_that_can_not_be_read_is_left_and_opens_when_the_server_answers(
    line: Proxy, app_on: Callable[[Workspace], MeetingtoolApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetingtool.store.server.link.AGAIN", 0.0)
    with Workspace.open(line.address) as workspace, workspace.showing():
        app = app_on(workspace)
        async with app.run_test(size=TALL) as pilot:
            await settle(pilot)
            line.cut()
            workspace.close()  # nothing is in memory
            for key in ("m", "h", "p", "c"):
                await pilot.press(key)
                await settle(pilot)
                assert (app.current_mode, len(app.screen_stack), AWAY in said(app)) == ("today", 1, True), key
                app.clear_notifications()
            assert "Maria" in screen_text(app), "the page shows what it showed"
            line.mend()
            await until(pilot, lambda: answers(workspace))
            app.clear_notifications()
            for mode in MODES[1:]:
                app.action_mode(mode)
                await settle(pilot)
                assert (app.current_mode, said(app)) == (mode, "")
