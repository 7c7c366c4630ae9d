"""The marks in stories and promises that fitted nobody on the team and no standard when they were told."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.errors import NotFound
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.folding import fold


class OpenMark(msgspec.Struct, frozen=True):
    """A mark such as `@jo` or `#tga` with the stories, promises and actions in which it is open, the newest first.

    people, standard: whom and what it may mean by now, since the team has changed; often nobody and nothing.
    """

    mark: str
    records: tuple[Story | FollowUp, ...]
    people: tuple[Person, ...] = ()
    standard: Standard | None = None

    @property
    def names_a_person(self) -> bool:
        """Whether it stands for a person, rather than for a standard."""
        return self.mark.startswith("@")

    @property
    def places(self) -> str:
        """How many records have it: `2 stories and 1 promise`."""
        return places(self.records)


def places(records: Sequence[Story | FollowUp]) -> str:
    """How many records these are: `2 stories and 1 promise`."""
    kinds = ["story" if isinstance(record, Story) else record.kind for record in records]
    words = (("story", "stories"), ("promise", "promises"), ("action", "actions"))
    return wording.listed([wording.count(kinds.count(one), one, many) for one, many in words if one in kinds])


def every_open_mark(desk: Desk) -> list[OpenMark]:
    """The open marks of all years, those of the latest record first."""
    records: list[Story | FollowUp] = [*desk.stories(), *desk.follow_ups()]
    return open_marks(desk, sorted(records, key=lambda record: (record.at, record.id), reverse=True))


def open_marks(desk: Desk, records: Iterable[Story | FollowUp]) -> list[OpenMark]:
    """The marks that are open in these records, as they come; spelt in capitals or not, it is the same mark."""
    found: dict[str, list[Story | FollowUp]] = {}
    spelt: dict[str, str] = {}
    for record in records:
        for mark in record.unsorted:
            spelt.setdefault(fold(mark), mark)
            found.setdefault(fold(mark), []).append(record)
    return [_open_mark(desk, spelt[key], tuple(dict.fromkeys(told))) for key, told in found.items()]


def _open_mark(desk: Desk, mark: str, records: tuple[Story | FollowUp, ...]) -> OpenMark:
    if mark.startswith("@"):
        roster = desk.roster
        people = roster.meant_by(mark) or roster.alike(mark) or roster.meant_by(mark.split()[0])
        return OpenMark(mark, records, people=people)
    return OpenMark(mark, records, standard=desk.roster.standard(mark))


def mark_named(desk: Desk, text: str) -> OpenMark:
    """The open mark of that spelling, in all years; NotFound where nothing has it open."""
    wanted = fold(text.strip())
    every = every_open_mark(desk)
    for sign in ("", "@", "#"):
        found = next((mark for mark in every if fold(mark.mark) == sign + wanted), None)
        if found is not None:
            return found
    raise NotFound(
        f"“{wording.shortened(text, 40)}” is not waiting to be sorted out.",
        "`meetingtool sort-out` lists the ones that are.",
    )


def marks_of(desk: Desk, people: Iterable[Person]) -> list[OpenMark]:
    """The open marks that may mean one of these people."""
    ids = {person.id for person in people}
    marks = open_marks(desk, desk.unsorted())
    return [mark for mark in marks if any(person.id in ids for person in mark.people)]


def typed(mark: str) -> str:
    """A mark as it is typed after a command: in quotes where it has a blank."""
    return shlex.quote(mark) if " " in mark else mark


def in_words(marks: Sequence[OpenMark]) -> list[str]:
    """What to say after the team has changed: which open marks may mean somebody now."""
    return [
        f"“{wording.one_line(mark.mark)}” needs sorting out in {mark.places}: "
        f"meetingtool sort-out {typed(mark.mark)} --as @{mark.people[0].handle}"
        for mark in marks
    ]
