"""Importing a roster: which file, how it was read, and what would change, before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from meetingtool.actions.people.team import Imported, import_people, plan_import
from meetingtool.actions.stories.kept_back import counted
from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import NOT_KEPT
from meetingtool.tui.setup.ask_open import OpenChoice, ask_open, ask_order, ask_same
from meetingtool.tui.setup.people_text import How, Understood, understand
from meetingtool.tui.tool import Tool

MOST_TOLD = 8
"""How many notes are shown before the import; the others are counted."""
HINT = "A CSV file or spreadsheet from any HR system; you see what would change first"


def ask_file(tool: Tool, path: str = "") -> None:
    """Ask for the file with the people, then go on with it."""

    def typed(text: str | None) -> None:
        if text is not None and text.strip():
            _read(tool, text, How())

    tool.push_screen(AskText("Which file lists the people?", draft=NOT_KEPT, value=path, hint=HINT), typed)


def _read(tool: Tool, text: str, how: How) -> None:
    understood = understand(text, tool.desk.today, how, tool.desk.settings.day_order)
    if understood.asks:
        asked = OpenChoice(understood.asks, understood.key, understood.options)
        ask_open(tool, asked, how, lambda changed: _read(tool, text, changed))
    elif understood.problem:
        tool.tell(Refused(understood.problem))
        ask_file(tool, text)
    elif understood.question:
        ask_order(tool, understood.question, how, lambda changed: _read(tool, text, changed))
    else:
        _ask(tool, understood, {})


def _ask(tool: Tool, understood: Understood, said: Mapping[int, bool]) -> None:
    """Ask whether new people are known ones, then show what would change, and import it on a yes. said: the answers so
    far, as in `plan_import`.
    """
    desk = tool.desk
    plan = plan_import(desk.workspace, understood.rows, desk.now, understood.gone, said)
    if plan.doubts:
        doubt = plan.doubts[0]
        ask_same(tool, doubt, lambda same: _ask(tool, understood, {**said, doubt.index: same}))
        return

    def sure(yes: bool | None) -> None:
        if not yes:
            return
        rows, gone = understood.rows, understood.gone
        workspace = desk.workspace
        done = tool.attempt(lambda: counted(workspace, lambda: import_people(workspace, rows, desk.now, gone, said)))
        if done is not None:
            told = f"{_counted(done[0])}. u undoes it."
            tool.say(told if desk.room or not done[1] else f"{told} {done[1]}")

    tool.push_screen(Confirm(f"{_counted(plan)}?", _detail(understood, plan, desk.today), yes="Import"), sure)


def _counted(plan: Imported) -> str:
    added = wording.count(len(plan.added), "new person", "new people")
    return f"{added}, {len(plan.changed):,} changed, {plan.same:,} unchanged"


def _known(person: Person, today: date) -> str:
    """A person with the role and the days on the team: `Ana Ruiz (Desk, since 4 Mar 2019, left 28 Feb 2026)`."""
    since = f"since {wording.day(person.started, today)}" if person.started else ""
    left = f"left {wording.day(person.left, today)}" if person.left else ""
    facts = ", ".join(filter(None, (person.role, since, left)))
    return wording.one_line(f"{person.name} ({facts})" if facts else person.name)


def _detail(understood: Understood, plan: Imported, today: date) -> str:
    said = [
        f"{what}: {wording.listed([_known(person, today) for person in people[:MOST_TOLD]])}"
        + (" ..." if len(people) > MOST_TOLD else "")
        for what, people in (("New", plan.added), ("As they will be", plan.changed))
        if people
    ]
    columns = [f"Columns: {understood.mapping}"] if understood.mapping else []
    told = [*plan.notes, *understood.notes]
    more = [f"and {len(told) - MOST_TOLD:,} more notes"] if len(told) > MOST_TOLD else []
    return "\n".join(map(wording.one_line, [*said, *columns, *told[:MOST_TOLD], *more]))
