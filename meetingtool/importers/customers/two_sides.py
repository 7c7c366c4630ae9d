"""Answers with two sides, yes and no or good and bad, and the three groups of the net promoter score."""

from __future__ import annotations

import re
from collections.abc import Iterable

_YES = frozenset(["yes", "y", "true", "ja", "oui", "si", "sim", "wahr", "vrai", "verdadero", "1"])
_NO = frozenset(["no", "n", "false", "nein", "non", "nao", "falsch", "faux", "falso", "0", "nee"])
_UP = re.compile(r"thumbs?[ -]?up|(?:daumen|pouce|pulgar) (?:hoch|nach oben|haut|en haut|arriba)|👍[🏻-🏿]?")
_DOWN = re.compile(r"thumbs?[ -]?down|(?:daumen|pouce|pulgar) (?:runter|nach unten|bas|en bas|abajo)|👎[🏻-🏿]?")
_GOOD = re.compile(r"(?:good|gut|bon|buen[oa]?|bom|positive|happy|😀|🙂)(?: ?with ?comment)?")
_BAD = re.compile(r"(?:bad|schlecht|mauvaise?|mal[oa]?|ruim|negative|unhappy|🙁)(?: ?with ?comment)?")
_GROUPS = {
    9: frozenset(["promoter", "promoters", "promotor", "promotores", "promoteur", "promoteurs", "promotore"]),
    7: frozenset(
        {
            *("passive", "passives", "neutral", "neutrals", "pasivo", "pasivos", "passif", "passifs", "passivo"),
            *("neutro", "passiv", "indifferent", "indifferente", "pasiva", "neutre"),
        }
    ),
    0: frozenset(
        {
            *("detractor", "detractors", "detracteur", "detracteurs", "detrattore", "detrator", "kritiker"),
            *("detraktor", "detractores", "criticaster"),
        }
    ),
}
"""A number of each group; the mean of such numbers says nothing."""
_GROUP = {word: number for number, words in _GROUPS.items() for word in words}


def side_of(label: str, kind: str) -> int | None:
    """1 for the good side of a folded answer, 0 for the other, None for neither. kind: `yes-no` or `good-bad`."""
    if kind == "yes-no" and (label in _YES or label in _NO):
        return int(label in _YES)
    if _UP.fullmatch(label) or (kind == "good-bad" and _GOOD.fullmatch(label)):
        return 1
    return 0 if _DOWN.fullmatch(label) or (kind == "good-bad" and _BAD.fullmatch(label)) else None


def are_thumbs(labels: Iterable[str]) -> bool:
    """Whether these folded answers are thumbs, which mean the same whatever was asked."""
    return all(_UP.fullmatch(label) or _DOWN.fullmatch(label) for label in labels)


def group_of(label: str) -> int | None:
    """A number of the group of the net promoter score that a folded answer names."""
    return _GROUP.get(label)


def groups_in(labels: Iterable[str]) -> dict[str, int]:
    """The folded answers that name a group of the net promoter score, with a number of it; none where others than
    these groups are there, or only the middle one."""
    given = set(labels)
    found = {label: _GROUP[label] for label in given if label in _GROUP}
    return found if len(found) == len(given) and set(found.values()) - {7} else {}
