"""The copies that a book can be brought back from: its former state, its own backups, and the zips in the backups."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from meetingtool.store.book import book_of
from meetingtool.store.bookfile import SCHEMA, Header, ReadBook, Unreadable, read_book
from meetingtool.store.daily import backups_of, split
from meetingtool.store.envelope import Envelope
from meetingtool.store.inspection import Odd, looked_over
from meetingtool.store.keys import VERSION_DIGITS
from meetingtool.store.lines import Tables
from meetingtool.store.mending.loss import Loss, outcome
from meetingtool.store.mending.salvage import Salvage, certain_header, salvage
from meetingtool.store.places import BACKUPS, BOOK_FILE, BOOK_NAME, NAMES, file_of, previous_of, surveys_name
from meetingtool.store.roll import Known
from meetingtool.store.storage import in_present_form, read_whole

ZIP = ".zip"
NOT_A_ZIP = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError)
NEVER = datetime.min.replace(tzinfo=UTC)
"""The time used for what is only worked out, not done."""


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
        since = f" of what was saved after {moment(self.changed)}" if self.loss == Loss() and self.changed else ""
        return f"With {self.told}{saved}, {self.loss.in_words}{since}."


def moment(at: datetime) -> str:
    """A moment in words."""
    return f"{at:%H:%M} on {long_day(at)}"


def long_day(day: date) -> str:
    """A day in words."""
    return f"{day.day} {day:%B %Y}"


class State(msgspec.Struct, frozen=True):
    """A file as it was found. problem: what is wrong, to follow its name; empty when it can be used.

    found: what can be read of it; None where there is none.
    """

    sheet: ReadBook | None
    problem: str = ""
    newer: bool = False
    found: Salvage | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it is a book just as it was saved."""
        return not self.problem and self.sheet is not None and self.sheet.sound

    @classmethod
    def of(cls, path: Path, envelope: Envelope, book: str = "") -> State:
        """The state of a file. book: which one it should be, where its name doesn't say so, as that of a zip."""
        book = book or (path.parent.name if path.parent.parent.name == BACKUPS else _book_in(path.name))
        try:
            data = bytes_of_copy(path, book)
        except OSError as error:
            return cls(None, f"can't be read: {error.strerror}", found=_NOTHING)
        except NOT_A_ZIP:
            return cls(None, "can't be unpacked", found=_NOTHING)
        if data is None:
            return cls(None, "is missing")
        try:
            plain = envelope.unwrap(data)
            sheet = in_present_form(read_book(plain))
        except Unreadable as error:
            return cls(None, f"can't be read: {error}", found=_own(salvage(envelope.rescued(data)), book))
        if sheet.header.schema > SCHEMA:
            found = None if sheet.sound else salvage(plain)
            return cls(sheet, "was written by a newer meetingtool", newer=True, found=found)
        if sheet.header.book not in ("", book):
            return cls(sheet, f"contains the book of {sheet.header.book}", found=_own(salvage(plain), book))
        tables, odd = looked_over(sheet.tables)
        if odd:
            return cls(sheet, _told(odd), newer=sheet.sound, found=_own(salvage(plain), book))
        return cls(sheet, found=_readable(tables, sheet.header if sheet.sound else certain_header(plain)))


def _book_in(name: str) -> str:
    found = re.match(BOOK_NAME, name)
    return found[0] if found is not None else name.split(".")[0]


def bytes_of_copy(path: Path, book: str) -> bytes | None:
    """What a copy of a book holds, also in a zip; None where there is none. Raises OSError and what zips raise."""
    if path.suffix != ZIP:
        read = read_whole(path)
        return None if read is None else read[1]
    with zipfile.ZipFile(path) as packed:
        name = file_of(Path(), book).name
        return packed.read(name) if name in packed.namelist() else None


def files_in_zip(path: Path) -> dict[str, bytes]:
    """What is in a zip, by name; nothing of one that can't be unpacked whole."""
    try:
        with zipfile.ZipFile(path) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except (OSError, *NOT_A_ZIP):
        return {}


def books_in_zip(path: Path) -> list[str]:
    """The names of the books in a zip."""
    return [found[1] for name in files_in_zip(path) if (found := BOOK_FILE.fullmatch(name))]


def _readable(tables: Tables, told: Header | None) -> Salvage:
    return Salvage({"records": {}, "former": {}, "deeds": {}, **tables}, told=told)


_NOTHING = _readable({}, None)


def _own(found: Salvage, book: str) -> Salvage:
    """What of it belongs to the book: another one may have been put in its place."""
    records = found.records
    strange = {
        key
        for key, record in records.items()
        if book_of(record) != book and not (record.kept_in == NAMES[:-1] and surveys_name(record.at.year) == book)
    }
    is_other = found.told is not None and found.told.book != book
    if not strange and not is_other:
        return found
    rows = {key: line for key, line in found.tables["records"].items() if key not in strange}
    former = {row: line for row, line in found.tables["former"].items() if row[:-VERSION_DIGITS] in rows}
    deeds = {} if is_other and not rows else found.tables["deeds"]
    told = None if is_other else found.told
    return Salvage(
        {"records": rows, "former": former, "deeds": deeds},
        frozenset() if is_other else found.unreadable,
        told,
        found.unsure,
        tuple(pair for pair in found.twice if pair[0] in rows),
    )


def _told(odd: list[Odd]) -> str:
    number = "one row" if len(odd) == 1 else f"{len(odd)} rows"
    first = odd[0]
    return f"has {number} that can't be read, the first {first.ref or first.key[-6:]} ({first.why})"


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
    copies = (*copy_files(path), *zips_of(path.parent))
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
    copies.sort(key=lambda one: (one.loss.is_none, one.changed.timestamp() if one.changed else 0.0), reverse=True)
    return tuple(copies)


def called(copy: Path) -> str:
    """A copy in words."""
    if copy.suffix == ".prev":
        return "the copy from before the last save"
    if copy.suffix == ZIP:
        return f"the zip {copy.name}"
    day, _, reason = split(copy)
    words = {"": "", "edited": " (edited by hand)", "replaced": " (before a restore)", "copy": " (a merged copy)"}
    return f"the backup of {long_day(day)}{words.get(reason, f' ({reason})')}"
