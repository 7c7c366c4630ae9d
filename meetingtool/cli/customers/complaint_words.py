"""What commands say about a complaint, and how one is named on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetingtool.cli.printing import SIGN, out, talk

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.cli.opening import Opening
    from meetingtool.records.complaints import Complaint


def person_id(opening: Opening, who: str | None) -> str:
    """The id of a person who was named; empty when nobody was."""
    from meetingtool.actions.reading import person_named

    return person_named(opening.roster(), who).id if who else ""


def find(opening: Opening, ref: str) -> Complaint:
    """The complaint of a reference."""
    from meetingtool.actions.customers.complaints import complaint_named

    return complaint_named(opening.desk().workspace, ref)


def tell(opening: Opening, changed: Complaint) -> None:
    """Print a complaint on a line, with what is due next."""
    roster = opening.roster()
    from meetingtool.rules import wording

    about = f"about {roster.names(changed.about)}" if changed.about else ""
    day = changed.at.date()
    came = f"received {wording.day(day, opening.today)}" if changed.version == 1 and day != opening.today else ""
    parts = (wording.one_line(changed.customer), about, came, changed.state, next_words(opening.desk(), changed))
    out(f"complaint {changed.ref}  {SIGN.join(filter(None, parts))}")


def tell_lesson(opening: Opening, complaint: Complaint) -> None:
    """Print what the team will hear about what was learned, if it will."""
    from meetingtool.actions.customers.due_steps import told_to_team

    if complaint.lesson and not complaint.kept_back:
        talk(f"The next meeting hears: {told_to_team(opening.desk().workspace, complaint, opening.today)}")


def next_words(desk: Desk, complaint: Complaint) -> str:
    """`answer by Friday`, or `! answer 2 days over`; empty when nothing is due."""
    from meetingtool.rules.customers.complaints import DUES, due_words, next_due
    from meetingtool.rules.customers.workdays import calendar_of

    due = next_due(complaint, desk.settings.service)
    if due is None:
        return ""
    when = due_words(due.by, desk.today, calendar_of(desk.settings.service))
    if due.by < desk.today:
        return f"! {DUES[due.step]} {when}"
    return f"{DUES[due.step]} {'' if due.by == desk.today else 'by '}{when}"


def over_words(desk: Desk, complaint: Complaint) -> list[str]:
    """How far its offers exceed the fund's limit for one case, as money."""
    from meetingtool.rules import wording
    from meetingtool.rules.customers.fund import overs

    return [wording.money(over) for over in overs(complaint, desk.settings.service).values()]


def as_json(desk: Desk, complaint: Complaint) -> dict[str, object]:
    """A complaint for programs, with the step that is due next and whether it was answered in time."""
    from meetingtool.cli.shapes import shape
    from meetingtool.rules.customers.complaints import answer_due, in_time, next_due

    rule = desk.settings.service
    due = next_due(complaint, rule)
    return shape(complaint, desk.roster) | {
        "next": {"step": due.step, "by": due.by, "over": due.by < desk.today} if due else None,
        "answer_due": answer_due(complaint, rule),
        "in_time": in_time(complaint, rule, desk.today),
    }
