"""From the bytes of a delimited text file or a spreadsheet to rows of plain text cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec

from meetingtool.errors import NotFound, Refused
from meetingtool.importers.decoding import decode, looks_binary
from meetingtool.rules.wording import count, listed, one_line

MOST_BYTES = 100_000_000
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_NO_DELIMITER = "\x1f"
_END = "\0end"
_BLANKS = " \t\r\n\f\v\xa0\u200b\u2060\ufeff\u3000"
_PLACES_SHOWN = 8
_TITLE_LINES = 10

_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"{\\rtf", "a text document"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE_AS = "Open it in the program that made it, save it as CSV or .xlsx, and import that file."

Record = tuple[int, list[str]]
"""The line or row on which a record begins, counted from 1, and its cells."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table as text. Every row has as many cells as the header; cells have no blanks around them.

    lines: the line of the file (the row of the spreadsheet) on which each row begins, from 1.
    unit: what `lines` counts. notes: what a person should know about how the file was read.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    unit: Literal["line", "row"] = "line"

    def places(self, lines: Iterable[int]) -> str:
        """`line 4`, `lines 4, 7 and 12`, `rows 2, 3, 5, 8, 9, 11, 12, 14 and 20 more`."""
        return places(lines, self.unit)


def places(lines: Iterable[int], unit: str = "line") -> str:
    """Line numbers in words, the first few of many."""
    numbers = sorted(set(lines))
    shown = [f"{number}" for number in numbers[:_PLACES_SHOWN]]
    if len(numbers) > _PLACES_SHOWN:
        shown.append(f"{len(numbers) - _PLACES_SHOWN:,} more")
    return f"{unit if len(numbers) == 1 else unit + 's'} {listed(shown)}"


def read_file(path: Path, worksheet: str = "") -> Sheet:
    """The table in the file at `path`; `worksheet` names one of several in a spreadsheet."""
    name = one_line(path.name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"{name} is larger than {MOST_BYTES // 1_000_000} MB.", "Cut it into several files.")
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {one_line(str(path))}.", "See that the path is right.") from None
    except IsADirectoryError:
        raise Refused(f"{name} is a folder.", "Name the file in it.") from None
    except OSError as error:
        if path.is_dir():
            raise Refused(f"{name} is a folder.", "Name the file in it.") from None
        raise Refused(f"{name} can't be read: {error.strerror}.", "See who may read it.") from None
    return read_sheet(data, path.name, worksheet)


def read_sheet(data: bytes, name: str = "", worksheet: str = "") -> Sheet:
    """The table in `data`; `name` is the file's name, for messages."""
    called = one_line(name) or "The file"
    for mark, what in _FOREIGN:
        if data.startswith(mark):
            raise Refused(f"{called} is {what}, not a table.", _SAVE_AS)
    if data.startswith((_ZIP, _OLE)):
        from meetingtool.importers.spreadsheets import read_worksheet

        records, notes = read_worksheet(data, called, worksheet)
        return _shaped(records, notes, "row", called)
    text, notes = decode(data)
    _refuse_unless_table(text, called)
    records, told = _delimited(text, called)
    return _shaped(records, [*notes, *told], "line", called)


def _refuse_unless_table(text: str, called: str) -> None:
    start = text[:1000].lstrip(_BLANKS)
    if not start and not text.strip(_BLANKS):
        raise Refused(f"{called} is empty.", "See that it was saved, and that it is the right file.")
    if not text.strip(_BLANKS + ',;|"'):
        raise Refused(f"{called} has no cells with anything in them.", "See that it is the right file.")
    if looks_binary(text):
        raise Refused(f"{called} is not a text file.", _SAVE_AS)
    if re.match(r"<(!doctype|html|\?xml|table|head|body)\b", start, re.IGNORECASE):
        raise Refused(f"{called} is a web page or an XML file, not a table.", _SAVE_AS)
    if re.match(r"\[?\s*\{\s*[\"'}]", start):
        raise Refused(f"{called} is a JSON file, not a table.", "Save it as CSV, with a line of column names on top.")


