"""A book as bytes: plain JSON that any TinyDB reads, one row a line, under a header with a checksum.

    {"meetingtool":{"1":{"schema":1,"book":"2026","saves":12,"records":2, ... "crc32":"89abcdef"}},

    "records":{
    "2142955810496375374904140428837613290":{"type":"story","id":"01KJ..."},
    "2142955810496375374904140428837613291":{"type":"story","id":"01KJ..."}
    },

    "former":{
    },
    ...
    }

The checksum is CRC-32 over every byte of the file but its own eight digits (first what follows them, then what
comes before), so a torn, shortened or flipped file
is told from a sound one, and a sound one can be cut into rows at the line ends without parsing it. A line is also
what a person can read, edit and compare, and what can be saved from a file that is half gone.
"""

from __future__ import annotations

import re
from binascii import crc32
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

SCHEMA = 1
HEADER_TABLE = "meetingtool"

Rows = dict[str, bytes]
"""The rows of one table: key -> its line, `"key":{...}`, without the comma at the end."""

Tables = dict[str, Rows]


class Header(msgspec.Struct, frozen=True):
    """What a book says about itself.

    schema: the number of its form. book: its name. saves: how often it was saved.
    records: how many records it has. changed: the moment of the last deed in it.
    secured: the last day on which a backup of it was made by itself.
    """

    schema: int = SCHEMA
    book: str = ""
    saves: int = 0
    records: int = 0
    changed: datetime | None = None
    secured: date | None = None


class Sheet(msgspec.Struct, frozen=True):
    """A book that was read. sound: the checksum fits; else somebody or something changed the file from outside."""

    header: Header
    tables: Tables
    sound: bool


class Unreadable(Exception):
    """The bytes are no book; says why in a few words."""


_CHECKSUM = b',"crc32":"'
_HEADER = re.compile(rb'\{"meetingtool":\{"1":(\{[^{}]*?),"crc32":"([0-9a-f]{8})"\}\}')
_KEY = re.compile(rb'"(?:[^"\\]|\\.)*"')
_ROWS = b",\n"
_TABLES = b",\n\n"
_TABLE_START = b":{\n"
_TABLE_END = b"\n}"
_NEXT_TABLE = re.compile(rb'\n\},\n\n"')
_RECORDS_START = b'"records"' + _TABLE_START
_HEADER_END = b'"}}'
_END = b"\n}\n"
_MOST_CHUNKS = 500

_encode = msgspec.json.encode
_HEADERS = msgspec.json.Decoder(Header)
_TEXT = msgspec.json.Decoder(str)


def line_of(key: str, document: bytes) -> bytes:
    """The row's line: its key and its document, which must be JSON without line breaks."""
    return _encode(key) + b":" + document


def document_of(key: str, line: bytes) -> bytes:
    """The JSON of the document in a line."""
    return line[len(_encode(key)) + 1 :]


class TableText:
    """The text of one table as it goes into the file, kept from one save to the next.

    A save that only adds rows, as recording a story does, then costs no more than those rows: what stands is neither
    joined nor summed up again.
    """

    def __init__(self, name: str, rows: Rows) -> None:
        self.rows = rows
        self._chunks = [_TABLES + _encode(name) + _TABLE_START + _ROWS.join(rows.values())]
        self._summed: tuple[int, int] | None = None

    def add(self, rows: Rows, added: Iterable[bytes]) -> None:
        """Take in rows that come after those that stand. rows: all of them."""
        tail = b"".join([piece for line in added for piece in (_ROWS, line)])
        self._chunks.append(tail if self.rows else tail[len(_ROWS) :])
        self.rows = rows
        if self._summed is not None:
            start, end = self._summed
            self._summed = start, crc32(self._chunks[-1], end)
        if len(self._chunks) > _MOST_CHUNKS:
            self._chunks = [b"".join(self._chunks)]

    def put(self, chunks: list[bytes], checksum: int) -> int:
        """Add the text to `chunks`; the checksum going on from `checksum`."""
        if self._summed is None or self._summed[0] != checksum:
            end = checksum
            for chunk in self._chunks:
                end = crc32(chunk, end)
            self._summed = checksum, end
        chunks += self._chunks
        chunks.append(_TABLE_END)
        return crc32(_TABLE_END, self._summed[1])


