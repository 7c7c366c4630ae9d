"""A year book: one year's records, their former versions and the log of what was done, in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
from tinydb import TinyDB
from tinydb.table import Table

from meetingtool.errors import Conflict, NotFound, Refused
from meetingtool.records.base import Record
from meetingtool.rules.keeping.deeds import Code
from meetingtool.store.commit import FilePart, Files
from meetingtool.store.deeds import (
    DEEDS_KEPT,
    Deed,
    Former,
    Version,
    deed_row,
    merged,
    read_deed,
    read_former,
    when_replaced,
)
from meetingtool.store.envelope import Envelope
from meetingtool.store.errors import BROKEN_TEXT, BookDamaged, NewerVersion
from meetingtool.store.keys import VERSION_DIGITS, former_key, is_version, key_of
from meetingtool.store.lines import document_of, line_of
from meetingtool.store.lock import WriteLock
from meetingtool.store.places import TEAM, names_name, surveys_name, year_name
from meetingtool.store.roll import Roll
from meetingtool.store.shelf import (
    Leaf,
    Shelf,
    Wanted,
    collector_paused,
    decode_record,
    has_bare_moment,
    leaves_of,
    share_what_is_the_same,
)
from meetingtool.store.storage import CHECK_HINT, BookStorage
from meetingtool.store.table import BookTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from meetingtool.records.kinds import AnyRecord

VERSIONS_KEPT = 40
"""Former versions of one record kept in full; of older ones, only the last of each day stays."""


class Database(TinyDB):
    """TinyDB with tables that two programs can write to."""

    table_class: type[Table] = BookTable
    default_table_name = "records"


_NAMED = {"year": year_name, "surveys": surveys_name, "names": names_name}


def book_of(record: Record) -> str:
    """The name of the book that keeps the record: the team's, or one of the year of its `at`."""
    if record.kept_in == "team":
        return TEAM
    return _NAMED[record.kept_in](record.at.year)


