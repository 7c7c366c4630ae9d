"""Tables: CSV whose cells can never become a formula, and plain text whose columns line up in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import zip_longest

from meetingtool.rules.wording import one_line, visible

Cell = str | int | float | bool | date | None
"""What a cell can hold. bool is written as yes or no, a date in ISO form, None as nothing."""

BOM = b"\xef\xbb\xbf"
"""Without it, spreadsheets misread UTF-8 and spoil every accent."""

_FORMULA = re.compile(r'(?:^|(?<=[\n;]))(?=[^\S\n]*"*[^\S\n]*[=+\-@＝＋－＠﹢﹣﹫])')
"""Where a formula could begin (OWASP, "CSV Injection"): at the start of a cell, and behind a line break or semicolon,
where a program that splits fields at semicolons sees a new cell. Wide forms count, since some programs narrow them.
"""


def harmless(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet could take for a formula, and controls made visible."""
    return _FORMULA.sub("'", visible(text.replace("\r\n", "\n")))


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return repr(cell)
    text = cell.isoformat() if isinstance(cell, (date, datetime)) else harmless(cell)
    return '"' + text.replace('"', '""') + '"'


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as CSV (RFC 4180): commas, CRLF, every text in quotes, numbers bare."""
    lines = [",".join(_csv_cell(head) for head in heads)]
    lines += [",".join(_csv_cell(cell) for cell in row) for row in rows]
    return "".join(line + "\r\n" for line in lines)


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """`csv_text` as a file that spreadsheets open correctly: UTF-8 with a byte-order mark."""
    return BOM + csv_text(heads, rows).encode("utf-8", "replace")


_LINK = re.compile(r"\W*(?:\w[\w+.-]*://|www\.|mailto:|[^@\s]+@[^@\s]+\.)", re.IGNORECASE)


def width_of(text: str) -> int:
    """How many columns of a terminal `text` takes: two for wide letters, none for marks that combine."""
    if text.isascii():
        return len(text)
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _split(word: str, width: int) -> list[str]:
    """A word in pieces of at most `width` columns. Marks stay with the letter before them."""
    if width_of(word) <= width:
        return [word]
    pieces, piece, used = [], "", 0
    for letter in word:
        wide = _width(letter)
        if piece and used + wide > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += letter
        used += wide
    return [*pieces, piece]


def wrapped(text: str, width: int, *, strict: bool = False) -> list[str]:
    """`text` in lines of at most `width` columns, broken between words; longer words are split, except links, which
    would lead nowhere. At least one line. strict: no line is longer, whatever it holds.
    """
    if width_of(text) <= width and not text.startswith(" "):
        return [text]
    lines: list[str] = []
    line = ""
    used = 0
    for word in text.split(" "):
        pieces = [word] if not strict and _LINK.match(word) else _split(word, width)
        for number, piece in enumerate(pieces):
            wide = width_of(piece)
            if number == 0 and line and used + 1 + wide <= width:
                line, used = f"{line} {piece}", used + 1 + wide
            elif number == 0 and not line and not lines:
                line, used = piece, wide
            else:
                lines.append(line)
                line, used = piece, wide
    return [*lines, line]


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return one_line(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.isoformat() if isinstance(cell, (date, datetime)) else str(cell)


def text_table(
    heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, right: Collection[int] = (), width: int | None = None
) -> str:
    """A table for reading: columns two blanks apart, numbers and the columns in `right` aligned right.

    With a `width`, the columns are folded so that lines stay within it (`_fitting`).
    """
    kept = [tuple(row) for row in rows]
    cells = [[_text(cell) for cell in row] for row in kept]
    rightward = set(right) | {
        column for column in range(len(heads)) if kept and all(_is_number(row[column]) for row in kept)
    }
    table = [[one_line(head) for head in heads], *cells]
    widths = [max(map(width_of, column)) for column in zip(*table, strict=True)]
    if width is not None and widths:
        room = width - 2 * (len(widths) - 1)
        widths = _fitting(widths, room)
        _break_heads(table, widths, room)
    lines = []
    for number, row in enumerate(table):
        lines += _row_lines(row, widths, rightward)
        if number == 0:
            lines.append("  ".join("-" * size for size in widths))
    return "\n".join(lines) + "\n"


TEXT_AT_LEAST = 25
"""The width that the widest column of a table keeps before other columns are folded too."""

TEXT_IN_NEED = 10
"""The width that it keeps where nothing else can give way; where even that is not enough, the lines stay too long."""

FOLDED_AT_LEAST = 15
"""The width that every other column keeps, so that a day, a reference or a first name isn't folded."""


def _fitting(widths: Sequence[int], room: int) -> list[int]:
    """The widths of the table's columns within `room`, as far as they can be folded.

    The widest column, the last of several, gives way first; then the others, the wider ones first; then it again.
    """
    fitted = list(widths)
    text = max(range(len(fitted)), key=lambda column: (fitted[column], column))

    def give(column: int, least: int) -> None:
        fitted[column] = max(min(least, fitted[column]), fitted[column] - max(sum(fitted) - room, 0))

    give(text, TEXT_AT_LEAST)
    others = [column for column in range(len(fitted)) if column != text]
    while sum(fitted) > room and others:
        widest = max(others, key=lambda column: fitted[column])
        if fitted[widest] <= FOLDED_AT_LEAST:
            break
        fitted[widest] -= 1
    if sum(fitted) - room <= fitted[text] - TEXT_IN_NEED:
        give(text, TEXT_IN_NEED)
    return fitted


def _break_heads(table: list[list[str]], widths: list[int], room: int) -> None:
    """If the columns are still too wide, break heads after their dashes, the widest first, until they fit."""
    for column in sorted(range(len(widths)), key=lambda column: -widths[column]):
        if sum(widths) <= room:
            return
        head = table[0][column].replace("-", "- ").rstrip()
        least = max(width_of(cell) for cell in (*head.split(" "), *(row[column] for row in table[1:])))
        if least < widths[column]:
            table[0][column], widths[column] = head, least


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _row_lines(row: Sequence[str], widths: Sequence[int], right: Collection[int]) -> list[str]:
    columns = [wrapped(cell, max(size, 1), strict=True) for cell, size in zip(row, widths, strict=True)]
    return [
        "  ".join([_padded(text, widths[place], place in right) for place, text in enumerate(line)]).rstrip()
        for line in zip_longest(*columns, fillvalue="")
    ]


def _padded(text: str, size: int, right: bool) -> str:
    if text.isascii():
        return text.rjust(size) if right else text.ljust(size)
    blank = " " * (size - width_of(text))
    return blank + text if right else text + blank
