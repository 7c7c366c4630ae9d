"""Paper slips for the pulse of a team: filled in without a name, folded, shuffled, and typed in."""

from __future__ import annotations

from datetime import date

from meetingtool.documents.formats.typesetting import typeset
from meetingtool.documents.playbook.posters import PAPERS
from meetingtool.rules.people.pulse import HIGHEST, LEAST, LOWEST, STATEMENTS
from meetingtool.rules.wording import one_line


def slips_pdf(team: str, paper: str, made_on: date) -> bytes:
    """A sheet of four slips. paper: `a4` or `letter`. NotTypeset when Typst refuses."""
    words = {
        "title": f"{one_line(team)}: how are we?",
        "team": one_line(team),
        "paper": PAPERS[paper],
        "statements": STATEMENTS,
        "numbers": list(range(LOWEST, HIGHEST + 1)),
        "explained": f"{LOWEST} is not at all, {HIGHEST} is completely. Leave out what you like. No names: only counts "
        f"are kept, and only where {LEAST} or more of us answer.",
    }
    return typeset("pulse_slips.typ", words, made_on)
