"""Complaints: writing one down, and taking it step by step to its end."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from meetingtool.actions.customers.complaint_steps import Ending, settled_at_once
from meetingtool.actions.customers.due_steps import LATELY
from meetingtool.actions.reading import dates_of, moment_on, settings_of
from meetingtool.actions.stories.pledges import pledged
from meetingtool.actions.stories.stories import understand
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.complaints import (
    Complaint,
    ComplaintChannel,
    Offer,
    Step,
)
from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording
from meetingtool.rules.capture import fund_of
from meetingtool.rules.customers.besides import besides
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class Complained(msgspec.Struct, frozen=True):
    """A complaint with the promises and actions that came out of its line. remarks: see `Capture`."""

    complaint: Complaint
    follow_ups: tuple[FollowUp, ...] = ()
    remarks: tuple[str, ...] = ()
    unsorted: tuple[str, ...] = ()


def record_complaint(
    workspace: Workspace,
    line: str,
    now: datetime,
    *,
    channel: ComplaintChannel | None = None,
    owner: str = "",
    received_by: str = "",
    wants: str = "",
    on: date | None = None,
    settled: Ending | None = None,
    complaint_id: str | None = None,
) -> Complained:
    """Record one line as a complaint, with its promises and actions, in one save.

    `@who` is whom it is about, never who is to put it right. Money with `fund:` is an offer from the fund. `by:phone`
    and `on:tue` in the line are its channel and its day, where those are not given.
    settled: it was put right at once, so it is answered and closed with this ending. complaint_id: minted before the
    first attempt. Refused without words.
    """
    if complaint_id is not None:
        known = [each for each in workspace.find(Complaint, removed=None) if each.id == complaint_id]
        if known:
            return Complained(known[0], tuple(workspace.find(FollowUp, source_id=complaint_id)))
    told = besides(line, dates_of(workspace, now.date()), kind="complaint")
    when = moment_on(on or told.on, now)
    if settled is None and when.date() < now.date() - LATELY:
        day = wording.day(when.date(), now.date())
        raise Refused(f"{day} is over two years ago, and no list of what is open goes back so far.", "Check the year.")
    capture = understand(workspace, told.line, now, day=when.date(), quoting=True)
    if not wording.says_something(capture.text) and not capture.pledges:
        raise Refused("That says nothing of what was complained of.", "Add a few words to the line.")
    offers: tuple[Offer, ...] = ()
    money = fund_of(capture, settings_of(workspace).currency)
    if money is not None:
        what = capture.pledges[0].text if len(capture.pledges) == 1 else ""
        offers = (Offer(kind="other", at=when, words=what, money=money, from_fund=True),)
    complaint = Complaint(
        id=complaint_id or mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        text=capture.text if capture.text.strip() else capture.line,
        line=capture.line,
        customer=capture.customer,
        channel=channel or told.by,
        received_by=received_by,
        wants=wording.storable(wants).strip(),
        owner=owner,
        about=capture.people,
        steps=(Step(name="received", at=when, person=received_by),),
        offers=offers,
        kept_back=capture.private,
    )
    if settled is not None:
        complaint = settled_at_once(complaint, settled, when)
    people = (owner,) if owner else ()
    follow_ups = pledged(workspace, capture, complaint, "complaint", now, people=people, customer=complaint.customer)
    workspace.save(complaint, *follow_ups, deed=deeds.COMPLAINT, now=now)
    return Complained(complaint, follow_ups, (*told.remarks, *capture.remarks), capture.unsorted)


def complaint_named(workspace: Workspace, ref: str) -> Complaint:
    """The complaint of a reference; NotFound when it is something else."""
    found = workspace.by_ref(ref)
    if not isinstance(found, Complaint) or found.removed_at is not None:
        raise NotFound(f"{wording.shortened(ref, 20)} is not a complaint.", "`meetingtool complaint list` shows them.")
    return found
