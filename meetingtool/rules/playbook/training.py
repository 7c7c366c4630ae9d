"""When trainings are due, and what settles them.

The first due date is a number of days (`first_after_days`) after somebody's anchor: the later of the course's beginning
and the person's first day. Done within `EARLY` days before it, or any time later, settles it, and the next is
`again_after_months` after the day it was done. For somebody who joined later, a training done before the first day that
still holds then settles it, too. An excuse removes it in the same way, and the next is counted from the date that was
excused. After a leave with an end everything that fell into it is due again, as for somebody who joins the day after. A
date that was moved keeps the old one. Nothing is asked after somebody's last day, nor from the day a course is retired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from meetingtool.records.people import Person
from meetingtool.records.training import Course, Part, Session
from meetingtool.rules.days import moved
from meetingtool.rules.folding import fold
from meetingtool.rules.people.periods import months_after
from meetingtool.rules.wording import MONTHS

EARLY = timedelta(days=60)
"""How long before its date a training may be done and still settle it."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One date on which somebody (`person`, an id) is to have done a course (an id).

    first: the date before it was moved, the same if it never was. done: the day it was done. session: the id
    of that which settled it. excused: it is no longer asked; why: of an excuse or of the new date. moves: how often it
    was moved.
    """

    course: str
    person: str
    due: date
    first: date
    done: date | None = None
    session: str = ""
    excused: bool = False
    why: str = ""
    moves: int = 0

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None and not self.excused

    @property
    def days_late(self) -> int:
        """How many days after its date it was done; 0 where it was in time or is open."""
        return max((self.done - self.due).days, 0) if self.done else 0


class SessionStep(msgspec.Struct, frozen=True):
    """What a session says about one person, on its day. session: its id."""

    day: date
    session: str
    part: Part


Steps = Mapping[tuple[str, str], list[SessionStep]]
"""What sessions say, by course and person (ids), in order; under an empty course what is for all of them."""


def titled(courses: Sequence[Course], text: str) -> list[Course]:
    """The courses that a text means: of that title, else of such a beginning, else with that in their titles."""
    wanted = fold(" ".join(text.split()))
    titles = [(fold(course.title), course) for course in courses] if wanted else []
    return (
        [course for title, course in titles if title == wanted]
        or [course for title, course in titles if title.startswith(wanted)]
        or [course for title, course in titles if wanted in title]
    )


def steps_of(sessions: Iterable[Session]) -> Steps:
    """What sessions say about each person, in the order of their days."""
    found: dict[tuple[str, str], list[SessionStep]] = {}
    for session in sessions:
        day = session.at.date()
        for part in session.people:
            found.setdefault((session.course, part.person), []).append(SessionStep(day, session.id, part))
    for steps in found.values():
        if len(steps) > 1:
            steps.sort(key=_in_order)
    return found


def _in_order(step: SessionStep) -> tuple[date, str]:
    return step.day, step.session


def asked_of(course: Course, person: Person) -> bool:
    """Whether a course is for a person."""
    if course.kind == "starting" and (person.started is None or person.started < course.at.date()):
        return False
    if not course.roles and not course.people:
        return True
    return person.id in course.people or fold(person.role) in {fold(role) for role in course.roles}


def dues_of(course: Course, person: Person, steps: Steps) -> list[Due]:
    """Every date on which a person had or has to do a course, in order; the last may be open and lie ahead."""
    if not asked_of(course, person):
        return []
    own, of_all = steps.get((course.id, person.id), []), steps.get(("", person.id), [])
    history = _History(sorted([*own, *of_all], key=_in_order) if of_all else own)
    anchor = max(course.at.date(), person.started or course.at.date())
    dues: list[Due] = []
    due: date | None = _later(anchor, course.first_after_days)
    if person.started is not None and person.started > course.at.date():
        history.begin(person.started, lambda done: (_again(course, done) or date.max) > anchor)
    while due is not None:
        settled, due = _settled(course, person, due, history)
        if settled is not None:
            dues.append(settled)
    return dues


def _is_asked(course: Course, person: Person, due: date) -> bool:
    gone = person.left is not None and due > person.left
    return not gone and not (course.retired is not None and due >= course.retired)


class _History:
    """What has been done and agreed, each used up by the date that it settles."""

    def __init__(self, steps: list[SessionStep]) -> None:
        self.settling = [step for step in steps if step.part.how == "done"]
        self.moves: list[SessionStep] = []
        self.leaves: list[SessionStep] = []
        self._next, self._brought = 0, -1
        agreed = [step for step in steps if step.part.how in ("excused", "moved")]
        if agreed:
            self.settling += [step for step in agreed if step.part.how == "excused" and step.part.due]
            self.settling.sort(key=lambda step: (_day_of(step), step.session))
            self.moves = [step for step in agreed if step.part.how == "moved" and step.part.due and step.part.to]
            self.leaves = [step for step in agreed if step.part.how == "excused" and step.part.due is None]

    def move(self, due: date) -> SessionStep | None:
        """The agreement that is about a date."""
        step = next((step for step in self.moves if step.part.due == due), None)
        if step is not None:
            self.moves.remove(step)
        return step

    def leave(self, due: date) -> SessionStep | None:
        """The leave that a date falls into, the longest of several."""
        found = [step for step in self.leaves if step.day <= due <= _end_of(step)]
        return max(found, key=_end_of, default=None)

    def begin(self, first_day: date, holds: Callable[[date], bool]) -> None:
        """Let the last thing done before the first day on the team settle the first date, where it holds on then."""
        before = [place for place, step in enumerate(self.settling) if step.part.how == "done" and step.day < first_day]
        if before and holds(self.settling[before[-1]].day):
            self._next = self._brought = before[-1]

    def settle(self, due: date, until: date) -> SessionStep | None:
        """The first thing up to a day that settles a date; what came before it settles nothing later."""
        early = due - EARLY
        for place in range(self._next, len(self.settling)):
            step = self.settling[place]
            if (early <= _day_of(step) or place == self._brought) and _day_of(step) <= until:
                self._next = place + 1
                return step
        return None


def _end_of(leave: SessionStep) -> date:
    return leave.part.to or date.max


def _day_of(step: SessionStep) -> date:
    """The day on which it counts: an excuse on the date that it is from."""
    return step.part.due if step.part.how == "excused" and step.part.due else step.day


def _settled(course: Course, person: Person, first: date, history: _History) -> tuple[Due | None, date | None]:
    """What became of a date, and the next one; None for a date that never came to be asked."""
    due, why, moves = first, "", 0
    while (move := history.move(due)) is not None:
        due, why, moves = move.part.to or due, move.part.why, moves + 1
    if not _is_asked(course, person, due):
        return None, None
    leave = history.leave(due)
    step = history.settle(due, _end_of(leave) if leave else date.max)
    by = step or leave
    done = step.day if step is not None and step.part.how == "done" else None
    one = Due(
        course=course.id,
        person=person.id,
        due=due,
        first=first,
        done=done,
        session=by.session if by is not None else "",
        excused=by is not None and done is None,
        why=by.part.why if by is not None and done is None else why,
        moves=moves,
    )
    if step is not None:
        return one, _again(course, done or max(due, _day_of(step)))
    if leave is not None and leave.part.to is not None:
        return one, _later(leave.part.to, course.first_after_days + 1)
    return one, None


def _again(course: Course, day: date) -> date | None:
    return months_after(day, course.again_after_months) if course.again_after_months else None


def _later(day: date, days: int) -> date:
    return moved(day, timedelta(days=days))


State = Literal["", "done", "over", "due", "excused"]

SOON = timedelta(days=31)
"""How long before its date somebody is to be asked."""


class CourseStanding(msgspec.Struct, frozen=True):
    """Where somebody stands with a course. day: the day it was done, or is due by; None where it is not asked.

    due: the open date, even one far ahead after something done. Only what is `due` or `over` needs anything.
    """

    state: State = ""
    day: date | None = None
    due: date | None = None


def standing(dues: Sequence[Due], today: date) -> CourseStanding:
    """Where somebody stands today, given all dates of one course."""
    if not dues:
        return CourseStanding()
    last, before = dues[-1], dues[-2] if len(dues) > 1 else None
    if last.open:
        if last.due < today:
            return CourseStanding("over", last.due, last.due)
        if before is None or last.due - today <= SOON:
            return CourseStanding("due", last.due, last.due)
        last, ahead = before, last.due
    else:
        ahead = None
    return CourseStanding("done", last.done, ahead) if last.done else CourseStanding("excused", last.due, ahead)


MARKS: dict[State, str] = {"done": "✓", "over": "!", "due": "·"}


def cell_text(cell: CourseStanding, today: date) -> str:
    """`✓ Sep`, `! Oct`, `· Dec`, with the year where it is a while away; `excused`; empty where it is not asked."""
    if cell.state == "excused":
        return "excused"
    if cell.day is None:
        return ""
    year = "" if abs((cell.day - today).days) < 330 else f" {cell.day.year % 100:02}"
    return f"{MARKS[cell.state]} {MONTHS[cell.day.month - 1]}{year}"
