"""How fast and how large the store is, side by side in one run with what else one could take.

    python tests/benchmarks/store.py [--stories 5000] [--years 20] [--saves 400]

1. One story saved so that a power cut can't take it, into a book that holds 1,000, 3,000 and 5,000 already: our year
   book, TinyDB's JSONStorage (which overwrites in place), sqlite3 in WAL with synchronous=FULL, and a mere append with
   fsync, which is the floor. They take turns, so that a drift of the machine's speed touches all of them alike.
2. The same into a year of 5,000 beside 20 other such years, against a workspace with that year alone.
3. A fresh process on all 100,000: until it is ready to capture, until all is readable, and how much memory that takes.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import tinydb

from meetingtool.records.base import mint
from meetingtool.records.stories import Story
from meetingtool.store import Workspace

SAID = (
    "stayed on the line until the courier called back, then drove the flowers over himself because the order was for"
    " a funeral and nobody had told the shop; the family wrote to say thank you"
)
WORDS = SAID.split()
CHANCE = random.Random(1)
YEAR = 2026
PEOPLE = [mint(datetime(2020, 1, 1, tzinfo=UTC)) for _ in range(25)]
STANDARDS = [mint(datetime(2020, 1, 1, tzinfo=UTC)) for _ in range(8)]
MEETINGS = [mint(datetime(2020, 1, 1, tzinfo=UTC)) for _ in range(52)]

FRESH = """
import os, sys, time
begun = time.perf_counter()
def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
empty = memory()
from datetime import date
from pathlib import Path
from meetingtool.store import Workspace
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
imported = time.perf_counter()
workspace = Workspace.open(Path(sys.argv[1]))
year = workspace.years()[-1]
workspace.find(Person)
workspace.find(Story, since=date(year, 1, 1))
ready = time.perf_counter()
workspace.load_years()
loaded = time.perf_counter()
stories = workspace.find(Story)
print(imported - begun, ready - imported, loaded - ready, len(stories), memory() - empty)
"""


def story(number: int, year: int = YEAR) -> Story:
    """A story of some 25 words with one person, one standard and now and then a customer."""
    at = datetime(year, 1, 1, 9, tzinfo=UTC) + timedelta(minutes=number)
    text = " ".join(CHANCE.choices(WORDS, k=25))
    customer = f"Customer {number % 40}" if number % 3 == 0 else ""
    return Story(
        id=mint(at),
        at=at,
        made_at=at,
        made_by="pat",
        kind="win" if number % 4 else "sticky",
        text=text,
        line=f"@maria {text} #own-it",
        people=(PEOPLE[number % 25],),
        standards=(STANDARDS[number % 8],),
        customer=customer,
        meeting=MEETINGS[number % 52],
    )


def filled(folder: Path, stories: int, years: int = 1) -> Workspace:
    """A workspace with so many stories in each of so many years."""
    workspace = Workspace.open(folder, create=True, user="pat")
    for year in range(YEAR - years + 1, YEAR + 1):
        now = datetime(YEAR, 6, 1, tzinfo=UTC)
        with workspace.batch("filled", now):
            for number in range(stories):
                workspace.save(story(number, year), deed="x", now=now)
    return workspace


def saving(workspace: Workspace) -> Callable[[Story], object]:
    now = datetime(YEAR, 6, 1, tzinfo=UTC)
    return lambda one: workspace.save(one, deed="win.recorded", now=now)


def tinydb_storage(place: Path, stories: int) -> Callable[[Story], object]:
    database = tinydb.TinyDB(place / "tiny.json", encoding="utf-8")
    database.insert_multiple(msgspec.to_builtins(story(number)) for number in range(stories))
    return lambda one: database.insert(msgspec.to_builtins(one))


def sqlite(place: Path, stories: int) -> Callable[[Story], object]:
    database = sqlite3.connect(place / "stories.sqlite", isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table records (id text primary key, record blob)")
    rows = ((one.id, msgspec.json.encode(one)) for one in map(story, range(stories)))
    with database:
        database.executemany("insert into records values (?, ?)", rows)
    return lambda one: database.execute("insert into records values (?, ?)", (one.id, msgspec.json.encode(one)))


def appending(place: Path, stories: int) -> Callable[[Story], object]:
    descriptor = os.open(place / "lines", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in range(stories):
        os.write(descriptor, msgspec.json.encode(story(number)) + b"\n")

    def append(one: Story) -> None:
        os.write(descriptor, msgspec.json.encode(one) + b"\n")
        os.fsync(descriptor)

    return append


def in_turns(engines: dict[str, Callable[[Story], object]], saves: int, first: int) -> dict[str, list[float]]:
    """Milliseconds of every save by every engine."""
    times: dict[str, list[float]] = {name: [] for name in engines}
    for number in range(saves):
        for name, save in engines.items():
            one = story(first + number)
            begun = time.perf_counter()
            save(one)
            times[name].append((time.perf_counter() - begun) * 1000)
    return times


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def row(name: str, *cells: object) -> None:
    print(f"  {name:34}" + "".join(f"{cell:>12}" for cell in cells))


def saves_by_size(sizes: Iterator[int], saves: int) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            engines: dict[str, Callable[[Story], object]] = {
                "year book": saving(filled(place / "workspace", size)),
                "TinyDB JSONStorage": tinydb_storage(place, size),
                "sqlite3 WAL, synchronous=FULL": sqlite(place, size),
                "append and fsync": appending(place, size),
            }
            times = in_turns(engines, saves, size)
        print(f"\none story more, after {size:,} (ms)")
        row("", "median", "p99", "p99 ratio")
        for name, taken in times.items():
            ratio = p99(taken) / p99(times["year book"])
            row(name, f"{statistics.median(taken):.2f}", f"{p99(taken):.2f}", f"{ratio:.2f}")


def saves_beside_other_years(stories: int, years: int, saves: int, place: Path) -> None:
    first, later = place / "first", place / "later"
    engines = {
        "in its first year": saving(filled(first, stories)),
        f"beside {years} other years": saving(filled(later, stories, years + 1)),
    }
    times = in_turns(engines, saves, stories)
    print(f"\none story more in a year of {stories:,} (ms)")
    row("", "median", "p99", "p99 ratio")
    base = p99(times["in its first year"])
    for name, taken in times.items():
        row(name, f"{statistics.median(taken):.2f}", f"{p99(taken):.2f}", f"{p99(taken) / base:.2f}")


def fresh_processes(folder: Path, runs: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    told: list[list[float]] = []
    for _ in range(runs):
        command = [sys.executable, "-c", FRESH, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        told.append([float(part) for part in done.stdout.split()])
    imported, ready, loaded, stories, memory = (statistics.median(column) for column in zip(*told, strict=True))
    print(f"\na fresh process on {stories:,.0f} stories")
    row("import (ms)", f"{imported * 1000:.0f}")
    row("ready to capture after it (ms)", f"{ready * 1000:.0f}")
    row("all readable after that (ms)", f"{loaded * 1000:.0f}")
    row("memory above an empty process (MB)", f"{memory:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=5000, help="in a year")
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--saves", type=int, default=400)
    options = parser.parse_args()
    saves_by_size(iter((1000, 3000, options.stories)), options.saves)
    place: Any = Path(tempfile.mkdtemp())
    try:
        saves_beside_other_years(options.stories, options.years, options.saves, place)
        shutil.rmtree(place / "first")
        with suppress(FileNotFoundError):
            fresh_processes(place / "later", 5)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
