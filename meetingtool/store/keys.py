"""How a record's id becomes the key of its row in a book.

Stock TinyDB turns every key into an int when it reads a table, so the key of a record is the number
that its ULID stands for, in decimal digits. It is computed, never looked up, and any TinyDB reads the book.
"""

from __future__ import annotations

from meetingtool.records.base import CROCKFORD

ID_LENGTH = 26
VERSION_DIGITS = 6
_LAST_VERSION = 999_999

_DIGITS_OF_INT = "0123456789abcdefghijklmnopqrstuv"
_TYPED = CROCKFORD + "ILO"
_TO_INT = str.maketrans(_TYPED + _TYPED.lower(), (_DIGITS_OF_INT + "110") * 2)
_AS_WRITTEN = str.maketrans(_TYPED + _TYPED.lower(), (CROCKFORD + "110") * 2)
_ALPHABET = frozenset(CROCKFORD)
_TYPEABLE = frozenset(_TYPED + _TYPED.lower())


def key_of(record_id: str) -> str:
    """The key of the record's row. ValueError for anything that is not a ULID in capitals."""
    if len(record_id) != ID_LENGTH or not _ALPHABET.issuperset(record_id) or record_id[0] > "7":
        raise ValueError(f"not an id: {record_id!r}")
    return str(number_of(record_id))


def former_key(key: str, version: int) -> str:
    """The key under which version `version` of the record with `key` is kept once it is replaced."""
    return f"{key}{version:0{VERSION_DIGITS}d}"


def is_version(number: int) -> bool:
    """Whether a record can have this version."""
    return 1 <= number <= _LAST_VERSION


def end_of(ref: str) -> str | None:
    """The end of an id that a person typed, as ids are written; None when it can't be one.

    I and L are read as 1 and O as 0, in either case, as Crockford's base 32 asks.
    """
    if not ref or len(ref) > ID_LENGTH or not _TYPEABLE.issuperset(ref):
        return None
    return ref.translate(_AS_WRITTEN)


def number_of(end: str) -> int:
    """The number that the end of an id stands for."""
    return int(end.translate(_TO_INT), 32)


def id_of(key: str) -> str:
    """The id whose record has the key."""
    number = int(key)
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(ID_LENGTH)))
