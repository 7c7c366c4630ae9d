"""Looking back over decades: how soon a key brings results, side by side in one run with what else one could take.

    python tests/benchmarks/history.py [--stories 100000] [--years 20] [--people 300] [--runs 5] [--keep DIR]

Makes a workspace of believable records, then measures

1. the search itself, letter by letter, beside sqlite's FTS5 on the same stories (its index on disk, prefixes indexed);
2. the app in a process of its own: the first frame against that of an empty Textual app and when Today is told whole;
   the history's first rows when its key is the first, when all years are searchable (the very first time, and with what
   was kept of that), the longest wait of the app meanwhile, a key to drawn results as one types fast, a page, memory;
3. `meetingtool history WORD` as a whole process beside the sqlite3 shell, and jrnl and taskwarrior where installed.

--keep leaves the workspace in DIR, and takes it from there the next time.
"""

from __future__ import annotations

import argparse
import json
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
from datetime import UTC, datetime, timedelta
from pathlib import Path

from meetingtool.actions.desk import Desk
from meetingtool.actions.history.history import History
from meetingtool.actions.people.team import add_person
from meetingtool.actions.start import set_up
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.store import Workspace

LAST_YEAR = 2026
NOW = datetime(LAST_YEAR, 11, 24, 9, tzinfo=UTC)
FIRST = [
    "Maria",
    "Tom",
    "Zoe",
    "Karim",
    "Aisha",
    "Nina",
    "Omar",
    "Sam",
    "Lena",
    "Jonas",
    "Priya",
    "Mateo",
    "Yuki",
    "Ewa",
    "Luc",
    "Ines",
    "Noah",
    "Sara",
    "Ivan",
    "Rosa",
]
LAST = [
    "Lopez",
    "Ng",
    "Reid",
    "Haddad",
    "Rahman",
    "Berg",
    "Silva",
    "Novak",
    "Ito",
    "Moreau",
    "Weber",
    "Costa",
    "Bauer",
    "Okafor",
    "Lind",
    "Patel",
    "Kaya",
]
PLACES = [
    "Harbour",
    "Station",
    "Market",
    "Chapel",
    "Mill",
    "Bridge",
    "Garden",
    "Tower",
    "River",
    "Island",
    "Orchard",
    "Meadow",
]
TRADES = [
    "Café",
    "Bakery",
    "School",
    "Clinic",
    "Hotel",
    "Florist",
    "Bookshop",
    "Garage",
    "Pharmacy",
    "Theatre",
    "Library",
    "Council",
]
WHO = [
    "a regular",
    "an old man",
    "the school's secretary",
    "two tourists",
    "the florist",
    "a nurse",
    "the new tenant",
    "a student",
]
WHAT = (
    "called about the {thing} and {did}",
    "came in with a broken {thing}; we {did}",
    "was promised a {thing} that never came, so she {did}",
    "asked for the {thing} of last week and {did}",
    "needed a {thing} before the weekend; he {did}",
)
THINGS = [
    "parcel",
    "invoice",
    "refund",
    "bike",
    "key",
    "lamp",
    "delivery",
    "courier",
    "contract",
    "booking",
    "receipt",
    "brake",
    "ticket",
    "locker",
    "saddle",
]
DEEDS = (
    "stayed on the line until it was found",
    "drove it over in the rain",
    "wrote everything down and rang back the same evening",
    "explained the bill line by line",
    "found the mistake in our own list",
    "walked to the depot and waited",
    "offered another one at once",
    "took the blame and put it right",
)
ENDINGS = "", " They wrote to say thank you.", " It took two days longer than we said.", " Nobody had told the shop."
TYPED = ("courier", "refund rain", "zoe", "thank you", "harbour bakery", "mistake in our own", "is:sticky depot", "qx")
ROWS = 30
WORD = "courier"
EVERY = "select rowid from told where told match ? order by rowid desc"

