"""A card for customers to write on, or to answer on their telephone by its QR code."""

from __future__ import annotations

from datetime import date

from meetingtool.documents.formats.typesetting import typeset
from meetingtool.rules.wording import one_line

SHEETS = {"a6": ("a6", 1), "a4": ("a4", 4), "letter": ("us-letter", 4)}
"""The sizes of paper, by what people call them: as Typst does, and how many cards fit on a sheet."""

LONGEST_ADDRESS = 300
"""The most letters of an address: with more, the squares are too small for a telephone at this size."""


def comment_card_pdf(team: str, address: str, paper: str, made_on: date) -> bytes:
    """The card as a tagged PDF, four to a sheet where it is larger than the card. paper: one of `SHEETS`.

    address: a web address of the team's own survey; empty for a card to write on alone. NotTypeset when Typst refuses.
    """
    sheet, cards = SHEETS[paper]
    words = {
        "title": f"{one_line(team)}: how was it?",
        "team": one_line(team),
        "paper": sheet,
        "cards": cards,
        "address": address,
        "squares": squares(address) if address else [],
    }
    return typeset("comment_card.typ", words, made_on, on_wall=True)


def squares(address: str) -> list[list[int]]:
    """The QR code of an address, row by row, 1 for a dark square; it can be read with up to about a tenth smudged."""
    import segno  # heavy, and seldom needed

    return [list(row) for row in segno.make_qr(address, error="m").matrix]
