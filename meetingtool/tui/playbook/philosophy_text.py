"""The philosophy and the groups we serve in the playbook: their rows, and the page of each."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.actions.playbook.philosophy import ready
from meetingtool.documents.playbook.philosophy import agreed_words
from meetingtool.records.philosophy import Group, Statement
from meetingtool.rules import wording
from meetingtool.rules.kinds.philosophy import KNOWN_FROM, SECTIONS
from meetingtool.rules.playbook.philosophy import AUDIENCE, asks, to_ask_about
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable
from meetingtool.tui.lists.row_panel import Row
from meetingtool.tui.playbook.playbook_text import answers_rows, gap, heading, labelled, paragraph, quiet

TO_DISTIL = "Answered; a sentence is missing (d)"
NOT_ANSWERED = "{} of the questions not answered yet: the meetings ask one at a time."


def statement_rows(desk: Desk) -> list[Row]:
    """The sentences by their part, then the answered questions that led to no sentence yet."""
    asked = {statement.id for statement in to_ask_about(desk.statements(), desk.today)}
    rows: list[Row] = []
    for part, title in SECTIONS.items():
        mine = [statement for statement in desk.statements() if statement.section == part]
        if mine:
            _head(rows, title)
        mine.sort(key=lambda each: each.retired is not None)
        rows += [_statement_row(statement, statement.id in asked) for statement in mine]
    waiting = ready(desk)
    if waiting:
        _head(rows, TO_DISTIL)
    for one in waiting:
        times = Content.styled(wording.count(one.times, "meeting"), "$text-muted")
        rows.append(Row(one.question.id, ColumnsRow((), Content(wording.one_line(one.question.text)), times, most=3)))
    answered = {meeting.question for meeting in desk.meetings() if meeting.answers}
    came = {question for statement in desk.statements() for question in statement.questions}
    left = [q for q in desk.questions() if q.audience == AUDIENCE and q.retired is None and q.id not in answered | came]
    if left:
        rows += [
            _blank(),
            Row("", ColumnsRow((), Content.styled(NOT_ANSWERED.format(len(left)), "$text-muted"), most=0), silent=True),
        ]
    return rows


def _statement_row(statement: Statement, asked: bool) -> Row:
    style = "$text-muted" if statement.retired else "$foreground"
    tail = "retired" if statement.retired else "" if statement.agreed_on else "proposed"
    if asked and statement.agreed_on:
        tail = "! read again"
    return Row(
        statement.id,
        ColumnsRow(
            (),
            Content.styled(wording.one_line(statement.text), style),
            Content.styled(tail, "bold $error" if tail.startswith("!") else "$text-muted"),
            most=3,
        ),
    )


def _head(rows: list[Row], title: str) -> None:
    if rows:
        rows.append(_blank())
    rows.append(Row("", ColumnsRow((), Content.styled(title, "bold $text-muted")), silent=True))


def _blank() -> Row:
    return Row("", ColumnsRow((), Content(" ")), silent=True)


def statement_page(statement: Statement, desk: Desk) -> ColumnsTable:
    """One sentence: when it was agreed, with whom, and the answers it came from."""
    rows = [paragraph(Content.styled(wording.one_line(statement.text), "bold")), gap()]
    if statement.retired is not None:
        rows.append(quiet(f"Retired on {wording.day(statement.retired, desk.today)}."))
    elif statement in to_ask_about(desk.statements(), desk.today):
        words = f"The next meeting asks: {asks(statement)}"
        rows.append(paragraph(Content.assemble((words, "$accent"), ("  y agrees now", "$text-muted"))))
    if statement.agreed_on is not None:
        told = agreed_words(statement, desk.today)
        rows.append(quiet(f"{told[:1].upper()}{told[1:]}."))
        if statement.agreed_with:
            rows.append(quiet(f"There were {wording.one_line(desk.roster.names(statement.agreed_with))}."))
    for question in desk.questions():
        if question.id in statement.questions:
            rows += [gap(), heading(wording.one_line(question.text)), *answers_rows(question, desk)]
    return ColumnsTable(rows)


def group_rows(desk: Desk) -> list[Row]:
    """The groups in their order, those no longer served last."""
    rows = []
    for group in sorted(desk.groups(), key=lambda group: group.retired is not None):
        style = "$text-muted" if group.retired else "bold"
        needs = "retired" if group.retired else wording.count(len(group.needs), "need") if group.needs else ""
        words = Content.assemble(
            (wording.one_line(group.name), style),
            (f"  {wording.one_line(group.who)}" if group.who else "", "$text-muted"),
        )
        rows.append(Row(group.id, ColumnsRow((), words, Content.styled(needs, "$text-muted"), most=2)))
    return rows


def group_page(group: Group, desk: Desk) -> ColumnsTable:
    """One group: who they are, what they need and how we know it, and which customers are among them."""
    rows = [paragraph(Content.styled(wording.one_line(group.name), "bold"))]
    if group.who:
        rows.append(paragraph(Content(wording.one_line(group.who))))
    if group.retired is not None:
        rows += [gap(), quiet(f"No longer served since {wording.day(group.retired, desk.today)}.")]
    rows += [gap(), heading("What they need, and how we know")]
    for need in group.needs:
        known = (f"  {KNOWN_FROM[need.known_from]}", "$text-muted")
        rows.append(labelled("·", "$accent", Content.assemble(wording.one_line(need.text), known)))
    if not group.needs:
        rows.append(quiet("Nothing is written down yet: e adds it, a line each."))
    return ColumnsTable(rows)
