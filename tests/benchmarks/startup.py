"""How long it takes until something stands on the screen, side by side in one run.

    python tests/benchmarks/startup.py [--runs 15]

Prints medians of whole processes in milliseconds, and their ratios to `python -c "import click"`; then the time to
the app's first frame on the sample team, and its ratio to an empty Textual app with a header and a footer.
Commands take turns, so that a drift of the machine's speed touches all of them alike.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EMPTY_APP = """
import sys, time
begun = time.perf_counter()
from textual.app import App
from textual.widgets import Footer, Header
class Empty(App):
    def compose(self):
        yield Header()
        yield Footer()
    def on_mount(self):
        self.call_after_refresh(self.drawn)
    def drawn(self):
        self.exit(time.perf_counter() - begun)
print(Empty().run(headless=True))
"""

OUR_APP = """
import sys, time
begun = time.perf_counter()
from pathlib import Path
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
class Timed(MeetingtoolApp):
    def begin(self):
        super().begin()
        self.call_after_refresh(self.drawn)
    def drawn(self):
        self.exit(time.perf_counter() - begun)
with Workspace.open(Path(sys.argv[1])) as workspace:
    print(Timed(workspace).run(headless=True))
"""


def process(*arguments: str) -> float:
    """Milliseconds of one run of a command as a whole process."""
    begun = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - begun) * 1000


def frame(script: str, *arguments: str) -> float:
    """Milliseconds from the first import to the first frame, told by the program itself."""
    environment = {**os.environ, "COLUMNS": "120", "LINES": "36"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True, env=environment
    )
    return float(done.stdout.split()[-1]) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        sample = str(Path(folder) / "sample")
        tool = [sys.executable, "-m", "meetingtool"]
        subprocess.run([*tool, "demo", "--keep", sample], check=True, stdout=subprocess.DEVNULL)
        commands = {
            "import click": [sys.executable, "-c", "import click"],
            "--version": [*tool, "--version"],
            "win": [*tool, "--data", sample, "win", "@maria stayed on the line #own-it"],
            "history": [*tool, "--data", sample, "history", "courier"],
        }
        frames = {"empty app": (EMPTY_APP,), "first frame": (OUR_APP, sample)}
        times: dict[str, list[float]] = {name: [] for name in (*commands, *frames)}
        for turn in range(runs + 1):
            for name, command in commands.items():
                taken = process(*command)
                times[name] += [taken] if turn else []
            for name, script in frames.items():
                taken = frame(*script)
                times[name] += [taken] if turn else []
    print(f"{'':<14}{'median ms':>10}{'ratio':>8}")
    for name, taken_times in times.items():
        base = times["empty app" if name in frames else "import click"]
        median = statistics.median(taken_times)
        print(f"{name:<14}{median:>10.0f}{median / statistics.median(base):>8.2f}")


if __name__ == "__main__":
    main()
