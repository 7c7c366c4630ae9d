"""People by courses: who has done what and who is due, held, excused or moved with a key. Private."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.playbook import training
from meetingtool.actions.playbook.courses import retire_course, take_up
from meetingtool.actions.playbook.training_grid import (
    TrainingGrid,
    before_and_after,
    bring_up,
    grid_of,
    sessions_behind,
)
from meetingtool.documents.formats.tables import wrapped
from meetingtool.records.people import Person
from meetingtool.records.training import Course
from meetingtool.rules import wording
from meetingtool.rules.playbook.training import cell_text
from meetingtool.tui.dialogs.ask_date import AskDate, GivenDay
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import Page
from meetingtool.tui.people.cell_grid import CellGrid
from meetingtool.tui.people.course_form import CourseForm
from meetingtool.tui.people.hold_session import HoldSession
from meetingtool.tui.stories.records_page import RecordsPage

STYLES = {"done": "$success", "over": "bold $error", "due": "bold $accent", "excused": "$text-muted"}
ON_SOMEBODY = ("records", "done", "hold", "excuse", "move", "bring_up", "compare", "edit_course", "retire_course")
NOTHING = "There are no courses yet. a adds six that come with meetingtool, and their role-plays; n one of your own."


class TrainingCells(CellGrid):
    """How far people are with courses."""

    NOTHING: ClassVar[str] = NOTHING
    HEAD: ClassVar[int] = 3

    def __init__(self) -> None:
        super().__init__()
        self.grid: TrainingGrid | None = None

    def show(self, grid: TrainingGrid, names: list[str]) -> None:
        """Show a grid with what its people are called."""
        self.grid = grid
        self.fill(names, [wording.one_line(course.title) for course in grid.courses])

    def split(self, title: str, width: int) -> tuple[str, ...]:
        """Broken between words; the cells need a blank beside each."""
        lines = wrapped(title, width - 1)
        if len(lines) > self.HEAD:
            lines = [*lines[: self.HEAD - 1], " ".join(lines[self.HEAD - 1 :])]
        return ("",) * (self.HEAD - len(lines)) + tuple(lines)

    @property
    def chosen(self) -> tuple[Person, Course] | None:
        """Whose row and which column the cursor is in."""
        grid = self.grid
        if grid is None or self.row >= len(grid.people) or self.column >= len(grid.courses):
            return None
        return grid.people[self.row], grid.courses[self.column]

    def cell(self, row: int, column: int) -> tuple[str, str]:
        """The cell's mark, with a month."""
        if self.grid is None:
            return "", ""
        standing = self.grid.of(self.grid.people[row], self.grid.courses[column])
        return cell_text(standing, self.grid.today), STYLES.get(standing.state, "")


