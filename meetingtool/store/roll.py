"""The roll of the books: what each was like when it was last saved here, kept apart from them.

A book that is missing, or that went back to an earlier state, says nothing about itself; the roll does. Every computer
has one of its own, so that cloud folders make no copies of it. It isn't a record: without it the books are just as
good, but less is known about what they lack. It is marked as unsure before a book is written, and noted after that, so
whatever it says for sure was on the disk.
"""

from __future__ import annotations

import os
import re
import sys
from binascii import crc32
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.errors import MeetingtoolError
from meetingtool.store.bookfile import Header, Unreadable, peek
from meetingtool.store.commit import FILE_MODE
from meetingtool.store.envelope import Envelope
from meetingtool.store.lines import Tables
from meetingtool.store.places import BOOK_FILE, ROLL

_DIGITS = 8


class Gap(msgspec.Struct, frozen=True):
    """What has been missing since saving went on in a book that had gone back to an earlier state: records, at least
    and at most; None where that isn't known. seen: when that save was."""

    least: int
    most: int | None
    seen: datetime | None = None


class SavedBook(msgspec.Struct, frozen=True, omit_defaults=True):
    """A book as it was last saved: what its header says.

    sure: False while it was being saved again. gone: it was taken away on purpose. gap: what it had already lost.
    """

    saves: int = 0
    records: int = 0
    content: int | None = None
    steps: int | None = None
    former: int | None = None
    deeds: int | None = None
    changed: datetime | None = None
    sure: bool = True
    gone: bool = False
    gap: Gap | None = None

    @classmethod
    def of(cls, header: Header, gap: Gap | None = None) -> SavedBook:
        """What a header says of its book."""
        told = {name: getattr(header, name) for name in _TOLD}
        return cls(**told, gap=gap)

    def is_beyond(self, header: Header) -> bool:
        """Whether a book with that header is in an earlier or a different state than this one."""
        if self.gone or header.saves > self.saves:
            return False
        return header.saves < self.saves or (
            None not in (self.content, header.content) and header.content != self.content
        )

    def steps_since(self, header: Header | None) -> int | None:
        """How many changes of records were saved since a copy with that header; None where that isn't known."""
        if header is None or self.steps is None or header.steps is None or header.saves >= self.saves:
            return None
        return self.steps - header.steps if self.steps >= header.steps else None

    def history_beyond(self, tables: Tables) -> int:
        """How many former versions and entries of the log the book had that aren't in the tables."""
        counts = ((self.former, "former"), (self.deeds, "deeds"))
        return sum(max(0, told - len(tables.get(name, {}))) for told, name in counts if told is not None)


_TOLD = ("saves", "records", "content", "steps", "former", "deeds", "changed")

Entries = dict[str, SavedBook]


class Roll:
    """The roll of this computer, written whenever a book is saved. The caller holds the lock of the workspace.

    Nothing here raises: a save must not fail for it. A roll that can't be written is removed, so that it says nothing
    false.
    """

    def __init__(self, folder: Path, envelope: Envelope) -> None:
        self._folder = folder
        self._envelope = envelope
        self._path = folder / f"{ROLL}{_computer():08x}"
        self._seen: tuple[int, int, int] | None = None
        self._entries: Entries = {}

    def begin(self, book: str, base: Header | None) -> None:
        """A book is about to be saved. base: its sound header, if it has one."""
        entries = self._read()
        known = entries.get(book)
        if known is None or known.gone:
            return
        gap = known.gap
        if base is not None and known.is_beyond(base):
            gap = _widened(gap, known, base)
        entries[book] = msgspec.structs.replace(known, sure=False, gap=gap)
        self._write(entries)

    def note(self, book: str, header: Header, *, settled: bool = False, gap: Gap | None = None) -> None:
        """A book was saved with that header. settled: what it had lost was accepted, except for the gap."""
        entries = self._read()
        known = entries.get(book)
        entries[book] = SavedBook.of(header, gap if settled or known is None else known.gap)
        self._write(entries)

    def strike(self, books: Iterable[str], before: Mapping[str, SavedBook]) -> None:
        """These books are gone on purpose. before: what is known of them by any roll."""
        entries = self._read()
        for book in books:
            saves = max(before.get(book, SavedBook()).saves, entries.get(book, SavedBook()).saves)
            entries[book] = SavedBook(saves + 1, gone=True)
        self._write(entries)

    def wrap_anew(self, before: Envelope) -> None:
        """Wrap it as the books are wrapped now; the rolls of other computers become part of it."""
        entries = known_books(self._folder, before)
        for path in _rolls(self._folder):
            if path != self._path:
                path.unlink(missing_ok=True)
        self._write(entries)

    def _read(self) -> Entries:
        """What it says; a new one begins with the books that are there."""
        signature = _signature(self._path)
        if signature is None or signature != self._seen:
            found = read_roll(self._path, self._envelope)
            self._entries = (
                {name: SavedBook(0, sure=False) for name in _books(self._folder)} if found is None else found
            )
        return self._entries

    def _write(self, entries: Entries) -> None:
        data = msgspec.json.encode(entries)
        try:
            pieces = self._envelope.wrap([b"%08x\n" % crc32(data), data])
            _write_in_place(self._path, b"".join(pieces))
        except (OSError, MeetingtoolError):
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        self._entries, self._seen = entries, _signature(self._path)


