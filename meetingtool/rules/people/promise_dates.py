"""On which day a promise counts for the score, and whether it was kept in time."""

from __future__ import annotations

from datetime import date

from meetingtool.records.followups import FollowUp


def settled_on(promise: FollowUp) -> date | None:
    """The day on which it became plain whether a promise is kept: the day it was decided, but never after its due date.

    So a promise kept early counts when it was kept, and one whose miss was written down weeks later still counts
    in the period in which it was due. None while it is open, and for a dropped one.
    """
    if promise.state not in ("kept", "missed"):
        return None
    decided = (promise.decided_at or promise.at).date()
    return min(decided, promise.due) if promise.due else decided


def due_to_keep(promise: FollowUp) -> date | None:
    """The date by which it had to be kept: the last date that was agreed before the previous one had passed."""
    missed = (move.old for move in promise.moves if move.old is not None and move.moved_at.date() > move.old)
    return next(missed, promise.due)


def moved_late(promise: FollowUp) -> bool:
    """Whether it was given a new date only after a due date had passed."""
    return any(move.old is not None and move.moved_at.date() > move.old for move in promise.moves)


def days_late(promise: FollowUp) -> int:
    """How many days after its date it was kept; 0 for one kept in time, and for one not kept."""
    due, kept_on = due_to_keep(promise), (promise.decided_at or promise.at).date()
    return max((kept_on - due).days, 0) if promise.state == "kept" and due is not None else 0