APP = """
import asyncio, gc, os, statistics, sys, time
begun = time.perf_counter()
gc.disable()  # as the program does until its first frame stands
from pathlib import Path
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp

class Timed(MeetingtoolApp):
    frame = 0.0
    def begin(self):
        super().begin()
        self.call_after_refresh(self.framed)
    def framed(self):
        self.frame = time.perf_counter() - begun

def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

drawn, counted = asyncio.Event(), asyncio.Event()

def then_drawn(name):
    # tells when what a method of the history's screen has changed stands on the screen
    from meetingtool.tui.history.history import HistoryScreen
    plain = getattr(HistoryScreen, name)
    def wrapped(self, *arguments, **named):
        plain(self, *arguments, **named)
        self.call_after_refresh(drawn.set)
    setattr(HistoryScreen, name, wrapped)

def then_counted():
    # tells when everything was looked through and counted after a key
    from meetingtool.tui.history.history import HistoryScreen
    plain = HistoryScreen._tell
    def wrapped(self):
        plain(self)
        self.call_after_refresh(counted.set)
    HistoryScreen._tell = wrapped

async def press(app, key, character=None, wait_for=drawn):
    # seconds from a key to its result on the screen
    from textual.events import Key
    drawn.clear()
    counted.clear()
    started = time.perf_counter()
    app.post_message(Key(key, character))
    await asyncio.wait_for(drawn.wait(), 60)
    rows = time.perf_counter() - started
    await asyncio.wait_for(wait_for.wait(), 60)
    return rows, time.perf_counter() - started

async def main():
    with Workspace.open(Path(sys.argv[1])) as workspace:
        app = Timed(workspace)
        async with app.run_test(size=(120, 36)) as pilot:
            while not app.frame or not app.screen._latest_shown:
                await asyncio.sleep(0.001)
            told = time.perf_counter() - begun
            then_drawn("_search")
            opened = time.perf_counter()
            app.action_search()
            await asyncio.wait_for(drawn.wait(), 60)
            rows = time.perf_counter() - opened
            waits, before = [], time.perf_counter()
            while app.history.years_left:
                await asyncio.sleep(0.001)
                now = time.perf_counter()
                waits.append(now - before)
                before = now
            ready = time.perf_counter() - begun - app.frame
            await pilot.pause()
            then_counted()
            keys, counts, pages = [], [], []
            for query in sys.argv[2:]:
                app.screen.line.text = ""
                app.screen.line.focus()
                await pilot.pause()
                for letter in query:
                    key = {" ": "space", ":": "colon"}.get(letter, letter)
                    rows_drawn, all_counted = await press(app, key, letter, counted)
                    keys.append(rows_drawn)
                    counts.append(all_counted)
                    await asyncio.sleep(0.1)  # before the next key of a fast typist
            app.screen.line.text = ""
            app.screen.rows.focus()
            await pilot.pause()
            then_drawn("_show_whole")
            for _ in range(30):
                pages.append((await press(app, "pagedown"))[0])
                await pilot.pause(0.1)
            print(app.frame, told, rows, ready, max(waits, default=0.0), memory())
            print(*keys)
            print(*counts)
            print(*pages)

asyncio.run(main())
"""

EMPTY = """
import asyncio, time
begun = time.perf_counter()
from textual.app import App
from textual.widgets import Footer, Header
class Empty(App):
    frame = 0.0
    def compose(self):
        yield Header()
        yield Footer()
    def on_mount(self):
        self.call_after_refresh(self.drawn)
    def drawn(self):
        self.frame = time.perf_counter() - begun
async def main():
    app = Empty()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
    print(app.frame)
asyncio.run(main())
"""


def told(chance: random.Random) -> str:
    """One or two sentences as people tell them."""
    what = chance.choice(WHAT).format(thing=chance.choice(THINGS), did=chance.choice(DEEDS))
    detail = f" Number {chance.randrange(10_000)}." if chance.random() < 0.2 else ""
    return f"{chance.choice(WHO).capitalize()} {what}.{detail}{chance.choice(ENDINGS)}"


def fill(folder: Path, stories: int, years: int, people: int) -> Workspace:
    """A workspace with so many stories, a third as many promises, spread over the years, told by so many people."""
    chance = random.Random(20)
    workspace = Workspace.open(folder, create=True, user="pat")
    set_up(workspace, "Harbour Desk", NOW)
    with workspace.batch("people", NOW):
        for number in range(people):
            name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
            add_person(workspace, f"{name} {number}" if number >= len(FIRST) * len(LAST) else name, NOW)
    roster = Desk(workspace, lambda: NOW).roster
    ids, standards = [p.id for p in roster.people], [s.id for s in roster.standards]
    customers = [f"{place} {trade}" for place in PLACES for trade in TRADES]
    each = stories // years
    for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        start = datetime(year, 1, 1, 9, tzinfo=UTC)
        step = timedelta(days=320) / max(each, 1)
        with workspace.batch("stories", NOW):
            for number in range(each):
                for record in _records(start + step * number, chance, ids, standards, customers):
                    workspace.save(record, deed="x", now=NOW)
    return workspace


