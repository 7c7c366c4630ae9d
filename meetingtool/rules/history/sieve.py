"""A quick look at records while they are still lines of JSON, so that only those that matter are decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Sieve = Callable[[bytes], list[bytes]]
"""From lines of JSON, each but the last with a comma at its end, those that may matter; without their commas."""


def sieve_for(record_id: str) -> Sieve:
    """What lets through the records that name another one by its id, and that one itself."""
    needle = record_id.encode()
    return lambda text: list(_lines_with(text, needle))


def _lines_with(text: bytes, needle: bytes) -> Iterator[bytes]:
    at = text.find(needle)
    while at >= 0:
        start, end = text.rfind(b"\n", 0, at) + 1, text.find(b"\n", at)
        yield text[start:] if end < 0 else text[start : end - 1]
        at = text.find(needle, end) if end >= 0 else -1
