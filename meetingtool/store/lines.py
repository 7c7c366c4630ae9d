"""The rows of one table, as the lines they are in the file."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable, Sequence

import msgspec

Rows = dict[str, bytes]
"""The rows of one table: key -> its line, `"key":{...}`, without the comma at the end."""

Tables = dict[str, Rows]

BETWEEN_ROWS = b",\n"
BETWEEN_TABLES = b",\n\n"
TABLE_START = b":{\n"
TABLE_END = b"\n}"
LEAF = 250_000
"""Bytes of a table that are decoded at a time: about a millisecond's work. A longer row is a leaf by itself."""

_MOST_CHUNKS = 500
_MOST_SEARCHES = 4

_encode = msgspec.json.encode
_KEY = msgspec.json.Decoder(str)


def line_of(key: str, document: bytes) -> bytes:
    """The row's line: its key and its document, which must be JSON without line breaks."""
    return _encode(key) + b":" + document


def document_of(key: str, line: bytes) -> bytes:
    """The JSON of the document in a line."""
    return line[len(_encode(key)) + 1 :]


class Lines:
    """A table that stays one text until its rows are asked for one by one.

    So recording a story in a fresh process neither cuts nor joins the existing rows, and a save that only adds rows
    costs no more than those rows: the text and its checksum are continued from the last save.
    """

    def __init__(self, name: str, *, rows: Rows | None = None, text: bytes | None = None) -> None:
        """From rows, or from `text` as it is in a file: from the comma before the table's name to the last row."""
        self.name = name
        self._head = BETWEEN_TABLES + _encode(name) + TABLE_START
        self._chunks: list[bytes] | None = None if text is None else [text]
        self._rows: Rows | None = {} if text is None and rows is None else rows
        self._summed: tuple[int, int] | None = None
        self._searches = 0
        self.moved: int | None = None if text is None else 0
        """How much the sum of the CRC-32 of every line has changed since it was last known; None when it never was."""

    def copy(self) -> Lines:
        """A copy that can be changed separately."""
        other = Lines(self.name)
        other._rows = None if self._rows is None else dict(self._rows)
        other._chunks = None if self._chunks is None else list(self._chunks)
        other._summed = self._summed
        other.moved = self.moved
        return other

    def rows(self) -> Rows:
        """Every row. Not to be changed by the caller."""
        if self._rows is None:
            text = self._text()
            self._rows = _cut(text.split(BETWEEN_ROWS)) if text else {}
        return self._rows

    def count(self) -> int:
        """How many rows there are."""
        if self._rows is not None:
            return len(self._rows)
        breaks = sum(chunk.count(b"\n") for chunk in self._chunks or ()) - self._head.count(b"\n")
        return breaks + 1 if self._text() else 0

    def get(self, key: str) -> bytes | None:
        """The line of a key, or None. The first few are searched for in the text, then it is cut into rows."""
        if self._rows is None and self._searches < _MOST_SEARCHES:
            self._searches += 1
            return self._search(b"\n" + _encode(key) + b":")
        return self.rows().get(key)

    def near(self, key: str, place: int) -> bytes | None:
        """The line of a key, if it is in the leaf that begins this many bytes after the first line; None once the text
        is cut into rows."""
        if self._rows is not None or not self._chunks:
            return None
        start = len(self._head) + place
        return line_in(self._chunks[0][start : start + LEAF], key)

    def of_kind(self, tag: str) -> list[bytes]:
        """The lines of the records of a kind."""
        mark = b'":{"type":"%b"' % tag.encode()
        if self._rows is not None:
            return [line for key, line in self._rows.items() if line.startswith(mark, len(key) + 1)]
        found = []
        for chunk in self._chunks or ():
            place = chunk.find(mark)
            while place >= 0:
                start = chunk.rfind(b"\n", 0, place) + 1
                if chunk.find(b'"', start + 1) == place:
                    found.append(_line_at(chunk, start))
                place = chunk.find(mark, place + 1)
        return found

    def is_longer_than(self, size: int) -> bool:
        """Whether the lines are more than this many bytes, as far as that is known without reading them."""
        return sum(map(len, self._chunks or ())) > size

    def uncut(self) -> bytes | None:
        """The lines as one text; None once they are cut into rows."""
        return None if self._rows is not None else self._text()

    def json(self) -> bytes:
        """The table as one JSON object."""
        return b"{%b}" % (BETWEEN_ROWS.join(self._rows.values()) if self._rows is not None else self._text())

    def put(self, rows: Rows, drop: Sequence[str] = ()) -> None:
        """Put rows in, replacing those with the same key, and take rows out."""
        if drop or any(self.get(key) is not None for key in rows):
            present = self.rows()
            come = (line for key, line in rows.items() if key not in drop)
            self._move(come, filter(None, map(present.get, {*rows, *drop})))
            present.update(rows)
            for key in drop:
                present.pop(key, None)
            self._chunks = self._summed = None
        elif rows:
            self._move(rows.values(), ())
            self._add(rows)

    def _move(self, come: Iterable[bytes], go: Iterable[bytes]) -> None:
        if self.moved is not None:
            self.moved += sum(map(crc32, come)) - sum(map(crc32, go))

    def write(self, chunks: list[bytes], checksum: int) -> int:
        """Add the text to `chunks`; returns the checksum continued from `checksum`."""
        if self._chunks is None:
            self._chunks = [self._head + BETWEEN_ROWS.join(self.rows().values())]
        if self._summed is None or self._summed[0] != checksum:
            end = checksum
            for chunk in self._chunks:
                end = crc32(chunk, end)
            self._summed = checksum, end
        chunks += self._chunks
        chunks.append(TABLE_END)
        return crc32(TABLE_END, self._summed[1])

    def _add(self, rows: Rows) -> None:
        """Put rows after the existing ones."""
        if self._chunks is not None:
            is_empty = len(self._chunks) == 1 and len(self._chunks[0]) == len(self._head)
            tail = BETWEEN_ROWS.join(rows.values())
            self._chunks.append(tail if is_empty else BETWEEN_ROWS + tail)
            if self._summed is not None:
                self._summed = self._summed[0], crc32(self._chunks[-1], self._summed[1])
            if len(self._chunks) > _MOST_CHUNKS:
                self._chunks = [b"".join(self._chunks)]
        if self._rows is not None:
            self._rows.update(rows)

    def _text(self) -> bytes:
        """The rows as one text, when they are not cut."""
        return b"".join(self._chunks or ())[len(self._head) :]

    def _search(self, start: bytes) -> bytes | None:
        for chunk in self._chunks or ():
            place = chunk.find(start)
            if place >= 0:
                return _line_at(chunk, place + 1)
            if chunk.startswith(start[1:]):
                return _line_at(chunk, 0)
        return None


def line_in(text: bytes, key: str) -> bytes | None:
    """The line of a key in some lines, if the whole of it is there."""
    begin = b"%b:" % _encode(key)
    start = 0 if text.startswith(begin) else text.find(b"\n" + begin) + 1
    if start == 0 and not text.startswith(begin):
        return None
    end = text.find(b"\n", start)
    return text[start:end].removesuffix(b",") if end >= 0 else None


def _line_at(chunk: bytes, start: int) -> bytes:
    end = chunk.find(b"\n", start)
    return chunk[start:] if end < 0 else chunk[start : end - 1]


def _cut(lines: list[bytes]) -> Rows:
    rows = {line[1 : line.index(b'"', 1)].decode(): line for line in lines}
    return rows if not any("\\" in key for key in rows) else {_whole_key(line): line for line in lines}


def _whole_key(line: bytes) -> str:
    """The key of a line when it has quotes of its own in it."""
    import re

    found = re.match(rb'"(?:[^"\\]|\\.)*"', line)
    assert found is not None
    return _KEY.decode(found[0])
