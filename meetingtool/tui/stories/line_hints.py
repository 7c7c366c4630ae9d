"""What may be typed into a line of each kind, shown below the line while it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

PLEDGES = frozenset({"promise", "action"})
QUOTED = ("voice", "complaint", "call")
"""Kinds of line that are about a customer throughout: whoever is named at the end is no part of the sentence."""
CREDITS = frozenset({"win", "sticky", "praise"})
"""Kinds of line that credit somebody."""

HINTS = {
    "voice": ('"what a customer said" ^customer @who it is about', "+ read it aloud", "~ private"),
    "complaint": ("what went wrong ^customer", "@about", "!promise by fri", "fund:25", "by:phone", "on:tue"),
    "call": ("^customer", "glad|so-so|unhappy, what was said", ">action by fri", "way:visit", "on:tue", "why:thanks"),
    **dict.fromkeys(PLEDGES, ("what, @who, ^customer, by when: refund posted @maria ^Acme by fri",)),
}
IN_A_STORY = ("#standard", "^customer", "!promise by fri", ">action", "+ star", "~ private")


def hints(kind: str, next_up: str) -> Sequence[str]:
    """What may be typed, the most usual first. next_up: whose handle Tab puts in, if anybody's."""
    if kind in CREDITS:
        return (f"Tab @{next_up}" if next_up else "@who", *IN_A_STORY)
    return HINTS.get(kind, ())


def as_many(parts: Sequence[str], room: int) -> str:
    """As many of the parts as fit into this many cells; the first in any case."""
    said = ""
    for part in parts:
        longer = f"{said}  {part}".strip()
        if said and Content(longer).cell_length > room:
            break
        said = longer
    return said


def beside_choice(detail: str, others: Sequence[str], room: int) -> str:
    """What stands beside the option that Tab takes: who or what it is, and as many of the others as fit, with the
    number of the rest."""
    tab = " · Tab  "
    for shown in range(len(others), -1, -1):
        rest = [f"↓ {len(others) - shown} more"] if shown < len(others) else []
        said = tab + "  ".join([*others[:shown], *rest])
        left = room - Content(said).cell_length
        if left > Content(detail).cell_length:
            break
    return f"{Content(f' {detail}').truncate(max(left, 0), ellipsis=True).plain if detail else ''}{said}"
