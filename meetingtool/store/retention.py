"""Deleting what may no longer be kept: former texts of a record, or a whole year, in the backups too."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import Record
from meetingtool.rules.keeping.own_names import refuse_own
from meetingtool.store.backups import write_zip
from meetingtool.store.belongings import copies_by_name, own_files
from meetingtool.store.bookfile import SCHEMA, ReadBook, Unreadable, header_of_tables, write_tables
from meetingtool.store.commit import DISK, Files, commit
from meetingtool.store.copies import zips_of
from meetingtool.store.daily import backup_folder, backups_of
from meetingtool.store.derived import clear_derived
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import BookDamaged
from meetingtool.store.inspection import looked_over
from meetingtool.store.keys import VERSION_DIGITS, key_of
from meetingtool.store.lines import Rows, Tables, line_of
from meetingtool.store.lock import why_not
from meetingtool.store.mending.state import ZIP, State, books_in_zip, files_in_zip
from meetingtool.store.places import (
    BOOK_FILE,
    DAMAGED,
    MARK,
    PREVIOUS,
    TEAM,
    file_of,
    names_name,
    previous_of,
    surveys_name,
    year_name,
)
from meetingtool.store.roll import Roll, SavedBook, known_books
from meetingtool.store.shelf import decode_record
from meetingtool.store.storage import CHECK_HINT, read_book_file
from meetingtool.store.together import lock_of

R = TypeVar("R", bound=Record)


class Purged(msgspec.Struct, frozen=True):
    """What a purge did. former: how many former versions went. copies: the older files in which the records are now
    as they are today. out_of_reach: files that may still hold the former texts, to be looked at by a person."""

    former: int
    copies: tuple[Path, ...]
    out_of_reach: tuple[Path, ...]


class CopyRewrite(msgspec.Struct, frozen=True):
    """What is to become of records in older copies. told: whether a row has what is to go; to: the record without
    it."""

    told: Callable[[bytes], bool]
    to: Callable[[Any], Any]


class Archived(msgspec.Struct, frozen=True):
    """What an archive holds. kinds: number of records by kind. removed: files that leave the workspace with it."""

    path: Path
    kinds: dict[str, int]
    removed: tuple[Path, ...]


def purge(
    folder: Path,
    ids: Collection[str],
    *,
    change: CopyRewrite | None = None,
    dry_run: bool = False,
    files: Files = DISK,
    envelope: Envelope = PLAIN,
) -> Purged:
    """Delete every former version of these records, and put their present version into all older copies.

    The caller has saved the versions that are to stay, for instance of a person made anonymous. change: what to make of
    other records that only a copy has in that form, such as a copy from before a restore. Books that are gone may have
    copies, too. A copy that can't be read is not touched, but named in the result. It can't be undone. With `dry_run`
    nothing is written.
    """
    keys = {key_of(id) for id in ids}
    former, copies, out_of_reach = 0, [], []
    present: Rows = {}
    with lock_of(folder, files):
        if not dry_run:
            _clear(files, folder)
        for path in sorted(path for path in folder.iterdir() if BOOK_FILE.fullmatch(path.name)):
            try:
                sheet = _readable(path, envelope)
            except (Unreadable, OSError) as error:
                raise BookDamaged(f"{path.name} can't be read whole.", CHECK_HINT, path) from error
            records = sheet.tables.get("records", {})
            present |= records
            mine = {key: line for key, line in records.items() if key in keys}
            former += len(_former_of(sheet, mine))
            _rewrite(files, path, sheet, mine, envelope, dry_run)
        mine = {key: line for key, line in present.items() if key in keys}
        conflicted = copies_by_name(folder)
        for copy in (*_copies(folder), *conflicted):
            try:
                there = _readable(copy, envelope)
            except (Unreadable, OSError):
                out_of_reach.append(copy)
                continue
            records = there.tables.get("records", {})
            fresh = {key: line for key, line in mine.items() if key in records}
            if copy in conflicted:
                fresh = {key: line for key, line in fresh.items() if not _is_later(key, records[key], line)}
            if change is not None:
                fresh = {**_changed(there, present, change), **fresh}
            if _rewrite(files, copy, there, fresh, envelope, dry_run):
                copies.append(copy)
    return Purged(former, tuple(copies), tuple(out_of_reach))


def records_in_copies(folder: Path, kind: type[R], *, envelope: Envelope = PLAIN) -> list[R]:
    """Every record of a kind in older files and in zips of the backups, each as its latest version there."""
    found: dict[str, R] = {}
    tag = f'"type":"{kind.__struct_config__.tag}"'.encode()
    for path in (*_copies(folder), *copies_by_name(folder), *zips_of(folder)):
        for tables in _tables_in(path, envelope):
            for key, line in tables.get("records", {}).items():
                record = decode_record(key, line) if tag in line else None
                if isinstance(record, kind) and (key not in found or found[key].version < record.version):
                    found[key] = record
    return list(found.values())


def _tables_in(path: Path, envelope: Envelope) -> Iterator[Tables]:
    """The tables of a copy, or of each book in a zip; none of what can't be read."""
    for book in books_in_zip(path) if path.suffix == ZIP else [""]:
        found = State.of(path, envelope, book).found
        if found is not None:
            yield found.tables


