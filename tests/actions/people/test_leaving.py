"""What is open in the name of somebody who leaves is named, and handed over as one deed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.people.leaving import hand_over, left_open, open_of
from meetingtool.actions.people.team import leave
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.store import Workspace


@pytest.fixture
def tom(workspace: Workspace) -> Person:
    """Tom, who is about to leave."""
    return workspace.find(Person, handle="tom")[0]


@pytest.fixture
def zoe(workspace: Workspace) -> Person:
    """Zoe, who stays."""
    return workspace.find(Person, handle="zoe")[0]


def desk(workspace: Workspace, now: datetime) -> Desk:
    return Desk(workspace, lambda: now)


def promise(workspace: Workspace, line: str, now: datetime) -> FollowUp:
    return record_follow_up(workspace, "promise", line, now)


def test_only_what_is_open_and_nobody_elses_is_left(workspace: Workspace, now: datetime, tom: Person) -> None:
    later = promise(workspace, "@tom refund posted by 2026-12-20", now)
    soon = promise(workspace, "@tom call the bank by 2026-12-01", now)
    kept = promise(workspace, "@tom parcel sent by 2026-12-01", now)
    decide(workspace, kept, "kept", now)
    promise(workspace, "@tom @zoe flowers by 2026-12-01", now)
    with_sam = promise(workspace, "@tom @sam keys returned", now)
    assert [each.id for each in open_of(desk(workspace, now), tom)] == [soon.id, later.id, with_sam.id]


def test_it_is_shown_from_the_day_after_the_last_one(workspace: Workspace, now: datetime, tom: Person) -> None:
    due = promise(workspace, "@tom call the bank by 2026-12-01", now)
    leave(workspace, tom, now.date(), now)
    assert left_open(desk(workspace, now)) == []
    found = left_open(desk(workspace, now + timedelta(days=1)))
    assert [(each.person.handle, [f.id for f in each.follow_ups]) for each in found] == [("tom", [due.id])]


def test_handing_over_puts_the_heir_in_the_place_of_the_leaver(
    workspace: Workspace, now: datetime, tom: Person, zoe: Person
) -> None:
    alone = promise(workspace, "@tom call the bank by 2026-12-01", now)
    with_sam = promise(workspace, "@sam @tom keys returned", now)
    gone = leave(workspace, tom, date(2026, 11, 23), now)
    hand_over(workspace, open_of(desk(workspace, now), gone), gone, zoe, now)
    assert workspace.get(FollowUp, alone.id).people == (zoe.id,)
    assert workspace.get(FollowUp, with_sam.id).people == (with_sam.people[0], zoe.id)
    assert left_open(desk(workspace, now)) == []
    assert undo(workspace, now).what == "follow-ups.handed-over"
    assert workspace.get(FollowUp, alone.id).people == (tom.id,)


def test_nothing_is_handed_to_the_leaver_or_to_somebody_who_has_left(
    workspace: Workspace, now: datetime, tom: Person
) -> None:
    follow_up = promise(workspace, "@tom call the bank", now)
    sam = workspace.find(Person, handle="sam")[0]
    with pytest.raises(Refused, match="Tom Ng is the person leaving"):
        hand_over(workspace, [follow_up], tom, tom, now)
    with pytest.raises(Refused, match="Sam Bell is not on the team today"):
        hand_over(workspace, [follow_up], tom, sam, now)
