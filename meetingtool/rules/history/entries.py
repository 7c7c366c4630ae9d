"""Stories, follow-ups and minutes as the search sees them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal, TypeVar

import msgspec

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules.roster import Roster
from meetingtool.rules.words import haystack

R = TypeVar("R", Story, FollowUp, Story | FollowUp)
EntryKind = Literal["win", "sticky", "praise", "promise", "action", "meeting"]
SEARCHED = (Story, FollowUp, Meeting)
Found = Story | FollowUp | Meeting
"""What can be searched for. Of a meeting it is the notes and the answers to the question of the week."""


NOWHERE = -1


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A story, a follow-up or the minutes of a meeting in what can be searched of it.

    moment: its `at` as seconds since 1970. day: its date where it happened; month: `2026-03`.
    flags: what `is:` finds it by. customer, hay: `words.haystack` of its customer, and of all its words with the
    names of the people involved. place: where its record stands in its book, as the store told; NOWHERE if it did not.
    """

    id: str
    kind: EntryKind
    moment: float
    day: date
    month: str
    people: tuple[str, ...]
    standards: tuple[str, ...]
    flags: frozenset[str]
    customer: str
    hay: str
    place: int = NOWHERE

    @property
    def private(self) -> bool:
        """Whether it is never drawn in room."""
        return "private" in self.flags


class Names(dict[str, str]):
    """The names of people by id, as they stand in a haystack."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def __missing__(self, person_id: str) -> str:
        person = self.roster.person_of(person_id)
        self[person_id] = names = haystack([person.name, *person.nicknames]) if person else ""
        return names


def said_in(meeting: Meeting) -> str:
    """The notes of a meeting and what was answered to its question, a line each; empty when nothing was."""
    return "\n".join(words for words in (meeting.notes.strip(), *meeting.answers) if words)


def searchable(record: Found) -> bool:
    """Whether there is anything to find: not in the bin, and a meeting only with notes or answers."""
    if record.removed_at is not None:
        return False
    return not isinstance(record, Meeting) or bool(said_in(record))


def texts_of(record: Found) -> tuple[str, ...]:
    """All that is said in a record, but for the customer's name."""
    if isinstance(record, Meeting):
        return record.title, record.notes, *record.answers
    if isinstance(record, Story):
        return record.text, record.happened, record.handled, record.learned, record.ended, record.reward
    return record.text, record.note


FLAGS_OF_MINUTES = frozenset({"meeting"})


@cache
def month_of(year: int, month: int) -> str:
    """`2026-03`."""
    return f"{year:04}-{month:02}"
