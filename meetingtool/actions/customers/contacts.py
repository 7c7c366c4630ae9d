"""Going to customers: noting a call, leaving one out with a word, and the leader's own hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from meetingtool.actions.customers.complaint_steps import ask_afterwards
from meetingtool.actions.customers.keeping import change_customer, names_of
from meetingtool.actions.customers.numbers import let_go_of_numbers
from meetingtool.actions.desk import Desk
from meetingtool.actions.reading import dates_of, moment_on, roster_of, settings_of
from meetingtool.actions.stories.pledges import pledged
from meetingtool.actions.stories.stories import understand
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.complaints import Complaint, Content
from meetingtool.records.contacts import Contact, ContactWay, HandsOn, Mood, Reached, Why, Work
from meetingtool.records.customers import CustomerList, Purchase
from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording
from meetingtool.rules.customers.besides import NO_DAY, besides
from meetingtool.rules.customers.blame import callers, can_blame
from meetingtool.rules.customers.calls import (
    BOUGHT_TO,
    Call,
    Hours,
    calls_of_week,
    checked_minutes,
    hours,
    mood_in,
    week_of,
)
from meetingtool.rules.customers.complaints import next_due
from meetingtool.rules.keeping import deeds
from meetingtool.rules.stories.kept_back import as_wanted
from meetingtool.store import Workspace

CONTENT: dict[Mood, Content] = {"glad": "yes", "so-so": "partly", "unhappy": "no"}
LATELY = timedelta(days=800)
QUIET = timedelta(days=100)


class Called(msgspec.Struct, frozen=True):
    """A call with what came out of its line. asked: the complaint whose customer was asked by it. unwanted: whether the
    customer had said before not to be called."""

    contact: Contact
    follow_ups: tuple[FollowUp, ...] = ()
    asked: Complaint | None = None
    remarks: tuple[str, ...] = ()
    unwanted: bool = False


def record_contact(
    workspace: Workspace,
    line: str,
    now: datetime,
    *,
    customer: str = "",
    way: ContactWay | None = None,
    why: Why | None = None,
    reached: Reached = "yes",
    mood: Mood | None = None,
    on: date | None = None,
    contact_id: str | None = None,
) -> Called:
    """Record one line as a call, with its promises and actions. `@who` called; nobody named: the manager.

    customer: where the line does not name one. `way:visit`, `why:thanks` and `on:tue` in the line say what is not given
    here. A customer of the week's list is called for the list's reason; after a complaint the mood says whether the
    customer was content. Whoever declines is not called again. What can blame somebody is private with all that comes
    out of it, unless `+` says that it is praise. contact_id: minted before the first attempt. Refused without a
    customer.
    """
    if contact_id is not None:
        known = [each for each in workspace.find(Contact, removed=None) if each.id == contact_id]
        if known:
            return Called(known[0])
    told = besides(line, dates_of(workspace, now.date()), kind="call")
    when = moment_on(on or told.on, now)
    capture = understand(workspace, told.line or f'^"{customer}"', now, day=when.date(), quoting=True)
    named = capture.customer or customer
    if not named:
        raise Refused("Whom was the call to?", 'Name the customer: ^Acme, or ^"Blue Door Café" with blanks.')
    names = names_of(workspace)
    listed = next((c for c in calls(workspace, when.date()) if names.key(c.customer) == names.key(named)), None)
    if reached == "yes" and mood is None:
        mood = mood_in(capture.text)
    contact = Contact(
        id=contact_id or mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        text=capture.text.strip() if told.line else "",
        line=capture.line,
        customer=named,
        people=capture.people,
        way=way or told.way or "phone",
        why=why or told.why or (listed.why if listed else "other"),
        reached=reached,
        mood=mood,
        kept_back=capture.private,
    )
    roster = roster_of(workspace, when.date())
    contact = msgspec.structs.replace(contact, people=callers(capture.people, contact.text, roster))
    if can_blame(contact, roster) and not (capture.starred and contact.mood != "unhappy"):
        contact = msgspec.structs.replace(contact, kept_back=True)
    contact = as_wanted(contact, roster)
    follow_ups = pledged(workspace, capture, contact, "contact", now, people=contact.people, customer=named)
    asked, kept = None, names.kept(named)
    let_go_of_numbers(workspace, now)
    with workspace.batch(deeds.CALLED, now):
        workspace.save(contact, *follow_ups, deed=deeds.CALLED, now=now)
        if reached == "declined":
            change_customer(workspace, named, now, do_not_call=True)
        if reached == "yes" and mood is not None:
            asked = _asked_after(workspace, named, CONTENT[mood], contact, now, on or told.on)
    unwanted = kept is not None and kept.do_not_call
    return Called(contact, follow_ups, asked, (*told.remarks, *capture.remarks), unwanted)


def _asked_after(
    workspace: Workspace, named: str, content: Content, contact: Contact, now: datetime, on: date | None
) -> Complaint | None:
    """Note the customer's answer with the complaint that was closed, if there is one to ask after."""
    names, rule = names_of(workspace), settings_of(workspace).service
    for complaint in workspace.find(Complaint, since=now.date() - LATELY, state="closed"):
        due = next_due(complaint, rule)
        if due is not None and due.step == "ask" and names.key(complaint.customer) == names.key(named):
            person = contact.people[0] if contact.people else ""
            return ask_afterwards(workspace, complaint, content, now, words=contact.text, person=person, on=on)
    return None


