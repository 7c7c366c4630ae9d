"""From the bytes of a delimited text file or a spreadsheet to rows of plain text cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.columns import Field, known_columns, names_columns
from meetingtool.importers.decoding import GUESSED, decode, looks_binary
from meetingtool.importers.given_files import bytes_of
from meetingtool.importers.headers import NumberedRow, TableHeader, find_header
from meetingtool.rules.wording import count, listed, one_line

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
NO_DELIMITER = "\x1f"
END = "\0end"
_BLANKS = " \t\r\n\f\v\xa0\u200b\u2060\ufeff\u3000"
_PLACES_SHOWN = 8
_SEEN_FOR_DELIMITER = 300
_BLANK_AND_WORD = re.compile(r" +[^\W\d_]")
_BLANK_AND_QUOTE = re.compile(r'[,;|\t] +"')

FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"{\\rtf", "a text document"),
)
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SAVE_AS = "Open it in the program that made it, save it as CSV or .xlsx, and import that file."


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """How to read a file, and what to look for in it.

    fields: what its columns can hold; the line whose cells are known names of such columns is the header.
    columns: which column a person said holds what, by field; columns all given by place mean that there may be no
    header. worksheet: the one of several to read. encoding: of a text file; empty is found out.
    """

    fields: tuple[Field, ...] = ()
    columns: Mapping[str, str] = {}
    worksheet: str = ""
    encoding: str = ""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table as text. Every row has as many cells as the header; cells have no blanks around them.

    lines: the line of the file (the row of the spreadsheet) on which each row begins, from 1.
    unit: what `lines` counts. notes: what a person should know about how the file was read. long, short: of `lines`
    those that have more filled cells than the header, and those that have fewer cells. above: what is in the cells
    above the header. led: those of a text file in which words behind the first cell begin with a blank, where few do.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    unit: Literal["line", "row"] = "line"
    long: frozenset[int] = frozenset()
    short: frozenset[int] = frozenset()
    above: tuple[str, ...] = ()
    led: frozenset[int] = frozenset()

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


def read_file(path: Path, expected: Expected | None = None) -> Sheet:
    """The table in the file at `path`."""
    return read_sheet(bytes_of(path), path.name if path.is_file() else str(path), expected)


def read_sheet(data: bytes, name: str = "", expected: Expected | None = None) -> Sheet:
    """The table in `data`; `name` is the file's name, for messages."""
    expected = expected or Expected()
    called = one_line(name) or "The file"
    refuse_foreign(data, called)
    if data.startswith((ZIP, OLE)):
        from meetingtool.importers.spreadsheets import read_worksheet

        records, notes = read_worksheet(data, called, expected.worksheet, _knows(expected))
        return _shaped(records, notes, "row", called, expected)
    text, notes = decode(data, expected.encoding)
    if GUESSED in notes:
        notes.append("If they do not, save it as UTF-8, or import it by command with --encoding cp1250 or another.")
    refuse_unless_table(text, called)
    records, told = _delimited(text, called, expected)
    return _shaped(records, [*notes, *told], "line", called, expected, text)


def _knows(expected: Expected) -> Callable[[Sequence[NumberedRow]], int]:
    """How many columns of a worksheet are known, where it has a header by which its table is known."""

    def knows(records: Sequence[NumberedRow]) -> int:
        header = find_header(_filled(records), expected.fields, expected.columns)
        return max(known_columns(header.cells, expected.fields, {})[2], 1) if header.known else 0

    return knows


def refuse_foreign(data: bytes, called: str) -> None:
    """Refused for a file that is something else, by its first bytes."""
    for mark, what in FOREIGN:
        if data.startswith(mark):
            raise Refused(f"{called} is {what}, not a table.", SAVE_AS)


