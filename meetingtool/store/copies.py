"""The copies that a book can be brought back from: its former state, its own backups, and the zips in the backups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from meetingtool.store.bookfile import ReadBook
from meetingtool.store.conflicted import conflicted_copies, under_another_name
from meetingtool.store.daily import backups_of, split
from meetingtool.store.envelope import Envelope
from meetingtool.store.mending.loss import Loss, outcome
from meetingtool.store.mending.salvage import Salvage
from meetingtool.store.mending.state import ZIP, State
from meetingtool.store.places import BACKUPS, previous_of
from meetingtool.store.roll import Known

NEVER = datetime.min.replace(tzinfo=UTC)
"""The moment used where something is only worked out, not done."""


class Copy(msgspec.Struct, frozen=True):
    """A sound copy that a book can be brought back from, and what that would cost.

    told: which copy it is, in words. changed: the last deed in it. records: how many it has.
    saved: how many more, or later versions, come from the file in use. loss: of the records that the book had.
    damaged: whether that file is a damaged one.
    """

    path: Path
    told: str
    changed: datetime | None
    records: int
    saved: int
    loss: Loss
    damaged: bool = True

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


def _sound_sheets(path: Path, envelope: Envelope) -> list[tuple[Path, ReadBook]]:
    elsewhere = (each.path for each in conflicted_copies(path.parent, envelope=envelope) if each.book == path.stem)
    misnamed = (each.path for each in under_another_name(path.parent, envelope) if each.book == path.stem)
    copies = (*copy_files(path), *zips_of(path.parent), *elsewhere, *misnamed)
    states = ((copy, State.of(copy, envelope, path.stem)) for copy in copies)
    return [(copy, state.sheet) for copy, state in states if state.is_sound and state.sheet is not None]


def lines_of(path: Path, envelope: Envelope) -> frozenset[bytes]:
    """The lines of all records in the sound copies of a book."""
    return _lines_in(sheet for _, sheet in _sound_sheets(path, envelope))


def _lines_in(sheets: Iterable[ReadBook]) -> frozenset[bytes]:
    return frozenset(line for sheet in sheets for line in sheet.tables.get("records", {}).values())


def sound_copies(
    path: Path, envelope: Envelope, found: Salvage | None = None, known: Known | None = None, *, add: bool = True
) -> tuple[Copy, ...]:
    """The sound copies of a book, first those that bring most back for certain, then the newest.

    found: what can be read of the file in use. known: what the roll says. add: whether what was found is added.
    """
    sheets = _sound_sheets(path, envelope)
    sound = _lines_in(sheet for _, sheet in sheets)
    copies = []
    for copy, sheet in sheets:
        what = outcome(sheet.tables, found, sound, NEVER, add=add, known=known, base=sheet.header)
        rows = sheet.tables.get("records", {})
        copies.append(Copy(copy, called(copy), sheet.header.changed, len(rows), what.saved, what.loss))
    copies.sort(key=lambda one: (one.loss.most == 0, one.changed.timestamp() if one.changed else 0.0), reverse=True)
    return tuple(copies)


def called(copy: Path) -> str:
    """A copy in words."""
    if copy.suffix == ".prev":
        return "the copy from before the last save"
    if copy.suffix == ZIP:
        return f"the zip {copy.name}"
    if copy.parent.parent.name != BACKUPS:
        return copy.name
    day, _, reason = split(copy)
    words = {"": "", "edited": " (edited by hand)", "replaced": " (before a restore)", "copy": " (a merged copy)"}
    return f"the backup of {long_day(day)}{words.get(reason, f' ({reason})')}"
