"""Surveys of customers and what came in with each file: columns of answers, and what is left out of them."""

from datetime import date, datetime
from typing import Literal

import msgspec

from meetingtool.records.base import Record

Scale = Literal["csat5", "csat7", "ces7", "nps", "stars5", "yes-no", "good-bad", "own"]
SurveyPeriod = Literal["week", "month", "quarter"]
DayOrder = Literal["day-first", "month-first"]
Because = Literal["product", "other-team", "not-ours", "abuse", "twin"]
Role = Literal["id", "date", "measure", "comment", "person", "named", "customer", "finished"]

EVERYTHING = 24
"""Months for which comments, ids and customers are kept, unless the survey says otherwise."""


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One question with a scale. key: stable, lower case. satisfied: from which value on a customer is satisfied.

    low, high: the ends of the scale. parts: in how many parts a point is counted: the value 9 of halves is 4.5 stars;
    satisfied, low and high are counted so, too. labels: answers in words as they come in the file (folded) with their
    value; None is no answer, such as "not applicable".
    """

    key: str
    title: str
    scale: Scale
    satisfied: int
    low: int
    high: int
    labels: tuple[tuple[str, int | None], ...] = ()
    parts: int = 1

    def said(self, value: int) -> int | float:
        """A value as a number of the scale that customers see."""
        return value // self.parts if value % self.parts == 0 else value / self.parts

    def given(self, value: int | None) -> int | float | None:
        """The number that a customer gave, None without one."""
        return self.said(value) if value is not None and self.has_mean else None

    @property
    def has_mean(self) -> bool:
        """Whether its values are numbers that customers gave: promoters and detractors have no mean."""
        return self.scale != "nps" or all(value is None for _, value in self.labels)


class MappedColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a column of the file holds. header: its unique name in the file. measure: the key of its measure."""

    header: str
    role: Role
    measure: str = ""


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How files of a survey are read. fingerprint: identifies files with the same columns. day_order: of `3/4/2026`.

    unused: columns that were there and are left out, so that a new one is recognised.
    """

    fingerprint: str = ""
    columns: tuple[MappedColumn, ...] = ()
    day_order: DayOrder | None = None
    sheet: str = ""
    unused: tuple[str, ...] = ()


class Survey(Record, tag="survey", frozen=True, kw_only=True):
    """A survey that comes again and again. source: the program it comes from, such as `surveymonkey`.

    primary: the key of the one measure that alerts. target: percent of satisfied customers, and why it is the target.
    work: the type of work its customers were served with; people are compared within one type only.
    keep: months after which `survey thin` leaves counts.
    """

    kept_in = "team"

    name: str
    source: str = ""
    measures: tuple[Measure, ...] = ()
    primary: str = ""
    period: SurveyPeriod = "month"
    target: int | None = None
    target_why: str = ""
    work: str = ""
    mapping: Mapping = Mapping()
    keep: int = EVERYTHING

    def measure(self, key: str = "") -> Measure | None:
        """The measure of a key; the primary one without a key."""
        wanted = key or self.primary
        return next((measure for measure in self.measures if measure.key == wanted), None)


class Served(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Who served, as the file writes it, and the id of that person; empty for nobody on the team.

    others: the ids of those who served together with that person. The answer counts for each of them, and once for the
    team."""

    name: str
    person: str = ""
    others: tuple[str, ...] = ()


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What is left of thinned answers: the answers of a person (or of nobody) to a measure in one month.

    month: its first day. total: sum of the values. below: of the net promoter score, the detractors.
    left_out: answers that were left out. others: those who served together with the person.
    """

    month: date
    measure: str
    n: int
    satisfied: int
    total: int
    below: int = 0
    person: str = ""
    left_out: bool = False
    others: tuple[str, ...] = ()


class Batch(Record, tag="batch", frozen=True, kw_only=True):
    """The answers of one year out of one file, in columns. `at` is the last day that has one.

    first: the first day. days: of every answer, counted from `first`. values: a column per measure, in the order of
    `measures`; None is no answer. ids, comments, customers: a text per answer, or () where the file has none.
    served: who served, and for every answer an index into it, -1 for nobody. named: what the customer wrote when
    asked who did more than expected. counts: after thinning; the columns are empty then.
    """

    kept_in = "surveys"

    survey: str
    file: str
    first: date
    measures: tuple[str, ...]
    days: tuple[int, ...] = ()
    values: tuple[tuple[int | None, ...], ...] = ()
    ids: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    served: tuple[Served, ...] = ()
    by: tuple[int, ...] = ()
    counts: tuple[Count, ...] = ()
    thinned_at: datetime | None = None

    @property
    def private(self) -> bool:
        """Whole answers are for the manager only."""
        return True


class LeftOut(Record, tag="left-out", frozen=True, kw_only=True):
    """One answer that does not count for the person who served. `at` is the day of the answer."""

    kept_in = "names"

    batch: str
    row: int
    because: Because

    @property
    def private(self) -> bool:
        """What is about one answer is for the manager only."""
        return True
