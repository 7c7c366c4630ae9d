"""Capture and reading on a server: in place, 20 ms away, and gone; and the lists of HR over many teams.

python -m tests.benchmarks.server [--teams 1000] [--records 210] [--finals 10]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

import msgspec

from meetingtool.actions.people.office import check, missing
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.digests import digest
from meetingtool.store import Workspace
from meetingtool.store.commit import DISK, commit
from meetingtool.store.server import administration, office
from meetingtool.store.server.address import read_address
from meetingtool.store.server.link import Link
from tests.store.postgres import running
from tests.store.server.proxy import Proxy

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--teams", type=int, default=1000)
    options.add_argument("--records", type=int, default=210)
    options.add_argument("--finals", type=int, default=10)
    options.add_argument("--big", type=int, default=100_000, help="Records of one large team.")
    chosen = options.parse_args()
    sizes = (chosen.teams, chosen.records, chosen.finals)
    with tempfile.TemporaryDirectory() as place, running(Path(place)) as server:
        os.environ["XDG_STATE_HOME"] = place
        database = server.database()
        here = server.address("anna", database, "desk")
        with Workspace.open(here) as workspace:
            told("floor: one durable file", [timed(durable(Path(place), number)) for number in range(200)])
            told("save, by socket", [timed(capture(workspace, number)) for number in range(300)])
        line = Proxy(server.place, Path(tempfile.mkdtemp(prefix="mt-")))
        line.delay = 0.02
        away = f"postgresql://anna@/{database}?host={Path(line._path).parent}&team=desk"
        with Workspace.open(away) as workspace:
            told("capture, 20 ms away", [timed(capture(workspace, number)) for number in range(200)])
            line.cut()
            told("capture, server gone", [timed(capture(workspace, number)) for number in range(200)])
        told("take in many teams", [timed(lambda: fill_many(server, database, *sizes))])
        told(f"take in {chosen.big:,} records", [timed(lambda: fill(server, database, "other", chosen.big))])
        link = Link(read_address(server.address("anna", database), team=False))
        hr = Link(read_address(server.address("hr", database), team=False))
        told(
            "every record of a team",
            [timed(lambda: link.rows("select document from meetingtool.records_of('desk')"))] * 1,
        )
        told("HR lists all finals", [timed(lambda: office.finals(hr)) for _ in range(10)])
        filed = office.finals(hr)
        told("HR opens one", [timed(lambda: office.content_of(hr, filed[0])) for _ in range(50)])
        own = [RosterRow(line=n, name=f"Person {n}", number=f"{n:05d}") for n in range(2, 10_002)]
        told("HR asks who is missing, of 10,000", [timed(lambda: missing(hr, own, 2025)) for _ in range(3)])
        some = filed[:1000]
        told("HR verifies 1,000", [timed(lambda: check(hr, some))])
        with Workspace.open(server.address("olga", database, "other")) as workspace:
            told(f"open {chosen.big:,} records", [timed(workspace.load_years)])
            told("look for changes", [timed(workspace.refresh) for _ in range(50)])


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def told(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.95, 0.99))
    print(
        f"{what:32} median {median(ordered):8.2f} ms   p95 {p95:8.2f}   p99 {p99:8.2f}   n {len(ordered)}", flush=True
    )


def durable(place: Path, number: int) -> Callable[[], object]:
    """What everything that is to be safe costs at least on this disk, at this moment."""
    return lambda: commit(DISK, place / f"floor-{number}.json", [b"x" * 400], keep_previous=False)


def story(number: int) -> Story:
    at = NOW + timedelta(minutes=number)
    text = f"stayed with the customer until the courier called back, number {number}"
    return Story(id=mint(at), at=at, made_at=at, made_by="anna", kind="win", text=text, line=text)


def capture(workspace: Workspace, number: int) -> Callable[[], object]:
    record = story(number)
    return lambda: workspace.save(record, deed=deeds.WIN, now=record.at)


def fill(server: object, database: str, team: str, records: int) -> None:
    link = Link(read_address(server.address("olga", database), team=False))
    made = [story(number) for number in range(records)]
    with link.transaction():
        for first in range(0, records, 2000):
            rows = [row(record) for record in made[first : first + 2000]]
            link.rows("select meetingtool.take_in(%s, 'record', %s, false)", team, msgspec.json.encode(rows).decode())
        link.rows("select meetingtool.take_in(%s, '', '[]', true)", team)
    link.close()


def row(record: Story | Evaluation) -> dict[str, object]:
    return {
        "id": record.id,
        "book": str(record.at.year),
        "kind": str(record.__struct_config__.tag),
        "version": 1,
        "document": msgspec.json.encode(record).decode(),
        "saved_at": record.at.isoformat(),
        "saved_in": "",
    }


def evaluation(number: int) -> Evaluation:
    content = {
        "person": {"id": str(number), "name": f"Person {number}", "number": f"{number:05d}"},
        "words": "x" * 3000,
    }
    final = Final(content=content, digest=digest(content), finalised_at=NOW, finalised_by="anna")
    return Evaluation(
        id=mint(NOW), at=NOW, made_at=NOW, made_by="anna", person=str(number), since=date(2025, 1, 1),
        until=date(2025, 12, 31), state="final", finals=(final,),
    )  # fmt: skip


def fill_many(server: object, database: str, teams: int, records: int, finals: int) -> None:
    admin = Link(read_address(server.address("postgres", database), team=False))
    for number in range(teams):
        team = f"team-{number}"
        admin.run("reset role")
        administration.add_team(admin, team, team)
        admin.run("reset role")
        administration.add_member(admin, "tom", team)
    tom = Link(read_address(server.address("tom", database), team=False))
    for number in range(teams):
        rows = [row(story(each)) for each in range(records)] + [row(evaluation(each)) for each in range(finals)]
        with tom.transaction():
            text = msgspec.json.encode(rows).decode()
            tom.rows("select meetingtool.take_in(%s, 'record', %s, true)", f"team-{number}", text)
    admin.close()
    tom.close()


if __name__ == "__main__":
    main()
