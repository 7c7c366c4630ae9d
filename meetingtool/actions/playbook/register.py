"""Taking in a register of trainings: a session for each course and day, with all who were there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from meetingtool.actions.playbook.courses import courses_of
from meetingtool.actions.playbook.training import Took, record_session
from meetingtool.actions.reading import roster_of
from meetingtool.importers.register import TrainingRow
from meetingtool.records.training import Session
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class RegisterPlan(msgspec.Struct, frozen=True):
    """What a register would do: its rows by session. same: how many rows say what is kept already."""

    sessions: tuple[tuple[TrainingRow, ...], ...]
    same: int

    @property
    def rows(self) -> list[TrainingRow]:
        """All rows that are new."""
        return [row for rows in self.sessions for row in rows]


def plan_register(workspace: Workspace, rows: Sequence[TrainingRow]) -> RegisterPlan:
    """What taking in `rows` would do, without doing it. A row of the same person, course and day is kept already."""
    days = [row.on for row in rows]
    kept = workspace.find(Session, since=min(days), until=max(days)) if days else []
    known = {(part.person, session.course, session.at.date()) for session in kept for part in session.people}
    fresh = [row for row in rows if (row.person, row.course, row.on) not in known]
    held: dict[tuple[str, date, int | None, str], list[TrainingRow]] = {}
    for row in fresh:
        held.setdefault((row.course, row.on, row.minutes, row.led_by), []).append(row)
    in_order = sorted(held.values(), key=lambda together: (together[0].on, together[0].line))
    return RegisterPlan(tuple(map(tuple, in_order)), len(rows) - len(fresh))


def take_in_register(workspace: Workspace, plan: RegisterPlan, now: datetime) -> list[Session]:
    """Record the sessions of a plan: all or none, and one step to undo."""
    if not plan.sessions:
        return []
    roster = roster_of(workspace, now.date())
    courses = {course.id: course for course in courses_of(workspace)}
    with workspace.batch(deeds.TRAININGS_IMPORTED, now):
        return [
            record_session(
                workspace,
                courses[together[0].course],
                [
                    Took(person, row.how, row.why)
                    for row in together
                    if (person := roster.person_of(row.person)) is not None
                ],
                now,
                on=together[0].on,
                minutes=together[0].minutes,
                led_by=together[0].led_by,
            )
            for together in plan.sessions
        ]
