"""Where in a table the column names are: not always on top, not always in one row, and not in every file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from meetingtool.importers.columns import Field, known_columns, said_columns

_TITLE_LINES = 10
_SEARCHED = 40
"""How many records are searched for known column names: the preambles of payroll programs seldom have more than a
dozen."""
_MOST_ABOVE_A_LONE_COLUMN = 3
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [(\"“'‘]?[^\W\d_][\w.'’-]*[)\"”'’]?){1,4}")

NumberedRow = tuple[int, list[str]]
"""The line or row on which a record begins, counted from 1, and its cells."""


class TableHeader(msgspec.Struct, frozen=True, kw_only=True):
    """The column names. above: how many records are above them; rows: how many records they take up (0: none).

    known: whether they were known, rather than assumed to be on top.
    """

    cells: list[str]
    above: int = 0
    rows: int = 1
    known: bool = False


def find_header(records: Sequence[NumberedRow], fields: Sequence[Field], chosen: Mapping[str, str]) -> TableHeader:
    """The header of these records, none of which is blank throughout.

    It is where most known column names are, in one row or in two of which the upper only groups the lower. If none is
    known, there is no header where columns were given by place; otherwise it is the first record with more than one
    cell.
    """
    best, best_fit = None, (0, False, 0)
    for candidate in _candidates(records):
        fit = known_columns(candidate.cells, fields, chosen)
        if fit > best_fit and (fit[0] or (fit[1] and (fit[2] > 1 or _stands_alone(records, candidate)))):
            best, best_fit = candidate, fit
    if best is not None:
        return msgspec.structs.replace(best, known=True)
    said = said_columns(chosen)
    if said and all(column.isdecimal() for column in said):
        width = max((len(cells) for _, cells in records), default=0)
        return TableHeader(cells=[f"{number}" for number in range(1, width + 1)], rows=0, known=True)
    if not said and any(field.key == "name" for field in fields) and _is_list_of_names(records):
        return TableHeader(cells=["name"], rows=0, known=True)
    above = titles_above(records)
    return TableHeader(cells=records[above][1] if records else [], above=above)


def _candidates(records: Sequence[NumberedRow]) -> list[TableHeader]:
    """Single rows first, then two rows as one: below, and above where there is nothing below."""
    found = [TableHeader(cells=cells, above=index) for index, (_, cells) in enumerate(records[:_SEARCHED])]
    for index in range(min(len(records) - 1, _SEARCHED)):
        upper, lower = records[index][1], records[index + 1][1]
        width = max(len(upper), len(lower))
        padded = zip(upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower)), strict=True)
        found.append(TableHeader(cells=[below or above for above, below in padded], above=index, rows=2))
    return found


def _stands_alone(records: Sequence[NumberedRow], candidate: TableHeader) -> bool:
    """Whether a single known name may be a header: nothing above it has as many cells, or it is the only column."""
    filled = sum(map(bool, candidate.cells))
    if filled == 1 and max(len(cells) for _, cells in records) == 1:
        sure = candidate.cells[0].casefold().endswith(("name", "names"))
        return candidate.above == 0 or (sure and candidate.above <= _MOST_ABOVE_A_LONE_COLUMN)
    return all(sum(map(bool, cells)) < filled for _, cells in records[: candidate.above])


def _is_list_of_names(records: Sequence[NumberedRow]) -> bool:
    """Whether a table without column names is one name a line: of several words from the first on, and no sentence."""
    lines = [[cell for cell in cells if cell] for _, cells in records]
    named = [len(cells) == 1 and _NAME.fullmatch(cells[0]) is not None for cells in lines]
    return bool(named) and named[0] and 4 * sum(named) >= 3 * len(named) and max(map(len, lines)) == 1


def titles_above(records: Sequence[NumberedRow]) -> int:
    """How many records are above a header with unknown names: lines with one cell, where the table has more."""
    width = Counter(len(cells) for _, cells in records).most_common(1)[0][0] if records else 0
    if width < 2:
        return 0
    for index, (_, cells) in enumerate(records[:_TITLE_LINES]):
        if sum(1 for cell in cells if cell) > 1 or (len(cells) > 1 and width < 3):
            return index
    return 0
