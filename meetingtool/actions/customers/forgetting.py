"""Forgetting a customer: the names go out of every record, former version and backup; what was done stays."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from meetingtool.actions.customers.keeping import checked_name, forgotten_names, names_of
from meetingtool.actions.keeping.retention import drafts_that_tell, still_telling, told_once, zips_that_tell
from meetingtool.errors import NotFound
from meetingtool.records.base import Record, mint
from meetingtool.records.customers import Customer
from meetingtool.records.evaluations import Evaluation
from meetingtool.rules.customers.naming import digest_of, key_of
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.anonymity import CUSTOMERS, replaced, whole_words
from meetingtool.rules.kinds.table import KINDS, kind_of
from meetingtool.store import Workspace
from meetingtool.store.lock import why_not
from meetingtool.store.retention import CopyRewrite

NOBODY = "a former customer"
NOTE = "forgetting"
"""The key under which the names are kept until they are gone everywhere: the records may lose them before copies do."""


class CustomerForgetting(msgspec.Struct, frozen=True):
    """What forgetting a customer comes to. changed: the records as they will be. cleared: ids of those whose former
    versions go. named: how many have the name as their customer; the others mention it in their words. locked: ids of
    final evaluations that keep the words. drafts: half-typed words with the name, to go."""

    names: tuple[str, ...]
    changed: tuple[Record, ...]
    cleared: tuple[str, ...]
    named: int
    drafts: tuple[Path, ...]
    locked: tuple[str, ...]


class _Mask:
    """Puts `NOBODY` in the place of every name of a customer."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.keys = {key_of(name) for name in names}
        self.pattern = whole_words(names)

    def masked(self, record: Record) -> Record:
        """The record without the names; the very same when nothing changes."""
        written = kind_of(record).written
        before = msgspec.to_builtins(record)
        after = {field: self._plain(field, value, written) for field, value in before.items()}
        return record if after == before else msgspec.convert(after, type(record))

    def _plain(self, field: str, value: Any, written: frozenset[str]) -> Any:
        if field in ("finals", "shared"):
            return value
        if isinstance(value, dict):
            return {name: self._plain(name, inner, written) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self._plain(field, inner, written) for inner in value)
        if not isinstance(value, str):
            return value
        if field in (*CUSTOMERS, "name") and key_of(value) in self.keys:
            return NOBODY
        if field == "line" and self.tells(value):
            marked = re.sub(r'\^"[^"]*"|\^\S+', lambda found: self._mark(found[0]), value)
            return replaced(marked, self.pattern, NOBODY)
        return replaced(value, self.pattern, NOBODY) if field in written else value

    def _mark(self, typed: str) -> str:
        return f'^"{NOBODY}"' if key_of(typed.strip('^".,;')) in self.keys else typed

    def tells(self, words: str) -> bool:
        """Whether a name stands in the words."""
        return replaced(words, self.pattern, "") != words

    def tells_of(self, record: Record) -> bool:
        """Whether a name stands in the record, but for what is locked in an evaluation."""
        plain = msgspec.to_builtins(record)
        return self.tells(msgspec.json.encode({**plain, "finals": None, "shared": None}).decode())


def plan_to_forget(workspace: Workspace, name: str) -> CustomerForgetting:
    """Look through every record of every year. NotFound when none has the name. Changes nothing."""
    names = _names(workspace, checked_name(name))
    mask = _Mask(names)
    changed: list[Record] = []
    cleared: list[str] = []
    named = 0
    locked: list[str] = []
    for kind in KINDS:
        for record in workspace.find(kind.record, removed=None):
            if isinstance(record, Customer) and key_of(record.name) in mask.keys:
                gone = msgspec.structs.replace(
                    record,
                    version=record.version + 1,
                    name=NOBODY,
                    aliases=(),
                    group="",
                    telephone="",
                    email="",
                    note="",
                    removed_at=record.removed_at or record.made_at,
                )
                changed.append(gone)
                continue
            if isinstance(record, Evaluation) and (record.finals or record.shared):
                words = msgspec.json.encode([record.finals, record.shared]).decode()
                locked += [record.id] if mask.tells(words) else []
            masked = mask.masked(record)
            if masked is not record:
                customer = kind_of(record).customer(record)
                named += key_of(customer) in mask.keys
                changed.append(msgspec.structs.replace(masked, version=record.version + 1))
            elif told_once(workspace, record, mask.tells_of):
                cleared.append(record.id)
    note = workspace.drafts.path(NOTE)
    drafts = tuple(path for path in drafts_that_tell(workspace, mask.tells) if path != note)
    if not changed and not cleared and not drafts and not _begun(workspace, name):
        raise NotFound(f"No record names {name}.", "`meetingtool customer list` shows the customers.")
    cleared += [record.id for record in changed]
    return CustomerForgetting(names, tuple(changed), tuple(cleared), named, drafts, tuple(locked))


def _names(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Every name of the customer; those that are gone already, too, where this was interrupted."""
    return tuple(dict.fromkeys([*names_of(workspace).names(name), *_begun(workspace, name)]))


def _begun(workspace: Workspace, name: str) -> list[str]:
    """The names of a customer whose forgetting was begun and is not finished."""
    names = workspace.drafts.get(NOTE).splitlines()
    return names if key_of(name) in map(key_of, names) else []


def _known_again(workspace: Workspace, plan: CustomerForgetting, now: datetime) -> list[Customer]:
    """What keeps a list from bringing the customer back, where it is not kept yet: digests, in the bin of the team."""
    gone = forgotten_names(workspace)
    if all(name in gone for name in plan.names):
        return []
    id = mint(now)
    digests = tuple(digest_of(name, id) for name in plan.names)
    made = Customer(id=id, at=now, made_at=now, made_by=workspace.user, name=NOBODY, forgotten=digests)
    return [msgspec.structs.replace(made, removed_at=now)]


def forget_customer(workspace: Workspace, plan: CustomerForgetting, now: datetime) -> tuple[Path, ...]:
    """Take the names out, in former versions and backups too. It can't be undone, and whatever stops it, it can be run
    again. Returns files that still have them, or that could not be read."""
    mask = _Mask(plan.names)
    workspace.drafts.put(NOTE, "\n".join(plan.names))
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
    workspace.drafts.clear(NOTE)
    zips = zips_that_tell(workspace, mask.tells)
    return tuple(dict.fromkeys([*purged.out_of_reach, *zips, *still_telling(workspace, mask.tells, texts=True)]))
