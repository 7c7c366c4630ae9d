"""Sorting out open marks: what they mean by now, or that they are plain words."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.people.team import add_person
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.editing import line_of, revise_follow_up
from meetingtool.actions.stories.kept_back import look_again, with_former_names
from meetingtool.actions.stories.open_marks import OpenMark
from meetingtool.actions.stories.stories import edit_story, understand
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.capture import with_mark
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.roster import HANDLE, Roster
from meetingtool.store import Workspace


def credit(
    workspace: Workspace, mark: OpenMark, meant: Person | Standard, now: datetime
) -> tuple[Story | FollowUp, ...]:
    """Let a mark mean a person or a standard wherever it is open, as one deed.

    The line is read again as if it had been typed that way: a name within a sentence stays there. Promises and actions
    that were made with the story and still belong to the people it named follow it, also where the mark is only in one
    of them.
    """
    with workspace.batch(deeds.SORTED_OUT, now):
        found = tuple(_reworded(workspace, record, mark.mark, meant, now) for record in _still_open(workspace, mark))
        if isinstance(meant, Person):
            _call(workspace, meant.id, mark.mark.removeprefix("@"), now)
        return found


def _call(workspace: Workspace, person_id: str, name: str, now: datetime) -> None:
    """Keep what somebody was called by, where it is none of their names: praise under that name is theirs, too."""
    person = workspace.get(Person, person_id)
    if any(one.id == person_id for one in roster_of(workspace, now.date()).called(name)):
        return
    called = with_former_names(workspace, person, name)
    if called == person:
        return
    workspace.save(msgspec.structs.replace(called, version=person.version + 1), deed=deeds.SORTED_OUT, now=now)
    if person.thanks == "private":
        look_again(workspace, deeds.SORTED_OUT, now)


def add_and_credit(
    workspace: Workspace, mark: OpenMark, name: str, now: datetime
) -> tuple[Person, tuple[Story | FollowUp, ...]]:
    """Add somebody to the team and let the mark mean them, as one deed. The mark becomes the handle where it can."""
    with workspace.batch(deeds.SORTED_OUT, now):
        _still_open(workspace, mark)
        roster = roster_of(workspace, now.date())
        handle = fold(mark.mark.removeprefix("@"))
        usable = HANDLE.fullmatch(handle) is not None and not roster.meant_by(mark.mark)
        person = add_person(workspace, name, now, handle=handle if usable else "")
        return person, credit(workspace, mark, person, now)


def as_words(workspace: Workspace, mark: OpenMark, now: datetime) -> tuple[Story | FollowUp, ...]:
    """Let a mark be plain words wherever it is open, as one deed: nobody is meant, and what was said stays."""
    kept: list[Story | FollowUp] = []
    with workspace.batch(deeds.SORTED_OUT, now):
        for record in _still_open(workspace, mark):
            rest = tuple(each for each in record.unsorted if fold(each) != fold(mark.mark))
            changed = msgspec.structs.replace(record, version=record.version + 1, unsorted=rest)
            workspace.save(changed, deed=deeds.SORTED_OUT, now=now)
            kept.append(changed)
    return tuple(kept)


def _still_open(workspace: Workspace, mark: OpenMark) -> list[Story | FollowUp]:
    """The records of a mark as they are now, in which it is still open. Refused where it is in none: somebody was
    faster."""
    current = [workspace.get(type(record), record.id) for record in mark.records]
    found = [r for r in current if r.removed_at is None and fold(mark.mark) in map(fold, r.unsorted)]
    if not found:
        raise Refused(
            f"“{wording.one_line(mark.mark)}” was sorted out meanwhile.",
            "`meetingtool undo --list` shows what was done.",
        )
    return found


def _reworded(
    workspace: Workspace, record: Story | FollowUp, mark: str, meant: Person | Standard, now: datetime
) -> Story | FollowUp:
    roster = roster_of(workspace, now.date())
    other = f"@{meant.handle}" if isinstance(meant, Person) else f"#{meant.tag}"
    spelt = [each for each in record.unsorted if fold(each) == fold(mark)]
    rest = tuple(each for each in record.unsorted if each not in spelt)
    text = with_mark(record.text, spelt, other, roster)
    reworded = msgspec.structs.replace(record, text=text, unsorted=(*rest, other))
    if isinstance(record, FollowUp):
        return revise_follow_up(workspace, record, line_of(workspace, reworded, now), now)
    if not _stands(record.text, spelt, roster):  # it is only in a promise
        people = (*record.people, meant.id) if isinstance(meant, Person) else record.people
        standards = (*record.standards, meant.id) if isinstance(meant, Standard) else record.standards
        reworded = msgspec.structs.replace(record, unsorted=rest, people=people, standards=standards)
    follow_ups = workspace.find(FollowUp, story=record.id)
    changed = edit_story(workspace, record, line_of(workspace, reworded, now), now).story
    for follow_up in follow_ups:
        _follow(workspace, follow_up, record, changed, spelt, other, now)
    return changed


def _follow(
    workspace: Workspace,
    follow_up: FollowUp,
    before: Story,
    after: Story,
    spelt: list[str],
    other: str,
    now: datetime,
) -> None:
    """Let a promise or an action of a story mean the same people, and name them."""
    people = after.people if follow_up.people == before.people else follow_up.people
    roster, text = roster_of(workspace, now.date()), follow_up.text
    if _stands(text, spelt, roster):
        said = msgspec.structs.replace(follow_up, text=with_mark(text, spelt, other, roster), unsorted=(other,))
        capture = understand(workspace, line_of(workspace, said, now), now, whole=follow_up.kind)
        text = capture.pledges[0].text or text
    if (people, text) != (follow_up.people, follow_up.text):
        later = msgspec.structs.replace(follow_up, version=follow_up.version + 1, people=people, text=text)
        workspace.save(later, deed=deeds.SORTED_OUT, now=now)


def _stands(text: str, marks: list[str], roster: Roster) -> bool:
    return with_mark(text, marks, "", roster) != text
