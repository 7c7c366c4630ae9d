"""Recording who was trained in what, excusing people and agreeing another day; and who is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from meetingtool.actions.playbook.courses import courses_of
from meetingtool.actions.reading import moment_on, settings_of
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.people import Person
from meetingtool.records.training import Course, Outcome, Part, Session
from meetingtool.rules import wording
from meetingtool.rules.areas import TRAINING
from meetingtool.rules.days import moved
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people import score_inputs
from meetingtool.rules.people.periods import Period
from meetingtool.rules.playbook.training import EARLY, Due, Steps, dues_of, steps_of
from meetingtool.store import Workspace


class Took(msgspec.Struct, frozen=True):
    """How a session went for somebody, before it is kept. why: needed of an excuse."""

    person: Person
    how: Outcome = "done"
    why: str = ""


def sessions_of(workspace: Workspace, courses: Iterable[Course]) -> list[Session]:
    """Everything recorded about courses; without any course, no book is opened."""
    began = min((course.at.date() for course in courses), default=None)
    return [] if began is None else workspace.find(Session, since=moved(began, -EARLY))


def all_dues(workspace: Workspace, people: Sequence[Person]) -> dict[tuple[str, str], list[Due]]:
    """All dates of people, by course and person (ids); the last of each may lie ahead."""
    courses = courses_of(workspace)
    steps = steps_of(sessions_of(workspace, courses))
    return {(course.id, p.id): dues for course in courses for p in people if (dues := dues_of(course, p, steps))}


def trainings_of(workspace: Workspace, period: Period) -> list[score_inputs.Training]:
    """What scores count: the dates of everybody up to the end of a period; none while the area is switched off, because
    nobody sees then what falls due."""
    if TRAINING in settings_of(workspace).off:
        return []
    return [
        score_inputs.Training(due.session or due.course, due.person, due.due, done=due.done, excused=due.excused)
        for dues in all_dues(workspace, workspace.find(Person)).values()
        for due in dues
        if due.due <= period.until
    ]


def dues_now(workspace: Workspace, course: Course, person: Person) -> list[Due]:
    """The dates of one person and course."""
    return dues_of(course, person, _steps(workspace, course))


def _steps(workspace: Workspace, course: Course) -> Steps:
    return steps_of(sessions_of(workspace, [course]))


def record_session(
    workspace: Workspace,
    course: Course,
    took: Sequence[Took],
    now: datetime,
    *,
    on: date | None = None,
    minutes: int | None = None,
    led_by: str = "",
    scenario: str | None = None,
    noticed: str = "",
) -> Session:
    """Record that a course was held: how it went for whom. on: the day, today when left out.

    Refused without people, for somebody named twice or not on the team on that day, for an excuse without a reason,
    and for a day to come. minutes: those of the course when left out.
    """
    when = moment_on(on, now)
    steps = _steps(workspace, course) if any(entry.how == "excused" for entry in took) else {}
    session = Session(
        id=mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        course=course.id,
        title=course.title,
        people=tuple(_part(course, entry, when.date(), steps) for entry in _checked(took, when.date(), now)),
        minutes=_minutes(course.minutes if minutes is None else minutes),
        led_by=wording.one_line(wording.storable(led_by)),
        scenario=scenario,
        noticed=wording.storable(noticed).strip(),
    )
    workspace.save(session, deed=deeds.TRAINED, now=now)
    return session


def edit_session(
    workspace: Workspace,
    session: Session,
    now: datetime,
    *,
    took: Sequence[Took] | None = None,
    minutes: int | None = None,
    led_by: str | None = None,
    noticed: str | None = None,
) -> Session:
    """Correct a session; None leaves a part as it is. took: replaces what was recorded for the same people; others
    stay."""
    changes: dict[str, object] = {}
    if took is not None:
        course = next((c for c in courses_of(workspace) if c.id == session.course), None)
        if course is None or any(part.how == "moved" for part in session.people):
            raise Refused("What was agreed about a date can't be changed here.", "`meetingtool remove` removes it.")
        day, steps = session.at.date(), _steps(workspace, course)
        parts = {part.person: part for part in session.people}
        parts |= {t.person.id: _part(course, t, day, steps) for t in _checked(took, day, now)}
        changes["people"] = tuple(parts.values())
    if minutes is not None:
        changes["minutes"] = _minutes(minutes)
    if led_by is not None:
        changes["led_by"] = wording.one_line(wording.storable(led_by))
    if noticed is not None:
        changes["noticed"] = wording.storable(noticed).strip()
    changed = msgspec.structs.replace(session, version=session.version + 1, **changes)
    workspace.save(changed, deed=deeds.TRAINING_EDITED, now=now)
    return changed


def _checked(took: Sequence[Took], day: date, now: datetime) -> Sequence[Took]:
    if not took:
        raise Refused("Nobody was named.", "Say who took part, such as @maria.")
    seen: set[str] = set()
    for entry in took:
        name = wording.one_line(entry.person.name)
        if entry.person.id in seen:
            raise Refused(f"{name} is named twice.", "Name everybody once.")
        seen.add(entry.person.id)
        if not entry.person.on_team(day):
            raise Refused(f"{name} was not on the team on {wording.day(day, now.date())}.", "Choose another day.")
        if entry.how == "excused" and not wording.says_something(entry.why):
            raise Refused(f"An excuse needs a reason: why is {name} excused?", "Say it in a few words.")
    return took


def _part(course: Course, took: Took, day: date, steps: Steps) -> Part:
    why = wording.one_line(wording.storable(took.why))
    if took.how != "excused":
        return Part(took.person.id, took.how, why)
    open_ones = [due.due for due in dues_of(course, took.person, steps) if due.open]
    return Part(took.person.id, "excused", why, due=open_ones[0] if open_ones else day)


def _minutes(number: int) -> int:
    if not 0 <= number <= 1440:
        raise Refused(f"{number} minutes can't be saved.", "Give 0 to 1440.")
    return number


def excuse(workspace: Workspace, course: Course, person: Person, why: str, now: datetime) -> Session:
    """Excuse somebody from the open date; the next one is asked again. Refused where none is open, or without a reason.
    It is kept in this year's book.
    """
    due = open_due(workspace, course, person)
    return _agreed(
        workspace, course, Part(person.id, "excused", checked_reason(why), due=due.due), now, deeds.TRAINING_EXCUSED
    )


def excuse_for_leave(
    workspace: Workspace,
    person: Person,
    since: date,
    until: date | None,
    why: str,
    now: datetime,
    *,
    course: Course | None = None,
) -> Session:
    """Excuse somebody from all that falls due from a day on, up to another one or for good; of one course or of all.

    Refused without a reason, and for an end before the beginning.
    """
    if until is not None and until < since:
        raise Refused("The end is before the beginning.", "Give a later day.")
    part = Part(person.id, "excused", checked_reason(why), to=until)
    at = datetime.combine(since, now.timetz())
    return _agreed(workspace, course, part, now, deeds.TRAINING_EXCUSED, at=at)


def move_due(
    workspace: Workspace, course: Course, person: Person, to: date, now: datetime, *, why: str = ""
) -> Session:
    """Agree on another date for what is open; both dates are kept.

    Refused where nothing is open, and for a day that is in the past.
    """
    if to < now.date():
        raise Refused(f"{wording.day(to, now.date())} is in the past.", "Give a future date.")
    due = open_due(workspace, course, person)
    if to == due.due:
        raise Refused(f"It is already due on {wording.day(to, now.date())}.", "Give another day.")
    part = Part(person.id, "moved", wording.one_line(wording.storable(why)), due=due.due, to=to)
    return _agreed(workspace, course, part, now, deeds.TRAINING_MOVED)


def checked_reason(text: str) -> str:
    """The reason of an excuse as it is kept. Refused where it says nothing."""
    why = wording.one_line(wording.storable(text))
    if not wording.says_something(why):
        raise Refused("An excuse needs a reason.", "Say it in a few words.")
    return why


def open_due(workspace: Workspace, course: Course, person: Person) -> Due:
    """The date by which somebody is still to do a course. Refused where nothing is due."""
    for due in dues_now(workspace, course, person):
        if due.open:
            return due
    name = wording.one_line(person.name)
    raise Refused(f"Nothing is due for {name} in “{course.title}”.", "`meetingtool training grid` shows what is.")


def _agreed(
    workspace: Workspace,
    course: Course | None,
    part: Part,
    now: datetime,
    deed: deeds.Code,
    *,
    at: datetime | None = None,
) -> Session:
    session = Session(
        id=mint(now),
        at=at or now,
        made_at=now,
        made_by=workspace.user,
        course=course.id if course else "",
        title=course.title if course else "",
        people=(part,),
    )
    workspace.save(session, deed=deed, now=now)
    return session
