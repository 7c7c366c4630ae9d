"""What is open in the name of somebody who leaves is named, and handed over as one deed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from meetingtool.actions.customers.complaint_steps import Ending
from meetingtool.actions.customers.complaints import record_complaint
from meetingtool.actions.customers.due_steps import steps_for_team
from meetingtool.actions.customers.keeping import change_customer
from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.needs import needs
from meetingtool.actions.people.leaving import OpenOfLeaver, hand_over, left_open, open_of
from meetingtool.actions.people.team import leave
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.errors import Refused
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.rules.customers.complaints import next_due, whose
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
    assert [each.id for each in open_of(desk(workspace, now), tom).follow_ups] == [soon.id, later.id, with_sam.id]


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
    hand_over(workspace, open_of(desk(workspace, now), gone), zoe, now)
    assert workspace.get(FollowUp, alone.id).people == (zoe.id,)
    assert workspace.get(FollowUp, with_sam.id).people == (with_sam.people[0], zoe.id)
    assert left_open(desk(workspace, now)) == []
    assert undo(workspace, now).what == "follow-ups.handed-over"
    assert workspace.get(FollowUp, alone.id).people == (tom.id,)


def test_the_complaints_that_a_leaver_was_to_put_right_are_handed_over_with_what_is_still_to_be_done(
    workspace: Workspace, now: datetime, tom: Person, zoe: Person
) -> None:
    made = record_complaint(workspace, '^Acme was billed twice !"money back" by 2026-12-01', now, owner=tom.id)
    record_complaint(workspace, "^Pell waited an hour", now, owner=zoe.id)
    gone = leave(workspace, tom, date(2026, 11, 23), now)
    told = next(need for need in needs(desk(workspace, now)) if need.kind == "hand over")
    assert told.what == "1 promise or action, 1 complaint of Tom Ng, who left on Mon 23 Nov"
    shared = desk(workspace, now)
    shared.room = True
    assert not open_of(shared, gone)
    hand_over(workspace, open_of(desk(workspace, now), gone), zoe, now)
    handed = workspace.get(Complaint, made.complaint.id)
    assert (handed.owner, handed.steps[-1].name, handed.steps[-1].person) == (zoe.id, "handed-on", zoe.id)
    assert workspace.get(FollowUp, made.follow_ups[0].id).people == (zoe.id,)
    assert left_open(desk(workspace, now)) == []
    undo(workspace, now)
    assert workspace.get(Complaint, made.complaint.id).owner == tom.id


def test_a_customer_to_ask_after_what_a_leaver_put_right_is_named_and_falls_to_the_manager(
    workspace: Workspace, now: datetime, tom: Person, zoe: Person
) -> None:
    settled = Ending(lesson="count twice")
    made = record_complaint(workspace, "^Acme was billed twice", now, owner=tom.id, settled=settled).complaint
    change_customer(workspace, "Acme", now, do_not_call=True)
    gone = leave(workspace, tom, date(2026, 11, 23), now)
    later = now + timedelta(days=20)
    (step,) = steps_for_team(workspace, later.date(), later.date())
    assert step.words(desk(workspace, later).roster) == "ask, but not by a call · the manager"
    told = next(need for need in needs(desk(workspace, later)) if need.kind == "complaint")
    assert "wants no calls · yours now, Tom has left" in told.beside
    asked = next_due(made, desk(workspace, later).settings.service)
    assert whose(made, asked, desk(workspace, later).roster) == "yours now, Tom has left"
    left = open_of(desk(workspace, later), gone)
    assert left.words == "1 customer to ask afterwards"
    assert left_open(desk(workspace, later)) == []
    hand_over(workspace, left, zoe, later)
    assert workspace.get(Complaint, made.id).owner == zoe.id
    assert not steps_for_team(workspace, later.date(), later.date())[0].falls


def test_nothing_is_handed_to_the_leaver_or_to_somebody_who_has_left(
    workspace: Workspace, now: datetime, tom: Person
) -> None:
    left = OpenOfLeaver(tom, (promise(workspace, "@tom call the bank", now),))
    sam = workspace.find(Person, handle="sam")[0]
    with pytest.raises(Refused, match="Tom Ng is the person leaving"):
        hand_over(workspace, left, tom, now)
    with pytest.raises(Refused, match="Sam Bell is not on the team today"):
        hand_over(workspace, left, sam, now)
