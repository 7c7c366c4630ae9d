"""The sample team's philosophy: fourteen questions asked in its meetings, and the sentences that it agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import msgspec

from meetingtool.actions.playbook.groups import add_group, need_read
from meetingtool.actions.playbook.philosophy import agree, propose, take_up
from meetingtool.importers.sample import Sample
from meetingtool.importers.sample_philosophy import SampleSentence
from meetingtool.records.meetings import Meeting
from meetingtool.records.playbook import Question
from meetingtool.store import Workspace


class SampleQuestion(msgspec.Struct, frozen=True):
    """A question of the philosophy that a meeting asked, with what came of it."""

    question: Question
    sentence: SampleSentence


def taken_up(workspace: Workspace, sample: Sample, now: datetime) -> dict[date, SampleQuestion]:
    """Take the fourteen questions up, and say which of them each meeting asks."""
    sentences = sample.philosophy.sentences
    if not sentences:
        return {}
    first = datetime.combine(min(one.asked for one in sentences), time(8), tzinfo=now.tzinfo) - timedelta(days=3)
    questions = take_up(workspace, first)
    return {one.asked: SampleQuestion(questions[one.question - 1], one) for one in sentences}


def load_philosophy(
    workspace: Workspace,
    sample: Sample,
    asked: Mapping[date, SampleQuestion],
    held: Mapping[object, str],
    now: datetime,
) -> None:
    """Distil each sentence on the evening after it was answered, and agree on it in its meeting; then the groups.

    held: the id of the meeting of each day.
    """
    meetings = {meeting.id: meeting for meeting in workspace.find(Meeting)}
    for day, one in asked.items():
        evening = datetime.combine(day, time(18), tzinfo=now.tzinfo)
        statement = propose(workspace, one.sentence.sentence, evening, question=one.question)
        if one.sentence.agreed is not None:
            meeting = meetings[held[one.sentence.agreed]]
            agree(workspace, statement, meeting.at + timedelta(minutes=12), meeting=meeting)
    began = datetime.combine(sample.courses_since, time(18), tzinfo=now.tzinfo)
    for group in sample.philosophy.groups:
        add_group(workspace, group.name, began, who=group.who, needs=[need_read(need) for need in group.needs])
