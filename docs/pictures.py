"""Makes the pictures of the README: the real screens, on the sample team, as SVG.

    python docs/pictures.py
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path

from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp

HERE = Path(__file__).parent
SIZE = (120, 34)
STORIES = (
    "@karim Rebuilt the wheel while she waited, so the charity ride on Saturday still has its leader #own-it ^Velo_Ladies",
    "@zoe @omar Swapped two hire bikes at the ferry so a family of five could go together #one-team +",
)


async def pictures(folder: Path) -> None:
    """Go through the app as a manager would, taking a picture at each station."""
    from meetingtool.actions.sample import load_sample

    now = datetime.now().astimezone().replace(hour=8, minute=55)
    with Workspace.open(folder, create=True) as workspace:
        load_sample(workspace, now)
        app = MeetingtoolApp(workspace, sample=True, clock=lambda: now)
        async with app.run_test(size=SIZE) as pilot:

            async def take(name: str) -> None:
                await pilot.pause()
                (HERE / f"{name}.svg").write_text(app.export_screenshot(title=f"meetingtool · {name}"), encoding="utf-8")

            await take("today")
            await pilot.press("p", "down", "down", "right", "right")
            await take("score")
            await pilot.press("escape", "h")
            await pilot.pause()
            await pilot.press("slash", *"own")
            await take("history")
            await pilot.press("escape", "escape", "m")
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press("ctrl+n", "ctrl+n")
            for story in STORIES:
                await pilot.press(*story, "enter")
            await pilot.press(*"@kar")
            await take("meeting")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(pictures(Path(folder) / "sample"))


if __name__ == "__main__":
    main()
