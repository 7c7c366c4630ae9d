"""Columns that were not understood and may say who has left: a person is asked, so that no leaver is imported
unnoticed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.importers.columns import SEVERAL, Columns, shown
from meetingtool.importers.date_columns import says_no_day
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.standing import are_letters, says_gone, says_yes, standing_of
from meetingtool.rules.folding import fold

_DATE_LIKE = re.compile(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}\b.*|\d{5}")
_LEAVING = re.compile(
    r"exit|dismiss|separat|termin|resign|left\b|leaver|leaving|baja|sortie|depart(?!ment)|austritt|zwoln|cessa|egreso"
)
_ENDS = re.compile(r"\bend|ende\b|until|fin\b|last (?:working |work )?(?:day|date)|last worked|leave")
_OTHER_DAYS = re.compile(
    r"birth|dob|geburt|naiss|nacim|nascita|review|apprais|evaluat|visa|permit|certif|train|promot|probation"
    r"|rais|salar|pay\b|paid|payroll|bonus|merit|increas|compens|wage|augment|gehalt|lohn|sueldo|aumento|paie|prime\b"
    r"|transfer|vacation|holiday|anniver|updat|modif|chang|created|expir|contact|check|vaccin|login|logged"
)
"""Days of something else: raises and promotions, pay, the record itself."""
_SPANS = re.compile(r"start|begin|hire|servic|senior|ancien|antigued|effective|position|job|title|grade|\bleave")
"""Things that begin on a day, unless the name says that they end."""
_ABSENT = re.compile(r"\bleave (?:start|begin|from|of|type|balance)|(?:sick|parental|maternity|last|annual) leave")


def check_leavers(found: Columns, rows: Sequence[Sequence[str]], places: Sequence[str]) -> None:
    """Raise LeftOpen where an unused column seems to say that people have left whom the other columns don't show as
    gone.

    places: what to call each row. A person who said which column holds it, or none, is not asked again. Whatever the
    answer, a column that is known to say it stays in use. Its options: the column; the answer yes; the answer no.
    """
    used = {place for key in found.where for place in found.places(key)}
    open_rows = [index for index, row in enumerate(rows) if not _known(found, row)]
    for place, header in enumerate(found.header):
        if place in used or not header:
            continue
        cells = [row[place] for row in rows]
        for key, said in (("status", _states(header, cells)), ("left", _days(header, cells, "left" in found))):
            gone = [index for index in open_rows if index in said]
            if gone and key not in found.chosen:
                known = [found.header[at] for at in found.places(key)]
                raise LeftOpen(
                    f"“{shown(header)}” is not used, and seems to say who has left ({places[gone[0]]}).",
                    f"{_options(key, [*known, header])} reads it, {_options(key, known)} leaves it out.",
                    "leavers",
                    key=key,
                    options=[header, SEVERAL.join([*known, header]), SEVERAL.join(known)],
                )


def _options(key: str, headers: Sequence[str]) -> str:
    return " ".join(f'--column {key}="{shown(header)}"' for header in headers or [""])


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


def _days(header: str, cells: Sequence[str], known: bool) -> set[int]:
    """The rows with a day, if a column may be one of leaving dates: by its name, or because few have one, though not
    where another column is known to hold them.
    """
    days = {index for index, cell in enumerate(cells) if not says_no_day(cell)}
    name = " ".join(re.findall(r"[^\W_]+", fold(header)))
    other = _OTHER_DAYS.search(name) or _ABSENT.search(name)
    ends = _LEAVING.search(name) or (_ENDS.search(name) and not other)
    few = not known and len(days) < len(cells) and not (other or _SPANS.search(name))
    dated = all(_DATE_LIKE.fullmatch(cells[index].strip()) for index in days)
    return days if dated and (ends or few) else set()