def _copies(folder: Path) -> list[Path]:
    """Every file of the workspace that has records and isn't a book itself."""
    return [
        path
        for path in own_files(folder)
        if path.suffix in (".json", PREVIOUS)
        and path.name != MARK
        and not (path.parent == folder and BOOK_FILE.fullmatch(path.name))
    ]


def _is_later(key: str, there: bytes, here: bytes) -> bool:
    return decode_record(key, there).version > decode_record(key, here).version


def _changed(sheet: ReadBook, present: Rows, change: CopyRewrite) -> Rows:
    """The records of a copy that differ from those in the books, or are not there, and are to be changed, or have
    former versions to be removed."""
    tables, found = sheet.tables, {}
    for row, line in (*tables.get("records", {}).items(), *tables.get("former", {}).items()):
        key = row if row in tables.get("records", {}) else row[:-VERSION_DIGITS]
        whole = tables.get("records", {}).get(key)
        if whole is not None and key not in found and (row != key or present.get(key) != line) and change.told(line):
            record = change.to(decode_record(key, whole))
            found[key] = line_of(key, msgspec.json.encode(record))
    return found


def archive_year(
    folder: Path,
    year: int,
    target: Path,
    *,
    now: datetime,
    also: Mapping[str, bytes] | None = None,
    dry_run: bool = False,
    force: bool = False,
    files: Files = DISK,
    envelope: Envelope = PLAIN,
) -> Archived:
    """Write a year, and the team as it is, to the zip `target`; then take the year and its backups out of the
    workspace.

    The zip is plain JSON inside, one record a line; in `copies/` are the conflicted and damaged copies of the year.
    also: more files to put in, by name, such as lists for people to read. With `dry_run` nothing is written. NotFound
    when the year has no book; Refused when `target` exists and `force` is not given, and always when it is a
    workspace's own file.
    """
    named = (file_of(folder, name) for name in (year_name(year), surveys_name(year), names_name(year)))
    paths = [path for path in named if path.exists()]
    if not paths:
        if known_books(folder, envelope).get(year_name(year), SavedBook()).gone:
            raise Refused(
                f"{year} was taken out of the workspace already.",
                f"`meetingtool restore {shlex.quote(str(target))} --book {year}` puts it back."
                if target.is_file()
                else "",
            )
        raise NotFound(
            f"There are no records of {year}.", "`meetingtool where` prints the folder; it has a file for each year."
        )
    refuse_own(target, folder)
    with lock_of(folder, files):
        try:
            sheets = [_readable(path, envelope) for path in (*paths, file_of(folder, TEAM))]
        except (Unreadable, OSError) as error:
            raise BookDamaged(f"A book of {year} can't be read whole.", CHECK_HINT, paths[0]) from error
        content = {f"{sheet.header.book}.json": write_tables(sheet.header, sheet.tables) for sheet in sheets}
        beside = _copies_beside(folder, {path.stem for path in paths})
        copies = {f"copies/{path.name}": _plain(path, envelope) for path in beside}
        is_packed = _is_packed(target, year, {**{path.name: content[path.name] for path in paths}, **copies})
        if target.exists() and not force and not is_packed:
            raise Refused(f"{target} already exists.", "Name another file, or use --force to replace it.")
        leaving: list[Path] = []
        for path in reversed(paths):
            previous = previous_of(path)
            leaving += [*backups_of(path), *([previous] if previous.exists() else []), path]
        leaving = [*beside, *leaving]
        if not dry_run:
            if not is_packed:
                write_zip(files, target, {**content, **copies, **(also or {})}, now)
            _clear(files, folder)
            Roll(folder, envelope).strike([path.stem for path in paths], known_books(folder, envelope))
            _remove(files, leaving, folder)
    return Archived(target, _kinds(sheets[:-1]), tuple(leaving))


