"""What the team said to the question of the week, as it is read: with names in place of handles."""

from __future__ import annotations

from meetingtool.rules.capture.marks import Scanner
from meetingtool.rules.roster import Roster


def with_names(text: str, roster: Roster) -> str:
    """`text` with the short name of each person in place of `@handle`; a handle that nobody has stays as typed."""
    if "@" not in text:
        return text
    pieces, at = [], 0
    for found in Scanner(text, roster, 0).scan():
        if found.kind == "person":
            pieces += [text[at : found.start], roster.short_name(found.id)]
            at = found.end
    return "".join([*pieces, text[at:]])
