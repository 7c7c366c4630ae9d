"""From the bytes of an export to its rows: delimited text, workbooks and JSON, whatever program saved them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.customers.headings import known_names
from meetingtool.importers.customers.reviews_json import rows_of_json
from meetingtool.importers.decoding import GUESSED, decode
from meetingtool.importers.headers import titles_above
from meetingtool.importers.spreadsheets import RawCell, in_words, read_worksheets
from meetingtool.importers.tabular import (
    DELIMITERS,
    END,
    NO_DELIMITER,
    OLE,
    ZIP,
    Expected,
    delimiter_of,
    refuse_foreign,
    refuse_unless_table,
)
from meetingtool.rules.folding import fold
from meetingtool.rules.wording import count, listed, one_line, shortened

_SAMPLE = 300_000
"""How many letters are enough to tell how cells are separated."""
_TITLES_IN = 40
_SUMS_IN = 8
_SUM = re.compile(
    r"(?:grand |sub)?totals?\b.*|sum\b.*|summe\b.*|gesamt\w*\b.*|average\b.*|mean\b.*|durchschnitt\b.*|"
    r"mittelwert\b.*|"
    r"moyenne\b.*|promedio\b.*|media\b.*|totale?\b.*|count\b.*|anzahl\b.*|n ?= ?\d+.*|(?:exported|generated|created|"
    r"printed|exportiert|erstellt|powered) .*|end of (?:report|file|export).*|page \d+.*|\d+ (?:rows|responses|"
    r"answers)"
)
"""How a row of totals below the answers begins."""
_JSON = re.compile(r"\s*(?:\[\s*\{|\{)\s*[\"'}]")


class TableRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a table as the file has them, the header among them; blank ones are left out.

    encoding: the codec of a text file, else None. sheet: the worksheet, else None. places: on which line or row each
    begins, where that is already known. raw: all rows of a text file, to count its lines when they are asked for.
    """

    rows: list[Sequence[RawCell]]
    encoding: str | None = None
    sheet: str | None = None
    notes: tuple[str, ...] = ()
    places: Sequence[int] | None = None
    raw: list[list[str]] | None = None
    first: int = 1

    def lines(self) -> Sequence[int]:
        """The line of the file, or the row of the sheet, on which each row begins, from 1."""
        if self.places is not None or self.raw is None:
            return self.places or range(1, len(self.rows) + 1)
        found, line = [], self.first
        for row in self.raw:
            if any(row):
                found.append(line)
            text = "".join(row)
            line += 1 + text.count("\n") + text.count("\r") - text.count("\r\n")
        return found


def read_rows(data: bytes, name: str, *, encoding: str = "", sheet: str = "") -> Iterator[TableRows]:
    """The tables in a file: one, or for a workbook every worksheet with anything in it, the largest first."""
    called = one_line(name) or "The file"
    refuse_foreign(data, called)
    if data.startswith((ZIP, OLE)):
        yield from _worksheets(data, called, sheet)
        return
    text, notes = decode(data, encoding)
    codec = encoding or _codec(data, notes)
    if _JSON.match(text[:1000]):
        rows = rows_of_json(text, called)
        yield TableRows(rows=list(rows), encoding=codec, notes=tuple(notes), places=range(len(rows)))
        return
    refuse_unless_table(text, called)
    yield _text_rows(text, codec, notes, called)


def texts(cells: Sequence[RawCell]) -> list[str]:
    """Cells as text without blanks around them."""
    return [cell.strip() if type(cell) is str else in_words(cell) for cell in cells]


def _worksheets(data: bytes, called: str, sheet: str) -> Iterator[TableRows]:
    found = read_worksheets(data, called, sheet)
    filled = [one for one in found if any(any(row) for row in one[2])]
    if not filled:
        raise Refused(f"{called} has no cells with anything in them.", "Check that it is the right file.")
    for name, first, rows in sorted(filled, key=lambda one: -len(one[2])):
        kept = [index for index, row in enumerate(rows) if any(cell != "" for cell in row)]
        start = _table_in([(at, texts(rows[at])) for at in kept[:_TITLES_IN]])
        last = [(at, texts(rows[at])) for at in kept[start + 1 :][-_SUMS_IN:]]
        sums = _sums_below(last)
        kept = kept[start : len(kept) - sums]
        told = (_left_out(last[-sums:]),) if sums else ()
        yield TableRows(rows=[rows[at] for at in kept], sheet=name, places=[first + at for at in kept], notes=told)


def _text_rows(text: str, codec: str, notes: list[str], called: str) -> TableRows:
    directive = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    first = 1
    if directive:
        text, first = text[directive.end() :], 2
    delimiter = directive[1] if directive else delimiter_of(_sample(text), Expected())
    if delimiter not in (",", NO_DELIMITER):
        notes = [*notes, f"Cells are separated by {DELIMITERS.get(delimiter, 'the sign the file names')}."]
    limit = csv.field_size_limit(min(len(text) + len(END) + 10, 2**31 - 1))
    try:
        ended = text if text.endswith(("\n", "\r")) else text + "\n"
        raw = list(csv.reader(io.StringIO(ended + END, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(limit)
    if raw.pop() != [END]:
        raise Refused(
            f"In {called}, a quotation mark is opened and never closed.", "Close it, or remove it, and import again."
        )
    rows: list[Sequence[RawCell]] = [row for row in raw if any(row)]
    start = _table_in([(at, texts(row)) for at, row in enumerate(rows[:_TITLES_IN])])
    last = [(at, texts(row)) for at, row in enumerate(rows[start + 1 :][-_SUMS_IN:])]
    sums = _sums_below(last)
    if sums:
        notes = [*notes, _left_out(last[-sums:])]
    whole = TableRows(rows=rows, encoding=codec, notes=tuple(notes), raw=raw, first=first)
    if not start and not sums:
        return whole
    end = len(rows) - sums
    return msgspec.structs.replace(whole, rows=rows[start:end], places=whole.lines()[start:end])


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    return text[: text.rfind("\n", 0, _SAMPLE) + 1] or text[:_SAMPLE]


def _codec(data: bytes, notes: Sequence[str]) -> str:
    """The encoding that the bytes were read with."""
    if GUESSED in notes:
        return "cp1252"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    return next((codec for codec in ("utf-32", "utf-16") if any(codec.upper() in note for note in notes)), "utf-8")


def _table_in(rows: Sequence[tuple[int, list[str]]]) -> int:
    """How many rows are above the names: titles of one cell, and whatever else comes before two known names."""
    above = titles_above(rows)
    if above < len(rows) and known_names(rows[above][1]) == 0:
        later = (at for at, (_, cells) in enumerate(rows) if at > above and known_names(cells) > 1)
        return next(later, above)
    return above


def _sums_below(rows: Sequence[tuple[int, list[str]]]) -> int:
    """How many of the last rows sum up the others, or only say who made the table."""
    for number, (_, cells) in enumerate(reversed(rows)):
        filled = [cell for cell in cells if cell]
        if not filled or len(filled) > max(2, len(cells) // 2) or not _SUM.fullmatch(fold(filled[0])):
            return number
    return 0


def _left_out(rows: Sequence[tuple[int, list[str]]]) -> str:
    names = listed([f"“{shortened(next(filter(None, cells)), 30)}”" for _, cells in rows[:2]])
    return f"{count(len(rows), 'row')} below the answers left out: {names}."
