"""Who is in a roster twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from meetingtool.importers.roster_rows import RosterRow, Skipped
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import name_key, number_key


class Once(msgspec.Struct, frozen=True):
    """The rows with everybody once; the lines left out for that; and remarks, each with its line."""

    rows: tuple[RosterRow, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[tuple[int, str], ...]


def once_each(rows: Sequence[RosterRow], unit: str) -> Once:
    """Rows of the same person become one: the one that says still on the team, else the one with the latest start.

    Two rows of one name are the same person unless their numbers, or without numbers their e-mails, differ, or unless
    they began on different days and one was still there when the other began.
    """
    by_name: dict[str, list[list[RosterRow]]] = {}
    for row in rows:
        alike = by_name.setdefault(name_key(row.name), [])
        same = next((group for group in alike if _same(group[0], row)), None)
        if same is None:
            alike.append([row])
        else:
            same.append(row)
    kept: list[RosterRow] = []
    skipped: list[Skipped] = []
    remarks: list[tuple[int, str]] = []
    for groups in by_name.values():
        for group in groups:
            counts = max(group, key=lambda row: (row.left is None, row.started or date.min))
            unproven = (
                "" if counts.number or counts.email else "; two people with one name need a number or e-mail each"
            )
            why = f"the same person as in {unit} {counts.line}; imported once{unproven}."
            skipped.extend(Skipped(row.line, why) for row in group if row is not counts)
            kept.append(counts)
        if len(groups) > 1:
            told = "the same name, but a different number, e-mail or start date; imported as separate people."
            remarks.extend((row.line, told) for row in kept[-len(groups) :])
    kept.sort(key=lambda row: row.line)
    remarks += _turned_round(kept, unit)
    return Once(_numbered_once(kept, unit, remarks), tuple(skipped), tuple(remarks))


def _same(one: RosterRow, other: RosterRow) -> bool:
    """Whether two rows of one name are one person."""
    if one.number and other.number:
        return number_key(one.number) == number_key(other.number)
    if one.email and other.email:
        return fold(one.email) == fold(other.email)
    return one.started == other.started or not _at_once(one, other)


def _at_once(one: RosterRow, other: RosterRow) -> bool:
    """Whether two spans of employment that are both known touch each other."""
    if one.started is None or other.started is None:
        return False
    return (one.left is None or other.started <= one.left) and (other.left is None or one.started <= other.left)


def _turned_round(rows: Sequence[RosterRow], unit: str) -> list[tuple[int, str]]:
    """What to say of names with the same words in another order: `MOORE ANN` beside `Ann Moore`."""
    seen: dict[tuple[str, ...], RosterRow] = {}
    remarks = []
    for row in rows:
        first = seen.setdefault(tuple(sorted(name_key(row.name).split())), row)
        if name_key(first.name) != name_key(row.name):
            told = f"the name of {unit} {first.line} in another order; imported as another person."
            remarks.append((row.line, f"{told} If it is the same, merge the two: meetingtool team merge."))
    return remarks


def _numbered_once(rows: Sequence[RosterRow], unit: str, remarks: list[tuple[int, str]]) -> tuple[RosterRow, ...]:
    """A number that two names share stays with the first only: it could not tell them apart at the next import."""
    owners: dict[str, RosterRow] = {}
    result = []
    for row in rows:
        owner = owners.setdefault(row.number, row) if row.number else row
        if owner is not row:
            remarks.append((row.line, f"the employee number of {unit} {owner.line}; imported without it."))
        result.append(row if owner is row else msgspec.structs.replace(row, number=""))
    return tuple(result)
