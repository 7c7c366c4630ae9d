"""One win on a card, to print and to put on the wall."""

from __future__ import annotations

from datetime import date

from meetingtool.documents.typesetting import typeset
from meetingtool.records.stories import Story
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import day_in_full, listed, one_line, visible

STEPS = ((140, 26), (320, 20), (700, 15), (1_600, 11))
"""Letters up to which the words are set in so many points; longer ones in the smallest, on several cards."""

SMALLEST = 9


def card_pdf(team: str, story: Story, roster: Roster, made_on: date) -> bytes:
    """The card as a tagged PDF, A5 across. NotTypeset when Typst refuses; ValueError for what is private or no win."""
    if story.private or story.kind == "sticky":
        raise ValueError("not for the wall")
    standards = [roster.standard_of(one) for one in story.standards]
    size = next((points for letters, points in STEPS if len(story.text) <= letters), SMALLEST)
    data = {
        "title": f"{one_line(team)}: {'thanks' if story.kind == 'praise' else 'a win'}",
        "text": visible(story.text),
        "size": size,
        "who": one_line(listed([roster.short_name(person) for person in story.people])),
        "standards": [[f"#{one_line(s.tag)}", one_line(s.title)] for s in standards if s is not None],
        "when": day_in_full(story.at.date()),
        "team": one_line(team),
    }
    return typeset("card.typ", data, made_on)
