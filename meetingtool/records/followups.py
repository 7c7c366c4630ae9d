"""Promises to customers and actions for the team."""

from datetime import date, datetime
from typing import Literal

import msgspec

from meetingtool.records.base import Record

FollowUpKind = Literal["action", "promise"]
FollowUpState = Literal["open", "kept", "missed", "dropped"]
Source = Literal["", "voice", "complaint", "contact", "hands-on", "pulse"]


class Moved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A due date that was moved: from, to (None: without a date), when."""

    old: date | None
    new: date | None
    moved_at: datetime


class FollowUp(Record, tag="follow-up", frozen=True, kw_only=True):
    """An action (for us) or a promise (to a customer).

    people: ids of those who own it; empty when nobody has taken it on yet.
    story: the story it was born from. source, source_id: the record of another kind that it was born from.
    meeting: the meeting in which it was made.
    decided_at: when it was kept, missed or dropped; note: what was said then.
    private: never drawn in room; a follow-up of a private story is private.
    unsorted: marks such as `@jo` that fit nobody, as in a story; what was born from a story has them there.
    """

    kind: FollowUpKind
    text: str
    due: date | None = None
    people: tuple[str, ...] = ()
    customer: str = ""
    story: str | None = None
    source: Source = ""
    source_id: str | None = None
    meeting: str | None = None
    state: FollowUpState = "open"
    decided_at: datetime | None = None
    note: str = ""
    moves: tuple[Moved, ...] = ()
    private: bool = False
    by_wish: bool = False
    unsorted: tuple[str, ...] = ()
