"""Handing over what is open in the name of somebody who has left."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.people.leaving import hand_over, open_of
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.stories.records_page import RecordsPage
from meetingtool.tui.tool import Tool

EACH = ""
"""Looking at the promises and actions instead of handing all of them to one person."""


def ask_heir(tool: Tool, person: Person) -> None:
    """Ask who takes over what a leaver has open; nothing is asked where nothing is open."""
    desk = tool.desk
    follow_ups = open_of(desk, person)
    if not follow_ups:
        return
    number = wording.count(len(follow_ups), "promise or action", "promises and actions")
    whose = wording.one_line(person.name)

    def chosen(answer: str | None) -> None:
        if answer == EACH:
            title = f"Still open for {whose}"
            tool.push_screen(RecordsPage(title, tuple(follow_up.id for follow_up in follow_ups), room_safe=True))
            return
        heir = desk.roster.person_of(answer) if answer is not None else None
        if heir is None:
            return
        if tool.attempt(lambda: hand_over(desk.workspace, follow_ups, person, heir, desk.now)) is not None:
            tool.say(f"Handed to {wording.one_line(heir.name)}: {number}. u undoes it.")

    options = [(EACH, Content("look at them first"))]
    options += [(p.id, _row(p)) for p in desk.roster.people if p.id != person.id]
    tool.push_screen(Choose(f"Who takes over {number} of {whose}?", options), chosen)


def _row(person: Person) -> Content:
    about = " · ".join(filter(None, (f"@{person.handle}", wording.one_line(person.role))))
    return Content.assemble((wording.one_line(person.name), "bold"), (f"  {about}", "$text-muted"))
