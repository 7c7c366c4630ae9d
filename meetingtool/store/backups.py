"""Backups on request, all books in one zip; and reading what a zip, or one of a book's own backups, contains."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import msgspec

from meetingtool.errors import Refused
from meetingtool.rules.keeping.leftovers import left_in
from meetingtool.rules.keeping.own_names import refuse_own
from meetingtool.store.belongings import own_files
from meetingtool.store.book import book_of
from meetingtool.store.bookfile import (
    SCHEMA,
    ReadBook,
    Unreadable,
    read_book,
)
from meetingtool.store.commit import DISK, Files, commit
from meetingtool.store.daily import backups_of, split
from meetingtool.store.encryption import key_in, keys_of
from meetingtool.store.envelope import AGE, PLAIN, Envelope
from meetingtool.store.errors import BookDamaged, NewerVersion, WorkspaceMissing
from meetingtool.store.file_reading import not_readable, read_whole
from meetingtool.store.inspection import looked_over
from meetingtool.store.lines import Tables
from meetingtool.store.lock import why_not
from meetingtool.store.migrations import brought_up
from meetingtool.store.places import BACKUPS, BOOK_FILE, DRAFTS, KEY, TEAM, file_of
from meetingtool.store.shelf import decode_record
from meetingtool.store.storage import CHECK_HINT, read_book_file
from meetingtool.store.zips import TooLarge, opened_zip

ANOTHER = "Nothing was changed; take another backup."


class Made(msgspec.Struct, frozen=True):
    """A zip that was written, with the number of books and of records in it."""

    path: Path
    books: int
    records: int


class Saved(msgspec.Struct, frozen=True):
    """One automatic backup of a book. reason: empty for a daily one."""

    book: str
    path: Path
    reason: str
    changed: datetime | None
    records: int


def backup(
    folder: Path, target: Path, *, now: datetime, force: bool = False, files: Files = DISK, envelope: Envelope = PLAIN
) -> Made:
    """Write every book, and half-typed text, to the zip `target`: whole or not at all, readable by its owner alone.

    Works while others write: years are read before the team they rest on. Raises Refused when `target` exists and
    `force` is not given, or when it is a workspace's own file (a zip in this one's backups may be replaced);
    BookDamaged, WorkspaceMissing, CannotWrite.
    """
    if target.parent != folder / BACKUPS or target.suffix != ".zip":
        refuse_own(target, folder)
    if target.exists() and not force:
        raise Refused(f"{target} already exists.", "Name another file, or use --force to replace it.")
    content: dict[str, bytes] = {}
    records = 0
    for name in sorted(path.stem for path in folder.glob("*.json") if BOOK_FILE.fullmatch(path.name)):
        data = _bytes_of(file_of(folder, name))
        records += len(_sound(name, data, envelope).tables.get("records", {}))
        content[f"{name}.json"] = data
    if f"{TEAM}.json" not in content:
        raise WorkspaceMissing(f"There is no workspace in {folder}.", "Name it with --data.")
    books = len(content)
    for draft in (path for path in own_files(folder) if path.parent.name == DRAFTS):
        content[f"{DRAFTS}/{draft.name}"] = draft.read_bytes()
    content |= keys_of(folder, envelope)
    write_zip(files, target, content, now)
    return Made(target, books, records)


def write_zip(files: Files, target: Path, content: Mapping[str, bytes], now: datetime) -> None:
    """Write a zip whole or not at all, and read it back before it gets its name; what a killed program left half
    written there is removed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, moment_in_zip(now))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, data)
    with zipfile.ZipFile(buffer) as packed:
        if any(packed.read(name) != data for name, data in content.items()):
            raise BookDamaged(f"{target} could not be packed correctly.", "Try again; check this computer's memory.")
    try:
        for half in left_in(target.parent):
            files.remove(half)
        commit(files, target, [buffer.getvalue()], keep_previous=False)
    except OSError as error:
        raise why_not(error, target.parent) from error


def moment_in_zip(now: datetime) -> tuple[int, int, int, int, int, int]:
    """The time to note for a file in a zip, kept within 1980 to 2107, which is all that zips know."""
    year = min(max(now.year, 1980), 2107)
    return (year, now.month, min(now.day, 28) if year != now.year else now.day, now.hour, now.minute, now.second)


