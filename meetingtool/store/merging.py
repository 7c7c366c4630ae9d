"""Merging two books that diverged, record by record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from meetingtool.records.base import mint
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.people import Person
from meetingtool.rules.keeping.anonymity import is_alias
from meetingtool.rules.keeping.deeds import COPY_MERGED, merging
from meetingtool.rules.kinds.joining import GaveWay, merged_record
from meetingtool.store.book import Book
from meetingtool.store.bookfile import SCHEMA
from meetingtool.store.books import Staged
from meetingtool.store.commit import DISK, Files
from meetingtool.store.conflicted import ConflictedCopy, put_away
from meetingtool.store.deeds import Change, Deed, Former, read_former, when_replaced
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import NewerVersion, no_files
from meetingtool.store.keys import VERSION_DIGITS, former_key
from meetingtool.store.library import Library
from meetingtool.store.lines import Tables, line_of
from meetingtool.store.lock import why_not
from meetingtool.store.mending.recovery import set_aside
from meetingtool.store.mending.state import State
from meetingtool.store.places import file_of
from meetingtool.store.roll import Roll, SavedBook, known_books
from meetingtool.store.shelf import decode_record
from meetingtool.store.storage import read_book_file
from meetingtool.store.together import lock_of
from meetingtool.store.transaction import Transaction

_Side = Literal["same", "ours", "theirs", "both"]


class Both(msgspec.Struct, frozen=True):
    """A record that was changed on both sides. gave_way: what one side said that is not used. ours_gave_way: whether
    this side said it.
    """

    id: str
    gave_way: tuple[GaveWay, ...]
    ours_gave_way: bool


class Merged(msgspec.Struct, frozen=True):
    """What a merge did. added: records that were only in the copy. changed: those that the copy had newer.

    both: records changed on both sides: merged field by field, and where both changed one field, the later change
    counts. The two versions stay as former ones. copy: where the copy is now. came: ids of those added. there: ids of
    all in
    the copy. again: how many records came back that had been taken away by undoing an earlier merge. taken_back: when
    that merge was undone, where the copy had nothing else and they did not come back. named: people who were made
    anonymous on one side, as the other one had them.
    """

    book: str
    added: int
    changed: int
    both: tuple[Both, ...]
    copy: Path
    came: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    again: int = 0
    taken_back: datetime | None = None
    named: tuple[Person, ...] = ()

    @property
    def found_anything(self) -> bool:
        """Whether the copy had anything that was not here."""
        return bool(self.added or self.changed or self.both or self.again or self.named)


def merge(
    folder: Path,
    copy: ConflictedCopy,
    *,
    user: str,
    now: datetime,
    files: Files = DISK,
    envelope: Envelope = PLAIN,
    deed_id: str = "",
) -> Merged:
    """Take everything of a conflicted copy that its book does not have, then move the copy to the backups.

    For a folder of which some other book can't be read; else `merge_in` does it in the transaction of a workspace.
    deed_id: the same id for several copies merged in one go, which are undone in one go.
    From a damaged copy, everything that can be read is taken. Doing it again changes nothing. Raises NewerVersion,
    CannotWrite.
    """
    theirs = tables_of(copy, envelope)
    lock = lock_of(folder, files)
    with lock:
        library = Library(folder, lock, files, envelope)
        deed = Deed(deed_id or mint(now), now, user, merging(copy.service), order=library.order_at(now))
        transaction = Transaction(library.book, deed, files)
        known = known_books(folder, envelope)
        try:
            done = merge_in(transaction, copy, theirs, user)
            transaction.commit()
        finally:
            transaction.abandon()
        return merged_away(folder, copy, done, known, now=now, files=files, envelope=envelope)


def merge_in(staged: Staged, copy: ConflictedCopy, theirs: Tables, user: str) -> Merged:
    """Stage all of a copy that its book does not have, as part of one deed. Nothing is written, nor the copy moved.

    theirs: the rows of the copy. Refused where the books are on a server.
    """
    if not isinstance(staged, Transaction):
        raise no_files()
    book, both, came, there = staged.begun_book(copy.book), [], set[str](), set[str]()
    named: list[Person] = []
    changed, changes = 0, []
    for key, line in theirs.get("records", {}).items():
        their = decode_record(key, line)
        our = book.get(their.id)
        there.add(their.id)
        if forgotten := _forgotten_on_one_side(our, their):
            named.append(forgotten)
            changes += _stays_forgotten(book, key, our, their)
            continue
        side = "theirs" if our is None else _newer_side(key, our, their, book.storage.tables(), theirs)
        if side == "theirs":
            new, before = _take(book, key, our, their, theirs), our.version if our else 0
        elif side == "both" and our is not None:
            new, told = _join(book, key, our, their, theirs, user)
            before = our.version
            both.append(told)
        else:
            continue
        came |= {new.id} if our is None else set()
        changed += our is not None and side == "theirs"
        changes.append(_step(our, new, before))
    staged.note(book, changes)
    return Merged(
        copy.book, len(came), changed, tuple(both), copy.path, frozenset(came), frozenset(there), named=tuple(named)
    )


def _forgotten_on_one_side(our: AnyRecord | None, their: AnyRecord) -> Person | None:
    """Somebody whom only one of two versions names, since the person was made anonymous in the other."""
    if not isinstance(our, Person) or not isinstance(their, Person) or is_alias(our) == is_alias(their):
        return None
    return their if is_alias(our) else our


def _stays_forgotten(book: Book, key: str, our: AnyRecord | None, their: AnyRecord) -> list[Change]:
    """Keep the anonymous version alone, without any that names the person: no undo brings the name back. It knows the
    other entries of the person from both sides."""
    if not isinstance(our, Person) or not isinstance(their, Person):
        return []
    alias = our if is_alias(our) else their
    merged = tuple(dict.fromkeys([*our.merged, *their.merged]))
    new = msgspec.structs.replace(alias, merged=merged, version=max(our.version, their.version) + 1)
    if _content(new) == _content(our):
        return []
    book.former.put({}, drop=[row for row in book.former.rows() if row[:-VERSION_DIGITS] == key])
    book.replace(our, new, line_of(key, msgspec.json.encode(new)))
    return [Change(new.id, new.version, new.version)]


def merged_away(
    folder: Path,
    copy: ConflictedCopy,
    done: Merged,
    known: Mapping[str, SavedBook],
    *,
    now: datetime,
    files: Files = DISK,
    envelope: Envelope = PLAIN,
) -> Merged:
    """Move a copy to the backups once all of it is saved, and where it was the last saved state of its book, note that
    the book has it again. known: what was known of the books before. Raises CannotWrite."""
    told, path = known.get(copy.book), file_of(folder, copy.book)
    try:
        if done.found_anything and told and not copy.problem and not told.is_beyond(copy.header):
            Roll(folder, envelope).note(copy.book, read_book_file(path, envelope).header, settled=True)
        return msgspec.structs.replace(done, copy=_kept(files, path, copy, envelope, now))
    except OSError as error:
        raise why_not(error, folder) from error


def tables_of(copy: ConflictedCopy, envelope: Envelope) -> Tables:
    """The rows of a copy that can be read, with nothing of another book."""
    state = State.of(copy.path, envelope, copy.book)
    if state.newer and state.sheet is not None and state.sheet.header.schema > SCHEMA:
        raise NewerVersion(f"{copy.path.name} was written by a newer meetingtool.", UPDATE)
    return {} if state.found is None else state.found.tables


def decoded(tables: Tables) -> dict[str, AnyRecord]:
    """The records of a copy, by id."""
    return {record.id: record for record in (decode_record(*row) for row in tables.get("records", {}).items())}


def _kept(files: Files, book: Path, copy: ConflictedCopy, envelope: Envelope, now: datetime) -> Path:
    """Put a merged copy away: one that is not as it was saved is no backup, and goes to `damaged`."""
    aside = set_aside(files, copy.path, envelope, now, copy.book) if copy.problem else None
    if aside is None:
        return put_away(files, book, copy.path, now)
    files.remove(copy.path)
    files.sync_folder(book.parent)
    return aside


UPDATE = "Update meetingtool on this computer."


def _newer_side(key: str, our: AnyRecord, their: AnyRecord, ours: Tables, theirs: Tables) -> _Side:
    """Which side continued from the other, or whether both did."""
    if _content(our) == _content(their):
        return "same" if our.version >= their.version else "theirs"
    if _former(theirs, key, our.version) == our:
        return "theirs"
    if _former(ours, key, their.version) == their:
        return "ours"
    earlier = (_former(ours, key, version) for version in range(1, our.version))
    return "ours" if any(was is not None and _content(was) == _content(their) for was in earlier) else "both"


def _content(record: AnyRecord) -> AnyRecord:
    return msgspec.structs.replace(record, version=1)


def _former(tables: Tables, key: str, version: int) -> AnyRecord | None:
    row = former_key(key, version)
    line = tables.get("former", {}).get(row)
    return None if line is None else decode_record("", line_of("", bytes(read_former(row, line).record)))


def _step(our: AnyRecord | None, new: AnyRecord, before: int) -> Change:
    """What the merge did to a record, so that undoing it gives back what was here; None where the text is ours."""
    same = our is not None and _content(our) == _content(new)
    return Change(new.id, new.version if same else before, new.version)


def _take(book: Book, key: str, our: AnyRecord | None, their: AnyRecord, theirs: Tables) -> AnyRecord:
    """Their record with its former versions in place of ours, which is one of them, or of none."""
    rows = theirs.get("former", {})
    first = our.version if our else 1
    kept = {
        row: rows[row] for row in (former_key(key, version) for version in range(first, their.version)) if row in rows
    }
    book.former.put(kept)
    book.replace(our, their, theirs["records"][key])
    return their


def _join(book: Book, key: str, our: AnyRecord, their: AnyRecord, theirs: Tables, user: str) -> tuple[AnyRecord, Both]:
    """The merged record as the next version, with both texts as versions before it, and what gives way. Each counts as
    replaced when the later one was written, so that a third copy is compared with that moment. The versions that were
    here keep their numbers, which the log refers to.
    """
    ours = book.storage.tables()
    ours_at, theirs_at = _changed_at(ours, key, our), _changed_at(theirs, key, their)
    later, earlier = (our, their) if ours_at >= theirs_at else (their, our)
    record, gave_way = merged_record(_last_common(key, our, ours, their, theirs), later, earlier)
    other = our if _content(record) == _content(their) else their
    last = max(our.version + (other is their), their.version)
    rows = theirs.get("former", {})
    before = {place: rows[place] for place in (former_key(key, version) for version in range(1, last)) if place in rows}
    for version, kept_version in ((our.version, our), (last, other)):
        row = former_key(key, version)
        kept = msgspec.Raw(msgspec.json.encode(msgspec.structs.replace(kept_version, version=version)))
        former = Former(kept, max(ours_at, theirs_at), user, COPY_MERGED)
        before[row] = line_of(row, msgspec.json.encode(former))
    standing = book.former.rows()
    book.former.put({row: line for row, line in before.items() if row not in standing})
    new = msgspec.structs.replace(record, version=last + 1)
    book.replace(our, new, line_of(key, msgspec.json.encode(new)))
    ours_gave_way = other is our or (earlier is our and _content(record) != _content(our))
    return new, Both(new.id, gave_way, ours_gave_way)


def _last_common(key: str, our: AnyRecord, ours: Tables, their: AnyRecord, theirs: Tables) -> AnyRecord | None:
    """The last version here that was there too, whatever its number is on either side; None where none is kept."""
    there = [_content(was) for was in _past(theirs, key, their)]
    return next((was for was in reversed(_past(ours, key, our)) if _content(was) in there), None)


def _past(tables: Tables, key: str, now: AnyRecord) -> list[AnyRecord]:
    """The versions of a record that are kept, oldest first."""
    former = (_former(tables, key, version) for version in range(1, now.version))
    return [*(was for was in former if was is not None), now]


def _changed_at(tables: Tables, key: str, record: AnyRecord) -> datetime:
    """When the record got its present version."""
    row = former_key(key, record.version - 1)
    line = tables.get("former", {}).get(row)
    return when_replaced(row, line) if line is not None else record.made_at
