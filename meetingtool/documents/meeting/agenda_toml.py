"""An agenda as the TOML file that a manager can read, change and import again (importers/starter.py reads it)."""

from __future__ import annotations

from meetingtool.records.meetings import Agenda, Segment
from meetingtool.rules.wording import one_line

HEAD = """\
# An agenda: the meeting runs its parts from top to bottom.
# To change the order, move a whole [[segment]] block; to drop a part, delete its block; to add one, copy a block.
#
#   title     what the agenda calls it
#   topic     what the screen shows beside it: standard, follow-ups, wins, stickies, customers, question, role-play,
#             pulse, thanks, or free, which shows only the hint
#   minutes   how long it may take, such as 2 or 1.5
#   hint      what you say or do there; may be left out
"""


def agenda_toml(agenda: Agenda) -> str:
    """The whole file, ending in a line break."""
    parts = [f"{HEAD}\nname = {_text(agenda.name)}\n", *(_segment(segment) for segment in agenda.segments)]
    return "\n".join(parts)


def _segment(segment: Segment) -> str:
    lines = [
        "[[segment]]",
        f"title = {_text(segment.title)}",
        f"topic = {_text(segment.topic)}",
        f"minutes = {_minutes(segment.seconds)}",
    ]
    if segment.hint:
        lines.append(f"hint = {_text(segment.hint)}")
    return "\n".join(lines) + "\n"


def _minutes(seconds: int) -> str:
    """Whole minutes as they are; others with enough digits for the seconds to be read back."""
    return str(seconds // 60) if seconds % 60 == 0 else f"{seconds / 60:.4f}".rstrip("0")


def _text(text: str) -> str:
    """A basic string (toml.io/en/v1.0.0#string)."""
    line = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{line}"'
