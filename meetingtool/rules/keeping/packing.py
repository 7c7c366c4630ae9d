"""How much a packed file may unpack to."""

from __future__ import annotations

from collections.abc import Iterable

MOST_UNPACKED = 1_000_000_000
"""Bytes; the books of a workspace with twenty years of stories have less."""
_MOST_TIMES = 200
"""What is written packs to a twentieth of its size at best; what unpacks to a thousandfold only fills the memory."""
_SMALL = 16_000_000


def unpacks_to_too_much(sizes: Iterable[tuple[int, int]], most: int = MOST_UNPACKED) -> bool:
    """Whether files would fill the memory. sizes: in bytes, of each unpacked and packed."""
    pairs = list(sizes)
    unpacked, packed = sum(size for size, _ in pairs), sum(size for _, size in pairs)
    return unpacked > most or unpacked > max(_SMALL, _MOST_TIMES * packed)
