"""Asking what a rating of 1, 2 or 5 rests on: one of the person's stories, or a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from meetingtool.actions.people import to_talk_about
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.lists.columns_row import ColumnsRow, anchor_row
from meetingtool.tui.stories.story_text import said_row
from meetingtool.tui.tool import Tool

Given = Callable[[str, tuple[Story, ...]], None]
"""Called with the note and the stories, one of them empty."""

NOTE = ""


def ask_evidence(
    tool: Tool, person: Person, standard: Standard, value: int, stories: Sequence[Story], given: Given
) -> None:
    """Offer the stories that may be cited for such a rating (for a low one, also what was talked about with the person)
    and a note; if there is nothing else, ask for the note at once."""
    citable = [story for story in stories if story.kind == "win" or value > 2]
    talked = to_talk_about.talked_about(tool.desk, person) if value <= 2 else []
    if not citable and not talked:
        _ask_note(tool, person, standard, value, given)
        return
    options: list[tuple[str, Content | ColumnsRow]] = [(story.id, _row(story, tool)) for story in citable]
    options += [(one.mention.id, said_row(one, tool.desk.today)) for one in talked]

    def chosen(story_id: str | None) -> None:
        if story_id == NOTE:
            _ask_note(tool, person, standard, value, given)
        elif story_id in {one.mention.id for one in talked}:
            said = next(one for one in talked if one.mention.id == story_id)
            given(to_talk_about.as_note(tool.desk, said, person), ())
        elif story_id is not None:
            given("", tuple(story for story in citable if story.id == story_id))

    question = f"Evidence for a {value} for {wording.one_line(person.name)} on #{wording.one_line(standard.tag)}?"
    tool.push_screen(Choose(question, [*options, (NOTE, Content("your own note"))]), chosen)


def level_rows(standard: Standard) -> list[tuple[str, ColumnsRow]]:
    """What ratings of 5 to 1 look like on a standard, to choose one."""
    return [(str(value), anchor_row(value, wording.one_line(standard.anchors[value - 1]))) for value in range(5, 0, -1)]


def _row(story: Story, tool: Tool) -> ColumnsRow:
    day = wording.day(story.at.date(), tool.desk.today)
    kind = "sticky  " if story.kind == "sticky" else ""
    told = Content.assemble((kind, "$text-muted"), wording.shortened(story.text, 160))
    return ColumnsRow([(Content.styled(day, "$text-muted"), len(day))], told, most=0)


def _ask_note(tool: Tool, person: Person, standard: Standard, value: int, given: Given) -> None:
    def written(text: str | None) -> None:
        if text is not None:
            given(text, ())

    question = f"A {value} for {wording.one_line(person.name)}: what did you see?"
    tool.push_screen(AskText(question, draft=f"rating-{person.id}-{standard.ref}".lower()), written)
