"""A sheet for the talk with somebody new: a few questions, with room to write. What is kept is one line."""

from __future__ import annotations

from meetingtool.documents.formats.paper import TO_WRITE_ON, Block, Heading, Paper, Paragraph
from meetingtool.rules.wording import one_line

QUESTIONS = {
    30: (
        "What have you liked so far, and what has surprised you?",
        "What did you need in the first weeks that was not there?",
        "Whom do you ask when you don't know, and is that easy?",
        "Which of our standards is clear to you, and which one isn't yet?",
    ),
    60: (
        "Which customer do you still think about, and why?",
        "What do you do well by now? What would you like to be shown again?",
        "Where does our way of working get in the way of serving people well?",
        "Who has helped you, and may I tell them?",
    ),
    90: (
        "Is the work what we said it would be?",
        "What should we do differently when somebody new comes next?",
        "What would you like to be able to do in half a year?",
        "What would make you go, and what makes you stay?",
    ),
}
"""Days on the team -> what to ask then."""

BEFORE = "Ask, and let the other one talk. Half an hour, a quiet room, nobody waiting."
AFTER = "Keep one line of it: meetingtool talk note @who “…”, and throw this sheet away."
LINES = 4


def first_talk(team: str, days: int, name: str = "") -> Paper:
    """The sheet after 30, 60 or 90 days. name: of whoever it is with."""
    blocks: list[Block] = [Paragraph(BEFORE)]
    for question in QUESTIONS[days]:
        blocks += [Heading(question, 3), *[TO_WRITE_ON] * LINES]
    return Paper(f"{one_line(team)}: the first {days} days", name, (*blocks, Paragraph(AFTER)), whole_sections=True)
