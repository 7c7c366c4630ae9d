"""A customer naming somebody, in a comment or in the manager's own notes of what a customer said."""

from datetime import datetime
from typing import Literal

from meetingtool.records.base import Record

Tier = Literal["column", "full-name", "titled", "unique", "shared", "ordinary", "close", "unlisted", "by-hand"]
MentionState = Literal["open", "confirmed", "rejected", "not-on-team"]
Tone = Literal["praise", "problem", "both"]


class Mention(Record, tag="mention", frozen=True, kw_only=True):
    """One person named in one answer or voice; `at` is the day of it. A mention is a question until it is decided.

    batch, row: the answer; or voice: the id of what was typed by hand. words: the name as found. person: an id, or
    empty where nobody on the team has that name. others: who else could be meant by a shared name. by-hand: no name was
    found, and somebody says who is meant. account: of a problem, what the person says about it.
    """

    kept_in = "names"

    words: str
    tier: Tier
    survey: str = ""
    batch: str = ""
    row: int = 0
    voice: str = ""
    person: str = ""
    others: tuple[str, ...] = ()
    state: MentionState = "open"
    tone: Tone | None = None
    told_in: str | None = None
    thanked: datetime | None = None
    account: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether it was decided to be about something to talk about with the person."""
        return self.state == "confirmed" and self.tone in ("problem", "both")

    @property
    def private(self) -> bool:
        """All but confirmed praise is for the manager only."""
        return not (self.state == "confirmed" and self.tone == "praise")
