"""What the team talks about and practises with."""

from __future__ import annotations

from typing import Literal

from meetingtool.records.base import Record

Audience = Literal["team", "service", "company", "improvement"]


class Question(Record, tag="question", frozen=True, kw_only=True):
    """A discussion question: for the team, the service staff, the company, or for improvement."""

    text: str
    audience: Audience
    order: int = 0


class Scenario(Record, tag="scenario", frozen=True, kw_only=True):
    """A role-play: what the customer plays, what the employee knows, what to watch for. standards: tags."""

    title: str
    customer: str
    employee: str
    look_for: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    order: int = 0
