"""What of the playbook goes on paper: a poster and cards of the standards. Nothing in it is private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetingtool.errors import Refused
from meetingtool.records.standards import Standard

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.documents.formats.paper import Paper

FORMS = ("pdf",)


def standards_poster(desk: Desk, paper: str = "a3") -> bytes:
    """The standards in use as a poster (PDF). paper: a3, a4 or letter. Refused where there are none."""
    from meetingtool.documents.playbook.standards import poster_pdf

    return poster_pdf(desk.settings.team, _in_use(desk), paper, desk.today)


def standards_cards(desk: Desk, paper: str = "a4") -> bytes:
    """The standards in use as cards to cut out (PDF). Refused where there are none."""
    from meetingtool.documents.playbook.standards import cards_pdf

    return cards_pdf(desk.settings.team, _in_use(desk), paper, desk.today)


def interview_sheet(desk: Desk) -> Paper:
    """Two questions a standard for whoever wants to join. Refused where there are no standards."""
    from meetingtool.documents.playbook.interview import interview

    return interview(desk.settings.team, _in_use(desk))


def _in_use(desk: Desk) -> tuple[Standard, ...]:
    standards = desk.roster.standards
    if not standards:
        raise Refused("There are no standards.", "Add one with `meetingtool standard add TAG TITLE --behaviour TEXT`.")
    return standards
