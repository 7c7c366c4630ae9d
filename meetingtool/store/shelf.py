"""The records of one book as frozen Structs, each decoded once, when it is first asked for."""

from __future__ import annotations

import gc
import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.store.keys import key_of, number_of
from meetingtool.store.lines import BETWEEN_ROWS, LEAF, Lines, document_of

if TYPE_CHECKING:
    from meetingtool.records.kinds import AnyRecord

WITH_DICTS: tuple[type, ...] = (Settings, Evaluation)
"""Kinds with a dict inside. A frozen Struct does not freeze its dicts, so each reader gets a copy of its own."""


@cache
def decoder_of(kind: type[Record] | None, *, table: bool = False) -> msgspec.json.Decoder[Any]:
    """The decoder of a kind, or of all with None; of one record or a table. Made when it is first needed: loading all
    kinds and making the decoder of their union takes longer than a short command's own work."""
    what: Any = kind
    if what is None:
        from meetingtool.records.kinds import AnyRecord

        what = AnyRecord
    return msgspec.json.Decoder(dict[str, what] if table else what)


def decode_record(key: str, line: bytes, kind: type[Record] | None = None) -> AnyRecord:
    """The record in a row. Raises msgspec.ValidationError for one this version doesn't know, or not of `kind`."""
    return cast("AnyRecord", decoder_of(kind).decode(document_of(key, line)))


def has_bare_moment(record: msgspec.Struct) -> bool:
    """Whether a moment in the record has no offset: it could not be compared with any other."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if isinstance(value, datetime) and value.tzinfo is None:
            return True
        parts = value if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct) else ()
        if parts and any(has_bare_moment(part) for part in parts):
            return True
    return False


def order(record: AnyRecord) -> tuple[datetime, str]:
    """Records are sorted by the moment they happened, then by id."""
    return record.at, record.id


_by_id, _by_at = attrgetter("id"), attrgetter("at")

_MOST: tuple[type, ...] = (Story,)
"""Kinds that make up most of a long book: when one of them is looked over there, everything is decoded at once."""

_LONG = 1_000_000
"""Bytes of records above which that is quicker than picking out one kind; below, the decoder of all kinds would take
longer to make."""

_REPEATED: dict[type, tuple[str, ...]] = {
    Story: ("made_by", "people", "standards", "customer", "meeting"),
    FollowUp: ("made_by", "people", "customer", "meeting"),
    Rating: ("made_by", "person", "standard"),
}
"""Fields that say the same in many records."""


def decode_records(text: bytes, kind: type[Record] | None = None) -> list[AnyRecord]:
    """All the records in the JSON of a table. kind: that of all of them, where it is known."""
    found: dict[str, AnyRecord] = decoder_of(kind, table=True).decode(text)
    return list(found.values())


class Leaf(msgspec.Struct, frozen=True):
    """Some records of a book. place: where the book has them, to get one of them again; None if that doesn't help."""

    records: list[AnyRecord]
    place: int | None = None


Wanted = Callable[[bytes], list[bytes]]
"""A quick look at rows of JSON, one a line, with commas between them: returns the lines that may be wanted."""


def rows_of(ids: Iterable[str]) -> Wanted:
    """A filter that lets through only the rows of these records."""
    keys = {key_of(id).encode() for id in ids}
    return lambda text: [row for row in text.split(BETWEEN_ROWS) if row[1 : row.find(b'"', 1)] in keys]


def leaves_of(text: bytes, first: int, end: int, wanted: Wanted | None = None) -> Iterator[Leaf]:
    """The records whose rows are in `text` between two places, some at a time, so that no single decoding takes long.
    wanted: decode only the rows it gives back.
    """
    start = first
    while start < end:
        stop = end
        if end - start > LEAF:
            stop = text.rfind(BETWEEN_ROWS, start, start + LEAF)
            stop = stop if stop >= 0 else text.find(BETWEEN_ROWS, start, end)
            stop = stop if stop >= 0 else end
        piece = text[start:stop]
        if wanted is not None:
            piece = BETWEEN_ROWS.join(wanted(piece))
        with collector_paused():
            records = decode_records(b"{%b}" % piece)
        yield Leaf(records, start - first)
        start = stop + len(BETWEEN_ROWS)


def share_what_is_the_same(records: Iterable[AnyRecord]) -> None:
    """Keep a single copy of what many records of a year repeat, which saves a third of their memory."""
    share = msgspec.structs.force_setattr
    same: dict[object, object] = {}
    for record in records:
        if record.made_at == record.at:
            share(record, "made_at", record.at)
        for field in _REPEATED.get(type(record), ()):
            value = getattr(record, field)
            share(record, field, same.setdefault(value, value))


