"""One row of the history: when, its mark, who, and as many of its words as fit, with the matches marked."""

from __future__ import annotations

from textual.content import Content

from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster
from meetingtool.tui.widgets.record_text import Spans, marked
from meetingtool.tui.widgets.story_text import follow_up_mark, marks, names

READ = 2_000
"""Letters of a story that a row looks at."""

BEFORE_MATCH = 16
"""Cells of the text that stand before a match which would lie outside the row."""

SHORT_DAY, LONG_DAY = 10, 15
"""Cells of `Tue 24 Nov` and of `Tue 24 Nov 2025`."""


def history_row(record: Story | FollowUp, roster: Roster, width: int, spans: Spans, *, years: bool) -> Content:
    """The row in `width` cells. years: whether days of other years are among the rows."""
    wide = width >= 70
    day = f"{wording.day(record.at.date(), roster.today):<{LONG_DAY if years else SHORT_DAY}}"
    who = wording.shortened(names(record.people, roster), 12 if wide else 9)
    who += " " * ((12 if wide else 9) - Content(who).cell_length)
    sign = Content.styled(f"{marks(record):<2}", "bold $accent") if isinstance(record, Story) else _state(record, roster)
    head = Content.assemble((day, "$text-muted"), "  " if wide else " ", sign, " ", (who, "bold"), "  " if wide else " ")
    if record.kind != "win":
        head = Content.assemble(head, (f"{record.kind} ", "italic $text-muted"))
    return Content.assemble(head, excerpt(wording.one_line(record.text[:READ]), width - head.cell_length, spans))


def _state(follow_up: FollowUp, roster: Roster) -> Content:
    return Content.assemble(follow_up_mark(follow_up, roster.today), " ")


def excerpt(text: str, width: int, spans: Spans) -> Content:
    """`text` in `width` cells, ending at a word; it begins later where its first match would not be seen."""
    found = list(spans(text))
    if found and found[0][1] > width - 2 and len(text) > width:
        start = text.rfind(" ", 0, max(found[0][0] - BEFORE_MATCH, 1)) + 1
        content = Content.assemble("…", marked(text, lambda _: found)[start:])
    else:
        content = marked(text, lambda _: found)
    if content.cell_length <= width:
        return content
    cut = content.truncate(max(width - 1, 1))
    blank = cut.plain.rfind(" ")
    return Content.assemble(cut[:blank] if blank > width // 2 else cut, "…")

