"""Sorting out open marks: what they mean by now, or that they are plain words."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.people.team import add_person
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.actions.stories.open_marks import OpenMark
from meetingtool.actions.stories.stories import edit_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.money import minor_digits
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.capture import line_of, with_mark
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.roster import HANDLE
from meetingtool.store import Workspace


def credit(workspace: Workspace, mark: OpenMark, meant: Person | Standard, now: datetime) -> tuple[Story, ...]:
    """Let a mark mean a person or a standard in all its stories, as one deed.

    The line is read again as if it had been typed that way: a name within a sentence stays there. Promises and actions
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
