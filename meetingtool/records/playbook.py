"""What the team talks about and practises with."""

from datetime import date
from typing import Literal

from meetingtool.records.base import Record
from meetingtool.records.philosophy import Section

Audience = Literal["team", "service", "company", "improvement", "philosophy"]


class Question(Record, tag="question", frozen=True, kw_only=True):
    """A discussion question: for the team, the service staff, the company, for improvement, or of the philosophy.

    section: of the philosophy, where a sentence that is distilled from its answers belongs.
    retired: the day from which it no longer takes turns; None while it does.
    """

    kept_in = "team"

    text: str
    audience: Audience
    section: Section | None = None
    order: int = 0
    retired: date | None = None


class Scenario(Record, tag="scenario", frozen=True, kw_only=True):
    """A role-play: the customer's part, what the employee knows, what to watch for. standards: tags.

    retired: as for a question.
    """

    kept_in = "team"

    title: str
    customer: str
    employee: str
    look_for: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    order: int = 0
    retired: date | None = None