def _delimited(text: str, called: str) -> tuple[list[Record], list[str]]:
    directive = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    delimiter = directive[1] if directive else _delimiter(text)
    first = 1
    if directive:
        text, first = text[directive.end() :], 2
    notes = []
    if delimiter not in (",", _NO_DELIMITER):
        notes.append(f"Cells are separated by {_DELIMITERS.get(delimiter, 'the sign the file names')}.")
    records = list(_records(text, delimiter, first))
    if records and records[-1][1] != [_END]:
        raise Refused(
            f"In {called}, a quotation mark that is opened on or after line {records[-1][0]} is never closed.",
            "Close it, or remove it, and import the file again.",
        )
    return records[:-1], notes


def _records(text: str, delimiter: str, first: int = 1) -> Iterable[Record]:
    """Every record with the line it begins on, then one that tells by its shape whether a quote stayed open."""
    limit = csv.field_size_limit(min(len(text) + len(_END) + 10, 2**31 - 1))
    try:
        ended = text if not text or text.endswith(("\n", "\r")) else text + "\n"
        reader = csv.reader(io.StringIO(ended + _END, newline=""), delimiter=delimiter)
        line = first
        for cells in reader:
            yield line, cells
            line = reader.line_num + first
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str) -> str:
    """The sign that cuts most rows into equally many cells; `_NO_DELIMITER` where there is one column."""
    best, best_fit = _NO_DELIMITER, (0.5, 1)
    for delimiter in _DELIMITERS:
        rows = [cells for _, cells in islice(_records(text, delimiter), 300) if cells != [_END] and any(cells)]
        if not rows or (delimiter == "," and _only_surnames_first(rows)):
            continue
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
        fit = (times / len(rows) + (0.5 if len(rows[0]) == width else 0), width)
        if fit > best_fit:
            best, best_fit = delimiter, fit
    return best


def _only_surnames_first(rows: Sequence[list[str]]) -> bool:
    """A single column of `Last, First` without quotes: no comma in the header, a blank after every other one."""
    return len(rows[0]) == 1 and all(
        len(cells) <= 3 and all(cell.startswith(" ") for cell in cells[1:]) for cells in rows[1:]
    )


def _shaped(records: list[Record], notes: list[str], unit: Literal["line", "row"], called: str) -> Sheet:
    filled = [(line, trimmed) for line, cells in records if any(trimmed := [cell.strip(_BLANKS) for cell in cells])]
    if not filled:
        raise Refused(f"{called} has no cells with anything in them.", "See that it is the right file.")
    titles = _titles(filled)
    if titles:
        above = places((line for line, _ in filled[:titles]), unit).capitalize()
        notes.append(f"{above} above the column names: left out.")
    header, body = filled[titles][1], filled[titles + 1 :]
    width = len(header)
    needed = max(index for index, cell in enumerate(header) if cell) + 1
    notes.extend(_ragged(body, width, needed, unit))
    return Sheet(
        header=tuple(header),
        rows=tuple(tuple(cells[:width] + [""] * (width - len(cells))) for _, cells in body),
        notes=tuple(notes),
        lines=tuple(line for line, _ in body),
        unit=unit,
    )


def _titles(records: Sequence[Record]) -> int:
    """How many records stand above the header: lines with one cell, where the table has more."""
    width = Counter(len(cells) for _, cells in records).most_common(1)[0][0]
    if width < 2:
        return 0
    for index, (_, cells) in enumerate(records[:_TITLE_LINES]):
        if sum(1 for cell in cells if cell) > 1 or (len(cells) > 1 and width < 3):
            return index
    return 0


def _ragged(body: Sequence[Record], width: int, needed: int, unit: str) -> list[str]:
    notes = []
    short = [line for line, cells in body if len(cells) < needed]
    if short:
        have = "has" if len(short) == 1 else "have"
        notes.append(f"{places(short, unit).capitalize()} {have} fewer cells than the header; the rest count as blank.")
    long = [line for line, cells in body if any(cells[width:])]
    if long:
        have = "has" if len(long) == 1 else "have"
        notes.append(
            f"{places(long, unit).capitalize()} {have} more cells than the header's "
            f"{count(width, 'column')}; what stands beyond is left out."
        )
    return notes
