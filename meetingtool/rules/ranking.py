"""Which of what was found fits best: words that stand whole and often in few words come before beginnings of words."""

from __future__ import annotations

from collections.abc import Sequence

from meetingtool.rules.entries import Entry
from meetingtool.rules.query import Query

MOST = 5_000
"""So many of the newest are weighed, so that a key is answered at once; older ones follow in the order of time."""

WHOLE, STAR, AGAIN = 3.0, 0.5, 0.25
LENGTH = 400
"""In a text of so many letters more a match weighs half."""


def best_first(found: Sequence[Entry], query: Query) -> list[Entry]:
    """Entries, handed in the newest first, in the order of how well their words fit; equal ones the newest first.

    A word that stands whole weighs three times one that only begins so; each time it stands again adds a quarter
    of that; a star adds a little; long texts weigh less. Without words to look for, the order stays.
    """
    needles = [term.needle for term in query.terms if term.kind in ("word", "phrase") and not term.negated]
    if not needles:
        return list(found)
    weighed = [(-_weight(entry, needles), place) for place, entry in enumerate(found[:MOST])]
    weighed.sort()
    return [*(found[place] for _, place in weighed), *found[MOST:]]


def _weight(entry: Entry, needles: Sequence[str]) -> float:
    hay = entry.hay
    total = STAR if "starred" in entry.flags else 0.0
    for needle in needles:
        whole = hay.count(f"{needle.rstrip()} ")
        begun = hay.count(needle) - whole
        total += (WHOLE + AGAIN * WHOLE * (whole - 1)) if whole else 0.0
        total += (1 + AGAIN * (begun - 1)) if begun > 0 and not whole else AGAIN * max(begun, 0)
    return total / (1 + len(hay) / LENGTH)
