"""People typed or pasted one per line, as a manager would write them down."""

from __future__ import annotations

import re

from meetingtool.importers.names import is_name, tamed, without_nickname
from meetingtool.importers.roster_rows import LONGEST_EMAIL, LONGEST_NAME, LONGEST_ROLE, RosterRow, Skipped
from meetingtool.rules.naming import name_key
from meetingtool.rules.wording import without_bullet

_SEVERAL = re.compile(r"(?<=>)\s*[;,]\s*(?=\S)")
_ADDRESS = re.compile(r"<([^<>@\s]+@[^<>@\s]+)>")
_EMAIL = re.compile(r"[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+")
_DASH = re.compile(r"\s+[-–—]\s+|:\s+")


def read_typed(text: str) -> tuple[tuple[RosterRow, ...], tuple[Skipped, ...]]:
    """The people in lines such as `Maria Lopez, front desk`, and the lines that name nobody.

    After the name, in any order: the role, an e-mail address, an `@handle`. Tabs, semicolons and a dash between
    blanks separate as well; `Maria Lopez <maria@example.org>` is understood. The same name twice is left out.
    """
    rows: list[RosterRow] = []
    skipped: list[Skipped] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        for entry in _SEVERAL.split(without_bullet(line)):
            if not entry.strip():
                continue
            row = _person(entry, number)
            if row is None:
                skipped.append(Skipped(number, "it has no name"))
            elif name_key(row.name) in seen:
                skipped.append(Skipped(number, "that name is already in the list above"))
            else:
                seen.add(name_key(row.name))
                rows.append(row)
    return tuple(rows), tuple(skipped)


def _person(entry: str, line: int) -> RosterRow | None:
    address = _ADDRESS.search(entry)
    email = address[1] if address else ""
    name, *rest = _cells(_ADDRESS.sub(" ", entry))
    handle, role = "", []
    for cell in rest:
        if not email and _EMAIL.fullmatch(cell):
            email = cell
        elif cell.startswith("@") and not handle:
            handle = cell.removeprefix("@")
        else:
            role.append(cell)
    name, nickname = without_nickname(tamed(name.strip("\"' "), LONGEST_NAME))
    if not is_name(name):
        return None
    return RosterRow(
        line=line,
        name=name,
        nicknames=(nickname,) if nickname else (),
        handle=handle,
        role=tamed(", ".join(role), LONGEST_ROLE),
        email=tamed(email, LONGEST_EMAIL),
    )


def _cells(entry: str) -> list[str]:
    """A line cut at its separators: the first kind of them that it has."""
    for separator in ("\t", ";", ","):
        if separator in entry:
            return [cell.strip() for cell in entry.split(separator) if cell.strip()] or [""]
    return [cell.strip() for cell in _DASH.split(entry) if cell.strip()] or [""]
