"""Forgetting a customer: names, numbers and addresses go out of every record, former version and backup, and the lines
of lists about purchases go entirely; what was done stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from meetingtool.actions.customers.keeping import checked_name, forgotten_names, names_of
from meetingtool.actions.keeping.retention import drafts_that_tell, still_telling, told_once, zips_that_tell
from meetingtool.actions.keeping.unfinished import CUSTOMER
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import Record, mint
from meetingtool.records.customers import Customer, CustomerList
from meetingtool.records.evaluations import Evaluation
from meetingtool.rules.customers.naming import HALF_TYPED, ForgottenNames, digest_of, former, is_former, key_of
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.anonymity import CUSTOMERS, NamePlace, texts_in
from meetingtool.rules.keeping.whole_names import replaced, whole_words
from meetingtool.rules.kinds.table import KINDS, kind_of
from meetingtool.store import Workspace
from meetingtool.store.lock import why_not
from meetingtool.store.retention import CopyRewrite

FEWEST_DIGITS = 6
"""A number with fewer digits may be anything."""
FEWEST_LETTERS = 4
"""The first word of a name with fewer letters, such as an article, identifies nobody."""


class CustomerForgetting(msgspec.Struct, frozen=True):
    """What forgetting a customer would do. changed: the records as they will be. cleared: ids of those whose former
    versions go. named: how many have the name as their customer; the others mention it in their words. locked: ids of
    shared and final evaluations, which keep the words. drafts: half-typed words with the name, to go.
    reached_by: telephone numbers and addresses, which go like the names. former: what the customer is called then.
    mentions: texts in which the first word of a longer name is alone; they stay, to be decided about."""

    names: tuple[str, ...]
    reached_by: tuple[str, ...]
    former: str
    changed: tuple[Record, ...]
    cleared: tuple[str, ...]
    named: int
    drafts: tuple[Path, ...]
    locked: tuple[str, ...]
    mentions: tuple[NamePlace, ...]


class _Mask:
    """Puts what a former customer is called in the place of every name, number and address of the customer."""

    def __init__(self, names: tuple[str, ...], reached_by: tuple[str, ...], former: str) -> None:
        self.keys = {key_of(name) for name in names}
        self.pattern = whole_words((*names, *reached_by))
        self.former = former
        first = [words[0] for words in map(str.split, names) if len(words) > 1]
        self.part = whole_words(word for word in first if len(word) >= FEWEST_LETTERS)

    def masked(self, record: Record) -> Record:
        """The record without the names; the very same when nothing changes. A list loses its lines of the customer:
        nobody who was forgotten is drawn to be called. What was handed over stays as it was handed over."""
        if _handed_over(record):
            return record
        if isinstance(record, CustomerList):
            rows = tuple(row for row in record.rows if key_of(row.customer) not in self.keys)
            record = record if len(rows) == len(record.rows) else msgspec.structs.replace(record, rows=rows)
        return self._bare(record)

    def _bare(self, record: Record) -> Record:
        written = kind_of(record).written
        before = msgspec.to_builtins(record)
        after = {field: self._plain(field, value, written) for field, value in before.items()}
        return record if after == before else msgspec.convert(after, type(record))

    def _plain(self, field: str, value: Any, written: frozenset[str]) -> Any:
        if isinstance(value, dict):
            return {name: self._plain(name, inner, written) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self._plain(field, inner, written) for inner in value)
        if not isinstance(value, str):
            return value
        if field in (*CUSTOMERS, "name") and key_of(value) in self.keys:
            return self.former
        if field == "line" and self.tells(value):
            marked = re.sub(r'\^"[^"]*"|\^\S+', lambda found: self._mark(found[0]), value)
            return replaced(marked, self.pattern, self.former)
        return replaced(value, self.pattern, self.former) if field in written else value

    def _mark(self, typed: str) -> str:
        return f'^"{self.former}"' if key_of(typed.strip('^".,;')) in self.keys else typed

    def tells(self, words: str) -> bool:
        """Whether a name is in the words."""
        return replaced(words, self.pattern, "") != words

    def mentions(self, record: Record) -> Iterator[NamePlace]:
        """Where the first word of a name is in what was written, once the whole names are out of it."""
        if isinstance(record, Customer):
            return
        for field, value in msgspec.to_builtins(record).items():
            for words in texts_in(field, value, kind_of(record).written):
                if replaced(words, self.part, "", capital=True) != words:
                    yield NamePlace(record, field, words)

    def tells_of(self, record: Record) -> bool:
        """Whether a name is in the record, and must go from it."""
        return not _handed_over(record) and self.tells(msgspec.json.encode(record).decode())


def _handed_over(record: Record) -> bool:
    """Whether it is an evaluation that was shared: its words and the answer to them are kept under a digest."""
    return isinstance(record, Evaluation) and bool(record.finals or record.shared)


def plan_to_forget(workspace: Workspace, name: str) -> CustomerForgetting:
    """Look through every record of every year. NotFound when none has the name. Refused for somebody who was forgotten
    already. Changes nothing."""
    if is_former(name):
        raise Refused(f"{name[0].upper()}{name[1:]} was forgotten already.", "There is no name left to take out.")
    names, reached_by = _known_by(workspace, checked_name(name))
    mask = _Mask(names, reached_by, _former(workspace, names))
    changed: list[Record] = []
    cleared: list[str] = []
    named = 0
    locked: list[str] = []
    mentions: list[NamePlace] = []
    for kind in KINDS:
        for record in workspace.find(kind.record, removed=None):
            if isinstance(record, Customer) and key_of(record.name) in mask.keys:
                changed.append(_emptied(record, mask.former))
                continue
            if _handed_over(record):
                locked += [record.id] if mask.tells(msgspec.json.encode(record).decode()) else []
                continue
            masked = mask.masked(record)
            mentions += mask.mentions(masked)
            if masked is not record:
                customer = kind_of(record).customer(record)
                named += key_of(customer) in mask.keys
                changed.append(msgspec.structs.replace(masked, version=record.version + 1))
            elif told_once(workspace, record, mask.tells_of):
                cleared.append(record.id)
    note = workspace.drafts.path(CUSTOMER)
    kept_for = [digest_of(each, HALF_TYPED) for each in names]
    drafts = tuple(path for path in drafts_that_tell(workspace, mask.tells, kept_for) if path != note)
    if not changed and not cleared and not drafts and not any(_begun(workspace, name)):
        raise NotFound(f"No record names {name}.", "`meetingtool customer list` shows the customers.")
    cleared += [record.id for record in changed]
    return CustomerForgetting(
        names,
        reached_by,
        mask.former,
        tuple(changed),
        tuple(cleared),
        named,
        drafts,
        tuple(locked),
        tuple(mentions),
    )


def _emptied(customer: Customer, former: str) -> Customer:
    """A customer's own record without anything of the customer. former: what it is called now."""
    return msgspec.structs.replace(
        customer,
        version=customer.version + 1,
        name=former,
        aliases=(),
        group="",
        telephone="",
        email="",
        note="",
        removed_at=customer.removed_at or customer.made_at,
    )


