"""Starting a meeting, moving through its agenda, closing it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.meeting import meetings
from meetingtool.actions.reading import meeting_now
from meetingtool.actions.settings import change_setting
from meetingtool.errors import NotFound, Refused
from meetingtool.records.meetings import Agenda, Attendance, Meeting, Segment
from meetingtool.records.people import Person
from meetingtool.records.playbook import Question
from meetingtool.records.standards import Standard
from meetingtool.rules.meeting import meeting_time
from meetingtool.rules.settings import setting_named
from meetingtool.store import Workspace

WEEK = timedelta(days=7)


def hold(workspace: Workspace, now: datetime) -> Meeting:
    """A meeting that is started and closed again a quarter of an hour later."""
    return meetings.close_meeting(workspace, meetings.start_meeting(workspace, now), now + timedelta(minutes=15))


def test_a_meeting_starts_with_the_agenda_and_everyone_on_the_team_here(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    assert [segment.topic for segment in begun.segments] == [
        "standard", "follow-ups", "wins", "stickies", "customers", "question", "thanks",
    ]  # fmt: skip
    team = {person.id for person in workspace.find(Person) if person.on_team(now.date())}
    assert {entry.person for entry in begun.attendance} == team
    assert {entry.presence for entry in begun.attendance} == {"here"}
    assert (begun.state, begun.segment, begun.segment_since) == ("running", 0, now)


def test_the_standard_and_the_question_take_turns(workspace: Workspace, now: datetime) -> None:
    held = [hold(workspace, now + week * WEEK) for week in range(9)]
    standards = sorted(workspace.find(Standard), key=lambda standard: standard.order)
    assert [meeting.standard for meeting in held] == [standard.id for standard in [*standards, standards[0]]]
    questions = {question.id: question.audience for question in workspace.find(Question)}
    assert len({meeting.question for meeting in held}) == 9
    assert [questions[meeting.question or ""] for meeting in held[:4]] == ["team", "service", "company", "improvement"]


def test_a_second_meeting_is_refused_while_one_is_open(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    with pytest.raises(Refused, match="The meeting of Tue 24 Nov is still open"):
        meetings.start_meeting(workspace, now + WEEK)
    meetings.suspend(workspace, begun, now + timedelta(minutes=5))
    with pytest.raises(Refused, match="still open"):
        meetings.start_meeting(workspace, now + WEEK)


def test_a_meeting_written_up_later_has_no_running_clock(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now, on=date(2026, 11, 17))
    assert begun.at.date() == date(2026, 11, 17)
    assert begun.segment_since is None
    assert meeting_time.elapsed(begun, now) == 0


def test_only_a_meeting_with_a_segment_for_it_uses_up_a_role_play(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    assert (begun.scenario, begun.standard is None, begun.question is None) == (None, False, False)
    meetings.close_meeting(workspace, begun, now)
    agenda = meetings.agenda_of(workspace)
    more = msgspec.structs.replace(
        agenda,
        version=agenda.version + 1,
        segments=(*agenda.segments, Segment(title="Role-play", topic="role-play", seconds=60)),
    )
    workspace.save(more, deed="changed the agenda", now=now)
    assert meetings.start_meeting(workspace, now + WEEK).scenario is not None


def test_a_meeting_to_come_can_not_be_started(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        meetings.start_meeting(workspace, now, on=date(2026, 11, 25))


def test_the_clock_counts_each_segment_and_stands_still_in_a_pause(workspace: Workspace, now: datetime) -> None:
    running = meetings.start_meeting(workspace, now)
    second = meetings.go_to_segment(workspace, running, 1, now + timedelta(seconds=90))
    paused = meetings.pause(workspace, second, now + timedelta(seconds=100))
    resumed = meetings.resume(workspace, paused, now + timedelta(seconds=400))
    back = meetings.go_to_segment(workspace, resumed, 0, now + timedelta(seconds=420))
    assert back.spent[:2] == (90, 30)
    assert meeting_time.segment_spent(back, 0, now + timedelta(seconds=425)) == 95
    assert meeting_time.elapsed(back, now + timedelta(seconds=425)) == 125


@pytest.mark.parametrize("index", [-1, 7])
def test_the_agenda_has_no_other_segments(workspace: Workspace, now: datetime, index: int) -> None:
    with pytest.raises(Refused, match="no such segment"):
        meetings.go_to_segment(workspace, meetings.start_meeting(workspace, now), index, now)


def test_time_is_given_to_the_running_segment_and_never_all_taken(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    planned = begun.segments[0].seconds
    assert meetings.give_time(workspace, begun, 60, now).segments[0].seconds == planned + 60
    latest = workspace.get(Meeting, begun.id)
    assert meetings.give_time(workspace, latest, -10_000, now).segments[0].seconds == 30
    assert workspace.find(Agenda)[0].segments[0].seconds == planned


def test_presence_keeps_the_order_and_takes_in_a_guest(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    second = begun.attendance[1].person
    late = meetings.set_presence(workspace, begun, second, "late", now)
    assert [entry.person for entry in late.attendance] == [entry.person for entry in begun.attendance]
    assert late.attendance[1] == Attendance(second, "late")
    sam = workspace.find(Person, handle="sam")[0].id
    assert meetings.set_presence(workspace, late, sam, "here", now).attendance[-1] == Attendance(sam, "here")


def test_closing_keeps_what_the_team_thought_and_when_it_meets_again(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    end = now + timedelta(minutes=16)
    closed = meetings.close_meeting(workspace, begun, end, team_rating=[8, 10], notes=" Good \n", next_at=now + WEEK)
    assert (closed.state, closed.closed_at, closed.team_rating, closed.notes) == ("closed", end, (8, 10), "Good")
    assert closed.segment_since is None
    assert sum(closed.spent) == 16 * 60
    assert meetings.open_meeting(workspace, end) is None


@pytest.mark.parametrize("rating", [0, 11, -1])
def test_a_rating_of_the_meeting_off_the_scale_is_refused_and_the_meeting_stays_open(
    workspace: Workspace, now: datetime, rating: int
) -> None:
    begun = meetings.start_meeting(workspace, now)
    with pytest.raises(Refused, match="isn't a rating of a meeting"):
        meetings.close_meeting(workspace, begun, now, team_rating=[8, rating])
    assert meetings.open_meeting(workspace, now) == begun


def test_a_closed_meeting_does_not_run_again_but_its_notes_can_be_corrected(
    workspace: Workspace, now: datetime
) -> None:
    closed = hold(workspace, now)
    for deed in (meetings.pause, meetings.resume, meetings.suspend, meetings.close_meeting):
        with pytest.raises(Refused, match="is closed"):
            deed(workspace, closed, now)
    meetings.write_notes(workspace, closed, "The van is back.", now + timedelta(hours=1))
    assert workspace.deeds(1)[0].what == "meeting.corrected"


def test_an_answer_needs_words_and_is_added_to_the_others(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    first = meetings.write_answer(workspace, begun, "A kettle for customers", now)
    assert meetings.write_answer(workspace, first, " Longer hours ", now).answers == (
        "A kettle for customers",
        "Longer hours",
    )
    with pytest.raises(Refused, match="The answer is empty"):
        meetings.write_answer(workspace, first, " \n", now)


def test_the_meeting_that_runs_is_the_one_in_which_things_are_told_also_over_midnight(
    workspace: Workspace, now: datetime
) -> None:
    assert meeting_now(workspace, now) is None
    begun = meetings.start_meeting(workspace, now)
    assert meeting_now(workspace, now + timedelta(minutes=1)) == begun
    assert meeting_now(workspace, now + timedelta(days=1)) == begun
    meetings.suspend(workspace, begun, now + timedelta(minutes=2))
    assert meeting_now(workspace, now + timedelta(minutes=3)) is None


def test_the_clock_is_no_step_to_undo(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    noted = meetings.write_notes(workspace, begun, "Cold in here", now)
    meetings.go_to_segment(workspace, noted, 1, now + timedelta(minutes=1))
    assert undo(workspace, now).what == "meeting.notes-written"
    after = workspace.get(Meeting, begun.id)
    assert (after.notes, after.segment) == ("", 1)


def test_undoing_the_start_takes_the_meeting_away(workspace: Workspace, now: datetime) -> None:
    meetings.start_meeting(workspace, now)
    undo(workspace, now)
    assert meetings.open_meeting(workspace, now) is None
    assert meetings.start_meeting(workspace, now).state == "running"


def test_a_workspace_without_an_agenda_says_so(workspace: Workspace, now: datetime) -> None:
    gone = msgspec.structs.replace(workspace.find(Agenda)[0], version=2, removed_at=now)
    workspace.save(gone, deed="record.removed", now=now)
    with pytest.raises(NotFound, match="There is no agenda"):
        meetings.start_meeting(workspace, now)


def test_minutes_on_paper_become_a_closed_meeting(workspace: Workspace, now: datetime) -> None:
    segments = workspace.find(Agenda)[0].segments
    held = meetings.write_up(
        workspace,
        now - WEEK,
        now,
        segments=segments,
        attendance=(),
        standard=None,
        question=None,
        team_rating=[9],
    )
    long = timedelta(seconds=sum(segment.seconds for segment in segments))
    assert (held.state, held.closed_at) == ("closed", now - WEEK + long)
    assert meetings.open_meeting(workspace, now) is None


def test_a_meeting_that_was_left_open_for_months_is_closed_with_the_end_one_says(
    workspace: Workspace, now: datetime
) -> None:
    begun = meetings.start_meeting(workspace, now)
    later = now + timedelta(days=70)
    assert meetings.open_meeting(workspace, later) == begun
    with pytest.raises(Refused, match="was never stopped"):
        meetings.close_meeting(workspace, begun, later)
    for ended in (now - timedelta(minutes=1), later + timedelta(minutes=1)):
        with pytest.raises(Refused, match="can't have ended on"):
            meetings.close_meeting(workspace, begun, later, ended=ended)
    closed = meetings.close_meeting(workspace, begun, later, ended=now + timedelta(minutes=20))
    assert (closed.state, closed.closed_at, sum(closed.spent)) == ("closed", now + timedelta(minutes=20), 20 * 60)


def test_an_end_of_a_moment_ago_is_taken_too_and_a_clock_that_stood_still_needs_none(
    workspace: Workspace, now: datetime
) -> None:
    begun = meetings.start_meeting(workspace, now)
    closed = meetings.close_meeting(workspace, begun, now + timedelta(hours=1), ended=now + timedelta(minutes=9))
    assert sum(closed.spent) == 9 * 60
    paused = meetings.pause(workspace, meetings.start_meeting(workspace, now + WEEK), now + WEEK)
    assert meetings.close_meeting(workspace, paused, now + 2 * WEEK).state == "closed"


def test_the_next_meeting_is_moved_left_out_and_put_back(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    with pytest.raises(Refused, match="A meeting is open"):
        meetings.move_next(workspace, now, now + WEEK)
    meetings.close_meeting(workspace, begun, now)
    thursday = now + timedelta(days=9, hours=5)
    assert meetings.move_next(workspace, now, thursday) == thursday == Desk(workspace, lambda: now).next_meeting_at()
    [usual] = [now.replace(hour=9, minute=0) + WEEK]
    assert meetings.skip_next(workspace, now) == usual + WEEK
    assert meetings.skip_next(workspace, now) == usual + 2 * WEEK
    undo(workspace, now)
    assert Desk(workspace, lambda: now).next_meeting_at() == usual + WEEK
    assert meetings.move_next(workspace, now, None) == usual
    with pytest.raises(Refused, match="that is in the past"):
        meetings.move_next(workspace, now, now - WEEK)


def test_the_first_meeting_is_moved_left_out_and_put_back_before_it_was_held(
    workspace: Workspace, now: datetime
) -> None:
    def planned(at: datetime) -> datetime:
        return Desk(workspace, lambda: at).next_meeting_at()

    usual, thursday = planned(now), now + timedelta(days=9, hours=5)
    assert meetings.move_next(workspace, now, thursday) == thursday == planned(now)
    assert meetings.skip_next(workspace, now) == usual + 2 * WEEK == planned(now)
    assert meetings.skip_next(workspace, now) == usual + 3 * WEEK
    undo(workspace, now)
    assert planned(now) == usual + 2 * WEEK
    assert meetings.move_next(workspace, now, None) == usual == planned(now)
    meetings.move_next(workspace, now, thursday)
    assert planned(thursday + timedelta(days=1)) == usual + 2 * WEEK, "over, and nobody came"
    meetings.close_meeting(workspace, meetings.start_meeting(workspace, now), now)
    assert planned(now) == usual + WEEK, "what was held says what comes next"


def test_another_day_and_hour_of_the_team_move_the_next_meeting_that_was_agreed_for_the_usual_ones(
    workspace: Workspace, now: datetime
) -> None:
    def planned() -> datetime:
        return Desk(workspace, lambda: now).next_meeting_at()

    def change(name: str, typed: str) -> None:
        change_setting(workspace, setting_named(name), typed, now)

    usual = now.replace(hour=9, minute=0) + WEEK
    meetings.move_next(workspace, now, usual)
    change("time", "10:30")
    assert planned() == usual + timedelta(minutes=90), "before any was held, too"
    undo(workspace, now)
    assert planned() == usual
    meetings.close_meeting(workspace, meetings.start_meeting(workspace, now), now, next_at=usual)
    change("time", "10:30")
    change("day", "thu")
    assert planned() == usual + timedelta(days=2, minutes=90)
    undo(workspace, now)
    assert planned() == usual + timedelta(minutes=90), "the setting and the meeting are undone together"
    meetings.move_next(workspace, now, holiday := usual + timedelta(days=3))
    change("time", "08:00")
    assert planned() == holiday, "chosen by hand"


def test_the_next_meeting_is_not_in_the_past(workspace: Workspace, now: datetime) -> None:
    begun = meetings.start_meeting(workspace, now)
    with pytest.raises(Refused, match="that is in the past"):
        meetings.close_meeting(workspace, begun, now, next_at=now - timedelta(days=1))


def test_two_programs_start_one_meeting(workspace: Workspace, folder: Path, now: datetime) -> None:
    with Workspace.open(folder) as other:
        assert meetings.open_meeting(other, now) is None
        meetings.start_meeting(workspace, now)
        with pytest.raises(Refused, match="still open"):
            meetings.start_meeting(other, now)
