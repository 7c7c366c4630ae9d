"""Names that are one letter away from another: a letter missing, too many, a different one, or two swapped.

The index holds every word with each one of its letters left out: two words are close when they share what is left.
"""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 4
"""In shorter names one letter makes too much of a difference."""


def close_index(names: Iterable[str]) -> dict[str, set[str]]:
    """What is left of each name -> the names it is left of. names: folded, of `SHORTEST` letters or more."""
    index: dict[str, set[str]] = {}
    for name in names:
        if len(name) >= SHORTEST:
            for left in _left_of(name):
                index.setdefault(left, set()).add(name)
    return index


def close_to(word: str, index: dict[str, set[str]]) -> set[str]:
    """The names that are exactly one letter away from a folded word."""
    if len(word) < SHORTEST:
        return set()
    found = {name for left in _left_of(word) for name in index.get(left, ())}
    return {name for name in found if is_close(word, name)}


def is_close(one: str, other: str) -> bool:
    """Whether exactly one letter was deleted, inserted, exchanged for another, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[start:], other[start:]
    if len(rest) != len(others):
        longer, shorter = (rest, others) if len(rest) > len(others) else (others, rest)
        return longer[1:] == shorter
    return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])


def _left_of(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
