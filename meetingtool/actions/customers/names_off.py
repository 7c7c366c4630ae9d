"""Taking the names off complaints three years after closing, and deleting their former versions a month later."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from meetingtool.actions.customers.keeping import names_of
from meetingtool.actions.reading import roster_of
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.rules.customers.nameless import (
    YEARS,
    last_day_named,
    names_are_due,
    names_in,
    pledge_without_names,
    without_names,
)
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

GRACE = timedelta(days=30)
"""For how long after the names were taken off former versions still have them, so that it can be undone."""


class NamesDue(msgspec.Struct, frozen=True):
    """What is to lose its names now. until: complaints closed by this day are old enough. named: complaints that still
    have them. formers: ids of records that lost them a month ago, and whose former versions go."""

    until: date
    named: tuple[Complaint, ...]
    formers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.named or self.formers)


def names_due(workspace: Workspace, today: date) -> NamesDue:
    """Which complaints are to lose their names. Years in which none can have been closed are not looked at."""
    until = last_day_named(today)
    if not any(year <= until.year for year in workspace.years()):
        return NamesDue(until, ())
    found = workspace.find(Complaint, until=until)
    named = tuple(each for each in found if names_are_due(each, today))
    old = [each for each in found if each.nameless is not None and today - each.nameless >= GRACE]
    ids = [id_ for each in old for id_ in (each.id, *(born.id for born in _born_of(workspace, each)))]
    return NamesDue(until, named, tuple(id_ for id_ in ids if len(workspace.versions(id_)) > 1))


def take_names_off(workspace: Workspace, due: NamesDue, now: datetime) -> tuple[Path, ...]:
    """Take the names off as one deed, which can be undone. Complaints that lost them a month ago lose their former
    versions, in backups too. Returns files that could not be read and may still have names."""
    roster, known = roster_of(workspace, now.date()), names_of(workspace)
    with workspace.batch(deeds.NAMES_OFF, now):
        for complaint in due.named:
            people = [person for id_ in complaint.about if (person := roster.person_of(id_)) is not None]
            customers = known.names(complaint.customer) if complaint.customer else ()
            names = names_in(customers, people)
            born = [pledge_without_names(each, names) for each in _born_of(workspace, complaint)]
            workspace.save(without_names(complaint, names, now.date()), *born, deed=deeds.NAMES_OFF, now=now)
    return workspace.purge(due.formers).out_of_reach if due.formers else ()


def names_off_words(due: NamesDue, day: str) -> str:
    """`3 complaints closed by 29 Nov 2023 still have names`; empty where none has. day: `until` in words."""
    from meetingtool.rules import wording

    if due.named:
        verb = "has names" if len(due.named) == 1 else "have names"
        return f"{wording.count(len(due.named), 'complaint')} closed by {day}, {YEARS} years ago, still {verb}"
    return "Former versions of old complaints still have names" if due.formers else ""


def _born_of(workspace: Workspace, complaint: Complaint) -> list[FollowUp]:
    """The promises and actions that came out of a complaint and are decided."""
    found = workspace.find(FollowUp, since=complaint.at.date(), source_id=complaint.id)
    return [each for each in found if each.state != "open"]
