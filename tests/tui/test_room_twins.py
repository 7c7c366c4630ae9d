"""Whoever looks at the shared screen can't tell a workspace with private records from one without them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from twins import differing, make_twins, steps_of
from walk import MODES, Walk, settle

from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp


async def each_mode(walk: Walk) -> None:
    """Look at every mode, with its palette, and at the answers of customers."""
    for mode in MODES:
        walk.mode = mode
        await walk.stand(())
        walk.look(walk.app, mode)
        if mode == "customers":
            await walk.pilot.press("2")
            await settle(walk.pilot)
            walk.look(walk.app, "answers")


async def test_every_screen_is_the_same_with_private_records_and_without(
    workspace: Workspace, app_on: Callable[[Workspace], MeetingtoolApp], now: datetime, tmp_path: Path
) -> None:
    twin = make_twins(workspace, tmp_path / "twin", now, running=True)
    plain = await steps_of(app_on(workspace), each_mode, "today")
    twin.close()
    shutil.rmtree(workspace.folder)  # the other takes its place: paths stand on screens
    twin.folder.rename(workspace.folder)
    with Workspace.open(workspace.folder, user=workspace.user) as other:
        private = await steps_of(app_on(other), each_mode, "today")
    assert len(plain) == len(MODES) + 2
    assert differing(plain, private) == []
