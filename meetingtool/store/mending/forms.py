"""Books as other programs leave them: packed, in another encoding, or only the list of their records; and what is
neither that nor encrypted."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib import import_module
from typing import Any

import msgspec

from meetingtool.rules.keeping.packing import MOST_UNPACKED, unpacks_to_too_much
from meetingtool.store.envelope import AGE
from meetingtool.store.keys import key_of
from meetingtool.store.shelf import decoder_of

_PIECE = 1 << 10
_KNOWN = ((b"\x1f\x8b", "zlib"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "lzma"))
"""How packed files begin, and what unpacks them."""

_AGE_STANZA, _AGE_HEAD = b"-> X25519 ", 300
"""What stands near the beginning of every encrypted file, and within how many bytes."""


def is_plain(data: bytes) -> bool:
    """Whether words can be read in the data of a file: not where it is encrypted, though damaged since, nor where only
    zeros or noise are left."""
    if data.startswith(AGE) or _AGE_STANZA in data[:_AGE_HEAD]:
        return False
    left = as_saved(data).replace(b"\0", b"").strip()
    return len(left.decode("utf-8", "ignore").encode()) * 4 > len(left) * 3  # of noise, little more than half


def as_saved(data: bytes) -> bytes:
    """The text of a book in such a form, as far as it can be read; any other data as it is."""
    data = _unpacked(data)
    encoding = json.detect_encoding(data)
    if encoding != "utf-8":
        text = data.decode(encoding, "replace")
        data = text.encode() if text.lstrip()[:1] in ("{", "[") else data
    return _as_table(data) if data.lstrip()[:1] == b"[" else data


def _unpacked(data: bytes) -> bytes:
    """What is packed, up to where that is damaged; one that would fill the memory stays packed."""
    name = next((name for magic, name in _KNOWN if data.startswith(magic)), "")
    if not name:
        return data
    module, there = import_module(name), bytearray()
    names = {"bz2": "BZ2Decompressor", "lzma": "LZMADecompressor"}
    unpack = module.decompressobj(31) if name == "zlib" else getattr(module, names[name])()
    try:
        for place in range(0, len(data), _PIECE):
            there += b"" if unpack.eof else unpack.decompress(data[place : place + _PIECE])
            if unpacks_to_too_much([(len(there), len(data))], MOST_UNPACKED):
                return data
    except (OSError, getattr(module, "error", OSError), getattr(module, "LZMAError", OSError)):
        pass  # half of it is better than nothing
    return bytes(there)


def _as_table(data: bytes) -> bytes:
    """A list of records as the table of a book; what is no such list as it is."""
    try:
        listed = json.loads(data)
        rows = {key_of(str(each["id"])): _as_written(each) for each in listed if isinstance(each, dict)}
    except (ValueError, LookupError, RecursionError):
        return data
    return msgspec.json.encode({"records": rows})


def _as_written(row: dict[str, Any]) -> msgspec.Raw:
    """A record with its fields in the order in which they are saved; whatever is none, as it is."""
    text = msgspec.json.encode(row)
    with suppress(msgspec.ValidationError):
        text = msgspec.json.encode(decoder_of(None).decode(text))
    return msgspec.Raw(text)
