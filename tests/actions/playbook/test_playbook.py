"""Adding, changing, moving and retiring questions and role-plays."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.meeting import meetings
from meetingtool.actions.playbook import playbook
from meetingtool.actions.playbook.playbook import in_order
from meetingtool.actions.reading import roster_of
from meetingtool.errors import Conflict, NotFound, Refused
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.rules.meeting.agenda import scenario_of_the_week
from meetingtool.store import Workspace


def questions(workspace: Workspace, audience: str = "team") -> list[str]:
    return [question.text for question in in_order(workspace, Question) if question.audience == audience]


def test_a_question_is_added_at_the_end_and_changed(workspace: Workspace, now: datetime) -> None:
    added = playbook.add_question(workspace, " What made you\nlaugh? ", "team", now)
    assert (added.text, questions(workspace)[-1]) == ("What made you laugh?", "What made you laugh?")
    changed = playbook.edit_question(workspace, added, now, audience="service")
    assert (changed.text, changed.audience) == ("What made you laugh?", "service")
    assert workspace.get(Question, added.id) == changed
    undo(workspace, now)
    undo(workspace, now)
    assert "What made you laugh?" not in questions(workspace)


def test_a_question_needs_words_and_something_it_is_about(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused, match="needs words"):
        playbook.add_question(workspace, " ", "team", now)
    with pytest.raises(Refused, match="A question can't be about"):
        playbook.add_question(workspace, "What?", "weather", now)


def test_a_role_play_is_added_and_changed(workspace: Workspace, now: datetime) -> None:
    added = playbook.add_scenario(
        workspace,
        "The queue",
        "You wait.\n\n\n You sigh.",
        "You are alone.",
        now,
        look_for=["A look", " "],
        standards=["#own-it"],
    )
    assert (added.customer, added.look_for, added.standards) == ("You wait.\n\nYou sigh.", ("A look",), ("own-it",))
    changed = playbook.edit_scenario(workspace, added, now, title="A long queue", standards=[])
    assert (changed.title, changed.customer, changed.standards) == ("A long queue", added.customer, ())
    with pytest.raises(Refused, match="needs a title"):
        playbook.edit_scenario(workspace, changed, now, title="")
    with pytest.raises(NotFound):
        playbook.edit_scenario(workspace, changed, now, standards=["nothing"])
    undo(workspace, now)
    assert workspace.get(Scenario, added.id).title == "The queue"


def test_what_is_retired_takes_no_more_turns_and_its_answers_stay(workspace: Workspace, now: datetime) -> None:
    held = meetings.start_meeting(workspace, now - timedelta(weeks=1))
    held = meetings.write_answer(workspace, held, "Zoe did.", now - timedelta(weeks=1))
    meetings.close_meeting(workspace, held, now - timedelta(weeks=1))
    first, second = (in_order(workspace, kind)[0] for kind in (Question, Scenario))
    for question in workspace.find(Question):
        if question.id != held.question:
            playbook.retire(workspace, question, now)
    playbook.retire(workspace, second, now)
    coming = meetings.start_meeting(workspace, now)
    assert coming.question == held.question == first.id
    scenario = scenario_of_the_week(workspace.find(Scenario), [])
    assert scenario is not None
    assert scenario.id != second.id
    with pytest.raises(Refused, match="has been retired since"):
        playbook.retire(workspace, workspace.get(Scenario, second.id), now)
    assert workspace.get(Question, first.id).text


def test_a_question_passes_its_neighbour_of_the_same_kind(workspace: Workspace, now: datetime) -> None:
    before, others = questions(workspace), questions(workspace, "service")
    second = workspace.find(Question, text=before[1])[0]
    assert playbook.move(workspace, second, -1, now)
    assert questions(workspace) == [before[1], before[0], *before[2:]]
    assert questions(workspace, "service") == others
    moved = workspace.get(Question, second.id)
    assert not playbook.move(workspace, moved, -1, now), "it is the first"
    assert playbook.move(workspace, moved, 1, now)
    assert questions(workspace) == before


def test_what_rests_is_passed_over_when_moving(workspace: Workspace, now: datetime) -> None:
    first, second, third = in_order(workspace, Scenario)[:3]
    playbook.retire(workspace, second, now)
    playbook.move(workspace, third, -1, now)
    assert [s.id for s in in_order(workspace, Scenario)[:3]] == [third.id, first.id, second.id]
    undo(workspace, now)
    assert [s.id for s in in_order(workspace, Scenario)[:3]] == [first.id, second.id, third.id]


def test_a_standard_moves_by_one_place(workspace: Workspace, now: datetime) -> None:
    before = [s.tag for s in in_order(workspace, Standard)]
    assert playbook.move(workspace, workspace.find(Standard, tag=before[0])[0], 1, now)
    assert [s.tag for s in in_order(workspace, Standard)] == [before[1], before[0], *before[2:]]


def test_standards_that_share_a_place_move_as_they_are_listed(workspace: Workspace, now: datetime) -> None:
    for standard in workspace.find(Standard):
        tied = msgspec.structs.replace(standard, version=standard.version + 1, order=0)
        workspace.save(tied, deed="brought in", now=now)
    listed = [s.tag for s in roster_of(workspace, now.date()).standards]
    assert playbook.move(workspace, workspace.find(Standard, tag=listed[0])[0], 1, now)
    moved = [s.tag for s in roster_of(workspace, now.date()).standards]
    assert moved == [listed[1], listed[0], *listed[2:]]


def test_a_place_is_given_by_its_number(workspace: Workspace, now: datetime) -> None:
    last = in_order(workspace, Question)[-1]
    playbook.edit_question(workspace, last, now, text="First now?", order=0)
    assert in_order(workspace, Question)[0].text == "First now?"
    assert [q.order for q in in_order(workspace, Question)] == list(range(40))


def test_what_was_changed_elsewhere_meanwhile_is_never_overwritten(workspace: Workspace, now: datetime) -> None:
    question = in_order(workspace, Question)[1]
    playbook.edit_question(workspace, question, now, text="Theirs?")
    with pytest.raises(Conflict):
        playbook.edit_question(workspace, question, now, text="Mine?", order=0)
    with pytest.raises(Conflict):
        playbook.move(workspace, question, 1, now)
    assert workspace.get(Question, question.id).text == "Theirs?"
