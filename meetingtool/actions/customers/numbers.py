"""Deleting telephone numbers and addresses twelve months after the last purchase, at every list and call."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from meetingtool.actions.customers.keeping import names_of
from meetingtool.records.customers import Customer, CustomerList, Purchase
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

NUMBERS_KEPT = timedelta(days=365)
"""For how long after a purchase a telephone number and an e-mail address are kept."""


def let_go_of_numbers(workspace: Workspace, now: datetime) -> int:
    """Take telephone numbers and addresses off what was bought more than twelve months ago, in former versions and
    backups too. Returns for how many customers. Whoever has bought since keeps theirs, and so does one whose number was
    typed since."""
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
        rows = tuple(without_number(row) if too_old(row.day, today) else row for row in each.rows)
        if rows != each.rows:
            gone |= {names.key(old.customer) for old, new in zip(each.rows, rows, strict=True) if old != new}
            changed.append(msgspec.structs.replace(each, version=each.version + 1, rows=rows))
    for customer in names.customers:
        bought = last.get(names.key(customer.name))
        if bought is None or not (customer.telephone or customer.email):
            continue
        if too_old(max(bought, customer.at.date()), today):
            gone.add(names.key(customer.name))
            changed.append(msgspec.structs.replace(customer, version=customer.version + 1, telephone="", email=""))
    if changed:
        with workspace.batch(deeds.NUMBERS_LET_GO, now):
            for record in changed:
                workspace.save(record, deed=deeds.NUMBERS_LET_GO, now=now)
        workspace.purge([record.id for record in changed])
    return len(gone)


def too_old(day: date, today: date) -> bool:
    """Whether the numbers of a purchase are no longer to be kept."""
    return today - day > NUMBERS_KEPT


def without_number(row: Purchase) -> Purchase:
    """The purchase without telephone number and address."""
    return msgspec.structs.replace(row, telephone="", email="")
