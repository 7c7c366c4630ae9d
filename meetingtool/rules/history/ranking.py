"""Which of what was found fits best: whole words, often and in short texts, come before beginnings of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from meetingtool.rules.history.entries import Entry
from meetingtool.rules.history.query import Query
from meetingtool.rules.history.search import Facets, Hits

MOST_RANKED = 5_000
"""Only this many of the newest are weighed, so that a key is answered at once; older ones follow in the order of time.
"""

WHOLE, STAR, AGAIN = 3.0, 0.5, 0.25
LENGTH = 400
"""In a text longer by this many letters a match weighs half as much."""


class BestFirst(Sequence[Entry]):
    """What a query finds, in the order of how well its words fit; everything is looked through at once.

    A whole word weighs three times one that only begins so; each time it occurs again adds a quarter of that; a star
    adds a little; long texts weigh less. Among equals, and without words to look for, the order stays.
    """

    complete = True

    def __init__(self, found: Hits, query: Query) -> None:
        found.reach()
        self._found = found
        self._places = _best_places((found[place] for place in range(min(MOST_RANKED, len(found)))), query)

    def reach(self, number: int | None = None) -> None:
        """Nothing is left to look through."""

    def step(self) -> bool:
        """Nothing is left to look through."""
        return False

    def tally(self) -> bool:
        """Count some more of those found for `facets`; False when nothing was left to count."""
        return self._found.tally()

    def facets(self) -> Facets:
        """How those found divide by person, standard, kind and month."""
        return self._found.facets()

    def place_of(self, entry: Entry) -> int | None:
        """The place of the same record's entry."""
        place = self._found.place_of(entry)
        return self._places.index(place) if place is not None and place < len(self._places) else place

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, at: int) -> Entry:  # type: ignore[override]  # no slices, as in Hits
        return self._found[self._places[at] if at < len(self._places) else at]


def _best_places(found: Iterable[Entry], query: Query) -> list[int]:
    """The places of the given entries in the order of how well they fit; none when there is nothing to weigh by."""
    words = [term for term in query.terms if term.kind in ("word", "phrase") and not term.negated]
    needles = [needle for term in words for needle in term.needles]
    if not needles:
        return []
    return [place for _, place in sorted((-_weight(entry, needles), place) for place, entry in enumerate(found))]


def _weight(entry: Entry, needles: Sequence[str]) -> float:
    hay = entry.hay
    total = STAR if "starred" in entry.flags else 0.0
    for needle in needles:
        whole = hay.count(f"{needle.rstrip()} ")
        begun = hay.count(needle) - whole
        total += (WHOLE + AGAIN * WHOLE * (whole - 1)) if whole else 0.0
        total += (1 + AGAIN * (begun - 1)) if begun > 0 and not whole else AGAIN * max(begun, 0)
    return total / (1 + len(hay) / LENGTH)
