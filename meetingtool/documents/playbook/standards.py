"""The standards as a poster for the wall, and as cards to cut out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from meetingtool.documents.formats.typesetting import typeset
from meetingtool.records.standards import Standard
from meetingtool.rules.wording import one_line

PAPERS: Final = {"a3": "a3", "a4": "a4", "letter": "us-letter"}
"""Sizes of paper, as people call them and as Typst does."""

SMALLEST = {"a3": 20, "a4": 14, "letter": 14}
"""Points of the smallest type: on a wall at A3 it is read from two metres away."""

RUN = 10
"""So many letters at least stand together where a run of letters is broken."""

STEPS = 40
"""So many steps of 8 % the type may grow beyond the smallest."""


def poster_pdf(team: str, standards: Sequence[Standard], paper: str, made_on: date) -> bytes:
    """All standards on one sheet, in the largest type that fits; very many go on to a second.

    paper: one of `PAPERS`. NotTypeset when Typst refuses.
    """
    words = _words(team, standards, paper) | {
        "heading": "What we stand for",
        "smallest": SMALLEST[paper],
        "steps": STEPS,
        "letters_missing": False,
    }
    return typeset("poster.typ", words, made_on)


def cards_pdf(team: str, standards: Sequence[Standard], paper: str, made_on: date) -> bytes:
    """The standards as cards, eight to a sheet."""
    return typeset("standard_cards.typ", _words(team, standards, paper), made_on)


def _breakable(text: str) -> str:
    """One line that may break within a run of letters that is longer than any word: the type is large here."""
    return re.sub(rf"\S{{{RUN}}}(?=\S{{{RUN}}})", "\\g<0>\u200b", one_line(text))


def _words(team: str, standards: Sequence[Standard], paper: str) -> dict[str, Any]:
    return {
        "title": f"{one_line(team)}: our service standards",
        "team": one_line(team),
        "paper": PAPERS[paper],
        "standards": [
            {
                "tag": f"#{one_line(standard.tag)}",
                "title": _breakable(standard.title).rstrip("."),
                "behaviour": _breakable(standard.behaviour),
            }
            for standard in standards
        ],
    }
