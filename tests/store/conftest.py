"""What the store's tests start from."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import Workspace

sys.path.insert(0, str(Path(__file__).parent))


class Make:
    """Makes records: `make.story()`."""

    now = datetime(2026, 3, 3, 9, 5, tzinfo=timezone(timedelta(hours=1)))

    def later(self, minutes: float = 1) -> datetime:
        return self.now + timedelta(minutes=minutes)

    def in_year(self, year: int) -> datetime:
        return datetime(year, 6, 1, 12, tzinfo=UTC)

    def story(self, text: str = "stayed until the courier called", at: datetime = now, **fields: Any) -> Story:
        fields = {"kind": "win", "line": text, **fields}
        return Story(id=mint(at), at=at, made_at=at, made_by="anna", text=text, **fields)

    def promise(self, text: str = "refund posted", at: datetime = now, **fields: Any) -> FollowUp:
        return FollowUp(id=mint(at), at=at, made_at=at, made_by="anna", kind="promise", text=text, **fields)

    def person(self, handle: str = "maria", at: datetime = now, **fields: Any) -> Person:
        fields = {"name": handle.title(), **fields}
        return Person(id=mint(at), at=at, made_at=at, made_by="anna", handle=handle, **fields)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


@pytest.fixture
def now(make: Make) -> datetime:
    """Tuesday 3 March 2026, 09:05, an hour east of Greenwich."""
    return make.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a workspace is to be; nothing is there yet."""
    return tmp_path / "workspace"


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    """A new and empty workspace of Anna's."""
    with Workspace.open(folder, create=True, user="anna") as opened:
        yield opened


collect_ignore = ["test_posix.py", "test_misplaced.py"] if os.name == "nt" else []
