"""The manager's agendas: adding, moving, timing, skipping once, naming, choosing, and the file."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.meeting import agendas, meetings
from meetingtool.documents.meeting.agenda_toml import agenda_toml
from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.importers.starter import read_agenda
from meetingtool.records.meetings import Agenda, Meeting, Segment, Topic
from meetingtool.store import Workspace

WEEK = timedelta(days=7)


def titles(workspace: Workspace) -> list[str]:
    """The segments of the agenda in use."""
    return [segment.title for segment in meetings.agenda_of(workspace).segments]


def hold(workspace: Workspace, now: datetime) -> Meeting:
    """A meeting that goes through all its segments."""
    meeting = meetings.start_meeting(workspace, now)
    for index in range(1, len(meeting.segments)):
        meeting = meetings.go_to_segment(workspace, meeting, index, now + timedelta(minutes=index))
    return meetings.close_meeting(workspace, meeting, now + timedelta(minutes=30))


def test_segments_are_added_moved_timed_and_dropped(workspace: Workspace, now: datetime) -> None:
    agenda = meetings.agenda_of(workspace)
    made = agendas.segment("Role-play", "role-play", 300, "Two play, one watches.")
    agenda = agendas.put_segment(workspace, agenda, made, now, at=4)
    assert titles(workspace)[3:6] == ["Sticky situations", "Role-play", "What customers say"]
    agenda = agendas.move_segment(workspace, agenda, 4, 0, now)
    assert titles(workspace)[0] == "Role-play"
    agenda = agendas.time_segment(workspace, agenda, 0, 90, now)
    assert agenda.segments[0].seconds == 90
    agendas.drop_segment(workspace, agenda, 5, now)
    assert "What customers say" not in titles(workspace)
    assert len(titles(workspace)) == 7
    undo(workspace, now)
    assert "What customers say" in titles(workspace)


def test_a_segment_skipped_once_is_back_the_week_after(workspace: Workspace, now: datetime) -> None:
    agendas.skip_once(workspace, meetings.agenda_of(workspace), 5, now - timedelta(days=1))
    assert "Question of the week" not in [s.title for s in Desk(workspace, lambda: now).next_segments()]
    assert "Question of the week" not in [s.title for s in hold(workspace, now).segments]
    later = now + WEEK
    assert "Question of the week" in [s.title for s in Desk(workspace, lambda: later).next_segments()]
    assert "Question of the week" in [s.title for s in hold(workspace, later).segments]


def test_skipping_again_takes_it_in_again_and_one_segment_stays(workspace: Workspace, now: datetime) -> None:
    agenda = meetings.agenda_of(workspace)
    for index in range(6):
        agenda = agendas.skip_once(workspace, agenda, index, now)
    with pytest.raises(Refused, match="Nothing would be left"):
        agendas.skip_once(workspace, agenda, 6, now)
    agenda = agendas.skip_once(workspace, agenda, 0, now)
    assert len(Desk(workspace, lambda: now).next_segments()) == 2


def test_a_meeting_started_by_mistake_and_undone_uses_up_no_skipping(workspace: Workspace, now: datetime) -> None:
    agendas.skip_once(workspace, meetings.agenda_of(workspace), 5, now - timedelta(days=1))
    meetings.start_meeting(workspace, now)
    undo(workspace, now)
    assert "Question of the week" not in [s.title for s in meetings.start_meeting(workspace, now).segments]


def test_the_last_segment_is_not_dropped(workspace: Workspace, now: datetime) -> None:
    agenda = agendas.add_agenda(workspace, "Short", [agendas.segment("Wins", "wins", 60)], now)
    with pytest.raises(Refused, match="at least one segment"):
        agendas.drop_segment(workspace, agenda, 0, now)


def test_several_agendas_and_the_one_that_meetings_follow(workspace: Workspace, now: datetime) -> None:
    usual = meetings.agenda_of(workspace)
    short = agendas.add_agenda(workspace, "Short week", usual.segments[2:4], now)
    assert meetings.agenda_of(workspace).id == usual.id
    agendas.use_agenda(workspace, short, now)
    assert [s.title for s in meetings.start_meeting(workspace, now).segments] == ["Wins", "Sticky situations"]
    renamed = agendas.rename_agenda(workspace, short, "Summer", now)
    assert meetings.agenda_of(workspace).id == short.id
    with pytest.raises(Refused, match="is in use"):
        agendas.remove_agenda(workspace, renamed, now)
    agendas.use_agenda(workspace, usual, now)
    agendas.remove_agenda(workspace, renamed, now)
    assert [a.name for a in agendas.agendas(workspace)] == ["Customer service"]


def test_names_are_told_apart_blind_to_case(workspace: Workspace, now: datetime) -> None:
    segments = meetings.agenda_of(workspace).segments
    with pytest.raises(Refused, match="already"):
        agendas.add_agenda(workspace, "customer SERVICE", segments, now)
    assert agendas.agenda_named(workspace, "cust").name == "Customer service"
    with pytest.raises(NotFound, match="There is no agenda called “Party”"):
        agendas.agenda_named(workspace, "Party")


def test_a_changed_file_takes_the_place_of_the_agenda_and_keeps_what_is_skipped(
    workspace: Workspace, now: datetime
) -> None:
    agenda = agendas.skip_once(workspace, meetings.agenda_of(workspace), 2, now)
    text = agenda_toml(agenda).replace('title = "Sticky situations"', 'title = "What was hard"')
    changed = agendas.import_agenda(workspace, text, "my.toml", now)
    assert changed.id == agenda.id
    assert [s.title for s in changed.segments][3] == "What was hard"
    assert changed.segments[2].skipped_at == now


def test_a_mistake_in_the_file_is_told_with_its_line_and_changes_nothing(workspace: Workspace, now: datetime) -> None:
    agenda = meetings.agenda_of(workspace)
    text = agenda_toml(agenda).replace('topic = "stickies"', 'topic = "stickys"')
    line = next(i for i, words in enumerate(text.split("\n"), 1) if "stickys" in words)
    with pytest.raises(Unclear, match=rf"my\.toml, line {line}: .*Did you mean “stickies”"):
        agendas.rewrite_agenda(workspace, agenda, text, "my.toml", now)
    assert meetings.agenda_of(workspace) == agenda


words = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=30)


@given(
    name=words,
    parts=st.lists(
        st.tuples(words, st.sampled_from(get_args(Topic)), st.integers(1, 3_600), st.one_of(st.just(""), words)),
        min_size=1,
        max_size=6,
    ),
)
@settings(max_examples=60, deadline=None)
def test_an_agenda_written_to_a_file_is_read_back_the_same(name: str, parts: list[tuple[str, Topic, int, str]]) -> None:
    moment = datetime.fromisoformat("2026-11-24T09:00:00+00:00")
    segments = tuple(Segment(title=t, topic=topic, seconds=s, hint=h) for t, topic, s, h in parts)
    agenda = Agenda(id="0" * 26, at=moment, made_at=moment, made_by="pat", name=name, segments=segments)
    read = read_agenda(agenda_toml(agenda), "file")
    assert (read.name, read.segments) == (agenda.name, agenda.segments)


def test_a_question_that_was_not_reached_comes_again(workspace: Workspace, now: datetime) -> None:
    first = meetings.start_meeting(workspace, now)
    first = meetings.go_to_segment(workspace, first, 2, now + timedelta(minutes=3))
    first = meetings.close_meeting(workspace, first, now + timedelta(minutes=15))
    second = meetings.start_meeting(workspace, now + WEEK)
    assert second.question == first.question
    assert second.standard != first.standard
