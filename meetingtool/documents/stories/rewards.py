"""The list of rewards, as payroll wants it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from meetingtool.documents.formats.tables import csv_text
from meetingtool.records.money import minor_digits
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.thanks import LIKE_CASH, Reward, says_money

HEADS = (
    *("handed over", "name", "employee number", "reward", "kind", "value", "currency", "state", "for payroll", "ref"),
    "shared by",
)
TAX = "may be taxable: ask payroll"


def rewards_csv(rewards: Iterable[Reward], roster: Roster) -> str:
    """A line for each person and reward, with their part of its value, and a note on what is like cash."""
    rows = []
    for reward in rewards:
        award = reward.award
        value = award.value
        people = reward.story.people
        for place, person_id in enumerate(people):
            part = (value.minor + len(people) - 1 - place) // len(people) if value else 0
            amount = Decimal(part).scaleb(-minor_digits(value.currency)) if value else ""
            person = roster.person_of(person_id)
            rows.append(
                (
                    award.on or (reward.story.at.date() if award.state == "given" else ""),
                    person.name if person else roster.full_name(person_id),
                    person.number if person else "",
                    reward.words,
                    award.kind,
                    str(amount),
                    value.currency if value else "",
                    award.state,
                    TAX if award.kind in LIKE_CASH or value or says_money(reward.words) else "",
                    reward.story.ref,
                    len(people) if len(people) > 1 else "",
                )
            )
    return csv_text(HEADS, rows)
