"""Promises to customers and actions for the team: noting, keeping, missing, dropping, moving."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from meetingtool.actions.reading import moment_on, roster_of
from meetingtool.actions.stories.stories import understand
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp, FollowUpKind, FollowUpState, Moved
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.stories.due import late_move
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk

_DEEDS = {"kept": deeds.KEPT, "missed": deeds.MISSED, "dropped": deeds.DROPPED}


def record_follow_up(
    workspace: Workspace,
    kind: FollowUpKind,
    line: str,
    now: datetime,
    *,
    on: date | None = None,
    at: datetime | None = None,
    meeting: str | None = None,
    story: str | None = None,
    follow_up_id: str | None = None,
) -> FollowUp:
    """Record a line such as `@tom refund posted ^Acme by fri` as a promise or an action.

    The whole line is what is promised, except `by DATE`, which is read from today. `follow_up_id` as in `record_story`.
    """
    if follow_up_id is not None:
        known = [f for f in workspace.find(FollowUp, removed=None) if f.id == follow_up_id]
        if known:
            return known[0]
    when = at or moment_on(on, now)
    capture = understand(workspace, line, at or now, day=when.date(), whole=kind)
    promised = capture.pledges[0]
    follow_up = FollowUp(
        id=follow_up_id or mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        kind=kind,
        text=promised.text if promised.text.strip(" !>") else capture.line,
        due=promised.due,
        people=capture.people,
        customer=capture.customer,
        story=story,
        meeting=meeting,
        private=capture.private,
        unsorted=capture.unsorted,
    )
    follow_up = _as_wanted(workspace, follow_up, now)
    workspace.save(follow_up, deed=deeds.PROMISE if kind == "promise" else deeds.ACTION, now=now)
    return follow_up


def _as_wanted(workspace: Workspace, follow_up: FollowUp, now: datetime) -> FollowUp:
    """The follow-up, private where it thanks somebody who wants that in private."""
    from meetingtool.rules.stories.kept_back import as_wanted

    return as_wanted(follow_up, roster_of(workspace, now.date()))


def decide(
    workspace: Workspace,
    follow_up: FollowUp,
    state: FollowUpState,
    now: datetime,
    *,
    note: str = "",
    on: date | None = None,
    at: datetime | None = None,
) -> FollowUp:
    """Mark as kept, missed or dropped. Refused when it is that already, and for a day before it was made."""
    if follow_up.state == state:
        raise Refused(f"This {follow_up.kind} is already {state}.", "`undo` reverses the last change.")
    if state == "open":
        return reopen(workspace, follow_up, now)
    when = at or moment_on(on, now)
    if when.date() < follow_up.at.date():
        made = wording.day(follow_up.at.date(), now.date())
        raise Refused(f"That is before it was made, on {made}.", "Give a later day, or leave it out for today.")
    changed = msgspec.structs.replace(
        follow_up,
        version=follow_up.version + 1,
        state=state,
        decided_at=when,
        note=wording.storable(note).strip() or follow_up.note,
    )
    workspace.save(changed, deed=_DEEDS[state], now=now)
    return changed


def reopen(workspace: Workspace, follow_up: FollowUp, now: datetime) -> FollowUp:
    """Open a decided follow-up again."""
    changed = msgspec.structs.replace(follow_up, version=follow_up.version + 1, state="open", decided_at=None)
    workspace.save(changed, deed=deeds.REOPENED, now=now)
    return changed


def move(
    workspace: Workspace, follow_up: FollowUp, due: date | None, now: datetime, *, at: datetime | None = None
) -> FollowUp:
    """Agree a new due date. Refused for a decided follow-up and for a date that is past."""
    if follow_up.state != "open":
        raise Refused(
            f"This {follow_up.kind} is {follow_up.state}; only an open one can be moved.", "Record a new one instead."
        )
    when = at or now
    if due is not None and due < when.date():
        raise Refused(f"{wording.day(due, when.date())} is in the past.", "Give a future date.")
    changed = msgspec.structs.replace(
        follow_up, version=follow_up.version + 1, due=due, moves=(*follow_up.moves, Moved(follow_up.due, due, when))
    )
    workspace.save(changed, deed=deeds.MOVED, now=now)
    return changed


def new_day(desk: Desk, follow_up: FollowUp, text: str) -> date:
    """The new due date that was typed: a day without its year is the first such day after the follow-up was made, as in
    its line, so that one that has passed is refused."""
    return msgspec.structs.replace(desk.dates, since=follow_up.at.date()).read(text)


def before_move(desk: Desk, follow_up: FollowUp) -> str:
    """What to say before a follow-up gets a new date; empty when there is nothing to say.

    That a miss counts concerns the score, so it isn't said in the room; nor where it may count for nobody because the
    promise came out of a sticky situation.
    """
    story = None
    if follow_up.story is not None:
        with suppress(NotFound):
            story = desk.workspace.get(Story, follow_up.story)
    sticky = story is not None and story.kind == "sticky"
    return late_move(follow_up, desk.today, counts=not desk.room and not sticky)


def assign(workspace: Workspace, follow_up: FollowUp, people: tuple[str, ...], now: datetime) -> FollowUp:
    """Give a follow-up to people, by their ids."""
    changed = msgspec.structs.replace(follow_up, version=follow_up.version + 1, people=people)
    workspace.save(changed, deed=deeds.FOLLOW_UP_EDITED, now=now)
    return changed