def refuse_unless_table(text: str, called: str) -> None:
    """Refused for text that isn't a table, with what it seems to be."""
    start = text[:1000].lstrip(_BLANKS)
    if not start and not text.strip(_BLANKS):
        raise Refused(f"{called} is empty.", "Check that it was saved, and that it is the right file.")
    if not text.strip(_BLANKS + ',;|"'):
        raise Refused(f"{called} has no cells with anything in them.", "Check that it is the right file.")
    if looks_binary(text):
        raise Refused(f"{called} is not a text file.", SAVE_AS)
    if re.match(r"<(!doctype|html|\?xml|table|head|body)\b", start, re.IGNORECASE):
        raise Refused(f"{called} is a web page or an XML file, not a table.", SAVE_AS)
    if re.match(r"\[?\s*\{\s*[\"'}]", start):
        raise Refused(f"{called} is a JSON file, not a table.", "Save it as CSV, with a line of column names on top.")


def _delimited(text: str, called: str, expected: Expected) -> tuple[list[NumberedRow], list[str]]:
    directive = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    delimiter = directive[1] if directive else delimiter_of(text, expected)
    first = 1
    if directive:
        text, first = text[directive.end() :], 2
    notes = []
    if delimiter not in (",", NO_DELIMITER):
        notes.append(f"Cells are separated by {DELIMITERS.get(delimiter, 'the sign the file names')}.")
    records = list(_records(text, delimiter, first))
    if _BLANK_AND_QUOTE.search(text) and (spaced := list(_records(text, delimiter, first, spaced=True)))[-1][1] == [
        END
    ]:
        records = spaced
    if records and records[-1][1] != [END]:
        raise Refused(
            f"In {called}, a quotation mark opened on or after line {records[-1][0]} is never closed.",
            "Close it, or remove it, and import the file again.",
        )
    return records[:-1], notes


def _records(text: str, delimiter: str, first: int = 1, *, spaced: bool = False) -> Iterable[NumberedRow]:
    """Every record with the line it begins on, and a last one that shows whether a quote stayed open. spaced: a cell in
    quotation marks may have a blank before them.
    """
    limit = csv.field_size_limit(min(len(text) + len(END) + 10, 2**31 - 1))
    try:
        ended = text if not text or text.endswith(("\n", "\r")) else text + "\n"
        reader = csv.reader(io.StringIO(ended + END, newline=""), delimiter=delimiter, skipinitialspace=spaced)
        line = first
        for cells in reader:
            yield line, cells
            line = reader.line_num + first
    finally:
        csv.field_size_limit(limit)


def _bare(cell: str) -> str:
    """A cell without blanks around it; `="0007"` and `'0007`, by which programs keep zeros in front, as `0007`."""
    cell = cell.strip(_BLANKS)
    if cell[:1] not in ("=", "'"):
        return cell
    kept = re.fullmatch(r"=\"([^\"]*)\"|'(\d[\w./-]*)", cell)
    return (kept[1] or kept[2] or "") if kept else cell


def delimiter_of(text: str, expected: Expected) -> str:
    """The sign that splits a line into the most known column names, or else most rows into equally many cells;
    `NO_DELIMITER` where there is one column.
    """
    best, best_fit = NO_DELIMITER, (1, 0.5, 1)
    for delimiter in DELIMITERS:
        rows = [cells for _, cells in islice(_records(text, delimiter), _SEEN_FOR_DELIMITER)]
        rows = [cells for cells in rows if cells != [END] and any(cells)]
        known = max((known_columns(cells, expected.fields, expected.columns)[2] for cells in rows[:30]), default=0)
        if not rows or (known < 2 and delimiter == "," and _only_surnames_first(rows)):
            continue
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
        fit = (max(known, 1), times / len(rows) + (0.5 if len(rows[0]) == width else 0), width)
        if fit > best_fit:
            best, best_fit = delimiter, fit
    return best


def _only_surnames_first(rows: Sequence[list[str]]) -> bool:
    """Whether it is a single column of `Last, First` without quotes: no comma in the header, and a blank after every
    comma below."""
    return len(rows[0]) == 1 and all(
        len(cells) <= 3 and all(cell.startswith(" ") for cell in cells[1:]) for cells in rows[1:]
    )


def _filled(records: Iterable[NumberedRow]) -> list[NumberedRow]:
    """The records that hold anything, with no blanks around their cells."""
    return [(line, trimmed) for line, cells in records if any(trimmed := list(map(_bare, cells)))]


