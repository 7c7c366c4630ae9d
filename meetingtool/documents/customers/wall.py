"""A sheet for the wall: what was heard, and what became of it. Fit for everybody's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from meetingtool.documents.formats.paper import Block, Item, Paper, Paragraph, Strong, items, section
from meetingtool.rules import wording


class WallLine(msgspec.Struct, frozen=True):
    """said: by a customer or a colleague, where it may be repeated. did: what we do. became: done, open or dropped.

    note: what was said when it was decided; for what was dropped, the reason.
    """

    said: str
    did: str
    became: str
    note: str = ""


HEADS = (("done", "Done"), ("open", "Still to come"), ("dropped", "Not done, and why"))


def wall(team: str, lines: Sequence[WallLine], today: date) -> Paper:
    """The sheet. What was dropped is on it too, so that people see it was heard."""
    blocks: list[Block] = []
    for became, title in HEADS:
        blocks += section(title, items([_item(line) for line in lines if line.became == became]))
    if not lines:
        blocks.append(Paragraph("Nothing that was heard has come to anything yet."))
    done = sum(line.became == "done" for line in lines)
    subtitle = f"{wording.day_in_full(today)} · {done} of {len(lines)} done" if lines else wording.day_in_full(today)
    return Paper(f"{team}: you said, we did", subtitle, tuple(blocks))


def _item(line: WallLine) -> Item:
    why = f" ({line.note})" if line.note and line.became == "dropped" else ""
    if not line.said:
        return Item((Strong(line.did), why))
    return Item((f"“{line.said.strip('”“')}” ", Strong(f"{line.did}{why}")))
