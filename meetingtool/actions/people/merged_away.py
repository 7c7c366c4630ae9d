"""Moving over records of an entry that was merged into another one, made on a computer that did not know that yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from meetingtool.actions.people.one_person import COUNTED, moved_evaluation, of_the_same_days
from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.anonymity import is_alias
from meetingtool.rules.kinds.table import with_ids_replaced
from meetingtool.rules.people.doubles import overlapping
from meetingtool.rules.people.periods import between
from meetingtool.store import Workspace


def left_behind(workspace: Workspace) -> list[Record]:
    """What still names an entry that was merged into another one. An evaluation that stays beside one of some of its
    days doesn't count: merging the entries pointed it out."""
    to = _to(workspace)
    if not to:
        return []
    found: list[Record] = []
    for kind, _ in COUNTED:
        for record in workspace.find(kind, removed=None):
            moved = with_ids_replaced(record, to)
            if moved is record:
                continue
            if not isinstance(moved, Evaluation) or _can_move(workspace, moved):
                found.append(record)
    return found


def evaluations_beside(workspace: Workspace) -> frozenset[str]:
    """Evaluations of an entry that was merged away, which stay with it: there is one of some of their days."""
    to = _to(workspace)
    theirs = [e for e in workspace.find(Evaluation, removed=None) if e.person in to]
    return frozenset(e.id for e in theirs if not _can_move(workspace, with_ids_replaced(e, to)))


def move_over(workspace: Workspace, now: datetime, stay: Collection[str] = ()) -> list[str]:
    """Let everything that names an entry merged away name the one that stays. Returns in words what was moved. An
    evaluation moves even if there is one of the very same days: `check` names both until they are joined. stay: ids of
    those that stay. Called in a batch.
    """
    _untangle(workspace, now)
    to, moved = _to(workspace), defaultdict[str, list[Record]](list)
    told = []
    for kind, _ in COUNTED if to else ():
        for record in workspace.find(kind, removed=None):
            new = with_ids_replaced(record, to)
            if new is record or record.id in stay:
                continue
            changed: list[Record] = [msgspec.structs.replace(new, version=record.version + 1)]
            if isinstance(new, Evaluation):
                mine = _mine(workspace, new)
                changed = moved_evaluation(new, mine, now) or changed
                if new.removed_at is None and not _can_move(workspace, new):
                    told.append(f"The evaluation {new.ref} stays as it was: there is one of some of its days.")
                    continue
            workspace.save(*changed, deed=deeds.QUIET, now=now)
            for owner in _owners(record, to):
                moved[owner].append(record)
    return [*(_told(workspace.get(Person, owner), records) for owner, records in moved.items()), *told]


def _can_move(workspace: Workspace, evaluation: Evaluation) -> bool:
    """Whether there is none of some of its days; with one of the very same days it has to be decided which is valid."""
    mine, days = _mine(workspace, evaluation), between(evaluation.since, evaluation.until)
    return of_the_same_days(evaluation, mine) is not None or overlapping(mine, evaluation.person, days) is None


def _to(workspace: Workspace) -> dict[str, str]:
    return {other: person.id for person in workspace.find(Person) for other in person.merged if other != person.id}


def _mine(workspace: Workspace, evaluation: Evaluation) -> list[Evaluation]:
    return [each for each in workspace.find(Evaluation, person=evaluation.person) if each.id != evaluation.id]


def _owners(record: Record, to: dict[str, str]) -> list[str]:
    """The entries that a record moves to."""
    return list(
        dict.fromkeys(kept for gone, kept in to.items() if with_ids_replaced(record, {gone: kept}) is not record)
    )


def _told(person: Person, records: list[Record]) -> str:
    numbers = [(sum(isinstance(one, kind) for one in records), words) for kind, words in COUNTED]
    counts = wording.listed([wording.count(number, *words) for number, words in numbers if number])
    name = wording.one_line(person.name)
    return f"{counts} of an entry that was merged into {name} moved there (@{person.handle})."


def _untangle(workspace: Workspace, now: datetime) -> None:
    """Put every entry that was merged away into the bin, and let the one that stays know them all: two computers can
    have merged two entries into each other, or one into a third."""
    people = {person.id: person for person in workspace.find(Person, removed=None)}
    parent: dict[str, str] = {}
    for person in sorted(people.values(), key=lambda each: (each.made_at, each.id)):
        for other in person.merged:
            if other in people and other != person.id and _root(parent, person.id) != other:
                parent.setdefault(other, person.id)
    below = defaultdict[str, list[str]](list)
    for other in parent:
        below[_root(parent, other)].append(other)
    taken = {one.handle for one in people.values() if one.id not in parent and one.removed_at is None}
    for person in people.values():
        mine = below[person.id]
        if person.id in parent:
            new = msgspec.structs.replace(person, removed_at=person.removed_at or now)
        else:
            back = any(person.id in people[other].merged for other in mine)
            ids = [other for other in dict.fromkeys([*person.merged, *mine]) if other != person.id]
            new = msgspec.structs.replace(person, merged=tuple(ids), removed_at=None if back else person.removed_at)
            new = _found_by(new, [people[other] for other in ids if other in people], taken)
        if new != person:
            workspace.save(msgspec.structs.replace(new, version=person.version + 1), deed=deeds.QUIET, now=now)


def _found_by(person: Person, doubles: Iterable[Person], taken: Collection[str]) -> Person:
    """The entry with every name and handle of those that were merged into it: the other computer may have given one a
    new name or handle meanwhile. Whoever was forgotten gets no name. taken: handles in use."""
    if is_alias(person):
        return person
    known = {fold(name) for name in (person.name, *person.nicknames, *person.former_names, *person.former_nicknames)}
    names, handles = dict[str, None](), dict.fromkeys(person.former_handles)
    for double in (double for double in doubles if not is_alias(double)):
        names |= dict.fromkeys(name for name in (double.name, *double.nicknames) if fold(name) not in known)
        handles |= dict.fromkeys(each for each in (double.handle, *double.former_handles) if each not in taken)
    return msgspec.structs.replace(
        person,
        nicknames=(*person.nicknames, *names),
        former_names=(*person.former_names, *names),
        former_handles=tuple(handles),
    )


def _root(parent: dict[str, str], id: str) -> str:
    while id in parent:
        id = parent[id]
    return id
