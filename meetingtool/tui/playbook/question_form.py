"""Writing a discussion question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Select

from meetingtool.actions.playbook.playbook import add_question, edit_question
from meetingtool.records.playbook import Question
from meetingtool.tui.playbook.playbook_text import AUDIENCES
from meetingtool.tui.stories.record_form import Check, RecordForm, area, needed


class QuestionForm(RecordForm[Question]):
    """A form for a new question or an existing one."""

    KIND = "question"
    LABELS: ClassVar[Mapping[str, str]] = {"text": "Question", "audience": "It is about"}

    def heading(self) -> str:
        return "Edit the question" if self.record else "A new question"

    def values_of(self, record: Question | None) -> dict[str, str]:
        return {"text": record.text, "audience": record.audience} if record else {"text": "", "audience": "team"}

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        yield from self.field("text", area(values["text"], "text", "Who made your week easier?"))
        about = [(Content(title), audience) for audience, title in AUDIENCES.items()]
        chosen = values["audience"] if values["audience"] in AUDIENCES else "team"
        yield from self.field("audience", Select(about, value=chosen, allow_blank=False, id="audience", compact=True))

    def on_mount(self) -> None:
        self.query_one("#text").focus()

    def checks(self) -> Mapping[str, Check]:
        return {"text": needed("Write the question.")}

    def written(self) -> Question:
        desk, text, audience = self.desk, self.text("text"), self.text("audience")
        if self.record is None:
            return add_question(desk.workspace, text, audience, desk.now)
        return edit_question(desk.workspace, self.record, desk.now, text=text, audience=audience)
