"""Printing from the playbook: posters, cards, the card for customers, the sheets for interviews and the pulse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.actions.history.sharing import PAPER_FORMS, paper_bytes
from meetingtool.actions.playbook import posters
from meetingtool.rules import areas
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.tool import Tool

SHEETS: Final = {
    "a3": "A3, for a wall",
    "a4": "A4",
    "letter": "US letter",
    "a6": "A6, one card",
}
WALL = ("a3", "a4", "letter")
POSTERS = ("standards", "philosophy", "heard")
NEEDS_ADDRESS = "comment-card"


class Print(msgspec.Struct, frozen=True):
    """A paper to choose. papers: the sizes of sheets, the usual one first; none where only the format is chosen. make:
    its content, given the sheet or the format. area: the one it belongs to, if that can be switched off.
    """

    title: str
    file: str
    papers: tuple[str, ...]
    make: Callable[[Desk, str], bytes]
    area: str = ""


def _slips(desk: Desk, paper: str) -> bytes:
    from meetingtool.documents.people.pulse import slips_pdf

    return slips_pdf(desk.settings.team, paper, desk.today)


def _interview(desk: Desk, form: str) -> bytes:
    return paper_bytes(posters.interview_sheet(desk), form, desk.today)


PRINTS: Final[Mapping[str, Print]] = {
    "standards": Print("Poster: the standards", "our-standards.pdf", WALL, posters.standards_poster),
    "philosophy": Print(
        "Poster: what we are here for", "what-we-are-here-for.pdf", WALL, posters.philosophy_poster, areas.PHILOSOPHY
    ),
    "heard": Print("Poster: you said, we did", "you-said-we-did.pdf", WALL, posters.heard_poster),
    "cards": Print("The standards as cards, eight to a sheet", "cards.pdf", ("a4", "letter"), posters.standards_cards),
    NEEDS_ADDRESS: Print(
        "A card for customers, with the QR code of your survey",
        "comment-card.pdf",
        ("a6", "a4", "letter"),
        lambda desk, paper: posters.comment_card(desk, paper=paper),
    ),
    "interview": Print("A sheet for talking to applicants", "interview.pdf", (), _interview),
    "slips": Print("Paper slips for the pulse, four to a sheet", "slips.pdf", ("a4", "letter"), _slips, areas.PULSE),
}
"""What can be printed, by a name."""


async def print_one(tool: Tool, chosen: str) -> None:
    """Ask what to print, on which sheet, and where to save it. chosen: what the cursor begins on."""
    desk = tool.desk
    offered: list[tuple[str, Content | ColumnsRow]] = [
        (name, Content(each.title)) for name, each in PRINTS.items() if each.area not in desk.settings.off
    ]
    name = await tool.push_screen_wait(Choose("What is to be printed?", offered, chosen=chosen))
    if name is None:
        return
    wanted, make = PRINTS[name], PRINTS[name].make
    if name == NEEDS_ADDRESS:
        address = await tool.push_screen_wait(
            AskText(
                "The web address of your survey",
                draft="survey-address",
                hint="It is on the card as a QR code. Empty: a card only to write on.",
                take=lambda text: posters.checked_address(text) if text.strip() else None,
            )
        )
        if address is None:
            return

        def make(desk: Desk, paper: str) -> bytes:
            return posters.comment_card(desk, address, paper)

    if not wanted.papers:
        save_as(tool, wanted.title, wanted.file, PAPER_FORMS, lambda form: make(desk, form))
        return
    sheets: list[tuple[str, Content | ColumnsRow]] = [(paper, Content(SHEETS[paper])) for paper in wanted.papers]
    paper = await tool.push_screen_wait(Choose("On which paper?", sheets))
    if paper is None:
        return

    def tell_sheets() -> None:
        if name in POSTERS and (told := posters.more_sheets(lambda other: make(desk, other), paper)):
            tool.warn(told)

    save_as(tool, wanted.title, wanted.file, posters.FORMS, lambda _: make(desk, paper), tell_sheets)
