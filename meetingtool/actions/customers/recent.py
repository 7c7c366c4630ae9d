"""Taking in a list of who bought lately."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from meetingtool.actions.customers.keeping import forgotten_names, names_of
from meetingtool.actions.customers.numbers import let_go_of_numbers, too_old, without_number
from meetingtool.actions.playbook.groups import groups_of
from meetingtool.errors import Refused
from meetingtool.importers.customers.recent import MOST_UNKNOWN, Recent
from meetingtool.records.base import mint
from meetingtool.records.customers import CustomerList, Purchase
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class Taken(msgspec.Struct, frozen=True):
    """What importing a list did. taken: new purchases. same: those known before. let_go: numbers that were too old."""

    taken: int
    same: int
    let_go: int = 0


def without_forgotten(workspace: Workspace, recent: Recent) -> Recent:
    """The list without customers who were forgotten; a note says how many lines that are, and never whose."""
    gone = forgotten_names(workspace)
    rows = tuple(row for row in recent.rows if row.customer not in gone)
    number = len(recent.rows) - len(rows)
    if not number:
        return recent
    note = f"{wording.count(number, 'line')} of customers who were forgotten: left out."
    return msgspec.structs.replace(recent, rows=rows, notes=(*recent.notes, note))


def with_groups(workspace: Workspace, recent: Recent) -> Recent:
    """The list, with a note on groups that the playbook doesn't have, where it has any."""
    known = {fold(group.name) for group in groups_of(workspace)}
    other = dict.fromkeys(row.group for row in recent.rows if row.group and fold(row.group) not in known)
    if not other or not known:
        return recent
    named = wording.listed([f"“{name}”" for name in list(other)[:MOST_UNKNOWN]])
    return msgspec.structs.replace(
        recent, notes=(*recent.notes, f"No group of the playbook is called {named}: kept as typed.")
    )


def fresh(workspace: Workspace, recent: Recent) -> tuple[Purchase, ...]:
    """The purchases of a list that no list before it has."""
    names = names_of(workspace)
    first = min((row.day for row in recent.rows), default=date.max)
    lists = workspace.find(CustomerList)
    known = {(names.key(row.customer), row.day, row.what) for each in lists if each.last >= first for row in each.rows}
    return tuple(row for row in recent.rows if (names.key(row.customer), row.day, row.what) not in known)


def import_recent(workspace: Workspace, recent: Recent, file: str, now: datetime) -> Taken:
    """Keep a list as one deed, without customers who were forgotten. Refused with the question that is open, and where
    no line could be taken."""
    if recent.question:
        raise Refused(recent.question, "Use --day-order day-first or --day-order month-first.")
    recent = without_forgotten(workspace, recent)
    if not recent.rows:
        raise Refused(
            "No line of the list could be read.", "Each needs a customer and a day that is not in the future."
        )
    let_go = let_go_of_numbers(workspace, now)
    with workspace.batch(deeds.CUSTOMERS_IMPORTED, now):
        new = fresh(workspace, recent)
        if new:
            _keep(workspace, new, file, now)
    return Taken(len(new), len(recent.rows) - len(new), let_go)


def _keep(workspace: Workspace, new: tuple[Purchase, ...], file: str, now: datetime) -> None:
    kept = tuple(without_number(row) if too_old(row.day, now.date()) else row for row in new)
    record = CustomerList(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        file=file,
        first=min(row.day for row in new),
        last=max(row.day for row in new),
        rows=kept,
    )
    workspace.save(record, deed=deeds.CUSTOMERS_IMPORTED, now=now)
