"""Whom a column "who served you" means. A customer who was served by several names all of them in one cell."""

from __future__ import annotations

import re

from meetingtool.importers.name_order import turned
from meetingtool.records.surveys import Served
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster

_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_BETWEEN = re.compile(r"\s*[;&/+|\n]\s*|\s+(?:and|und|et|y|e|en|og|och)\s+", re.IGNORECASE)
_ALSO_BETWEEN = re.compile(rf"{_BETWEEN.pattern}|\s*,\s*", re.IGNORECASE)


def people_in(roster: Roster, cell: str) -> list[tuple[str, str]]:
    """The names in a cell, each with the id of the person it means; empty for nobody, or for one of several people.

    A comma stands between people only where the cell as a whole means nobody: `Bell, Tom` is one.
    """
    for between in (None, _BETWEEN, _ALSO_BETWEEN):
        names = [name for name in (between.split(cell) if between else [cell]) if name.strip(" ,")]
        found = [(name.strip(" ;,"), _person(roster, name)) for name in names]
        if found and all(person for _, person in found):
            return list({person: (name, person) for name, person in found}.values())
    if any(person for _, person in found):
        return found
    return [(cell, "")]


def served_by(roster: Roster, cell: str) -> Served:
    """The cell as it is kept, with everybody on the team whom it names."""
    people = [person for _, person in people_in(roster, cell) if person]
    return Served(wording.storable(cell), people[0] if people else "", tuple(people[1:]))


def _person(roster: Roster, name: str) -> str:
    """The id of the person a cell means: forms end a choice with a semicolon, and help desks add the group in
    brackets."""
    bare = _IN_BRACKETS.sub("", name.strip(" ;,")).strip(" ;,")
    found = roster.person(bare) or roster.person(turned(bare))
    return found.id if found else ""
