"""Importing a register of trainings, after showing what would be recorded."""

from __future__ import annotations

from meetingtool.actions.playbook.courses import courses_of
from meetingtool.actions.playbook.register import RegisterPlan, plan_register, take_in_register
from meetingtool.importers.register import REGISTER_FIELDS, RegisterDraft, read_register
from meetingtool.importers.tabular import Sheet
from meetingtool.rules import wording
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.people.import_table import TableKind, ask_table, detail
from meetingtool.tui.setup.people_text import How
from meetingtool.tui.tool import Tool

HINT = "A table with person, course and date; outcome, minutes, trainer and reason are optional. You see it first"


def ask_register(tool: Tool) -> None:
    """Ask for the file with the trainings, then go on with it."""
    desk = tool.desk

    def read(sheet: Sheet, how: How) -> RegisterDraft:
        courses, usual = courses_of(desk.workspace), desk.settings.day_order
        return read_register(sheet, desk.roster, courses, desk.today, how.day_order, how.columns, usual)

    ask_table(
        tool, TableKind("Which file has the trainings?", HINT, REGISTER_FIELDS, read, lambda draft: _ask(tool, draft))
    )


def _ask(tool: Tool, draft: RegisterDraft) -> None:
    """Show what would be recorded, and record it on a yes."""
    desk = tool.desk
    plan = plan_register(desk.workspace, draft.rows)

    def sure(yes: bool | None) -> None:
        if yes and tool.attempt(lambda: take_in_register(desk.workspace, plan, desk.now)) is not None:
            tool.say(f"{_counted(draft, plan)}. u undoes it.")

    tool.push_screen(Confirm(f"{_counted(draft, plan)}?", detail(draft, draft.problems), yes="Record"), sure)


def _counted(draft: RegisterDraft, plan: RegisterPlan) -> str:
    left_out = wording.count(len(draft.problems), "line")
    return f"{wording.count(len(plan.rows), 'training')}, {plan.same:,} known already, {left_out} left out"
