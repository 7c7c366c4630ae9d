"""Random deeds on a server by three managers, a deputy and the HR office, with lines cut and programs killed.

    python -m tests.store.server.run_server [--deeds 10000] [--seed 1]

Whatever a program was told to be saved must be on the server in the end, or wait in its outbox and be sent by the next
program; every record has one row; nobody sees another team. Exits with 1 where anything is not so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from meetingtool.errors import Conflict, MeetingtoolError
from meetingtool.records.base import mint
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.server import office
from meetingtool.store.server.address import read_address
from meetingtool.store.server.link import Link
from tests.store.postgres import running
from tests.store.server.proxy import Proxy

MANAGERS = (("anna", "desk"), ("tom", "desk"), ("dora", "desk"), ("olga", "other"))


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--deeds", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--worker", nargs=3, metavar=("ADDRESS", "TEAM", "JOURNAL"))
    chosen = options.parse_args()
    if chosen.worker:
        return work(*chosen.worker, chosen.seed)
    with tempfile.TemporaryDirectory() as place, running(Path(place)) as server:
        return overlook(server, Path(place), chosen.deeds, random.Random(chosen.seed))


def work(address: str, team: str, journal: str, seed: int) -> int:
    """One program: deeds until it is killed. What was acknowledged stands in the journal, as id and version."""
    chance = random.Random(seed)
    now = datetime.now(UTC)
    with Path(journal).open("a", buffering=1) as told:

        def acknowledged(*records: Story | Person) -> None:
            told.writelines(json.dumps([record.id, record.version]) + "\n" for record in records)

        workspace = None
        while True:
            now += timedelta(seconds=1)
            try:
                workspace = workspace or Workspace.open(address)
                workspace.refresh()
                made = {"at": now, "made_at": now, "made_by": "x"}
                story = Story(id=mint(now), kind="win", text=f"mark-{team}", line="", **made)
                deed = chance.random()
                known = workspace.find(Story)
                if deed < 0.6 or not known:
                    workspace.save(story, deed=deeds.WIN, now=now)
                    acknowledged(story)
                elif deed < 0.85:
                    old = chance.choice(known)
                    new = msgspec.structs.replace(old, version=old.version + 1, starred=not old.starred)
                    workspace.save(new, deed=deeds.STARRED, now=now)
                    acknowledged(new)
                else:
                    person = Person(id=mint(now), handle="x", name=f"mark-{team}", **made)
                    with workspace.batch(deeds.STORIES, now):
                        workspace.save(person, deed=deeds.QUIET, now=now)
                        workspace.save(story, deed=deeds.QUIET, now=now)
                    acknowledged(person, story)
            except Conflict:
                told.write('"conflict"\n')
            except MeetingtoolError:
                told.write('"away"\n')
                time.sleep(0.02)


def overlook(server: object, place: Path, wanted: int, chance: random.Random) -> int:
    database = server.database()
    lines = {}
    programs: dict[str, subprocess.Popen[bytes]] = {}
    kills = cuts = 0

    def begin(login: str, team: str) -> None:
        address = f"postgresql://{login}@/{database}?host={place / login}&team={team}"
        command = [sys.executable, "-m", "tests.store.server.run_server", "--seed", str(chance.randrange(1 << 30))]
        environment = {**os.environ, "XDG_STATE_HOME": str(place / "state")}
        programs[login] = subprocess.Popen(
            [*command, "--worker", address, team, str(place / f"{login}.journal")], env=environment
        )

    for login, team in MANAGERS:
        place.joinpath(login).mkdir()
        lines[login] = Proxy(server.place, place / login)
        begin(login, team)
    hr = Link(read_address(server.address("hr", database), team=False))
    lists = 0
    while sum(done(place, login) for login, _ in MANAGERS) < wanted:
        login, team = chance.choice(MANAGERS)
        time.sleep(chance.uniform(0.05, 0.4))
        if chance.random() < 0.5:
            programs[login].send_signal(signal.SIGKILL)
            programs[login].wait()
            begin(login, team)
            kills += 1
        else:
            lines[login].after = chance.randrange(8)
            time.sleep(chance.uniform(0, 0.2))
            lines[login].cut()
            lines[login].mend()
            cuts += 1
        office.finals(hr)
        lists += 1
    for login, team in MANAGERS:
        programs[login].kill()
        programs[login].wait()
        lines[login].mend()
        os.environ["XDG_STATE_HOME"] = str(place / "state")
        Workspace.open(f"postgresql://{login}@/{database}?host={place / login}&team={team}").close()
    return report(server, database, place, kills, cuts, lists)


def said(place: Path, login: str) -> list[list[object]]:
    found = []
    for line in place.joinpath(f"{login}.journal").read_text().splitlines():
        with suppress(json.JSONDecodeError):
            value = json.loads(line)
            found += [value] if isinstance(value, list) else []
    return found


def done(place: Path, login: str) -> int:
    journal = place / f"{login}.journal"
    return len(said(place, login)) if journal.exists() else 0


def report(server: object, database: str, place: Path, kills: int, cuts: int, lists: int) -> int:
    admin = Link(read_address(server.address("postgres", database), team=False))
    kept = dict(admin.rows("select id, version from meetingtool.record"))
    rows = admin.one("select count(*) from meetingtool.record")
    doubled = rows - len(kept)
    lost = acknowledged = 0
    for login, _ in MANAGERS:
        for id, version in said(place, login):
            acknowledged += 1
            lost += kept.get(id, 0) < version
    holes = admin.one(
        "select count(*) from meetingtool.record r where version - 1 <>"
        " (select count(*) from meetingtool.former f where f.team = r.team and f.id = r.id) and version <= 40"
    )
    seen = 0
    for login, team in (*MANAGERS, ("hr", "")):
        link = Link(read_address(server.address(login, database), team=False))
        other = "other" if team == "desk" else "desk"
        with suppress(MeetingtoolError):
            seen += link.one("select count(*) from meetingtool.records_of(%s)", other)
        link.close()
    waiting = len(list(place.glob("state/**/waiting/*.json")))
    print(f"{acknowledged:,} acknowledged, {kills} kills, {cuts} cuts, {lists} lists of HR")
    print(
        f"{lost} lost, {doubled} doubled, {holes} with versions missing, {seen} of another team seen, {waiting} waiting"
    )
    return int(bool(lost or doubled or holes or seen or waiting))


if __name__ == "__main__":
    sys.exit(main())
