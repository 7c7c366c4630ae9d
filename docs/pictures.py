"""Makes the pictures of the README: the real screens, on the sample team, as SVG.

python docs/pictures.py
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from meetingtool.actions.sample import load_sample
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp

HERE = Path(__file__).parent
SIZE = (120, 34)
TUESDAY = 1
"""The day on which the sample team meets."""
STORIES = (
    "@karim Rebuilt the wheel while she waited, so Saturday's ride still has its leader #own-it ^Velo_Ladies",
    "@zoe @omar Swapped two hire bikes at the ferry, so a family of five could go together #one-team +",
)


async def pictures(folder: Path) -> None:
    """Go through the app as a manager would, taking a picture at each station."""
    today = datetime.now().astimezone().replace(hour=8, minute=58, second=0, microsecond=0)
    moment = [today + timedelta(days=(TUESDAY - today.weekday()) % 7)]
    with Workspace.open(folder, create=True) as workspace:
        load_sample(workspace, moment[0])
        app = MeetingtoolApp(workspace, sample=True, clock=lambda: moment[0])
        async with app.run_test(size=SIZE) as pilot:

            async def press(*keys: str) -> None:
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
                await pilot.pause()

            def take(name: str) -> None:
                picture = app.export_screenshot(title=f"meetingtool · {name}")
                (HERE / f"{name}.svg").write_text(picture, encoding="utf-8")

            await press()
            take("today")
            await press("p", "down", "down", "right", "right")
            take("score")
            await press("c", "2")
            take("answers")
            await press("h", "slash", *"courier")
            await pilot.pause(0.3)
            take("history")
            await press("escape", "escape", "escape", "m", "enter", "ctrl+n", "ctrl+n")
            for story in STORIES:
                moment[0] += timedelta(seconds=40)
                await press(*story, "enter")
            await press(*"@nin")
            take("meeting")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(pictures(Path(folder) / "sample"))


if __name__ == "__main__":
    main()
