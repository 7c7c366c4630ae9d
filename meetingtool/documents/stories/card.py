"""One win on a card, to print and to put on the wall."""

from __future__ import annotations

from datetime import date

import msgspec

from meetingtool.documents.formats.paper import Block, Item, Items, Paper, Paragraph, Strong
from meetingtool.documents.formats.typesetting import typeset
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.quotes import Quote
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import day_in_full, listed, one_line, visible

STEPS = ((140, 26), (320, 20), (700, 15), (1_600, 11))
"""How many letters at most are set in how many points; longer ones are set in the smallest, on several cards."""

SMALLEST = 9

CARDS = {"win": "a win", "praise": "thanks", "voice": "what a customer said"}
"""The heading of a card, by the kind of record."""


class StoryCard(msgspec.Struct, frozen=True):
    """What is on a card. standards: the tag and the title of each."""

    title: str
    text: str
    who: str
    standards: tuple[tuple[str, str], ...]
    when: str
    team: str


def card_of(team: str, story: Story | Voice, roster: Roster) -> StoryCard:
    """The words of a card. ValueError for what is private, in the bin or a sticky situation."""
    kind = "voice" if isinstance(story, Voice) else story.kind
    if story.private or story.removed_at is not None or kind not in CARDS:
        raise ValueError("not for the wall")
    standards = [roster.standard_of(one) for one in story.standards]
    return StoryCard(
        title=f"{one_line(team)}: {CARDS[kind]}",
        text=visible(story.text),
        who=one_line(listed([roster.short_name(person) for person in story.people])),
        standards=tuple((f"#{one_line(s.tag)}", one_line(s.title)) for s in standards if s is not None),
        when=day_in_full(story.at.date()),
        team=one_line(team),
    )


def card_of_quote(team: str, quote: Quote, who: str) -> StoryCard:
    """What a customer wrote in an answer. who: the person whom it praises."""
    return StoryCard(
        title=f"{one_line(team)}: {CARDS['voice']}",
        text=visible(quote.text),
        who=one_line(who),
        standards=(),
        when=day_in_full(quote.day),
        team=one_line(team),
    )


def card_paper(card: StoryCard) -> Paper:
    """The card to read on a screen."""
    blocks: list[Block] = [Paragraph(card.text)]
    if card.who:
        blocks.append(Paragraph((Strong(card.who),)))
    if card.standards:
        blocks.append(Items(tuple(Item((Strong(tag), f" {title}")) for tag, title in card.standards)))
    return Paper(card.title, card.when, tuple(blocks))


def card_pdf(card: StoryCard, made_on: date) -> bytes:
    """The card as a tagged PDF, A5 across. NotTypeset when Typst refuses."""
    size = next((points for letters, points in STEPS if len(card.text) <= letters), SMALLEST)
    return typeset("card.typ", {**msgspec.to_builtins(card), "size": size}, made_on, on_wall=True)