def skip_call(workspace: Workspace, customer: str, words: str, now: datetime) -> Contact:
    """Leave a customer of the week's list out, with a word why; the next one moves up.

    Refused without a word, and for somebody who is not on the list.
    """
    names = names_of(workspace)
    said = wording.one_line(wording.storable(words))
    if not wording.says_something(said):
        raise Refused(
            "Say why, in a word.", "The list is drawn at random so that nobody is hand-picked; a skip needs a reason."
        )
    listed = [c for c in calls(workspace, now.date()) if names.key(c.customer) == names.key(customer)]
    if not listed:
        raise Refused(
            f"{wording.shortened(customer, 40)} is not on this week's list.", "`meetingtool call list` shows it."
        )
    contact = Contact(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        text=said,
        line=said,
        customer=listed[0].customer,
        why=listed[0].why,
        reached="skipped",
        kept_back=True,
    )
    workspace.save(contact, deed=deeds.CALL_SKIPPED, now=now)
    return contact


def purchases_since(workspace: Workspace, since: date) -> list[Purchase]:
    """What was bought from a day on, by the lists that were imported since."""
    lists = workspace.find(CustomerList, since=since)
    return [row for each in lists for row in each.rows if row.day >= since]


def calls(workspace: Workspace, day: date) -> list[Call]:
    """The calls of the week of a day. For the manager: telephone numbers are in it, and what was complained of."""
    monday = week_of(day)
    complaints = workspace.find(Complaint, since=day - LATELY)
    return calls_of_week(
        day,
        purchases_since(workspace, monday - timedelta(days=BOUGHT_TO)),
        complaints,
        workspace.find(Contact, since=monday - QUIET),
        names_of(workspace).customers,
        settings_of(workspace).service,
    )


def record_hands_on(
    workspace: Workspace, minutes: int, what: Work, line: str, now: datetime, *, on: date | None = None
) -> tuple[HandsOn, tuple[FollowUp, ...]]:
    """Record the leader's own time, with what was noticed and what came out of it. `@who` was beside; with `+` it is
    what they did well; `on:tue` is its day, where that is not given. What can blame somebody is private with all that
    comes out of it.

    Refused for no time at all, for more than a day, and for what is no day.
    """
    told = besides(line, dates_of(workspace, now.date()))
    if told.unread:
        raise Refused(told.unread, NO_DAY)
    when = moment_on(on or told.on, now)
    capture = understand(workspace, told.line, now, day=when.date()) if told.line.strip() else None
    record = HandsOn(
        id=mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        minutes=checked_minutes(minutes),
        what=what,
        text=capture.text.strip() if capture else "",
        line=capture.line if capture else "",
        people=capture.people if capture else (),
        customer=capture.customer if capture else "",
        did_well=bool(capture and capture.starred and capture.people),
        kept_back=capture.private if capture else False,
    )
    roster = roster_of(workspace, when.date())
    if can_blame(record, roster):
        record = msgspec.structs.replace(record, kept_back=True)
    record = as_wanted(record, roster)
    born = pledged(workspace, capture, record, "hands-on", now, customer=record.customer) if capture else ()
    workspace.save(record, *born, deed=deeds.HANDS_ON, now=now)
    return record, born


def own_hours(desk: Desk) -> Hours:
    """The leader's hours of twelve weeks, as minutes alone. In room without those kept private on purpose; where only
    the words are kept back because they name somebody, the time counts."""
    found = desk.workspace.find(HandsOn, since=week_of(desk.today) - timedelta(weeks=12))
    found = [each for each in found if not (desk.room and each.private and "~" in each.line)]
    return hours(found, desk.today, desk.settings.service.hands_on)


def called_this_month(desk: Desk) -> str:
    """`Called 3 this month, reached 2`: numbers alone, in room without the calls that are private."""
    since = desk.today.replace(day=1)
    found = [each for each in desk.workspace.find(Contact, since=since) if each.reached != "skipped"]
    found = [each for each in found if not (desk.room and each.private)]
    return f"Called {len(found)} this month, reached {sum(each.reached == 'yes' for each in found)}"
