"""Merging the copies that two computers left of one workspace, as one deed: all of it is done, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from meetingtool.actions.keeping.doubles import tell_apart
from meetingtool.actions.keeping.gave_way import gave_way_in_words
from meetingtool.actions.keeping.safekeeping import all_readable
from meetingtool.actions.keeping.undo import LOOK_BACK
from meetingtool.actions.keeping.unfinished import note_begun
from meetingtool.actions.people.merged_away import evaluations_beside
from meetingtool.actions.people.merged_finals import keep_what_was_handed_over
from meetingtool.actions.reading import roster_of
from meetingtool.errors import NotFound
from meetingtool.records.base import Record, mint
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.deeds import is_merge, merging
from meetingtool.rules.kinds.joining import merged_record
from meetingtool.rules.people.doubles import was_handed_over
from meetingtool.store import Change, Deed, Workspace
from meetingtool.store.conflicted import conflicted_copies
from meetingtool.store.envelope import Envelope
from meetingtool.store.examination import examine
from meetingtool.store.lines import Tables
from meetingtool.store.merging import Merged, decoded, merge, merge_in, merged_away, tables_of
from meetingtool.store.places import DAMAGED
from meetingtool.store.roll import known_books


def merge_copies(
    folder: Path,
    user: str,
    now: datetime,
    envelope: Envelope,
    opened: Callable[[], Workspace],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[Merged], list[str]]:
    """Merge every conflicted copy into its book, as one deed that can be undone. Returns what was done, and in words
    what gave way or is there from both. It is all saved at once, before any copy is put away: an interrupted merge is
    begun anew. Where a book can't be read, each copy is merged by itself. opened: the workspace, asked for when every
    book can be read.
    """
    copies = conflicted_copies(folder, envelope=envelope)
    if not copies:
        return [], []
    code, deed_id = merging(copies[0].service), mint(now)
    if not all_readable(examine(folder, envelope=envelope)):
        alone = [merge(folder, copy, user=user, now=now, envelope=envelope, deed_id=deed_id) for copy in copies]
        if not all_readable(examine(folder, envelope=envelope)):
            return alone, []
        workspace = opened()
        with workspace.batch(code, now, deed_id=deed_id):
            told = [line for each in alone for line in _settled(workspace, each, now)]
            told += _gave_way(workspace, alone, now)
            return alone, [*tell_apart(workspace, now, alone, stay=()), *told]
    workspace, known = opened(), known_books(folder, envelope)
    tell = progress or (lambda done, of: None)
    read = []
    for copy in copies:
        read.append((copy, tables_of(copy, envelope)))
        tell(len(read), 2 * len(copies) + 1)
    merged: list[Merged] = []
    with workspace.batch(code, now, deed_id=deed_id) as staged:
        beside = evaluations_beside(workspace)
        again, told = _taken_in_again(workspace, [theirs for _, theirs in read], now)
        for copy, theirs in read:
            done = merge_in(staged, copy, theirs, user)
            merged.append(msgspec.structs.replace(done, again=len(again & done.there)))
            told += _settled(workspace, merged[-1], now)
            tell(len(read) + len(merged), 2 * len(copies) + 1)
        told += _gave_way(workspace, merged, now)
        told = [*tell_apart(workspace, now, merged, stay=beside), *told]
    tell(2 * len(copies) + 1, 2 * len(copies) + 1)
    away = (
        merged_away(folder, copy, done, known, now=now, envelope=envelope)
        for copy, done in zip(copies, merged, strict=True)
    )
    return [_with_taken_back(workspace, done) for done in away], told


def _settled(workspace: Workspace, done: Merged, now: datetime) -> list[str]:
    """What was handed over on either side stays, and whoever was made anonymous; in words."""
    told = keep_what_was_handed_over(workspace, done.both, now)
    note_begun(workspace, done.named)
    return [*told, *(_stays_forgotten(workspace, person) for person in done.named)]


def _stays_forgotten(workspace: Workspace, person: Person) -> str:
    alias = workspace.get(Person, person.id)
    return (
        f"{alias.name} was made anonymous on one of the computers and stays so. What the other has may still have "
        f"the name: `meetingtool forget @{person.handle}` takes it out."
    )


def _taken_in_again(workspace: Workspace, copies: Sequence[Tables], now: datetime) -> tuple[set[str], list[str]]:
    """Take in again what `undo` took back from a merge, where copies have all of it. Returns their ids, and in words
    what gives way to later changes. copies: the rows of each."""
    merges, again, told = list(_undone(workspace)), set[str](), list[str]()
    if not merges:
        return again, told
    theirs: dict[str, Record] = {id: record for copy in copies for id, record in decoded(copy).items()}
    roster = roster_of(workspace, now.date())
    for _, steps, before in merges:
        if not _has_all(workspace, theirs, {step.id: before[step.id] for step in steps}):
            continue
        for step in steps:
            versions = {record.version: record for record in _records(workspace, step.id)}
            current, base, brought = versions[max(versions)], versions.get(step.after), versions.get(step.before)
            if base is None or brought is None:
                continue
            new, gave_way = merged_record(base, current, brought)
            if current.removed_at == base.removed_at:
                new = msgspec.structs.replace(new, removed_at=brought.removed_at)
            gone = [each for each in gave_way if each.field != "removed_at"]
            workspace.save(msgspec.structs.replace(new, version=current.version + 1), deed=deeds.QUIET, now=now)
            told.append(gave_way_in_words(workspace, new, gone, roster, "there", "here"))
            again.add(step.id)
    return again, list(filter(None, told))


def _undone(workspace: Workspace) -> Iterator[tuple[Deed, list[Change], dict[str, int]]]:
    """Undos of merges, each with the undone steps of records that no merge has taken in again since, and with the
    version that each record had before it was first merged."""
    recent = workspace.deeds(LOOK_BACK)
    whole = {deed.id: deed for deed in recent if is_merge(deed.what)}
    undos = [deed for deed in recent if deed.undoes in whole]
    before: dict[str, int] = {}
    for undo in undos:
        before |= {change.id: change.before for change in whole[undo.undoes or ""].changes}
    for undo in undos:
        if steps := [step for step in undo.changes if not _was_merged_at(workspace, step)]:
            yield undo, steps, before


def _was_merged_at(workspace: Workspace, step: Change) -> bool:
    """Whether a merge replaced the version that a step led to, or one after it; or that version isn't kept any more."""
    since = [(record, deed) for record, deed in _versions(workspace, step.id) if record.version >= step.after]
    return not since or since[0][0].version != step.after or any(is_merge(deed) for _, deed in since)


