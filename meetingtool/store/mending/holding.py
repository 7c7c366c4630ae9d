"""Which files may hold records of a book, whatever their names: copies that somebody made or renamed, what was set
aside as damaged, and copies in the place of another book's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from meetingtool.store.belongings import COPY_NAME, walked
from meetingtool.store.bookfile import Header, peek
from meetingtool.store.envelope import AGE, Envelope
from meetingtool.store.mending.forms import as_saved
from meetingtool.store.mending.state import State
from meetingtool.store.places import BACKUPS, BOOK_FILE, DAMAGED

_BEGINNING = 1 << 17
"""Bytes that are enough for the header of a book, also in a file that is encrypted."""


def holding(path: Path, envelope: Envelope, without: Collection[Path]) -> list[Path]:
    """The other files in the workspace of a book that may hold records of it. without: those that needn't be looked
    at."""
    files = (each for each in _others(path.parent) if each not in without)
    return [each for each in files if _may_hold(each, path.stem, envelope)]


def books_elsewhere(folder: Path, envelope: Envelope) -> set[str]:
    """The books that lie whole beside the others, under names by which they are not found."""
    found = set()
    for path in _others(folder):
        if path.parent != folder or BOOK_FILE.fullmatch(path.name) or _is_copy(path):
            continue
        header = _header_at(path, envelope)
        if header is None or not BOOK_FILE.fullmatch(f"{header.book}.json") or header.book in found:
            continue
        sheet = State.of(path, envelope, header.book).to_go_by()
        found |= {header.book} if sheet is not None and sheet.sound and sheet.header.book == header.book else set()
    return found


def _others(folder: Path) -> Iterator[Path]:
    """The plain files in which books may be, without hidden ones."""
    for path, parts in walked(folder):
        if not parts[-1].startswith(".") and (len(parts) == 1 or parts[0] in (BACKUPS, DAMAGED)):
            yield path


def _may_hold(path: Path, book: str, envelope: Envelope) -> bool:
    header = _header_at(path, envelope)
    if header is not None:
        return header.book in ("", book)
    start = as_saved(_beginning(path))
    is_placed = path.parent.name == DAMAGED or path.suffix == ".zip" or _is_copy(path)
    return is_placed or start.startswith(AGE) or start.lstrip()[:1] in (b"{", b"[")


def _is_copy(path: Path) -> bool:
    return re.fullmatch(COPY_NAME, path.name) is not None


def _header_at(path: Path, envelope: Envelope) -> Header | None:
    """What the header of a file says, unchecked; None where it has none that can be read."""
    return peek(as_saved(envelope.rescued(as_saved(_beginning(path)))))


def _beginning(path: Path) -> bytes:
    """The beginning of a file; nothing of one that can't be read: no record can be taken from it."""
    try:
        with path.open("rb") as file:
            return file.read(_BEGINNING)
    except OSError:
        return b""
