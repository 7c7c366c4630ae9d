"""History as a list to keep: a page to read, a table for a spreadsheet, rows for a program.

What may be shown was decided before: everything handed in is listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from meetingtool.documents.formats.paper import Block, Heading, Inline, Item, Items, Paper, Paragraph, Strong
from meetingtool.documents.formats.tables import Cell, csv_bytes, csv_text
from meetingtool.documents.stories.entries import DOT, after, follow_up_line, names, story_item
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules.kinds.kind import ROW_KEYS, ListingRow
from meetingtool.rules.kinds.table import kind_of, row_of, words_for
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import count, day, month


def rows(records: Iterable[Record], roster: Roster) -> list[ListingRow]:
    """One row a record with the keys `ROW_KEYS`, in the order given. people: handles; standards: tags; dates as dates.

    What a kind of record does not have is None: a story has no due date, a promise no star.
    """
    return [row_of(record, roster) for record in records]


def _cells(row: ListingRow) -> tuple[Cell, ...]:
    return tuple(" ".join(value) if isinstance(value, list) else value for value in row.values())


def as_csv(records: Iterable[Record], roster: Roster) -> str:
    """The rows as CSV for standard output; several people or standards in one cell, separated by blanks."""
    return csv_text(ROW_KEYS, (_cells(row) for row in rows(records, roster)))


def as_csv_file(records: Iterable[Record], roster: Roster) -> bytes:
    """The rows as a CSV file that spreadsheets open correctly."""
    return csv_bytes(ROW_KEYS, (_cells(row) for row in rows(records, roster)))


def as_json(records: Iterable[Record], roster: Roster) -> bytes:
    """The rows as a JSON array, indented, in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(rows(records, roster)), indent=2) + b"\n"


def listing(records: Iterable[Record], roster: Roster, today: date, *, title: str, query: str = "") -> Paper:
    """The records by month, in the order given. query: what was asked for, shown under the title."""
    found = list(records)
    blocks: list[Block] = []
    entries: list[Item] = []
    shown = ""
    for record in found:
        if (name := month(record.at.date())) != shown:
            blocks += [Items(tuple(entries))] if entries else []
            blocks.append(Heading(name))
            entries, shown = [], name
        entries.append(_entry(record, roster, today))
    blocks.append(Items(tuple(entries)) if entries else Paragraph("Nothing was found."))
    return Paper(
        title, DOT.join(part for part in (query, count(len(found), "entry", "entries")) if part), tuple(blocks)
    )


def _entry(record: Record, roster: Roster, today: date) -> Item:
    when, private = day(record.at.date(), today), "private" if record.private else ""
    if isinstance(record, FollowUp):
        line = follow_up_line(record, roster, today)
        return Item((f"{when}{DOT}", *line, after((record.state, record.note, private))))
    head = f"{when}{DOT}{words_for(record).long}{DOT}"
    if isinstance(record, Story):
        item = story_item(record, roster, remark=private)
        return Item((head, *_parts(item.text)), item.inner)
    kind = kind_of(record)
    first, *more = kind.text(record, roster).splitlines() or [""]
    said = (f"{title}: {words}" for title, words in kind.parts(record))
    around = after((names(kind.people(record), roster), kind.customer(record), kind.remark(record, roster), private))
    return Item((head, f"{first}{around}"), (*more, *said))


def _parts(text: Inline) -> tuple[str | Strong, ...]:
    return (text,) if isinstance(text, str) else text
