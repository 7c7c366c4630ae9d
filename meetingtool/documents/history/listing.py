"""History as a list to keep: a page to read, a table for a spreadsheet, rows for a program.

What may be shown is decided before: everything that is handed in is listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from meetingtool.documents.formats.paper import Block, Heading, Inline, Item, Items, Paper, Paragraph, Strong
from meetingtool.documents.formats.tables import Cell, csv_bytes, csv_text
from meetingtool.documents.stories.entries import DOT, after, follow_up_line, story_item
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.history.entries import Found
from meetingtool.rules.meeting.answers import read_out
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import count, day, month

KEYS = (
    "ref",
    "id",
    "kind",
    "date",
    "text",
    "people",
    "standards",
    "customer",
    "starred",
    "private",
    "told",
    "state",
    "due",
    "decided",
    "story",
    "happened",
    "handled",
    "learned",
    "ended",
    "note",
)
"""The keys of a row. New ones are added at the end; none is renamed, moved or dropped."""

Row = dict[str, Any]


def rows(records: Iterable[Found], roster: Roster) -> list[Row]:
    """One row a record with the keys `KEYS`, in the order given. people: handles; standards: tags; dates as dates.

    What a kind of record does not have is None: a story has no due date, a promise no star.
    """
    return [_row(record, roster) for record in records]


def _row(record: Found, roster: Roster) -> Row:
    if isinstance(record, Meeting):
        return _meeting_row(record, roster)
    return _story_row(record, roster) if isinstance(record, Story) else _follow_up_row(record, roster)


def _meeting_row(meeting: Meeting, roster: Roster) -> Row:
    """text: the notes and the answers, a line each. standards: that of the week."""
    return dict.fromkeys(KEYS) | {
        "ref": meeting.ref,
        "id": meeting.id,
        "kind": "meeting",
        "date": meeting.at.date(),
        "text": read_out(meeting, roster),
        "people": [],
        "standards": [roster.tag(meeting.standard)] if meeting.standard else [],
        "customer": "",
        "private": False,
        "state": meeting.state,
    }


def _base(record: Story | FollowUp, roster: Roster) -> Row:
    return dict.fromkeys(KEYS) | {
        "ref": record.ref,
        "id": record.id,
        "kind": record.kind,
        "date": record.at.date(),
        "text": record.text,
        "people": [roster.handle(person) for person in record.people],
        "standards": [],
        "customer": record.customer,
        "private": record.private,
    }


def _story_row(story: Story, roster: Roster) -> Row:
    return _base(story, roster) | {
        "standards": [roster.tag(standard) for standard in story.standards],
        "starred": story.starred,
        "told": story.meeting is not None,
        "happened": story.happened,
        "handled": story.handled,
        "learned": story.learned,
        "ended": story.ended,
    }


def _follow_up_row(follow_up: FollowUp, roster: Roster) -> Row:
    return _base(follow_up, roster) | {
        "state": follow_up.state,
        "due": follow_up.due,
        "decided": follow_up.decided_at.date() if follow_up.decided_at else None,
        "story": follow_up.story,
        "note": follow_up.note,
    }


def _cells(row: Row) -> tuple[Cell, ...]:
    return tuple(" ".join(value) if isinstance(value, list) else value for value in row.values())


def as_csv(records: Iterable[Found], roster: Roster) -> str:
    """The rows as CSV for standard output; several people or standards in one cell, parted by blanks."""
    return csv_text(KEYS, (_cells(row) for row in rows(records, roster)))


def as_csv_file(records: Iterable[Found], roster: Roster) -> bytes:
    """The rows as a CSV file that spreadsheets open as it should be."""
    return csv_bytes(KEYS, (_cells(row) for row in rows(records, roster)))


def as_json(records: Iterable[Found], roster: Roster) -> bytes:
    """The rows as a JSON array, indented, in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(rows(records, roster)), indent=2) + b"\n"


def listing(records: Iterable[Found], roster: Roster, today: date, *, title: str, query: str = "") -> Paper:
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


def _entry(record: Found, roster: Roster, today: date) -> Item:
    when = day(record.at.date(), today)
    if isinstance(record, Meeting):
        first, *more = read_out(record, roster).splitlines() or [""]
        return Item((f"{when}{DOT}minutes{DOT}", first), tuple(more))
    if isinstance(record, FollowUp):
        line = follow_up_line(record, roster, today)
        return Item((f"{when}{DOT}", *line, after((record.state, record.note, _private(record)))))
    item = story_item(record, roster, remark=_private(record))
    kind = {"win": "win", "sticky": "sticky situation", "praise": "thanks"}[record.kind]
    return Item((f"{when}{DOT}{kind}{DOT}", *_parts(item.text)), item.inner)


def _private(record: Story | FollowUp) -> str:
    return "private" if record.private else ""


def _parts(text: Inline) -> tuple[str | Strong, ...]:
    return (text,) if isinstance(text, str) else text
