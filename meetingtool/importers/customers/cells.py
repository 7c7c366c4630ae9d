"""What the cells of a column look like, whatever it is called: ids, codes, names, texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.importers.customers.labels import is_no_answer, is_sentence, lean, tidy

SAMPLE = 400
"""How many filled cells are looked at to tell what a column holds."""

_SHAPED_LIKE_ID = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])(?!\S*(?:@|://))[\w./:#=+-]{8,}|\d{9,}")
_CODE = re.compile(r"(?=\S*\d)(?!\S*(?:@|://))[\w./:#=+-]{1,40}")
"""One word with a digit in it, such as `Q17`, `T-1000` or `4711`."""

_MANY_CODES = 20
"""This many short codes that are all different identify answers, whatever their column is called."""

_HOW_FAR = frozenset(
    {
        *("complete", "completed", "partial", "incomplete", "disqualified", "finished", "started", "unfinished"),
        *("in progress", "over quota", "overquota", "quota full", "abgeschlossen", "vollstandig", "teilweise"),
        *("unvollstandig", "complet", "partiel", "incomplet", "completo", "parcial", "incompleto", "deleted"),
    }
)
"""Words for how far an answer got."""

_SPOKEN = 4
"""Praise and blame with this many words are more likely written than chosen."""


def is_unique(cells: Sequence[str], least: float = 0.9) -> bool:
    """Whether nearly every cell is different, as with the ids of answers; in a short file half of them will do."""
    filled = [cell for cell in cells if cell]
    if not filled or any(_is_damaged(cell) for cell in filled[:SAMPLE]):
        return False
    return len(set(filled)) >= (least if len(filled) > 10 else 0.5) * len(filled)


def are_codes(cells: Sequence[str]) -> bool:
    """Whether nearly every cell is a different code, as with the ids of answers."""
    return is_unique(cells) and all(_CODE.fullmatch(cell) for cell in cells if cell)


def are_ids(cells: Sequence[str]) -> bool:
    """Whether every cell is filled, different and shaped like an id, whatever the column is called: long ones, many
    short ones with letters, or numbers that rise or fall all along; but not a list numbered from 1."""
    if len(cells) <= 4 or len(set(cells)) != len(cells):
        return False
    if all(map(_SHAPED_LIKE_ID.fullmatch, cells)):
        return True
    if len(cells) < _MANY_CODES or not all(map(_CODE.fullmatch, cells)):
        return False
    if not all(map(str.isdecimal, cells)):
        return all(any(letter.isalpha() for letter in cell) for cell in cells)
    numbers = list(map(int, cells))
    return min(numbers) > 1 and numbers in (sorted(numbers), sorted(numbers, reverse=True))


def sample(cells: Sequence[str]) -> list[str]:
    """The first filled cells of a column."""
    found: list[str] = []
    for cell in cells:
        if cell:
            found.append(cell)
            if len(found) == SAMPLE:
                break
    return found


def _is_damaged(cell: str) -> bool:
    """`1.18E+11`: what a spreadsheet program makes of a long number."""
    return re.fullmatch(r"\d[.,]\d+E\+\d+", cell) is not None


def tell_how_far(cells: Sequence[str]) -> bool:
    """Whether the cells say how far an answer got, and nothing else."""
    words = {tidy(cell) for cell in cells if cell}
    return bool(words) and words <= _HOW_FAR


def are_names(cells: Sequence[str]) -> bool:
    """Whether cells are names: short, with letters, and not a different one in every row."""
    found = sample(cells)
    if not found:
        return False
    short = sum(1 for cell in found if len(cell) <= 60 and any(letter.isalpha() for letter in cell))
    return short >= 0.8 * len(found)


def are_various(cells: Sequence[str]) -> bool:
    """Whether cells vary, rather than repeating a few values such as the firm that was reviewed."""
    return len(set(cells)) >= max(2, 0.05 * len(cells))


def are_texts(cells: Sequence[str], *, surely: bool) -> bool:
    """Whether cells are texts: neither numbers nor a few short answers to choose from, unless these praise or blame in
    a sentence. An empty column is looked at again once it has something. surely: the name rules out a choice of
    answers, so that the same words may recur."""
    found = [cell for cell in sample(cells) if not is_no_answer(tidy(cell))]
    if not found:
        return False
    worded = sum(1 for cell in found if any(letter.isalpha() for letter in cell) and "://" not in cell[:12])
    if worded < 0.6 * len(found):
        return False
    if surely or len(set(found)) >= min(8, 0.5 * len(found)) or max(map(len, found)) > 60:
        return True
    spoken = (tidy(cell) for cell in set(found) if len(cell.split()) >= _SPOKEN)
    return any(lean(label) and is_sentence(label) for label in spoken)
