"""The people of a roster, as a file or typed lines give them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from meetingtool.importers.columns import Mapped

LONGEST_NAME = 200
LONGEST_NICKNAME = 60
LONGEST_HANDLE = 60
LONGEST_ROLE = 200
LONGEST_EMAIL = 254
LONGEST_NUMBER = 60


class RosterRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person as a roster gives them. line: where in the file. handle: the one asked for, or empty."""

    line: int
    name: str
    nicknames: tuple[str, ...] = ()
    handle: str = ""
    role: str = ""
    email: str = ""
    number: str = ""
    started: date | None = None
    left: date | None = None


class Skipped(msgspec.Struct, frozen=True):
    """A line that gives nobody to import, and why."""

    line: int
    why: str


class RosterDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a roster says, before anything is kept.

    notes: what a person should know about how it was read. gone: who has left, on a day that the roster does not give.
    question: what the file doesn't show and has to be decided before it is imported; empty where all is clear.
    mapping: the columns in use; unused: names of the others.
    mapping_in_words: `Employee_Name -> name, DateofHire -> start date, not used: Sex and Desk`.
    """

    rows: tuple[RosterRow, ...]
    notes: tuple[str, ...]
    mapping: tuple[Mapped, ...]
    unused: tuple[str, ...]
    mapping_in_words: str
    skipped: tuple[Skipped, ...] = ()
    gone: tuple[RosterRow, ...] = ()
    question: str = ""
