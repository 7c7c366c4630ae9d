"""Recording trainings, excuses and new dates; and the part of the score that they make."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.meeting import meetings
from meetingtool.actions.needs import needs
from meetingtool.actions.people.scores import scores_of
from meetingtool.actions.playbook import training
from meetingtool.actions.playbook.courses import add_course, course_named, courses_of, edit_course, ready_made, take_up
from meetingtool.actions.playbook.training import Took, record_session
from meetingtool.actions.playbook.training_grid import grid_of, needed
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.actions.settings import change_settings
from meetingtool.errors import InRoom, NotFound, Refused, Unclear
from meetingtool.importers.courses import read_courses
from meetingtool.records.meetings import Meeting, Segment
from meetingtool.records.people import Person
from meetingtool.records.playbook import Scenario
from meetingtool.records.training import Course, Session
from meetingtool.rules.areas import TRAINING
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.evidence import gather_all
from meetingtool.rules.people.periods import period_of
from meetingtool.rules.people.score_inputs import Training
from meetingtool.rules.playbook.training import cell_text
from meetingtool.store import Workspace

YEAR = period_of(2026)


def person(workspace: Workspace, now: datetime, handle: str) -> Person:
    return person_named(roster_of(workspace, now.date()), f"@{handle}")


@pytest.fixture
def course(workspace: Workspace, now: datetime) -> Course:
    """Due for everybody on the team on Wed 4 Feb, again every six months."""
    return add_course(workspace, "When somebody complains", now, since=date(2026, 1, 5))


def training_part(workspace: Workspace, who: Person, today: date) -> tuple[float | None, str]:
    (scored,) = scores_of(workspace, [who], YEAR, today)
    part = scored.score.part("training")
    return part.value, part.basis


def test_the_courses_that_ship_are_sound_and_taken_up_once(workspace: Workspace, now: datetime) -> None:
    tags = {standard.tag for standard in roster_of(workspace, now.date()).standards}
    plays = {scenario.title for scenario in workspace.find(Scenario)}
    assert len(ready_made()) == 6
    for ready in ready_made():
        assert set(ready.standards) <= tags
        assert len(ready.scenarios) == 3
        assert set(ready.scenarios) <= plays, ready.title
    assert len(take_up(workspace, now)) == 6
    assert take_up(workspace, now) == []
    assert all(len(course.scenarios) == 3 for course in courses_of(workspace))
    undo(workspace, now)
    assert courses_of(workspace) == []


def test_a_course_file_that_was_changed_wrongly_says_where() -> None:
    table = (
        '[[course]]\ntitle = "A"\nkind = "talk"\nstandards = ["x"]\nfirst_after_days = 1\nagain_after_months = 0\n'
        'minutes = 5\nmaterial = "m"\nscenarios = ["s"]\n'
    )
    with pytest.raises(Unclear, match=r"line 3.*“talk”"):
        read_courses(table, "courses.toml")
    with pytest.raises(Refused, match=r"line 5.*whole number as first_after_days"):
        read_courses(table.replace("talk", "session").replace("_days = 1", "_days = -1"), "courses.toml")


def test_a_course_is_found_by_title_beginning_part_and_reference(
    workspace: Workspace, now: datetime, course: Course
) -> None:
    angry = add_course(workspace, "When somebody is angry", now)
    assert course_named(workspace, "WHEN somebody  complains") == course
    assert course_named(workspace, "complains") == course
    assert course_named(workspace, angry.ref.lower()) == angry
    with pytest.raises(Unclear, match="could be “When somebody complains”"):
        course_named(workspace, "when")
    with pytest.raises(NotFound, match="“When somebody is angry”"):
        course_named(workspace, "juggling")


def test_what_makes_no_sense_of_a_course_is_refused(workspace: Workspace, now: datetime, course: Course) -> None:
    with pytest.raises(Refused, match="already"):
        add_course(workspace, "when SOMEBODY complains", now)
    with pytest.raises(Refused, match="needs a title"):
        add_course(workspace, " ", now)
    with pytest.raises(NotFound, match=r"Nobody has the role “Pilot”.*Workshop"):
        add_course(workspace, "Flying", now, roles=["Pilot"])
    with pytest.raises(Refused, match="-1 days"):
        edit_course(workspace, course, now, first_after_days=-1)
    assert edit_course(workspace, course, now, roles=["workshop"]).roles == ("Workshop",)


def test_a_session_settles_what_is_due_and_the_grid_and_the_score_say_so(
    workspace: Workspace, now: datetime, course: Course
) -> None:
    maria, tom = person(workspace, now, "maria"), person(workspace, now, "tom")
    assert training_part(workspace, maria, date(2026, 2, 4)) == (None, "")
    assert training_part(workspace, maria, date(2026, 2, 5)) == (0, "0 of 1 done")
    done = record_session(workspace, course, [Took(maria), Took(tom, "absent")], now, on=date(2026, 2, 2))
    assert (done.private, done.held, done.minutes) == (True, True, 30)
    assert training_part(workspace, maria, now.date()) == (50, "1 of 2 done")
    assert training_part(workspace, tom, now.date()) == (0, "0 of 1 done")
    record_session(workspace, course, [Took(maria)], now, on=date(2026, 9, 1))
    assert training_part(workspace, maria, now.date()) == (100, "2 of 2 done, 1 late")
    desk = Desk(workspace, lambda: now)
    grid = grid_of(desk)
    assert {p.handle: cell_text(grid.of(p, course), now.date()) for p in grid.people} == {
        "maria": "✓ Sep",
        "tom": "! Feb",
        "zoe": "! Feb",
        "karim": "! Jul",
    }
    assert (grid.done, grid.asked, grid.over) == (1, 4, 3)
    assert [one.person.handle for one in needed(desk)] == ["tom", "zoe", "karim"]
    with pytest.raises(InRoom):
        grid_of(Desk(workspace, lambda: now, room=True))
    change_settings(workspace, now, off=(TRAINING,))
    assert training_part(workspace, tom, now.date()) == (None, "")  # nobody sees what falls due: it counts for nothing


def test_what_was_still_open_when_a_year_began_is_asked_in_it(workspace: Workspace, now: datetime) -> None:
    course = add_course(workspace, "First aid", now, since=date(2025, 1, 5), again_after_months=0)
    maria = person(workspace, now, "maria")
    assert training_part(workspace, maria, now.date()) == (0, "0 of 1 done")
    record_session(workspace, course, [Took(maria)], now, on=date(2026, 1, 2))
    assert training_part(workspace, maria, now.date()) == (100, "1 of 1 done, 1 late")
    (before,) = scores_of(workspace, [maria], period_of(2025), now.date())
    assert before.score.part("training").value == 0


def test_people_of_one_course_have_each_their_own_date_and_what_is_due_today_is_not_missed(
    workspace: Workspace, now: datetime
) -> None:
    course = add_course(workspace, "First aid", now, since=date(2026, 1, 5), again_after_months=0)
    maria = person(workspace, now, "maria")
    training.move_due(workspace, course, maria, now.date(), now, why="full house")
    shown = [one for one in needs(Desk(workspace, lambda: now)) if one.kind == "training"]
    *others, hers = [(one.when, one.over, "Maria" in one.beside) for one in shown]
    assert hers == ("today", False, True)
    assert others
    assert all(over and not named for _, over, named in others)
    assert training_part(workspace, maria, now.date()) == (None, "")
    record_session(workspace, course, [Took(maria)], now)
    assert training_part(workspace, maria, now.date()) == (100, "1 of 1 done")


def test_an_excuse_takes_a_date_out_and_a_new_one_keeps_both(
    workspace: Workspace, now: datetime, course: Course
) -> None:
    maria, zoe = person(workspace, now, "maria"), person(workspace, now, "zoe")
    with pytest.raises(Refused, match="needs a reason"):
        training.excuse(workspace, course, maria, " ", now)
    training.excuse(workspace, course, maria, "gave it herself", now)
    assert training_part(workspace, maria, now.date()) == (0, "0 of 1 done")
    training.excuse(workspace, course, maria, "and again", now)
    assert training_part(workspace, maria, now.date()) == (None, "")
    training.move_due(workspace, course, zoe, date(2026, 12, 1), now, why="full house")
    assert training_part(workspace, zoe, now.date()) == (None, "")
    (due,) = training.dues_now(workspace, course, zoe)
    assert (due.first, due.due, due.why) == (date(2026, 2, 4), date(2026, 12, 1), "full house")
    with pytest.raises(Refused, match="is in the past"):
        training.move_due(workspace, course, zoe, date(2026, 11, 23), now)
    undo(workspace, now)
    assert training.dues_now(workspace, course, zoe)[0].due == date(2026, 2, 4)


def test_a_leave_excuses_from_every_course(workspace: Workspace, now: datetime, course: Course) -> None:
    karim = person(workspace, now, "karim")
    training.excuse_for_leave(workspace, karim, date(2026, 6, 15), date(2026, 10, 31), "a child", now)
    assert training_part(workspace, karim, now.date()) == (None, "")
    assert training.dues_now(workspace, course, karim)[-1].due == date(2026, 12, 1)
    with pytest.raises(Refused, match="before the beginning"):
        training.excuse_for_leave(workspace, karim, date(2026, 6, 15), date(2026, 6, 1), "a child", now)


def test_a_session_needs_people_who_were_there_and_can_be_corrected(
    workspace: Workspace, now: datetime, course: Course
) -> None:
    maria, sam = person(workspace, now, "maria"), person(workspace, now, "sam")
    with pytest.raises(Refused, match="Nobody was named"):
        record_session(workspace, course, [], now)
    with pytest.raises(Refused, match="Sam Bell was not on the team"):
        record_session(workspace, course, [Took(sam)], now)
    with pytest.raises(Refused, match="named twice"):
        record_session(workspace, course, [Took(maria), Took(maria, "part")], now)
    with pytest.raises(Refused, match="why is Maria Lopez excused"):
        record_session(workspace, course, [Took(maria, "excused")], now)
    session = record_session(workspace, course, [Took(maria, "excused", "on the phone")], now)
    assert session.people[0].due == date(2026, 2, 4)
    changed = training.edit_session(workspace, session, now, took=[Took(maria)], noticed="Much laughter")
    assert ([part.how for part in changed.people], changed.noticed) == (["done"], "Much laughter")
    assert workspace.get(Session, session.id) == changed


DAY = st.dates(date(2025, 10, 1), date(2027, 2, 1))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(DAY, st.none() | DAY, st.booleans()), max_size=6),
    DAY,
    st.none() | DAY,
    st.booleans(),
)
def test_what_is_excused_or_not_due_yet_never_lowers_training(
    asked: list[tuple[date, date | None, bool]], due: date, done: date | None, excused: bool
) -> None:
    today = date(2026, 9, 1)

    def share(trainings: list[Training]) -> float | None:
        found = gather_all(
            ["p"], YEAR, ratings=[], standards=[], stories=[], follow_ups=[], trainings=trainings, today=today
        )["p"].training
        return found.done / found.due if found.due else None

    known = [Training(f"t{n}", "p", *one) for n, one in enumerate(asked)]
    more = Training("more", "p", due if excused else max(due, date(2026, 9, 2)), done, excused)
    assert share([*known, more]) == share(known)


def test_a_role_play_of_a_meeting_is_a_session_by_itself(workspace: Workspace, now: datetime) -> None:
    course = next(c for c in take_up(workspace, now, since=date(2026, 1, 5)) if c.kind == "role-play")
    maria, tom = person(workspace, now, "maria"), person(workspace, now, "tom")
    segments = (Segment(title="Wins", topic="wins", seconds=240), Segment(title="Play", topic="role-play", seconds=300))
    agenda = msgspec.structs.replace(meetings.agenda_of(workspace), version=2, segments=segments)
    workspace.save(agenda, deed=deeds.AGENDA_CHANGED, now=now)
    meeting = meetings.start_meeting(workspace, now)
    meeting = msgspec.structs.replace(meeting, version=2, scenario=course.scenarios[0])
    workspace.save(meeting, deed=deeds.QUIET, now=now)
    meeting = meetings.set_presence(workspace, meeting, tom.id, "absent", now)
    meeting = meetings.go_to_segment(workspace, meeting, 1, now)
    meetings.close_meeting(workspace, meeting, now + timedelta(seconds=20))
    assert workspace.find(Session) == [], "it was left at once"
    undo(workspace, now + timedelta(seconds=21))
    meeting = workspace.get(Meeting, meeting.id)
    later = now + timedelta(minutes=5)
    meeting = meetings.close_meeting(workspace, meeting, later)
    (session,) = workspace.find(Session)
    assert (session.course, session.minutes, session.meeting) == (course.id, 5, meeting.id)
    assert {part.person: part.how for part in session.people}[tom.id] == "absent"
    assert training.dues_now(workspace, course, maria)[0].done == now.date()
    meetings.set_presence(workspace, meeting, tom.id, "late", later)
    assert training.dues_now(workspace, course, tom)[0].done == now.date()
    undo(workspace, later)
    undo(workspace, later)
    assert workspace.find(Session) == []
    assert workspace.get(Meeting, meeting.id).state == "running"
