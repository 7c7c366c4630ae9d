"""The signs that stand before records, and names and tags in few cells; the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from meetingtool.records.base import Record
from meetingtool.rules.roster import Roster

STAR, PRIVATE, OVERDUE, DUE, DONE, GONE = "+", "~", "!", "·", "✓", "–"


def fitted(name: str, width: int) -> str:
    """A name in so many cells; one that is cut keeps its last initial, to tell it from others."""
    if Content(name).cell_length <= width:
        return name
    front, _, initial = name.rpartition(" ")
    if not front or len(initial) > 3:
        return Content(name).truncate(width, ellipsis=True).plain
    kept = Content(front).truncate(max(width - len(initial) - 1, 1), ellipsis=True).plain
    return f"{kept} {initial}"


def names_in(people: Sequence[str], roster: Roster, width: int) -> str:
    """The short names of people in so many cells: where they are too long, the first with the number of the others."""
    said = roster.names(people)
    if Content(said).cell_length <= width:
        return said
    more = f" +{len(people) - 1}" if len(people) > 1 else ""
    return f"{fitted(roster.names(people[:1]), width - len(more))}{more}"


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