def _known_by(workspace: Workspace, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every name of the customer, then every number and address; those that are gone already, too, where this was
    interrupted."""
    called, reached_by = _begun(workspace, name)
    called = [*names_of(workspace).names(name), *called]
    keys = set(map(key_of, called))
    kept = [each for each in workspace.find(Customer, removed=None) if key_of(each.name) in keys]
    rows = [row for each in workspace.find(CustomerList, removed=None) for row in each.rows]
    given = [(one.telephone, one.email) for one in kept]
    given += [(row.telephone, row.email) for row in rows if key_of(row.customer) in keys]
    reached_by += [said for both in given for said in both if "@" in said or _is_long(said)]
    return tuple(dict.fromkeys(called)), tuple(dict.fromkeys(reached_by))


def _is_long(number: str) -> bool:
    return sum(map(str.isdecimal, number)) >= FEWEST_DIGITS


def _begun(workspace: Workspace, name: str) -> tuple[list[str], list[str]]:
    """The names of a customer whose forgetting was begun and is not finished."""
    names, _, reached_by = workspace.drafts.get(CUSTOMER).partition("\n\n")
    known = names.splitlines()
    return (known, reached_by.splitlines()) if key_of(name) in map(key_of, known) else ([], [])


def _former(workspace: Workspace, names: tuple[str, ...]) -> str:
    """What the customer is called from now on: what it was called, where one of the names was forgotten before."""
    gone = [each for each in workspace.find(Customer, removed=None) if each.forgotten]
    before = (each.name for each in gone if any(name in ForgottenNames([each]) for name in names))
    return next(before, "") or former(each.name for each in gone)


def _known_again(workspace: Workspace, plan: CustomerForgetting, now: datetime) -> list[Customer]:
    """What keeps a list from bringing the customer back, where it is not kept yet: digests, in the bin of the team."""
    gone = forgotten_names(workspace)
    if all(name in gone for name in plan.names):
        return []
    id = mint(now)
    digests = tuple(digest_of(name, id) for name in plan.names)
    made = Customer(id=id, at=now, made_at=now, made_by=workspace.user, name=plan.former, forgotten=digests)
    return [msgspec.structs.replace(made, removed_at=now)]


def forget_customer(workspace: Workspace, plan: CustomerForgetting, now: datetime) -> tuple[Path, ...]:
    """Take the names out, in former versions and backups too. It can't be undone; if it is interrupted, it can be run
    again. Returns files that still have them, or that could not be read."""
    mask = _Mask(plan.names, plan.reached_by, plan.former)
    workspace.drafts.put(CUSTOMER, "\n".join((*plan.names, *(("", *plan.reached_by) if plan.reached_by else ()))))
    with workspace.batch(deeds.CUSTOMER_FORGOTTEN, now):
        for record in (*plan.changed, *_known_again(workspace, plan, now)):
            workspace.save(record, deed=deeds.CUSTOMER_FORGOTTEN, now=now)
    change = CopyRewrite(lambda row: mask.tells(row.decode()), mask.masked)
    purged = workspace.purge(list(plan.cleared), change)
    try:
        for path in plan.drafts:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise why_not(error, workspace.folder) from error
    workspace.drafts.clear(CUSTOMER)
    zips = zips_that_tell(workspace, mask.tells)
    return tuple(dict.fromkeys([*purged.out_of_reach, *zips, *still_telling(workspace, mask.tells, texts=True)]))
