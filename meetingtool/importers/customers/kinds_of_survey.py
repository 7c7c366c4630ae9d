"""What the rest of a file says about a column that is only called "Score": that it is a net promoter score, or another
of the usual kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from meetingtool.importers.customers.labels import is_no_answer, tidy
from meetingtool.importers.customers.two_sides import groups_in
from meetingtool.importers.spreadsheets import RawCell
from meetingtool.rules.folding import fold

_BARE = re.compile(
    r"(?:(?:survey|customer|response|feedback) )?(?:score|rating|answer|response|value|result|note|punkte)"
)
_CATEGORY = re.compile(
    r".*\bnps[ _®]*(?:group|category|segment|type|label|kategorie|gruppe)|.* - group|.*promoter (?:type|category|"
    r"status)"
)
_KINDS = {"nps": "nps", "net promoter score": "nps", "csat": "csat", "ces": "ces", "customer effort score": "ces"}
_LOOKED_AT = 400


def is_bare(title: str) -> bool:
    """Whether a title says nothing but that it is a score."""
    return _BARE.fullmatch(fold(title).replace("_", " ").strip(" :?*")) is not None


def is_category(title: str, answers: Iterable[str] = ()) -> bool:
    """Whether a column only says who is a promoter, which a score beside it would say already."""
    given = {label for answer in answers if not is_no_answer(label := tidy(answer))}
    return _CATEGORY.fullmatch(fold(title).strip()) is not None or bool(groups_in(given))


def scale_of_file(names: Sequence[str], columns: Sequence[Sequence[RawCell]]) -> str:
    """`nps`, `csat` or `ces`, where a column says so for all answers; else empty. Nothing is looked up unless some
    column is bare."""
    if not any(map(is_bare, names)):
        return ""
    for column in columns:
        words = {tidy(cell) for cell in column[:_LOOKED_AT] if isinstance(cell, str) and cell.strip()}
        if groups_in(words):
            return "nps"
        if len(words) == 1 and (kind := _KINDS.get(next(iter(words)))):
            return kind
    return ""