def own_backups(folder: Path, *, envelope: Envelope = PLAIN) -> list[Saved]:
    """The automatic backups of the books, newest first; damaged ones are left out."""
    saved = []
    root = folder / "backups"
    for book in sorted(entry.name for entry in root.iterdir()) if root.is_dir() else ():
        for path in backups_of(file_of(folder, book)):
            try:
                sheet = read_book_file(path, envelope)
            except (Unreadable, OSError):
                continue
            header = sheet.header
            saved.append(Saved(book, path, split(path)[2], header.changed, len(sheet.tables.get("records", {}))))
    return sorted(saved, key=lambda one: (one.changed.timestamp() if one.changed else 0.0, one.book), reverse=True)


def books_of(source: Path, envelope: Envelope) -> dict[str, tuple[bytes, ReadBook]]:
    """The books in a backup, each with its bytes. Raises Refused, BookDamaged or NewerVersion
    unless every one is sound."""
    if source.suffix.lower() == ".zip" or zipfile.is_zipfile(source):
        content = _unpacked(source)
    elif source.parent.parent.name == "backups" and source.suffix == ".json":
        content = {source.parent.name: _bytes_of(source)}
    else:
        raise Refused(f"{source} isn't a backup.", "`meetingtool backup FILE.zip` writes one.")
    return {name: (data, _sound(name, data, envelope, " in the backup", ANOTHER)) for name, data in content.items()}


def _unpacked(source: Path) -> dict[str, bytes]:
    """The books in a zip, once each of its files has been checked against its checksum."""
    try:
        with opened_zip(source) as packed:
            files = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    except TooLarge:
        raise Refused(f"{source} is too large to be a backup.", "Check where the file came from.") from None
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise BookDamaged(
            f"{source} is cut short or damaged: it can't be unpacked whole.", "Take another backup.", source
        ) from error
    content = {name.removesuffix(".json"): data for name, data in files.items() if BOOK_FILE.fullmatch(name)}
    if not content:
        raise Refused(f"{source} has no books in it.", "`meetingtool backup FILE.zip` writes such a file.")
    return content


def problem_of_zip(path: Path, envelope: Envelope) -> str:
    """Why nothing can be restored from a zip in the backups; empty when all of it is sound, or encrypted with another
    key."""
    name = path.relative_to(path.parent.parent)
    try:
        content = _unpacked(path)
        keys = key_in(path).get(KEY), keys_of(path.parent.parent, envelope).get(KEY)
        for book, data in content.items():
            if not data.startswith(AGE) or keys[0] == keys[1]:
                _sound(book, data, envelope)
    except (BookDamaged, NewerVersion, Refused) as error:
        message = error.message
        return message.replace(str(path), str(name)) if str(path) in message else f"In {name}, {message}"
    return ""


def _bytes_of(path: Path) -> bytes:
    try:
        read = read_whole(path)
    except OSError as error:
        raise not_readable(path, error) from error
    if read is None:
        raise BookDamaged(f"{path.name} is missing.", CHECK_HINT, path)
    return read[1]


def _sound(name: str, data: bytes, envelope: Envelope, where: str = "", hint: str = CHECK_HINT) -> ReadBook:
    """The sheet in the data, if every record in it can be read. where: what it was taken from, in words."""
    try:
        sheet = read_book(envelope.unwrap(data))
    except Unreadable as error:
        raise BookDamaged(f"{name}.json{where} can't be read: {error}.", hint) from error
    if sheet.header.schema > SCHEMA:
        raise NewerVersion(f"{name}.json was written by a newer meetingtool.", "Update meetingtool on this computer.")
    tables, odd = looked_over(brought_up(sheet).tables)
    if sheet.header.book not in ("", name) or (not sheet.header.book and _of_others(name, tables)):
        raise BookDamaged(f"{name}.json in the backup is another book.", ANOTHER)
    if odd:
        raise BookDamaged(f"{name}.json{where} has records that can't be read.", hint)
    return ReadBook(sheet.header, tables, sheet.sound)


def _of_others(name: str, tables: Tables) -> bool:
    """Whether records are of another year, where no header says which book it is."""
    return any(book_of(decode_record(key, line)) != name for key, line in tables.get("records", {}).items())