class Shelf:
    """A cache over a book's `records` table, or of records alone.

    One list a kind, in order, made at the first look over that kind; `put` keeps lists and look-up as they should be.
    Records are decoded when they are asked for, one by one, a kind at a time, or all at once for the kinds that most of
    them are.
    """

    def __init__(self, lines: Lines | None = None, records: Iterable[AnyRecord] = ()) -> None:
        self._lines = lines
        self._known: dict[str, AnyRecord] = {record.id: record for record in records}
        self._kinds: dict[type, list[AnyRecord]] = {}
        self._complete = False

    @property
    def is_complete(self) -> bool:
        """Whether every record is decoded."""
        return self._complete

    @property
    def has_most(self) -> bool:
        """Whether the records of the kinds that make up most of a book are decoded."""
        return self._complete or all(kind in self._kinds for kind in _MOST)

    def everything(self) -> list[AnyRecord]:
        """All records that are decoded, in no order."""
        return list(self._known.values())

    def get(self, id: str) -> AnyRecord | None:
        """The record of an id, or None."""
        found = self._known.get(id)
        if found is None and self._lines is not None and not self._complete:
            line = self._lines.get(key_of(id))
            if line is not None:
                found = self._known[id] = decode_record(key_of(id), line)
        return found

    def of_kind(self, kind: type[Record]) -> Sequence[AnyRecord]:
        """All records of a kind, in order. Not to be changed or kept by the caller."""
        if kind not in self._kinds and not self._complete:
            if self._lines is None or (kind in _MOST and self._lines.is_longer_than(_LONG)):
                self.decode_all()
            else:
                lines = self._lines.of_kind(str(kind.__struct_config__.tag))
                with collector_paused():
                    records = decode_records(b"{%b}" % b",".join(lines), kind) if lines else []
                self._known.update((record.id, record) for record in records)
                self._kinds[kind] = _in_order(records)
        return self._kinds.get(kind, ())

    def ending(self, end: str) -> list[AnyRecord]:
        """The records whose ids end so."""
        if self._complete or self._lines is None:
            return [record for id, record in self._known.items() if id.endswith(end)]
        number, modulus = number_of(end), 32 ** len(end)
        rows = self._lines.rows().items()
        return [decode_record(key, line) for key, line in rows if int(key) % modulus == number]

    def put(self, before: AnyRecord | None, record: AnyRecord, lines: Lines | None = None) -> None:
        """Put a new version in place of `before`. lines: the table with it, where there is one."""
        self._known[record.id] = record
        self._lines = lines
        if self._complete or type(record) in self._kinds:
            shelf = self._kinds.setdefault(type(record), [])
            if before is not None:
                del shelf[bisect_left(shelf, order(before), key=order)]
            insort(shelf, record, key=order)

    def take_out(self, record: AnyRecord) -> None:
        """Remove a record; only for a complete shelf without a table."""
        del self._known[record.id]
        shelf = self._kinds[type(record)]
        del shelf[bisect_left(shelf, order(record), key=order)]

    def decode_all(self) -> None:
        """Decode every record now."""
        if self._complete:
            return
        with collector_paused():
            if self._lines is not None:
                self._known = {record.id: record for record in _all_in(self._lines)}
            kinds: dict[type, list[AnyRecord]] = {}
            for record in self._known.values():
                kinds.setdefault(type(record), []).append(record)
            self._kinds = {kind: _in_order(records) for kind, records in kinds.items()}
        self._complete = True


def _all_in(lines: Lines) -> list[AnyRecord]:
    """Every record of a table, decoded some at a time so that other threads get their turn."""
    uncut = lines.uncut()
    if uncut is None:
        return decode_records(lines.json())
    return [record for leaf in leaves_of(uncut, 0, len(uncut)) for record in leaf.records]


def _in_order(records: list[AnyRecord]) -> list[AnyRecord]:
    """Sorted by `order`; sorting twice is three times as fast as sorting by both."""
    records.sort(key=_by_id)
    records.sort(key=_by_at)
    return records


def to_hand_out(records: list[AnyRecord]) -> list[AnyRecord]:
    """Records of one kind: themselves, or copies where they have dicts inside."""
    if not records or not isinstance(records[0], WITH_DICTS):
        return records
    return [decoder_of(type(record)).decode(msgspec.json.encode(record)) for record in records]


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
