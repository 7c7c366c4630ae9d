"""What the team is there for: sentences it agreed on, and the groups of people it serves."""

from datetime import date
from typing import Literal

import msgspec

from meetingtool.records.base import Record

Section = Literal["vision", "customers", "promise", "values", "service", "own"]
KnownFrom = Literal["survey", "calls", "complaints", "said"]


class Statement(Record, tag="statement", frozen=True, kw_only=True):
    """One sentence of the philosophy; a proposal until the team has agreed on it.

    questions: ids of those whose answers it was distilled from. agreed_on: None for a proposal. agreed_in: the id of
    the meeting in which it was agreed. agreed_with: ids of the people who were there. read_again: when it is to be read
    again. retired: the day from which it no longer holds.
    """

    kept_in = "team"

    section: Section
    text: str
    questions: tuple[str, ...] = ()
    agreed_on: date | None = None
    agreed_in: str | None = None
    agreed_with: tuple[str, ...] = ()
    read_again: date | None = None
    order: int = 0
    retired: date | None = None


class GroupNeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a group needs of us, and how we know."""

    text: str
    known_from: KnownFrom = "said"


class Group(Record, tag="group", frozen=True, kw_only=True):
    """A group of people whom the team serves, such as commuters with one bike. who: what they have in common.

    retired: the day from which it is no longer served.
    """

    kept_in = "team"

    name: str
    who: str = ""
    needs: tuple[GroupNeed, ...] = ()
    order: int = 0
    retired: date | None = None
