"""What hangs on the wall, on one sheet in the largest type that fits: standards, philosophy, what became of what was
heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from meetingtool.documents.customers.wall import WallLine
from meetingtool.documents.formats.typesetting import typeset
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.kinds.philosophy import SECTIONS
from meetingtool.rules.wording import one_line

PAPERS: Final = {"a3": "a3", "a4": "a4", "letter": "us-letter"}
"""Sizes of paper, as people call them and as Typst does."""

SMALLEST = {"a3": 20, "a4": 14, "letter": 14}
"""The smallest type in points: at A3 on a wall it can be read from two metres away."""

RUN = 10
"""At least this many letters stay together where a run of letters is broken."""

STEPS = 40
"""By how many steps of 8 % the type may grow beyond the smallest."""

SHORT = 30
"""A title of at most this many bytes is never broken: smaller type is used instead."""

MOST_HEARD = 12
"""How many of the newest things heard are on a poster; a wall is no register."""

BECAME = {"done": "", "open": "Still to come: ", "dropped": "Not done: "}
"""What comes before the words of an action, by what became of it."""


class PosterEntry(msgspec.Struct, frozen=True):
    """A title, with what it means under it, in paragraphs separated by an empty line; either may be empty."""

    title: str
    text: str = ""


class Poster(msgspec.Struct, frozen=True):
    """What is on a poster. title: of the file; heading: above the entries."""

    title: str
    heading: str
    team: str
    entries: tuple[PosterEntry, ...]


def poster_pdf(poster: Poster, paper: str, made_on: date) -> bytes:
    """All entries on one sheet, in the largest type that fits; very many continue on a second one.

    paper: one of `PAPERS`. NotTypeset when Typst refuses.
    """
    entries = [{"title": breakable(each.title).rstrip("."), "text": _paragraphs(each.text)} for each in poster.entries]
    words = {
        "title": one_line(poster.title),
        "heading": poster.heading,
        "team": one_line(poster.team),
        "entries": entries,
        "paper": PAPERS[paper],
        "smallest": SMALLEST[paper],
        "steps": STEPS,
        "short": SHORT,
    }
    return typeset("poster.typ", words, made_on, on_wall=True)


def sheets(pdf: bytes) -> int:
    """How many sheets a poster made here takes."""
    found = re.search(rb"/Type/Pages/Count (\d+)", pdf)
    return int(found[1]) if found else 1


def _paragraphs(text: str) -> str:
    return "\n\n".join(breakable(paragraph) for paragraph in text.split("\n\n"))


def breakable(text: str) -> str:
    """One line that may break within a run of letters that is longer than any word: the type is large here."""
    return re.sub(rf"\S{{{RUN}}}(?=\S{{{RUN}}})", "\\g<0>\u200b", one_line(text))


def of_standards(team: str, standards: Sequence[Standard]) -> Poster:
    """The standards in use, in their order."""
    entries = tuple(PosterEntry(standard.title, one_line(standard.behaviour)) for standard in standards)
    return Poster(f"{team}: our service standards", "What we stand for", team, entries)


def of_philosophy(team: str, statements: Sequence[Statement], groups: Sequence[Group]) -> Poster:
    """What the team agreed on, part by part, with whom it serves; proposals are not for a wall."""
    entries = []
    for part, title in SECTIONS.items():
        said = [one_line(s.text) for s in statements if s.section == part and s.agreed_on is not None]
        if part == "customers" and groups:
            named = wording.listed([one_line(group.name) for group in groups])
            said.insert(0, f"{named[:1].upper()}{named[1:]}.")
        if said:
            entries.append(PosterEntry(title, "\n\n".join(said)))
    return Poster(f"{team}: what we are here for", "What we are here for", team, tuple(entries))


def of_heard(team: str, lines: Sequence[WallLine]) -> Poster:
    """What customers and colleagues said, and what we did: first what was done, then what is still to come or was
    dropped."""
    newest = sorted(lines[:MOST_HEARD], key=lambda line: list(BECAME).index(line.became))
    return Poster(f"{team}: you said, we did", "You said, we did", team, tuple(_heard(line) for line in newest))


def _heard(line: WallLine) -> PosterEntry:
    did = one_line(line.did)
    title = BECAME[line.became] + did if line.became != "done" else did[:1].upper() + did[1:]
    said = one_line(line.said).strip('”“"')
    why = one_line(line.note) if line.became == "dropped" else ""
    return PosterEntry(title, "\n\n".join(filter(None, (f"“{said}”" if said else "", why))))
