"""What was typed as the people of a new team: lines, or the path of a roster; and how it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlparse

import msgspec
from textual.content import Content

from meetingtool.errors import MeetingtoolError
from meetingtool.importers.date_columns import DayOrder
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.importers.typed_people import read_typed
from meetingtool.rules import wording
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"})
_STARTS = re.compile(r"(?:file:|~[/\\]|\.{1,2}[/\\]|[/\\]|[A-Za-z]:[/\\])", re.IGNORECASE)
_THERE = "Start asks about it."
MOST_PEOPLE = 200
"""How many people are listed by name in the preview; the others are counted."""


HANDLE_WIDTH = 18
"""The most cells for a handle in the preview."""


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says about people. source: the file it came from, or empty. problem: why it can't be used.

    gone, question: as in `RosterDraft`. asks: what has to be decided first, "worksheet" or as `LeftOpen` says, with
    the field `key` and what to choose from in `options`.
    """

    rows: tuple[RosterRow, ...] = ()
    source: str = ""
    mapping: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    gone: tuple[RosterRow, ...] = ()
    question: str = ""
    asks: str = ""
    key: str = ""
    options: tuple[str, ...] = ()


class How(msgspec.Struct, frozen=True):
    """How a person said the roster file should be read, like `TableOptions` for a command."""

    day_order: DayOrder | None = None
    worksheet: str = ""
    encoding: str = ""
    columns: dict[str, str] = {}


def roster_path(text: str) -> Path | None:
    """The file that a single line names, as typed, quoted by a shell, or dropped on the terminal; None for names."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != 1:
        return None
    line = lines[0].strip("\"'")
    starts = bool(_STARTS.match(line))
    if line.lower().startswith("file:"):
        line = unquote(urlparse(line).path)
    elif starts and not re.match(r"[A-Za-z]:", line):
        line = re.sub(r"\\([ ()'&\[\]])", r"\1", line)
    if not starts and Path(line).suffix.lower() not in SUFFIXES:
        return None
    try:
        return Path(line).expanduser()
    except RuntimeError:
        return Path(line)


def understand(text: str, today: date, how: How | None = None, usual: DayOrder = "day-first") -> Understood:
    """The people that a text names, or that the file it names holds. Reads the file; never raises.

    usual: how the team writes dates.
    """
    how = how or How()
    path = roster_path(text)
    if path is None:
        rows, skipped = read_typed(text)
        return Understood(rows=rows, notes=tuple(f"Line {left.line} was skipped: {left.why}." for left in skipped))
    from meetingtool.importers.left_open import LeftOpen
    from meetingtool.importers.roster import read_roster
    from meetingtool.importers.roster_fields import ROSTER_FIELDS
    from meetingtool.importers.spreadsheets import WhichWorksheet
    from meetingtool.importers.tabular import Expected, read_file

    try:
        expected = Expected(fields=ROSTER_FIELDS, columns=how.columns, worksheet=how.worksheet, encoding=how.encoding)
        draft = read_roster(read_file(path, expected), today, how.day_order, how.columns, usual)
    except WhichWorksheet as several:
        problem = f"{several.message} {_THERE}"
        return Understood(source=path.name, problem=problem, asks="worksheet", options=several.names)
    except LeftOpen as asked:
        problem, kind = f"{asked.message} {_THERE}", asked.asks
        return Understood(source=path.name, problem=problem, asks=kind, key=asked.key, options=asked.options)
    except MeetingtoolError as error:
        return Understood(source=path.name, problem=str(error))
    return Understood(
        rows=draft.rows,
        source=path.name,
        mapping=draft.mapping_in_words,
        notes=draft.notes,
        gone=draft.gone,
        question=draft.question,
    )


def summary(understood: Understood, today: date) -> Content:
    """One line: how many people were understood, and how many of them have left."""
    if understood.problem:
        return Content.assemble(("! ", "$error"), "This can't be read")
    number = len(understood.rows)
    if not number:
        return Content("Nobody yet; people can be added later too")
    gone = sum(row.left is not None and row.left < today for row in understood.rows)
    words = wording.count(number, "person", "people")
    left = f", {gone:,} of whom {'has' if gone == 1 else 'have'} left" if gone else ""
    return Content.assemble(("✓ ", "$success"), (words, "bold"), left)


def details(understood: Understood, handles: Sequence[str]) -> ColumnsTable:
    """How the text was read: the columns of a file, what was left out, and everybody with the handle they get."""
    rows = []
    if understood.problem:
        rows.append(ColumnsRow((), Content.styled(wording.one_line(understood.problem), "$error"), most=0))
    if understood.mapping:
        rows.append(_words("columns", wording.one_line(understood.mapping)))
    rows += [_words("note", wording.one_line(note)) for note in understood.notes]
    if rows and understood.rows:
        rows.append(_words("", ""))
    width = min(max((Content(handle).cell_length for handle in handles[:MOST_PEOPLE]), default=0) + 2, HANDLE_WIDTH)
    for row, handle in zip(understood.rows[:MOST_PEOPLE], handles, strict=False):
        role = f"  {wording.one_line(row.role)}" if row.role else ""
        name = Content.assemble(wording.one_line(row.name), (role, "$text-muted"))
        rows.append(ColumnsRow(((Content.styled(f"@{handle}", "$accent"), width),), name, most=0))
    if len(understood.rows) > MOST_PEOPLE:
        rows.append(_words("", f"and {len(understood.rows) - MOST_PEOPLE:,} more"))
    return ColumnsTable(rows)


def _words(label: str, text: str) -> ColumnsRow:
    return ColumnsRow(((Content.styled(label, "$text-muted"), 8),), Content.styled(text, "$text-muted"), most=0)
