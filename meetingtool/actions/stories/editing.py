"""Changing a record by its line: the line to begin with, and what the changed line means."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.customers.revising import Noted, line_of_noted
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.actions.stories.follow_ups import move
from meetingtool.actions.stories.stories import deepen, edit_story, understand
from meetingtool.errors import Refused
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.money import minor_digits
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.records.voices import Voice
from meetingtool.rules.capture import compose
from meetingtool.rules.capture.amounts import sign_of
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.table import words_for
from meetingtool.rules.stories.kept_back import as_wanted
from meetingtool.store import Workspace


def check_there(workspace: Workspace, record: Record) -> None:
    """Refused for what was moved to the bin since it was read; NotFound for what is no longer kept at all."""
    if workspace.get(type(record), record.id).removed_at is not None:
        word = "story" if isinstance(record, Story) else words_for(record).long
        raise Refused(f"This {word} was removed elsewhere.", "Use undo or the bin to restore it.")


Lined = Story | FollowUp | Voice | Noted
"""What is told in a line, and can be changed by it."""


def line_of(workspace: Workspace, record: Lined, now: datetime) -> str:
    """The line for the record as it is now, to be edited.

    Promises and actions of a story are not in it: they are records of their own. Nor is a follow-up's date, which is
    agreed again rather than edited; a date in the changed line does that.
    """
    roster = roster_of(workspace, now.date())
    if isinstance(record, Noted):
        return line_of_noted(record, roster)
    if isinstance(record, FollowUp):
        return compose(
            record.text,
            roster=roster,
            people=record.people,
            customer=record.customer,
            private=record.private and not record.by_wish,
            unsorted=record.unsorted,
        )
    if isinstance(record, Voice):
        return compose(
            record.text,
            roster=roster,
            people=record.people,
            standards=record.standards,
            customer=record.customer,
            starred=record.starred,
            private=record.kept_back and not record.by_wish,
        )
    return compose(
        record.text,
        roster=roster,
        people=record.people,
        standards=record.standards,
        customer=record.customer,
        fund_minor=record.fund.minor if record.fund else None,
        fund_sign=sign_of(record.fund.currency, settings_of(workspace).currency) if record.fund else "",
        starred=record.starred,
        private=record.private and not record.by_wish,
        unsorted=record.unsorted,
        minor_digits=minor_digits(record.fund.currency if record.fund else settings_of(workspace).currency),
    )


def revise_story(workspace: Workspace, story: Story, line: str, told: StoryDetails, now: datetime) -> Story:
    """Change a story's line and, for a sticky situation, what was said beyond it, as one deed.

    What is the same stays; nothing is saved when all is. Refused like `edit_story` and `check_there`.
    """
    check_there(workspace, story)
    with workspace.batch(deeds.STORY_EDITED, now):
        revised = story
        if line.strip() != line_of(workspace, story, now):
            revised = _with_unknown(workspace, story, edit_story(workspace, story, line, now).story, now)
        if any(getattr(revised, name) != said for name, said in _given(told)):
            revised = deepen(workspace, revised, told, now)
    return revised


def _given(told: StoryDetails) -> list[tuple[str, str]]:
    return [(name, said.strip()) for name, said in msgspec.structs.asdict(told).items() if said is not None]


def _with_unknown(workspace: Workspace, before: Story, after: Story, now: datetime) -> Story:
    """People and standards in the bin can't be written in a line, so an edited line does not remove them."""
    roster = roster_of(workspace, now.date())
    people = tuple(one for one in before.people if roster.person_of(one) is None)
    standards = tuple(one for one in before.standards if roster.standard_of(one) is None)
    if not people and not standards:
        return after
    whole = msgspec.structs.replace(
        after,
        version=after.version + 1,
        people=after.people + people,
        standards=after.standards + standards,
    )
    workspace.save(whole, deed=deeds.STORY_EDITED, now=now)
    return whole


def revise_follow_up(workspace: Workspace, follow_up: FollowUp, line: str, now: datetime) -> FollowUp:
    """Change what is promised, to whom and by whom, by a line such as `@tom refund posted ^Acme by fri`.

    A date in the line is a new date agreed today, unless it is the present one: `by 10 Nov` without a year means that
    day in the year in which it was promised. What came out of a story stays as private as the story. Refused when
    nothing is left of the words, and like `move` and `check_there`.
    """
    check_there(workspace, follow_up)
    capture = understand(workspace, line, now, day=follow_up.at.date(), whole=follow_up.kind)
    promised = capture.pledges[0]
    if not promised.text:
        raise Refused("A follow-up needs words.", "To get rid of it, remove or drop it.")
    born = bool(follow_up.story or (follow_up.source_id and follow_up.by_wish))
    changed = msgspec.structs.replace(
        follow_up,
        version=follow_up.version + 1,
        text=promised.text,
        people=capture.people,
        customer=capture.customer,
        private=follow_up.private if born else capture.private,
        by_wish=follow_up.by_wish if born else False,
        unsorted=() if follow_up.story else capture.unsorted,
    )
    changed = changed if born else as_wanted(changed, roster_of(workspace, now.date()))
    with workspace.batch(deeds.FOLLOW_UP_EDITED, now):
        if changed != msgspec.structs.replace(follow_up, version=changed.version):
            workspace.save(changed, deed=deeds.FOLLOW_UP_EDITED, now=now)
            follow_up = changed
        if promised.due is not None and promised.due != follow_up.due:
            follow_up = move(workspace, follow_up, promised.due, now)
    return follow_up
