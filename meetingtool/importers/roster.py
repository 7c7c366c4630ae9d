"""The people of a roster: what a file gives of them, and who of them is on the team already.

Other modules do the reading itself and are imported when there is a file to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from meetingtool.records.people import Person
from meetingtool.rules.folding import fold

if TYPE_CHECKING:
    from meetingtool.importers.columns import Mapped
    from meetingtool.importers.date_columns import DayOrder
    from meetingtool.importers.tabular import Sheet


LONGEST_NAME = 200
LONGEST_NICKNAME = 60
LONGEST_HANDLE = 60
LONGEST_ROLE = 200
LONGEST_EMAIL = 254
LONGEST_NUMBER = 60


class RosterRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person as a roster gives them. line: where in the file. handle: the one asked for, or empty."""

    line: int
    name: str
    nicknames: tuple[str, ...] = ()
    handle: str = ""
    role: str = ""
    email: str = ""
    number: str = ""
    started: date | None = None
    left: date | None = None


class Skipped(msgspec.Struct, frozen=True):
    """A line that gives nobody to import, and why."""

    line: int
    why: str


class RosterDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a roster says, before anything is kept.

    notes: what a person should know about how it was read. mapping: the columns in use; unused: names of the others.
    mapping_in_words: `Employee_Name -> name, DateofHire -> start date, 31 columns not used`.
    """

    rows: tuple[RosterRow, ...]
    notes: tuple[str, ...]
    mapping: tuple[Mapped, ...]
    unused: tuple[str, ...]
    mapping_in_words: str
    skipped: tuple[Skipped, ...] = ()


def read_roster(
    sheet: Sheet,
    today: date,
    day_order: DayOrder | None = None,
    columns: Mapping[str, str] | None = None,
) -> RosterDraft:
    """The people in a table.

    day_order: how to read dates such as 3/4/2021 where no column shows it; None is day first. It is told.
    columns: which column holds what, by field ("name": "Mitarbeiter"; an empty column: none), instead of a guess.
    Refused when no column holds names, or no line has one.
    """
    from meetingtool.importers.roster_reading import draft_of

    return draft_of(sheet, today, day_order, columns or {})


def matches(existing: Sequence[Person], rows: Sequence[RosterRow]) -> dict[int, Person]:
    """Who of `existing` a row gives again, by the index of the row; rows of new people are left out.

    Told by the employee number, else by an e-mail address that only one has on each side, else by the name, else
    by the handle, where the names have a word in common, else by another name in full. Different numbers are different
    people. A name alone does not bring back somebody who had left before the start.
    """
    from meetingtool.importers.names import name_key

    match = _Matching(existing, rows)
    match.by(lambda row: row.number, lambda person: person.number, _numbers_agree)
    match.by(lambda row: fold(row.email), lambda person: fold(person.email), _numbers_agree, single=True)
    match.by(lambda row: name_key(row.name), lambda person: name_key(person.name), _may_be)
    match.by(lambda row: row.handle, lambda person: person.handle, _alike)
    for place in range(max((len(person.nicknames) for person in existing), default=0)):
        match.by(lambda row: name_key(row.name), _other_name(place), _may_be)
    return match.found


def _other_name(place: int) -> Callable[[Person], str]:
    """One of the other names in full, as two entries that were made one leave it; a short one is no proof."""
    from meetingtool.importers.names import name_key

    def key(person: Person) -> str:
        name = person.nicknames[place] if place < len(person.nicknames) else ""
        return name_key(name) if " " in name else ""

    return key


def _numbers_agree(row: RosterRow, person: Person) -> bool:
    return not row.number or not person.number or row.number == person.number


def _may_be(row: RosterRow, person: Person) -> bool:
    came_later = row.started is not None and person.left is not None and person.left < row.started
    return _numbers_agree(row, person) and not came_later


def _alike(row: RosterRow, person: Person) -> bool:
    return _numbers_agree(row, person) and bool(set(fold(row.name).split()) & set(fold(person.name).split()))


class _Matching:
    """Pairs of a row and a person, each in one pair at most."""

    def __init__(self, existing: Sequence[Person], rows: Sequence[RosterRow]) -> None:
        self.rows = rows
        self.free = {person.id: person for person in sorted(existing, key=lambda person: person.left is not None)}
        self.found: dict[int, Person] = {}

    def by(
        self,
        of_row: Callable[[RosterRow], str],
        of_person: Callable[[Person], str],
        agree: Callable[[RosterRow, Person], bool],
        *,
        single: bool = False,
    ) -> None:
        """Pair those with the same key; `single`: only where no other row and no other person has that key."""
        row_keys, people = Counter(map(of_row, self.rows)), _by_key(self.free.values(), of_person)
        for index, row in enumerate(self.rows):
            key = of_row(row)
            candidates = people.get(key, []) if key and index not in self.found else []
            if single and (row_keys[key] > 1 or len(candidates) > 1):
                continue
            person = next((p for p in candidates if p.id in self.free and agree(row, p)), None)
            if person is not None:
                self.found[index] = self.free.pop(person.id)


def _by_key(people: Iterable[Person], key: Callable[[Person], str]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in people:
        found.setdefault(key(person), []).append(person)
    return found
