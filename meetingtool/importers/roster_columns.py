"""What the columns of a roster hold, decided by their cells where their names alone leave a doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from meetingtool.errors import Refused
from meetingtool.importers.columns import Columns
from meetingtool.importers.date_columns import is_nothing
from meetingtool.importers.name_order import are_particles
from meetingtool.importers.roster_fields import PREFERRED_NAMES, WEAK_NUMBERS, YES_MEANS_GONE
from meetingtool.importers.standing import is_answer
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import is_title

_DATE_LIKE = re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}\b.*|\d{5}")

Rows = Sequence[Sequence[str]]


def roster_columns(found: Columns, rows: Rows) -> Columns:
    """The columns as they are to be used. What a person chose stays as chosen."""
    return without_counter(_leaving(_without_salutations(_names(_prefixes(found, rows), rows), rows), rows), rows)


def _prefixes(found: Columns, rows: Rows) -> Columns:
    """With a column of prefixes of the last name, whatever it is called, if its cells are nothing else: `van den`."""
    if "last" not in found or "prefix" in found:
        return found
    used = {place for key in found.where for place in found.places(key)} - set(found.places("middle"))
    for place in range(len(found.header)):
        cells = _filled(rows, place)
        if place not in used and cells and all(map(are_particles, cells)):
            found = found.without("middle") if place in found.places("middle") else found
            return found.with_place("prefix", place)
    return found


def _names(found: Columns, rows: Rows) -> Columns:
    """Decide where the name is: in a column of full names, or in one of first and one of last names.

    "Name" beside "First name" is the last name, and beside "Surname" the first, unless its cells hold the other too.
    "Preferred name" is the name where there is no other, and "Rufname" the first name where there is only the last.
    What a person chose takes precedence over guesses.
    """
    others = [key for key in ("first", "last") if key in found]
    if "name" in found and "name" not in found.chosen and not others:
        _refuse_two_of_a_name(found, rows, found.where["name"])
    if "name" not in found:
        preferred = "nicknames" in found and found.is_named(found.where["nicknames"], PREFERRED_NAMES)
        if "nicknames" in found and "nicknames" not in found.chosen and others == ["last"]:
            return found.renamed("nicknames", "first")
        return found.renamed("nicknames", "name") if preferred and not others else found
    if "name" not in found.chosen:
        if any(key in found.chosen for key in others):
            return found.without("name")
        held = [key for key in others if _holds(found, rows, key)]
        if len(others) == 1 and not held:
            return found.renamed("name", "last" if others == ["first"] else "first")
        if len(others) == 2 and len(held) < 2:
            return found.without("name").with_place("last", found.where["name"])
    return found.without("first", "middle", "addition", "prefix", "last", "last2", "suffix")


def _refuse_two_of_a_name(found: Columns, rows: Rows, place: int) -> None:
    """Refused where two columns share the name of the column of names and differ in their cells: they are the halves of
    the names."""
    called = fold(found.header[place])
    for other, header in enumerate(found.header):
        if other != place and fold(header) == called and any(row[other] not in ("", row[place]) for row in rows):
            one, two = place + 1, other + 1
            raise Refused(
                f"Two columns are called {found.name('name')}.",
                f"Say by their places what each holds: --column last={one} --column first={two}, or the other way "
                f"round; --column name={one} if the names are in that one. Or give them two names in the file.",
            )


def _holds(found: Columns, rows: Rows, part: str) -> bool:
    """Whether most of the names hold the part of the name that another column gives."""
    pairs = [(fold(found.cell(row, part)), fold(found.cell(row, "name"))) for row in rows]
    held = [part in name for part, name in pairs if part and name]
    return 2 * sum(held) > len(held)


def _filled(rows: Rows, place: int) -> list[str]:
    return [row[place] for row in rows if not is_nothing(row[place])]


def _without_salutations(found: Columns, rows: Rows) -> Columns:
    """Without a guessed column "Title" that holds Mr and Mrs rather than what people do; another takes its place."""
    if "role" not in found or "role" in found.chosen:
        return found
    cells = _filled(rows, found.where["role"])
    if not cells or 2 * sum(all(map(is_title, cell.split())) for cell in cells) <= len(cells):
        return found
    return found.next_best("role")


def _leaving(found: Columns, rows: Rows) -> Columns:
    """Put leaving dates and yes-or-no answers each in their own field: "Terminated" and "Left" can hold either."""
    if "left" in found and "left" not in found.chosen:
        place = found.where["left"]
        cells = _filled(rows, place)
        if cells and all(map(is_answer, cells)):
            found = found.without("left").with_place("status", place)
    for place in found.places("status") if "status" not in found.chosen else ():
        cells = _filled(rows, place)
        if found.is_named(place, YES_MEANS_GONE) and cells and all(map(_DATE_LIKE.fullmatch, cells)):
            found = found.without_place("status", place)
            found = found if "left" in found else found.with_place("left", place)
    return found


def without_counter(found: Columns, rows: Rows) -> Columns:
    """Without a guessed number column that identifies nobody: many share it, or a mere "No." counts the rows.

    A column that says whose number it is stays, even if it only counts: people are found by it.
    """
    if "number" not in found or "number" in found.chosen:
        return found
    place = found.where["number"]
    named = [(row[place], _name_in(found, row)) for row in rows if row[place]]
    named = [(cell, name) for cell, name in named if any(map(str.isalpha, name))]
    cells, once = [cell for cell, _ in named], len(set(named))
    if (found.is_just(place, WEAK_NUMBERS) and _counts(cells)) or (once > 3 and 2 * len(set(cells)) <= once):
        return without_counter(found.next_best("number"), rows)
    return found


def without_one_address(found: Columns, rows: Rows) -> Columns:
    """Without a guessed column with one e-mail address beside several names: that of whoever filled in a form."""
    if "email" not in found or "email" in found.chosen:
        return found
    named = {(fold(found.cell(row, "email")), fold(_name_in(found, row))) for row in rows if found.cell(row, "email")}
    return found.without("email") if len({email for email, _ in named}) == 1 < len(named) else found


def _name_in(found: Columns, row: Sequence[str]) -> str:
    return " ".join(found.cell(row, key) for key in ("name", "first", "last", "person"))


def _counts(cells: Sequence[str]) -> bool:
    """Whether numbers only count: from 0 or 1 without a gap, or in small steps from anywhere below 10."""
    numbers = [int(cell) for cell in (cell.removesuffix(".0").rstrip(".)") for cell in cells) if cell.isdecimal()]
    padded = any(len(cell) > 1 and cell.startswith("0") for cell in cells)
    if not numbers or padded or len(numbers) < len(cells):
        return False
    steps = {after - before for before, after in pairwise(numbers)}
    if numbers[0] in (0, 1) and steps <= {1}:
        return True
    return len(numbers) > 3 and numbers[0] < 10 and max(steps) <= 3 and min(steps) >= 1
