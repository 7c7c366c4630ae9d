"""What was learned from a complaint is told to the team once, without anybody's name, and can be corrected."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from meetingtool.actions.customers.complaint_steps import Ending, correct_lesson
from meetingtool.actions.customers.complaints import record_complaint
from meetingtool.actions.customers.due_steps import lessons
from meetingtool.actions.customers.keeping import add_alias
from meetingtool.actions.desk import Desk
from meetingtool.actions.meeting.meetings import close_meeting, go_to_segment, start_meeting
from meetingtool.actions.people.team import add_person
from meetingtool.errors import Refused
from meetingtool.records.complaints import Complaint
from meetingtool.store import Workspace


def learned(workspace: Workspace, lesson: str, now: datetime, line: str = "@tom was rude ^Acme") -> Complaint:
    return record_complaint(workspace, line, now, settled=Ending(lesson=lesson)).complaint


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Tom Ng does not serve alone", "The employee does not serve alone"),
        ("@tom, then @maria, and TOM again", "A colleague, then a colleague, and the employee again"),
        ("Lopez asks acme ltd and Blue Door first", "A colleague asks the customer and the customer first"),
        ("ring the bell before we say no", "ring the bell before we say no"),
        ("call 01632 960141 or write to pell@example.com", "call a number or write to an e-mail address"),
    ],
)
def test_nobody_is_named_to_the_team(workspace: Workspace, now: datetime, typed: str, heard: str) -> None:
    add_alias(workspace, "Acme", "Acme Ltd", now)
    add_alias(workspace, "Blue Door Café", "Blue Door", now)
    add_person(workspace, "Ann Bell", now)
    learned(workspace, typed, now)
    assert lessons(Desk(workspace, lambda: now)) == [heard]


def test_a_lesson_is_told_in_one_meeting_and_not_again(workspace: Workspace, now: datetime) -> None:
    def told(later: timedelta) -> list[str]:
        return lessons(Desk(workspace, lambda: now + later))

    learned(workspace, "say no early", now - timedelta(days=1))
    learned(workspace, "hush", now, line="was rude ^Acme ~")
    meeting = start_meeting(workspace, now)
    assert told(timedelta(minutes=5)) == ["say no early"], "a meeting that runs still has it"
    close_meeting(workspace, meeting, now + timedelta(minutes=10))
    assert told(timedelta(minutes=11)) == []
    learned(workspace, "ring back", now + timedelta(minutes=12))
    short = start_meeting(workspace, now + timedelta(minutes=20))
    short = go_to_segment(workspace, short, 1, now + timedelta(minutes=21))
    close_meeting(workspace, short, now + timedelta(minutes=22))
    assert told(timedelta(days=7)) == ["ring back"]
    assert told(timedelta(days=91)) == []


def test_what_was_learned_can_be_corrected_once_it_is_closed(workspace: Workspace, now: datetime) -> None:
    waiting = record_complaint(workspace, "late ^Acme", now).complaint
    with pytest.raises(Refused, match="open"):
        correct_lesson(workspace, waiting, "never mind", now)
    closed = record_complaint(workspace, "late ^Acme", now, settled=Ending()).complaint
    with pytest.raises(Refused, match="lesson"):
        correct_lesson(workspace, closed, " ", now)
    changed = correct_lesson(workspace, closed, "ring ahead", now)
    assert (changed.lesson, changed.because) == ("ring ahead", "")
    assert correct_lesson(workspace, changed, "ring ahead", now).version == changed.version
