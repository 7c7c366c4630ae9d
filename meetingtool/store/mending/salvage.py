"""What can be read of a file that is no longer a book: half of it gone, bits flipped, an edit gone wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, permutations
from typing import Any

import msgspec

from meetingtool.records.kinds import AnyRecord
from meetingtool.store.bookfile import (
    CHECKSUM,
    HEAD,
    HEADER_END,
    HEADER_START,
    HEADER_TABLE,
    LONGEST_HEADER,
    Header,
    checksum_of,
    head_sum,
)
from meetingtool.store.deeds import read_deed
from meetingtool.store.inspection import looked_over
from meetingtool.store.keys import VERSION_DIGITS, id_of, key_of
from meetingtool.store.lines import Rows, Tables, line_of
from meetingtool.store.migrations import has_records_of_now, turned
from meetingtool.store.shelf import decode_record

_ROW = re.compile(r'"(?P<key>\d{1,50})"\s*:\s*(?=\{)|(?<!"record")(?<!"record" ):\s*(?=\{\s*"(?:type|record)"\s*:)')
"""Where rows begin: after their key, or by their first field where the key is damaged."""
_RECORD = re.compile(r'\{\s*"type"\s*:')
"""How only the row of a record begins."""
_DECODER = json.JSONDecoder()
_NO_KEY = "0"
_OF_ROWS = {"type", "record", "what", "schema"}
"""Fields, one of which every row has, or the header."""
_DIGITS = 8


class Salvage(msgspec.Struct, frozen=True):
    """Rows that were read out of a damaged file.

    unreadable: the keys of records that are there but can't be read. told: its header, where that is certain.
    unsure: keys of records whose row had another key, so that it may be an earlier version than it should be. twice:
    lines that were not taken because another line had the same record and version. checksum: the eight digits in its
    header for the whole file, right or wrong.
    """

    tables: Tables
    unreadable: frozenset[str] = frozenset()
    told: Header | None = None
    unsure: frozenset[str] = frozenset()
    twice: tuple[tuple[str, bytes], ...] = ()
    checksum: bytes = b""

    def fits(self, tables: Tables) -> bool:
        """Whether a file with these tables, in whatever layout it came, is the very one that was saved last."""
        if self.told is None or not self.checksum:
            return False
        there = [(name, rows) for name, rows in tables.items() if rows]
        by_key = [(name, dict(sorted(rows.items()))) for name, rows in there]
        orders = chain(permutations(by_key), permutations(there))
        return any(checksum_of(self.told, dict(each)) == self.checksum for each in orders)

    def newer_than(self, rows: Rows) -> list[str]:
        """The keys of records that the rows don't have, or not in this version."""
        return [
            key
            for key, record in self.records.items()
            if key not in rows or decode_record(key, rows[key]).version < record.version
        ]

    @property
    def records(self) -> dict[str, AnyRecord]:
        """The records by key."""
        return {key: decode_record(key, line) for key, line in self.tables["records"].items()}


def salvage(data: bytes) -> Salvage:
    """Find every row that is whole, wherever it is. Of a record that is found twice, the later version counts."""
    told = certain_header(data)
    form = told.schema if told else 1
    tables: Tables = {"records": {}, "former": {}, "deeds": {}}
    unreadable: set[str] = set()
    moved: dict[str, str] = {}
    twice: list[tuple[str, bytes]] = []
    for key, document, is_record in _documents(data):
        name = _table_of(document) if document is not None else "records"
        if name not in tables:
            continue
        rows, odd = looked_over(turned({name: {key: line_of(key, document or b"")}}, form))
        if not odd:
            ((right, line),) = rows[name].items()
            if name != "records" or _is_later(line, tables[name].get(right), right):
                tables[name][right] = line
            else:
                twice.append((right, line))
            moved.update({right: key} if name == "records" and right != key else {})
        elif is_record and key != _NO_KEY:
            unreadable.add(key)
    _put_ids_right(tables, moved)
    found = tables["records"].keys()
    unsure = frozenset(moved.keys() & found)
    return Salvage(tables, frozenset(unreadable - found), told, unsure, tuple(twice), checksum_in(data))


