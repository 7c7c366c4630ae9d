"""The number that an answer says: `4`, `4.5`, `4/5`, `4 stars`, `10 - very likely`, `★★★★☆`, `****`."""

from __future__ import annotations

import re
from collections.abc import Iterable

BARE = re.compile(r"'?(-?\d{1,3})(?:[.,](\d?)0*)?")
_OF = re.compile(r"(\d{1,3})(?:[.,](\d?)0*)?\s*(?:/|out of|of|von|sur|de|su|van)\s*(\d{1,3})(?:\s*\w+)?")
_STARRED = re.compile(
    r"(\d)(?:[.,](\d?)0*)?\s*(?:stars?|sterne?n?|etoiles?|estrellas?|estrelas?|stelle|sterren|\*|★|⭐).*"
)
_LED = re.compile(r"(\d{1,2})\s*[-–—:=.)(]\s*[^\d\s].*")
_TRAILED = re.compile(r"[^\d]*[^\d\s]\s*[(\[]\s*(\d{1,2})\s*[)\]]")
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d?)0*)?\s*%")
_ASTERISKS = re.compile(r"(?:\*\s?){1,10}")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_HALF = "1⁄2"
"""What folding makes of ½."""

Number = int | float
"""A whole number, or one with one decimal, as of half a star."""


def number_in(label: str) -> tuple[Number, int | None] | None:
    """The number that a folded answer says, and of how many."""
    label = label.replace(_HALF, ".5")
    if match := BARE.fullmatch(label):
        return _number(match[1], match[2]), None
    if match := _OF.fullmatch(label):
        return _number(match[1], match[2]), int(match[3])
    if match := _PERCENT.fullmatch(label):
        return _number(match[1], match[2]), 100
    if match := _STARRED.fullmatch(label):
        return _number(match[1], match[2]), None
    if match := _LED.fullmatch(label) or _TRAILED.fullmatch(label):
        return int(match[1]), None
    if label in _WORDS:
        return _WORDS[label], 5
    return _stars(label)


def _number(whole: str, tenths: str | None) -> Number:
    return float(f"{whole}.{tenths}") if tenths and tenths != "0" else int(whole)


def _stars(label: str) -> tuple[Number, int | None] | None:
    if _ASTERISKS.fullmatch(label):
        return label.count("*"), None
    full, hollow = sum(label.count(sign) for sign in "★⭐🌟"), label.count("☆")
    if not full or re.search(r"[^\W\d]", label):
        return None
    if label.endswith((".5", "⯨", "⯪")):
        return full + 0.5, full + 1 + hollow if hollow else None
    return None if re.search(r"\w", label) else (full, full + hollow if hollow else None)


def parts_of(numbers: Iterable[Number]) -> int:
    """In how many parts a point is counted, so that each of these numbers is a whole one: 1, 2 for halves, else 10."""
    given = set(numbers)
    return next(parts for parts in (1, 2, 10) if parts == 10 or all((number * parts) % 1 == 0 for number in given))
