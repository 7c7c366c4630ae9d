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
"""The choice to look at everything first, instead of handing it all to one person."""


def ask_heir(tool: Tool, person: Person) -> None:
    """Ask who takes over what a leaver has open; nothing is asked where nothing is open."""
    desk = tool.desk
    left = open_of(desk, person)
    if not left:
        return
    whose = wording.one_line(person.name)

    def chosen(answer: str | None) -> None:
        if answer == EACH:
            title = f"Still open for {whose}"
            found = (*(each.id for each in left.follow_ups), *(due.complaint.id for due in (*left.steps, *left.asks)))
            tool.push_screen(RecordsPage(title, found, room_safe=len(found) == len(left.follow_ups)))
            return
        heir = desk.roster.person_of(answer) if answer is not None else None
        if heir is None:
            return

        def hand() -> None:
            hand_over(desk.workspace, left, heir, desk.now)
            tool.say(f"Handed to {wording.one_line(heir.name)}: {left.words}. u undoes it.")

        tool.attempt(hand)

    options = [(EACH, Content("look at them first"))]
    options += [(p.id, _row(p)) for p in desk.roster.people if p.id != person.id]
    tool.push_screen(Choose(f"Who takes over {left.words} of {whose}?", options), chosen)


def _row(person: Person) -> Content:
    about = " · ".join(filter(None, (f"@{person.handle}", wording.one_line(person.role))))
    return Content.assemble((wording.one_line(person.name), "bold"), (f"  {about}", "$text-muted"))