def _is_packed(target: Path, year: int, content: Mapping[str, bytes]) -> bool:
    """Whether an interrupted archive wrote the zip already: it has all that is left of the year, unchanged.

    Refused where the zip has more of the year, and other texts of what is here: replacing it would lose that.
    """
    packed = files_in_zip(target) if target.is_file() else {}
    there = {name for name in packed if BOOK_FILE.fullmatch(name) and year_name(year) in name}
    if there and all(packed.get(name) == data for name, data in content.items()):
        return True
    if there - content.keys():
        raise Refused(f"{target} has books of {year} that are not here any more.", "Name another file.")
    return False


def _copies_beside(folder: Path, books: Collection[str]) -> list[Path]:
    """Conflicted and damaged copies of the books: what only they have would be missing, or would bring the year
    back."""
    conflicted = [path for path in copies_by_name(folder) if path.name.casefold().startswith(_starts(books))]
    damaged = [path for path in own_files(folder) if path.parent == folder / DAMAGED]
    return [*conflicted, *(path for path in damaged if path.name.startswith(tuple(f"{book} " for book in books)))]


def _starts(books: Collection[str]) -> tuple[str, ...]:
    return tuple(f"{book}{sign}" for book in books for sign in " ._([-~")


def _plain(path: Path, envelope: Envelope) -> bytes:
    """What is in a copy; one that can't be decrypted comes as it is."""
    data = path.read_bytes()
    try:
        return envelope.unwrap(data)
    except Unreadable:
        return data


def _readable(path: Path, envelope: Envelope) -> ReadBook:
    sheet = read_book_file(path, envelope)
    tables, odd = looked_over(sheet.tables)
    if odd or sheet.header.schema > SCHEMA:
        raise Unreadable("it has records that can't be read")
    return ReadBook(sheet.header, tables, sheet.sound)


def _former_of(sheet: ReadBook, mine: Rows) -> set[str]:
    return {row for row in sheet.tables.get("former", {}) if row[:-VERSION_DIGITS] in mine}


def _rewrite(files: Files, path: Path, sheet: ReadBook, mine: Rows, envelope: Envelope, dry_run: bool) -> bool:
    """Put today's rows into the file and take their former versions out; whether that changes anything."""
    gone = _former_of(sheet, mine)
    records = sheet.tables.get("records", {})
    outdated = {key: line for key, line in mine.items() if key in records and records[key] != line}
    if not gone and not outdated:
        return False
    former = {row: line for row, line in sheet.tables.get("former", {}).items() if row not in gone}
    tables = {**sheet.tables, "records": {**records, **outdated}, "former": former}
    is_book = BOOK_FILE.fullmatch(path.name) is not None
    header = msgspec.structs.replace(
        sheet.header,
        schema=SCHEMA,
        saves=sheet.header.saves + is_book,
        steps=sheet.header.steps_now + is_book * len(outdated),
    )
    if not dry_run:
        try:
            pieces = envelope.wrap([write_tables(header, tables)])
            roll = Roll(path.parent, envelope) if is_book else None
            if roll is not None:
                roll.begin(path.stem, sheet.header if sheet.sound else None)
            commit(files, path, pieces, keep_previous=False)
            if roll is not None:
                roll.note(path.stem, header_of_tables(header, tables))
        except OSError as error:
            raise why_not(error, path.parent) from error
    return True


def _clear(files: Files, folder: Path) -> None:
    """Delete what was worked out from the books: it may hold the words that are to go."""
    try:
        clear_derived(folder, files)
    except OSError as error:
        raise why_not(error, folder) from error


def _remove(files: Files, leaving: list[Path], folder: Path) -> None:
    """Remove files, the book itself last: until then it is all there."""
    try:
        for path in leaving:
            files.remove(path)
        for path in leaving:
            backups = backup_folder(path)
            if path.parent == folder and backups.is_dir():
                backups.rmdir()
        files.sync_folder(folder)
    except OSError as error:
        raise why_not(error, folder) from error


def _kinds(sheets: Sequence[ReadBook]) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for sheet in sheets:
        for key, line in sheet.tables.get("records", {}).items():
            kind = str(type(decode_record(key, line)).__struct_config__.tag)
            kinds[kind] = kinds.get(kind, 0) + 1
    return kinds
