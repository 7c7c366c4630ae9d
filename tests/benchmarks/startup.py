"""How long it takes until something stands on the screen, side by side in one run.

    python tests/benchmarks/startup.py [--runs 15]

Prints medians of whole processes in milliseconds, and their ratios to `python -c "import click"`; then the time from
the start of the process to the app's first frame on the sample team in a real terminal, and its ratio to an empty
Textual app with a header and a footer. Commands take turns, so that a drift of the machine's speed touches all alike.
Needs a system with pseudo-terminals.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

EMPTY_APP = """
from textual.app import App
from textual.widgets import Footer, Header
class Empty(App):
    TITLE = "nothing here"
    def compose(self):
        yield Header()
        yield Footer()
Empty().run()
"""
"""The least that a Textual app with a header and a footer can be."""


def process(*arguments: str) -> float:
    """Milliseconds of one run of a command as a whole process."""
    begun = time.perf_counter()
    subprocess.run(
        arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
    return (time.perf_counter() - begun) * 1000


def frame(text: str, *arguments: str) -> float:
    """Milliseconds from the start of a program until a text stands on its terminal."""
    descriptor, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    begun = time.perf_counter()
    program = subprocess.Popen(
        arguments, stdin=inside, stdout=inside, stderr=inside, start_new_session=True, env=environment
    )
    drawn = b""
    while text.encode() not in re.sub(rb"\x1b\[[0-9;?]*[ -/]*[@-~]", b"", drawn):
        select.select([descriptor], [], [], 10)
        drawn += os.read(descriptor, 65536)
    taken = (time.perf_counter() - begun) * 1000
    program.kill()
    program.wait()
    os.close(inside)
    os.close(descriptor)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    # Users have compiled modules: the first turn, which is not counted, makes them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        sample = str(Path(folder) / "sample")
        tool = [sys.executable, "-m", "meetingtool"]
        subprocess.run(
            [*tool, "demo", "--keep", sample], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        commands = {
            "import click": [sys.executable, "-c", "import click"],
            "--version": [*tool, "--version"],
            "win": [*tool, "--data", sample, "win", "@maria stayed on the line #own-it"],
            "history": [*tool, "--data", sample, "history", "courier"],
        }
        frames = {
            "empty app": ("nothing here", sys.executable, "-c", EMPTY_APP),
            "first frame": ("Next meeting", *tool, "--data", sample),
        }
        times: dict[str, list[float]] = {name: [] for name in (*commands, *frames)}
        for turn in range(runs + 1):
            for name, command in commands.items():
                taken = process(*command)
                times[name] += [taken] if turn else []
            for name, awaited in frames.items():
                taken = frame(*awaited)
                times[name] += [taken] if turn else []
    print(f"{'':<14}{'median ms':>10}{'ratio':>8}")
    for name, taken_times in times.items():
        base = times["empty app" if name in frames else "import click"]
        median = statistics.median(taken_times)
        print(f"{name:<14}{median:>10.0f}{median / statistics.median(base):>8.2f}")


if __name__ == "__main__":
    main()