class Book:
    """One book, read when it is first needed. The workspace keeps threads apart and holds the lock for writing."""

    def __init__(self, path: Path, lock: WriteLock, files: Files, envelope: Envelope, roll: Roll | None = None) -> None:
        self.name = path.stem
        self.path = path
        self.storage = BookStorage(
            path, lock=lock, files=files, envelope=envelope, backups=True, roll=roll or Roll(path.parent, envelope)
        )
        self._database = Database(storage=lambda: self.storage)
        self.records = self._table("records")
        self.former = self._table("former")
        self.deeds = self._table("deeds")
        self._shelf: Shelf | None = None
        self._shelved = 0

    def _table(self, name: str) -> BookTable:
        return cast(BookTable, self._database.table(name))

    # Reading

    def shelf(self) -> Shelf:
        """The records as Structs, as the file was last read."""
        if self._shelf is None or self._shelved != self.storage.edition:
            lines = self.storage.lines("records")
            if not self.storage.sound:
                self._look_over()
                lines = self.storage.lines("records")
            self._shelf, self._shelved = Shelf(lines), self.storage.edition
        return self._shelf

    def read_records(self) -> None:
        """Read and decode all records, without keeping the rows, which is best for a year that is only looked at."""
        text = None if self._has_shelf or self.storage.in_memory else self.storage.record_text()
        if text is None:
            self.decode_all()
            return
        try:
            with collector_paused():
                records = [record for leaf in leaves_of(*text) for record in leaf.records]
                share_what_is_the_same(records)
                shelf = Shelf(None, records)
                shelf.decode_all()
        except msgspec.DecodeError as error:
            raise self.not_understood() from error
        self._shelf, self._shelved = shelf, self.storage.edition

    @property
    def _has_shelf(self) -> bool:
        return self._shelf is not None and self._shelved == self.storage.edition

    def leaves(self, wanted: Wanted | None = None) -> Iterator[Leaf]:
        """Every record, some at a time, in no order, decoded to be looked at and not kept.

        wanted: rows that it does not give back may be left out.
        No other thread has to wait for the iterator. It raises msgspec.DecodeError where `not_understood` has more to
        say.
        """
        storage = self.storage
        if self.is_decoded:
            return iter([Leaf(self.shelf().everything())])
        if not storage.in_memory and not storage.is_wrapped:
            text = storage.record_text()
            if text is not None:
                return leaves_of(*text, wanted)
        self.shelf()
        uncut = storage.lines("records").uncut()
        if uncut is not None:
            return leaves_of(uncut, 0, len(uncut), wanted)
        self.decode_all()
        return iter([Leaf(self.shelf().everything())])

    def get(self, id: str, place: int | None = None) -> AnyRecord | None:
        """The record of an id, or None. place: where a leaf said it is, to spare reading the whole book."""
        try:
            if place is not None and not self.is_decoded:
                line = self.storage.line_near(key_of(id), place)
                if line is not None:
                    return decode_record(key_of(id), line)
            return self.shelf().get(id)
        except msgspec.DecodeError as error:
            raise self.not_understood() from error

    def decode_all(self) -> None:
        """Decode every record now."""
        try:
            self.shelf().decode_all()
        except msgspec.DecodeError as error:
            raise self.not_understood() from error

    def of_kind(self, kind: type[Record]) -> Sequence[AnyRecord]:
        """Every record of a kind, in order."""
        try:
            return self.shelf().of_kind(kind)
        except msgspec.DecodeError as error:
            raise self.not_understood() from error

    def has(self, kind: type[Record]) -> bool:
        """Whether there is any record of a kind, found out without reading the records where that is possible."""
        storage = self.storage
        text = None if self._has_shelf or storage.in_memory or storage.is_wrapped else storage.record_text()
        tag = f'"type":"{kind.__struct_config__.tag}"'.encode()
        return bool(self.of_kind(kind)) if text is None else tag in text[0]

    def ending(self, end: str) -> list[AnyRecord]:
        """The records whose ids end so."""
        try:
            return self.shelf().ending(end)
        except msgspec.DecodeError as error:
            raise self.not_understood() from error

    def versions(self, key: str, current: AnyRecord) -> list[Version]:
        """The former versions of a record that are still kept, oldest first, then the current one."""
        rows = self.former.rows()
        mine = sorted(row for row in rows if row[:-VERSION_DIGITS] == key)
        return [*(self._version(row, rows[row]) for row in mine), Version(current)]

    def _version(self, key: str, line: bytes) -> Version:
        try:
            former = read_former(key, line)
            record = decode_record("", line_of("", bytes(former.record)))
        except msgspec.DecodeError as error:
            raise self.not_understood() from error
        return Version(record, former.replaced_at, former.replaced_by, former.deed)

    def all_deeds(self) -> list[Deed]:
        """The log, in the order it was written."""
        try:
            return [read_deed(key, line) for key, line in self.deeds.rows().items()]
        except msgspec.DecodeError as error:
            raise self.not_understood() from error

    def reload(self) -> None:
        """Read the file again; what did not change stays decoded."""
        self.storage.forget()
        self.shelf()

    @property
    def in_memory(self) -> bool:
        """Whether anything of the book is kept in memory."""
        return self._shelf is not None or self.storage.in_memory

    def forget(self) -> None:
        """Drop everything in memory."""
        self.storage.forget()
        self._shelf = None

    def _look_over(self) -> None:
        """Accept a file that somebody changed from outside if every record in it can be read."""
        from meetingtool.store.inspection import looked_over

        tables, odd = looked_over(self.storage.tables())
        if odd:
            raise self.not_understood()
        self.storage.take(tables)

    @property
    def is_decoded(self) -> bool:
        """Whether every record is there as a Struct."""
        return self._has_shelf and self._shelf is not None and self._shelf.is_complete

    @property
    def has_most(self) -> bool:
        """Whether all records, or those of the kinds that make up most of it, are there as Structs."""
        return self._has_shelf and self._shelf is not None and self._shelf.has_most

    def not_understood(self) -> BookDamaged | NewerVersion:
        """The error about a book with a record that can't be read."""
        from meetingtool.store.inspection import looked_over

        odd = looked_over(self.storage.tables())[1]
        number = "one record" if len(odd) == 1 else f"{len(odd)} records"
        example = f" (in {odd[0].ref}, {odd[0].why})" if odd and odd[0].ref else ""
        if self.storage.sound:
            return NewerVersion(
                f"{self.path.name} has {number} with parts that this version does not know{example}.",
                "A newer one wrote them: update meetingtool on this computer; nothing was changed.",
            )
        return BookDamaged(
            f"{self.path.name} was changed outside meetingtool, and {number} in it can't be read{example}.",
            CHECK_HINT,
            self.path,
        )

    # Writing, in a transaction

    def begin(self) -> None:
        """Start a transaction; the lock must be held. Reads the file again if somebody changed it."""
        self.storage.begin()
        self.shelf()

    def plan(self, records: Iterable[Record]) -> list[tuple[AnyRecord | None, AnyRecord]]:
        """See `planned`."""
        return planned(records, self.get, self._was)

    def put(self, steps: Iterable[tuple[AnyRecord | None, AnyRecord]], who: str, now: datetime, what: Code) -> None:
        """Stage planned steps."""
        for kept, new in steps:
            key = key_of(new.id)
            if kept is not None:
                self._keep_former(key, kept, Former(self._raw(key), now, who, what))
            self.replace(kept, new, line_of(key, msgspec.json.encode(new)))

    def replace(self, kept: AnyRecord | None, new: AnyRecord, line: bytes) -> None:
        """Stage a record's row in place of that of `kept`, without a former version."""
        shelf = self.shelf()
        self.records.put({key_of(new.id): line})
        shelf.put(kept, new, self.storage.lines("records"))

    def log(self, deed: Deed) -> None:
        """Stage the deed; if one with the same id is there already, add the changes to it."""
        rows = self.deeds.rows()
        key = key_of(deed.id)
        if key in rows:
            known = read_deed(key, rows[key])
            deed = msgspec.structs.replace(known, changes=merged(known.changes + deed.changes))
        surplus = len(rows) + (key not in rows) - DEEDS_KEPT
        self.deeds.put(deed_row(deed), drop=list(rows)[: max(0, surplus)])

    def commit(self, now: datetime, order: int = 0) -> None:
        """Write the file. Raises CannotWrite, and then nothing of the transaction is left in memory."""
        self.storage.commit(now, order)

    def prepared(self, now: datetime, order: int) -> AbstractContextManager[FilePart]:
        """A context with the file that the transaction makes; the caller puts it in place inside."""
        return self.storage.prepared(now, order)

    def abandon(self) -> None:
        """End a transaction in which nothing was staged."""
        self.storage.abandon()

    def deed_of(self, records: Iterable[Record]) -> Deed | None:
        """The deed that brought these versions, if the log still has it."""
        wanted = {(record.id, record.version) for record in records}
        for deed in reversed(self.all_deeds()):
            if wanted <= {(change.id, change.after) for change in deed.changes}:
                return deed
        return None

    def _raw(self, key: str) -> msgspec.Raw:
        line = self.storage.lines("records").get(key)
        assert line is not None
        return msgspec.Raw(document_of(key, line))

    def _was(self, record: AnyRecord) -> bool:
        key = former_key(key_of(record.id), record.version)
        line = self.storage.lines("former").get(key)
        return line is not None and self._version(key, line).record == record

    def _keep_former(self, key: str, kept: AnyRecord, former: Former) -> None:
        row = former_key(key, kept.version)
        self.former.put({row: line_of(row, msgspec.json.encode(former))}, drop=self._thinned(key, kept.version))

    def _thinned(self, key: str, version: int) -> list[str]:
        """The row that is too old to keep, if a later version of the same day is kept."""
        rows = self.former.rows()
        old, later = (former_key(key, version - VERSIONS_KEPT + step) for step in (0, 1))
        if version <= VERSIONS_KEPT or old not in rows or later not in rows:
            return []
        days = [when_replaced(row, rows[row]).date() for row in (old, later)]
        return [old] if days[0] == days[1] else []


