"""The annual evaluation record."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.team import ScoreRule

EvaluationState = Literal["draft", "shared", "acknowledged", "final"]


class Final(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One finalised edition, locked: everything the evaluation rested on, and its digest.

    content: the whole document as plain JSON values. digest: SHA-256 of content in canonical JSON, hex.
    reopened_at, reason: when and why it was reopened, which keeps this edition and starts the next.
    seal: SHA-256 of what was shared, the answer and the moment, so that a digest made again by hand is found out;
    empty in records from before there was one.
    """

    content: dict[str, Any]
    digest: str
    finalised_at: datetime
    finalised_by: str
    reopened_at: datetime | None = None
    reason: str = ""
    seal: str = ""


class FixedRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rule as it was when an evaluation was shared: it holds for its period from then on.

    standards: weight of every standard at that time, by its id. version: the form of the sum; 1 where none was noted.
    held: ids of the standards that counted; empty where they were not noted yet.
    """

    rule: ScoreRule
    standards: dict[str, int]
    version: int = 1
    held: tuple[str, ...] = ()


class Reopened(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reopening, or one change of the answer: from which state, why, and the employee's answer that it voided.

    answered_at: when that answer was noted; None where there was none, or it was not kept.
    """

    state: EvaluationState
    at: datetime
    by: str
    reason: str
    agrees: bool | None = None
    comment: str = ""
    what: Literal["reopened", "answer"] = "reopened"
    answered_at: datetime | None = None


class Evaluation(Record, tag="evaluation", frozen=True, kw_only=True):
    """The customer service evaluation of one person for one period; `at` is the period's last day.

    since, until: first and last day. became: what became of the goals of the evaluation before.
    adjustment: points added by the manager, -5 to 5, with its reason.
    stories: ids of the stories the manager picked; empty takes the suggestion.
    shared: the whole document that the employee's answer is about, from sharing until it is final or reopened.
    shared_digest: its SHA-256, to which an answer by file is bound.
    agrees: the employee's answer; None while there is none, and for one that gives no view.
    answer_digest: SHA-256 of the answer as it was noted, with what it is about; empty once final, and in old records.
    course_digest: SHA-256 of all that was reopened and answered again, with reasons and days; empty before the first
    share, and in old records.
    open_guards_reason: why it was shared or made final although something should still have been checked.
    fixed: the rule of the day it was first shared or final.
    finals: the locked editions, oldest first; the last one counts while state is "final".
    """

    person: str
    since: date
    until: date
    state: EvaluationState = "draft"
    strengths: str = ""
    growth: str = ""
    goals: str = ""
    became: str = ""
    adjustment: float = 0
    adjustment_reason: str = ""
    stories: tuple[str, ...] = ()
    shared_at: datetime | None = None
    acknowledged_at: datetime | None = None
    agrees: bool | None = None
    comment: str = ""
    answer_digest: str = ""
    course_digest: str = ""
    open_guards_reason: str = ""
    shared: dict[str, Any] | None = None
    shared_digest: str = ""
    fixed: FixedRule | None = None
    reopened: tuple[Reopened, ...] = ()
    finals: tuple[Final, ...] = ()

    @property
    def private(self) -> bool:
        """Every evaluation is for the manager and, on paper, for the person it is about."""
        return True
