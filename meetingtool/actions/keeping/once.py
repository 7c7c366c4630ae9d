"""Joining what may exist only once, such as a survey of one name or an answer with one id, but came from two
computers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from meetingtool.actions.keeping.answers_once import answers_once
from meetingtool.actions.keeping.gave_way import gave_way_in_words
from meetingtool.actions.reading import roster_of
from meetingtool.records.base import Record
from meetingtool.records.customers import Customer
from meetingtool.records.surveys import Survey
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.joining import merged_record
from meetingtool.rules.kinds.kind import Kind
from meetingtool.rules.kinds.table import KINDS, kind_of, name_of, words_for
from meetingtool.store import Workspace
from meetingtool.store.merging import Merged

R = TypeVar("R", bound=Record)


def doubles(workspace: Workspace) -> list[tuple[Record, ...]]:
    """Records of which there may only be one, whoever made them; the first made first."""
    return [
        tuple(several)
        for kind in KINDS
        if kind.kept_once_here
        for several in _alike(kind, workspace.find(kind.record))
        if not _is_apart(several)
    ]


def join_doubles(workspace: Workspace, now: datetime, merged: Sequence[Merged] = ()) -> list[str]:
    """Join what may exist only once: the one made first gets what both say, the other goes to the bin, and what points
    to the other points to the first. Returns in words what was joined. merged: merges that were just made; for kinds
    that are double only when two computers made them, what one computer made twice stays. Called in a batch.
    """
    told = [f"{one} has another survey's name; it is “{name}” now." for one, name in _renamed(workspace, now)]
    to = _join(workspace, now, merged, told, [kind for kind in KINDS if kind.kept_once_here])
    _point(workspace, to, {}, now)
    rows, said = answers_once(workspace, now, merged)
    told += said
    _point(workspace, {}, rows, now)
    to = _join(workspace, now, merged, told, KINDS)
    _point(workspace, to, {}, now)
    return told


def _join(
    workspace: Workspace, now: datetime, merged: Sequence[Merged], told: list[str], kinds: Iterable[Kind[Any]]
) -> dict[str, str]:
    """Join the doubles of some kinds; id -> the id that stands for it now."""
    came = frozenset[str]().union(*(each.came for each in merged))
    to: dict[str, str] = {}
    for kind in kinds:
        if not kind.kept_once_here and not came:
            continue
        for first, *others in _alike(kind, workspace.find(kind.record)):
            for other in others:
                two = {first.id, other.id}
                apart = bool(two & came) and not any(two <= each.there for each in merged)
                if (not kind.kept_once_here and not apart) or _is_apart([first, other]):
                    continue
                first, said = _one_of(workspace, first, other, now)
                told.append(said)
                to[other.id] = first.id
    return to


def _one_of(workspace: Workspace, first: R, other: R, now: datetime) -> tuple[R, str]:
    """The first one with what the other says; the other goes into the bin."""
    later, earlier = (first, other) if _since(workspace, first) >= _since(workspace, other) else (other, first)
    both, gave_way = merged_record(None, later, earlier)
    at = max(first.at, other.at) if isinstance(first, Customer) else first.at
    new = msgspec.structs.replace(
        both, id=first.id, at=at, made_at=first.made_at, made_by=first.made_by, version=first.version
    )
    if new != first:
        new = msgspec.structs.replace(new, version=first.version + 1)
        workspace.save(new, deed=deeds.TOLD_APART, now=now)
    binned = msgspec.structs.replace(other, version=other.version + 1, removed_at=now)
    workspace.save(binned, deed=deeds.TOLD_APART, now=now)
    roster = roster_of(workspace, now.date())
    called = f"{name_of(new, roster)}: this {words_for(new).short}"
    said = f"{called} was there twice, and is now there once ({new.ref}; {other.ref} is in the bin)."
    gone = gave_way_in_words(workspace, new, gave_way, roster, "", "")
    return new, f"{said} {gone}".rstrip()


def _since(workspace: Workspace, record: Record) -> datetime:
    versions = workspace.versions(record.id)
    return (versions[-2].replaced_at if len(versions) > 1 else None) or record.made_at


def _alike(kind: Kind[Any], records: Iterable[R]) -> Iterator[list[R]]:
    """Those that share a key with one of the others, the first made first."""
    by: dict[Hashable, list[R]] = {}
    for record in sorted(records, key=lambda each: (each.made_at, each.id)):
        keys = kind.once(record)
        known: dict[int, list[R]] = {id(by[key]): by[key] for key in keys if key in by}
        group = [each for several in known.values() for each in several]
        group.append(record)
        for key in [*keys, *(key for each in group for key in kind.once(each))]:
            by[key] = group
    groups = {id(several): several for several in by.values() if len(several) > 1}
    yield from groups.values()


def _is_apart(several: Sequence[Record]) -> bool:
    """Whether two surveys of one name ask differently, so that their answers can't be counted together."""
    surveys = [each for each in several if isinstance(each, Survey)]
    if not surveys:
        return False
    known = {measure.key: measure for measure in surveys[0].measures}
    return any(known.get(measure.key, measure) != measure for each in surveys for measure in each.measures)


def _renamed(workspace: Workspace, now: datetime) -> Iterator[tuple[str, str]]:
    """Give a survey that asks differently from another of its name a name of its own."""
    surveys = workspace.find(Survey)
    taken = {fold(survey.name) for survey in surveys}
    for first, *others in _alike(kind_of(surveys[0]), surveys) if surveys else ():
        for survey in others:
            if _is_apart([first, survey]):
                numbers = range(2, len(surveys) + 3)
                name = next(f"{survey.name} {n}" for n in numbers if fold(f"{survey.name} {n}") not in taken)
                taken.add(fold(name))
                changed = msgspec.structs.replace(survey, version=survey.version + 1, name=name)
                workspace.save(changed, deed=deeds.TOLD_APART, now=now)
                yield survey.ref, wording.one_line(name)


def _point(
    workspace: Workspace, to: Mapping[str, str], rows: Mapping[tuple[str, int], tuple[str, int]], now: datetime
) -> None:
    """Let every record that names one that gave way name the other. rows: of answers, the batch and its row."""
    if not to and not rows:
        return
    for kind in KINDS:
        for record in workspace.find(kind.record, removed=None):
            if record.id in to:
                continue
            new = _pointed(record, to)
            if (place := (getattr(record, "batch", ""), getattr(record, "row", -1))) in rows:
                batch, row = rows[place]
                new = msgspec.structs.replace(new, batch=batch, row=row)
            if new != record:
                workspace.save(msgspec.structs.replace(new, version=record.version + 1), deed=deeds.TOLD_APART, now=now)


def _pointed(value: Any, to: Mapping[str, str]) -> Any:
    """The value with ids replaced in all its parts; what is locked in a document stays word for word."""
    if isinstance(value, str):
        return to.get(value, value)
    if isinstance(value, tuple):
        new = tuple(_pointed(each, to) for each in value)
        return value if new == value else new
    if isinstance(value, msgspec.Struct):
        changes = {
            field: new
            for field in value.__struct_fields__
            if field not in ("id", "removed_at") and (new := _pointed(was := getattr(value, field), to)) != was
        }
        return msgspec.structs.replace(value, **changes) if changes else value
    return value
