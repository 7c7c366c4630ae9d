"""Writing a sentence of the philosophy, distilled from what meetings answered, or one of your own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Select, Static

from meetingtool.actions.playbook.philosophy import answers_to, checked_sentence, edit_statement, propose
from meetingtool.records.philosophy import Statement
from meetingtool.records.playbook import Question
from meetingtool.rules import wording
from meetingtool.rules.kinds.philosophy import SECTIONS
from meetingtool.rules.meeting.answers import with_names
from meetingtool.rules.stories.kept_back import for_others
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.stories.record_form import Check, RecordForm, area


class StatementForm(RecordForm[Statement]):
    """A form for a new sentence or an existing one. question: the one whose answers are shown above, to distil a
    sentence from them."""

    KIND = "statement"
    LABELS: ClassVar[Mapping[str, str]] = {"text": "Sentence", "section": "Part"}

    def __init__(self, record: Statement | None, question: Question | None = None) -> None:
        self.question = question
        super().__init__(record)

    def _draft_of(self, record: Statement | None) -> str:
        return super()._draft_of(record) + (f".{self.question.id}" if self.question else "")

    def heading(self) -> str:
        if self.question is not None:
            return "One sentence from all these answers"
        return "Edit the sentence" if self.record else "A sentence of your own"

    def values_of(self, record: Statement | None) -> dict[str, str]:
        if record is not None:
            return {"text": record.text, "section": record.section}
        return {"text": "", "section": (self.question.section if self.question else None) or "own"}

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        if self.question is not None:
            with ScrolledText(id="answers"):
                yield Static(self._answers(self.question))
        yield from self.field("text", area(values["text"], "text", "We are there so that ..."))
        parts = [(Content(title), section) for section, title in SECTIONS.items()]
        chosen = values["section"] if values["section"] in SECTIONS else "own"
        yield from self.field("section", Select(parts, value=chosen, allow_blank=False, id="section", compact=True))
        if self.record is not None and self.record.agreed_on is not None:
            yield Static("With other words the next meeting is asked again.", classes="dim", markup=False)

    def _answers(self, question: Question) -> Content:
        """The question with all that was ever answered to it."""
        desk = self.desk
        lines = [Content.styled(wording.one_line(question.text), "bold")]
        for said in answers_to(desk.workspace, question):
            lines.append(Content.styled(wording.day(said.day, desk.today), "$text-muted"))
            answers = for_others(said.answers, desk.roster) if desk.room else said.answers
            lines += [Content(f"– {wording.one_line(with_names(answer, desk.roster))}") for answer in answers]
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        self.query_one("#text").focus()

    def checks(self) -> Mapping[str, Check]:
        return {"text": checked_sentence}

    def written(self) -> Statement:
        desk, text, section = self.desk, self.text("text"), self.text("section")
        if self.record is None:
            return propose(desk.workspace, text, desk.now, section=section, question=self.question)
        return edit_statement(desk.workspace, self.record, desk.now, text=text, section=section)
