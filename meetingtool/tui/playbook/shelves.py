"""The tabs of the playbook: what is on each, how it is read, and the form in which it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from meetingtool.actions.desk import Desk
from meetingtool.actions.playbook import playbook
from meetingtool.actions.playbook.standards import retire_standard
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.kinds.philosophy import SECTIONS
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsTable
from meetingtool.tui.lists.row_panel import Row
from meetingtool.tui.playbook import philosophy_text, playbook_text
from meetingtool.tui.playbook.group_form import GroupForm
from meetingtool.tui.playbook.question_form import QuestionForm
from meetingtool.tui.playbook.scenario_form import ScenarioForm
from meetingtool.tui.playbook.standard_form import StandardForm
from meetingtool.tui.playbook.statement_form import StatementForm

Shelved = Standard | Question | Scenario | Statement | Group
Read = tuple[str, ColumnsTable]
"""The title and the text of a page."""

NOTHING: Read = ("", ColumnsTable(()))


class PlaybookTab:
    """One tab. name: its id. counted: what its entries are called. empty: what fills it, and with which key. stays:
    what remains of a retired entry.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    counted: ClassVar[str]
    empty: ClassVar[str]
    stays: ClassVar[str] = "It will not come up again. What was said about it in meetings is kept."

    def records(self, desk: Desk) -> Sequence[Shelved]:
        """All records on it."""
        raise NotImplementedError

    def rows(self, desk: Desk) -> list[Row]:
        """Its rows."""
        raise NotImplementedError

    def count(self, desk: Desk) -> int:
        """How many entries it has."""
        return len(self.records(desk))

    def page(self, record: Shelved | None, desk: Desk) -> Read:
        """The page of a record; `NOTHING` where there is none."""
        raise NotImplementedError

    def form(self, record: Shelved | None) -> Page[Any]:
        """The form for a new record, or for one that is there."""
        raise NotImplementedError

    def record(self, record_id: str, desk: Desk) -> Shelved | None:
        """The record of a row."""
        return next((record for record in self.records(desk) if record.id == record_id), None)


class Standards(PlaybookTab):
    """The service standards."""

    name = "standards"
    title = "Standards"
    counted = "standard"
    empty = "No standards yet: a adds the first one."
    stays = "Today is its last day. Its stories and ratings are kept, and past evaluations keep it."

    def records(self, desk: Desk) -> Sequence[Shelved]:
        return desk.roster.all_standards

    def rows(self, desk: Desk) -> list[Row]:
        return playbook_text.standard_rows(desk)

    def page(self, record: Shelved | None, desk: Desk) -> Read:
        if not isinstance(record, Standard):
            return NOTHING
        return f"#{record.tag}", playbook_text.standard_page(record, desk)

    def form(self, record: Shelved | None) -> Page[Any]:
        return StandardForm(record if isinstance(record, Standard) else None)


class Questions(PlaybookTab):
    """The discussion questions."""

    name = "questions"
    title = "Questions"
    counted = "question"
    empty = "No discussion questions yet: a adds the first one."

    def records(self, desk: Desk) -> Sequence[Shelved]:
        return desk.questions()

    def rows(self, desk: Desk) -> list[Row]:
        return playbook_text.question_rows(desk)

    def page(self, record: Shelved | None, desk: Desk) -> Read:
        if not isinstance(record, Question):
            return NOTHING
        return playbook_text.AUDIENCES[record.audience], playbook_text.question_page(record, desk)

    def form(self, record: Shelved | None) -> Page[Any]:
        return QuestionForm(record if isinstance(record, Question) else None)


class Scenarios(PlaybookTab):
    """The role-plays."""

    name = "scenarios"
    title = "Role-plays"
    counted = "role-play"
    empty = "No role-plays yet: a adds the first one."

    def records(self, desk: Desk) -> Sequence[Shelved]:
        return desk.scenarios()

    def rows(self, desk: Desk) -> list[Row]:
        return playbook_text.scenario_rows(desk)

    def page(self, record: Shelved | None, desk: Desk) -> Read:
        if not isinstance(record, Scenario):
            return NOTHING
        return record.title, playbook_text.scenario_page(record, desk)

    def form(self, record: Shelved | None) -> Page[Any]:
        return ScenarioForm(record if isinstance(record, Scenario) else None)


class Philosophy(PlaybookTab):
    """What the team agreed on, and the answered questions that led to no sentence yet."""

    name = "philosophy"
    title = "Philosophy"
    counted = "sentence"
    empty = (
        "What are we here for? n has the next meetings ask fourteen questions, one each; from the answers you distil "
        "a sentence, and the team agrees on it. a writes one of your own."
    )
    stays = "It no longer holds, and its question is asked again in turn."

    def records(self, desk: Desk) -> Sequence[Shelved]:
        return [*desk.statements(), *desk.questions()]

    def rows(self, desk: Desk) -> list[Row]:
        return philosophy_text.statement_rows(desk)

    def count(self, desk: Desk) -> int:
        return len(desk.statements())

    def page(self, record: Shelved | None, desk: Desk) -> Read:
        if isinstance(record, Question):
            return "Answered", playbook_text.question_page(record, desk)
        if not isinstance(record, Statement):
            return NOTHING
        return SECTIONS[record.section], philosophy_text.statement_page(record, desk)

    def form(self, record: Shelved | None) -> Page[Any]:
        if isinstance(record, Question):
            return StatementForm(None, record)
        return StatementForm(record if isinstance(record, Statement) else None)


class Groups(PlaybookTab):
    """Whom the team serves."""

    name = "groups"
    title = "Whom we serve"
    counted = "group"
    empty = "Who comes to you, and what does each need? a writes down the first group, such as commuters with one bike."
    stays = "It is no longer served from today on; customers keep its name."

    def records(self, desk: Desk) -> Sequence[Shelved]:
        return desk.groups()

    def rows(self, desk: Desk) -> list[Row]:
        return philosophy_text.group_rows(desk)

    def page(self, record: Shelved | None, desk: Desk) -> Read:
        if not isinstance(record, Group):
            return NOTHING
        return record.name, philosophy_text.group_page(record, desk)

    def form(self, record: Shelved | None) -> Page[Any]:
        return GroupForm(record if isinstance(record, Group) else None)


SHELVES: dict[str, PlaybookTab] = {
    shelf.name: shelf for shelf in (Standards(), Questions(), Scenarios(), Philosophy(), Groups())
}
"""Every tab, in order."""


def retired(desk: Desk, record: Shelved) -> Callable[[], Shelved]:
    """The action that retires a record."""
    if isinstance(record, Standard):
        return lambda: retire_standard(desk.workspace, record, desk.today, desk.now)
    return lambda: playbook.retire(desk.workspace, record, desk.now)


def named(record: Shelved) -> str:
    """What it is called in a sentence."""
    if isinstance(record, Standard):
        return f"#{wording.one_line(record.tag)}"
    if isinstance(record, Group):
        return f"“{wording.shortened(record.name, 50)}”"
    return f"“{wording.shortened(record.title if isinstance(record, Scenario) else record.text, 50)}”"
