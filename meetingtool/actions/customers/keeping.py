"""What is kept about customers: the names of one, a telephone number, a note, a wish not to be called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.customers import Customer
from meetingtool.rules import wording
from meetingtool.rules.customers.naming import CustomerNames, ForgottenNames, key_of
from meetingtool.rules.keeping import deeds
from meetingtool.rules.reach import email_address, telephone_number
from meetingtool.store import Workspace

LONGEST_NAME = 200
LONGEST_NOTE = 2000


class KnownNames(CustomerNames):
    """The look-up over what is kept now. customers: all of it."""

    def __init__(self, customers: Sequence[Customer]) -> None:
        super().__init__(customers)
        self.customers = customers


def names_of(workspace: Workspace) -> KnownNames:
    """The look-up over names of customers."""
    return KnownNames(workspace.find(Customer))


def forgotten_names(workspace: Workspace) -> ForgottenNames:
    """The names of customers who were forgotten: no list brings them back."""
    return ForgottenNames(workspace.find(Customer, removed=None))


def checked_name(name: str) -> str:
    """The name as it can be kept; Refused when it is empty or too long."""
    found = wording.one_line(wording.storable(name.removeprefix("^").strip().strip('"')))
    if not found:
        raise Refused("The customer needs a name.", "Give the name as stories have it.")
    if len(found) > LONGEST_NAME:
        raise Refused(f"That name is {len(found)} characters long.", f"The most is {LONGEST_NAME}.")
    return found


def change_customer(
    workspace: Workspace,
    name: str,
    now: datetime,
    *,
    group: str | None = None,
    telephone: str | None = None,
    email: str | None = None,
    note: str | None = None,
    do_not_call: bool | None = None,
) -> Customer:
    """Keep something of a customer, who need not have been kept before; None leaves a part as it is.

    group: the name of one in the playbook, else NotFound; empty for none. Refused for what is no telephone number or
    e-mail address.
    """
    called = checked_name(name)
    given = {
        "group": None if group is None else _group(workspace, group),
        "telephone": None if telephone is None else telephone_number(telephone),
        "email": None if email is None else email_address(email),
        "note": None if note is None else wording.storable(note).strip()[:LONGEST_NOTE],
        "do_not_call": do_not_call,
    }
    changes: dict[str, object] = {field: value for field, value in given.items() if value is not None}
    if telephone or email:
        changes["at"] = now  # they are kept for a year from now
    with workspace.batch(deeds.CUSTOMER_CHANGED, now):
        return _saved(workspace, called, changes, deeds.CUSTOMER_CHANGED, now)


def _group(workspace: Workspace, typed: str) -> str:
    """The id of a group of the playbook; empty for none."""
    from meetingtool.actions.playbook.groups import group_named

    words = wording.one_line(wording.storable(typed)).strip()
    return group_named(workspace, words).id if words else ""


def add_alias(workspace: Workspace, name: str, alias: str, now: datetime) -> Customer:
    """Let another name mean the same customer, whatever stories carry. Refused when it means somebody kept already."""
    called, other = checked_name(name), checked_name(alias)
    with workspace.batch(deeds.CUSTOMER_CHANGED, now):
        names = names_of(workspace)
        kept, taken = names.kept(called), names.kept(other)
        if taken is not None:
            mine = kept is not None and taken.id == kept.id
            raise Refused(
                f"{other} is {'already a name of this customer' if mine else 'another customer that is kept'}.",
                "" if mine else "`meetingtool customer merge` merges the two.",
            )
        if key_of(called) == key_of(other):
            raise Refused("The two names are the same.", "Case, accents and spaces make no difference.")
        aliases = (*(kept.aliases if kept else ()), other)
        return _saved(workspace, called, {"aliases": aliases}, deeds.CUSTOMER_CHANGED, now)


def merge(workspace: Workspace, name: str, other: str, now: datetime) -> Customer:
    """Let two names mean one customer, who keeps the first name and what was kept of both. Records stay as they are.

    Refused when they mean one already.
    """
    first, second = checked_name(name), checked_name(other)
    with workspace.batch(deeds.CUSTOMERS_MERGED, now):
        names = names_of(workspace)
        if names.key(first) == names.key(second):
            raise Refused("These are already one customer.", "`meetingtool customer show NAME` shows all names.")
        kept, gone = names.kept(first), names.kept(second)
        changes: dict[str, object] = {}
        aliases = list(kept.aliases if kept else ())
        aliases += [gone.name, *gone.aliases] if gone else [second]
        if gone is not None:
            for field in ("group", "telephone", "email"):
                changes[field] = (getattr(kept, field) if kept else "") or getattr(gone, field)
            changes["note"] = "\n".join(filter(None, (kept.note if kept else "", gone.note)))
            changes["do_not_call"] = gone.do_not_call or (kept.do_not_call if kept else False)
            binned = msgspec.structs.replace(gone, version=gone.version + 1, removed_at=now)
            workspace.save(binned, deed=deeds.CUSTOMERS_MERGED, now=now)
        changes["aliases"] = tuple({key_of(alias): alias for alias in aliases}.values())
        return _saved(workspace, first, changes, deeds.CUSTOMERS_MERGED, now)


def _saved(workspace: Workspace, called: str, changes: dict[str, object], deed: deeds.Code, now: datetime) -> Customer:
    kept = names_of(workspace).kept(called)
    if kept is None:
        new = Customer(id=mint(now), at=now, made_at=now, made_by=workspace.user, name=called)
        changed = msgspec.structs.replace(new, **changes)
    else:
        changed = msgspec.structs.replace(kept, version=kept.version + 1, **changes)
    workspace.save(changed, deed=deed, now=now)
    return changed
