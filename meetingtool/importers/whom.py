"""Whom a line of a table is about: by name, handle or employee number, of people who are known already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from meetingtool.importers.columns import Columns, Field
from meetingtool.importers.identity import number_key
from meetingtool.importers.name_order import turned
from meetingtool.importers.names import tamed, without_asides
from meetingtool.importers.nobody import NAMELESS, why_nobody
from meetingtool.importers.roster_fields import ROSTER_FIELDS
from meetingtool.records.people import Person
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import spoken
from meetingtool.rules.roster import Roster, could_be
from meetingtool.rules.wording import shortened

WHOM_FIELDS = (
    Field(
        "person",
        "person",
        ("person", "handle", "employee", "employeename", "name", "fullname", "teammember", "staffmember", "member")
        + (
            "agent",
            "agentname",
            "colleague",
            "who",
            "staff",
            "personname",
            "mitarbeiter",
            "empleado",
            "salarie",
            "ratee",
        ),
        needed=True,
    ),
    Field("number", "employee number", next(field.headers for field in ROSTER_FIELDS if field.key == "number")),
)


class Wrong(Exception):
    """The line can't be used; says why."""


class Nobody(Exception):
    """The line is about nobody, as totals are."""


class Whom:
    """Finds the person of a row in the columns `person` and `number`."""

    def __init__(self, columns: Columns, roster: Roster) -> None:
        self.columns, self.roster = columns, roster

    def in_row(self, cells: Sequence[str]) -> Person:
        """Whom a line is about. Raises Wrong, or Nobody for a total or a heading."""
        if "person" not in self.columns:
            return self._numbered(self.columns.cell(cells, "number"))
        cell = self.columns.cell(cells, "person")
        name = tamed(cell, 200)
        if not name.strip("@"):
            raise Wrong("there is no person.")
        asides = without_asides(name)
        for said in dict.fromkeys((name, turned(name), turned(asides.name))):
            meant = self.roster.meant_by(said)
            if meant:
                return self._agreed(name, meant, self.columns.cell(cells, "number"))
        if name[:1].isdecimal() or any(person.number == name for person in self.roster.everyone):
            return self._numbered(name)
        if why_nobody(name) not in ("", NAMELESS):
            raise Nobody
        wanted = {fold(turned(name).removeprefix("@")), fold(name.removeprefix("@"))}
        near = nearest(wanted, {key: could_be([p]) for p in self.roster.everyone for key in _called(p)})
        raise Wrong(f"nobody on the team is called “{shortened(name, 60)}”{or_nearest(near)}")

    def _agreed(self, name: str, meant: Sequence[Person], cell: str) -> Person:
        """Whom a name means together with the employee number beside it: the number tells people of one name apart.

        Raises Wrong where several are left, or the number is that of somebody else.
        """
        numbered = self._with_number(cell)
        agreed = [person for person in meant if person in numbered] if len(meant) > 1 else meant
        if len(agreed) != 1:
            raise Wrong(f"“{shortened(name, 60)}” could be {could_be(meant)}; give the handle.")
        if numbered and agreed[0] not in numbered:
            raise Wrong(
                f"“{shortened(name, 60)}” stands beside the employee number of {could_be(numbered)}; "
                "correct the one or the other."
            )
        return agreed[0]

    def _with_number(self, cell: str) -> list[Person]:
        """Who has an employee number: as it is shown, else without its leading zeros."""
        number = re.sub(r"^(\d+)\.0$", r"\1", tamed(cell, 60))
        known = [person for person in self.roster.everyone if person.number] if number else []
        exact = [person for person in known if person.number == number]
        return exact or [person for person in known if number_key(person.number) == number_key(number)]

    def _numbered(self, cell: str) -> Person:
        """Whom an employee number means."""
        number = tamed(cell, 60)
        if not number:
            raise Wrong("there is no person.")
        if why_nobody(number) not in ("", NAMELESS):
            raise Nobody
        found = self._with_number(cell)
        if len(found) > 1:
            raise Wrong(f"the employee number {shortened(number, 30)} is that of {could_be(found)}; give the handle.")
        if not found:
            raise Wrong(f"nobody on the team has the employee number {shortened(number, 30)}.")
        return found[0]


def _called(person: Person) -> set[str]:
    """What a person could be meant by, folded."""
    return {fold(name) for name in spoken(person.name).union((person.handle,), person.nicknames)}


def nearest(wanted: Iterable[str], options: Mapping[str, str]) -> list[str]:
    """What the words nearest to those wanted mean, the nearest first, three at most."""
    import difflib

    found = [key for word in wanted for key in difflib.get_close_matches(word, list(options), n=3)]
    return list(dict.fromkeys(options[key] for key in found))[:3]


def or_nearest(near: Sequence[str]) -> str:
    """`; did you mean Ada or Ari?`, or a full stop where nothing is near."""
    return f"; did you mean {_either(near)}?" if near else "."


def _either(options: Iterable[str]) -> str:
    *first, last = options
    return f"{', '.join(first)} or {last}" if first else last
