"""Which steps of complaints are due, for Today and for the agenda, and what was learned from them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from meetingtool.actions.customers.keeping import names_of
from meetingtool.actions.desk import Desk
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.records.complaints import Complaint
from meetingtool.rules import wording
from meetingtool.rules.areas import COMPLAINTS
from meetingtool.rules.customers.complaints import StepDue, TeamStep, closed_at, falls_to_manager, next_due
from meetingtool.rules.customers.workdays import calendar_of
from meetingtool.rules.days import moved
from meetingtool.rules.meeting.agenda import SOON_DAYS, came_to
from meetingtool.store import Workspace

LATELY = timedelta(days=800)
"""How far back to look for complaints that may still be open."""

LEARNED_LATELY = timedelta(days=90)
"""For how long after closing a lesson is offered to the meeting."""


def steps_of(desk: Desk) -> list[StepDue]:
    """The next step of every complaint that has one; nothing in the room, and where complaints are switched off."""
    if desk.room or COMPLAINTS in desk.settings.off:
        return []
    return desk.once("complaint steps", lambda: due_steps(desk.workspace, desk.today))


def due_steps(workspace: Workspace, today: date) -> list[StepDue]:
    """The next step of every complaint that has one, the most urgent first. For the manager."""
    found = workspace.find(Complaint, since=today - LATELY)
    if not found:
        return []
    rule = settings_of(workspace).service
    calendar = calendar_of(rule)
    steps = [due for each in found if (due := next_due(each, rule, calendar)) is not None]
    return sorted(steps, key=lambda due: (due.by, due.complaint.id))


def steps_for_team(workspace: Workspace, on: date, today: date) -> list[TeamStep]:
    """The steps due by a week after the day `on` that the agenda names. What was kept back is left out."""
    roster = roster_of(workspace, today)
    if COMPLAINTS in settings_of(workspace).off:
        return []
    calendar = calendar_of(settings_of(workspace).service)
    return [
        TeamStep(
            due.complaint.customer,
            due.complaint.owner,
            due.step,
            due.by,
            calendar,
            falls=falls_to_manager(due, roster),
            silent=due.step == "ask" and wants_no_calls(workspace, due.complaint),
        )
        for due in due_steps(workspace, today)
        if not due.complaint.kept_back and due.by <= moved(on, timedelta(days=SOON_DAYS))
    ]


def wants_no_calls(workspace: Workspace, complaint: Complaint) -> bool:
    """Whether its customer does not want to be called, and is asked about it another way."""
    kept = names_of(workspace).kept(complaint.customer)
    return kept is not None and kept.do_not_call


def lessons(desk: Desk, most: int = 5) -> list[str]:
    """What was learned from complaints closed since the last meeting that got to it, the newest first: the words of the
    lessons, with roles in the place of names, and nothing else."""
    if COMPLAINTS in desk.settings.off:
        return []
    return desk.once("lessons", lambda: _lessons(desk))[:most]


def _lessons(desk: Desk) -> list[str]:
    found = desk.workspace.find(Complaint, since=desk.today - LATELY, state="closed")
    told, since = _last_told(desk), desk.today - LEARNED_LATELY
    closed = [
        (at, each.id, each)
        for each in found
        if each.lesson and not each.kept_back and (at := closed_at(each)) is not None and at.date() >= since
        if told is None or max(at, each.made_at) > told
    ]
    return [told_to_team(desk.workspace, each, desk.today) for *_, each in sorted(closed, reverse=True)]


def _last_told(desk: Desk) -> datetime | None:
    """When the last meeting ended that got to the part in which lessons are told."""
    ended = (each for each in reversed(desk.meetings()) if each.state == "closed" and came_to(each, "stickies"))
    return next((meeting.closed_at or meeting.at for meeting in ended), None)


def told_to_team(workspace: Workspace, complaint: Complaint, today: date) -> str:
    """The lesson of a complaint as the team hears it: nobody's name is in it, whatever was typed."""
    from meetingtool.rules.playbook.roleplay import Masks

    kept = names_of(workspace)
    customers = {*kept.names(complaint.customer), *(name for each in kept.customers for name in kept.names(each.name))}
    masks = Masks(roster_of(workspace, today), sorted(customers - {""}), credited=complaint.about)
    return masks.masked(wording.one_line(complaint.lesson))
