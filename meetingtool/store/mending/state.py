"""What a file of a book, or of a copy of one, is like: sound, changed, damaged, or another book's."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from meetingtool.store.book import book_of
from meetingtool.store.bookfile import SCHEMA, Header, ReadBook, Unreadable, read_book
from meetingtool.store.envelope import Envelope
from meetingtool.store.file_reading import read_whole
from meetingtool.store.inspection import Odd, looked_over
from meetingtool.store.keys import VERSION_DIGITS
from meetingtool.store.lines import Tables
from meetingtool.store.mending.forms import as_saved
from meetingtool.store.mending.salvage import Salvage, certain_header, checksum_in, salvage
from meetingtool.store.places import BACKUPS, BOOK_FILE, BOOK_NAME, NAMES, book_called, file_of, surveys_name
from meetingtool.store.storage import in_present_form
from meetingtool.store.zips import NOT_A_ZIP, opened_zip

ZIP = ".zip"


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
        """The state of a file. book: which one it should be, where its name doesn't say so, as in a zip."""
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
            left = as_saved(envelope.rescued(as_saved(data)))
            readable = _own(salvage(left), book) if left.strip(b"\0 \r\n\t") else _NOTHING
            return cls(None, f"can't be read: {error}", found=readable)
        if sheet.header.schema > SCHEMA:
            found = None if sheet.sound else salvage(plain)
            return cls(sheet, "was written by a newer meetingtool", newer=True, found=found)
        if sheet.header.book not in ("", book):
            return cls(sheet, f"contains {book_called(sheet.header.book)}", found=_own(salvage(plain), book))
        tables, odd = looked_over(sheet.tables)
        if odd:
            return cls(sheet, _told(odd), newer=sheet.sound, found=_own(salvage(plain), book))
        plain = plain if sheet.sound else as_saved(plain)
        found = _readable(tables, sheet.header if sheet.sound else certain_header(plain))
        return cls(sheet, found=msgspec.structs.replace(found, checksum=checksum_in(plain)))

    def to_go_by(self) -> ReadBook | None:
        """What a book can be brought back from: all of it, or as much as can be read, which is sound where the checksum
        fits all the same; None where nothing can be read, or only by a newer version."""
        if self.is_sound or self.newer or self.found is None or not self.found.tables["records"]:
            return self.sheet if self.is_sound else None
        tables = self.found.tables
        sound = self.found.fits(tables)
        return ReadBook(self.found.told if sound and self.found.told else Header(), tables, sound)


def _book_in(name: str) -> str:
    found = re.match(BOOK_NAME, name)
    return found[0] if found is not None else name.split(".")[0]


def bytes_of_copy(path: Path, book: str) -> bytes | None:
    """What a copy of a book holds, also in a zip; None where there is none. Raises OSError and what zips raise."""
    if path.suffix != ZIP:
        read = read_whole(path)
        return None if read is None else read[1]
    with opened_zip(path) as packed:
        name = file_of(Path(), book).name
        return packed.read(name) if name in packed.namelist() else None


def files_in_zip(path: Path) -> dict[str, bytes]:
    """What is in a zip, by name; empty where it can't be unpacked whole."""
    try:
        with opened_zip(path) as packed:
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
    """The part of it that belongs to the book: another book may have been put in its place."""
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
        found.checksum,
    )


def _told(odd: list[Odd]) -> str:
    number = "one row" if len(odd) == 1 else f"{len(odd)} rows"
    first = odd[0]
    return f"has {number} that can't be read, the first {first.ref or first.key[-6:]} ({first.why})"
