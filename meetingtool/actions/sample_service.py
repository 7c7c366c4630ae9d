"""The sample team's complaints, calls, hours and fund, through the same actions that a manager uses."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import msgspec

from meetingtool.actions.customers import complaint_steps as steps
from meetingtool.actions.customers import complaints
from meetingtool.actions.customers.contacts import record_contact, record_hands_on
from meetingtool.actions.customers.recent import import_recent
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.actions.settings import change_settings
from meetingtool.actions.stories.follow_ups import decide
from meetingtool.importers.customers.recent import Recent
from meetingtool.importers.sample_service import Became, SampleService, SampleStep
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.money import Money
from meetingtool.rules.customers.complaints import WEIGHTS
from meetingtool.rules.customers.limits import money_typed
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace

FUND, CASE = "1200", "50"
NOON = time(12)


def load_service(workspace: Workspace, service: SampleService, now: datetime) -> None:
    """Everything at its moment."""
    settings = settings_of(workspace)
    fund, case = money_typed(FUND, settings.currency), money_typed(CASE, settings.currency)
    change_settings(workspace, now, service=msgspec.structs.replace(settings.service, fund=fund, fund_case=case))
    roster = roster_of(workspace, now.date())
    _complaints(workspace, service, roster, now)
    _calls(workspace, service, now)
    rows = service.purchases(roster, date.max)
    import_recent(workspace, Recent(rows=rows), "customers.csv", now)


def _complaints(workspace: Workspace, service: SampleService, roster: Roster, now: datetime) -> None:
    kept: dict[int, Complaint] = {}
    for each in service.complaints:
        at = datetime.combine(each.day, each.clock, tzinfo=now.tzinfo)
        kept[each.no] = complaints.record_complaint(
            workspace,
            each.line,
            at,
            channel=each.channel,
            owner=_id(roster, each.owner),
            received_by=_id(roster, each.received_by),
            wants=each.wants,
        ).complaint
    for step in service.steps:
        kept[step.no] = _step(workspace, kept[step.no], step, roster, now)


def _id(roster: Roster, handle: str) -> str:
    person = roster.person(f"@{handle}") if handle else None
    return person.id if person else ""


def _step(workspace: Workspace, complaint: Complaint, step: SampleStep, roster: Roster, now: datetime) -> Complaint:
    at = max(datetime.combine(step.day, step.clock, tzinfo=now.tzinfo), complaint.at)
    person, words = _id(roster, step.person), step.words
    what: Any = step.what or None
    name: Any = step.step
    known: dict[str, Any] = {"words": words, "person": person}
    if step.step == "offer":
        money: Money | None = money_typed(step.more, settings_of(workspace).currency) if step.more else None
        return steps.offer(
            workspace,
            complaint,
            what,
            at,
            words=words,
            money=money,
            from_fund=money is not None,
        )
    if step.step == "assessed":
        return steps.assess(
            workspace,
            complaint,
            at,
            weight=next((weight for weight in WEIGHTS if weight == words), None),
            cause=what,
            safety=step.more == "safety",
        )
    if step.step == "moved" and step.moved_to is not None:
        return steps.move_due(workspace, complaint, "answer", max(step.moved_to, at.date()), words, at)
    if step.step == "answered":
        return steps.answer(workspace, complaint, at, finding=what, **known)
    if step.step == "closed":
        because = words.removeprefix("because ") if words.startswith("because ") else ""
        ending = steps.Ending(lesson="" if because else words, because=because, cause=what)
        return steps.close(workspace, complaint, ending, at)
    if step.step == "asked":
        return steps.ask_afterwards(workspace, complaint, what, at, **known)
    if step.step == "reopened":
        return steps.reopen(workspace, complaint, words, at)
    return steps.take_step(workspace, complaint, name, at, **known)


def _calls(workspace: Workspace, service: SampleService, now: datetime) -> None:
    """The calls and the leader's hours, with what became of the promises and actions in them."""
    for call in service.calls:
        at = datetime.combine(call.day, call.clock, tzinfo=now.tzinfo)
        called = record_contact(workspace, call.line, at, reached=call.reached)
        _decide(workspace, called.follow_ups, call.became, call.note, now)
    for hours in service.hours:
        at = datetime.combine(hours.day, NOON, tzinfo=now.tzinfo)
        _, born = record_hands_on(workspace, hours.minutes, hours.what, hours.line, at)
        _decide(workspace, born, hours.became, hours.note, now)


def _decide(workspace: Workspace, born: tuple[FollowUp, ...], became: Became, note: str, now: datetime) -> None:
    for follow_up in born:
        when = datetime.combine(follow_up.due or follow_up.at.date(), NOON, tzinfo=now.tzinfo)
        if became and when < now:
            decide(workspace, follow_up, became, when, note=note)
