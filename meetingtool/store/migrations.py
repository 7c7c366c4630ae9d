"""How books of former forms are read.

Each step turns the documents of one form into those of the next, in the tables that it names. A book is converted in
memory when it is read, and written in the new form at its next save; before that a copy of it goes to the backups. A
step must not lose anything, and every form has a book in `tests/kept_books/` to prove it. It leaves alone what is
already in a later form: the form of a damaged file may be unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from meetingtool.store.bookfile import SCHEMA, Header, ReadBook
from meetingtool.store.lines import Rows, Tables, document_of, line_of
from meetingtool.store.phrases import with_code_for_phrase

Document = dict[str, Any]
MigrationStep = Mapping[str, Callable[[Document], Document]]
"""table name -> a document of it in the next form. Other tables stay as they are, undecoded."""

STEPS: Mapping[int, MigrationStep] = {
    1: {"deeds": with_code_for_phrase("what"), "former": with_code_for_phrase("deed")},
}
"""The step from each form to the next one. Form 1 called deeds by phrases, form 2 by codes."""


def brought_up(sheet: ReadBook, steps: Mapping[int, MigrationStep] = STEPS, form: int = SCHEMA) -> ReadBook:
    """The sheet in the present form. Its header still says which form the file has."""
    return ReadBook(sheet.header, turned(sheet.tables, sheet.header.schema, steps, form), sheet.sound)


def turned(tables: Tables, form: int, steps: Mapping[int, MigrationStep] = STEPS, to: int = SCHEMA) -> Tables:
    """Tables of a form in the present one."""
    for number in range(max(form, min(steps, default=1)), to):
        step = steps[number]
        tables = {name: _next(rows, step[name]) if name in step else rows for name, rows in tables.items()}
    return tables


def has_records_of_now(header: Header) -> bool:
    """Whether the rows of `records` in a book are those of the present form, whatever its other tables are."""
    return header.schema == SCHEMA or (
        header.schema < SCHEMA and not any("records" in step for form, step in STEPS.items() if form >= header.schema)
    )


def _next(rows: Rows, turn: Callable[[Document], Document]) -> Rows:
    documents = {key: turn(msgspec.json.decode(document_of(key, line))) for key, line in rows.items()}
    return {key: line_of(key, msgspec.json.encode(document)) for key, document in documents.items()}
