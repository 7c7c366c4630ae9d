"""What a damaged file still says for certain about itself: its header, by the header's own checksum."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from meetingtool.store.bookfile import (
    CHECKSUM,
    HEAD,
    HEADER_END,
    HEADER_START,
    HEADER_TABLE,
    LONGEST_HEADER,
    Header,
    head_sum,
)
from meetingtool.store.migrations import has_records_of_now

_DIGITS = 8


def certain_header(data: bytes) -> Header | None:
    """The header as it was written at the last save, with a single wrong byte in it put right.

    Also of a file that another program rewrote in another layout. None if nothing vouches for it, as in books from
    before headers had a checksum. Without `content` where the records are of a former form: they are turned over.
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
