"""Kill programs that write, at random moments, and look whether anything that they were told is saved is gone.

    python tests/store/run_kills.py                    500 kills, half of them with two programs writing at once
    python tests/store/run_kills.py --kills 20 --seed 7

Every writer says on its standard output which story is saved, after `save` came back. After each kill the workspace is
opened: every story that was said to be saved must be there, once, unharmed; `check` must find nothing; and the next
writer goes on in the same workspace. Exit code 0 when nothing was lost.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from meetingtool.records.base import mint
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.examination import examine

START = datetime(2026, 3, 3, 9, tzinfo=UTC)


def write(folder: Path, name: str) -> None:
    """Save stories, and change every other one, until somebody ends this process."""
    workspace = Workspace.open(folder, user=name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    number = 0
    while True:
        number += 1
        now = datetime.now(UTC)
        text = f"{name} {number}"
        story = Story(id=mint(now), at=START, made_at=now, made_by=name, kind="win", text=text, line=text * 20)
        workspace.save(story, deed="win.recorded", now=now)
        version = 1
        if number % 2:
            edited = Story(
                id=story.id, at=START, made_at=now, made_by=name, kind="win", text=text, line="edited", version=2
            )
            workspace.save(edited, deed="edited it", now=now)
            version = 2
        sys.stdout.write(f"{story.id} {version}\n")
        sys.stdout.flush()


class Writer:
    """A program that writes, and what it has said so far."""

    def __init__(self, folder: Path, name: str) -> None:
        command = [sys.executable, __file__, "--write", name, "--folder", str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.ready = threading.Event()
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith("\n"):
                self.ready.set()
                self.said.append(line.strip())

    def kill(self) -> list[tuple[str, int]]:
        """End it without mercy; the stories and versions that it said are saved."""
        if os.name == "nt":
            self._process.kill()
        else:
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        said = (line.split() for line in self.said if line != "ready")
        return [(id, int(version)) for id, version in said]


def look(folder: Path, acknowledged: dict[str, int]) -> list[str]:
    """What is wrong with the workspace after a kill."""
    wrong = [finding.message for finding in examine(folder)]
    with Workspace.open(folder) as workspace:
        kept = {story.id: story for story in workspace.find(Story)}
        if len(kept) != len(workspace.find(Story)):
            wrong.append("a story is there twice")
        for id, version in acknowledged.items():
            if id not in kept:
                wrong.append(f"{id} was acknowledged and is gone")
            elif kept[id].version < version:
                wrong.append(f"{id} lost version {version}")
            elif version == 2 and len(workspace.versions(id)) != 2:
                wrong.append(f"{id} lost its former version")
    return wrong


def run(kills: int, writers: int, chance: random.Random) -> int:
    """Kill so many times; the number of stories that were acknowledged. Exits when something was lost."""
    with tempfile.TemporaryDirectory() as place:
        folder, total = Path(place) / "workspace", 0
        Workspace.open(folder, create=True).close()
        acknowledged: dict[str, int] = {}
        for kill in range(kills):
            running = [Writer(folder, f"writer {kill} {number}") for number in range(writers)]
            for writer in running:
                writer.ready.wait(60)
            time.sleep(chance.uniform(0, 0.06))
            for writer in running:
                acknowledged.update(writer.kill())
            wrong = look(folder, acknowledged)
            if wrong:
                sys.exit("\n".join([f"after kill {kill + 1}:", *wrong]))
            if len(acknowledged) > 1500:
                total += len(acknowledged)
                acknowledged.clear()
                for book in folder.glob("2026.json*"):
                    book.unlink()
        return total + len(acknowledged)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.folder, options.write)
    chance = random.Random(options.seed)
    for writers in (1, 2):
        kills = options.kills // 2 + (options.kills % 2 if writers == 1 else 0)
        stories = run(kills, writers, chance)
        print(f"{kills} kills of {writers} writing: {stories} stories acknowledged, none lost")


if __name__ == "__main__":
    main()
