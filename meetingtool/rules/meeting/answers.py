"""What was written down in a meeting, its notes and the answers to its question, as it is read: names, not handles."""

from __future__ import annotations

from meetingtool.records.meetings import Meeting
from meetingtool.rules.capture.marks import Scanner
from meetingtool.rules.roster import Roster


def said_in(meeting: Meeting) -> str:
    """The notes of a meeting and what was answered to its question, a line each; empty when nothing was."""
    return "\n".join(words for words in (meeting.notes.strip(), *meeting.answers) if words)


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


def read_out(meeting: Meeting, roster: Roster) -> str:
    """The notes of a meeting and what was answered to its question, a line each; empty when nothing was."""
    return with_names(said_in(meeting), roster)
