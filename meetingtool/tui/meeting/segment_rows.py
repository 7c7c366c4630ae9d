"""The segments of an agenda as rows, and what each kind of segment shows, in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from meetingtool.records.meetings import Meeting, Segment, Topic
from meetingtool.rules import wording
from meetingtool.rules.meeting.agenda import is_skipped
from meetingtool.tui.lists.columns_row import ColumnsRow

TOPICS: dict[Topic, str] = {
    "standard": "the standard of the week",
    "follow-ups": "promises and actions that are due",
    "wins": "the wins, as they are told",
    "stickies": "the sticky situations, as they are told",
    "customers": "what customers say",
    "question": "the question of the week and its answers",
    "role-play": "the role-play of the week",
    "pulse": "the pulse of the team: five statements, no names",
    "thanks": "thanks, and how the meeting was",
    "free": "nothing but the hint",
}
"""What the screen shows beside a segment of each kind."""


def length(seconds: int) -> str:
    """`4 min`, `1:30 min`."""
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{wording.minutes(seconds)} min"


def segment_row(number: int, segment: Segment, held: Sequence[Meeting]) -> ColumnsRow:
    """A segment of the agenda as it is planned."""
    skipped = is_skipped(segment, held)
    style = "$text-muted" if skipped else "bold"
    words = f"  {wording.one_line(segment.hint)}" if segment.hint else f"  {TOPICS[segment.topic]}"
    return ColumnsRow(
        [(Content.styled(f"{number:>2}", "$text-muted"), 2)],
        Content.assemble(
            (wording.one_line(segment.title), style),
            (
                "  skipped once, back in the meeting after" if skipped else words,
                "$warning" if skipped else "$text-muted",
            ),
        ),
        Content.styled(length(segment.seconds), "$text-muted" if skipped else "$foreground"),
        most=2,
    )
