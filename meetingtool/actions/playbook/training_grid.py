"""People by courses: who has done what, and what is due. Private."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from meetingtool.actions.playbook.training import all_dues, sessions_of
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.training import Course
from meetingtool.rules import wording
from meetingtool.rules.playbook.training import SOON, CourseStanding, standing

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk

NOT_ASKED = CourseStanding()


class TrainingGrid(msgspec.Struct, frozen=True, kw_only=True):
    """People by courses on a day. cells: where they stand, by course and person (ids), without what is not asked."""

    today: date
    people: tuple[Person, ...]
    courses: tuple[Course, ...]
    cells: dict[tuple[str, str], CourseStanding]

    def of(self, person: Person, course: Course) -> CourseStanding:
        """Where somebody stands with a course."""
        return self.cells.get((course.id, person.id), NOT_ASKED)

    @property
    def done(self) -> int:
        """How many of what is asked are done."""
        return sum(cell.state == "done" for cell in self.cells.values())

    @property
    def asked(self) -> int:
        """How many are asked of people, without those they are excused from."""
        return sum(cell.state in ("done", "due", "over") for cell in self.cells.values())

    @property
    def over(self) -> int:
        """How many should have been done by now."""
        return sum(cell.state == "over" for cell in self.cells.values())


class Needed(msgspec.Struct, frozen=True):
    """Somebody who has to be trained in something soon, or should have been."""

    person: Person
    course: Course
    due: date


def grid_of(desk: Desk) -> TrainingGrid:
    """Everybody on the team by the courses in use; InRoom while the screen is shared."""
    desk.require_private("Who was trained in what")
    return desk.once("training grid", lambda: _grid(desk))


def _grid(desk: Desk) -> TrainingGrid:
    people = desk.roster.people
    courses = tuple(desk.courses())
    shown = {course.id for course in courses}
    dues = all_dues(desk.workspace, people)
    cells = {key: standing(found, desk.today) for key, found in dues.items() if key[0] in shown}
    return TrainingGrid(today=desk.today, people=people, courses=courses, cells=cells)


def needed(desk: Desk) -> list[Needed]:
    """Who is due soon or overdue, the longest first; InRoom while the screen is shared."""
    grid = grid_of(desk)
    found = [
        Needed(person, course, cell.due)
        for course in grid.courses
        for person in grid.people
        if (cell := grid.of(person, course)).due is not None
        and cell.state in ("due", "over")
        and cell.due - desk.today <= SOON
    ]
    return sorted(found, key=lambda one: one.due)


def sessions_behind(desk: Desk, person: Person, course: Course) -> list[str]:
    """The ids of what is recorded of a person and a course, and of what was agreed about all courses."""
    desk.require_private("Who was trained in what")
    return [
        session.id
        for session in sessions_of(desk.workspace, [course])
        if session.course in (course.id, "") and any(part.person == person.id for part in session.people)
    ]


def bring_up(desk: Desk, course: Course) -> FollowUp:
    """An action to hold a course in the next meeting; it names nobody, because the screen is shared there.

    Refused where there is one already.
    """
    from meetingtool.actions.stories.follow_ups import record_follow_up

    day = desk.next_meeting_at().date()
    text = f"Hold the course “{wording.one_line(course.title)}”"
    if any(action.text == text for action in desk.open_follow_ups()):
        raise Refused("It is already on the list for the next meeting.", "Take it off there if it shouldn't be.")
    return record_follow_up(desk.workspace, "action", f"{text} by {day.isoformat()}", desk.now)


def before_and_after(desk: Desk, course: Course) -> str:
    """What to compare after a course, as it is typed: the quarter before it was last held, and the one after.

    Refused where it was never held.
    """
    title = wording.shortened(course.title, 60)
    held = [one.at.date() for one in sessions_of(desk.workspace, [course]) if one.course == course.id and one.held]
    if not held:
        raise Refused(f"“{title}” has not been held yet.", "Record a training first.")
    quarter = max(held).year * 4 + (max(held).month - 1) // 3
    before, after = (f"{each // 4}-Q{each % 4 + 1}" for each in (quarter - 1, quarter + 1))
    return f"{before} {after} the training “{title}”"
