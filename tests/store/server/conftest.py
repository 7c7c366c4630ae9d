"""What the tests of a server start from: a database with two teams, and how each login opens it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree

import pytest

from meetingtool.store import Workspace
from meetingtool.store.server.address import read_address
from meetingtool.store.server.link import Link
from tests.store.postgres import Server
from tests.store.server.proxy import Proxy

Open = Callable[..., Workspace]
Linked = Callable[[str], Link]


@pytest.fixture
def database(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return server.database()


@pytest.fixture
def linked(server: Server, database: str) -> Iterator[Linked]:
    """A connection of a login."""
    with ExitStack() as stack:

        def link(login: str) -> Link:
            opened = Link(read_address(server.address(login, database), team=False))
            stack.callback(opened.close)
            return opened

        yield link


@pytest.fixture
def open_as(server: Server, database: str) -> Iterator[Open]:
    """A team's workspace as a login sees it."""
    with ExitStack() as stack:

        def opened(login: str, team: str = "desk", address: str = "") -> Workspace:
            return stack.enter_context(Workspace.open(address or server.address(login, database, team)))

        yield opened


@pytest.fixture
def proxy(server: Server, database: str) -> Iterator[Proxy]:
    """A line to the server that can be cut: `address` is Anna's through it."""
    place = Path(tempfile.mkdtemp(prefix="mt-"))
    line = Proxy(server.place, place)
    line.address = f"postgresql://anna@/{database}?host={place}&team=desk"
    yield line
    line.cut()
    rmtree(place)
