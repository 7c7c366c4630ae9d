"""The copies that a book can be brought back from: its former state, its own backups, and the zips in the backups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from meetingtool.store.bookfile import ReadBook
from meetingtool.store.daily import backup_folder, backups_of, split
from meetingtool.store.envelope import Envelope
from meetingtool.store.mending.holding import holding
from meetingtool.store.mending.loss import Loss, outcome
from meetingtool.store.mending.salvage import Salvage
from meetingtool.store.mending.state import ZIP, State
from meetingtool.store.places import BACKUPS, previous_of
from meetingtool.store.roll import SavedBook

NEVER = datetime.min.replace(tzinfo=UTC)
"""The moment used where something is only worked out, not done."""


class Copy(msgspec.Struct, frozen=True):
    """A copy that a book can be brought back from, and what that would cost.

    told: which copy it is, in words. changed: the last deed in it. records: how many it has.
    saved: how many more, or later versions, come from the file in use. loss: of the records that the book had.
    damaged: whether that file is a damaged one. sound: whether the copy is just as it was saved.
    """

    path: Path
    told: str
    changed: datetime | None
    records: int
    saved: int
    loss: Loss
    damaged: bool = True
    sound: bool = True

    @property
    def cost(self) -> str:
        """The cost in a sentence."""
        if self.loss == Loss(0, 0):
            return f"Nothing is lost with {self.told}."
        file = "damaged file" if self.damaged else "present one"
        saved = {0: "", 1: f", which gains 1 record from the {file}"}.get(
            self.saved, f", which gains {self.saved:,} records from the {file}"
        )
        is_open = self.loss.most is None and not (self.loss.least or self.loss.history)
        since = f" of what was saved after {moment(self.changed)}" if is_open and self.changed else ""
        return f"With {self.told}{saved}, {self.loss.in_words}{since}."


def moment(at: datetime) -> str:
    """A moment in words."""
    return f"{at:%H:%M} on {long_day(at)}"


def long_day(day: date) -> str:
    """A day in words."""
    return f"{day.day} {day:%B %Y}"


def copy_files(path: Path) -> list[Path]:
    """The copies that a book has by itself: its former state and its backups."""
    previous = previous_of(path)
    return [*([previous] if previous.exists() else []), *backups_of(path)]


def zips_of(folder: Path) -> list[Path]:
    """The zips in the workspace's own backups, newest first."""
    backups = folder / BACKUPS
    found = [] if backups.is_symlink() else backups.glob(f"*{ZIP}")
    return sorted((path for path in found if path.is_file() and not path.is_symlink()), reverse=True)


def _sheets(path: Path, envelope: Envelope, here: Iterable[str] = ()) -> list[tuple[Path, ReadBook]]:
    """Whatever holds records of a book: its copies, and files under any other name or in another form. here: the keys
    of the records in the file in use; a file without any that it or the copies have is of another workspace."""
    own = [*copy_files(path), *zips_of(path.parent)]
    beside = holding(path, envelope, without={path, *own})
    states = ((copy, State.of(copy, envelope, path.stem).to_go_by()) for copy in (*own, *beside))
    sheets = [(copy, sheet) for copy, sheet in states if sheet is not None]
    ours = {*here, *(key for copy, sheet in sheets if copy in own for key in sheet.tables.get("records", {}))}
    return [
        (copy, sheet)
        for copy, sheet in sheets
        if copy in own or not ours or not ours.isdisjoint(sheet.tables.get("records", {}))
    ]


def lines_of(path: Path, envelope: Envelope) -> frozenset[bytes]:
    """The lines of all records in the sound copies of a book."""
    return _lines_in(sheet for _, sheet in _sheets(path, envelope))


def _lines_in(sheets: Iterable[ReadBook]) -> frozenset[bytes]:
    return frozenset(line for sheet in sheets if sheet.sound for line in sheet.tables.get("records", {}).values())


def copies_of(
    path: Path, envelope: Envelope, found: Salvage | None = None, known: SavedBook | None = None, *, add: bool = True
) -> tuple[Copy, ...]:
    """The copies of a book: first those that bring most back for certain, then sound ones, then the newest.

    found: what can be read of the file in use. known: what the roll says. add: whether what was found is added.
    """
    sheets = _sheets(path, envelope, () if found is None else found.tables["records"])
    sound = _lines_in(sheet for _, sheet in sheets)
    copies = []
    for copy, sheet in sheets:
        base = sheet.header if sheet.sound else None
        what = outcome(sheet.tables, found, sound, NEVER, add=add, known=known, base=base)
        rows = sheet.tables.get("records", {})
        changed = sheet.header.changed
        copies.append(Copy(copy, called(copy, path), changed, len(rows), what.saved, what.loss, sound=sheet.sound))
    copies.sort(key=_worth, reverse=True)
    return tuple(copies)


def _worth(copy: Copy) -> tuple[bool, bool, float]:
    return copy.loss.most == 0, copy.sound, copy.changed.timestamp() if copy.changed else 0.0


def called(copy: Path, book: Path) -> str:
    """A copy of a book in words."""
    if copy == previous_of(book):
        return "the copy from before the last save"
    if copy.suffix == ZIP and copy.parent.name == BACKUPS:
        return f"the zip {copy.name}"
    if copy.parent != backup_folder(book):
        return copy.relative_to(book.parent).as_posix()
    day, _, reason = split(copy)
    words = {"": "", "edited": " (edited by hand)", "replaced": " (before a restore)", "copy": " (a merged copy)"}
    return f"the backup of {long_day(day)}{words.get(reason, f' ({reason})')}"
