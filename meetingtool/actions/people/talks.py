"""Talks with people who are new: which are due, noting a line about one, and a sheet to go by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.people import Person
from meetingtool.records.talks import Talk
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.talks import STEPS, TOO_LATE, DueTalk, due_talks, step_on
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.documents.formats.paper import Paper

SINCE = timedelta(days=STEPS[-1]) + 2 * TOO_LATE
"""How far back talks are looked for."""


def due(desk: Desk) -> list[DueTalk]:
    """Whom to talk with now, the longest due first; InRoom while the screen is shared."""
    desk.require_private("With whom you talk")
    new = [p for p in desk.roster.people if p.started is not None and p.started >= desk.today - SINCE]
    if not new:
        return []
    return due_talks(new, desk.workspace.find(Talk, since=desk.today - SINCE), desk.today)


def record_talk(
    workspace: Workspace, person: Person, text: str, now: datetime, *, days: int = 0, on: date | None = None
) -> Talk:
    """Keep one line of a talk. days: 30, 60 or 90; the nearest to the day when left out.

    Refused without words, for a day to come or before the first one, and for other numbers of days.
    """
    line = checked_line(text)
    day = on or now.date()
    if days and days not in STEPS:
        raise Refused(f"There is no talk after {days} days.", f"Give {wording.listed([str(step) for step in STEPS])}.")
    if day > now.date():
        raise Refused(f"{wording.day(day, now.date())} has not come yet.", "Give the day of the talk.")
    if person.started is not None and day < person.started:
        first = wording.day(person.started, now.date())
        raise Refused(f"{wording.one_line(person.name)} began on {first}.", "Give a later day.")
    talk = Talk(
        id=mint(now),
        at=now if day == now.date() else datetime.combine(day, time(12), tzinfo=now.tzinfo),
        made_at=now,
        made_by=workspace.user,
        person=person.id,
        days=days or step_on(person, day),
        text=line,
    )
    workspace.save(talk, deed=deeds.TALKED, now=now)
    return talk


def checked_line(text: str) -> str:
    """What came of a talk, on one line. Refused when blank."""
    line = wording.one_line(wording.storable(text))
    if not line:
        raise Refused("Write down in a line what came of it.")
    return line


def sheet(desk: Desk, days: int, person: Person | None = None) -> Paper:
    """Questions for a talk after 30, 60 or 90 days, with room to write. person: whose name is on it."""
    from meetingtool.documents.people.first_talks import first_talk

    return first_talk(desk.settings.team, days, wording.one_line(person.name) if person else "")
