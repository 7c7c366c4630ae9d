"""What numbers of a survey led to: alerts and their life, comparisons fixed beforehand, what the team was told."""

from datetime import date, datetime
from typing import Literal

from meetingtool.records.base import Record

AlertKind = Literal["fall", "under-target", "rise"]
AlertState = Literal["raised", "told", "explained", "done", "dismissed"]


class Alert(Record, tag="alert", frozen=True, kw_only=True):
    """A fall, a rise or a share under the target that is real; `at` is the moment it was raised.

    period: such as `2026-11`. n, satisfied, n_before, satisfied_before: the answers it rests on. points, low, high:
    the change in points of a hundred, with its limits at 95 %. told_in: the meeting. cause, words: what we think it
    was. action: the follow-up that was agreed. reason: why it was dismissed.
    """

    survey: str
    measure: str
    period: str
    kind: AlertKind
    n: int
    satisfied: int
    n_before: int = 0
    satisfied_before: int = 0
    points: float = 0
    low: float = 0
    high: float = 0
    target: int | None = None
    says: str = ""
    state: AlertState = "raised"
    told_at: datetime | None = None
    told_in: str | None = None
    explained_at: datetime | None = None
    cause: str = ""
    words: str = ""
    action: str | None = None
    decided_at: datetime | None = None
    reason: str = ""


class Comparison(Record, tag="comparison", frozen=True, kw_only=True):
    """A measure before and after something, such as a training. `at` is the moment it was fixed.

    Each side is from a first to a last day. paired: the same customers were asked twice.
    """

    survey: str
    measure: str
    before_since: date
    before_until: date
    after_since: date
    after_until: date
    because: str
    paired: bool = False

    @property
    def afterwards(self) -> bool:
        """Whether it was chosen when answers from the time after could already be known."""
        return self.made_at.date() > self.after_since


class Telling(Record, tag="telling", frozen=True, kw_only=True):
    """The team was told the results of a period, in a meeting or otherwise. actions: ids of what was agreed."""

    survey: str
    period: str
    meeting: str | None = None
    how: str = ""
    actions: tuple[str, ...] = ()