def _documents(data: bytes) -> Iterator[tuple[str, bytes | None, bool]]:
    """Every row in the data, outermost ones only, under its key, and whether it begins as a record; None for one that
    is not whole."""
    text = data.decode("utf-8", "surrogateescape")
    place = 0
    while (found := _ROW.search(text, place)) is not None:
        try:
            content, end = _DECODER.raw_decode(text, found.end())
            document = msgspec.json.encode(content)
            # Text that begins like a row without being one may have swallowed the rows after it.
            place = end if _OF_ROWS & content.keys() else found.end()
        except (ValueError, RecursionError, OverflowError):
            place = found.end()
            document = None
        yield found["key"] or _NO_KEY, document, _RECORD.match(text, found.end()) is not None


def _table_of(document: bytes) -> str:
    content: dict[str, Any] = msgspec.json.decode(document)
    if "type" in content:  # first: a record may well have a field of any other name
        return "records"
    if "record" in content:
        return "former"
    return "deeds" if "what" in content else "records" if "schema" not in content else "header"


def _is_later(line: bytes, earlier: bytes | None, key: str) -> bool:
    return earlier is None or decode_record(key, line).version > decode_record(key, earlier).version


def _put_ids_right(tables: Tables, moved: dict[str, str]) -> None:
    """Where the id in a row and its key differ, one of the two is damaged: the id, if the rest of the file only knows
    the key."""
    if not moved:
        return
    deeds = (read_deed(key, line) for key, line in tables["deeds"].items())
    known = {key_of(change.id) for deed in deeds for change in deed.changes}
    known |= {row[:-VERSION_DIGITS] for row in tables["former"]}
    records = tables["records"]
    for wrong, key in moved.items():
        if key in known and wrong not in known and key not in records:
            damaged = decode_record(wrong, records.pop(wrong))
            whole = msgspec.structs.replace(damaged, id=id_of(key))
            records[key] = line_of(key, msgspec.json.encode(whole))


_CHECKSUM = re.compile(rb'"crc32"\s*:\s*"([0-9a-f]{8})"')


def checksum_in(data: bytes) -> bytes:
    """The checksum in the file's header; empty where there is none."""
    found = _CHECKSUM.search(data[: 2 * LONGEST_HEADER])
    return b"" if found is None else found[1]


def certain_header(data: bytes) -> Header | None:
    """The header as it was written at the last save, with a single wrong byte in it put right.

    Also of a file that another program rewrote in another layout. None if nothing vouches for it, as in books from
    before headers had a checksum. Without `content` where the records are of a former form, since migration changes
    them.
    """
    text = _as_written(data[:LONGEST_HEADER]) or _written_anew(data)
    try:
        header = None if text is None else msgspec.json.decode(text, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if header is None or has_records_of_now(header):
        return header
    return msgspec.structs.replace(header, content=None)


def _as_written(start: bytes) -> bytes | None:
    """The header's JSON, without its checksums, out of a file with our layout."""
    end = start.find(HEAD)
    if end < 0:
        end = start.find(HEADER_END) - 2 * _DIGITS - len(HEAD) - len(CHECKSUM) - len(b'"')
    if end <= len(HEADER_START):
        return None
    text = start[len(HEADER_START) : end] + b"}"
    digits = start[end + len(HEAD) : end + len(HEAD) + _DIGITS]
    if sum(one != other for one, other in zip(digits, head_sum(text), strict=False)) <= 1 and len(digits) == _DIGITS:
        return text
    return _put_right(text, digits)


def _put_right(text: bytes, digits: bytes) -> bytes | None:
    """The text with the one byte changed that makes it fit the checksum, if there is one."""
    for place in range(len(text)):
        before, after = text[:place], text[place + 1 :]
        for byte in range(256):
            tried = b"%b%c%b" % (before, byte, after)
            if head_sum(tried) == digits:
                return tried
    return None


def _written_anew(data: bytes) -> bytes | None:
    try:
        content: Any = json.loads(data.decode("utf-8-sig"))
        told = dict(content[HEADER_TABLE]["1"])
        head = told.pop("head")
        told.pop("crc32", None)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    text = msgspec.json.encode(told)
    return text if head_sum(text) == str(head).encode() else None
