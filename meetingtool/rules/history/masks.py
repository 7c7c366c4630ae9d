"""Sets of positions as whole numbers: bit `n` is set for position `n`.

Joining, cutting and counting such sets is a matter of microseconds at 100,000 positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_TO_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_TO_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


def mask_of(flags: Iterable[int]) -> int:
    """The positions at which `flags` are not 0."""
    digits = bytes(flags)[::-1].translate(_TO_DIGITS)
    return int(digits, 2) if digits else 0


def mask_at(positions: Sequence[int], count: int) -> int:
    """The given positions, all below `count`."""
    if len(positions) > count // 32:
        flags = bytearray(count)
        for position in positions:
            flags[position] = 1
        return mask_of(flags)
    bits = bytearray(count // 8 + 1)
    for position in positions:
        bits[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(bits, "little")


def flags_of(mask: int, count: int) -> bytes:
    """For each of `count` positions 1 where it is in `mask`, else 0."""
    if count == 0:
        return b""
    return f"{mask:0{count}b}".encode().translate(_TO_FLAGS)[::-1]
