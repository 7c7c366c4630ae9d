"""A block of the search as bytes and back, in a tenth of the time that making it from its records takes."""

from __future__ import annotations

import sys
import unicodedata
from array import array
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from meetingtool import __version__
from meetingtool.rules.history.blocks import DAYS, MOMENTS, PLACES, Block, Sharing, form_of
from meetingtool.rules.kinds.table import SEARCHED_SORTS

T = TypeVar("T")

FORM = 4
"""The number of this form, of the bytes and of what blocks hold: raise it with every change of either."""

MADE_BY = f"{FORM} {__version__} {unicodedata.unidata_version} {sys.byteorder} {' '.join(SEARCHED_SORTS)}"
"""What made the bytes. Others search less, fold letters differently, or write numbers the other way round."""

_NUMBERS = "I"


class _Table(msgspec.Struct, frozen=True, array_like=True):
    """A column with few different values: each value once, and for each entry which of them it has."""

    values: tuple[tuple[str, ...], ...]
    numbers: bytes

    def column(self, made: Sequence[T]) -> tuple[T, ...]:
        """The column, of what was made of the values."""
        return tuple(map(made.__getitem__, _array(_NUMBERS, self.numbers)))


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    made_by: str
    moments: bytes
    ids: tuple[str, ...]
    days: bytes
    forms: _Table
    people: _Table
    standards: _Table
    customers: _Table
    places: bytes
    hays: tuple[str, ...]
    sets: dict[str, dict[str, bytes]]


_DECODER = msgspec.msgpack.Decoder(_Packed)


def pack(block: Block) -> bytes:
    """The block as bytes, with its sets."""
    size = (block.count + 7) // 8
    packed = _Packed(
        made_by=MADE_BY,
        moments=block.moments.tobytes(),
        ids=block.ids,
        days=block.days.tobytes(),
        forms=_table([(form.kind, *sorted(form.flags)) for form in block.forms]),
        people=_table(block.people),
        standards=_table(block.standards),
        customers=_table([(customer,) for customer in block.customers]),
        places=block.places.tobytes(),
        hays=block.hays,
        sets={
            sort: {value: mask.to_bytes(size, "little") for value, mask in members.items()}
            for sort, members in block.sets.items()
        },
    )
    return msgspec.msgpack.encode(packed)


def unpack(data: bytes, sharing: Sharing) -> Block | None:
    """The block that was packed; None for bytes that this version did not make or that are not whole."""
    try:
        packed = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if packed.made_by != MADE_BY:
        return None
    try:
        kinds = msgspec.convert([value[0] for value in packed.forms.values], list[str])
        if not SEARCHED_SORTS.keys() >= {*kinds}:
            return None
        columns = (
            _array(MOMENTS, packed.moments),
            packed.ids,
            _array(DAYS, packed.days),
            packed.forms.column(
                [form_of(kind, frozenset(flags)) for kind, (_, *flags) in zip(kinds, packed.forms.values, strict=True)]
            ),
            packed.people.column([sharing.ids[value] for value in packed.people.values]),
            packed.standards.column([sharing.ids[value] for value in packed.standards.values]),
            packed.customers.column([value[0] for value in packed.customers.values]),
            _array(PLACES, packed.places),
            packed.hays,
        )
    except (IndexError, ValueError):
        return None
    if len({len(column) for column in columns}) != 1:
        return None
    sets = {
        sort: {value: int.from_bytes(mask, "little") for value, mask in members.items()}
        for sort, members in packed.sets.items()
    }
    return Block.of_columns(*columns, sets=sets)


def _table(column: Sequence[tuple[str, ...]]) -> _Table:
    numbers: dict[tuple[str, ...], int] = {}
    at = array(_NUMBERS, [numbers.setdefault(value, len(numbers)) for value in column])
    return _Table(tuple(numbers), at.tobytes())


def _array(kind: str, data: bytes) -> array:  # type: ignore[type-arg]
    numbers = array(kind)
    numbers.frombytes(data)
    return numbers
