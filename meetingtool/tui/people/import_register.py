"""Taking in a register of trainings: which file, how it was read, and what would be recorded, before it is."""

from __future__ import annotations

from pathlib import Path

from meetingtool.actions.playbook.courses import courses_of
from meetingtool.actions.playbook.register import RegisterPlan, plan_register, take_in_register
from meetingtool.errors import MeetingtoolError
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.register import REGISTER_FIELDS, RegisterDraft, read_register
from meetingtool.importers.spreadsheets import WhichWorksheet
from meetingtool.importers.tabular import Expected, read_file
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.setup.ask_open import Asked, ask_open, ask_order
from meetingtool.tui.setup.people_text import How, roster_path
from meetingtool.tui.tool import Tool

MOST_TOLD = 8
"""How many notes and problems are shown before; of more, the number."""
HINT = "A table with person, course and date; outcome, minutes, trainer and reason are optional. You see it first"


def ask_register(tool: Tool, path: str = "") -> None:
    """Ask for the file with the trainings, then go on with it."""

    def typed(text: str | None) -> None:
        if text is not None and text.strip():
            _read(tool, text, How())

    tool.push_screen(AskText("Which file has the trainings?", value=path, hint=HINT), typed)


def _read(tool: Tool, text: str, how: How) -> None:
    desk, path = tool.desk, roster_path(text) or Path(text.strip())
    courses, usual = courses_of(desk.workspace), desk.settings.day_order

    def again(changed: How) -> None:
        _read(tool, text, changed)

    try:
        expected = Expected(fields=REGISTER_FIELDS, columns=how.columns, worksheet=how.worksheet, encoding=how.encoding)
        sheet = read_file(path, expected)
        draft = read_register(sheet, desk.roster, courses, desk.today, how.day_order, how.columns, usual)
    except WhichWorksheet as several:
        ask_open(tool, Asked("worksheet", options=several.names), how, again)
    except LeftOpen as left:
        ask_open(tool, Asked(left.asks, left.key, left.options), how, again)
    except MeetingtoolError as error:
        tool.tell(error)
        ask_register(tool, text)
    else:
        if draft.question:
            ask_order(tool, draft.question, how, again)
        else:
            _ask(tool, draft)


def _ask(tool: Tool, draft: RegisterDraft) -> None:
    """Show what would be recorded, and record it on a yes."""
    desk = tool.desk
    plan = plan_register(desk.workspace, draft.rows)

    def sure(yes: bool | None) -> None:
        if yes and tool.attempt(lambda: take_in_register(desk.workspace, plan, desk.now)) is not None:
            tool.say(f"{_counted(draft, plan)}. u undoes it.")

    tool.push_screen(Confirm(f"{_counted(draft, plan)}?", _detail(draft), yes="Record"), sure)


def _counted(draft: RegisterDraft, plan: RegisterPlan) -> str:
    left_out = wording.count(len(draft.problems), "line")
    return f"{wording.count(len(plan.rows), 'training')}, {plan.same:,} known already, {left_out} left out"


def _detail(draft: RegisterDraft) -> str:
    problems = sorted(draft.problems, key=lambda problem: problem.line)
    told = [*(f"Line {problem.line}: {problem.text}" for problem in problems), *draft.notes]
    more = [f"and {len(told) - MOST_TOLD:,} more"] if len(told) > MOST_TOLD else []
    return "\n".join(map(wording.one_line, [f"Columns: {draft.mapping_in_words}", *told[:MOST_TOLD], *more]))
