"""The cells of a workbook of evaluations: what one can hold, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from meetingtool.documents.formats.tables import Cell
from meetingtool.documents.people.evaluation_rows import typed

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TEXT_MOST = 32_767
"""The longest text of a cell in Excel, counted in UTF-16 ("Excel specifications")."""

_FIRST_DATE = date(1900, 3, 1)
"""Before it, Excel counts days differently, since it treats 1900 as a leap year."""

FORMATS: dict[str, dict[str, Any]] = {
    "text": {"valign": "top", "text_wrap": True, "quote_prefix": True},
    "plain": {"valign": "top", "quote_prefix": True},
    "whole": {"valign": "top", "num_format": "0"},
    "number": {"valign": "top", "num_format": "0.0"},
    "points": {"valign": "top", "num_format": "+0.0;-0.0;0"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
    "head": {"bold": True, "bottom": 1, "valign": "bottom", "text_wrap": True, "quote_prefix": True},
    "head of numbers": {"bold": True, "bottom": 1, "valign": "bottom", "text_wrap": True, "align": "right"},
    "fact": {"valign": "top", "num_format": "0", "align": "left", "indent": 1},
    "title": {"bold": True, "font_size": 18, "quote_prefix": True},
    "section": {"bold": True, "font_size": 13, "font_color": "#1F5A66", "quote_prefix": True},
    "grey": {"font_color": "#56666D", "valign": "top", "quote_prefix": True},
    "strong": {"bold": True, "valign": "top", "num_format": "0", "quote_prefix": True},
}
_INDENTED = " beside others"
"""Added to the names of formats for text to the right of other cells, so that it keeps a distance from their
numbers."""
FORMATS |= {
    name + _INDENTED: FORMATS[name] | {"align": "left", "indent": 1} for name in ("text", "plain", "head", "strong")
}

BAR = {"type": "data_bar", "bar_color": "#86B3A1", "bar_solid": True}
BAR |= {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100}

FIRST_WIDE, OTHERS_WIDE = 60, 13
"""How many letters fit into the first column, and into each of the others."""
LINE_TALL, TALLEST = 15, 405
"""The height of a line in points, and the greatest of a row."""


def cut_at(text: str, most: int) -> str:
    """The beginning of `text`, at most `most` units of UTF-16."""
    return text.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore")


def cell_text(text: str) -> str:
    """A text as a cell can hold it. One that is too long ends by saying so; the JSON file has it whole."""
    whole = typed(text)
    if len(whole) * 2 <= TEXT_MOST or len(whole.encode("utf-16-le", "replace")) // 2 <= TEXT_MOST:
        return whole
    note = " … (too long for a cell; the JSON file has all of it)"
    return cut_at(whole, TEXT_MOST - len(note)) + note


def put(sheet: Worksheet, formats: Mapping[str, Format], row: int, column: int, cell: Cell, look: str = "") -> None:
    """Write one cell as what it is; look: the name of a format, else the usual one for its type."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        look = look or "plain"
        beside = look + _INDENTED if column else look
        sheet.write_string(row, column, cell_text(cell), formats[beside if beside in formats else look])
    elif isinstance(cell, date):
        if cell >= _FIRST_DATE:
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["date"])
        else:
            sheet.write_string(row, column, cell.isoformat(), formats["plain"])
    else:
        sheet.write_number(row, column, cell, formats[look or ("whole" if isinstance(cell, int) else "number")])


def day_in(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def lines_in(text: str, wide: int) -> int:
    """How many lines a text takes in a column this many letters wide. Chinese and the like count as two."""
    from textwrap import wrap
    from unicodedata import east_asian_width

    if not text.isascii():
        text = "".join(letter * 2 if east_asian_width(letter) in "WF" else letter for letter in text)
    return sum(max(1, len(wrap(line, wide - 1))) for line in text.split("\n"))
