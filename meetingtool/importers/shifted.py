"""Lines with more or fewer cells than the header, whose cells are not under their own column names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.errors import Refused
from meetingtool.importers.columns import Columns
from meetingtool.importers.date_columns import says_no_day
from meetingtool.importers.nobody import why_nobody
from meetingtool.importers.tabular import Sheet

_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b.*")
_DAYS = frozenset({"started", "left", "rehired", "date"})
_WORDS = frozenset({"name", "first", "last", "role", "department", "status", "number", "person", "standard", "rating"})
_MEND = "A cell or column name with a separator in it, such as a comma, needs quotation marks around it."


def check_shifted(sheet: Sheet, found: Columns) -> None:
    """Refused for lines of a text file about somebody that have more cells than the header, for those that have fewer
    and show by a date or an address in the wrong column that one is missing before the end, and for those that have as
    many, but whose words went on in the next cell.
    """
    if sheet.unit == "row":
        return
    rows = [(line, row) for line, row in zip(sheet.lines, sheet.rows, strict=True) if not _is_nobody(found, row)]
    long = [line for line, _ in rows if line in sheet.long]
    if long:
        raise Refused(f"{_have(sheet, long)} more cells than the header has columns ({len(sheet.header)}).", _MEND)
    short = [line for line, row in rows if line in sheet.short and _misfits(found, row)]
    if short:
        raise Refused(f"{_have(sheet, short)} fewer cells than the header, and not each under its own name.", _MEND)
    whole = [(line, row) for line, row in rows if line not in sheet.short]
    numbered = _hold_numbers(found, [row for _, row in whole])
    moved = [
        line for line, row in whole if (line in sheet.led and _cut(sheet, found, line)) or _moved(found, row, numbered)
    ]
    if moved:
        cells = f"{_have(sheet, moved)} cells that are not each under its own column name"
        raise Refused(
            f"{cells}, as where a comma stands among words.",
            f"{_MEND} Where a blank merely begins a cell, take it out.",
        )


def _have(sheet: Sheet, lines: Sequence[int]) -> str:
    return f"{sheet.places(lines).capitalize()} {'has' if len(lines) == 1 else 'have'}"


def _is_nobody(found: Columns, row: Sequence[str]) -> bool:
    name = " ".join(found.cell(row, key) for key in ("name", "person", "first", "last")).strip()
    return bool(why_nobody(name)) if name else not any(found.cell(row, key) for key in ("number", "email"))


def _misfits(found: Columns, row: Sequence[str]) -> bool:
    """Whether a cell can't be what its column says: a date or an address among words, or words among those."""
    for key in found.where:
        cells = [row[place] for place in found.places(key) if row[place]]
        dated = [cell for cell in cells if _DATE_LIKE.fullmatch(cell)]
        mailed = [cell for cell in cells if "@" in cell[1:]]
        if key in _WORDS and (dated or (mailed and key != "person")):
            return True
        if key in _DAYS and any(not says_no_day(cell) and not any(map(str.isdecimal, cell)) for cell in cells):
            return True
        if key == "email" and cells and not mailed:
            return True
    return False


def _cut(sheet: Sheet, found: Columns, line: int) -> bool:
    """Whether a cell that is used could have lost its end to the next one."""
    row = sheet.rows[sheet.lines.index(line)]
    used = {place for key in found.where for place in found.places(key)}
    return any(row[place] and row[place + 1] for place in used if place + 1 < len(row))


def _hold_numbers(found: Columns, rows: Sequence[Sequence[str]]) -> bool:
    """Whether most employee numbers have digits, and the cells beside them have none."""
    places = found.places("number")
    if not places or places[0] + 1 >= len(found.header):
        return False
    both = [(row[places[0]], row[places[0] + 1]) for row in rows]
    usual = [_has_digit(number) and not _has_digit(beside) for number, beside in both]
    return 2 * sum(usual) > len(usual)


def _moved(found: Columns, row: Sequence[str], numbered: bool) -> bool:
    """Whether words stand where an address, a date or a number belongs, which is in the next cell."""
    for key in ("email", "number", "started", "left", "rehired"):
        for place in found.places(key):
            cell, beside = row[place], row[place + 1] if place + 1 < len(row) else ""
            if not cell or _has_digit(cell) or "@" in cell or not beside:
                continue
            if key == "email" and "@" in beside[1:]:
                return True
            if key == "number" and numbered and _has_digit(beside):
                return True
            if key not in ("email", "number") and not says_no_day(cell) and _DATE_LIKE.fullmatch(beside):
                return True
    return False


def _has_digit(cell: str) -> bool:
    return any(map(str.isdecimal, cell))
