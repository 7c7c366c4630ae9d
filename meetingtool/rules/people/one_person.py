"""Records that name another entry of the same person, as if they had always named the one that was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Attendance, Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story

R = TypeVar("R", bound=Record)

PRESENT = ("absent", "late", "here")
"""Of two notes about one person at one meeting the last of these stands."""


def pointed(record: R, to: Mapping[str, str]) -> R:
    """The record in the same version with ids of people exchanged; the very same when it names none of them.

    to: id -> id to have in its place. Somebody who is then named twice is named once. What is locked in an evaluation
    stays word for word.
    """
    changes: dict[str, object] = {}
    if isinstance(record, Story | FollowUp) and not to.keys().isdisjoint(record.people):
        changes["people"] = tuple(dict.fromkeys(to.get(person, person) for person in record.people))
    elif isinstance(record, Rating | Evaluation) and record.person in to:
        changes["person"] = to[record.person]
    elif isinstance(record, Meeting) and any(entry.person in to for entry in record.attendance):
        changes["attendance"] = _attendance(record.attendance, to)
    if not changes:
        return record
    exchanged: R = msgspec.structs.replace(record, **changes)
    return exchanged


def _attendance(entries: Iterable[Attendance], to: Mapping[str, str]) -> tuple[Attendance, ...]:
    """One note for each person, in the place of the first one."""
    noted: dict[str, Attendance] = {}
    for entry in entries:
        person = to.get(entry.person, entry.person)
        before = noted.get(person)
        best = entry.presence if before is None else max(before.presence, entry.presence, key=PRESENT.index)
        noted[person] = Attendance(person, best)
    return tuple(noted.values())
