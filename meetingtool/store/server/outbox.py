"""What was recorded while the server was away: kept on this computer until the server has it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from meetingtool.records.kinds import AnyRecord
from meetingtool.rules.keeping import deeds
from meetingtool.store.commit import DISK, FOLDER_MODE, commit
from meetingtool.store.deeds import Deed
from meetingtool.store.errors import WorkspaceUnusable
from meetingtool.store.lock import why_not
from meetingtool.store.transaction import begun
from meetingtool.store.workspace import TypedLine

T = TypeVar("T")


class Waiting(msgspec.Struct, frozen=True):
    """A deed that the server does not have yet, with its new records. undoing: the deed that took them back."""

    deed: Deed
    records: tuple[AnyRecord, ...]
    undoing: Deed | None = None

    def taken_back(self, now: datetime, login: str) -> Waiting:
        """How it waits once it was undone here. The server may have it without having been able to say so, so both are
        sent."""
        undoing = begun(None, now, login, deeds.undoing(self.deed.what), self.deed.id)
        return msgspec.structs.replace(self, undoing=undoing)

    @property
    def removed(self) -> tuple[AnyRecord, ...]:
        """The records as they are after being taken back; none where they were not."""
        if self.undoing is None:
            return ()
        at = self.undoing.at
        return tuple(msgspec.structs.replace(record, version=2, removed_at=at) for record in self.records)


DATABASE = "database"
"""The file beside what waits that says for which database, team and login it does."""

DEED, LINE = ".json", ".line"
"""How the names of the files end: of deeds, and of lines that were typed while no workspace could be opened."""

_WAITING, _TYPED = msgspec.json.Decoder(Waiting), msgspec.json.Decoder(TypedLine)


def _read(path: Path, decoder: msgspec.json.Decoder[T]) -> T | None:
    """What a file holds; None for one that another window has sent meanwhile."""
    try:
        return decoder.decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise WorkspaceUnusable(
            f"{path} can't be read, and what it holds waits for the server.", "Move it elsewhere to go on."
        ) from error


class Outbox:
    """One file a deed, readable by its owner alone. Ids are minted beforehand, so sending twice is harmless."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "waiting"

    def put(self, waiting: Waiting) -> None:
        """Keep it durably. CannotWrite where that fails."""
        self._put(f"{waiting.deed.id}{DEED}", msgspec.json.encode(waiting))

    def _put(self, name: str, data: bytes) -> None:
        try:
            self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            commit(DISK, self._folder / name, [data], keep_previous=False)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def drop(self, deed_id: str) -> None:
        """Delete it: the server has it. CannotWrite where that fails."""
        self._drop(f"{deed_id}{DEED}")

    def _drop(self, name: str) -> None:
        try:
            (self._folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def all(self) -> list[Waiting]:
        """What waits, in the order in which it was recorded. WorkspaceUnusable when one can't be read."""
        found = (_read(path, _WAITING) for path in sorted(self._folder.glob(f"*{DEED}")))
        return [waiting for waiting in found if waiting is not None]

    def was_opened(self) -> bool:
        """Whether its team was ever opened on this computer."""
        return (self._folder.parent / DATABASE).is_file()

    def put_line(self, typed: TypedLine) -> None:
        """Keep a line durably. CannotWrite where that fails."""
        self._put(f"{typed.id}{LINE}", msgspec.json.encode(typed))

    def lines(self) -> list[TypedLine]:
        """The lines that wait, in the order in which they were typed. WorkspaceUnusable when one can't be read."""
        found = (_read(path, _TYPED) for path in sorted(self._folder.glob(f"*{LINE}")))
        return [typed for typed in found if typed is not None]

    def drop_line(self, id: str) -> None:
        """Delete a line: it is recorded. CannotWrite where that fails."""
        self._drop(f"{id}{LINE}")

    def gather(self, database: str) -> None:
        """Take over what waits for the same team of the same database, login included, under another spelling of the
        address or another name of the host. database: what identifies all of these; empty where
        nothing does. CannotWrite where that fails."""
        mine = self._folder.parent
        note = mine / DATABASE
        try:
            if not note.is_file() or note.read_text(encoding="utf-8") != database:
                commit(DISK, note, [database.encode()], keep_previous=False)
            if not database:
                return
            for other in mine.parent.glob(f"*/{DATABASE}"):
                if other != note and other.read_text(encoding="utf-8") == database:
                    for path in (other.parent / self._folder.name).glob("*.*"):
                        self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
                        path.rename(self._folder / path.name)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def number(self) -> int:
        """How many deeds and lines wait."""
        return sum(path.suffix in (DEED, LINE) for path in self._folder.glob("*.*"))

    def in_words(self) -> str:
        """A sentence on what waits, and where, to follow another one; empty where nothing does."""
        number = self.number()
        if not number:
            return ""
        told = "1 thing that was told waits" if number == 1 else f"{number} things that were told wait"
        return f" {told} for it on this computer, in {self._folder}."
