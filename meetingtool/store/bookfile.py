"""A book as bytes: plain JSON that any TinyDB reads, one row a line, under a header with a checksum.

    {"meetingtool":{"1":{"schema":2,"book":"2026","saves":12,"records":2, ... "head":"01234567","crc32":"89abcdef"}},

    "records":{
    "2142955810496375374904140428837613290":{"type":"story","id":"01KJ..."},
    "2142955810496375374904140428837613291":{"type":"story","id":"01KJ..."}
    },

    "former":{
    },
    ...
    }

The checksum is CRC-32 over every byte of the file but its own eight digits (first what follows them, then what
comes before), so a torn, shortened or flipped file can't pass for a sound one, and a sound one can be cut into rows at
the line ends without parsing it. A line is also something a person can read, edit and compare, and what can be rescued
from a file that is half gone.

The header has a checksum of its own, `head`: of a file that is damaged elsewhere it still says for certain how many
records there were, and by `content`, a sum over their lines, whether those that can be found are the very same.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from meetingtool.store.lines import BETWEEN_TABLES, TABLE_END, TABLE_START, Lines, Rows, Tables, line_of

SCHEMA = 2
HEADER_TABLE = "meetingtool"
STEPS_OF_SAVE = 1_000_000


class Header(msgspec.Struct, frozen=True):
    """What a book says about itself.

    schema: the number of its form. book: its name. saves: how often it was saved.
    records: how many records it has. changed: the moment of the last deed in it.
    secured: the last day on which it was backed up automatically.
    content: the sum of the CRC-32 of every record's line, in any order; None in older books. order: the highest of its
    deeds. steps: a number that grows with every change of a record, so that the changes between two states can be
    counted. former, deeds: how many former versions, and entries of the log, it has. None in older books.
    """

    schema: int = SCHEMA
    book: str = ""
    saves: int = 0
    records: int = 0
    changed: datetime | None = None
    secured: date | None = None
    content: int | None = None
    order: int = 0
    steps: int | None = None
    former: int | None = None
    deeds: int | None = None

    @property
    def steps_now(self) -> int:
        """`steps`, or where they were not counted a number higher than any before."""
        return self.saves * STEPS_OF_SAVE if self.steps is None else self.steps


def is_secured(header: Header, today: date) -> bool:
    """Whether the backup of the day was made. A day in the future (beyond tomorrow, as clocks differ) came from a wrong
    clock and is ignored."""
    return header.secured is not None and timedelta(0) <= header.secured - today <= timedelta(days=1)


class ReadBook(msgspec.Struct, frozen=True):
    """A book that was read. sound: the checksum fits; otherwise somebody or something changed the file from outside."""

    header: Header
    tables: Tables
    sound: bool


class Unreadable(Exception):
    """The bytes aren't a book; says why in a few words."""


class Opened(msgspec.Struct, frozen=True):
    """A sound book that was opened and not yet cut into rows."""

    header: Header
    tables: dict[str, Lines]


HEADER_START = b'{"meetingtool":{"1":'
HEAD = b',"head":"'
CHECKSUM = b',"crc32":"'
_DIGITS = 8
HEADER_END = b'"}}'
LONGEST_HEADER = 500
_NEXT_TABLE = TABLE_END + BETWEEN_TABLES
_RECORDS = BETWEEN_TABLES + b'"records"' + TABLE_START
_END = b"\n}\n"

_encode = msgspec.json.encode
_HEADERS = msgspec.json.Decoder(Header)
_NAME = msgspec.json.Decoder(str)


def document_bytes(document: Mapping[str, Any]) -> bytes:
    """A document as JSON in one line; the kind of a record comes first, where it is looked for."""
    if "type" in document:
        document = {"type": document["type"], **document}
    return _encode(document)


def write_book(header: Header, tables: Iterable[Lines]) -> list[bytes]:
    """The whole file, in pieces."""
    text = _encode(header)
    start = b'%b%b%b%b"%b' % (HEADER_START, text[:-1], HEAD, head_sum(text), CHECKSUM)
    pieces = [start, b"", HEADER_END]
    checksum = crc32(HEADER_END)
    for table in tables:
        checksum = table.write(pieces, checksum)
    pieces.append(_END)
    pieces[1] = b"%08x" % crc32(start, crc32(_END, checksum))
    return pieces


def checksum_of(header: Header, tables: Tables) -> bytes:
    """The checksum of the file that has this header and these tables."""
    return write_book(header, [Lines(name, rows=rows) for name, rows in tables.items()])[1]


def write_tables(header: Header, tables: Tables) -> bytes:
    """The whole file, of tables alone; what the header says about the records is worked out from them."""
    header = header_of_tables(header, tables)
    return b"".join(write_book(header, [Lines(name, rows=rows) for name, rows in tables.items()]))


def header_of_tables(header: Header, tables: Tables) -> Header:
    """The header, with what it says about the records worked out from the tables."""
    records = tables.get("records", {})
    return msgspec.structs.replace(
        header,
        records=len(records),
        content=content_of(records.values()),
        former=len(tables["former"]) if "former" in tables else None,
        deeds=len(tables["deeds"]) if "deeds" in tables else None,
    )


