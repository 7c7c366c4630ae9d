"""What is in the playbook: its rows, and the page of each standard, question and role-play."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from meetingtool.actions import overview
from meetingtool.actions.desk import Desk
from meetingtool.records.playbook import Audience, Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.meeting import agenda
from meetingtool.rules.meeting.answers import with_names
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable
from meetingtool.tui.lists.row_panel import Row
from meetingtool.tui.stories.marks import marks

MOST_WINS = 4
MOST_HELD = 8
WITHOUT_EXAMPLE = "No win has shown it yet. A line with #{tag} adds one."
FOR_CUSTOMER = "The customer's part is only for the person who plays it. Switch to private (v) and let them read it."

AUDIENCES: dict[Audience, str] = {
    "team": "How we work together",
    "service": "Serving customers",
    "company": "The company",
    "improvement": "What we could do better",
    "philosophy": "What we are here for",
}


def standard_rows(desk: Desk) -> list[Row]:
    """The standards in use in their order, then those retired."""
    roster = desk.roster
    held = desk.meetings()
    coming = agenda.standard_of_the_week(roster.standards, held)
    width = max((Content(standard.tag).cell_length for standard in roster.all_standards), default=0) + 2
    rows = []
    for standard in (*roster.standards, *(s for s in roster.all_standards if not s.in_use(desk.today))):
        gone = not standard.in_use(desk.today)
        tail = "retired" if gone else "next" if coming and coming.id == standard.id else ""
        tag = Content.styled(f"#{wording.one_line(standard.tag)}", "$text-muted" if gone else "bold $accent")
        title = Content.styled(wording.one_line(standard.title), "$text-muted" if gone else "$foreground")
        rows.append(Row(standard.id, ColumnsRow(((tag, width),), title, Content.styled(tail, "$text-muted"))))
    return rows


def standard_page(standard: Standard, desk: Desk) -> ColumnsTable:
    """One standard: what it asks of us, what its ratings look like (private), and the wins that show it."""
    weight = f" · weight {standard.weight}" if standard.weight != 1 and not desk.room else ""
    rows = [
        paragraph(Content.assemble((wording.one_line(standard.title), "bold"), (weight, "$text-muted"))),
        paragraph(Content(wording.one_line(standard.behaviour))),
    ]
    if standard.retired is not None:
        rows += [gap(), quiet(f"Its last day: {wording.day(standard.retired, desk.today)}.")]
    if not desk.room and any(standard.anchors):
        rows += [gap(), heading("What the ratings look like")]
        for value, anchor in zip(range(5, 0, -1), reversed(standard.anchors), strict=True):
            rows.append(labelled(str(value), "bold $accent", Content(wording.one_line(anchor) or "–")))
    rows += [gap(), heading("Where we saw it")]
    wins = desk.best_of(standard, MOST_WINS)
    for story in wins:
        who = desk.roster.names(story.people)
        line = Content.assemble((f"{who}  " if who else "", "bold"), wording.shortened(story.text, 500))
        mark = Content.styled(marks(story) or " ", "bold $accent")
        age = Content.styled(wording.span((desk.today - story.at.date()).days), "$text-muted")
        rows.append(ColumnsRow(((mark, 2),), line, age, most=0))
    if not wins:
        rows.append(quiet(WITHOUT_EXAMPLE.replace("{tag}", wording.one_line(standard.tag))))
    last = overview.standards_of_the_week(desk).get(standard.id)
    if last is not None:
        rows += [gap(), quiet(f"Standard of the week last on {wording.day(last, desk.today)}.")]
    return ColumnsTable(rows)


def question_rows(desk: Desk) -> list[Row]:
    """The discussion questions by what they are about, each with when it was last asked."""
    asked = overview.questions_asked(desk)
    coming = desk.next_question()
    rows: list[Row] = []
    for audience, title in AUDIENCES.items():
        own = [question for question in desk.questions() if question.audience == audience]
        questions = sorted(own, key=lambda question: question.retired is not None)
        if questions:
            if rows:
                rows.append(Row("", ColumnsRow((), Content(" ")), silent=True))
            rows.append(Row("", ColumnsRow((), Content.styled(title, "bold $text-muted")), silent=True))
        for question in questions:
            tail = "next" if coming and coming.id == question.id else _last(asked.get(question.id), desk.today)
            rows.append(_turn(question, question.text, tail, most=3))
    return rows


def _turn(record: Question | Scenario, words: str, tail: str, *, most: int = 2) -> Row:
    """A question or a role-play with when it last had its turn; a retired one is marked."""
    text = Content.styled(wording.one_line(words), "$text-muted" if record.retired else "$foreground")
    when = Content.styled("retired" if record.retired else tail, "$text-muted")
    return Row(record.id, ColumnsRow((), text, when, most=most))


def _last(when: date | None, today: date) -> str:
    return wording.span((today - when).days) if when is not None else ""


def question_page(question: Question, desk: Desk) -> ColumnsTable:
    """One question, and what the team has said to it."""
    rows = [
        paragraph(Content.styled(wording.visible(question.text), "bold")),
        gap(),
        *_resting(question, desk),
    ]
    return ColumnsTable([*rows, *answers_rows(question, desk)])


def answers_rows(question: Question, desk: Desk) -> list[ColumnsRow]:
    """What the team has said to a question, the latest first."""
    held = [meeting for meeting in reversed(desk.meetings()) if meeting.question == question.id]
    rows: list[ColumnsRow] = []
    if not held and question.retired is None:
        rows.append(quiet("Not asked yet. Questions come up in turn in the meeting, where you can choose another."))
    for meeting in held[:MOST_HELD]:
        rows.append(heading(f"Asked on {wording.day(meeting.at.date(), desk.today)}"))
        answers = [wording.one_line(with_names(answer, desk.roster)) for answer in desk.answers_of(meeting)]
        rows += [labelled("–", "$text-muted", Content(answer)) for answer in answers]
        if not meeting.answers:
            rows.append(quiet("No answer was written down."))
        rows.append(gap())
    return rows


def scenario_rows(desk: Desk) -> list[Row]:
    """The role-plays in their order, each with when it was last played."""
    played = overview.scenarios_played(desk)
    coming = agenda.scenario_of_the_week(desk.scenarios(), desk.meetings())
    rows = []
    for scenario in sorted(desk.scenarios(), key=lambda scenario: scenario.retired is not None):
        tail = "next" if coming and coming.id == scenario.id else _last(played.get(scenario.id), desk.today)
        rows.append(_turn(scenario, scenario.title, tail))
    return rows


def scenario_page(scenario: Scenario, desk: Desk) -> ColumnsTable:
    """One role-play: the two parts, and what to watch for. In room the customer's part stays hidden."""
    practised = [s.id for tag in scenario.standards if (s := desk.roster.standard(tag)) is not None]
    rows: list[ColumnsRow] = []
    if practised:
        rows += [
            paragraph(Content.assemble(("Practises ", "$text-muted"), (desk.roster.tags(practised), "$accent"))),
            gap(),
        ]
    rows += _resting(scenario, desk)
    rows.append(heading("The customer"))
    if desk.room:
        rows.append(quiet(FOR_CUSTOMER))
    else:
        rows += _paragraphs(scenario.customer)
    rows += [gap(), heading("The employee"), *_paragraphs(scenario.employee)]
    if scenario.look_for:
        rows += [gap(), heading("Everybody else watches for")]
        rows += [labelled("·", "$accent", Content(wording.one_line(sign))) for sign in scenario.look_for]
    return ColumnsTable(rows)


def _resting(record: Question | Scenario, desk: Desk) -> list[ColumnsRow]:
    if record.retired is None:
        return []
    return [quiet(f"Retired on {wording.day(record.retired, desk.today)}: it no longer comes up."), gap()]


def _paragraphs(text: str) -> list[ColumnsRow]:
    """A text without its line breaks, except those between paragraphs."""
    return [paragraph(Content(wording.one_line(part))) for part in text.split("\n\n") if part.strip()]


def paragraph(words: Content) -> ColumnsRow:
    """Words on as many lines as they take."""
    return ColumnsRow((), words, most=0)


def quiet(words: str) -> ColumnsRow:
    """Words that stand back."""
    return paragraph(Content.styled(words, "$text-muted"))


def heading(words: str) -> ColumnsRow:
    """A small heading."""
    return paragraph(Content.styled(words, "bold $text-muted"))


def gap() -> ColumnsRow:
    """An empty line."""
    return paragraph(Content(""))


def labelled(label: str, style: str, words: Content) -> ColumnsRow:
    """Words behind a mark or a number."""
    return ColumnsRow(((Content.styled(label, style), 2),), words, most=0)
