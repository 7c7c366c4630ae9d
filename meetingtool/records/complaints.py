"""A customer's complaint in its course, from received to closed with a lesson."""

from datetime import date, datetime
from typing import Literal

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.money import Money

ComplaintChannel = Literal["phone", "spoken", "e-mail", "letter", "card", "form", "review"]
StepName = Literal[
    "received",
    "acknowledged",
    "assessed",
    "looked-into",
    "word",
    "answered",
    "closed",
    "asked",
    "handed-on",
    "reopened",
]
Weight = Literal["small", "medium", "serious"]
Finding = Literal["ours", "partly", "not-ours", "can't-tell"]
Cause = Literal["promise", "wait", "words", "manner", "work", "price", "rule", "handover", "other"]
OfferKind = Literal["apology", "mended", "replaced", "refund", "gift", "discount", "rule-changed", "other"]
Content = Literal["yes", "partly", "no", "unasked"]
Movable = Literal["answer", "ask"]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One thing done about it. person: the id of whoever did it, or to whom it was handed on. words: what was said."""

    name: StepName
    at: datetime
    person: str = ""
    words: str = ""


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What the customer was offered. from_fund: whether the money is the service recovery fund's.

    taken: whether the customer accepted it; None while that is not known.
    """

    kind: OfferKind
    at: datetime
    words: str = ""
    money: Money | None = None
    from_fund: bool = False
    taken: bool | None = None


class Agreed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A due date that the customer agreed to move. words: how the customer agreed."""

    step: Movable
    old: date
    new: date
    moved_at: datetime
    words: str


class Complaint(Record, tag="complaint", frozen=True, kw_only=True):
    """What a customer complained of, and all that was done about it. Its steps follow ISO 10002.

    text: with the understood marks lifted out. line: the whole line as typed. wants: what would make it right.
    channel, weight, safety: None where nobody said. received_by, owner: ids, or empty. about: ids of the people whom it
    is about. story: the one it came out of.
    lesson: what was learned; because: why there is nothing to learn. content: whether the customer was, afterwards.
    kept_back: also left out of the agenda, which otherwise names a step due with its customer and owner.
    nameless: the day on which the names of the customer and of those it is about were removed.
    """

    text: str
    line: str
    customer: str = ""
    channel: ComplaintChannel | None = None
    received_by: str = ""
    wants: str = ""
    owner: str = ""
    weight: Weight | None = None
    safety: bool | None = None
    about: tuple[str, ...] = ()
    story: str | None = None
    state: Literal["open", "closed"] = "open"
    steps: tuple[Step, ...] = ()
    moves: tuple[Agreed, ...] = ()
    finding: Finding | None = None
    cause: Cause | None = None
    offers: tuple[Offer, ...] = ()
    content: Content = "unasked"
    lesson: str = ""
    because: str = ""
    kept_back: bool = False
    nameless: date | None = None

    @property
    def private(self) -> bool:
        """Always: whom it is about, and how serious it is, is for the manager only."""
        return True
