"""Which column of a table holds the ratings that a manager gave, rather than those that others gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.importers.columns import Columns, shown, words_of
from meetingtool.importers.date_columns import is_nothing
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.raters import says_others
from meetingtool.rules.wording import listed

_RATING = frozenset({"rating", "ratings", "score", "scores", "stars", "points", "mark", "marks", "grade"})
OTHERS = frozenset(
    {
        *("self", "own", "employee", "employees", "ee", "worker", "associate", "agent", "staff", "colleague", "ratee"),
        *("colleagues", "peer", "peers", "subordinate", "subordinates", "report", "reports", "customer", "client"),
    }
)
"""Words in the name of a column of ratings that people may have given to themselves, or others to them."""
_NO_RATING = frozenset(
    {
        *("max", "maximum", "min", "minimum", "possible", "total", "average", "avg", "mean", "weighted", "weight"),
        *("previous", "prior", "last", "target", "goal", "expected", "required", "team", "company", "benchmark"),
        *("date", "scale", "comment", "comments", "note", "notes", "description", "desc", "type", "period", "cycle"),
        *("by", "on", "id", "name", "label", "text", "reason", "status", "template", "source", "guide", "range"),
    }
)
_MANAGERS = frozenset({"manager", "managers", "supervisor", "boss", "my", "s", "final", "calibrated", "performance"})
"""Words beside which a lone column of ratings is the manager's; of any other, the person is asked."""
_SETTLED = _MANAGERS | {"adjusted", "agreed", "moderated", "revised", "confirmed", "approved", "official", "mgr"}
"""Words that alone name a column of ratings, where its cells are ratings."""
_A_RATING = re.compile(r"[1-5](?:[.,]0+)?(?:\D.*)?")


def rating_column(found: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """The columns, with the rating in the one column that can hold the manager's; without a rating where there is none.

    What people say of themselves is never taken for it. Raises LeftOpen where several columns could be it and their
    cells differ, or where the only one has others' ratings. What a person chose stays as chosen.
    """
    if "rating" in found.chosen:
        return found
    used = {place for key in found.where for place in found.places(key)} - set(found.places("rating"))
    mine: dict[tuple[str, ...], int] = {}
    others: list[int] = []
    for place, header in enumerate(found.header):
        words = set(words_of(header))
        cells = tuple(row[place] for row in rows)
        named = place in found.places("rating") or (words & _RATING and not words & _NO_RATING)
        named = named or (bool(words) and words <= _SETTLED and _are_ratings(cells))
        if place in used or not named:
            continue
        if words & OTHERS or says_others(header):
            others.append(place)
        else:
            mine.setdefault(cells, place)
    mine = {cells: place for cells, place in mine.items() if any(cells)} or mine
    if len(mine) > 1:
        raise _which(found, list(mine.values()), "could each be the rating", "Say which one counts")
    if others and not mine:
        told = "may be what people say of themselves, or others of them; only your own ratings belong here"
        raise _which(found, others, told, "If it is yours, say so")
    sure = [
        place
        for place in mine.values()
        if place in found.places("rating") or set(words_of(found.header[place])) <= _RATING | _MANAGERS
    ]
    return found.without("rating").with_place("rating", *sure) if sure else found.without("rating")


def _are_ratings(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if not is_nothing(cell)]
    return bool(filled) and all(_A_RATING.fullmatch(cell) for cell in filled)


def _which(found: Columns, places: Sequence[int], told: str, ask: str) -> LeftOpen:
    headers = [found.header[place] for place in places]
    return LeftOpen(
        f"{listed([f'“{shown(header)}”' for header in headers])} {told}.",
        f'{ask}: --column rating="{shown(headers[-1])}".',
        "column",
        key="rating",
        options=headers,
    )