def replaced_state(header: Header, saves: int) -> Header:
    """The header of a state that was put in place as a whole, so that nobody can count the changes between it and
    another one."""
    return msgspec.structs.replace(header, schema=SCHEMA, saves=saves, steps=saves * STEPS_OF_SAVE)


def content_of(rows: Iterable[bytes]) -> int:
    """What `Header.content` is for a book with these lines of records."""
    return sum(map(crc32, rows))


def head_sum(text: bytes) -> bytes:
    """The header's own checksum, of its JSON without the two checksums."""
    return b"%08x" % crc32(text)


def peek(data: bytes) -> Header | None:
    """The header of a book whose first bytes these are (512 are enough), unchecked; None when it has none."""
    end = _end_of_header(data)
    if end is None:
        return None
    try:
        return _HEADERS.decode(data[len(HEADER_START) : end] + b"}")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _end_of_header(data: bytes) -> int | None:
    """The position of the comma before the checksum."""
    if not data.startswith(HEADER_START):
        return None
    end = data.find(CHECKSUM, len(HEADER_START), LONGEST_HEADER)
    digits = end + len(CHECKSUM)
    return end if end >= 0 and data.startswith(HEADER_END, digits + _DIGITS) else None


def _rest_of_sound(data: bytes) -> int | None:
    """Where the tables begin, if the checksum fits."""
    end = _end_of_header(data)
    if end is None:
        return None
    digits = end + len(CHECKSUM)
    view = memoryview(data)
    checksum = crc32(view[:digits], crc32(view[digits + _DIGITS :]))
    return digits + _DIGITS + len(HEADER_END) if data.startswith(b"%08x" % checksum, digits) else None


def open_book(data: bytes) -> Opened | None:
    """A sound book with its tables uncut; None for any other file."""
    header, start = peek(data), _rest_of_sound(data)
    if header is None or start is None:
        return None
    tables: dict[str, Lines] = {}
    end = len(data) - len(_END)
    while start < end:
        head = data.index(TABLE_START, start)
        stop = _end_of_table(data, head)
        name = _NAME.decode(data[start + len(BETWEEN_TABLES) : head])
        tables[name] = Lines(name, text=data[start:stop])
        start = stop + len(TABLE_END)
    return Opened(header, tables)


def _end_of_table(data: bytes, head: int) -> int:
    """Where the closing line begins of the table whose rows come after `head`."""
    stop = data.find(_NEXT_TABLE, head + len(TABLE_START) - 1)
    return stop if stop >= 0 else len(data) - len(_END) - len(TABLE_END)


def records_in(data: bytes) -> int | None:
    """Where in a sound file the rows of its `records` begin, or would begin; None for any other file."""
    start = _rest_of_sound(data)
    return start if start is None or not data.startswith(_RECORDS, start) else start + len(_RECORDS)


def end_of_records(data: bytes, first: int) -> int:
    """Where in a sound file the rows of its `records` end, which begin at `first`."""
    if not data.endswith(_RECORDS, 0, first):
        return first
    return max(first, _end_of_table(data, first - len(TABLE_START)))


def read_book(data: bytes) -> ReadBook:
    """Read a file, row by row. Unreadable when it is not the JSON of a book."""
    opened = open_book(data)
    if opened is not None:
        return ReadBook(opened.header, {name: lines.rows() for name, lines in opened.tables.items()}, sound=True)
    return _parse(data)


def _parse(data: bytes) -> ReadBook:
    """Read a file that we did not write this way: edited by hand, or damaged."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("it holds nothing but zeros" if b"\x00" in data else "it is empty")
    try:
        content = _decode_strictly(data)
        tables = {name: _rows_of(table) for name, table in content.items()}
    except (ValueError, OverflowError, RecursionError) as error:
        raise Unreadable("it is not JSON, or only half of it is there") from error
    tables.pop(HEADER_TABLE, None)
    header = _header_in(content)
    left = len(tables.get("records", {}))
    if not content:
        raise Unreadable("nothing is in it")
    if left * 2 < header.records:  # nobody takes out so many by hand
        raise Unreadable(f"it has {f'only {left:,}' if left else 'none'} of its {header.records:,} records")
    return ReadBook(header, tables, sound=False)


def _rows_of(table: object) -> Rows:
    if not isinstance(table, dict) or not all(isinstance(document, dict) for document in table.values()):
        raise Unreadable("it is JSON, but not a book")
    return {key: line_of(key, document_bytes(document)) for key, document in table.items()}


def _decode_strictly(data: bytes) -> dict[str, Any]:
    """Decode JSON, and refuse a key that appears twice in one object: one of the two would be lost silently."""
    import json

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(pairs)
        if len(content) != len(pairs):
            raise ValueError("a key appears twice")
        return content

    def never(constant: str) -> None:
        raise ValueError(f"{constant} is not JSON")

    text = data.decode(json.detect_encoding(data))  # some editors save it in a wide one, or with a mark
    content = json.loads(text, object_pairs_hook=once, parse_constant=never)
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