class TrainingPage(Page[None]):
    """The cursor is on somebody and a course; a key records what happened there."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "records", "The record", id="training.records", tooltip="What is recorded there"),
        Binding("plus", "done", "Done today", id="training.done", key_display="+", tooltip="This person did it today"),
        Binding("s", "hold", "Hold one now", id="training.hold", tooltip="Record a session with all who take part"),
        Binding("full_stop", "excuse", "Excuse", id="training.excuse", key_display=".", tooltip="Excuse this time"),
        Binding("f", "move", "Another date", id="training.move", tooltip="Agree on another date"),
        Binding(
            "greater_than_sign",
            "bring_up",
            "Into the next meeting",
            id="training.bring_up",
            key_display=">",
            tooltip="Bring the course up in the next meeting",
        ),
        Binding(
            "equals_sign",
            "compare",
            "Before, after",
            id="training.compare",
            key_display="=",
            tooltip="Compare what customers said before and after it",
        ),
        Binding(
            "a", "take_up", "Add courses", id="training.take_up", tooltip="Add the courses that come with meetingtool"
        ),
        Binding("i", "import", "Import", id="training.import", tooltip="Take in a register of trainings"),
        Binding("n", "new_course", "New course", id="training.new", tooltip="Add a course of your own"),
        Binding("e", "edit_course", "Edit course", id="training.edit", tooltip="Change the course of this column"),
        Binding("x", "retire_course", "Retire", id="training.retire", tooltip="No longer ask for this course"),
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("ctrl+r", "app.toggle_room", "Room", id="training.room", tooltip="Share the screen with the room"),
        Binding("escape", "app.pop_screen", "Back", id="training.back", tooltip="Back; all is saved"),
    ]
    DEFAULT_CSS = """
    TrainingPage #training { width: 100%; height: 100%; padding: 0 1; }
    TrainingPage TrainingCells { height: 1fr; min-height: 5; background: $surface; }
    TrainingPage #detail { height: auto; max-height: 4; }
    """

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog", id="training"):
            yield TrainingCells()
            yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        self.cells.focus()

    @property
    def cells(self) -> TrainingCells:
        """The cells."""
        return self.query_one(TrainingCells)

    def show_records(self) -> None:
        grid = grid_of(self.desk)
        so_far = f" · {grid.done} of {grid.asked} done, {grid.over} over" if grid.asked else ""
        self.query_one("#training").border_title = Content(f"Training{so_far}")
        self.cells.show(grid, [wording.one_line(self.desk.roster.short_name(person.id)) for person in grid.people])
        self._show_cell()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow what concerns somebody's training only where there is a person and a course."""
        return action not in ON_SOMEBODY or (self.is_mounted and self.cells.chosen is not None)

    @on(CellGrid.Moved)
    def _show_cell(self) -> None:
        chosen, grid = self.cells.chosen, self.cells.grid
        if chosen is None or grid is None:
            self.query_one("#detail", Static).update("")
            return
        person, course = chosen
        cell, today = grid.of(person, course), self.desk.today
        about = {"": "not asked", "excused": "excused"}.get(cell.state, "")
        if cell.state == "done" and cell.day:
            about = f"done on {wording.day(cell.day, today)}"
        if cell.due is not None:
            due = wording.due(cell.due, today)
            about = ", ".join(filter(None, (about, due if cell.state == "over" else f"due {due}")))
        self.query_one("#detail", Static).update(
            Content.assemble(
                (wording.one_line(person.name), "bold"),
                f"  {wording.one_line(course.title)}",
                (f" · {about}", "$text-muted"),
            )
        )

    def action_records(self) -> None:
        """What is recorded of this person and course."""
        if (chosen := self.cells.chosen) is not None:
            person, course = chosen
            title = f"{wording.one_line(person.name)} · {wording.one_line(course.title)}"
            self.app.push_screen(RecordsPage(title, sessions_behind(self.desk, person, course)))

    def action_done(self) -> None:
        """Note that the person did it today, and go on to the next."""
        if (chosen := self.cells.chosen) is None:
            return
        person, course = chosen
        took, desk = [training.Took(person)], self.desk
        if self.tool.attempt(lambda: training.record_session(desk.workspace, course, took, desk.now)) is not None:
            self.tool.say(f"{wording.one_line(person.name)} did “{wording.shortened(course.title, 40)}”. u undoes it.")
            self.cells.go_on()

    def action_hold(self) -> None:
        """Record a session of the course with all who take part."""
        if (chosen := self.cells.chosen) is not None and (grid := self.cells.grid) is not None:
            self.app.push_screen(HoldSession(chosen[1], grid))

    def action_excuse(self) -> None:
        """Excuse the person this time, with a reason."""
        if (chosen := self.cells.chosen) is None:
            return
        person, course = chosen
        desk = self.desk
        if self.tool.attempt(lambda: training.open_due(desk.workspace, course, person)) is None:
            return
        name, title = wording.one_line(person.name), wording.shortened(course.title, 30)
        self.app.push_screen(
            AskText(
                f"Why is {name} excused from “{title}”?",
                draft=f"excuse-{course.id}-{person.id}".lower(),
                take=lambda why: training.excuse(desk.workspace, course, person, why, desk.now),
            )
        )

    def action_move(self) -> None:
        """Agree on another date for what is open."""
        if (chosen := self.cells.chosen) is None or (grid := self.cells.grid) is None:
            return
        person, course = chosen
        desk = self.desk
        if self.tool.attempt(lambda: training.open_due(desk.workspace, course, person)) is None:
            return

        def agreed(answer: GivenDay | None) -> None:
            day: date | None = answer.day if answer else None
            if day is not None:
                self.tool.attempt(lambda: training.move_due(desk.workspace, course, person, day, desk.now))

        due = grid.of(person, course).due
        name = wording.one_line(person.name)
        draft = f"training-due-{course.id}-{person.id}".lower()
        self.app.push_screen(AskDate(f"When does {name} do it?", due, draft=draft, optional=False), agreed)

    def action_import(self) -> None:
        """Take in a register of trainings."""
        from meetingtool.tui.people.import_register import ask_register

        ask_register(self.tool)

    def action_new_course(self) -> None:
        """Add a course."""
        self.app.push_screen(CourseForm(None))

    def action_edit_course(self) -> None:
        """Change the course of the column under the cursor."""
        if (chosen := self.cells.chosen) is not None:
            self.app.push_screen(CourseForm(chosen[1]))

    def action_retire_course(self) -> None:
        """Retire the course, after asking."""
        if (chosen := self.cells.chosen) is None:
            return
        desk, course = self.desk, chosen[1]

        def sure(yes: bool | None) -> None:
            if yes:
                self.tool.attempt(lambda: retire_course(desk.workspace, course, desk.now))

        title = wording.shortened(course.title, 40)
        self.app.push_screen(
            Confirm(f"Retire “{title}”?", "What was recorded about it is kept.", yes="Retire it", no="Keep it"), sure
        )

    def action_bring_up(self) -> None:
        """Bring the course up in the next meeting, with all who are due."""
        if (chosen := self.cells.chosen) is None:
            return
        action = self.tool.attempt(lambda: bring_up(self.desk, chosen[1]))
        if action is not None:
            self.tool.say(f"Due in the next meeting: {wording.shortened(action.text, 60)}. u undoes it.")

    def action_compare(self) -> None:
        """Fix a comparison of what customers answered before and after the course."""
        from meetingtool.actions.customers.comparing import fix_typed
        from meetingtool.actions.customers.standing import surveys_of

        if (chosen := self.cells.chosen) is None:
            return
        desk, course = self.desk, chosen[1]
        offered = self.tool.attempt(lambda: before_and_after(desk, course))
        if offered is None:
            return
        survey = next(iter(surveys_of(desk)), None)
        if survey is None:
            self.tool.say("There are no answers of customers to compare yet: c, then 2 and i, imports a survey.")
            return
        asked = AskText(
            f"Before and after it: {wording.shortened(survey.name, 40)}",
            draft=f"compare-{survey.id}-{course.id}".lower(),
            value=offered,
            hint="The time before, the time after, what happened between; it need not have caused the change.",
            take=lambda typed: fix_typed(desk, survey, typed),
        )
        self.app.push_screen(asked, self._compared)

    def _compared(self, typed: str | None) -> None:
        if typed is not None:
            self.tool.say("Saved: the result will be shown with the answers (c, 2). u undoes it.")

    def action_take_up(self) -> None:
        """Add the courses that come with the product."""
        added = self.tool.attempt(lambda: take_up(self.desk.workspace, self.desk.now))
        if added is not None:
            count = wording.count(len(added), "course")
            self.tool.say(f"{count} added. u undoes it." if added else "You already have all of them.")
