"""Pressing anything anywhere, for long: how many moves the app stands.

    python tests/benchmarks/random_keys.py [--seeds 20] [--first 1] [--moves 1200]

Every seed plays on a fresh copy of the sample team, in room and in private, and its records are checked at the end.
Each move waits until the app is at rest; its timers stand until then, so that a busy machine changes nothing.
Files that it exports lie in a folder that goes. Exit code 1 where one ended the app or left a record unsound.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tui"))

import at_rest
from random_player import play

from meetingtool.actions.keeping.doubles import twice
from meetingtool.actions.people.soundness import unsound
from meetingtool.actions.sample import load_sample
from meetingtool.store import Workspace
from meetingtool.store.examination import examine
from meetingtool.tui.app import MeetingtoolApp

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

at_rest.PATIENCE = 300
"""Seconds, on a machine that may be busy with other walks."""


def play_one(seed: int, moves: int) -> bool:
    """Whether the app stood a walk and its records are sound; what is wrong is printed, with the moves before."""
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)
        folder = Path(home) / "w"
        with Workspace.open(folder, create=True) as workspace:
            load_sample(workspace, NOW)
            app = MeetingtoolApp(workspace, clock=lambda: NOW)
            app.animation_level = "none"
            begun = time.perf_counter()
            at_rest.clock.begin()
            try:
                with at_rest.without_clocks():
                    made = asyncio.run(play(app, seed, moves))
            except Exception:
                traceback.print_exc()
                return False
        with Workspace.open(folder) as workspace:
            found = [*examine(folder), *unsound(workspace), *twice(workspace)]
        for each in found:
            print(f"seed {seed}: {each.message}", flush=True)
        print(f"seed {seed}: {len(made)} moves in {time.perf_counter() - begun:.0f} s", flush=True)
        return not found


def main() -> int:
    """Play all seeds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--moves", type=int, default=1200)
    wanted = parser.parse_args()
    stood = [play_one(seed, wanted.moves) for seed in range(wanted.first, wanted.first + wanted.seeds)]
    print(f"{sum(stood)} of {len(stood)} walks came to their end")
    return 0 if all(stood) else 1


if __name__ == "__main__":
    sys.exit(main())
