"""Worksheets of .xlsx, .xls and .ods files as rows of plain text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from meetingtool.errors import Refused
from meetingtool.importers.headers import NumberedRow
from meetingtool.importers.number_formats import NumberShapes, shaped
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping.packing import unpacks_to_too_much
from meetingtool.rules.wording import count, listed, one_line

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_UNPACKED = 300_000_000
MOST_CELLS = 10_000_000
"""The reader allocates every cell up to the last used one, so a single stray, distant cell would take all memory."""

_SHEETS_SHOWN = 5
_XLSX_PIECE = re.compile(rb'<(?:\w+:)?(row|c)\b(?:[^<>]*?\sr="([A-Za-z]*)(\d+)")?[^<>]*?(/?)>')
_ODS_PIECE = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^<>]*)?>")
_ODS_COLUMNS = re.compile(rb'table:number-columns-repeated="(\d{1,9})"')
_ODS_ROWS = re.compile(rb'table:number-rows-repeated="(\d{1,9})"')

RawCell = str | int | float | bool | date | datetime | time | timedelta


class WhichWorksheet(Refused):
    """Several worksheets could be meant. names: theirs."""

    def __init__(self, called: str, names: Sequence[str]) -> None:
        shown = [f"“{one_line(name)}”" for name in names]
        super().__init__(
            f"{called} has {count(len(names), 'worksheet')} that could be meant: {listed(shown)}.",
            f'Say which one, such as --worksheet "{one_line(names[0])}".',
        )
        self.names = tuple(names)


def read_worksheet(
    data: bytes, called: str, worksheet: str = "", knows: Callable[[Sequence[NumberedRow]], int] | None = None
) -> tuple[list[NumberedRow], list[str]]:
    """The rows of one worksheet, numbered from 1, and notes: of the one named, else of the one of which `knows` says
    that several of its columns are known, else any, else of the first that is not empty.

    WhichWorksheet where that could be more than one.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

    _refuse_giants(data, called)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _chosen(workbook, called, worksheet, NumberShapes(data), knows or (lambda records: 0))
    except PasswordError:
        raise Refused(f"{called} is protected by a password.", "Save a copy without one and import that.") from None
    except (CalamineError, XmlError, ZipError, ValueError, KeyError, OSError):
        hint = "Open it in a spreadsheet program, save it as .xlsx or CSV (without a password), and import that file."
        raise Refused(f"{called} is not a spreadsheet that can be read.", hint) from None


