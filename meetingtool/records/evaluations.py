"""The annual evaluation record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from meetingtool.records.base import Record

EvaluationState = Literal["draft", "shared", "acknowledged", "final"]


class Final(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One finalised edition, locked: everything the evaluation rested on, and its digest.

    content: the whole document as plain JSON values. digest: SHA-256 of content in canonical JSON, hex.
    reopened_at, reason: when and why it was reopened, which keeps this edition and starts the next.
    """

    content: dict[str, Any]
    digest: str
    finalised_at: datetime
    finalised_by: str
    reopened_at: datetime | None = None
    reason: str = ""


class Evaluation(Record, tag="evaluation", frozen=True, kw_only=True):
    """The customer service evaluation of one person for one period; `at` lies on the period's last day.

    since, until: first and last day. adjustment: points added by the manager, -5 to 5, with its reason.
    stories: ids of the stories the manager picked; empty takes the suggestion.
    finals: the locked editions, oldest first; the last one counts while state is "final".
    """

    person: str
    since: date
    until: date
    state: EvaluationState = "draft"
    strengths: str = ""
    growth: str = ""
    goals: str = ""
    adjustment: float = 0
    adjustment_reason: str = ""
    stories: tuple[str, ...] = ()
    shared_at: datetime | None = None
    acknowledged_at: datetime | None = None
    agrees: bool | None = None
    comment: str = ""
    open_guards_reason: str = ""
    finals: tuple[Final, ...] = ()