def write_book(header: Header, texts: Iterable[TableText]) -> list[bytes]:
    """The whole file, in pieces."""
    start = b'{"meetingtool":{"1":' + _encode(header)[:-1] + _CHECKSUM
    pieces = [start, b"", _HEADER_END]
    checksum = crc32(_HEADER_END)
    for text in texts:
        checksum = text.put(pieces, checksum)
    pieces.append(_END)
    pieces[1] = b"%08x" % crc32(start, crc32(_END, checksum))
    return pieces


def write_tables(header: Header, tables: Tables) -> bytes:
    """The whole file, of tables alone."""
    return b"".join(write_book(header, [TableText(name, rows) for name, rows in tables.items()]))


def peek(data: bytes) -> Header | None:
    """The header of a book whose first bytes these are (512 are enough), unchecked; None when it has none."""
    found = _HEADER.match(data)
    if found is None:
        return None
    try:
        return _HEADERS.decode(found[1] + b"}")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def read_book(data: bytes) -> Sheet:
    """Read a file. Unreadable when it is not the JSON of a book."""
    header = peek(data)
    found = _HEADER.match(data)
    if header is not None and found is not None and _fits(data, found):
        return Sheet(header, _cut(data, found.end()), sound=True)
    return _parse(data)


def records_in(data: bytes) -> bytes | memoryview | None:
    """The `records` table of a sound file as it stands there, a JSON object; None for any other file."""
    found = _HEADER.match(data)
    if found is None or not _fits(data, found):
        return None
    if not data.startswith(_TABLES + _RECORDS_START, found.end()):
        return b"{}"
    start = found.end() + len(_TABLES) + len(_RECORDS_START)
    return memoryview(data)[start - len(_TABLE_START) + 1 : _end_of_table(data, start) + len(_TABLE_END)]


def _end_of_table(data: bytes, start: int) -> int:
    """Where the closing line of the table begins that has its rows from `start` on."""
    found = _NEXT_TABLE.search(data, start)
    return found.start() if found else len(data) - len(_END) - len(_TABLE_END)


def _fits(data: bytes, found: re.Match[bytes]) -> bool:
    start, end = found.span(2)
    view = memoryview(data)
    return crc32(view[:start], crc32(view[end:])) == int(found[2], 16)


def _cut(data: bytes, start: int) -> Tables:
    """Cut what follows the header of a sound file into tables and rows, at the line ends."""
    tables: Tables = {}
    end = len(data) - len(_END)
    while start < end:
        start += len(_TABLES)
        rows = data.index(_TABLE_START, start) + len(_TABLE_START)
        stop = _end_of_table(data, rows - 1)
        text = data[rows:stop]
        tables[_TEXT.decode(data[start : rows - len(_TABLE_START)])] = _rows_in(text.split(_ROWS)) if text else {}
        start = stop + len(_TABLE_END)
    return tables


def _rows_in(lines: list[bytes]) -> Rows:
    rows = {line[1 : line.index(b'"', 1)].decode(): line for line in lines}
    if any("\\" in key for key in rows):
        return {_TEXT.decode(_KEY.match(line)[0]): line for line in lines}  # type: ignore[index]
    return rows


def _parse(data: bytes) -> Sheet:
    """Read a file that was not written by us as it stands: edited by hand, or damaged."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("it is empty")
    try:
        content = _decode_strictly(data)
        tables = {name: _rows_of(table) for name, table in content.items()}
    except (ValueError, OverflowError, RecursionError) as error:
        raise Unreadable("it is not JSON, or only half of it is there") from error
    tables.pop(HEADER_TABLE, None)
    return Sheet(_header_in(content), tables, sound=False)


def _rows_of(table: Any) -> Rows:
    if not isinstance(table, dict) or not all(isinstance(document, dict) for document in table.values()):
        raise Unreadable("it is JSON, but not a book")
    return {key: line_of(key, _encode(document)) for key, document in table.items()}


def _decode_strictly(data: bytes) -> dict[str, Any]:
    """Decode JSON, and refuse a key that stands twice in one object: one of the two would be lost without a word."""
    import json

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(pairs)
        if len(content) != len(pairs):
            raise ValueError("a key stands twice")
        return content

    def never(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=never)
    if not isinstance(content, dict):
        raise ValueError("not an object")
    return content


def _header_in(content: dict[str, Any]) -> Header:
    """The header of a file from outside, taken field by field as far as it can be read."""
    told = content.get(HEADER_TABLE, {}).get("1", {})
    try:
        return msgspec.convert({name: told[name] for name in Header.__struct_fields__ if name in told}, Header)
    except msgspec.ValidationError:
        schema = told.get("schema")
        return Header(schema=schema if type(schema) is int else SCHEMA)