def read_worksheets(data: bytes, called: str, worksheet: str = "") -> list[tuple[str, int, list[list[RawCell]]]]:
    """Every visible worksheet, or the one named: its name, the number of its first row, and its rows as they are.

    Refused for an unknown name, and for what can't be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, XmlError, ZipError

    _refuse_giants(data, called)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        names = [name for name in workbook.sheet_names if fold(name) == fold(worksheet)][:1] if worksheet else seen
        if not names:
            have = listed([one_line(name) for name in workbook.sheet_names])
            raise Refused(f"{called} has no worksheet with that name.", f"It has {have}.")
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in names]
        return [(name, (sheet.start or (0, 0))[0] + 1, sheet.to_python(skip_empty_area=True)) for name, sheet in sheets]
    except PasswordError:
        raise Refused(f"{called} is protected by a password.", "Save a copy without one and import that.") from None
    except (CalamineError, XmlError, ZipError, ValueError, KeyError, OSError):
        raise Refused(f"{called} is not a spreadsheet that can be read.", "Save it again as .xlsx or CSV.") from None


def _chosen(
    workbook: CalamineWorkbook,
    called: str,
    worksheet: str,
    shapes: NumberShapes,
    knows: Callable[[Sequence[NumberedRow]], int],
) -> tuple[list[NumberedRow], list[str]]:
    from python_calamine import SheetVisibleEnum

    if worksheet:
        wanted = [name for name in workbook.sheet_names if fold(name) == fold(worksheet)]
        if not wanted:
            have = listed([one_line(name) for name in workbook.sheet_names])
            raise Refused(f"{called} has no worksheet with that name.", f"It has {have}.")
        return _rows(workbook, wanted[0], shapes), []
    seen = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    read = {name: _rows(workbook, name, shapes) for name in seen}
    filled = {name: rows for name, rows in read.items() if any(any(cells) for _, cells in rows)}
    if not filled:
        return [], []
    columns = {name: knows(rows) for name, rows in filled.items()}
    known = [name for name in filled if columns[name] > 1] or [name for name in filled if columns[name]]
    if len(known) > 1:
        raise WhichWorksheet(called, known)
    name = next(iter(known or filled))
    return filled[name], _of_several(name, seen)


def _of_several(name: str, seen: Sequence[str]) -> list[str]:
    """A note if one worksheet of several was read."""
    others = [one_line(other) for other in seen if other != name]
    if not others:
        return []
    note = f"Read the worksheet “{one_line(name)}”; not read: {listed(others[:_SHEETS_SHOWN])}"
    more = f" and {len(others) - _SHEETS_SHOWN} more" if len(others) > _SHEETS_SHOWN else ""
    return [f"{note}{more}."]


def _rows(workbook: CalamineWorkbook, name: str, shapes: NumberShapes) -> list[NumberedRow]:
    sheet = workbook.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    shaped_cells = shapes.of(name)
    return [
        (
            number,
            [
                in_words(cell, shaped_cells.get((number, place), "") if shaped_cells else "")
                for place, cell in enumerate(cells, start=left + 1)
            ],
        )
        for number, cells in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1)
    ]


def in_words(cell: RawCell, shape: str = "") -> str:
    """A cell as text: whole numbers without a point, dates as `2026-11-24`, moments as `2026-11-24 09:30:00`.

    shape: how a whole number is shown, as `shaped` takes it.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    text = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
    return shaped(text, shape) if shape and text.isdecimal() else text


def _refuse_giants(data: bytes, called: str) -> None:
    from zipfile import BadZipFile, ZipFile

    if not data.startswith(b"PK"):
        return
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if unpacks_to_too_much(((part.file_size, part.compress_size) for part in parts), MOST_UNPACKED):
                raise Refused(f"{called} unpacks to far more than a table has.", "Import a smaller file.")
            if any(part.filename.endswith("workbook.bin") for part in parts):
                raise Refused(
                    f"{called} is a binary workbook (.xlsb).", "Save it as .xlsx or CSV and import that file."
                )
            for part in parts:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename):
                    cells = _xlsx_extent(packed.read(part))
                elif part.filename == "content.xml":
                    cells = _ods_extent(packed.read(part))
                else:
                    continue
                if cells > MOST_CELLS:
                    hint = "Delete the distant rows or columns, or copy the table to a new file, and import that."
                    raise Refused(f"{called} has a cell with content very far from its table.", hint)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise Refused(f"{called} is damaged, or is not a spreadsheet.", "Save it again as .xlsx or CSV.") from None


def _xlsx_extent(xml: bytes) -> int:
    """How many cells are in the rectangle from the first cell to the last one used."""
    columns = rows = row = column = 0
    for kind, letters, digits, closed in _XLSX_PIECE.findall(xml):
        if kind == b"row":
            row, column = int(digits or row + 1), 0
            continue
        column, row = (_column(letters), int(digits)) if letters else (column + 1, row)
        if not closed:
            columns, rows = max(columns, column), max(rows, row)
    return columns * rows


def _column(letters: bytes) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_extent(xml: bytes) -> int:
    """The same for the largest table of an .ods file, which writes neighbours that are alike once, with a count."""
    largest = columns = rows = row = column = repeat = 0
    for match in _ODS_PIECE.finditer(xml):
        kind, attributes = match[1], match[2] or b""
        if kind == b"table":
            largest, columns, rows, row, repeat = max(largest, columns * rows), 0, 0, 0, 0
        elif kind == b"table-row":
            row, column, repeat = row + repeat, 0, _times(_ODS_ROWS, attributes)
        else:
            column += _times(_ODS_COLUMNS, attributes)
            if b"office:value-type" in attributes:
                columns, rows = max(columns, column), max(rows, row + repeat)
    return max(largest, columns * rows)


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
