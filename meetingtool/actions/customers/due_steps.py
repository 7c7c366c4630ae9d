"""What is due of complaints, for Today and for the agenda, and what was learned from them."""

from __future__ import annotations

from datetime import date, timedelta

from meetingtool.actions.desk import Desk
from meetingtool.actions.reading import settings_of
from meetingtool.records.complaints import Complaint
from meetingtool.rules.areas import COMPLAINTS
from meetingtool.rules.customers.complaints import StepDue, TeamStep, closed_on, next_due
from meetingtool.rules.customers.workdays import calendar_of
from meetingtool.rules.dates import moved
from meetingtool.rules.meeting.agenda import SOON_DAYS
from meetingtool.store import Workspace

LATELY = timedelta(days=800)
"""How far back complaints are looked for that may still be at work."""

LEARNED_LATELY = timedelta(days=90)
"""For so long after closing, a lesson is offered to the meeting."""


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
    if COMPLAINTS in settings_of(workspace).off:
        return []
    calendar = calendar_of(settings_of(workspace).service)
    return [
        TeamStep(due.complaint.customer, due.complaint.owner, due.step, due.by, calendar)
        for due in due_steps(workspace, today)
        if not due.complaint.kept_back and due.by <= moved(on, timedelta(days=SOON_DAYS))
    ]


def lessons(workspace: Workspace, today: date, most: int = 5) -> list[str]:
    """What was learned from complaints closed lately, the newest first; the words of the lessons and nothing else."""
    found = workspace.find(Complaint, since=today - LATELY, state="closed")
    since = today - LEARNED_LATELY
    closed = [
        (day, each.id, each.lesson)
        for each in found
        if each.lesson and not each.kept_back and (day := closed_on(each)) is not None and day >= since
    ]
    return [lesson for *_, lesson in sorted(closed, reverse=True)][:most]
