"""Complaints of customers, in their course."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from meetingtool.records.complaints import Complaint, ComplaintChannel, Offer, Step
from meetingtool.rules import wording
from meetingtool.rules.kinds.kind import Background, Fact, Kind, ListingRow, Part, called
from meetingtool.rules.roster import Roster

CHANNELS: dict[ComplaintChannel, str] = {
    "phone": "on the phone",
    "spoken": "in person",
    "e-mail": "by e-mail",
    "letter": "in a letter",
    "card": "on a card",
    "form": "in a form",
    "review": "in a review",
}
"""How a customer complained."""


class ComplaintKind(Kind[Complaint]):
    """A complaint. Always private: whom it is about never reaches a shared screen."""

    record = Complaint
    sorts = {"complaint": called("complaint", long="complaint of a customer", found="complaints")}
    together = (("text", "line"),)
    searched = True
    people_in = ("about", "owner", "received_by")
    written = frozenset({"text", "line", "wants", "words", "lesson", "because"})

    def text(self, record: Complaint, roster: Roster) -> str:
        return record.text

    def people(self, record: Complaint) -> tuple[str, ...]:
        return tuple(dict.fromkeys(super().people(record)))

    def customer(self, record: Complaint) -> str:
        return record.customer

    def remark(self, record: Complaint, roster: Roster) -> str:
        owner = f", {roster.short_name(record.owner)}" if record.owner else ""
        return f"{record.state}{owner}"

    def parts(self, record: Complaint) -> tuple[Part, ...]:
        said = (("What would make it right", record.wants), ("What we learned", record.lesson))
        nothing = (("Nothing to learn, because", record.because),)
        return tuple((title, words) for title, words in (*said, *nothing) if words)

    def facts(self, record: Complaint, roster: Roster, behind: Background) -> list[Fact]:
        from meetingtool.rules.customers.complaints import CAUSES, CONTENTS, FINDINGS

        names = wording.listed([wording.one_line(roster.full_name(person)) for person in record.about])
        return [
            Fact("customer", wording.one_line(record.customer)),
            Fact("came", came(record)),
            Fact("received", roster.full_name(record.received_by) if record.received_by else "", tone="people"),
            Fact("owner", roster.full_name(record.owner) if record.owner else "nobody yet", tone="people"),
            Fact("about", names, tone="people"),
            Fact("weight", weighs(record)),
            Fact("state", record.state, tone="state"),
            *(Fact("step", step_line(step, roster)) for step in record.steps),
            *(Fact("offer", offer_line(offer)) for offer in record.offers),
            *(
                Fact("moved", f"{move.step} to {wording.day(move.new, roster.today)}: {wording.one_line(move.words)}")
                for move in record.moves
            ),
            Fact("finding", FINDINGS[record.finding] if record.finding else ""),
            Fact("cause", CAUSES[record.cause] if record.cause else ""),
            Fact("afterwards", CONTENTS[record.content]),
            Fact("names", f"taken off {wording.day(record.nameless, roster.today)}" if record.nameless else ""),
        ]

    def texts(self, record: Complaint) -> tuple[str, ...]:
        said = (*(step.words for step in record.steps), *(offer.words for offer in record.offers))
        return record.text, record.wants, record.lesson, record.because, *said

    def flags(self, record: Complaint) -> frozenset[str]:
        return super().flags(record) | {record.state}

    def row(self, record: Complaint, roster: Roster) -> ListingRow:
        return super().row(record, roster) | {"state": record.state, "learned": record.lesson}

    def shape(self, record: Complaint, roster: Roster) -> dict[str, object]:
        return self.whole_row(record, roster) | {
            **{name: getattr(record, name) for name in _AS_KEPT},
            "owner": roster.handle(record.owner),
            "received_by": roster.handle(record.received_by),
            "about": [roster.handle(person) for person in record.about],
            "steps": [{**msgspec.to_builtins(step), "person": roster.handle(step.person)} for step in record.steps],
        }

    def with_ids_replaced(self, record: Complaint, to: Mapping[str, str]) -> Complaint:
        moved = super().with_ids_replaced(record, to)
        steps = tuple(msgspec.structs.replace(s, person=to[s.person]) if s.person in to else s for s in record.steps)
        return moved if steps == record.steps else msgspec.structs.replace(moved, steps=steps)

    def stands_alone(self, record: Complaint, base: Complaint | None) -> Complaint | None:
        """One whose names were taken off."""
        return record if record.nameless and (base is None or base.nameless is None) else None


_AS_KEPT = (
    "line",
    "channel",
    "wants",
    "weight",
    "safety",
    "moves",
    "finding",
    "cause",
    "offers",
    "content",
    "lesson",
    "because",
    "kept_back",
    "nameless",
)


def came(complaint: Complaint) -> str:
    """How it came; empty where nobody said."""
    return CHANNELS[complaint.channel] if complaint.channel else ""


def weighs(complaint: Complaint) -> str:
    """How serious it is: `serious, a matter of safety`; empty where nobody said."""
    return ", ".join(filter(None, (complaint.weight, "a matter of safety" if complaint.safety else "")))


def step_line(step: Step, roster: Roster) -> str:
    """`acknowledged · Tue 24 Nov · Aisha · same call`."""
    from meetingtool.rules.customers.complaints import STEPS

    to = "to " if step.name == "handed-on" else ""
    who = f"{to}{roster.short_name(step.person)}" if step.person else ""
    parts = (STEPS[step.name], wording.day(step.at.date(), roster.today), who, wording.one_line(step.words))
    return " · ".join(filter(None, parts))


def offer_line(offer: Offer) -> str:
    """`a refund · £64.20 from the fund · taken`."""
    from meetingtool.rules.customers.complaints import OFFERS

    money = wording.money(offer.money) if offer.money else ""
    taken = "" if offer.taken is None else "taken" if offer.taken else "not taken"
    fund = f"{money} from the fund" if offer.from_fund else money
    return " · ".join(filter(None, (OFFERS[offer.kind], wording.one_line(offer.words), fund, taken)))
