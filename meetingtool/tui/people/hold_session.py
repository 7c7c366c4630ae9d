"""Recording a session of a course: who did it, who did a part, who was absent."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from meetingtool.actions.playbook.training import Took, record_session
from meetingtool.actions.playbook.training_grid import TrainingGrid
from meetingtool.records.training import Course, Outcome
from meetingtool.rules import wording
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.paged_options import PagedOptions

SHOWN: dict[Outcome | None, str] = {"done": "✓ done", "part": "◐ part", "absent": "○ absent", None: ""}
CHOICES: tuple[Outcome | None, ...] = (None, "done", "part", "absent")


class HoldSession(Page[None]):
    """It begins with everybody who is due counted as done. What was seen in the group can be written below; Enter
    records the session."""

    for_manager_alone = True
    enter = "Record"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"note({n})", f"{how or 'Not asked'}".capitalize(), id=f"hold.{n}",
                    tooltip=f"{how or 'not asked'}".capitalize())
            for n, how in enumerate(CHOICES)
        ),
        Binding("space", "next", "Next state", id="hold.next", tooltip="Done, part, absent, not asked", show=False),
        Binding("ctrl+s", "keep", "Record", id="hold.keep", tooltip="Record the session"),
        Binding("escape", "app.pop_screen", "Cancel", id="hold.cancel", tooltip="Record nothing"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    HoldSession .dialog { width: 72; padding: 1 1; }
    HoldSession OptionList { height: auto; max-height: 55vh; }
    HoldSession Input { margin: 1 0 0 0; }
    """

    def __init__(self, course: Course, grid: TrainingGrid) -> None:
        super().__init__()
        self.course, self.grid = course, grid
        self.draft = f"session-{course.id.lower()}"
        self.how: dict[str, Outcome | None] = {
            person.id: "done" if grid.of(person, course).state in ("due", "over") else None for person in grid.people
        }

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"“{wording.shortened(self.course.title, 50)}” held today")
            yield PagedOptions(classes="plain-list", markup=False)
            hint = "What did you notice in the group? No grades for anyone."
            yield Input(self.kept(self.draft), placeholder=hint, select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.keep(self.draft, event.value)

    def show_records(self) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(
            Option(ColumnsRow([(Content(SHOWN[self.how[person.id]]), 9)], Content(wording.one_line(person.name))))
            for person in self.grid.people
        )
        options.highlighted = at or 0

    def _here(self) -> str | None:
        at = self.query_one(OptionList).highlighted
        return self.grid.people[at].id if at is not None and at < len(self.grid.people) else None

    def action_note(self, number: int) -> None:
        """Note how it went for the person under the cursor, and go on to the next."""
        if (person := self._here()) is not None:
            self.how[person] = CHOICES[number]
            self.show_records()
            self.query_one(OptionList).action_cursor_down()

    def action_next(self) -> None:
        """The next of the states for the person under the cursor."""
        if (person := self._here()) is not None:
            self.how[person] = CHOICES[(CHOICES.index(self.how[person]) + 1) % len(CHOICES)]
            self.show_records()

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Record the session as it is here."""
        took = [Took(person, how) for person in self.grid.people if (how := self.how[person.id]) is not None]
        noticed, desk = self.query_one(Input).value, self.desk
        session = self.tool.attempt(
            lambda: record_session(desk.workspace, self.course, took, desk.now, noticed=noticed)
        )
        if session is not None:
            people = wording.count(len(session.people), "person", "people")
            self.keep(self.draft, "")
            self.tool.say(f"Recorded for {people}. u undoes it.")
            self.dismiss(None)
