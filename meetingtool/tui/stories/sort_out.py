"""Sorting out an open mark: a person, somebody new, or plain words, in all its stories at once."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.stories import sorting
from meetingtool.actions.stories.kept_back import counted
from meetingtool.actions.stories.open_marks import OpenMark, places
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.customers.naming import HALF_TYPED, digest_of
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.tool import Tool

OTHER, NEW, PLAIN, LINE = "other", "new", "plain", "line"
"""What can be chosen besides the people or the standard that a mark may mean by now."""


def sort_out(tool: Tool, mark: OpenMark) -> None:
    """Ask what an open mark means, and apply the answer."""
    about = wording.one_line(mark.mark)
    question = f"“{about}” in {mark.places}: {'who' if mark.names_a_person else 'which standard'} is that?"

    def chosen(answer: str | None) -> None:
        if answer == OTHER:
            _somebody_else(tool, mark)
        elif answer == NEW:
            _somebody_new(tool, mark)
        elif answer == PLAIN:
            desk = tool.desk
            if tool.attempt(lambda: sorting.as_words(desk.workspace, mark, desk.now)) is not None:
                tool.say(f"“{about}” is plain text now. u undoes it.")
        elif answer == LINE:
            tool.push_screen(EditLine(tool.desk.get(type(mark.records[0]), mark.records[0].id)))
        elif answer is not None:
            _credit(tool, mark, answer)

    tool.push_screen(Choose(question, _answers(mark)), chosen)


def _answers(mark: OpenMark) -> list[tuple[str, Content]]:
    found = [(person.id, _person(person)) for person in mark.people]
    if mark.standard is not None:
        found.append((mark.standard.id, _standard(mark.standard)))
    if mark.names_a_person:
        found.append((OTHER, Content("somebody else on the team …" if found else "somebody on the team …")))
        found.append((NEW, Content("a new person …")))
    else:
        found.append((OTHER, Content("another standard …" if found else "one of the standards …")))
    found.append((PLAIN, Content("nobody: it is plain text" if mark.names_a_person else "none: it is plain text")))
    if len(mark.records) == 1:
        found.append((LINE, Content("edit the line …")))
    return found


def _person(person: Person) -> Content:
    about = " · ".join(filter(None, (f"@{person.handle}", wording.one_line(person.role))))
    return Content.assemble((wording.one_line(person.name), "bold"), (f"  {about}", "$text-muted"))


def _standard(standard: Standard) -> Content:
    return Content.assemble((f"#{standard.tag}", "bold"), (f"  {wording.one_line(standard.title)}", "$text-muted"))


def _somebody_else(tool: Tool, mark: OpenMark) -> None:
    """Choose among everybody, those on the team first; or among the standards."""
    roster = tool.desk.roster
    if mark.names_a_person:
        people = [*roster.people, *(person for person in roster.everyone if person not in roster.people)]
        options = [(person.id, _person(person)) for person in people]
    else:
        options = [(standard.id, _standard(standard)) for standard in roster.standards]

    def chosen(record_id: str | None) -> None:
        if record_id is not None:
            _credit(tool, mark, record_id)

    tool.push_screen(Choose(f"What does “{wording.one_line(mark.mark)}” mean?", options), chosen)


def _credit(tool: Tool, mark: OpenMark, record_id: str) -> None:
    desk = tool.desk
    meant = desk.roster.person_of(record_id) or desk.roster.standard_of(record_id)
    if meant is None:
        return
    workspace = desk.workspace
    done = tool.attempt(lambda: counted(workspace, lambda: sorting.credit(workspace, mark, meant, desk.now)))
    if done is not None:
        name = wording.one_line(meant.name) if isinstance(meant, Person) else f"#{meant.tag}"
        said = f"“{wording.one_line(mark.mark)}” is {name} in {places(done[0])}. u undoes it."
        tool.say(said if desk.room or not done[1] else f"{said} {done[1]}")


def _somebody_new(tool: Tool, mark: OpenMark) -> None:
    desk = tool.desk

    def take(name: str) -> None:
        workspace = desk.workspace
        (person, _), hid = counted(workspace, lambda: sorting.add_and_credit(workspace, mark, name, desk.now))
        said = f"{wording.one_line(person.name)} is on the team as @{person.handle}. u undoes it."
        tool.say(said if desk.room or not hid else f"{said} {hid}")

    typed = mark.mark.removeprefix("@").replace("-", " ").title()
    draft = f"sort-out-{mark.records[0].id.lower()}-{digest_of(mark.mark, HALF_TYPED)}"
    asked = AskText("The name of the new person", draft=draft, value=typed, hint="Enter adds the person", take=take)
    tool.push_screen(asked)
