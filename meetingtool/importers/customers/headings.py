"""The rows above the answers: one to three of them, with names that are blank, repeated or spread over two rows."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from meetingtool.importers.customers.labels import steps_of, tidy
from meetingtool.importers.customers.spoken_numbers import number_in
from meetingtool.rules.folding import fold

_TAG = re.compile(r"<[^<>]{1,200}>")
_PLAIN = frozenset(
    {
        *("response", "open-ended response", "antwort", "offene antwort", "reponse", "reponse ouverte", "respuesta"),
        *("respuesta abierta", "risposta", "risposta aperta", "resposta", "resposta aberta", "reactie", "open reactie"),
        *("☆", "★"),
    }
)
"""What the second row says where the question has nothing to add."""
_KNOWN = re.compile(
    r"(?:respondent|response|collector|antwort|survey|record|submission)[ _-]?(?:id|set)?|"
    r"(?:start|end|recorded|submit)[ _]?date|date|datum|ip ?address|e-?mail(?: address)?|status|finished|"
    r"duration.*|progress|user language|recipient.*|external.*"
)
_USUAL = re.compile(
    r"id|timestamp|zeitstempel|horodateur|marca temporal|(?:submitted|created|completed|completion|answered)[ _]?"
    r"(?:at|on|time|date)?|csat|nps|ces|score|rating|stars?|satisfaction(?: score)?|comments?|feedback|kommentar|"
    r"bewertung|agent|assignee|customer|kunde"
)
_TICKED = frozenset({"1", "x", "true", "yes", "✓", "checked"})


class ColumnHeading(msgspec.Struct, frozen=True):
    """A column's name, which no other column has, and its title as a person would say it.

    group, choice: of a column for one choice of a question, the question and the choice. choices: of a column combined
    from such columns, all of them. open: the second row says that anything could be written.
    """

    name: str
    title: str
    group: str = ""
    choice: str = ""
    choices: tuple[str, ...] = ()
    open: bool = False


def known_names(cells: Sequence[str]) -> int:
    """How many of some cells are names that columns of surveys have."""
    return sum(
        1
        for cell in cells
        if len(cell) < 40 and (name := fold(cell)) and (_KNOWN.fullmatch(name) or _USUAL.fullmatch(name))
    )


def cleaned(cell: str) -> str:
    """A name without tags, entities and superfluous blanks."""
    if "&" in cell:
        cell = html.unescape(cell)
    if "<" in cell:
        cell = _TAG.sub(" ", cell)
    return " ".join(cell.split())


def headings(rows: Sequence[Sequence[str]]) -> tuple[list[ColumnHeading], int]:
    """The headings of a table, and how many of its rows they take. rows: the first few rows of it."""
    width = max(len(row) for row in rows)
    top = [[cleaned(cell) for cell in row] + [""] * (width - len(row)) for row in rows[:3]]
    taken = _rows_of_names(rows)
    if taken == 1:
        return _unique([ColumnHeading(name, name) for name in top[0]]), 1
    if _is_spread(top[0], top[1]):
        return _unique(_spread(top[0], top[1])), taken
    names = top[0] if len(set(top[0])) >= len(set(top[1])) or taken == 3 else top[1]
    return _unique([ColumnHeading(name, title or name) for name, title in zip(names, top[1], strict=True)]), taken


def together(
    found: Sequence[ColumnHeading], columns: Sequence[Sequence[str]]
) -> tuple[list[ColumnHeading], list[Sequence[str]]]:
    """The same columns, with those for the choices of one scale combined into one question."""
    kept: list[ColumnHeading] = []
    cells: list[Sequence[str]] = []
    at = 0
    while at < len(found):
        end = at + 1
        while found[at].group and end < len(found) and found[end].group == found[at].group:
            end += 1
        if end - at > 1 and _are_choices(found[at:end], columns[at:end]):
            choices = [one.choice for one in found[at:end]]
            kept.append(ColumnHeading(found[at].group, found[at].group, choices=tuple(map(tidy, choices))))
            cells.append([_chosen(row, choices) for row in zip(*columns[at:end], strict=True)])
        else:
            kept += found[at:end]
            cells += columns[at:end]
        at = end
    return kept, cells


def _rows_of_names(rows: Sequence[Sequence[str]]) -> int:
    for number, row in enumerate(rows[1:3], start=2):
        if any('"importid"' in cell.casefold() for cell in row):
            return number
    if len(rows) < 3:
        return 1
    first, second = ([cleaned(cell) for cell in row] for row in rows[:2])
    known = [index for index, cell in enumerate(first) if _KNOWN.fullmatch(fold(cell))]
    below = [second[index] for index in known if index < len(second)]
    if len(known) >= 2 and not any(below) and any(second):
        return 2
    again = sum(1 for cell in second if _KNOWN.fullmatch(fold(cell)))
    if again >= 3 and not any(any(letter.isdigit() for letter in cell) and _is_date(cell) for cell in second):
        return 2
    return 1


def _is_date(cell: str) -> bool:
    return sum(letter.isdigit() for letter in cell) >= 4


def _is_spread(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row continues where the first is blank, as SurveyMonkey writes it."""
    if any(fold(cell) in _PLAIN for cell in second):
        return True
    return any(cell and not above for above, cell in zip(first, second, strict=True))


def _spread(first: Sequence[str], second: Sequence[str]) -> list[ColumnHeading]:
    found: list[ColumnHeading] = []
    question = ""
    for above, below in zip(first, second, strict=True):
        question = above or (question if below else "")
        if not below or fold(below) in _PLAIN:
            found.append(
                ColumnHeading(question, question, open="open" in fold(below) or fold(below).endswith("ouverte"))
            )
        elif question:
            title = f"{question} [{below}]"
            found.append(ColumnHeading(title, title, group=question, choice=below))
        else:
            found.append(ColumnHeading(below, below))
    return found


def _unique(found: Sequence[ColumnHeading]) -> list[ColumnHeading]:
    seen: Counter[str] = Counter()
    unique = []
    for number, heading in enumerate(found, start=1):
        name = heading.name or f"column {number}"
        seen[name] += 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
        unique.append(msgspec.structs.replace(heading, name=name, title=heading.title or name))
    return unique


def _are_choices(found: Sequence[ColumnHeading], columns: Sequence[Sequence[str]]) -> bool:
    labels = [tidy(one.choice) for one in found]
    if steps_of(labels) is None and not all(number_in(label) for label in labels):
        return False
    return all(
        not cell or tidy(cell) == label or tidy(cell) in _TICKED
        for label, column in zip(labels, columns, strict=True)
        for cell in set(column)
    )


def _chosen(row: Sequence[str], choices: Sequence[str]) -> str:
    return next((choice for cell, choice in zip(row, choices, strict=True) if cell), "")
