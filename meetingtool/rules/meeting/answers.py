"""What was written down in a meeting, its notes and the answers to its question, as it is read: names, not handles."""

from __future__ import annotations

from meetingtool.records.meetings import Meeting
from meetingtool.rules.capture.marks import FoundMark, Scanner
from meetingtool.rules.roster import Roster


def said_in(meeting: Meeting) -> str:
    """The notes of a meeting and what was answered to its question, a line each; empty when nothing was."""
    return "\n".join(words for words in (meeting.notes.strip(), *meeting.answers) if words)


def with_names(text: str, roster: Roster) -> str:
    """`text` with the short name of each person in place of `@handle`; a handle that nobody has stays as typed."""
    pieces, at = [], 0
    for found in _marks(text, roster):
        pieces += [text[at : found.start], roster.short_name(found.id)]
        at = found.end
    return "".join([*pieces, text[at:]])


def marked_in(text: str, roster: Roster) -> list[str]:
    """The ids of those whose `@handle` stands in `text`."""
    return [found.id for found in _marks(text, roster)]


def _marks(text: str, roster: Roster) -> list[FoundMark]:
    return [found for found in Scanner(text, roster, 0).scan() if found.kind == "person"] if "@" in text else []


def read_out(meeting: Meeting, roster: Roster) -> str:
    """The notes of a meeting and what was answered to its question, a line each; empty when nothing was."""
    return with_names(said_in(meeting), roster)
