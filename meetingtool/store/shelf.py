"""The records of one book as frozen Structs, each decoded once, when it is first asked for."""

from __future__ import annotations

import gc
import threading
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter

import msgspec

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.store.bookfile import Rows, document_of
from meetingtool.store.keys import key_of, number_of

WITH_DICTS: tuple[type, ...] = (Settings, Evaluation)
"""Kinds with a dict inside. A frozen Struct does not freeze its dicts, so each reader gets a copy of its own."""

_RECORD: msgspec.json.Decoder[AnyRecord] = msgspec.json.Decoder(AnyRecord)
_RECORDS: msgspec.json.Decoder[dict[str, AnyRecord]] = msgspec.json.Decoder(dict[str, AnyRecord])


def decode_record(key: str, line: bytes) -> AnyRecord:
    """The record in a row. Raises msgspec.ValidationError when it is none that this version knows."""
    return _RECORD.decode(document_of(key, line))


def has_bare_moment(record: msgspec.Struct) -> bool:
    """Whether a moment in the record lacks its offset: it could not be compared with any other."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if isinstance(value, datetime) and value.tzinfo is None:
            return True
        parts = value if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct) else ()
        if parts and any(has_bare_moment(part) for part in parts):
            return True
    return False


def order(record: AnyRecord) -> tuple[datetime, str]:
    """Records stand in the order of the moments they happened, then of their ids."""
    return record.at, record.id


_by_id, _by_at = attrgetter("id"), attrgetter("at")

_REPEATED: dict[type, tuple[str, ...]] = {
    Story: ("made_by", "people", "standards", "customer", "meeting"),
    FollowUp: ("made_by", "people", "customer", "meeting"),
    Rating: ("made_by", "person", "standard"),
}
"""Fields that say the same in many records."""


def decode_records(text: bytes | memoryview) -> list[AnyRecord]:
    """All the records in the JSON of a table."""
    return list(_RECORDS.decode(text).values())


def _table_of(rows: Rows) -> bytes:
    return b"{%b}" % b",".join(rows.values())


def share_what_is_the_same(records: Iterable[AnyRecord]) -> None:
    """Keep once what is said in many records of a year, which takes a third off their memory."""
    share = msgspec.structs.force_setattr
    same: dict[object, object] = {}
    for record in records:
        if record.made_at == record.at:
            share(record, "made_at", record.at)
        for field in _REPEATED.get(type(record), ()):
            value = getattr(record, field)
            share(record, field, same.setdefault(value, value))


class Shelf:
    """A cache over the rows of a book's `records` table.

    One list a kind, in order, made at the first look over a kind; `put` keeps lists and look-up as they should be.
    Made of rows, it decodes them when they are asked for; made of records, it is complete.
    """

    def __init__(self, rows: Rows | None = None, records: Iterable[AnyRecord] = ()) -> None:
        self._rows = rows
        self._known: dict[str, AnyRecord] = {record.id: record for record in records}
        self._kinds: dict[type, list[AnyRecord]] | None = None

    def get(self, id: str) -> AnyRecord | None:
        """The record of an id, or None."""
        found = self._known.get(id)
        if found is None and self._rows is not None and self._kinds is None:
            line = self._rows.get(key_of(id))
            if line is not None:
                found = self._known[id] = decode_record(key_of(id), line)
        return found

    def of_kind(self, kind: type) -> Sequence[AnyRecord]:
        """All records of a kind, in order. Not to be changed or kept by the caller."""
        self.decode_all()
        assert self._kinds is not None
        return self._kinds.get(kind, ())

    def ending(self, end: str) -> list[AnyRecord]:
        """The records whose ids end so."""
        if self._kinds is not None or self._rows is None:
            return [record for id, record in self._known.items() if id.endswith(end)]
        number, modulus = number_of(end), 32 ** len(end)
        return [decode_record(key, line) for key, line in self._rows.items() if int(key) % modulus == number]

    def put(self, before: AnyRecord | None, record: AnyRecord, rows: Rows) -> None:
        """Take in a new version in place of `before`. rows: the table's rows with it."""
        self._known[record.id] = record
        self._rows = rows
        if self._kinds is not None:
            shelf = self._kinds.setdefault(type(record), [])
            if before is not None:
                del shelf[bisect_left(shelf, order(before), key=order)]
            insort(shelf, record, key=order)

    def decode_all(self) -> None:
        """Decode every record now."""
        if self._kinds is not None:
            return
        with collector_paused():
            if self._rows is not None:
                self._known = {record.id: record for record in decode_records(_table_of(self._rows))}
            kinds: dict[type, list[AnyRecord]] = {}
            for record in self._known.values():
                kinds.setdefault(type(record), []).append(record)
            for shelf in kinds.values():
                shelf.sort(key=_by_id)  # sorting twice is three times as fast as sorting by both
                shelf.sort(key=_by_at)
        self._kinds = kinds


def to_hand_out(records: list[AnyRecord]) -> list[AnyRecord]:
    """Records of one kind: themselves, or copies where they have dicts inside."""
    if not records or not isinstance(records[0], WITH_DICTS):
        return records
    return [_RECORD.decode(msgspec.json.encode(record)) for record in records]


_pauses = 0
_pauses_lock = threading.Lock()
_was_on = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector off while many objects are made: none of them is garbage, and it would
    walk all of them again and again."""
    global _pauses, _was_on
    with _pauses_lock:
        if _pauses == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _pauses_lock:
            _pauses -= 1
            if _pauses == 0 and _was_on:
                gc.enable()