def planned(
    records: Iterable[Record], get: Callable[[str], AnyRecord | None], was: Callable[[AnyRecord], bool]
) -> list[tuple[AnyRecord | None, AnyRecord]]:
    """What saving these would replace: (the record as it is kept or None, the new version). Changes nothing.

    A record that is kept already in exactly this form is left out of the plan: trying again is safe. get: the record of
    an id as it is kept; was: whether a record is kept as a former version.
    """
    steps: list[tuple[AnyRecord | None, AnyRecord]] = []
    new_ones: dict[str, AnyRecord] = {}
    for record in records:
        new = checked(record)
        kept = new_ones.get(new.id) or get(new.id)
        if kept is not None and (kept == new or (new.version < kept.version and was(new))):
            continue
        _refuse_if_outdated(kept, new)
        steps.append((kept, new))
        new_ones[new.id] = new
    return steps


def checked(record: Record) -> AnyRecord:
    """The record, if it can be stored and read back unchanged.

    ValueError for an id that isn't a ULID, a moment without its offset, a wrong type or value in a field; Refused for
    text that no file can hold.
    """
    key = key_of(record.id)
    if has_bare_moment(record):
        raise ValueError("a record's moments need their offset")
    if not is_version(record.version):
        raise ValueError("a record's version is 1 or more")
    try:
        stored = msgspec.json.encode(record)
        again = decode_record(key, line_of(key, stored), type(record))
    except UnicodeEncodeError as error:
        raise Refused(BROKEN_TEXT, "Type or paste it again without them.") from error
    except msgspec.ValidationError as error:
        raise ValueError(f"not a record that can be read back: {error}") from error
    if msgspec.json.encode(again) != stored and again != record:
        raise ValueError("not a record that can be read back as it is")
    return again


def _refuse_if_outdated(kept: AnyRecord | None, new: AnyRecord) -> None:
    """Raise NotFound or Conflict unless `new` is the next version of `kept`, or the first where nothing is kept."""
    if kept is None:
        if new.version != 1:
            raise NotFound("There is nothing to change: the record is not in this workspace.")
        return
    if type(kept) is not type(new):
        raise ValueError("a record can't become another kind of record")
    if new.version != kept.version + 1:
        raise Conflict(
            "This was changed elsewhere in the meantime.",
            "Look at it as it is now, then make the change again.",
            kept,
        )
