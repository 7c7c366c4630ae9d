"""What can be read of a file that is no book any more: half of it gone, bits flipped, an edit gone wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from meetingtool.records.kinds import AnyRecord
from meetingtool.store.bookfile import peek
from meetingtool.store.inspection import looked_over
from meetingtool.store.lines import Rows, Tables, line_of
from meetingtool.store.migrations import turned
from meetingtool.store.shelf import decode_record

_ROW = re.compile(r'"(\d{1,50})"\s*:\s*(?=\{)')
_OTHER = re.compile(r'\{\s*"(?:id|record|schema)"')
"""How rows begin that are no records."""
_DECODER = json.JSONDecoder()


class Salvage(msgspec.Struct, frozen=True):
    """Rows that were read out of a damaged file. unreadable: the keys of records that are there but can't be read.
    told: how many records the file says it had, 0 when it does not say."""

    tables: Tables
    unreadable: frozenset[str]
    told: int

    def newer_than(self, rows: Rows) -> list[str]:
        """The keys of records that the rows don't have, or not in this version."""
        return [
            key
            for key, record in self.records.items()
            if key not in rows or decode_record(key, rows[key]).version < record.version
        ]

    def lost_beyond(self, rows: Rows) -> int:
        """How many records were in the file that neither it gives any more nor the rows have."""
        seen = sum(key not in rows for key in self.unreadable)
        return max(seen, self.told - len(rows.keys() | self.tables["records"].keys()))

    @property
    def records(self) -> dict[str, AnyRecord]:
        """The records by key."""
        return {key: decode_record(key, line) for key, line in self.tables["records"].items()}


def salvage(data: bytes) -> Salvage:
    """Find every row that is whole, wherever it stands. Of a record that is found twice the later version counts."""
    header = peek(data)
    form = header.schema if header else 1
    tables: Tables = {"records": {}, "former": {}, "deeds": {}}
    unreadable: set[str] = set()
    for key, document in _documents(data):
        name = _table_of(document) if document is not None else "records"
        if name not in tables:
            continue
        rows, odd = looked_over(turned({name: {key: line_of(key, document or b"")}}, form))
        if not odd:
            _take(tables[name], rows[name], name)
        elif name == "records":
            unreadable.add(key)
    return Salvage(tables, frozenset(unreadable - tables["records"].keys()), header.records if header else 0)


def _documents(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Every `"number": {...}` in the data, outermost ones only; None for a record that is not whole."""
    text = data.decode("utf-8", "surrogateescape")
    place = 0
    while (found := _ROW.search(text, place)) is not None:
        try:
            content, place = _DECODER.raw_decode(text, found.end())
            document = msgspec.json.encode(content)
        except (ValueError, RecursionError, OverflowError):
            place = found.end()
            document = None
        if document is not None or not _OTHER.match(text, found.end()):
            yield found[1], document


def _table_of(document: bytes) -> str:
    content: dict[str, Any] = msgspec.json.decode(document)
    if "record" in content:
        return "former"
    return "deeds" if "what" in content else "records" if "schema" not in content else "header"


def _take(rows: Rows, found: Rows, table: str) -> None:
    ((key, line),) = found.items()
    earlier = rows.get(key) if table == "records" else None
    if earlier is None or decode_record(key, line).version > decode_record(key, earlier).version:
        rows[key] = line
