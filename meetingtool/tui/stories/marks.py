"""The signs before records, and names and tags in few cells; the same everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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


def fitted(name: str, width: int) -> str:
    """A name in this many cells; one that is too long is cut in the middle, since similar names often differ at their
    end."""
    if Content(name).cell_length <= width:
        return name
    front, _, last = name.rpartition(" ")
    before = width - Content(last).cell_length - 1
    if front and before >= LEAST_FRONT:
        return f"{_begun(front, before)} {last}"
    end = Content(name).cell_length - (width - 1) // 2
    kept = next((name[at:] for at in range(len(name)) if Content(name[:at]).cell_length >= end), "")
    return f"{_begun(name, width - Content(kept).cell_length)}{kept.lstrip()}"


def name_in(person: str, roster: Roster, width: int) -> str:
    """A person's short name in this many cells; the handle where, cut, it would look like somebody else's."""
    name = one_line(roster.short_name(person))
    cut = fitted(name, width)
    if cut == name:
        return name
    handle = roster.handle(person)
    return fitted(f"@{handle}", width) if handle and _cut_names(roster, width)[name[:ALIKE], cut] > 1 else cut


@lru_cache(maxsize=8)
def _cut_names(roster: Roster, width: int) -> Counter[tuple[str, str]]:
    """How often each name, cut, stands among everybody's: a list of many rows asks for every row of it."""
    names = [one_line(roster.short_name(person.id)) for person in roster.everyone]
    return Counter((name[:ALIKE], fitted(name, width)) for name in names)


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
