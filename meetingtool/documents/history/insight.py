"""A view as a paper to read, as a table for a spreadsheet, as values for a program."""

from __future__ import annotations

from datetime import date

import msgspec

from meetingtool.documents.formats.paper import Block, Column, Heading, Item, Items, Paper, Paragraph, Table
from meetingtool.documents.formats.tables import csv_bytes
from meetingtool.rules.insight.view import Behind, Section, View, ViewCell
from meetingtool.rules.wording import day

CANT_SAY = "What this can’t say"


def view_paper(view: View, today: date, *, team: str = "") -> Paper:
    """The tables of a view under their titles, and what they can't say below."""
    blocks: list[Block] = []
    for section in view.sections:
        blocks.append(Heading(section.title))
        blocks.append(_table(section, today) if section.rows else Paragraph(section.empty))
    if view.cautions:
        blocks += [Heading(CANT_SAY), Items(tuple(Item(text) for text in view.cautions))]
    return Paper(f"{team}: {view.title}" if team else view.title, view.subtitle, tuple(blocks))


def _table(section: Section, today: date) -> Table:
    columns = tuple(
        Column(title, right=all(_is_number(row.cells[place]) for row in section.rows))
        for place, title in enumerate(section.columns)
    )
    return Table(columns, tuple(tuple(cell_text(cell, today) for cell in row.cells) for row in section.rows))


def _is_number(cell: ViewCell) -> bool:
    return cell is None or isinstance(cell, int | float)


def cell_text(cell: ViewCell, today: date) -> str:
    """A cell as people read it: days as `Tue 24 Nov`, numbers without needless decimals, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return day(cell, today)
    if isinstance(cell, float):
        return f"{cell:.1f}".removesuffix(".0")
    return str(cell)


def view_data(view: View) -> dict[str, object]:
    """The view as plain values: each section with its rows, keyed by its columns.

    What is behind a row is given by its `query`, which finds it in the history, or `record`, the id of its one record,
    or `records`, the ids of several, or `leads_to`, the name of another view; `cells` has the same for single numbers.
    """
    return {
        "view": view.name,
        "title": view.title,
        "subtitle": view.subtitle,
        "sections": [
            {"title": section.title, "rows": [_row(section, number) for number in range(len(section.rows))]}
            for section in view.sections
        ],
        "cautions": list(view.cautions),
    }


def _row(section: Section, number: int) -> dict[str, object]:
    row = section.rows[number]
    keys = [title.lower() for title in section.columns]
    cells = {keys[place]: _behind(row.inside[place]) for place in row.doors}
    return dict(zip(keys, row.cells, strict=True)) | _behind(row.behind) | {"cells": cells}


def _behind(behind: Behind) -> dict[str, object]:
    return {
        "query": behind.query or None,
        "record": behind.record or None,
        "records": list(behind.records),
        "leads_to": behind.view or None,
    }


def view_json(view: View) -> bytes:
    """`view_data` as indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(view_data(view)), indent=2) + b"\n"


def view_csv(view: View) -> bytes:
    """The tables of the view, for a spreadsheet: where there are several, each under its title."""
    tables = [section for section in view.sections if section.rows] or list(view.sections[:1])
    if len(tables) == 1:
        return csv_bytes(tables[0].columns, (row.cells for row in tables[0].rows))
    lines: list[tuple[ViewCell, ...]] = []
    for section in tables:
        lines += [(), (section.title,), section.columns, *(row.cells for row in section.rows)]
    return csv_bytes((view.title,), lines)
