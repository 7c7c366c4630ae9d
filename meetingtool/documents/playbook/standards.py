"""The standards as cards to cut out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from meetingtool.documents.formats.typesetting import typeset
from meetingtool.documents.playbook.posters import PAPERS, breakable
from meetingtool.records.standards import Standard
from meetingtool.rules.wording import one_line


def cards_pdf(team: str, standards: Sequence[Standard], paper: str, made_on: date) -> bytes:
    """The standards as cards, eight to a sheet. paper: one of `PAPERS`."""
    words = {
        "title": f"{one_line(team)}: our service standards",
        "paper": PAPERS[paper],
        "standards": [
            {
                "tag": f"#{one_line(standard.tag)}",
                "title": breakable(standard.title).rstrip("."),
                "behaviour": breakable(standard.behaviour),
            }
            for standard in standards
        ],
    }
    return typeset("standard_cards.typ", words, made_on, on_wall=True)
