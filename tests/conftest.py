"""A small team in a fresh workspace, one fixed moment, and a home folder that is nobody's."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyrage
import pytest
from hypothesis import settings

from meetingtool.actions.people.team import add_person
from meetingtool.actions.start import set_up
from meetingtool.store import Workspace

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday morning, when the meeting of the team starts."""

# The same few examples in every run, so that nobody's change fails by what chance finds elsewhere; to find more:
# pytest --hypothesis-profile=random
settings.register_profile("same", derandomize=True, max_examples=50, deadline=None)
settings.register_profile("random", max_examples=300, deadline=None)
settings.load_profile("same")

PEOPLE = (
    ("Maria Lopez", "Front desk", date(2021, 5, 3), None),
    ("Tom Ng", "Workshop", date(2019, 1, 7), None),
    ("Zoë Martin-Reid", "Front desk", date(2024, 9, 2), None),
    ("Karim Haddad", "Deliveries", date(2026, 6, 1), None),
    ("Sam Bell", "Workshop", date(2020, 2, 3), date(2026, 3, 31)),
)
"""@maria, @tom, @zoe, @karim and @sam, who has left."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole walks through the app come first: at the end no process waits for another one's long test."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/tui/test_"))


def pytest_collection_finish() -> None:
    """Whatever the tests found is there until the end: the garbage collector need not look through it again and again,
    nor as often as it does by itself (a sixth of all the time).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders to be somebody's home, each empty; the same one is given as long as nothing was written into it."""
    place = tmp_path_factory.mktemp("homes")

    def unused() -> Iterator[Path]:
        for number in count():
            home = place / str(number)
            home.mkdir()
            while not any(home.iterdir()):
                yield home

    return unused()


@pytest.fixture(autouse=True)
def nobodys_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the real user's folders and settings."""
    home = next(homes)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("MEETINGTOOL_DATA", "VISUAL", "EDITOR", "PYTHONIOENCODING", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """What a test writes need not outlive a power cut, so nothing waits until it is on the disk itself: only whether
    the file is open is asked. Programs that a test starts do wait.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture
def now() -> datetime:
    """Tuesday 24 November 2026, 09:00 UTC."""
    return NOW


@pytest.fixture
def today() -> date:
    """Tuesday 24 November 2026."""
    return NOW.date()


@pytest.fixture(scope="session")
def small_team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with `PEOPLE` and the starter content, made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("small-team") / "workspace"
    with Workspace.open(folder, create=True, user="pat") as workspace:
        set_up(workspace, "Harbour Desk", NOW, currency="GBP")
        for name, role, started, left in PEOPLE:
            add_person(workspace, name, NOW, role=role, started=started, left=left)
    return folder


@pytest.fixture
def folder(small_team: Path, tmp_path: Path) -> Path:
    """The folder of a fresh workspace with the small team, not opened."""
    return Path(shutil.copytree(small_team, tmp_path / "workspace"))


Prepared = Callable[..., None]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """prepared(folder, fill, ...): the small team's folder as fill(...) leaves it. It is filled once, and the copy is
    what later tests start from."""
    filled: dict[str, Path] = {}

    def prepare(folder: Path, fill: Callable[..., object], *arguments: object) -> None:
        name = f"{fill.__module__} {fill.__qualname__}"
        if name in filled:
            shutil.copytree(filled[name], folder, dirs_exist_ok=True)
            return
        fill(*arguments)
        filled[name] = Path(shutil.copytree(folder, tmp_path_factory.mktemp("filled") / "workspace"))

    return prepare


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    """A fresh workspace with the small team, opened by Pat."""
    with Workspace.open(folder, user="pat") as opened:
        yield opened


@pytest.fixture(scope="session")
def ended_program() -> int:
    """The number of a program that has ended."""
    program = subprocess.Popen([sys.executable, "-c", ""])
    program.wait()
    return program.pid


@pytest.fixture
def quick_passphrases(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for age's scrypt, which takes seconds on purpose; tests with `real` in their name have it."""
    if "real" in request.node.name:
        return

    def seal(data: bytes, passphrase: str) -> bytes:
        return b"sealed " + sha256(passphrase.encode()).digest() + bytes(byte ^ 90 for byte in data)

    def open_(data: bytes, passphrase: str) -> bytes:
        if data[7:39] != sha256(passphrase.encode()).digest():
            raise pyrage.DecryptError("Decryption failed")
        return bytes(byte ^ 90 for byte in data[39:])

    monkeypatch.setattr(pyrage, "passphrase", SimpleNamespace(encrypt=seal, decrypt=open_))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL of this process; it starts when a test first asks for it."""
    from tests.store.postgres import running

    shared = tmp_path_factory.getbasetemp()
    with running(shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) as server:
        yield server