def _versions(workspace: Workspace, id: str) -> list[tuple[Record, deeds.Code]]:
    """The versions of a record that are kept, oldest first, each with the deed that replaced it."""
    try:
        versions = workspace.versions(id)
    except NotFound:
        return []
    return [(each.record, each.deed) for each in versions if isinstance(each.record, Record)]


def _records(workspace: Workspace, id: str) -> list[Record]:
    return [record for record, _ in _versions(workspace, id)]


def _has_all(workspace: Workspace, theirs: Mapping[str, Record], before: Mapping[str, int]) -> bool:
    """Whether copies have every record that came with a merge, and something that it changed. before: the version of
    each of its records before the merge; 0 for those that came with it.
    """
    if any(not version and id not in theirs for id, version in before.items()):
        return False
    return any(
        id in theirs and not any(_alike(theirs[id], was) for was in _records(workspace, id) if was.version <= version)
        for id, version in before.items()
    )


def _alike(one: Record, other: Record) -> bool:
    return msgspec.structs.replace(one, version=other.version) == other


def _with_taken_back(workspace: Workspace, done: Merged) -> Merged:
    """A merge that found nothing new, with the day on which what the copy has was taken back here, if it was."""
    if done.found_anything:
        return done
    days = (undo.at for undo, steps, _ in _undone(workspace) if any(step.id in done.there for step in steps))
    return msgspec.structs.replace(done, taken_back=next(days, None))


def _gave_way(workspace: Workspace, merged: Sequence[Merged], now: datetime) -> Iterator[str]:
    """What is not used of the records that were changed on both sides, by name. It takes all merges to be done: whom
    one book names, another one has."""
    roster = roster_of(workspace, now.date())
    was_at, stands_at = "here", "there"
    one_person = {id for person in workspace.find(Person, removed=None) if person.merged for id in _ids(person)}
    for each in (each for done in merged for each in done.both):
        sides = (was_at, stands_at) if each.ours_gave_way else (stands_at, was_at)
        record = workspace.by_ref(each.id)
        told_already = isinstance(record, Evaluation) and was_handed_over(record)
        gone = [one for one in each.gave_way if one.field != "removed_at" or record.id not in one_person]
        if not told_already and (words := gave_way_in_words(workspace, record, gone, roster, *sides)):
            yield words


def _ids(person: Person) -> tuple[str, ...]:
    """Of all entries of a person; which of them stays in use is decided once all copies are merged."""
    return (person.id, *person.merged)


_IS = ("is", "are")


def told_merge(done: Merged) -> str:
    """What a merge did, in a sentence."""
    if not done.found_anything and done.copy.parent.name == DAMAGED:
        return f"{done.book}.json: nothing new could be read in the copy, which is in `damaged` now."
    if not done.found_anything:
        if done.taken_back is None:
            return f"{done.book}.json: the copy had nothing new."
        day = wording.day_in_full(done.taken_back.date())
        return (
            f"{done.book}.json: what the copy has was merged before, and `undo` took it back on {day}. "
            "`meetingtool bin list` has the records that came with it; `show REF --changes` has what it changed."
        )
    parts = [f"{wording.count(done.added, 'record')} added", f"{wording.count(done.changed, 'record')} updated"]
    if done.again:
        again = f"{wording.count(done.again, 'record')} that `undo` had taken back {_IS[done.again > 1]} here again"
        parts = [again, *(parts if done.added or done.changed else [])]
    if done.both:
        parts.append(f"{wording.count(len(done.both), 'record')} changed on both sides brought together")
    return f"{done.book}.json: {'; '.join(parts)}."
