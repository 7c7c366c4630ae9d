"""What a view is before it is on a screen or on paper: tables, perhaps a picture, and what they can't say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from meetingtool.rules.people.periods import Period

ViewCell = str | int | float | date | None
"""What a cell can hold. Text is as it was typed; making it safe is left to whoever shows it."""


class Behind(msgspec.Struct, frozen=True):
    """What is behind a number; one of these, or none.

    query: what finds it in the history. record: the id of its one record. records: the ids of several that no query
    finds. view: the name of another view that takes it apart.
    """

    query: str = ""
    record: str = ""
    records: tuple[str, ...] = ()
    view: str = ""

    def __bool__(self) -> bool:
        return bool(self.query or self.record or self.records or self.view)


NOTHING = Behind()


class TableRow(msgspec.Struct, frozen=True):
    """A line of a table. behind: what the line leads to as a whole.

    inside: what its single cells lead to, one for each cell; empty where none leads anywhere by itself.
    """

    cells: tuple[ViewCell, ...]
    behind: Behind = NOTHING
    inside: tuple[Behind, ...] = ()

    @property
    def doors(self) -> tuple[int, ...]:
        """The places of the cells that lead somewhere by themselves."""
        return tuple(place for place, behind in enumerate(self.inside) if behind)

    def behind_cell(self, place: int | None) -> Behind:
        """What is behind one cell, or behind the whole line."""
        return self.behind if place is None else self.inside[place]


def found_by(query: str) -> Behind:
    """What a query finds."""
    return Behind(query=query)


def these(ids: Iterable[str]) -> Behind:
    """Several records; nothing when there is none."""
    return Behind(records=tuple(ids))


def cells_behind(*behind: Behind | None) -> tuple[Behind, ...]:
    """`inside` of a row, with None for cells that lead nowhere."""
    return tuple(one or NOTHING for one in behind)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A table. empty: what to say when it has no rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    empty: str = "Nothing yet."


class PictureLine(msgspec.Struct, frozen=True):
    """One course in a picture. mark: one letter that distinguishes it from the others without colour.

    values: one for each label; None where there is nothing to show.
    """

    name: str
    mark: str
    values: tuple[float | None, ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A picture over time. bars: as bars, for counts; else as points that are joined.

    reach: the least and the most that a value can be, where that is fixed. months: the span of time whose months the
    labels are, where they are all of them, one by one; then bars can be added up to longer spans.
    """

    labels: tuple[str, ...]
    lines: tuple[PictureLine, ...]
    unit: str
    bars: bool = True
    reach: tuple[float, float] | None = None
    months: Period | None = None


class Heat(msgspec.Struct, frozen=True, kw_only=True):
    """Counts in rows and columns, to be shown as shades; the same rows and columns as in the table of the view.

    totals: one for each row; a record in several columns counts once.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A view of many records. cautions: what it can't say, in sentences. counts_nothing: whether there was nothing to
    count, so that its tables are zeros alone.
    """

    name: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    chart: Chart | None = None
    heat: Heat | None = None
    cautions: tuple[str, ...] = ()
    counts_nothing: bool = False
