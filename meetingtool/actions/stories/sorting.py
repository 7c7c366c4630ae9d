"""Sorting out the marks in stories that nobody on the team and no standard answered to when they were told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from meetingtool.actions.desk import Desk
from meetingtool.actions.people.team import add_person
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.actions.stories.stories import edit_story
from meetingtool.errors import NotFound
from meetingtool.records.followups import FollowUp
from meetingtool.records.money import minor_digits
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.capture import line_of, with_mark
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.roster import HANDLE
from meetingtool.store import Workspace


class OpenMark(msgspec.Struct, frozen=True):
    """A mark such as `@jo` or `#tga` with the stories in which it stands open, the newest first.

    people, standard: whom and what it may mean by now, since the team has changed; often nobody and nothing.
    """

    mark: str
    stories: tuple[Story, ...]
    people: tuple[Person, ...] = ()
    standard: Standard | None = None

    @property
    def names_a_person(self) -> bool:
        """Whether it stands for a person, rather than for a standard."""
        return self.mark.startswith("@")


def open_marks(desk: Desk, stories: Iterable[Story]) -> list[OpenMark]:
    """The marks that are open in these stories, as they come; spelt in capitals or not, it is the same mark."""
    found: dict[str, list[Story]] = {}
    spelt: dict[str, str] = {}
    for story in stories:
        for mark in story.unsorted:
            spelt.setdefault(fold(mark), mark)
            found.setdefault(fold(mark), []).append(story)
    return [_open_mark(desk, spelt[key], tuple(dict.fromkeys(told))) for key, told in found.items()]


def _open_mark(desk: Desk, mark: str, stories: tuple[Story, ...]) -> OpenMark:
    if mark.startswith("@"):
        return OpenMark(mark, stories, people=desk.roster.meant_by(mark))
    return OpenMark(mark, stories, standard=desk.roster.standard(mark))


def mark_named(desk: Desk, text: str) -> OpenMark:
    """The open mark of that spelling, in all years; NotFound where no story has it open."""
    wanted = fold(text.strip())
    every = open_marks(desk, reversed(desk.stories()))
    for sign in ("", "@", "#"):
        found = next((mark for mark in every if fold(mark.mark) == sign + wanted), None)
        if found is not None:
            return found
    raise NotFound(
        f"“{wording.shortened(text, 40)}” is not waiting in any story.",
        "`meetingtool sort-out` lists the ones that are.",
    )


def marks_of(desk: Desk, people: Iterable[Person]) -> list[OpenMark]:
    """The open marks that may mean one of these people."""
    ids = {person.id for person in people}
    marks = open_marks(desk, desk.unsorted())
    return [mark for mark in marks if any(person.id in ids for person in mark.people)]


def credit(workspace: Workspace, mark: OpenMark, meant: Person | Standard, now: datetime) -> tuple[Story, ...]:
    """Let a mark mean a person or a standard in all its stories, as one deed.

    The line is understood anew as if it had been typed so: a name within a sentence stays there. Promises and actions
    that were made with the story, and are still of the people it named, follow it.
    """
    other = f"@{meant.handle}" if isinstance(meant, Person) else f"#{meant.tag}"
    with workspace.batch(deeds.SORTED_OUT, now):
        return tuple(_reworded(workspace, story, mark.mark, other, now) for story in _still_open(workspace, mark))


def add_and_credit(workspace: Workspace, mark: OpenMark, name: str, now: datetime) -> Person:
    """Add somebody to the team and let the mark mean them, as one deed. The mark becomes the handle where it can."""
    with workspace.batch(deeds.SORTED_OUT, now):
        roster = roster_of(workspace, now.date())
        handle = fold(mark.mark.removeprefix("@"))
        usable = HANDLE.fullmatch(handle) is not None and not roster.meant_by(mark.mark)
        person = add_person(workspace, name, now, handle=handle if usable else "")
        credit(workspace, mark, person, now)
    return person


def as_words(workspace: Workspace, mark: OpenMark, now: datetime) -> tuple[Story, ...]:
    """Let a mark be plain words in all its stories, as one deed: nobody is meant, and what was said stays."""
    kept = []
    with workspace.batch(deeds.SORTED_OUT, now):
        for story in _still_open(workspace, mark):
            rest = tuple(each for each in story.unsorted if fold(each) != fold(mark.mark))
            changed = msgspec.structs.replace(story, version=story.version + 1, unsorted=rest)
            workspace.save(changed, deed=deeds.SORTED_OUT, now=now)
            kept.append(changed)
    return tuple(kept)


def _still_open(workspace: Workspace, mark: OpenMark) -> list[Story]:
    """The stories of a mark as they are now, in which it is still open."""
    current = [workspace.get(Story, story.id) for story in mark.stories]
    return [s for s in current if s.removed_at is None and fold(mark.mark) in map(fold, s.unsorted)]


def _reworded(workspace: Workspace, story: Story, mark: str, other: str, now: datetime) -> Story:
    roster = roster_of(workspace, now.date())
    digits = minor_digits(story.fund.currency if story.fund else settings_of(workspace).currency)
    spelt = [each for each in story.unsorted if fold(each) == fold(mark)]
    text = with_mark(story.text, spelt, other, roster, digits)
    rest = tuple(each for each in story.unsorted if each not in spelt)
    reworded = msgspec.structs.replace(story, text=text, unsorted=(*rest, other))
    follow_ups = [f for f in workspace.find(FollowUp, story=story.id) if f.people == story.people]
    changed = edit_story(workspace, story, line_of(reworded, roster, minor_digits=digits), now).story
    for follow_up in follow_ups:
        later = msgspec.structs.replace(follow_up, version=follow_up.version + 1, people=changed.people)
        workspace.save(later, deed=deeds.SORTED_OUT, now=now)
    return changed


def in_words(marks: Sequence[OpenMark]) -> list[str]:
    """What to tell after the team has changed: which open marks may mean somebody now."""
    return [
        f"“{wording.one_line(mark.mark)}” needs sorting out in {wording.count(len(mark.stories), 'story', 'stories')}: "
        f"meetingtool sort-out {mark.mark} --as @{mark.people[0].handle}"
        for mark in marks
    ]
