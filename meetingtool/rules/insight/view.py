"""What a view is before it stands on a screen or on paper: tables, perhaps a picture, and what they can't say."""

from __future__ import annotations

from datetime import date

import msgspec

Cell = str | int | float | date | None
"""What stands in a table. Text is as it was typed; making it safe is the work of whoever shows it."""


class Row(msgspec.Struct, frozen=True):
    """A line of a table, with what stands behind it: a query that finds it, or the id of its one record."""

    cells: tuple[Cell, ...]
    query: str = ""
    record: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A table. empty: what to say when it has no rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = "Nothing yet."


class Line(msgspec.Struct, frozen=True):
    """One course in a picture. mark: one letter that tells it from the others without colour.

    values: one for each label; None where there is nothing to show.
    """

    name: str
    mark: str
    values: tuple[float | None, ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A picture over time. bars: as bars, for counts; else as points that are joined.

    reach: the least and the most that a value can be, where that is fixed.
    """

    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str
    bars: bool = True
    reach: tuple[float, float] | None = None


class Heat(msgspec.Struct, frozen=True, kw_only=True):
    """Counts in rows and columns, to be shown as shades."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    queries: tuple[tuple[str, ...], ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A view of many records. cautions: what it can't say, in sentences."""

    name: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    chart: Chart | None = None
    heat: Heat | None = None
    cautions: tuple[str, ...] = ()
