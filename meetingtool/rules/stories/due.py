"""What a new due date can't put right."""

from __future__ import annotations

from datetime import date

from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording


def late_move(follow_up: FollowUp, today: date, *, counts: bool = True) -> str:
    """What to say before a promise gets a new date after its old one has passed; empty when it is in time.

    counts: whether the miss counts for anyone, and may be said where this is read.
    """
    if follow_up.kind != "promise" or follow_up.state != "open" or follow_up.due is None or follow_up.due >= today:
        return ""
    passed = f"Its date, {wording.day(follow_up.due, today)}, has passed"
    if counts:
        return f"{passed}: kept by a new date, the promise still counts as kept late."
    return f"{passed}: a new date does not make it kept in time."
