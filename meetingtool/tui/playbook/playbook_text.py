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
from meetingtool.tui.stories.story_text import marks

MOST_WINS = 4
MOST_HELD = 8
WITHOUT_EXAMPLE = "No win has shown it yet. A line with #{tag} adds one."
FOR_CUSTOMER = "The customer's part is only for the person who plays it. Switch to private (v) and let them read it."

AUDIENCES: dict[Audience, str] = {
    "team": "How we work together",
    "service": "Serving customers",
    "company": "The company",
    "improvement": "What we could do better",
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
        _text(Content.assemble((wording.one_line(standard.title), "bold"), (weight, "$text-muted"))),
        _text(Content(wording.one_line(standard.behaviour))),
    ]
    if standard.retired is not None:
        rows += [_gap(), _quiet(f"Its last day: {wording.day(standard.retired, desk.today)}.")]
    if not desk.room and any(standard.anchors):
        rows += [_gap(), _heading("What the ratings look like")]
        for value, anchor in zip(range(5, 0, -1), reversed(standard.anchors), strict=True):
            rows.append(_labelled(str(value), "bold $accent", Content(wording.one_line(anchor) or "–")))
    rows += [_gap(), _heading("Where we saw it")]
    wins = desk.best_of(standard, MOST_WINS)
    for story in wins:
        who = desk.roster.names(story.people)
        line = Content.assemble((f"{who}  " if who else "", "bold"), wording.shortened(story.text, 500))
        mark = Content.styled(marks(story) or " ", "bold $accent")
        age = Content.styled(wording.span((desk.today - story.at.date()).days), "$text-muted")
        rows.append(ColumnsRow(((mark, 2),), line, age, most=0))
    if not wins:
        rows.append(_quiet(WITHOUT_EXAMPLE.replace("{tag}", wording.one_line(standard.tag))))
    last = overview.standards_of_the_week(desk).get(standard.id)
    if last is not None:
        rows += [_gap(), _quiet(f"Standard of the week last on {wording.day(last, desk.today)}.")]
    return ColumnsTable(rows)


def question_rows(desk: Desk) -> list[Row]:
    """The discussion questions by what they are about, each with when it was last asked."""
    asked = overview.questions_asked(desk)
    coming = agenda.question_of_the_week(desk.questions(), desk.meetings())
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
        _text(Content.styled(wording.visible(question.text), "bold")),
        _gap(),
        *_resting(question, desk),
    ]
    held = [meeting for meeting in reversed(desk.meetings()) if meeting.question == question.id]
    if not held and question.retired is None:
        rows.append(_quiet("Not asked yet. Questions come up in turn in the meeting, where you can choose another."))
    for meeting in held[:MOST_HELD]:
        rows.append(_heading(f"Asked on {wording.day(meeting.at.date(), desk.today)}"))
        answers = [wording.one_line(with_names(answer, desk.roster)) for answer in meeting.answers]
        rows += [_labelled("–", "$text-muted", Content(answer)) for answer in answers]
        if not meeting.answers:
            rows.append(_quiet("No answer was written down."))
        rows.append(_gap())
    return ColumnsTable(rows)


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
            _text(Content.assemble(("Practises ", "$text-muted"), (desk.roster.tags(practised), "$accent"))),
            _gap(),
        ]
    rows += _resting(scenario, desk)
    rows.append(_heading("The customer"))
    if desk.room:
        rows.append(_quiet(FOR_CUSTOMER))
    else:
        rows += _paragraphs(scenario.customer)
    rows += [_gap(), _heading("The employee"), *_paragraphs(scenario.employee)]
    if scenario.look_for:
        rows += [_gap(), _heading("Everybody else watches for")]
        rows += [_labelled("·", "$accent", Content(wording.one_line(sign))) for sign in scenario.look_for]
    return ColumnsTable(rows)


def _resting(record: Question | Scenario, desk: Desk) -> list[ColumnsRow]:
    if record.retired is None:
        return []
    return [_quiet(f"Retired on {wording.day(record.retired, desk.today)}: it no longer comes up."), _gap()]


def _paragraphs(text: str) -> list[ColumnsRow]:
    """A text without its line breaks, except those between paragraphs."""
    return [_text(Content(wording.one_line(paragraph))) for paragraph in text.split("\n\n") if paragraph.strip()]


def _text(words: Content) -> ColumnsRow:
    return ColumnsRow((), words, most=0)


def _quiet(words: str) -> ColumnsRow:
    return _text(Content.styled(words, "$text-muted"))


def _heading(words: str) -> ColumnsRow:
    return _text(Content.styled(words, "bold $text-muted"))


def _gap() -> ColumnsRow:
    return _text(Content(""))


def _labelled(label: str, style: str, words: Content) -> ColumnsRow:
    return ColumnsRow(((Content.styled(label, style), 2),), words, most=0)
