"""Which known person a line of a table is about: by name, handle, employee number or e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from meetingtool.importers.columns import Columns, Field
from meetingtool.importers.date_columns import is_nothing
from meetingtool.importers.name_order import by_capitals, turned
from meetingtool.importers.names import email_in, tamed, without_asides
from meetingtool.importers.nobody import NAMELESS, why_nobody
from meetingtool.importers.roster_fields import ROSTER_FIELDS
from meetingtool.records.people import Person
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import number_key, spoken
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
            "reviewee",
            "rateename",
            "worker",
            "workername",
            "associate",
        ),
        needed=True,
    ),
    *(field for field in ROSTER_FIELDS if field.key in ("number", "email")),
)
WHOM_KEYS = ("person", "number", "email")
"""A table about known people needs one of these."""


class Wrong(Exception):
    """The line can't be used; says why."""


class Nobody(Exception):
    """The line is about nobody, as totals are."""


class Whom:
    """Finds the person of a row in the columns `person`, `number` and `email`."""

    def __init__(self, columns: Columns, roster: Roster) -> None:
        self.columns, self.roster = columns, roster

    def in_row(self, cells: Sequence[str]) -> Person:
        """Whom a line is about. Raises Wrong, or Nobody for a total or a heading."""
        name = tamed(self.columns.cell(cells, "person"), 200)
        if not name.strip("@"):
            return self._unnamed(cells)
        if meant := named(self.roster, name):
            return self._agreed(f"“{shortened(name, 60)}”", meant, self._marked(cells))
        if name[:1].isdecimal() or any(person.number == name for person in self.roster.everyone):
            return self._numbered(name, cells)
        if email_in(name) == name:
            return self._mailed(name)
        if why_nobody(name) not in ("", NAMELESS):
            raise Nobody
        known = {key: could_be([p]) for p in self.roster.everyone for key in _called(p)}
        wanted = {fold(turned(name).removeprefix("@")), fold(name.removeprefix("@"))}
        words = fold(name).split()
        rounds = [" ".join([*words[at:], *words[:at]]) for at in range(1, len(words))]
        near = nearest(wanted, known) or nearest(rounds, known)
        raise Wrong(f"nobody on the team is called “{shortened(name, 60)}”{or_nearest(near)}")

    def known_in(self, cells: Sequence[str]) -> Person | None:
        """Whom a line is about; None where that isn't known."""
        try:
            return self.in_row(cells)
        except (Wrong, Nobody):
            return None

    def _unnamed(self, cells: Sequence[str]) -> Person:
        """Whom a line without a name is about: by its employee number, else by its e-mail address."""
        number, email = self.columns.cell(cells, "number"), self.columns.cell(cells, "email")
        if not is_nothing(number):
            return self._numbered(number, cells)
        if is_nothing(email):
            raise Wrong("there is no person.")
        return self._mailed(email)

    def _marked(self, cells: Sequence[str]) -> dict[str, list[Person]]:
        """Who has the employee number of a line, and who its e-mail address."""
        return {
            "employee number": self.with_number(self.columns.cell(cells, "number")),
            "e-mail address": self.with_email(self.columns.cell(cells, "email")),
        }

    def _agreed(self, said: str, meant: Sequence[Person], marked: Mapping[str, Sequence[Person]]) -> Person:
        """Whom a name or a number means together with what else is in the line, which distinguishes people of one name.
        Raises Wrong where several are left, or where the number or the address is somebody else's.
        """
        agreed = [one for one in meant if any(one in whom for whom in marked.values())] if len(meant) > 1 else meant
        if len(agreed) != 1:
            raise Wrong(f"{said} could be {could_be(meant)}; give the handle.")
        for what, whom in marked.items():
            if whom and agreed[0] not in whom:
                raise Wrong(f"{said} is beside the {what} of {could_be(whom)}; correct one of the two.")
        return agreed[0]

    def with_number(self, cell: str) -> list[Person]:
        """Who has an employee number: as it is shown, else without its leading zeros."""
        number = re.sub(r"^(\d+)\.0$", r"\1", tamed(cell, 60))
        known = [person for person in self.roster.everyone if person.number] if number else []
        exact = [person for person in known if person.number == number]
        return exact or [person for person in known if number_key(person.number) == number_key(number)]

    def with_email(self, cell: str) -> list[Person]:
        """Who has an e-mail address."""
        email = fold(email_in(cell))
        return [person for person in self.roster.everyone if email and fold(person.email) == email]

    def _numbered(self, cell: str, cells: Sequence[str]) -> Person:
        """Whom an employee number means."""
        number = tamed(cell, 60)
        if why_nobody(number) not in ("", NAMELESS):
            raise Nobody
        found = self.with_number(cell)
        if not found:
            raise Wrong(f"nobody on the team has the employee number {shortened(number, 30)}.")
        mailed = {"e-mail address": self.with_email(self.columns.cell(cells, "email"))}
        return self._agreed(f"the employee number {shortened(number, 30)}", found, mailed)

    def _mailed(self, cell: str) -> Person:
        """Whom an e-mail address means."""
        address = shortened(tamed(cell, 254), 60)
        found = self.with_email(cell)
        if not found:
            raise Wrong(f"nobody on the team has the e-mail address {address}.")
        return self._agreed(f"the e-mail address {address}", found, {})


def named(roster: Roster, cell: str) -> tuple[Person, ...]:
    """Everyone whom a name in a cell may mean, in either order and with asides."""
    name = tamed(cell, 200)
    said = dict.fromkeys((name, turned(name), by_capitals(name), turned(without_asides(name).name)))
    return next(filter(None, map(roster.meant_by, said)), ())


def _called(person: Person) -> set[str]:
    """What a person could be meant by, folded."""
    return {fold(name) for name in spoken(person.name).union((person.handle,), person.nicknames)}


def nearest(wanted: Iterable[str], options: Mapping[str, str]) -> list[str]:
    """The meanings of the words nearest to the wanted one, the nearest first, three at most."""
    import difflib

    found = [key for word in wanted for key in difflib.get_close_matches(word, list(options), n=3)]
    return list(dict.fromkeys(options[key] for key in found))[:3]


def or_nearest(near: Sequence[str]) -> str:
    """`; did you mean Ada or Ari?`, or a full stop where nothing is near."""
    return f"; did you mean {_either(near)}?" if near else "."


def _either(options: Iterable[str]) -> str:
    *first, last = options
    return f"{', '.join(first)} or {last}" if first else last
