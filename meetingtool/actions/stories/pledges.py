"""Promises and actions that are born from a line."""

from __future__ import annotations

from datetime import datetime

from meetingtool.actions.reading import roster_of
from meetingtool.records.base import Record, mint
from meetingtool.records.followups import FollowUp, Source
from meetingtool.rules.capture import Capture
from meetingtool.rules.stories.kept_back import as_wanted
from meetingtool.store import Workspace


def pledged(
    workspace: Workspace,
    capture: Capture,
    record: Record,
    source: Source,
    now: datetime,
    *,
    people: tuple[str, ...] = (),
    customer: str = "",
    meeting: str | None = None,
) -> tuple[FollowUp, ...]:
    """The follow-ups of a line, as private as the record that they were born from, or as their own words want it.
    source: blank for a story. people: who is to do them.
    """
    if not capture.pledges:
        return ()
    roster = roster_of(workspace, now.date())
    made = (
        FollowUp(
            id=mint(now),
            at=record.at,
            made_at=now,
            made_by=workspace.user,
            kind=pledge.kind,
            text=pledge.text,
            due=pledge.due,
            people=people,
            customer=customer,
            meeting=meeting,
            story=None if source else record.id,
            source=source,
            source_id=record.id if source else None,
            private=record.private,
            by_wish=getattr(record, "by_wish", False),
        )
        for pledge in capture.pledges
    )
    return tuple(made if record.private else (as_wanted(one, roster) for one in made))
