"""The courses that people are trained in: adding, changing and retiring them, and taking up the ready-made ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, get_args

from meetingtool.actions.playbook.playbook import after_the_last, line_of, retire, saved, tags_of
from meetingtool.actions.reading import roster_of
from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.base import mint
from meetingtool.records.people import Person
from meetingtool.records.playbook import Scenario
from meetingtool.records.training import Course, CourseKind
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.playbook.training import titled
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.importers.courses import StarterCourse

LONGEST_WAIT = 3650
"""Days until a course is first due, at most."""
RAREST = 120
"""Months between one time and the next, at most."""


def courses_of(workspace: Workspace) -> list[Course]:
    """All courses that are not in the bin, in their order, retired ones too."""
    return sorted(workspace.find(Course), key=lambda course: (course.order, course.id))


def course_named(workspace: Workspace, text: str) -> Course:
    """The course of a title, of the beginning or of a word of one, or of a reference. Raises NotFound and Unclear, with
    what there is. One that is still asked for comes before a retired one.
    """
    wanted = fold(" ".join(text.split()))
    every = courses_of(workspace)
    in_use = [course for course in every if course.retired is None]
    for kept in (in_use, every):
        by_id = [course for course in kept if len(wanted) > 3 and fold(course.id).endswith(wanted)]
        for fits in (titled(kept, text), by_id):
            if len(fits) == 1:
                return fits[0]
            if fits:
                named = wording.listed([f"“{course.title}” ({course.ref})" for course in fits])
                raise Unclear(f"“{wording.shortened(text, 40)}” could be {named}.", "Give more of the title.")
    hint = wording.listed([f"“{course.title}”" for course in in_use]) if in_use else ""
    raise NotFound(
        f"There is no course called “{wording.shortened(text, 40)}”.",
        f"There are {hint}." if hint else "`meetingtool course take-up` adds the six that come with meetingtool.",
    )


def add_course(
    workspace: Workspace,
    title: str,
    now: datetime,
    *,
    kind: str = "session",
    standards: Sequence[str] = (),
    roles: Sequence[str] = (),
    people: Sequence[Person] = (),
    first_after_days: int = 30,
    again_after_months: int = 6,
    minutes: int = 30,
    material: str = "",
    scenarios: Sequence[Scenario] = (),
    since: date | None = None,
) -> Course:
    """Add a course at the end of the list. since: the day from which it is asked, today when left out.

    Refused without a title, for one that there is already, and for counts that make no sense.
    """
    with workspace.batch(deeds.COURSE_ADDED, now):
        _check_title(workspace, title)
        course = Course(
            id=mint(now),
            at=now if since is None else datetime.combine(since, time(12), tzinfo=now.tzinfo),
            made_at=now,
            made_by=workspace.user,
            title=line_of(title, "The course needs a title."),
            kind=_kind(kind),
            standards=tags_of(workspace, standards, now),
            roles=_roles(workspace, roles, now),
            people=tuple(dict.fromkeys(person.id for person in people)),
            first_after_days=_count(first_after_days, 0, LONGEST_WAIT, "days until it is first due"),
            again_after_months=_count(again_after_months, 0, RAREST, "months from one time to the next"),
            minutes=_count(minutes, 0, 1440, "minutes"),
            material=wording.one_line(wording.storable(material)),
            scenarios=tuple(scenario.id for scenario in scenarios),
            order=after_the_last(workspace, Course),
        )
        workspace.save(course, deed=deeds.COURSE_ADDED, now=now)
        return course


def edit_course(
    workspace: Workspace,
    course: Course,
    now: datetime,
    *,
    title: str | None = None,
    kind: str | None = None,
    standards: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
    people: Sequence[Person] | None = None,
    first_after_days: int | None = None,
    again_after_months: int | None = None,
    minutes: int | None = None,
    material: str | None = None,
    since: date | None = None,
    order: int | None = None,
) -> Course:
    """Change a course; None leaves a part as it is. What was recorded keeps the title of its time.

    since: the day from which it is asked. order: its new place from 0; the others make room.
    """
    with workspace.batch(deeds.COURSE_EDITED, now):
        changes: dict[str, object] = {}
        if title is not None:
            _check_title(workspace, title, course)
            changes["title"] = line_of(title, "The course needs a title.")
        if kind is not None:
            changes["kind"] = _kind(kind)
        if standards is not None:
            changes["standards"] = tags_of(workspace, standards, now)
        if roles is not None:
            changes["roles"] = _roles(workspace, roles, now)
        if people is not None:
            changes["people"] = tuple(dict.fromkeys(person.id for person in people))
        if first_after_days is not None:
            changes["first_after_days"] = _count(first_after_days, 0, LONGEST_WAIT, "days until it is first due")
        if again_after_months is not None:
            changes["again_after_months"] = _count(again_after_months, 0, RAREST, "months from one time to the next")
        if minutes is not None:
            changes["minutes"] = _count(minutes, 0, 1440, "minutes")
        if material is not None:
            changes["material"] = wording.one_line(wording.storable(material))
        if since is not None:
            changes["at"] = datetime.combine(since, time(12), tzinfo=now.tzinfo)
        return saved(workspace, course, changes, order, now)


def retire_course(workspace: Workspace, course: Course, now: datetime) -> Course:
    """Stop asking for a course from today on."""
    return retire(workspace, course, now)


def _check_title(workspace: Workspace, title: str, itself: Course | None = None) -> None:
    wanted = fold(wording.one_line(title))
    for course in courses_of(workspace):
        if fold(course.title) == wanted and course.retired is None and (itself is None or course.id != itself.id):
            raise Refused(f"There is already a course called “{course.title}”.", "Give this one another title.")


def _kind(text: str) -> CourseKind:
    for kind in get_args(CourseKind):
        if kind == text:
            known: CourseKind = kind
            return known
    raise Refused(
        f"A course can't be “{wording.shortened(text, 30)}”.", f"Choose one of {wording.listed(get_args(CourseKind))}."
    )


def _roles(workspace: Workspace, roles: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Roles as people on the team have them. NotFound for one that nobody has."""
    there = {fold(person.role): person.role for person in roster_of(workspace, now.date()).everyone if person.role}
    for role in roles:
        if fold(role.strip()) not in there:
            known = wording.listed(sorted(there.values())) if there else "none so far"
            raise NotFound(f"Nobody has the role “{wording.shortened(role, 40)}”.", f"There are {known}.")
    return tuple(dict.fromkeys(there[fold(role.strip())] for role in roles))


