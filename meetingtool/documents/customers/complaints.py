"""Complaints on paper: a sheet for each, and the register with the fields that ISO 10002 asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from meetingtool.documents.formats.paper import (
    Block,
    Column,
    Facts,
    Item,
    Paper,
    Paragraph,
    Strong,
    Table,
    items,
    paragraph,
    section,
)
from meetingtool.documents.formats.tables import Cell, csv_bytes, csv_text
from meetingtool.documents.stories.entries import follow_up_line
from meetingtool.records.complaints import Complaint, StepName
from meetingtool.records.followups import FollowUp
from meetingtool.records.team import ServiceRule
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import (
    CAUSES,
    CONTENTS,
    DUES,
    FINDINGS,
    STEPS,
    answer_due,
    answered_on,
    closed_on,
    in_time,
    next_due,
)
from meetingtool.rules.kinds.complaints import came, offer_line, weighs
from meetingtool.rules.playbook.roleplay import Masks
from meetingtool.rules.roster import Roster

REGISTER = (
    "ref",
    "received",
    "channel",
    "received_by",
    "customer",
    "complaint",
    "wants",
    "weight",
    "safety",
    "owner",
    "acknowledged",
    "assessed",
    "looked_into",
    "answer_due",
    "answered",
    "in_time",
    "finding",
    "cause",
    "offers",
    "taken",
    "closed",
    "days_open",
    "content",
    "lesson",
    "nothing_to_learn",
    "state",
    "next_step",
    "next_by",
)
"""The columns of the register. New ones are added at the end."""


def register_rows(
    complaints: Iterable[Complaint], roster: Roster, rule: ServiceRule, today: date
) -> list[dict[str, Cell]]:
    """One row per complaint. Whom it is about is not in it, nor in its words: the register goes to others."""
    return [_register_row(each, roster, rule, today) for each in complaints]


def _register_row(complaint: Complaint, roster: Roster, rule: ServiceRule, today: date) -> dict[str, Cell]:
    due, closed = next_due(complaint, rule), closed_on(complaint)
    taken = [offer.taken for offer in complaint.offers if offer.taken is not None]
    received = complaint.at.date()
    nameless = Masks(roster, (), credited=complaint.about).masked
    return {
        "ref": complaint.ref,
        "received": received,
        "channel": complaint.channel,
        "received_by": roster.full_name(complaint.received_by) if complaint.received_by else "",
        "customer": complaint.customer,
        "complaint": nameless(complaint.text),
        "wants": nameless(complaint.wants),
        "weight": complaint.weight,
        "safety": complaint.safety,
        "owner": roster.full_name(complaint.owner) if complaint.owner else "",
        "acknowledged": _on(complaint, "acknowledged"),
        "assessed": _on(complaint, "assessed"),
        "looked_into": _on(complaint, "looked-into"),
        "answer_due": answer_due(complaint, rule),
        "answered": answered_on(complaint),
        "in_time": in_time(complaint, rule, today),
        "finding": complaint.finding,
        "cause": complaint.cause,
        "offers": nameless("; ".join(map(offer_line, complaint.offers))),
        "taken": any(taken) if taken else None,
        "closed": closed,
        "days_open": ((closed or today) - received).days,
        "content": complaint.content,
        "lesson": nameless(complaint.lesson),
        "nothing_to_learn": nameless(complaint.because),
        "state": complaint.state,
        "next_step": due.step if due else None,
        "next_by": due.by if due else None,
    }


def _on(complaint: Complaint, name: StepName) -> date | None:
    return next((step.at.date() for step in complaint.steps if step.name == name), None)


def register_csv(rows: Sequence[dict[str, Cell]]) -> str:
    """The register as CSV for standard output."""
    return csv_text(REGISTER, (tuple(row.values()) for row in rows))


def register_file(rows: Sequence[dict[str, Cell]]) -> bytes:
    """The register as a CSV file that spreadsheets open correctly."""
    return csv_bytes(REGISTER, (tuple(row.values()) for row in rows))


_SHOWN = ("ref", "received", "customer", "complaint", "owner", "answered", "in_time", "finding", "closed", "lesson")


def register_paper(rows: Sequence[dict[str, Cell]], team: str, today: date) -> Paper:
    """The register for reading: the columns that fit on a page."""
    table = Table(
        tuple(Column(name.replace("_", " ")) for name in _SHOWN),
        tuple(tuple(_words(row[name]) for name in _SHOWN) for row in rows),
    )
    block: Block = table if rows else Paragraph("There are no complaints.")
    return Paper(f"{team}: register of complaints", wording.day_in_full(today), (block,))


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def sheet(complaint: Complaint, follow_ups: Sequence[FollowUp], roster: Roster, team: str, rule: ServiceRule) -> Paper:
    """One complaint with its whole course, for the manager: what happened, each step, the offers, what was learned."""
    today = roster.today
    received = wording.day_in_full(complaint.at.date())
    due = next_due(complaint, rule)
    timely = in_time(complaint, rule, today)
    facts = [
        ("Customer", complaint.customer or "not named"),
        ("Received", ", ".join(filter(None, (received, came(complaint))))),
        ("Received by", roster.full_name(complaint.received_by) if complaint.received_by else ""),
        ("Owner", roster.full_name(complaint.owner) if complaint.owner else "nobody yet"),
        ("About", wording.listed([roster.full_name(person) for person in complaint.about])),
        ("Weight", weighs(complaint)),
        ("State", complaint.state),
        ("Next", f"{DUES[due.step]} by {wording.day(due.by, today)}" if due else ""),
        ("Answered in time", "" if timely is None else "yes" if timely else "no"),
        ("Finding", FINDINGS[complaint.finding] if complaint.finding else ""),
        ("Cause", CAUSES[complaint.cause] if complaint.cause else ""),
        ("Afterwards", CONTENTS[complaint.content]),
    ]
    steps = [
        Item(
            (
                Strong(STEPS[step.name].capitalize()),
                f" · {wording.moment(step.at, today)}",
                f" · {'to ' * (step.name == 'handed-on')}{roster.full_name(step.person)}" if step.person else "",
            ),
            (step.words,) if step.words else (),
        )
        for step in complaint.steps
    ]
    moved = [
        Item(
            f"{move.step.capitalize()} by {wording.day(move.new, today)} instead of {wording.day(move.old, today)}, "
            f"agreed {wording.day(move.moved_at.date(), today)}: {move.words}"
        )
        for move in complaint.moves
    ]
    promises = [Item((*follow_up_line(each, roster, today), f" · {each.state}")) for each in follow_ups]
    learned = f"Nothing to learn, because {complaint.because}" if complaint.because else complaint.lesson
    blocks: list[Block] = [
        Paragraph(complaint.text),
        Facts(tuple((name, value) for name, value in facts if value)),
        *section("What would make it right", paragraph(complaint.wants)),
        *section("Course", items(steps)),
        *section("Dates moved with the customer", items(moved)),
        *section("Offered", items([Item(offer_line(each)) for each in complaint.offers])),
        *section("Promises and actions", items(promises)),
        *section("What we learned", paragraph(learned)),
    ]
    return Paper(f"{team}: complaint {complaint.ref}", received, tuple(blocks))