_WEB_SIGN = re.compile(
    r"&(?:#\d{2,5}|#x[0-9A-Fa-f]{2,5}|amp|apos|quot|nbsp|[A-Za-z]{1,2}(?:acute|grave|uml|circ|tilde|cedil|ring|slash|lig));"
)


def _without_web_signs(filled: list[NumberedRow], notes: list[str]) -> list[NumberedRow]:
    """The records with the signs that web pages write in a long form, such as `&#39;`; notes says so."""
    found = next((sign for _, cells in filled for cell in cells if (sign := _WEB_SIGN.search(cell))), None)
    if found is None:
        return filled
    from html import unescape  # a table of all signs, which few files need

    notes.append(f"“{found[0]}” was read as “{unescape(found[0])}”, and others like it.")
    return [(line, [unescape(cell) if _WEB_SIGN.search(cell) else cell for cell in cells]) for line, cells in filled]


def _led(records: Iterable[NumberedRow], lines: Collection[int], typed: Sequence[str]) -> frozenset[int]:
    """Of the lines those in which words begin with a blank, as where a comma among them was taken for the end of a
    cell; none where that is how the file is written. typed: the lines as they are typed."""
    led = [line for line, cells in records if any(_BLANK_AND_WORD.match(cell) for cell in cells[1:])]
    here = frozenset(led).intersection(lines)
    few = len(here) == len(led) and 3 * len(here) <= len(lines)
    return frozenset(line for line in here if '"' not in typed[line - 1]) if few else frozenset()


def _shaped(
    records: list[NumberedRow],
    notes: list[str],
    unit: Literal["line", "row"],
    called: str,
    expected: Expected,
    text: str = "",
) -> Sheet:
    filled = _without_web_signs(_filled(records), notes)
    if not filled:
        raise Refused(f"{called} has no cells with anything in them.", "Check that it is the right file.")
    header = find_header(filled, expected.fields, expected.columns)
    body = _without_headers(filled, header, notes, unit, expected.fields)
    width = len(header.cells)
    needed = max(index for index, cell in enumerate(header.cells) if cell) + 1 if header.rows else 0
    short = [line for line, cells in body if len(cells) < needed]
    long = [line for line, cells in body if any(cells[width:])]
    if header.rows:
        notes.extend(_ragged(short, long, width, unit))
    return Sheet(
        header=tuple(header.cells),
        rows=tuple(tuple(cells[:width] + [""] * (width - len(cells))) for _, cells in body),
        notes=tuple(notes),
        lines=tuple(line for line, _ in body),
        led=_led(records, {line for line, _ in body}, text.split("\n")) if text else frozenset(),
        unit=unit,
        long=frozenset(long),
        short=frozenset(short),
        above=tuple(cell for _, cells in filled[: header.above] for cell in cells if cell),
    )


def _without_headers(
    filled: Sequence[NumberedRow], header: TableHeader, notes: list[str], unit: str, fields: Sequence[Field]
) -> list[NumberedRow]:
    """What is below the header, without the same header in other words below it, or repeated on further pages; notes
    say what was left out.
    """
    if header.above:
        above = places((line for line, _ in filled[: header.above]), unit).capitalize()
        notes.append(f"{above} above the column names: left out.")
    if not header.rows:
        notes.append(f"Read without a line of column names: the first {unit} is treated like the others.")
    again = [cells for _, cells in filled[header.above : header.above + header.rows]]
    below = filled[header.above + header.rows :]
    if header.rows and below and names_columns(below[0][1], header.cells, fields):
        again.append(below[0][1])
    pages = [line for line, cells in below if cells in again]
    if pages:
        notes.append(f"{places(pages, unit).capitalize()}: the column names again; left out.")
    return [(line, cells) for line, cells in below if cells not in again]


def _ragged(short: Sequence[int], long: Sequence[int], width: int, unit: str) -> list[str]:
    notes = []
    if short:
        have = "has" if len(short) == 1 else "have"
        notes.append(f"{places(short, unit).capitalize()} {have} fewer cells than the header; the rest count as blank.")
    if long:
        have = "has" if len(long) == 1 else "have"
        notes.append(
            f"{places(long, unit).capitalize()} {have} more cells than the header's "
            f"{count(width, 'column')}; the extra cells are left out."
        )
    return notes
