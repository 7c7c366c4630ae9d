"""What the rest of a file says about a column that is only called "Score": that it is a net promoter score, or another
of the usual kinds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.importers.customers.labels import tidy
from meetingtool.importers.spreadsheets import RawCell
from meetingtool.rules.folding import fold

_BARE = re.compile(
    r"(?:(?:survey|customer|response|feedback) )?(?:score|rating|answer|response|value|result|note|punkte)"
)
_CATEGORY = re.compile(
    r".*\bnps[ _®]*(?:group|category|segment|type|label|kategorie|gruppe)|.* - group|.*promoter (?:type|category|"
    r"status)"
)
_CATEGORIES = frozenset(
    {
        *("promoter", "promoters", "passive", "passives", "neutral", "detractor", "detractors", "promotor", "pasivo"),
        *("promoteur", "passif", "detracteur", "promotore", "passivo", "detrattore", "detrator", "neutro", "kritiker"),
        *("passiv", "indifferent", "indifferente", "pasiva"),
    }
)
_PROMOTES = re.compile(r"promot|detra[ck]t|detrat")
_KINDS = {"nps": "nps", "net promoter score": "nps", "csat": "csat", "ces": "ces", "customer effort score": "ces"}
_LOOKED_AT = 400


def is_bare(title: str) -> bool:
    """Whether a title says nothing but that it is a score."""
    return _BARE.fullmatch(fold(title).replace("_", " ").strip(" :?*")) is not None


def is_category(title: str) -> bool:
    """Whether a column only says who is a promoter, which the score beside it says already."""
    return _CATEGORY.fullmatch(fold(title).strip()) is not None


def scale_of_file(names: Sequence[str], columns: Sequence[Sequence[RawCell]]) -> str:
    """`nps`, `csat` or `ces`, where a column says that of all answers; else empty. Nothing is looked up unless some
    column is bare."""
    if not any(map(is_bare, names)):
        return ""
    for column in columns:
        words = {tidy(cell) for cell in column[:_LOOKED_AT] if isinstance(cell, str) and cell.strip()}
        if words and words <= _CATEGORIES and any(map(_PROMOTES.search, words)):
            return "nps"
        if len(words) == 1 and (kind := _KINDS.get(next(iter(words)))):
            return kind
    return ""
