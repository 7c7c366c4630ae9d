"""Walk through two workspaces that differ in private records alone, while the screen is shared, and compare.

    python tests/benchmarks/room.py                    every mode, by every row, tab and key, in a running meeting too
    python tests/benchmarks/room.py --mode history     one mode

At each step all that can be read is compared: screens as drawn, what lies outside of the view, titles, messages, and
the palette. Exit code 0 when every screen was equal.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent / "tui")]

from test_room_walk import elsewhere  # noqa: E402
from twins import differing, make_twins, steps_of  # noqa: E402
from walk import MODES, Walk  # noqa: E402

from meetingtool.actions.people.team import add_person  # noqa: E402
from meetingtool.actions.start import set_up  # noqa: E402
from meetingtool.store import Workspace  # noqa: E402
from meetingtool.tui.app import MeetingtoolApp  # noqa: E402
from meetingtool.tui.history import history  # noqa: E402
from meetingtool.tui.stories import capture_line  # noqa: E402

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def by_rows(walk: Walk) -> None:
    await walk.every_tab()


async def by_keys(walk: Walk) -> None:
    await walk.every_key(everywhere=walk.mode == MODES[0])


def app_of(folder: Path) -> MeetingtoolApp:
    """The app on a copy of the workspace, so that each walk starts from the same."""
    app = MeetingtoolApp(Workspace.open(folder, user="pat"), clock=lambda: NOW)
    app.animation_level = "none"
    return app


def compared(place: Path, mode: str, *, keys: bool) -> tuple[int, list[str]]:
    """How many screens were compared, and those that differ."""
    taken = []
    for name in ("without", "with"):
        # Each in the same folder, one after the other: paths stand on screens.
        folder = place / "walked"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(place / name, folder)
        walk_on, pages = (by_keys, f"keys of {mode}") if keys else (by_rows, f"rows of {mode}")
        steps = steps_of(
            app_of(folder), walk_on, mode, without=frozenset({"start", "undo"}), elsewhere=elsewhere(pages)
        )
        taken.append(asyncio.run(steps))
    return len(taken[0]), differing(*taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", choices=MODES)
    parser.add_argument("--running", action="store_true", help="only in a running meeting")
    options = parser.parse_args()
    # Nothing is to depend on how fast this machine walks.
    capture_line.DRAFT_AFTER = history.DETAIL_AFTER = 1e6
    tell = MeetingtoolApp.notify
    MeetingtoolApp.notify = lambda app, message, **more: tell(app, message, **more | {"timeout": 1e6})  # type: ignore
    total, wrong = 0, 0
    for running in (True,) if options.running else (False, True):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            with Workspace.open(place / "without", create=True, user="pat") as workspace:
                set_up(workspace, "Harbour Desk", NOW.replace(year=2025), currency="GBP")
                for name in ("Maria Lopez", "Tom Ng", "Zoë Reid", "Karim Haddad"):
                    add_person(workspace, name, NOW.replace(year=2025), started=NOW.date().replace(year=2024))
                make_twins(workspace, place / "with", NOW, running=running).close()
            for mode in [options.mode] if options.mode else MODES:
                for keys in (False, True):
                    screens, found = compared(place, mode, keys=keys)
                    total, wrong = total + screens, wrong + len(found)
                    told = f"{mode} by {'keys' if keys else 'rows and tabs'}{', a meeting running' * running}"
                    print(f"{told}: {screens} screens, {len(found)} differ", flush=True)
                    for each in found[:5]:
                        print(f"  {each[:600]}")
    print(f"{total} screens compared, {wrong} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
