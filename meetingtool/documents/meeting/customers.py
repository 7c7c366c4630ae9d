"""What customers say, on an agenda and in minutes: words, results, what was asked, and who was thanked by name."""

from __future__ import annotations

from meetingtool.documents.formats.paper import Block, Item, Strong, items, paragraph
from meetingtool.documents.stories.entries import voice_item
from meetingtool.rules.customers.for_meeting import CustomersSay, called, question, seen_line, thanked_names
from meetingtool.rules.roster import Roster


def heard_blocks(said: CustomersSay, roster: Roster) -> list[Block | None]:
    """The blocks of this part; nothing where customers said nothing. Nothing private is ever in it."""
    results = [Item((Strong(f"{one.name}, {one.period}:"), f" {one.says}")) for one in said.results]
    results += [Item(question(alert)) for alert in said.asked]
    thanked = thanked_names(said.thanked, roster)
    return [
        items([voice_item(voice, roster) for voice in said.read if not voice.private]),
        items(results),
        paragraph(f"{told}." if (told := called(said.calls)) else ""),
        paragraph(f"Thanked by customers by name: {thanked}." if thanked else ""),
    ]


def seen_blocks(said: CustomersSay, roster: Roster) -> list[Block | None]:
    """Whom the leader saw do well; empty where that was nobody."""
    found = [Item((Strong(f"{who}:"), f" {what}")) for who, what in (seen_line(one, roster) for one in said.seen)]
    return [paragraph("Seen by the manager:" if found else ""), items(found)]
