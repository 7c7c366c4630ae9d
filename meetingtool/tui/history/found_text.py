"""What is said about a search: how much it found, or why it found nothing."""

from __future__ import annotations

from typing import Literal

from textual.content import Content

from meetingtool.rules import wording
from meetingtool.rules.history.query import Query, Term, blame_told
from meetingtool.rules.history.search import Facets
from meetingtool.rules.kinds.table import SEARCHED_SORTS, SORTS

Order = Literal["newest first", "best match first", "oldest first"]
ORDERS: tuple[Order, ...] = ("newest first", "oldest first", "best match first")

ROOM = 31
"""The cells for the kinds where there is no room for all of them."""


def counted(counts: Facets, seconds: float, *, wide: bool) -> str:
    """`41 wins · 7 stickies`: the kinds that were found, as many as fit; with room for it also the time it took."""
    kinds = dict(counts.kinds)
    found = [(kinds[sort], SORTS[sort]) for sort in SEARCHED_SORTS if kinds.get(sort)]
    words = [wording.count(number, called.short, called.plural) for number, called in found] or ["0 found"]
    if wide:
        return " · ".join([*words, f"{1000 * seconds:.0f} ms"])
    while len(words) > 1 and len(" · ".join(words)) > ROOM:
        words.pop()
    return " · ".join(words)


def title(query: Query, number: int, *, order: Order) -> str:
    """`48 found, newest first`."""
    if not number:
        return "Nothing found" if query.terms else "Nothing yet"
    many = f"{number:,} found" if query.terms else f"All {number:,}"
    return f"{many}, {order}"


def nothing(query: Query, blamed: tuple[Term, int] | None, *, room: bool) -> Content:
    """Why there is no row: nothing was told yet, or a part of the query leaves nothing; room: or only private records
    match."""
    if room and any(term.kind == "is" and term.value == "private" and not term.negated for term in query.terms):
        return Content.assemble("Private things are not shown in the room. ", ("v", "bold $accent"), " changes that.")
    if query.terms:
        before, part, behind = blame_told(blamed)
        told = Content.assemble(before, (part, "bold"), behind)
        lines = [told] if told.plain.startswith("Nothing fits") else [Content("Nothing fits."), told]
        return Content("\n").join([*lines, *(Content(note) for note in query.notes)])
    keys = [Content.styled(key, "bold $accent") for key in "wsm"]
    return Content.assemble(
        "Nothing has been told yet. ",
        *(keys[0], " notes a win, ", keys[1], " a sticky situation, and "),
        *(keys[2], " holds the meeting in which they are told."),
    )
