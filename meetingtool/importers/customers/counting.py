"""How often each answer occurs in a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from meetingtool.importers.customers.files import texts
from meetingtool.importers.customers.scales import MOST_DISTINCT
from meetingtool.importers.spreadsheets import RawCell

Columns = Sequence[Sequence[RawCell]]


def counted(column: Sequence[RawCell]) -> Counter[str] | None:
    """How often each answer is in a column; None where there are too many different ones for a question."""
    raw = Counter(column)
    if len(raw) > 4 * MOST_DISTINCT:
        return None
    found: Counter[str] = Counter()
    for cell, times in zip(texts(list(raw)), raw.values(), strict=True):
        found[cell] += times
    return found
