"""Merging two books that diverged, record by record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from meetingtool.records.base import mint
from meetingtool.records.kinds import AnyRecord
from meetingtool.rules.keeping.deeds import COPY_MERGED, merging
from meetingtool.store.book import Book
from meetingtool.store.bookfile import SCHEMA
from meetingtool.store.commit import DISK, Files
from meetingtool.store.conflicted import ConflictedCopy, put_away
from meetingtool.store.deeds import Change, Deed, Former, read_former, when_replaced
from meetingtool.store.envelope import PLAIN, Envelope
from meetingtool.store.errors import NewerVersion
from meetingtool.store.keys import former_key
from meetingtool.store.library import Library
from meetingtool.store.lines import Tables, line_of
from meetingtool.store.lock import why_not
from meetingtool.store.mending.recovery import set_aside
from meetingtool.store.mending.state import State
from meetingtool.store.places import file_of
from meetingtool.store.roll import Roll, known_books
from meetingtool.store.shelf import decode_record
from meetingtool.store.together import lock_of

_Side = Literal["same", "ours", "theirs", "both"]


class Merged(msgspec.Struct, frozen=True):
    """What a merge did. added: records that were only in the copy. changed: those that the copy had newer.

    both: ids of records changed on both sides. The later text is used, the other becomes its previous version.
    copy: where the copy is now.
    """

    book: str
    added: int
    changed: int
    both: tuple[str, ...]
    copy: Path


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

    deed_id: the same id for several copies merged in one go, which are undone in one go.
    Of a damaged copy that is what can be read of it. Doing it again changes nothing. Raises NewerVersion, CannotWrite.
    """
    theirs = _tables_of(copy, envelope)
    lock = lock_of(folder, files)
    known = known_books(folder, envelope).get(copy.book)
    book = Book(file_of(folder, copy.book), lock, files, envelope)
    added, changed, both, changes = 0, 0, [], []
    with lock:
        try:
            book.begin()
            for key, line in theirs.get("records", {}).items():
                their = decode_record(key, line)
                our = book.get(their.id)
                side = "theirs" if our is None else _newer_side(key, our, their, book.storage.tables(), theirs)
                if side == "theirs":
                    new, before = _take(book, key, our, their, theirs), our.version if our else 0
                elif side == "both" and our is not None:
                    new = _join(book, key, our, their, theirs, user)
                    before = new.version - 1
                    both.append(new.id)
                else:
                    continue
                added += our is None
                changed += our is not None and side == "theirs"
                changes.append(_step(our, new, before))
            if changes:
                order = Library(folder, lock, files, envelope).order_at(now)
                book.log(Deed(deed_id or mint(now), now, user, merging(copy.service), tuple(changes), order=order))
                book.commit(now, order)
                if known is not None and not copy.problem and not known.is_beyond(copy.header):
                    Roll(folder, envelope).note(copy.book, book.storage.header, settled=True)
            kept = _kept(files, book.path, copy, envelope, now)
        except OSError as error:
            raise why_not(error, folder) from error
        finally:
            book.forget()
    return Merged(copy.book, added, changed, tuple(both), kept)


def _tables_of(copy: ConflictedCopy, envelope: Envelope) -> Tables:
    """The rows of a copy that can be read, with nothing of another book."""
    state = State.of(copy.path, envelope, copy.book)
    if state.newer and state.sheet is not None and state.sheet.header.schema > SCHEMA:
        raise NewerVersion(f"{copy.path.name} was written by a newer meetingtool.", UPDATE)
    return {} if state.found is None else state.found.tables


def _kept(files: Files, book: Path, copy: ConflictedCopy, envelope: Envelope, now: datetime) -> Path:
    """Put a copy away that was merged: one that is not as it was saved is no backup, and goes to what is damaged."""
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
    """What the merge did to a record, so that undoing it gives back what stood here: nothing where the text is ours."""
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
    book.records.put({key: theirs["records"][key]})
    return their


def _join(book: Book, key: str, our: AnyRecord, their: AnyRecord, theirs: Tables, user: str) -> AnyRecord:
    """The later of two texts as the next version, with the other one as the version before it.

    That one counts as replaced when the later text was written, so that a third copy is compared with that moment. The
    versions that stood here keep their numbers, which the deeds of the log name.
    """
    ours_at, theirs_at = _changed_at(book.storage.tables(), key, our), _changed_at(theirs, key, their)
    later, other = (our, their) if ours_at >= theirs_at else (their, our)
    last = max(our.version + (other is their), their.version)
    rows = theirs.get("former", {})
    before = {place: rows[place] for place in (former_key(key, version) for version in range(1, last)) if place in rows}
    for version, record in ((our.version, our), (last, other)):
        row = former_key(key, version)
        kept = msgspec.Raw(msgspec.json.encode(msgspec.structs.replace(record, version=version)))
        former = Former(kept, max(ours_at, theirs_at), user, COPY_MERGED)
        before[row] = line_of(row, msgspec.json.encode(former))
    standing = book.former.rows()
    book.former.put({row: line for row, line in before.items() if row not in standing})
    joined = msgspec.structs.replace(later, version=last + 1)
    book.records.put({key: line_of(key, msgspec.json.encode(joined))})
    return joined


def _changed_at(tables: Tables, key: str, record: AnyRecord) -> datetime:
    """When the record got its present version."""
    row = former_key(key, record.version - 1)
    line = tables.get("former", {}).get(row)
    return when_replaced(row, line) if line is not None else record.made_at
