"""The playbook on paper: posters, cards, a sheet for interviews. Nothing on them is private."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from meetingtool.errors import Refused
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.days import moved
from meetingtool.rules.playbook.philosophy import in_use

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.documents.formats.paper import Paper

FORMS = ("pdf",)


def standards_poster(desk: Desk, paper: str = "a3") -> bytes:
    """The standards in use as a poster (PDF). paper: a3, a4 or letter. Refused where there are none."""
    from meetingtool.documents.playbook.posters import of_standards, poster_pdf

    return poster_pdf(of_standards(desk.settings.team, _in_use(desk)), paper, desk.today)


def philosophy_poster(desk: Desk, paper: str = "a3") -> bytes:
    """What the team agreed on, and whom it serves, as a poster (PDF). Refused where there is nothing."""
    from meetingtool.documents.playbook.posters import of_philosophy, poster_pdf

    groups = [group for group in desk.groups() if group.retired is None]
    poster = of_philosophy(desk.settings.team, in_use(desk.statements()), groups)
    if not poster.entries:
        raise Refused(
            "The team has not agreed on a sentence yet.", "`meetingtool philosophy list` shows what there is."
        )
    return poster_pdf(poster, paper, desk.today)


def heard_poster(desk: Desk, paper: str = "a3") -> bytes:
    """What was said to us, and what we did about it, as a poster (PDF). Refused where nothing has come of anything."""
    from meetingtool.actions.customers.heard import wall_lines
    from meetingtool.documents.playbook.posters import of_heard, poster_pdf

    lines = wall_lines(desk)
    if not lines:
        raise Refused(
            "Nothing that was heard has come to anything yet.",
            "An action in the words of a call, a card or your own hours does: >“saddle covers at the door”.",
        )
    return poster_pdf(of_heard(desk.settings.team, lines), paper, desk.today)


def more_sheets(make: Callable[[str], bytes], paper: str) -> str:
    """A sentence for a poster that takes more than one sheet of a paper; empty where one is enough.

    make: the poster on a paper.
    """
    from meetingtool.documents.playbook.posters import sheets

    taken = sheets(make(paper))
    if taken == 1:
        return ""
    larger = "; on A3 it is one" if paper != "a3" and sheets(make("a3")) == 1 else ""
    return f"It takes {taken} sheets{larger}."


def standards_cards(desk: Desk, paper: str = "a4") -> bytes:
    """The standards in use as cards to cut out (PDF). Refused where there are none."""
    from meetingtool.documents.playbook.standards import cards_pdf

    return cards_pdf(desk.settings.team, _in_use(desk), paper, desk.today)


def comment_card(desk: Desk, address: str = "", paper: str = "a6") -> bytes:
    """A card for customers (PDF), with a QR code where there is an address. Refused for what is no web address."""
    from meetingtool.documents.playbook.comment_card import comment_card_pdf

    return comment_card_pdf(desk.settings.team, checked_address(address) if address.strip() else "", paper, desk.today)


def checked_address(text: str) -> str:
    """A web address that a telephone opens. Refused for another text, and for one too long for a small code."""
    from meetingtool.documents.playbook.comment_card import LONGEST_ADDRESS

    address = text.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if (
        parts.scheme not in ("http", "https")
        or "." not in host
        or any(c.isspace() or not c.isprintable() for c in address)
    ):
        raise Refused(
            f"“{wording.shortened(text, 60)}” is no web address.",
            "Give the whole of it, such as https://example.org/us.",
        )
    if len(address) > LONGEST_ADDRESS:
        raise Refused(
            f"The address has {len(address)} letters; {LONGEST_ADDRESS} is the most for so small a code.",
            "Most survey programs offer a short address.",
        )
    return address


def interview_sheet(desk: Desk) -> Paper:
    """Two questions a standard for whoever wants to join. Refused where there are no standards."""
    from meetingtool.documents.playbook.interview import interview

    return interview(desk.settings.team, _in_use(desk))


def _in_use(desk: Desk) -> tuple[Standard, ...]:
    """The standards that still hold tomorrow: after one is retired today, posters should be right from tomorrow on."""
    tomorrow = moved(desk.today, timedelta(days=1))
    standards = tuple(standard for standard in desk.roster.all_standards if standard.in_use(tomorrow))
    if not standards:
        raise Refused("There are no standards.", "Add one with `meetingtool standard add TAG TITLE --behaviour TEXT`.")
    return standards
