"""The signs before records, and names and tags in few cells; the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from textual.content import Content

from meetingtool.records.base import Record
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import one_line

STAR, PRIVATE, OVERDUE, DUE, DONE, GONE = "+", "~", "!", "·", "✓", "–"

LEAST_FRONT = 4
"""How many cells of a name are kept before `…` and its whole last word."""

ALIKE = 2
"""Names that differ in their first letters are not mistaken for each other however they are cut."""


def fitted(name: str, width: int, among: Collection[str] = ()) -> str:
    """A name in this many cells, cut where it is too long: in the middle, since similar names often differ at their
    end, or else wherever what is left can be only one of the names among which it stands."""
    if Content(name).cell_length <= width:
        return name
    others = [other for other in among if other != name and other[:ALIKE] == name[:ALIKE]]
    usual = _cut_in_the_middle(name, width)
    if not others or width < LEAST_FRONT:
        return usual
    cuts = (cut for cut in (usual, *_cuts(name, width)) if not any(_may_be(cut, other) for other in others))
    return next(cuts, usual)


def _cut_in_the_middle(name: str, width: int) -> str:
    front, _, last = name.rpartition(" ")
    before = width - Content(last).cell_length - 1
    if front and before >= LEAST_FRONT:
        return f"{_begun(front, before)} {last}"
    end = Content(name).cell_length - (width - 1) // 2
    kept = next((name[at:] for at in range(len(name)) if Content(name[:at]).cell_length >= end), "")
    return f"{_begun(name, width - Content(kept).cell_length)}{kept.lstrip()}"


def _cuts(name: str, width: int) -> Iterator[str]:
    """Other ways to cut a name, those that are read most easily first: its beginning, the beginning with more or less
    of the end, the first letter with something from the middle."""
    yield _begun(name, width)
    for place in range(len(name) - 1, 1, -1):
        end = name[place:]
        left = width - Content(end).cell_length
        if left <= ALIKE:
            break
        yield f"{_begun(name, left)}{end}"
    for place in range(2, len(name)):
        part = Content(name[place:]).truncate(max(width - Content(name[0]).cell_length - 2, 0)).plain.rstrip()
        yield f"{name[0]}…{part}…"


def _may_be(cut: str, name: str) -> bool:
    """Whether a cut name could be that of somebody else."""
    return re.fullmatch(".*".join(map(re.escape, cut.split("…"))), name) is not None


def name_in(person: str, roster: Roster, width: int) -> str:
    """A person's short name in this many cells; the handle where, cut, it would look like somebody else's however it is
    cut."""
    name, everybody = one_line(roster.short_name(person)), _short_names(roster)
    cut, handle = fitted(name, width, everybody), roster.handle(person)
    alike = everybody.count(name) > 1 or any(_may_be(cut, other) for other in everybody if other != name)
    if cut == name or not handle or not alike:
        return cut
    return fitted(f"@{handle}", width)


@lru_cache(maxsize=8)
def _short_names(roster: Roster) -> tuple[str, ...]:
    """Everybody's short names: a list of many rows asks for them in every row."""
    return tuple(one_line(roster.short_name(person.id)) for person in roster.everyone)


def _begun(name: str, width: int) -> str:
    """As much of a name as fits into this many cells, with `…` after it."""
    return Content(name).truncate(max(width - 1, 0)).plain.rstrip() + "…" if Content(name).cell_length > width else name


def names_in(people: Sequence[str], roster: Roster, width: int) -> str:
    """The short names of people in this many cells; where they are too long, the first with the number of the
    others."""
    said = roster.names(people)
    if Content(said).cell_length <= width:
        return said
    more = f" +{len(people) - 1}" if len(people) > 1 else ""
    return f"{name_in(people[0], roster, width - len(more))}{more}"


def in_two(tag: str, width: int) -> tuple[str, str]:
    """A tag or title on two lines, broken at a dash or blank where too long; short ones stand lower."""
    if len(tag) <= width:
        return "", tag
    ends = [place + (letter == "-") for place, letter in enumerate(tag) if letter in "- "]
    place = max((end for end in ends if 0 < end <= width), default=width)
    return tag[:place], tag[place:].lstrip()


def marks(record: Record) -> str:
    """`+`, `~`, both or neither."""
    return (STAR if getattr(record, "starred", False) else "") + (PRIVATE if record.private else "")
