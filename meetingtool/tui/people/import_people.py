"""Importing a roster: which file, how it was read, and what would change, before anything is saved."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.people.team import Imported, import_people, plan_import
from meetingtool.errors import Refused
from meetingtool.importers.date_columns import DayOrder
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.setup.people_text import Understood, understand
from meetingtool.tui.tool import Tool

MOST_TOLD = 8
"""How many notes are shown before the import; of more, the number."""
HINT = "A CSV file or spreadsheet from any HR system; you see what would change first"


def ask_file(tool: Tool, path: str = "") -> None:
    """Ask for the file with the people, then go on with it."""

    def typed(text: str | None) -> None:
        if text is not None and text.strip():
            _read(tool, text, None)

    tool.push_screen(AskText("Which file lists the people?", value=path, hint=HINT), typed)


def _read(tool: Tool, text: str, day_order: DayOrder | None, worksheet: str = "") -> None:
    usual = tool.desk.settings.day_order
    understood = understand(text, tool.desk.today, day_order, usual, worksheet)
    if understood.worksheets:
        _ask_worksheet(tool, text, understood)
    elif understood.problem:
        tool.tell(Refused(understood.problem))
        ask_file(tool, text)
    elif understood.question:
        _ask_order(tool, text, understood.question, worksheet)
    else:
        _ask(tool, understood)


def _ask_worksheet(tool: Tool, text: str, understood: Understood) -> None:
    """Ask which worksheet has the people, if more than one could."""

    def chosen(name: str | None) -> None:
        if name is not None:
            _read(tool, text, None, name)

    options = [(name, Content(wording.one_line(name))) for name in understood.worksheets]
    tool.push_screen(Choose("Which worksheet lists the people?", options), chosen)


def _ask_order(tool: Tool, text: str, question: str, worksheet: str) -> None:
    """Ask whether day or month comes first, if the dates of the file could be either."""
    orders: dict[str, DayOrder] = {"day-first": "day-first", "month-first": "month-first"}
    options = [("day-first", Content("the day: 3/4 is 3 April")), ("month-first", Content("the month: 3/4 is 4 March"))]

    def chosen(answer: str | None) -> None:
        if answer is not None:
            _read(tool, text, orders[answer], worksheet)

    tool.say(question)
    tool.push_screen(Choose("Which comes first in the dates of this file?", options), chosen)


def _ask(tool: Tool, understood: Understood) -> None:
    """Show what would change, and import on a yes."""
    desk = tool.desk
    plan = plan_import(desk.workspace, understood.rows, desk.now, understood.gone)

    def sure(yes: bool | None) -> None:
        if not yes:
            return
        rows, gone = understood.rows, understood.gone
        done = tool.attempt(lambda: import_people(desk.workspace, rows, desk.now, gone))
        if done is not None:
            tool.say(f"{_counted(done)}. u undoes it.")

    tool.push_screen(Confirm(f"{_counted(plan)}?", _detail(understood, plan), yes="Import"), sure)


def _counted(plan: Imported) -> str:
    added = wording.count(len(plan.added), "new person", "new people")
    return f"{added}, {len(plan.changed):,} changed, {plan.same:,} unchanged"


def _detail(understood: Understood, plan: Imported) -> str:
    names = wording.listed([wording.one_line(person.name) for person in plan.added[:MOST_TOLD]])
    new = [f"New: {names}{' ...' if len(plan.added) > MOST_TOLD else ''}"] if plan.added else []
    columns = [f"Columns: {understood.mapping}"] if understood.mapping else []
    told = [*plan.notes, *understood.notes]
    more = [f"and {len(told) - MOST_TOLD:,} more notes"] if len(told) > MOST_TOLD else []
    return "\n".join(map(wording.one_line, [*new, *columns, *told[:MOST_TOLD], *more]))
