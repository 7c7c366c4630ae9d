"""What an export says, before anything is kept."""

from __future__ import annotations

from datetime import date

import msgspec

from meetingtool.records.surveys import Mapping, Measure, SurveyPeriod

REJECTS_KEPT = 200
"""How many rejects are listed one by one; the others are counted."""

_LONG = 4
"""On a scale with this many steps the second best may count as satisfied, too."""


class Reject(msgspec.Struct, frozen=True):
    """What was not imported, and why. line: of the file, or row of the sheet. column: its name; empty for a whole
    row."""

    line: int
    column: str
    value: str
    reason: str


class Answers(msgspec.Struct, frozen=True):
    """Answers in columns of one length; ids, customers, served and named are () where the file has none.

    values: a column per measure; None is no answer. comments, customers, served, named: empty where nothing was said.
    unread: of each measure, the answers in which something was rejected.
    """

    days: list[date]
    values: list[list[int | None]]
    comments: list[str]
    ids: list[str]
    customers: list[str]
    served: list[str]
    named: list[str]
    unread: tuple[frozenset[int], ...] = ()

    def __len__(self) -> int:
        return len(self.days)


class Seen(msgspec.Struct, frozen=True):
    """A column: its name, what it is read as (a role or a scale, empty if it is ignored), and three samples."""

    header: str
    taken_as: str
    samples: tuple[str, ...]


class SurveyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A survey file as it was understood.

    rows_read: rows below the names. same, changed: rows whose id was in the file before, with the same answer or with
    another, which then counts. twins: rows without an id that are alike in every cell, which count anyway. empty: rows
    without any answer. partly: rejects that are one cell of a row that is taken. title: what a new survey may be
    called. notes, asks: for a person; while there are questions open, nothing can be imported. dated: whether it is
    known when the customers answered. open_order: whether it is asked which comes first, day or month. by: weeks or
    quarters, where the file has no days. sheets: worksheets with answers, while it is asked which of them is meant.
    days: columns of days, while it is asked on which customers answered. survey: the id of the known one it belongs to,
    or empty. scale_of: the column of which it is asked on which scale its answers are. reworded: the column of which it
    is asked whether it is a question of the survey in other words, and the key of that one. columns: all of them, for
    looking at.
    """

    file: str
    source: str
    sheet: str | None
    encoding: str | None
    title: str
    rows_read: int
    measures: tuple[Measure, ...]
    primary: str
    mapping: Mapping
    answers: Answers
    same: int = 0
    changed: int = 0
    twins: int = 0
    empty: int = 0
    rejected_count: int = 0
    partly: int = 0
    rejected: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    dated: bool = True
    open_order: bool = False
    by: SurveyPeriod | None = None
    sheets: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    survey: str = ""
    scale_of: str = ""
    reworded: tuple[str, str] = ("", "")
    columns: tuple[Seen, ...] = ()

    def measure_in(self, header: str) -> Measure | None:
        """The measure of a column."""
        key = next((column.measure for column in self.mapping.columns if column.header == header), "")
        return next((measure for measure in self.measures if measure.key == key), None) if key else None

    @property
    def doubt(self) -> str:
        """The column of the main question, where its words praise so much that its best answer alone counts as
        satisfied, or its numbers are on a scale of its own; else empty."""
        main = next((one for one in self.measures if one.key == self.primary), None)
        if (
            main is None
            or main.high < _LONG
            or not (main.satisfied == main.high if main.labels else main.scale == "own")
        ):
            return ""
        return next(column.header for column in self.mapping.columns if column.measure == main.key)
