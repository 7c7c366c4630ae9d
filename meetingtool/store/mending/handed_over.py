"""Evaluations that were handed over since a backup: no restore takes back what an employee has."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.rules.people.course import course_is_genuine
from meetingtool.rules.people.digests import answer_is_genuine, is_genuine, seal_of, shared_is_genuine
from meetingtool.rules.people.doubles import was_handed_over
from meetingtool.store.keys import VERSION_DIGITS, key_of
from meetingtool.store.lines import Rows, Tables
from meetingtool.store.places import TEAM
from meetingtool.store.shelf import decode_record


class HandedOver(msgspec.Struct, frozen=True):
    """What a backup lacks of the evaluations of a book that were handed over here.

    staying: those that stay as they are here. going_back: those that were changed outside meetingtool here, so that the
    backup is what mends them.
    """

    staying: tuple[Evaluation, ...] = ()
    going_back: tuple[Evaluation, ...] = ()


def handed_over(here: Rows, there: Rows) -> HandedOver:
    """The evaluations among the records of a book here for which the backup lacks what was handed over."""
    staying: list[Evaluation] = []
    going: list[Evaluation] = []
    for key, line in here.items():
        if line == there.get(key) or b'"evaluation"' not in line:
            continue
        ours = decode_record(key, line)
        theirs = decode_record(key, there[key]) if key in there else None
        if not isinstance(ours, Evaluation) or not was_handed_over(ours) or _is_further(theirs, ours):
            continue
        if _told_in(ours) - _told_in(theirs):
            (staying if _is_genuine(ours) else going).append(ours)
    return HandedOver(tuple(staying), tuple(going))


def with_handed_over(here: Mapping[str, Tables], there: Mapping[str, Tables]) -> dict[str, Tables]:
    """The books of a backup with the evaluations that stay, each with its former versions, and with the people whom
    they are about. here: the books here that can be read."""
    whole = {
        name: {"records": {}, **{each: dict(rows) for each, rows in tables.items()}} for name, tables in there.items()
    }
    people: set[str] = set()
    for name, tables in whole.items():
        mine = here.get(name, {})
        staying = handed_over(mine.get("records", {}), tables["records"]).staying
        for evaluation in staying:
            people.add(key_of(evaluation.person))
            _take(tables, mine, key_of(evaluation.id))
    team = whole.get(TEAM)
    for key in sorted(people) if team is not None else ():
        if team is not None and key not in team["records"] and key in here.get(TEAM, {}).get("records", {}):
            _take(team, here[TEAM], key)
    return whole


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
    if not isinstance(theirs, Evaluation) or theirs.version < ours.version:
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
