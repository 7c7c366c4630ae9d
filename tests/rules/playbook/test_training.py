"""When trainings are due, against a calendar that is walked day by day."""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from meetingtool.records.people import Person
from meetingtool.records.training import Course, Part, Session
from meetingtool.rules.people.periods import months_after
from meetingtool.rules.playbook.training import Due, asked_of, dues_of, steps_of

HISTORIES = int(os.environ.get("HISTORIES", "400"))
"""How many random histories are compared; 10,000 for a long run."""


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def course(began: date = date(2025, 1, 1), **fields: Any) -> Course:
    at = moment(began)
    return Course(id="c", at=at, made_at=at, made_by="pat", title="The standards", **fields)


def person(**fields: Any) -> Person:
    at = moment(date(2025, 1, 1))
    return Person(id="p", at=at, made_at=at, made_by="pat", handle="ada", name="Ada", **fields)


def session(number: int, day: date, part: Part, about: str = "c") -> Session:
    at = moment(day)
    return Session(id=f"s{number:03}", at=at, made_at=at, made_by="pat", course=about, title="", people=(part,))


def did(number: int, day: date, how: Any = "done", **fields: Any) -> Session:
    return session(number, day, Part("p", how, **fields))


def dues(course: Course, person: Person, *sessions: Session) -> list[Due]:
    return dues_of(course, person, steps_of(sessions))


def shown(found: list[Due]) -> list[tuple[date, date | None, bool]]:
    return [(due.due, due.done, due.excused) for due in found]


def test_the_first_date_follows_the_later_of_the_course_and_the_first_day_on_the_team() -> None:
    assert [due.due for due in dues(course(), person(started=date(2019, 1, 1)))] == [date(2025, 1, 31)]
    assert [due.due for due in dues(course(), person(started=date(2025, 12, 20)))] == [date(2026, 1, 19)]
    assert [due.due for due in dues(course(), person())] == [date(2025, 1, 31)]


def test_done_settles_up_to_sixty_days_early_or_any_time_late_and_the_next_counts_from_there() -> None:
    due = course(first_after_days=90)
    early, too_early = date(2025, 4, 1) - timedelta(days=60), date(2025, 4, 1) - timedelta(days=61)
    assert shown(dues(due, person(), did(1, too_early))) == [(date(2025, 4, 1), None, False)]
    assert shown(dues(due, person(), did(1, early)))[1:] == [(date(2025, 7, 31), None, False)]
    late = dues(due, person(), did(1, date(2025, 8, 31)))
    assert shown(late) == [(date(2025, 4, 1), date(2025, 8, 31), False), (date(2026, 2, 28), None, False)]
    assert late[0].days_late == 152
    assert shown(dues(course(again_after_months=0), person(), did(1, date(2025, 1, 9)))) == [
        (date(2025, 1, 31), date(2025, 1, 9), False)
    ]


def test_what_was_done_before_the_first_day_on_the_team_counts_as_done_while_it_holds() -> None:
    late = person(started=date(2026, 9, 1))
    once = course(again_after_months=0)
    assert shown(dues(once, late, did(1, date(2025, 2, 1)))) == [(date(2026, 10, 1), date(2025, 2, 1), False)]
    done = did(1, date(2026, 4, 1))
    assert shown(dues(course(), late, done)) == [
        (date(2026, 10, 1), date(2026, 4, 1), False),
        (date(2026, 10, 1), None, False),
    ]
    assert shown(dues(course(), late, did(1, date(2025, 9, 1)))) == [(date(2026, 10, 1), None, False)]


def test_part_of_it_and_being_absent_settle_nothing() -> None:
    found = dues(course(), person(), did(1, date(2025, 1, 20), "part"), did(2, date(2025, 1, 21), "absent"))
    assert shown(found) == [(date(2025, 1, 31), None, False)]


def test_an_excused_date_is_asked_no_more_and_one_agreed_anew_keeps_the_former_one() -> None:
    excused = did(1, date(2025, 1, 10), "excused", due=date(2025, 1, 31), why="on a course of her own")
    assert shown(dues(course(), person(), excused)) == [
        (date(2025, 1, 31), None, True),
        (date(2025, 7, 31), None, False),
    ]
    moved = did(1, date(2025, 1, 10), "moved", due=date(2025, 1, 31), to=date(2025, 3, 15), why="full house")
    (due,) = dues(course(), person(), moved)
    assert (due.first, due.due, due.why) == (date(2025, 1, 31), date(2025, 3, 15), "full house")


def test_a_leave_takes_away_what_falls_into_it_and_its_end_is_a_new_beginning() -> None:
    leave = session(1, date(2025, 1, 15), Part("p", "excused", "a child", to=date(2025, 9, 30)), about="")
    assert shown(dues(course(), person(), leave)) == [
        (date(2025, 1, 31), None, True),
        (date(2025, 10, 31), None, False),
    ]
    during = dues(course(), person(), leave, did(2, date(2025, 2, 3)))
    assert shown(during)[0] == (date(2025, 1, 31), date(2025, 2, 3), False)
    for_good = session(1, date(2025, 1, 15), Part("p", "excused", "night shift only"))
    assert shown(dues(course(), person(), for_good)) == [(date(2025, 1, 31), None, True)]


