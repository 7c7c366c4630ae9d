"""How books of former forms are read.

Each step turns the documents of one form into those of the next, table by table. A book is turned over in memory when
it is read and written in the new form at its next save; before that a copy of it goes to the backups.
A step must not lose anything, and every form has a book in `tests/kept_books/` to prove it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from meetingtool.store.bookfile import SCHEMA, Sheet
from meetingtool.store.lines import Rows, document_of, line_of

Documents = dict[str, dict[str, Any]]
Step = Callable[[str, Documents], Documents]
"""(table name, its documents by key) -> the same in the next form."""

STEPS: Mapping[int, Step] = {}
"""The step from each form to the next one. Form 1 is the first."""


def brought_up(sheet: Sheet, steps: Mapping[int, Step] = STEPS, form: int = SCHEMA) -> Sheet:
    """The sheet in the present form. Its header still tells the form that the file has."""
    tables = sheet.tables
    for step in range(sheet.header.schema, form):
        tables = {name: _turned(name, rows, steps[step]) for name, rows in tables.items()}
    return Sheet(sheet.header, tables, sheet.sound)


def _turned(name: str, rows: Rows, step: Step) -> Rows:
    documents = {key: msgspec.json.decode(document_of(key, line)) for key, line in rows.items()}
    return {key: line_of(key, msgspec.json.encode(document)) for key, document in step(name, documents).items()}
