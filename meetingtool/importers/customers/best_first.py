"""Scales whose first step is the best one, as with marks at school: recognised by the title, or by the answers' own
words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from meetingtool.importers.customers.labels import lean

_MEANS = re.compile(
    r"\b(\d{1,2})\s*(?:=|:|\(|-|–|—|(?:is|being|means|ist|heisst|bedeutet|entspricht|significa|signifie|vaut|es|"
    r"est|the|der|die|das|le|la|el)\b)"
    r"\s*([^\d,;()\[\]/]+)"
)
"""What a title says about a number: `1 = very satisfied`, `1 (best)`, `1 is the best`."""
_MEANT = re.compile(r"([^\d,;:()\[\]/.?!]+?)\s*(?:=|\(|:|(?:is|ist)\b)\s*(\d{1,2})\b(?!\s*[=:])")
"""The same the other way round: `best = 1`, `very satisfied (1)`."""
_BEST = re.compile(
    r"\b(?:best|top|highest|beste?r?|hochste|meilleure?|mejor|migliore|melhor|ottimo)\b"
    r"(?! (?:describes?|fits?|reflects?))"
)
_WORST = re.compile(r"\b(?:worst|lowest|schlechteste?r?|niedrigste|pire|peor|peggiore|pior|pessimo)\b")
_MARKS = re.compile(r"schulnote|school (?:grade|mark)")
_LOWEST_MARK = 6


def best_first(title: str, said: Mapping[int, str]) -> int:
    """The last step of a scale on which the first one is the best; 0 for any other scale.

    title: folded. said: the numbers that were answered, each with the whole folded answer."""
    meant = titled(title)
    ends = sides({**said, **meant})
    if len(ends) > 1 and ends[0] == (1, 1) and ends[-1][1] < 0:
        return max(*meant, *said)
    if _MARKS.search(title) and not ends and max(said) <= _LOWEST_MARK:
        return _LOWEST_MARK
    return 0


def names_ends(title: str) -> bool:
    """Whether a folded title says what two ends of a scale mean."""
    return len({side for _, side in sides(titled(title))}) > 1


def titled(title: str) -> dict[int, str]:
    """What a folded title says about numbers."""
    found = {int(number): text.strip() for text, number in _MEANT.findall(title)}
    return found | {int(number): text.strip() for number, text in _MEANS.findall(title)}


def sides(meanings: Mapping[int, str]) -> list[tuple[int, int]]:
    """The numbers that stand for a good (1) or a bad step (-1), the lowest first."""
    return sorted((number, side) for number, text in meanings.items() if number and (side := _side(text)))


def _side(text: str) -> int:
    """1 for the good end of a scale, -1 for the bad one."""
    if _WORST.search(text):
        return -1
    if _BEST.search(text):
        return 1
    leaning = lean(text)
    return leaning[1][0] if leaning else 0
