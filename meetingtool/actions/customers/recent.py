"""Lists of recent customers: taking one in, and letting go of telephone numbers that are too old to be kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from meetingtool.actions.customers.keeping import names_of
from meetingtool.errors import Refused
from meetingtool.importers.customers.recent import Recent
from meetingtool.records.base import mint
from meetingtool.records.customers import Customer, CustomerList, Purchase
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

NUMBERS_KEPT = timedelta(days=365)
"""For so long after a purchase, a telephone number and an e-mail address are kept."""


class Taken(msgspec.Struct, frozen=True):
    """What came of a list. taken: new purchases. same: known before. let_go: numbers that were too old."""

    taken: int
    same: int
    let_go: int = 0


def fresh(workspace: Workspace, recent: Recent) -> tuple[Purchase, ...]:
    """The purchases of a list that no list before it has."""
    names = names_of(workspace)
    first = min((row.day for row in recent.rows), default=date.max)
    lists = workspace.find(CustomerList)
    known = {(names.key(row.customer), row.day, row.what) for each in lists if each.last >= first for row in each.rows}
    return tuple(row for row in recent.rows if (names.key(row.customer), row.day, row.what) not in known)


def import_recent(workspace: Workspace, recent: Recent, file: str, now: datetime) -> Taken:
    """Keep a list as one deed. Refused with the question that is open, and where no line could be taken."""
    if recent.question:
        raise Refused(recent.question, "Use --day-order day-first or --day-order month-first.")
    if not recent.rows:
        raise Refused(
            "No line of the list could be read.", "Each needs a customer and a day that is not in the future."
        )
    new = fresh(workspace, recent)
    let_go = let_go_of_numbers(workspace, now)
    if new:
        kept = tuple(_without_number(row) if _too_old(row.day, now.date()) else row for row in new)
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
    return Taken(len(new), len(recent.rows) - len(new), let_go)


def let_go_of_numbers(workspace: Workspace, now: datetime) -> int:
    """Take telephone numbers and addresses off what was bought more than twelve months ago, in former versions and
    backups too. Returns of how many customers. Whoever bought since keeps theirs."""
    today = now.date()
    lists = workspace.find(CustomerList, removed=None)
    names = names_of(workspace)
    last: dict[str, date] = {}
    for each in lists:
        for row in each.rows:
            key = names.key(row.customer)
            last[key] = max(last.get(key, date.min), row.day)
    gone: set[str] = set()
    changed: list[CustomerList | Customer] = []
    for each in lists:
        rows = tuple(_without_number(row) if _too_old(row.day, today) else row for row in each.rows)
        if rows != each.rows:
            gone |= {names.key(old.customer) for old, new in zip(each.rows, rows, strict=True) if old != new}
            changed.append(msgspec.structs.replace(each, version=each.version + 1, rows=rows))
    for customer in names.customers:
        bought = last.get(names.key(customer.name))
        if customer.telephone and bought is not None and _too_old(bought, today):
            gone.add(names.key(customer.name))
            changed.append(msgspec.structs.replace(customer, version=customer.version + 1, telephone=""))
    if changed:
        with workspace.batch(deeds.NUMBERS_LET_GO, now):
            for record in changed:
                workspace.save(record, deed=deeds.NUMBERS_LET_GO, now=now)
        workspace.purge([record.id for record in changed])
    return len(gone)


def _too_old(day: date, today: date) -> bool:
    return today - day > NUMBERS_KEPT


def _without_number(row: Purchase) -> Purchase:
    return msgspec.structs.replace(row, telephone="", email="")
