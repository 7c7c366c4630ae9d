"""What a captured line consists of."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

PledgeKind = Literal["promise", "action"]
MarkKind = Literal[
    "person",
    "standard",
    "customer",
    "promise",
    "action",
    "fund",
    "star",
    "private",
    "unknown-person",
    "unknown-standard",
]


class Mark(msgspec.Struct, frozen=True):
    """A stretch of the line to highlight: `text` is `line[start:end]`, sigil included.

    Marks are in the order of their starts. That of a promise or an action reaches to its end, so that others may be
    inside it; a due date after other marks is a second mark of the same kind.
    """

    kind: MarkKind
    start: int
    end: int
    text: str


class Pledge(msgspec.Struct, frozen=True):
    """A promise to the customer, or an action for us. It belongs to the people of its line."""

    kind: PledgeKind
    text: str
    due: date | None = None


class Capture(msgspec.Struct, frozen=True):
    """A line and what was understood of it.

    text: the words, with the understood marks lifted out. people, standards: ids in the order named, once each.
    fund_minor: spent from the service recovery fund, in minor units of the workspace's currency.
    unsorted: marks that fit nobody and no standard, as typed and once each; they stay in the text. no_days: why what
    looked like a due date isn't one, such as "There is no 31 February."; its words stay. left: what else stays in the
    text, and why: a second customer, or money in another currency.
    """

    line: str
    text: str
    people: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    customer: str = ""
    pledges: tuple[Pledge, ...] = ()
    fund_minor: int | None = None
    starred: bool = False
    private: bool = False
    unsorted: tuple[str, ...] = ()
    no_days: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to say about what could not be understood, in whole sentences."""
        days = (f"{why} It stays in the text, and there is no date." for why in self.no_days)
        return (*days, *(f"{why} It stays in the text." for why in self.left))

    @property
    def alone(self) -> PledgeKind | None:
        """What the line is if it is one promise or action and says nothing else: `> tidy up by fri`."""
        tells = self.text.strip() or self.standards or self.fund_minor is not None or self.starred
        return self.pledges[0].kind if len(self.pledges) == 1 and not tells else None
