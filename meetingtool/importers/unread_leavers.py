"""Columns that nobody understood and that may say who has left: asked about, so that no leaver comes in unseen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.importers.columns import Columns, shown
from meetingtool.importers.date_columns import says_no_day
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.standing import are_letters, says_gone, says_yes, standing_of
from meetingtool.rules.folding import fold

_DATE_LIKE = re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}\b.*|\d{5}")
_ENDS = re.compile(r"end|exit|last|leav|left|dismiss|separat|termin|until|fin|baja|sortie|austritt|zwoln|cess|egreso")
_OTHER_DAYS = re.compile(
    r"birth|dob|geburt|naiss|nacim|nascita|review|visa|permit|certif|train|promot|probation|rais|salary|start|begin|hire"
    r"|leave|vacation|holiday|anniver|seniority|updat|modif|created|expir|contact|checked|vaccin"
)


def check_leavers(found: Columns, rows: Sequence[Sequence[str]], places: Sequence[str]) -> None:
    """Raise LeftOpen where a column that is not used seems to say so of people not known as gone by the others.

    places: what to call each row. A person who said which column holds it, or none, is not asked again.
    """
    used = {place for key in found.where for place in found.places(key)}
    open_rows = [index for index, row in enumerate(rows) if not _known(found, row)]
    for place, header in enumerate(found.header):
        if place in used or not header:
            continue
        cells = [row[place] for row in rows]
        for key, said in (("status", _states(header, cells)), ("left", _days(header, cells))):
            gone = [index for index in open_rows if index in said]
            if gone and key not in found.chosen:
                raise LeftOpen(
                    f"“{shown(header)}” is not used, and seems to say who has left ({places[gone[0]]}).",
                    f'--column {key}="{shown(header)}" reads it, --column {key}="" leaves it out.',
                    "leavers",
                    key=key,
                    options=[header],
                )


def _known(found: Columns, row: Sequence[str]) -> bool:
    """Whether the columns in use say already that somebody has left."""
    left = found.cell(row, "left")
    return not says_no_day(left) or any(standing_of(row[place]) == "gone" for place in found.places("status"))


def _states(header: str, cells: Sequence[str]) -> set[int]:
    """The rows of which a column says that somebody has left, if it is one of states."""
    filled = [cell for cell in cells if cell]
    if filled and are_letters(filled):
        return {index for index, cell in enumerate(cells) if cell and standing_of(cell) == "gone"}
    asks = says_gone(header)
    return {index for index, cell in enumerate(cells) if says_gone(cell) or (asks and says_yes(cell))}


def _days(header: str, cells: Sequence[str]) -> set[int]:
    """The rows with a day, if a column may be one of leaving dates: few have one, or its name speaks of an end."""
    days = {index for index, cell in enumerate(cells) if not says_no_day(cell)}
    name = fold(header)
    ends = _ENDS.search(name) and not re.search(r"leave\b(?!.*end)", name)
    other = _OTHER_DAYS.search(name.replace("leaver", "").replace("leaving", "")) and not ends
    dated = all(_DATE_LIKE.fullmatch(cells[index].strip()) for index in days)
    return days if dated and not other and (ends or len(days) < len(cells)) else set()