def _records(
    at: datetime, chance: random.Random, people: list[str], standards: list[str], customers: list[str]
) -> Iterator[Story | FollowUp]:
    """A story, and often a promise that came of it."""
    text = told(chance)
    who = tuple(chance.sample(people, 1 if chance.random() < 0.8 else 2))
    customer = chance.choice(customers) if chance.random() < 0.3 else ""
    sticky = chance.random() < 0.3
    base = {"at": at, "made_at": at, "made_by": "pat"}
    story = Story(
        id=mint(at), **base, kind="sticky" if sticky else "win", text=text, line=text, people=who, customer=customer,
        standards=tuple(chance.sample(standards, chance.choice((0, 1, 1, 2)))), meeting="held",
        starred=chance.random() < 0.05, private=chance.random() < 0.02,
        learned="Ask for the number first." if sticky and chance.random() < 0.5 else "",
    )  # fmt: skip
    yield story
    if chance.random() < 0.33:
        state = "kept" if chance.random() < 0.9 else "missed"
        yield FollowUp(
            id=mint(at), **base, kind="promise", text=f"{chance.choice(THINGS)} by Friday", people=who, state=state,
            story=story.id, customer=customer, decided_at=at + timedelta(days=3), private=story.private,
        )  # fmt: skip


def prefixes() -> list[str]:
    """What stands in the line after every key."""
    return [query[:end] for query in TYPED for end in range(1, len(query) + 1)]


def milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def p95(times: list[float]) -> float:
    return sorted(times)[-(-95 * len(times) // 100) - 1]


def line(name: str, times: list[float], unit: str = "ms") -> None:
    print(f"  {name:<52}{statistics.median(times):>9.1f} {p95(times):>9.1f} {max(times):>9.1f} {unit}")


def fts(place: Path, stories: list[Story]) -> sqlite3.Connection:
    """The same texts in FTS5, accent-blind, with its prefixes indexed."""
    database = sqlite3.connect(place / "fts.sqlite")
    database.execute(
        "create virtual table told using fts5(text, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
    )
    database.executemany("insert into told values (?)", ((f"{s.text} {s.learned} {s.customer}",) for s in stories))
    database.commit()
    return database


def fts_query(typed: str) -> str:
    words = ["".join(letter for letter in word if letter.isalnum()) for word in typed.split() if ":" not in word]
    return " ".join(f'"{word}"*' for word in words if word)


def searching(workspace: Workspace, place: Path) -> sqlite3.Connection:
    """The search by itself beside FTS5, taking turns."""
    history = History(Desk(workspace, lambda: NOW))
    started = time.process_time()
    history.begin()
    while history.read_on():
        pass
    print(f"All years made searchable in {1000 * (time.process_time() - started):.0f} ms of processor time")
    database = fts(place, workspace.find(Story))
    first_rows, ours, best, theirs, first = [], [], [], [], []
    for typed in prefixes():
        query = history.query(typed)
        first_rows.append(milliseconds(lambda query=query: history.look(query).reach(ROWS)))
        ours.append(milliseconds(lambda query=query: (history.count(query), history.facets(query))))
        best.append(milliseconds(lambda query=query: history.look(query, best_match=True)))
        match = fts_query(typed)
        if match:
            theirs.append(milliseconds(lambda match=match: database.execute(EVERY, (match,)).fetchall()))
            first.append(milliseconds(lambda match=match: database.execute(f"{EVERY} limit 50", (match,)).fetchall()))
    print(f"\n1. The search, a letter at a time ({len(history):,} entries){'median':>16} {'p95':>9} {'most':>9}")
    line("the rows that fit a screen", first_rows)
    line("then all found, and counts by person, standard, kind, month", ours)
    line("the same again, best match first", best)
    line("FTS5: all found, newest first, no counts", theirs)
    line("FTS5: the newest 50", first)
    return database


def in_the_app(folder: Path, runs: int) -> None:
    """First frames, the history's rows, keys and pages, in processes of their own."""
    frames, today, empty, rows, ready, waits, keys, counts, pages, memory = ([] for _ in range(10))
    shutil.rmtree(folder / "index", ignore_errors=True)
    new = list(map(float, _python(APP, str(folder), *TYPED).splitlines()[-4].split()))
    for _ in range(runs):
        empty.append(float(_python(EMPTY)) * 1000)
        app, typed, tallied, paged = _python(APP, str(folder), *TYPED).splitlines()[-4:]
        frame, told, first, whole, wait, used = map(float, app.split())
        frames.append(frame * 1000)
        today.append(told * 1000)
        rows.append(first * 1000)
        ready.append(whole * 1000)
        waits.append(wait * 1000)
        memory.append(used)
        keys += [float(one) * 1000 for one in typed.split()]
        counts += [float(one) * 1000 for one in tallied.split()]
        pages += [float(one) * 1000 for one in paged.split()]
    print(f"\n2. The app{'median':>53} {'p95':>9} {'most':>9}")
    line("first frame of an empty app", empty)
    line("first frame", frames)
    ratio = statistics.median(frames) / statistics.median(empty)
    print(f"  {'ratio of the two':<52}{ratio:>9.2f}")
    line("Today told whole", today)
    line("the history's first rows, after its key", rows)
    line("every year searchable, after the first frame", ready)
    line("the longest wait of the app meanwhile", waits)
    line("every year searchable, the very first time", [new[3] * 1000])
    line("the longest wait of the app meanwhile", [new[4] * 1000])
    line("a key to drawn rows", keys)
    line("a key to all found and counted", counts)
    line("a page down", pages)
    line("memory", memory, "MB")


def _python(script: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def as_processes(folder: Path, place: Path, stories: list[Story], runs: int) -> None:
    """Whole processes, taking turns."""
    tool = [sys.executable, "-m", "meetingtool", "--data", str(folder), "history"]
    shell = shutil.which("sqlite3")
    commands = {
        'python -c "import click"': [sys.executable, "-c", "import click"],
        f"meetingtool history {WORD}": [*tool, WORD],
        f"meetingtool history {WORD}, all of them": [*tool, "--limit", "0", WORD],
        "meetingtool history with a word that is nowhere": [*tool, "qxqxqx"],
    }
    if shell:
        asked = f"select text from told where told match '{WORD}*' order by rowid desc limit 50"
        commands["sqlite3 with FTS5, the newest 50"] = [shell, str(place / "fts.sqlite"), asked]
    commands |= _jrnl(place, stories) | _taskwarrior(place, stories)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(milliseconds(lambda command=command: _run(command)))
    print(f"\n3. Whole processes{'median':>45} {'p95':>9} {'most':>9}")
    for name, taken in times.items():
        line(name, taken)
    for name in ("jrnl", "task"):
        if shutil.which(name) is None:
            print(f"  {name}: not installed, not measured")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _jrnl(place: Path, stories: list[Story]) -> dict[str, list[str]]:
    found = shutil.which("jrnl")
    if found is None:
        return {}
    journal, settings = place / "journal.txt", place / "jrnl.yaml"
    journal.write_text("\n".join(f"[{s.at:%Y-%m-%d %H:%M}] {s.text}\n" for s in stories), encoding="utf-8")
    settings.write_text(
        f"journals:\n  default:\n    journal: {journal}\n"
        "colors:\n  body: none\n  date: none\n  tags: none\n  title: none\n"
        "default_hour: 9\ndefault_minute: 0\neditor: ''\nencrypt: false\nhighlight: false\nindent_character: '|'\n"
        "linewrap: 79\ntagsymbols: '#@'\ntemplate: false\ntimeformat: '%Y-%m-%d %H:%M'\nversion: v4.2\n",
        encoding="utf-8",
    )
    return {f"jrnl -contains {WORD} -n 50": [found, "--config-file", str(settings), "-contains", WORD, "-n", "50"]}


def _taskwarrior(place: Path, stories: list[Story]) -> dict[str, list[str]]:
    found = shutil.which("task")
    if found is None:
        return {}
    data, tasks = place / "task", place / "tasks.json"
    data.mkdir()
    rows = [{"description": s.text, "entry": f"{s.at:%Y%m%dT%H%M%SZ}", "status": "pending"} for s in stories]
    tasks.write_text(json.dumps(rows), encoding="utf-8")
    settings = place / "taskrc"
    settings.write_text(f"data.location={data}\nconfirmation=off\n", encoding="utf-8")
    command = [found, f"rc:{settings}"]
    _run([*command, "import", str(tasks)])
    return {f"task {WORD} list": [*command, WORD, "limit:50", "list"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    os.environ["MEETINGTOOL_DATA"] = ""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        folder = wanted.keep or place / "workspace"
        if folder.is_dir():
            workspace = Workspace.open(folder, user="pat")
        else:
            workspace = fill(folder, wanted.stories, wanted.years, wanted.people)
        with workspace:
            searching(workspace, place).close()
            stories = workspace.find(Story)
        in_the_app(folder, wanted.runs)
        as_processes(folder, place, stories, wanted.runs)


if __name__ == "__main__":
    main()
