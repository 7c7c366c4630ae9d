"""A complaint in words: its row in the list, its course beside it, and the sums of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import (
    CAUSES,
    CONTENTS,
    DUES,
    FINDINGS,
    STEPS,
    Sums,
    due_words,
    next_due,
    whose,
)
from meetingtool.rules.customers.fund import overs
from meetingtool.rules.customers.workdays import calendar_of
from meetingtool.rules.kinds.complaints import came, offer_line, weighs
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, fact_row, table
from meetingtool.tui.lists.row_panel import Row, words
from meetingtool.tui.stories.record_text import by_when
from meetingtool.tui.stories.story_text import follow_up_line

CUSTOMER_WIDTH = 16
DUE_WIDTH = 24
STEP_WIDTH = 15
MOST_CAUSES = 4
BAR = "▇"


def row(complaint: Complaint, desk: Desk) -> Row:
    """What is due, by when, for whom, and who owns it."""
    due = next_due(complaint, desk.settings.service)
    over = due is not None and due.by < desk.today
    mark = ("!", "bold $error") if over else ("·", "$accent") if complaint.state == "open" else ("✓", "$success")
    when = (
        f"{DUES[due.step]} {due_words(due.by, desk.today, calendar_of(desk.settings.service))}"
        if due
        else complaint.state
    )
    owner = wording.one_line(whose(complaint, due, desk.roster)) or "–"
    body = Content.assemble(wording.shortened(complaint.text, 300), (f"  {owner}", "$text-muted"))
    customer = wording.shortened(complaint.customer, CUSTOMER_WIDTH - 1) or "–"
    lead = [
        (Content.styled(*mark), 2),
        (Content.styled(customer, "bold"), CUSTOMER_WIDTH),
        (Content.styled(when, "$error" if over else "$text-muted"), DUE_WIDTH),
    ]
    return Row(complaint.id, ColumnsRow(lead, body))


def sums_rows(made: Sums) -> list[Row]:
    """The sums of the complaints in this list; these rows can't be entered."""
    rows = []
    if made.unasked:
        rows.append(words(f"Closed, not asked yet {made.unasked}"))
    if made.asked:
        rows.append(words(f"Content afterwards {made.content} of {made.asked} asked"))
    if made.causes:
        rows.append(words("What it was"))
        for cause, number in made.causes[:MOST_CAUSES]:
            line = Content.assemble(f"{CAUSES[cause]:<26}", (BAR * min(number, 20), "$accent"), f" {number}")
            rows.append(Row("", ColumnsRow((), line, most=0), silent=True))
    return rows


def course(complaint: Complaint, follow_ups: Sequence[FollowUp], desk: Desk) -> ColumnsTable:
    """The whole course: what the customer wants, each step done and the one that is due, offers, what was learned."""
    roster, today = desk.roster, desk.today
    due = next_due(complaint, desk.settings.service)
    about = wording.listed([wording.one_line(roster.short_name(person)) for person in complaint.about])
    lines: list[Content | ColumnsRow] = [Content(wording.visible(complaint.text)), Content("")]
    facts = [
        ("wants", complaint.wants),
        ("came", came(complaint)),
        ("owner", whose(complaint, due, roster) or "nobody yet"),
        ("about", about),
        ("weight", weighs(complaint)),
    ]
    lines += [fact_row(label, wording.one_line(text)) for label, text in facts if text]
    lines.append(Content(""))
    lines += [_step(STEPS[step.name], _told(step.person, step.words, desk), wording.day(step.at.date(), today))
              for step in complaint.steps]  # fmt: skip
    if due is not None:
        late = due.by < today
        lead = [
            (Content.styled("○", "$error" if late else "$text-muted"), 1),
            (Content.styled(DUES[due.step], "$text-muted"), STEP_WIDTH),
        ]
        lines.append(ColumnsRow(lead, by_when(due, desk), most=0))
    if complaint.moves:
        lines += [fact_row("moved", f"{m.step} to {wording.day(m.new, today)}: {m.words}") for m in complaint.moves]
    lines.append(Content(""))
    over = overs(complaint, desk.settings.service)
    for place, offer in enumerate(complaint.offers):
        mark = f"  ! {wording.money(over[place])} over the limit" if place in over else ""
        lines.append(fact_row("offer", f"{offer_line(offer)}{mark}"))
    lines += [ColumnsRow([(Content(""), 1)], follow_up_line(each, roster, today), most=0) for each in follow_ups]
    ended = [
        ("finding", FINDINGS[complaint.finding] if complaint.finding else ""),
        ("cause", CAUSES[complaint.cause] if complaint.cause else ""),
        ("learned", complaint.lesson or (f"nothing, because {complaint.because}" if complaint.because else "")),
        ("afterwards", CONTENTS[complaint.content]),
    ]
    lines += [fact_row(label, wording.one_line(text)) for label, text in ended if text]
    return table(lines)


def _told(person: str, said: str, desk: Desk) -> str:
    who = wording.one_line(desk.roster.short_name(person)) if person else ""
    return " · ".join(filter(None, (who, wording.one_line(said))))


def _step(name: str, told: str, day: str) -> ColumnsRow:
    lead = [(Content.styled("●", "$success"), 1), (Content(name), STEP_WIDTH)]
    return ColumnsRow(lead, Content.assemble((day, "$text-muted"), f"  {told}" if told else ""), most=0)
