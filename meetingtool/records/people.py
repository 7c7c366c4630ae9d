"""The people on the team."""

from datetime import date
from typing import Literal

from meetingtool.records.base import Record

Thanks = Literal["ask", "public", "private"]


class Person(Record, tag="person", frozen=True, kw_only=True):
    """An employee on the team.

    handle: unique, lower case, without the `@`. former_handles still find the person after a rename. former_names: full
    names before the present one; former_nicknames: those given up, and marks that were sorted out as the person's. Both
    only say whom words name, for somebody who wants to be thanked in private.
    started, left: first day on the team and last day on it, where known.
    number: the employee number of the HR system, where a roster gave one.
    thanks: how the person likes to be thanked; `private` means never before others. meets_customers: whether customers
    could name them at all.
    merged: ids of other entries of the same person that were merged into this; evaluations may still name them.
    """

    kept_in = "team"

    handle: str
    name: str
    nicknames: tuple[str, ...] = ()
    role: str = ""
    started: date | None = None
    left: date | None = None
    email: str = ""
    number: str = ""
    former_handles: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    former_nicknames: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    thanks: Thanks = "ask"
    meets_customers: bool = True

    def on_team(self, day: date) -> bool:
        """Whether the person is on the team on `day` (the leaving date is the last day)."""
        return (self.started is None or self.started <= day) and (self.left is None or day <= self.left)