def test_nothing_is_asked_after_the_last_day_or_from_the_day_a_course_is_retired() -> None:
    assert dues(course(), person(left=date(2025, 1, 30))) == []
    assert len(dues(course(), person(left=date(2025, 1, 31)))) == 1
    assert dues(course(retired=date(2025, 1, 31)), person()) == []


def test_a_course_is_for_everybody_for_some_or_for_those_who_join() -> None:
    ada = person(role="Workshop", started=date(2024, 5, 1))
    assert asked_of(course(), ada)
    assert asked_of(course(roles=("workshop",)), ada)
    assert not asked_of(course(roles=("delivery",)), ada)
    assert asked_of(course(roles=("delivery",), people=("p",)), ada)
    assert not asked_of(course(kind="starting"), ada)
    assert asked_of(course(kind="starting"), person(started=date(2025, 1, 1)))


def walked(course: Course, person: Person, sessions: list[Session]) -> list[tuple[date, date | None, bool]]:
    """The same dates by a calendar: one day after the other, with what happened on each."""
    parts = [(s.at.date(), s.id, s.people[0]) for s in sorted(sessions, key=lambda s: (s.at, s.id))]
    leaves = [(day, part.to or date(2100, 1, 1)) for day, _, part in parts if part.how == "excused" and not part.due]
    moves = [part for _, _, part in parts if part.how == "moved"]
    events = [(part.due or day, id, part.how) for day, id, part in parts if part.how == "done" or part.due]
    events = sorted(event for event in events if event[2] in ("done", "excused"))
    brought = None
    if person.started and person.started > course.at.date():
        earlier = [event for event in events if event[2] == "done" and event[0] < person.started]
        again = course.again_after_months
        if earlier and (not again or months_after(earlier[-1][0], again) > person.started):
            brought = earlier[-1]
            events = events[events.index(brought) :]
    found: list[tuple[date, date | None, bool]] = []
    due: date | None = max(course.at.date(), person.started or date.min) + timedelta(days=course.first_after_days)
    day = date(2023, 1, 1)
    fresh = True
    while due is not None and day < date(2036, 1, 1):
        if fresh:
            while any(part.due == due for part in moves):
                part = next(part for part in moves if part.due == due)
                moves.remove(part)
                assert part.to is not None
                due = part.to
            if (person.left and due > person.left) or (course.retired and due >= course.retired):
                return found
            fresh = False
        ends = [end for start, end in leaves if start <= due <= end]
        if ends and day > max(ends):
            found.append((due, None, True))
            due, fresh = max(ends) + timedelta(days=course.first_after_days + 1), True
            continue
        if events and events[0][0] <= day:
            when, id, how = events.pop(0)
            if when >= due - timedelta(days=60) or (when, id, how) == brought:
                found.append((due, when if how == "done" else None, how == "excused"))
                base = when if how == "done" else max(due, when)
                due = months_after(base, course.again_after_months) if course.again_after_months else None
                fresh = True
            continue
        day += timedelta(days=1)
    if due is not None:
        never = any(start <= due and end == date(2100, 1, 1) for start, end in leaves)
        found.append((due, None, never))
    return found


def history(chance: random.Random) -> tuple[Course, Person, list[Session]]:
    """A course, a person and what happened, with many month ends, leap days and joiners in December."""

    def some_day() -> date:
        year, month = chance.choice((2024, 2025, 2026, 2027, 2028)), chance.choice((1, 2, 3, 6, 8, 12, 12))
        return date(year, month, chance.choice((1, 15, 28, 29 if month != 2 or year % 4 == 0 else 28)))

    asked = course(
        some_day(),
        first_after_days=chance.choice((0, 7, 30, 30, 90)),
        again_after_months=chance.choice((0, 1, 6, 6, 12)),
        retired=chance.choice((None, None, None, some_day())),
    )
    who = person(
        started=chance.choice((None, some_day(), date(2025, 12, 20))), left=chance.choice((None, None, some_day()))
    )
    happened: list[Session] = []
    for number in range(chance.randrange(9)):
        known = dues_of(asked, who, steps_of(happened))
        about = known[-1].due if known and chance.random() < 0.7 else some_day()
        near = about + timedelta(days=chance.choice((-200, -61, -60, -30, -1, 0, 1, 45, 300)))
        how = chance.choice(("done", "done", "done", "part", "absent", "excused", "moved", "leave"))
        if how == "leave":
            end = chance.choice((None, near + timedelta(days=chance.choice((0, 90, 400)))))
            part = Part("p", "excused", to=end)
        elif how == "moved":
            part = Part("p", "moved", due=about, to=about + timedelta(days=chance.choice((-20, 10, 200))))
        else:
            part = Part("p", how, due=about if how == "excused" else None)
        happened.append(session(number, near, part, about=chance.choice(("c", "c", ""))))
    return asked, who, happened


def test_due_dates_are_those_of_a_calendar_walked_day_by_day() -> None:
    chance = random.Random(20261129)
    several = 0
    for number in range(HISTORIES):
        asked, who, happened = history(chance)
        found = dues_of(asked, who, steps_of(happened))
        assert shown(found) == walked(asked, who, happened), (number, asked, who, happened)
        several += len(found) > 2
    assert several > HISTORIES / 20
