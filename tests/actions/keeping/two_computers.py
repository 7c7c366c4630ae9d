"""Two folders of one workspace that two computers changed, each without the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from meetingtool.actions.keeping.merging import merge_copies
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.merging import Merged

change = msgspec.structs.replace


class Computers:
    """Two folders that began as one."""

    def __init__(self, folder: Path, elsewhere: Path, now: datetime) -> None:
        self.folder, self.elsewhere, self.now = folder, elsewhere, now
        self.done: list[Merged] = []

    @contextmanager
    def at(self, place: Path) -> Iterator[Workspace]:
        self.now += timedelta(minutes=1)
        with Workspace.open(place, user="pat") as workspace:
            yield workspace

    def fork(self) -> None:
        shutil.copytree(self.folder, self.elsewhere)

    def edit(self, place: Path, kind: type[Any], **fields: Any) -> None:
        """Change the record of the kind that was made last."""
        with self.at(place) as workspace:
            record = max(workspace.find(kind), key=lambda each: each.made_at)
            values = {name: value(record) if callable(value) else value for name, value in fields.items()}
            new = change(record, version=record.version + 1, **values)
            workspace.save(new, deed=deeds.PERSON_EDITED, now=self.now)

    def merge(self) -> list[str]:
        for book in self.elsewhere.glob("*.json"):
            shutil.copy(book, self.folder / f"{book.stem} (conflicted copy 2026-11-24 090000).json")
        with self.at(self.folder) as workspace:
            self.done, told = merge_copies(self.folder, "pat", self.now, workspace.envelope, lambda: workspace)
            return told