def known_books(folder: Path, envelope: Envelope) -> Entries:
    """What the rolls in a folder say about every book, each by the roll that knows the latest state."""
    latest: Entries = {}
    gaps: dict[str, Gap] = {}
    for path in _rolls(folder):
        for book, known in (read_roll(path, envelope) or {}).items():
            if BOOK_FILE.fullmatch(f"{book}.json") is None:
                continue
            former = latest.get(book)
            if former is None or (former.saves, former.sure) < (known.saves, known.sure):
                latest[book] = known
            if known.gap is not None:
                gaps[book] = known.gap
    return {
        book: known if known.gone or book not in gaps else msgspec.structs.replace(known, gap=gaps[book])
        for book, known in latest.items()
    }


def missing_books(folder: Path, envelope: Envelope) -> list[str]:
    """The books that a roll knows, and whose files are not there any more, though nobody took them away on purpose."""
    told = known_books(folder, envelope)
    return [book for book, known in told.items() if not known.gone and not os.path.lexists(folder / f"{book}.json")]


def header_of(path: Path) -> Header | None:
    """What the file of a book says about itself, unchecked; None where it can't be told without reading it whole."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _PLAIN)
        with os.fdopen(descriptor, "rb") as file:
            return peek(file.read(512))
    except OSError:
        return None


def read_roll(path: Path, envelope: Envelope) -> Entries | None:
    """The entries of one roll; None where there is none, or it is damaged."""
    try:
        data = envelope.unwrap(_bytes(path))
        told, text = data[:_DIGITS], data[_DIGITS + 1 :]
        return msgspec.json.decode(text, type=Entries) if told == b"%08x" % crc32(text) else None
    except (OSError, Unreadable, MeetingtoolError, msgspec.DecodeError):
        return None


def unreadable_rolls(folder: Path, envelope: Envelope) -> list[Path]:
    """The rolls in a folder that are damaged, or can't be opened: what they knew is not known any more."""
    return [path for path in _rolls(folder) if read_roll(path, envelope) is None]


def is_without_roll(folder: Path) -> bool:
    """Whether there is no roll in a folder, sound or not, though a book was saved since there have been rolls."""
    if _rolls(folder):
        return False
    headers = [header_of(folder / f"{book}.json") for book in _books(folder)]
    return any(header is None or header.deeds is not None for header in headers)


def _widened(gap: Gap | None, known: SavedBook, base: Header) -> Gap:
    differs = None not in (known.content, base.content) and known.content != base.content
    least = max(known.records - base.records, int(differs))
    most = known.steps_since(base) if known.sure else None
    if gap is not None:
        least, most = least + gap.least, None if most is None or gap.most is None else most + gap.most
    return Gap(least, most, known.changed)


def _rolls(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if re.fullmatch(rf"{re.escape(ROLL)}[0-9a-f]{{8}}", path.name))
    except OSError:
        return []


def _books(folder: Path) -> list[str]:
    try:
        return [found[1] for entry in os.scandir(folder) if (found := BOOK_FILE.fullmatch(entry.name))]
    except OSError:
        return []


def _bytes(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | _PLAIN)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _write_in_place(path: Path, data: bytes) -> None:
    """Not durable and not in one step, which would cost a save too much: a torn one is recognised by its checksum."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | _PLAIN, FILE_MODE)
    try:
        if os.write(descriptor, data) != len(data):
            raise OSError("only a part was written")
        os.ftruncate(descriptor, len(data))
    finally:
        os.close(descriptor)


_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _computer() -> int:
    """A number for this computer, by its name."""
    name = os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename
    return crc32(name.encode("utf-8", "replace"))
