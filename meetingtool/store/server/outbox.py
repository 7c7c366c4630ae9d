"""What was recorded while the server was away: kept on this computer until the server has it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.records.kinds import AnyRecord
from meetingtool.rules.keeping import deeds
from meetingtool.store.commit import DISK, FOLDER_MODE, commit
from meetingtool.store.deeds import Deed
from meetingtool.store.errors import WorkspaceUnusable
from meetingtool.store.lock import why_not
from meetingtool.store.transaction import begun


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

_WAITING = msgspec.json.Decoder(Waiting)


class Outbox:
    """One file a deed, readable by its owner alone. Ids are minted beforehand, so sending twice is harmless."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "waiting"

    def put(self, waiting: Waiting) -> None:
        """Keep it durably. CannotWrite where that fails."""
        try:
            self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            commit(DISK, self._path(waiting.deed.id), [msgspec.json.encode(waiting)], keep_previous=False)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def drop(self, deed_id: str) -> None:
        """Delete it: the server has it. CannotWrite where that fails."""
        try:
            self._path(deed_id).unlink(missing_ok=True)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def all(self) -> list[Waiting]:
        """What waits, in the order in which it was recorded. WorkspaceUnusable when one can't be read."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                found.append(_WAITING.decode(path.read_bytes()))
            except FileNotFoundError:
                continue  # Another window has sent it meanwhile.
            except (OSError, msgspec.DecodeError) as error:
                raise WorkspaceUnusable(
                    f"{path} can't be read, and what it holds waits for the server.", "Move it elsewhere to go on."
                ) from error
        return found

    def gather(self, database: str) -> None:
        """Take over what waits for the same team of the same database, login included, under another spelling of the
        address or another name of the host. database: what identifies all of these. CannotWrite where that fails."""
        mine = self._folder.parent
        note = mine / DATABASE
        try:
            if not note.is_file() or note.read_text(encoding="utf-8") != database:
                commit(DISK, note, [database.encode()], keep_previous=False)
            for other in mine.parent.glob(f"*/{DATABASE}"):
                if other != note and other.read_text(encoding="utf-8") == database:
                    for path in (other.parent / self._folder.name).glob("*.json"):
                        self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
                        path.rename(self._folder / path.name)
        except OSError as error:
            raise why_not(error, self._folder) from error

    def number(self) -> int:
        """How many deeds wait."""
        return len(list(self._folder.glob("*.json")))

    def in_words(self) -> str:
        """A sentence on what waits, and where, to follow another one; empty where nothing does."""
        number = self.number()
        if not number:
            return ""
        told = "1 thing that was told waits" if number == 1 else f"{number} things that were told wait"
        return f" {told} for it on this computer, in {self._folder}."

    def _path(self, deed_id: str) -> Path:
        return self._folder / f"{deed_id}.json"
