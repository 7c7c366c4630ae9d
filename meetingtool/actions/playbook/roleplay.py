"""Turning a sticky situation or a complaint into a role-play that nobody can be recognised in."""

from __future__ import annotations

from datetime import datetime

from meetingtool.actions.playbook.playbook import add_scenario
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.errors import Refused
from meetingtool.records.complaints import Complaint
from meetingtool.records.customers import Customer
from meetingtool.records.playbook import Scenario
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.kinds.table import NAMES_A_CUSTOMER, kind_of
from meetingtool.rules.playbook import roleplay
from meetingtool.rules.playbook.roleplay import Masks, RolePlayCard
from meetingtool.store import Workspace


def masks_of(workspace: Workspace, story: Story, now: datetime) -> Masks:
    """Everybody who must not be recognised: the team of all times, and every customer that a record names."""
    customers = {
        name
        for kind in NAMES_A_CUSTOMER
        for kept in workspace.find(kind, removed=None)
        if (name := kind_of(kept).customer(kept))
    }
    for customer in workspace.find(Customer):
        customers |= {customer.name, *customer.aliases}
    roster = roster_of(workspace, now.date())
    return Masks(roster, sorted(customers, key=len, reverse=True), settings_of(workspace).team, story.people)


def as_sticky(complaint: Complaint) -> Story:
    """A complaint told as a sticky situation, to be practised: what happened, what was offered, what was learned."""
    from meetingtool.rules.customers.complaints import OFFERS

    offered = list(dict.fromkeys(OFFERS[offer.kind] for offer in complaint.offers))
    return Story(
        id=complaint.id,
        at=complaint.at,
        made_at=complaint.made_at,
        made_by=complaint.made_by,
        kind="sticky",
        text=complaint.text,
        line=complaint.line,
        people=complaint.about,
        customer=complaint.customer,
        handled=f"We offered {wording.listed(offered)}" if offered else "",
        learned=complaint.lesson,
        private=True,
    )


def draft_card(workspace: Workspace, told: Story | Complaint, now: datetime) -> RolePlayCard:
    """The card that a sticky situation or a complaint would become. Refused for other stories."""
    story = as_sticky(told) if isinstance(told, Complaint) else told
    if story.kind != "sticky":
        raise Refused("Only a sticky situation becomes a role-play.", "Choose one of those.")
    return roleplay.card(story, roster_of(workspace, now.date()), masks_of(workspace, story, now))


def save_card(workspace: Workspace, told: Story | Complaint, card: RolePlayCard, now: datetime) -> Scenario:
    """Keep a card, corrected by the manager, as a role-play of the playbook.

    Refused without a title or one of the two parts, and while somebody can still be recognised by name.
    """
    title, customer, employee = (_line(part) for part in (card.title, card.customer, card.employee))
    if not (title and customer and employee):
        raise Refused("A role-play needs a title, what the customer plays and what the employee knows.", "Fill it in.")
    look_for = tuple(filter(None, map(_line, card.look_for)))
    masks = masks_of(workspace, as_sticky(told) if isinstance(told, Complaint) else told, now)
    left = sum(len(masks.found(text)) for text in (title, customer, employee, *look_for))
    if left:
        places = wording.count(left, "place")
        raise Refused(
            f"Somebody can still be recognised: there is a name, an address or a number in {places}.",
            "Use a role such as “the customer” instead.",
        )
    return add_scenario(workspace, title, customer, employee, now, look_for=look_for, standards=card.standards)


def _line(text: str) -> str:
    return wording.one_line(wording.storable(text))