def _count(number: int, least: int, most: int, what: str) -> int:
    if not least <= number <= most:
        raise Refused(f"{number} {what} can't be saved.", f"Give {least} to {most}.")
    return number


def ready_made() -> tuple[StarterCourse, ...]:
    """The courses that come with the product."""
    from meetingtool.importers.courses import read_courses  # needed once in the life of a team
    from meetingtool.importers.shipped import shipped

    path = shipped("starter") / "courses.toml"
    return read_courses(path.read_text(encoding="utf-8"), path.name)


def take_up(workspace: Workspace, now: datetime, *, since: date | None = None) -> list[Course]:
    """Add the courses that come with the product, except those whose titles exist already, in one step.

    Their standards and role-plays are those of the team that have the same tags and titles.
    """
    with workspace.batch(deeds.COURSES_TAKEN_UP, now):
        titles = {fold(course.title) for course in courses_of(workspace)}
        tags = {standard.tag for standard in roster_of(workspace, now.date()).standards}
        plays = {fold(scenario.title): scenario for scenario in workspace.find(Scenario)}
        added = []
        for ready in ready_made():
            if fold(ready.title) in titles:
                continue
            course = add_course(
                workspace,
                ready.title,
                now,
                kind=ready.kind,
                standards=[tag for tag in ready.standards if tag in tags],
                first_after_days=ready.first_after_days,
                again_after_months=ready.again_after_months,
                minutes=ready.minutes,
                material=ready.material,
                scenarios=[plays[fold(title)] for title in ready.scenarios if fold(title) in plays],
                since=since,
            )
            added.append(course)
        return added
