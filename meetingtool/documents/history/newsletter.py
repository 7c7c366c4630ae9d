"""The recognition newsletter: the wins of a month by standard, with the manager's pick. Fit for everybody to read.

It never has what is private, whoever asks, nor sticky situations, and customers only where a story's own words name
them.
"""

from __future__ import annotations

from collections.abc import Sequence

from meetingtool.documents.formats.paper import Block, Item, Items, Paper, Paragraph, items, section
from meetingtool.documents.stories.entries import after, by_whom, names, voice_item
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.quotes import Quote
from meetingtool.rules.insight.sums import best_first
from meetingtool.rules.people.periods import Period
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import count

PICK = "The pick of the month"


def shareable(stories: Sequence[Story]) -> list[Story]:
    """The wins and thanks that everybody may read."""
    return [s for s in stories if s.kind in ("win", "praise") and not s.private and s.removed_at is None]


def pick_of(wins: Sequence[Story], wished: str = "") -> Story | None:
    """The win that comes first: the chosen one (by id), else the newest starred one; None when none is starred."""
    fit = [story for story in wins if story.kind == "win"]
    by_wish = next((story for story in fit if story.id == wished), None)
    return by_wish or next((story for story in best_first(fit) if story.starred), None)


def newsletter(
    team: str,
    month: Period,
    stories: Sequence[Story],
    roster: Roster,
    *,
    pick: str = "",
    voices: Sequence[Voice] = (),
    written: Sequence[tuple[Quote, Sequence[str]]] = (),
) -> Paper:
    """The newsletter of a month. pick: the id of the win that comes first. voices: only praise among them is used.
    written: praise in answers of customers, with the ids of the people it is about."""
    told = [story for story in shareable(stories) if story.at.date() in month]
    wins = [story for story in told if story.kind == "win"]
    first = pick_of(wins, pick)
    blocks: list[Block] = []
    if first is not None:
        words = f"{first.text}{after((roster.tags(first.standards),))}"
        blocks += section(PICK, Paragraph((*by_whom(first, roster), words)))
    left = [story for story in best_first(wins) if first is None or story.id != first.id]
    for standard in roster.all_standards:
        own = [story for story in left if standard.id in story.standards]
        left = [story for story in left if standard.id not in story.standards]
        blocks += section(f"#{standard.tag} · {standard.title}", _entries(own, roster))
    blocks += section("Also told" if len(blocks) > 2 else "Wins", _entries(left, roster))
    thanks = [story for story in told if story.kind == "praise"]
    blocks += section("Thanks", _entries(thanks, roster))
    praised = [voice for voice in voices if voice.satisfied and not voice.private and voice.at.date() in month]
    said = [voice_item(voice, roster) for voice in praised]
    said += [Item(f"{quote.text}{after((quote.customer, names(people, roster)))}") for quote, people in written]
    blocks += section("What customers said", items(said))
    people = {person for story in wins for person in story.people}
    by = f" by {count(len(people), 'person', 'people')}" if people else ""
    subtitle = f"{month.label} · {count(len(wins), 'win')}{by}"
    if not told and not said:
        blocks.append(Paragraph("Nothing was told that everybody may read."))
    return Paper(f"{team}: what went well", subtitle, tuple(blocks))


def _entries(stories: Sequence[Story], roster: Roster) -> Items | None:
    return items([Item((*by_whom(story, roster), f"{story.text}{after((story.reward,))}")) for story in stories])
