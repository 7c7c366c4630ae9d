"""What customers add to the scores of a period: answers of those who said who served them, and praise by name."""

from __future__ import annotations

from datetime import date

from meetingtool.records import mentions
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.served import answers_in
from meetingtool.rules.people.periods import Period
from meetingtool.rules.people.score_inputs import CustomerAnswer, NamedByCustomer
from meetingtool.store import Workspace


def answers_of(workspace: Workspace, period: Period) -> list[CustomerAnswer]:
    """The answers of a period to the primary measure of every survey, those that are left out marked as such.

    Also those on cards that were handed to one person's customers, where it is said whether they were satisfied.
    """
    found = _on_cards(workspace, period)
    surveys = {survey.id: survey for survey in workspace.find(Survey)}
    if not surveys:
        return found
    left_out: dict[str, set[int]] = {}
    for one in workspace.find(LeftOut, since=period.since, until=period.until):
        left_out.setdefault(one.batch, set()).add(one.row)
    for batch in workspace.find(Batch, since=period.since, until=date(period.until.year, 12, 31)):
        measure = surveys[batch.survey].measure() if batch.survey in surveys else None
        if measure is not None:
            found += answers_in(batch, measure, left_out.get(batch.id, ()))
    return found


def praise_of(workspace: Workspace, period: Period) -> list[NamedByCustomer]:
    """The praise of a period that was confirmed to be of a person; a problem, or both at once, adds nothing."""
    confirmed = workspace.find(
        mentions.Mention, since=period.since, until=period.until, state="confirmed", tone="praise"
    )
    found = [NamedByCustomer(one.id, one.person, one.at.date()) for one in confirmed if one.person]
    voices = workspace.find(Voice, since=period.since, until=period.until, satisfied=True)
    return found + [NamedByCustomer(one.id, person, one.at.date()) for one in voices for person in one.people]


def _on_cards(workspace: Workspace, period: Period) -> list[CustomerAnswer]:
    cards = workspace.find(Voice, since=period.since, until=period.until, channel="card")
    return [
        CustomerAnswer(card.id, card.people[0], card.at.date(), card.satisfied)
        for card in cards
        if card.satisfied is not None and len(card.people) == 1
    ]
