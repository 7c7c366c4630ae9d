"""Evaluations that were handed over since a backup: no restore takes back what an employee has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.rules.keeping.deeds import COPY_MERGED
from meetingtool.rules.people.course import course_is_genuine
from meetingtool.rules.people.digests import answer_is_genuine, is_genuine, seal_of, shared_is_genuine
from meetingtool.rules.people.doubles import both_kept, shared_apart, was_handed_over
from meetingtool.store.deeds import Former
from meetingtool.store.keys import VERSION_DIGITS, former_key, key_of
from meetingtool.store.lines import Rows, Tables, line_of
from meetingtool.store.places import TEAM
from meetingtool.store.shelf import decode_record


class HandedOver(msgspec.Struct, frozen=True):
    """What a backup lacks of the evaluations of a book that were handed over here.

    staying: those that stay as they are here. both: the ids of those of which the backup has another version that was
    handed over, so that both are kept. going_back: those that were changed outside meetingtool here, so that the backup
    is what mends them.
    """

    staying: tuple[Evaluation, ...] = ()
    going_back: tuple[Evaluation, ...] = ()
    both: frozenset[str] = frozenset()


def handed_over(here: Rows, there: Rows) -> HandedOver:
    """The evaluations among the records of a book here for which the backup lacks what was handed over."""
    staying: list[Evaluation] = []
    going: list[Evaluation] = []
    both: set[str] = set()
    for key, line in here.items():
        if line == there.get(key) or b'"evaluation"' not in line:
            continue
        ours, theirs = decode_record(key, line), _there(there, key)
        if not isinstance(ours, Evaluation) or not was_handed_over(ours) or _is_further(theirs, ours):
            continue
        if _told_in(ours) - _told_in(theirs):
            (staying if _is_genuine(ours) else going).append(ours)
            if theirs is not None and _is_genuine(theirs) and _told_in(theirs) - _told_in(ours):
                both.add(ours.id)
    return HandedOver(tuple(staying), tuple(going), frozenset(both.intersection(each.id for each in staying)))


def with_handed_over(
    here: Mapping[str, Tables], there: Mapping[str, Tables], by: str, now: datetime
) -> dict[str, Tables]:
    """The books of a backup with the evaluations that stay, each with its former versions, and with the people whom
    they are about. Where the backup has another version that was handed over, that one is kept too: its editions and
    its answer, or, of two that were shared as two sheets, an evaluation of its own beside the one here.

    here: the books here that can be read. by, now: who restores, and when.
    """
    whole = {
        name: {"records": {}, **{each: dict(rows) for each, rows in tables.items()}} for name, tables in there.items()
    }
    people: set[str] = set()
    for name, tables in whole.items():
        mine = here.get(name, {})
        found = handed_over(mine.get("records", {}), tables["records"])
        for evaluation in found.staying:
            people.add(key_of(evaluation.person))
            key = key_of(evaluation.id)
            theirs = _there(tables["records"], key) if evaluation.id in found.both else None
            apart = theirs is not None and shared_apart(evaluation, theirs)
            if theirs is not None and apart and theirs.state == "final":
                _put_beside(tables, evaluation)
                continue
            _take(tables, mine, key)
            if theirs is not None and apart:
                _put_beside(tables, theirs)
            elif theirs is not None:
                _join(tables, evaluation, theirs, by, now)
    team = whole.get(TEAM)
    for key in sorted(people) if team is not None else ():
        if team is not None and key not in team["records"] and key in here.get(TEAM, {}).get("records", {}):
            _take(team, here[TEAM], key)
    return whole


def _there(rows: Rows, key: str) -> Evaluation | None:
    found = decode_record(key, rows[key]) if key in rows else None
    return found if isinstance(found, Evaluation) else None


def _put(tables: dict[str, Rows], record: Evaluation) -> None:
    key = key_of(record.id)
    tables["records"][key] = line_of(key, msgspec.json.encode(record))


def _join(tables: dict[str, Rows], ours: Evaluation, theirs: Evaluation, by: str, now: datetime) -> None:
    """Put the evaluation with all that was handed over in both, as a merge does, and both as versions before it."""
    key, last = key_of(ours.id), max(ours.version + 1, theirs.version)
    _put(tables, msgspec.structs.replace(both_kept(ours, theirs, by, now), version=last + 1))
    for former in (ours, msgspec.structs.replace(theirs, version=last)):
        row = former_key(key, former.version)
        was = Former(msgspec.Raw(msgspec.json.encode(former)), now, by, COPY_MERGED)
        tables["former"][row] = line_of(row, msgspec.json.encode(was))


def _put_beside(tables: dict[str, Rows], other: Evaluation) -> None:
    """Keep a version as an evaluation of its own, unless a merge or a restore did so before."""
    rows = tables["records"]
    for key in [key for key, line in rows.items() if b'"evaluation"' in line]:
        known = _there(rows, key)
        if known and known.id != other.id and known.person == other.person and _told_in(other) <= _told_in(known):
            return
    _put(tables, msgspec.structs.replace(other, id=mint(other.made_at), version=1))


def _take(there: dict[str, Rows], here: Tables, key: str) -> None:
    """Put a record into the tables of a backup as it is here, with its past."""
    there["records"][key] = here["records"][key]
    former = there.setdefault("former", {})
    for row in [row for row in former if _is_past_of(row, key)]:
        del former[row]
    former |= {row: line for row, line in here.get("former", {}).items() if _is_past_of(row, key)}


def _is_past_of(row: str, key: str) -> bool:
    return row[:-VERSION_DIGITS] == key


def _is_further(theirs: object, ours: Evaluation) -> bool:
    """Whether the backup has the same, taken further to another locked edition."""
    if not isinstance(theirs, Evaluation) or theirs.version < ours.version or shared_apart(ours, theirs):
        return False
    return {final.digest for final in theirs.finals} > {final.digest for final in ours.finals}


def _told_in(record: object) -> set[tuple[str, str]]:
    """What an employee has of an evaluation: each share, answer and locked edition by its digest, and each entry of the
    course."""
    if not isinstance(record, Evaluation):
        return set()
    told = {("final", final.digest) for final in record.finals}
    told |= {("course", f"{entry.what} {entry.at.isoformat()}") for entry in record.reopened}
    if record.state != "draft":
        told |= {(record.state, record.shared_digest), ("answer", record.answer_digest)}
    return told


def _is_genuine(evaluation: Evaluation) -> bool:
    return (
        all(map(_is_sealed, evaluation.finals))
        and shared_is_genuine(evaluation)
        and answer_is_genuine(evaluation)
        and course_is_genuine(evaluation)
    )


def _is_sealed(final: Final) -> bool:
    return is_genuine(final) and final.seal in ("", seal_of(final))
