"""Damage the files of a workspace at random, and look whether each damage is noticed.

    python tests/store/run_damages.py                  2,000 damages
    python tests/store/run_damages.py --damages 50 --seed 7

Bits flip, blocks are zeroed, doubled, swapped, cut out or filled with rubbish, ends are cut off or written on. Each
time `check` must find something, reading must either work or say what is wrong, and the damaged file must be left as it
is. Exit code 0 when every damage was noticed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from meetingtool.errors import MeetingtoolError
from meetingtool.records.base import mint
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.examination import examine

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
Damage = Callable[[bytes, random.Random], bytes]


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 2, 16, 512, 4096)))


def flip(data: bytes, chance: random.Random) -> bytes:
    """One bit."""
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]


def zero(data: bytes, chance: random.Random) -> bytes:
    """A run of zeros, as a disk leaves for a block that it never wrote."""
    start, end = _place(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def rubbish(data: bytes, chance: random.Random) -> bytes:
    """A run of anything."""
    start, end = _place(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data))]


def cut_out(data: bytes, chance: random.Random) -> bytes:
    """A part is missing."""
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def double(data: bytes, chance: random.Random) -> bytes:
    """A part is there twice."""
    start, end = _place(data, chance)
    return data[:end] + data[start:end] + data[end:]


def swap(data: bytes, chance: random.Random) -> bytes:
    """Two lines have changed places."""
    lines = data.split(b"\n")
    one, two = chance.sample(range(len(lines)), 2)
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def write_on(data: bytes, chance: random.Random) -> bytes:
    """Something stands after the end."""
    return data + chance.choice((b"\n", b" ", b"\x00", b"}", data[-200:]))


DAMAGES: tuple[Damage, ...] = (flip, flip, flip, zero, rubbish, cut_off, cut_out, double, swap, write_on)


def prepared(folder: Path) -> list[Path]:
    """A workspace with a few days in it; its files."""
    with Workspace.open(folder, create=True, user="anna") as workspace:
        for day in range(3):
            now = NOW + timedelta(days=day)
            for number in range(8):
                text = f'day {day}, "story" {number}: Zoë stayed until the courier called back'
                at = now + timedelta(minutes=number)
                story = Story(id=mint(at), at=at, made_at=at, made_by="anna", kind="win", text=text, line=text)
                workspace.save(story, deed="win.recorded", now=at)
            person = Person(id=mint(now), at=now, made_at=now, made_by="anna", handle=f"p{day}", name=f"Person {day}")
            workspace.save(person, deed="person.added", now=now)
    return sorted(path for path in folder.rglob("*.json*") if path.is_file())


def noticed(folder: Path, path: Path, damaged: bytes) -> bool:
    """Whether `check` finds the damage, and nothing that reads the workspace trips over it or changes the file."""
    path.write_bytes(damaged)
    found = bool(examine(folder))
    try:
        with Workspace.open(folder) as workspace:
            workspace.find(Story, removed=None)
            workspace.find(Person, removed=None)
            workspace.deeds()
    except MeetingtoolError:
        pass
    return found and path.read_bytes() == damaged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--damages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, done = random.Random(options.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workspace"
        files = prepared(folder)
        if examine(folder):
            sys.exit("something is wrong before the first damage")
        while done.total() < options.damages:
            path, damage = chance.choice(files), chance.choice(DAMAGES)
            sound = path.read_bytes()
            damaged = damage(sound, chance)
            if damaged == sound:
                continue
            if not noticed(folder, path, damaged):
                Path("unnoticed.json").write_bytes(damaged)
                sys.exit(f"not noticed: {damage.__name__} in {path.name}, kept as unnoticed.json")
            done[damage.__name__] += 1
            path.write_bytes(sound)
    told = ", ".join(f"{name} {number}" for name, number in done.most_common())
    print(f"{done.total()} damages, all noticed ({told})")


if __name__ == "__main__":
    main()
