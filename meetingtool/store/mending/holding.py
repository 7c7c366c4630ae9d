"""Which files may hold records of a book, whatever their names: copies that somebody made or renamed, what was set
aside as damaged, copies in the place of another book's, and whatever else has rows of records in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from meetingtool.store.belongings import COPY_NAME, copies_by_name, own_files, walked
from meetingtool.store.book import book_of
from meetingtool.store.bookfile import Header, peek
from meetingtool.store.envelope import AGE, Envelope
from meetingtool.store.mending.forms import as_saved
from meetingtool.store.mending.salvage import salvage
from meetingtool.store.mending.state import State
from meetingtool.store.places import BACKUPS, BOOK_FILE, DAMAGED

_BEGINNING = 1 << 17
"""Bytes that are enough for the header of a book, also in a file that is encrypted."""

_ROW = re.compile(rb'"[0-9]{36,39}"\s*:\s*\{')
"""How the row of a record begins, in any file and however it is laid out: with the record's long number."""


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


def foreign_with_records(folder: Path, envelope: Envelope) -> dict[Path, set[str]]:
    """The files anywhere below the folder that meetingtool didn't make and never touches, but which have records in
    them, packed or in part as well; with the names of the books that these are of, empty where that can't be told.
    With the plain envelope only those that anybody can read."""
    own = {*own_files(folder), *copies_by_name(folder)}
    others = (path for path in sorted(folder.rglob("*")) if path not in own)
    plain = (path for path in others if not path.is_symlink() and path.is_file())
    return {path: books for path in plain if (books := books_with_records(path, envelope))}


def books_with_records(path: Path, envelope: Envelope) -> set[str]:
    """The names of the books whose records are in a file of any kind, empty where that can't be told; none where it has
    no record."""
    from meetingtool.store.searching import FAILURES, LARGEST, parts_of

    try:
        is_large = path.stat().st_size > LARGEST
        data = _beginning(path) if is_large else path.read_bytes()
    except OSError:
        return set()  # nobody reads a record there
    try:
        parts = [part for part in parts_of(data, envelope) if isinstance(part, bytes)]
    except FAILURES:
        parts = [envelope.rescued(data)]
    return {book for part in parts for book in _books_of(as_saved(part))}


def _books_of(data: bytes) -> set[str]:
    header = peek(data)
    if header is not None:
        return {header.book}
    if not _ROW.search(data):
        return set()
    return {book_of(record) for record in salvage(data).records.values()} or {""}


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
