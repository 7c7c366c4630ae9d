"""The app on a server: it looks the same, and says what waits while the server is away."""

from __future__ import annotations

import asyncio
import json
import tempfile
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import Any

import psycopg
import pytest
from screen_text import screen_text, until

from meetingtool.actions.people.team import add_person
from meetingtool.actions.start import set_up
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.errors import NotYours
from meetingtool.store.server.address import read_address
from meetingtool.store.server.administration import remove_member
from meetingtool.store.server.link import Link
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.stories.quick_capture import QuickCapture
from tests.store.server.proxy import Proxy


async def test_what_is_told_while_the_server_is_away_waits_and_is_sent(
    server: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = server.database()
    place = Path(tempfile.mkdtemp(prefix="mt-"))
    line = Proxy(server.place, place)
    try:
        with Workspace.open(server.address("tom", database, "desk")) as theirs:
            set_up(theirs, "Harbour Desk", now)
            add_person(theirs, "Maria Lopez", now)
        far = f"postgresql://anna@/{database}?host={place}&team=desk"
        with Workspace.open(far) as workspace, workspace.showing():
            app = MeetingtoolApp(workspace, clock=lambda: now)
            with pytest.raises(NotYours, match="not yours any more"):
                async with app.run_test(size=(120, 36)) as pilot:
                    await pilot.pause()
                    assert "Harbour Desk" in screen_text(app)
                    with monkeypatch.context() as patient:
                        patient.setattr("meetingtool.store.server.link.HURRY", 60.0)
                        line.hung = True
                        look = app.run_worker(app.look_aside())
                        while not line.asked.is_set():
                            await asyncio.sleep(0)
                        app.simulate_key("w")
                        while not isinstance(app.screen, QuickCapture):
                            await asyncio.sleep(0)
                        assert look.is_running, "a key is answered while the server hangs"
                        line.hung = False
                        line.cut()
                        await pilot.pause()
                    await pilot.press(*"@maria told in a tunnel", "enter", "escape")
                    assert "1 waiting for the server" in screen_text(app)
                    assert "told in a tunnel" in screen_text(app)
                    line.mend()
                    await until(pilot, lambda: not workspace.waiting)
                    await pilot.press("m")
                    await pilot.press("enter")
                    await until(pilot, lambda: app.desk.room)
                    line.cut()
                    await pilot.press(*"@maria misheard this", "enter")
                    await until(pilot, lambda: "win waits for the server" in screen_text(app))
                    assert "1 waiting for the server  0:" in screen_text(app).splitlines()[0]
                    await pilot.resize_terminal(80, 24)
                    await until(pilot, lambda: "1 waiting  0:" in screen_text(app).splitlines()[0])
                    await pilot.press("ctrl+z")
                    await until(pilot, lambda: workspace.last_waiting() is None)
                    assert "misheard this" not in screen_text(app)
                    await pilot.resize_terminal(120, 36)
                    line.mend()
                    await until(pilot, lambda: not workspace.waiting)
                    assert "waiting" not in screen_text(app)
                    with psycopg.connect(server.address("tom", database)) as connection:
                        id = "01M8M4GW1FDKC3Y02MHQ31VZZ1"
                        connection.execute(
                            "select meetingtool.save('desk', %s, '2026-11-24T09:00:00+00:00', 'x', null, %s,"
                            " '{2026}', '{story}', '{1}', %s)",
                            [id, [id], [json.dumps({"id": id, "type": "story", "version": 1, "novel": 5})]],
                        )
                    await until(pilot, lambda: bool(workspace.notices()))
                    await pilot.press(*"@maria found the key", "enter")
                    await until(pilot, lambda: "found the key" in screen_text(app))
                    assert app.is_running, "what can't be read is left out"
                    link = Link(read_address(server.address("postgres", database), team=False))
                    remove_member(link, "anna", "desk")
                    link.close()
                    await until(pilot, lambda: not app.is_running)
            assert workspace.find(Story) == [], "the app ends, and keeps nothing of a team one left"
        with Workspace.open(server.address("tom", database, "desk")) as theirs, theirs.showing():
            assert [story.text for story in theirs.find(Story)] == ["told in a tunnel", "found the key"]
            assert [story.text for story in theirs.find(Story, removed=True)] == ["misheard this"]
    finally:
        line.cut()
        rmtree(place)
