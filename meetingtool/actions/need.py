"""One thing that needs the manager; and the promises among these, which are quickly known. See `actions.needs`."""

from __future__ import annotations

from datetime import date

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording

RATINGS, EVALUATIONS, TO_SORT, TRAINING, RETENTION = "ratings", "evaluations", "to-sort", "training", "retention"
PHILOSOPHY, UNFINISHED = "philosophy", "unfinished"
"""Keys of needs that aren't about a single record."""

FOLLOW_UP, SORT, LEFT, COMPLAINT, ALERT = "follow-up:", "sort:", "left:", "complaint:", "alert:"
THANK, TALK, ABOUT = "thank:", "talk:", "about:"
"""What the keys of needs about one record begin with; its id follows, or the mark itself for an open mark."""


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that needs the manager. over: it should have been done by now. due: its day, where it has one.

    when: that day as people say it. what: in a few words; beside: whom and what it is about.
    """

    key: str
    kind: str
    over: bool = False
    due: date | None = None
    when: str
    what: str
    beside: str = ""


def promised(desk: Desk) -> list[Need]:
    """The promises and actions that are due: the most pressing of all needs, and quickly known."""
    return [_follow_up(follow_up, desk) for follow_up in desk.attention()]


def _follow_up(follow_up: FollowUp, desk: Desk) -> Need:
    beside = [wording.one_line(follow_up.customer), desk.roster.names(follow_up.people)]
    return Need(
        key=f"{FOLLOW_UP}{follow_up.id}",
        kind=follow_up.kind,
        over=follow_up.due is not None and follow_up.due < desk.today,
        due=follow_up.due,
        when=wording.due(follow_up.due, desk.today),
        what=f"{'~ ' if follow_up.private else ''}{wording.one_line(follow_up.text)}",
        beside=around(*beside),
    )


def around(*parts: str) -> str:
    """Whom and what a need is about, to follow what it is."""
    return "".join(f" · {part}" for part in parts if part)
