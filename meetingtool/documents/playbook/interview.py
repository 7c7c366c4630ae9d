"""A sheet for talking to somebody who wants to join: two questions a standard, in its own words, and what answers can
look like.

It names no applicant, and none of it is kept: it is filled in by hand, and thrown away after the decision.
"""

from __future__ import annotations

from collections.abc import Sequence

from meetingtool.documents.formats.paper import TO_WRITE_ON, Block, Heading, Item, Items, Paper, Paragraph, Strong
from meetingtool.records.standards import Standard
from meetingtool.rules.wording import one_line

BEFORE = (
    "Ask everybody the same questions, in the same order, and write down what was said before you judge it. Mark one "
    "number for each standard. Listen for what the person did, not for what one should do."
)
AFTER = "Throw this sheet away once the decision is made. It belongs in no file."


def questions(standard: Standard) -> tuple[str, str]:
    """What to ask about a standard: about a time when it went as its behaviour says, and one when it went like its
    second anchor. The better anchors are only on the sheet: an applicant who hears them knows what to say."""
    return (
        f"Here we say: “{one_line(standard.behaviour)}” When did you last do that? What happened, and what did you do "
        "yourself?",
        f"And when did it go more like this: “{one_line(standard.anchors[1])}”? What did you do then, and what came of "
        "it?",
    )


def interview(team: str, standards: Sequence[Standard]) -> Paper:
    """The sheet for the standards in use."""
    blocks: list[Block] = [Paragraph(BEFORE)]
    for standard in standards:
        blocks += [
            Heading(one_line(standard.title)),
            Items(tuple(Item((question,)) for question in questions(standard))),
            *[TO_WRITE_ON] * 3,
            Items(
                tuple(Item((Strong(f"{value}  "), one_line(standard.anchors[value - 1]))) for value in range(5, 0, -1))
            ),
        ]
    return Paper(
        f"{one_line(team)}: an interview", "by our service standards", (*blocks, Paragraph(AFTER)), whole_sections=True
    )
