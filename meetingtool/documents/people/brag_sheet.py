"""A person's brag sheet: what they did well, to be proud of, to hand over or to file.

It has nothing private, no sticky situation, no rating and no score.
"""

from __future__ import annotations

from collections.abc import Sequence

from meetingtool.documents.formats.paper import Block, Facts, Item, Items, Paper, Paragraph, items, section
from meetingtool.documents.history.newsletter import shareable
from meetingtool.documents.stories.entries import after
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.customers.quotes import Quote
from meetingtool.rules.insight.sums import best_first
from meetingtool.rules.people.periods import Period
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import count, day


def brag_sheet(
    team: str,
    person: Person,
    period: Period,
    stories: Sequence[Story],
    follow_ups: Sequence[FollowUp],
    roster: Roster,
    *,
    hidden: frozenset[str] = frozenset(),
    quotes: Sequence[Quote] = (),
) -> Paper:
    """The sheet of a person for a period. hidden: ids of private stories, whose promises are ignored.

    quotes: praise of customers, word for word.
    """
    told = [s for s in shareable(stories) if person.id in s.people and s.at.date() in period]
    wins, thanks = [s for s in told if s.kind == "win"], [s for s in told if s.kind == "praise"]
    kept = [
        f
        for f in follow_ups
        if f.kind == "promise"
        and f.state == "kept"
        and person.id in f.people
        and not f.private
        and f.removed_at is None
        and f.story not in hidden
        and f.at.date() in period
    ]
    facts = [("Wins", str(len(wins))), ("Promises kept", str(len(kept))), ("Thanks", str(len(thanks)))]
    blocks: list[Block] = [Facts(tuple((name, number) for name, number in facts if number != "0"))] if told else []
    left = best_first(wins)
    for standard in roster.all_standards:
        own = [story for story in left if standard.id in story.standards]
        left = [story for story in left if standard.id not in story.standards]
        blocks += section(f"#{standard.tag} · {standard.title}", _entries(own, roster))
    blocks += section("Also" if len(left) < len(wins) else "Wins", _entries(left, roster))
    blocks += section("Thanks", _entries(thanks, roster))
    said = [Item(f"{one.text}{after((one.customer, day(one.day, roster.today)))}") for one in quotes]
    blocks += section("What customers said", items(said))
    promised = [Item(f"{f.text}{after((f.customer, day(f.at.date(), roster.today)))}") for f in kept]
    blocks += section("Promises kept", items(promised))
    if not blocks:
        blocks.append(Paragraph("Nothing has been noted yet."))
    subtitle = " · ".join(part for part in (person.role, team, period.label, count(len(wins), "win")) if part)
    return Paper(person.name, subtitle, tuple(blocks))


def _entries(stories: Sequence[Story], roster: Roster) -> Items | None:
    return items(
        [Item(f"{story.text}{after((story.reward, day(story.at.date(), roster.today)))}") for story in stories]
    )
