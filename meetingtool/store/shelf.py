"""The records of one book as frozen Structs, each decoded once, when it is first asked for."""

from __future__ import annotations

import gc
import threading
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter

import msgspec

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.kinds import AnyRecord
from meetingtool.records.team import Settings
from meetingtool.store.bookfile import Rows, document_of
from meetingtool.store.keys import key_of

WITH_DICTS: tuple[type, ...] = (Settings, Evaluation)
"""Kinds with a dict inside. A frozen Struct does not freeze its dicts, so each reader gets a copy of its own."""

_RECORD: msgspec.json.Decoder[AnyRecord] = msgspec.json.Decoder(AnyRecord)


def decode_record(key: str, line: bytes) -> AnyRecord:
    """The record in a row. Raises msgspec.ValidationError when it is none that this version knows."""
    return _RECORD.decode(document_of(key, line))


def has_bare_moment(record: msgspec.Struct) -> bool:
    """Whether a moment in the record lacks its offset: it could not be compared with any other."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if isinstance(value, datetime) and value.tzinfo is None:
            return True
        parts = value if isinstance(value, tuple) else ()
        if any(isinstance(part, msgspec.Struct) and has_bare_moment(part) for part in parts):
            return True
    return False


def order(record: AnyRecord) -> tuple[datetime, str]:
    """Records stand in the order of the moments they happened, then of their ids."""
    return record.at, record.id


_by_id, _by_at = attrgetter("id"), attrgetter("at")


class Shelf:
    """A cache over the rows of a book's `records` table.

    One list a kind, in order, made at the first look over a kind; `put` keeps lists and look-up as they should be.
    """

    def __init__(self, rows: Rows, earlier: Shelf | None = None) -> None:
        self._rows: Rows | None = rows
        self._known: dict[str, AnyRecord] = {}
        self._kinds: dict[type, list[AnyRecord]] | None = None
        if earlier is not None and earlier._rows is not None:
            known, former = earlier._known, earlier._rows
            self._known = {key: known[key] for key, line in rows.items() if key in known and former.get(key) == line}

    def get(self, key: str) -> AnyRecord | None:
        """The record of a key, or None."""
        found = self._known.get(key)
        if found is None and self._rows is not None and key in self._rows:
            found = self._known[key] = decode_record(key, self._rows[key])
        return found

    def of_kind(self, kind: type) -> Sequence[AnyRecord]:
        """All records of a kind, in order. Not to be changed or kept by the caller."""
        if self._kinds is None:
            self._kinds = self._sorted()
        return self._kinds.get(kind, ())

    def put(self, before: AnyRecord | None, record: AnyRecord, rows: Rows) -> None:
        """Take in a new version in place of `before`. rows: the table's rows with it."""
        self._known[key_of(record.id)] = record
        self._rows = rows
        if self._kinds is not None:
            shelf = self._kinds.setdefault(type(record), [])
            if before is not None:
                del shelf[bisect_left(shelf, order(before), key=order)]
            insort(shelf, record, key=order)

    def decode_all(self) -> None:
        """Decode every record now."""
        if self._kinds is None:
            self._kinds = self._sorted()

    def let_go_of_rows(self) -> None:
        """Free the rows; every record is decoded before."""
        self.decode_all()
        self._rows = None

    def _sorted(self) -> dict[type, list[AnyRecord]]:
        known = self._known
        with collector_paused():
            if self._rows is not None:
                for key, line in self._rows.items():
                    if key not in known:
                        known[key] = decode_record(key, line)
            kinds: dict[type, list[AnyRecord]] = {}
            for record in known.values():
                kinds.setdefault(type(record), []).append(record)
            for shelf in kinds.values():
                shelf.sort(key=_by_id)  # sorting twice is three times as fast as sorting by both
                shelf.sort(key=_by_at)
        return kinds


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
