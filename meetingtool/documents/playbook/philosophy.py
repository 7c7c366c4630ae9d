"""The philosophy of a team on paper, for everybody: vision, whom it serves, what it promises, by which standards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from meetingtool.documents.formats.paper import Block, Item, Paper, Paragraph, Strong, items, section
from meetingtool.records.philosophy import Group, Statement
from meetingtool.rules import wording
from meetingtool.rules.kinds.philosophy import KNOWN_FROM, SECTIONS
from meetingtool.rules.roster import Roster

PROPOSED = "proposed, not agreed yet"


def philosophy(
    team: str, statements: Sequence[Statement], groups: Sequence[Group], roster: Roster, today: date
) -> Paper:
    """The paper. statements, groups: those in use, in order."""
    blocks: list[Block] = []
    for part, title in SECTIONS.items():
        if part == "values" and roster.standards:
            standards = [
                Item((Strong(f"{wording.one_line(one.title).rstrip('.')}."), f" {wording.one_line(one.behaviour)}"))
                for one in roster.standards
            ]
            blocks += section("Our service standards", items(standards))
        mine = [_item(statement, today) for statement in statements if statement.section == part]
        served = [_group(group) for group in groups] if part == "customers" else []
        blocks += section(title, items(served), items(mine))
    agreed = [statement.agreed_on for statement in statements if statement.agreed_on]
    said = f"last agreed on {wording.day_in_full(max(agreed))}" if agreed else "not agreed yet"
    if not blocks:
        blocks.append(Paragraph("Nothing is written down yet."))
    return Paper(f"{wording.one_line(team)}: what we are here for", said, tuple(blocks))


def _item(statement: Statement, today: date) -> Item:
    return Item(wording.one_line(statement.text), (agreed_words(statement, today),))


def agreed_words(statement: Statement, today: date) -> str:
    """`agreed on Tue 24 Nov by 7 of us · to be read again by Wed 24 Nov 2027`."""
    if statement.agreed_on is None:
        return PROPOSED
    by = f" by {len(statement.agreed_with)} of us" if statement.agreed_with else ""
    again = f" · to be read again by {wording.day(statement.read_again, today)}" if statement.read_again else ""
    return f"agreed on {wording.day(statement.agreed_on, today)}{by}{again}"


def _group(group: Group) -> Item:
    who = f": {wording.one_line(group.who)}" if group.who else ""
    needs = tuple(f"{wording.one_line(need.text)} ({KNOWN_FROM[need.known_from]})" for need in group.needs)
    return Item((Strong(wording.one_line(group.name)), who), needs)
