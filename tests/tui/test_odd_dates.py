"""Records dated where nobody lives keep no screen from being drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from screen_text import screen_text
from textual.widgets import Tabs
from walk import MODES, settle

from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from tests.cli.test_odd_dates import save_every_kind


@pytest.mark.usefixtures("drawn_when_read")
@pytest.mark.parametrize("when", [datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)], ids=["1", "9999"])
async def test_every_mode_and_tab_is_drawn(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp], when: datetime
) -> None:
    save_every_kind(workspace, now, when, parts=True)
    app = app_on(workspace)
    drawn = 0
    async with app.run_test(size=(110, 40)) as pilot:
        await settle(pilot)
        for mode in MODES:
            app.action_mode(mode)
            await settle(pilot)
            for tabs in app.screen.query(Tabs):
                for tab in tabs.query("Tab"):
                    tabs.active = tab.id or ""
                    await settle(pilot)
                    drawn += bool(screen_text(app).strip())
            drawn += bool(screen_text(app).strip())
    assert drawn >= len(MODES) + 10
