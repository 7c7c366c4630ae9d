"""What may exist once exists once, also where two programs begin it at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from meetingtool.actions.history.searches import keep_search
from meetingtool.actions.meeting.meetings import start_meeting
from meetingtool.actions.people.team import add_person, edit_person
from meetingtool.actions.playbook.courses import add_course, edit_course
from meetingtool.actions.playbook.standards import add_standard, edit_standard
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.errors import Refused
from meetingtool.records.standards import Standard
from meetingtool.records.training import Course
from meetingtool.store import Workspace

Deed = Callable[[Workspace, datetime], object]


@pytest.fixture
def other(folder: Path) -> Iterator[Workspace]:
    """The same workspace, opened by somebody else."""
    with Workspace.open(folder, user="robin") as opened:
        yield opened


def _handle(workspace: Workspace, now: datetime) -> object:
    return add_person(workspace, "Jo Byrne", now, handle="jb")


def _number(workspace: Workspace, now: datetime) -> object:
    return add_person(workspace, "Jo Byrne", now, number="0007")


def _new_handle(workspace: Workspace, now: datetime) -> object:
    tom, maria = (roster_of(workspace, now.date()).person(who) for who in ("tom", "maria"))
    person = tom if workspace.user == "robin" else maria
    assert person is not None
    return edit_person(workspace, person, now, handle="lead")


def _standard(workspace: Workspace, now: datetime) -> object:
    return add_standard(workspace, "quick", "Answers quickly", "Within the day", now)


def _new_tag(workspace: Workspace, now: datetime) -> object:
    standard = workspace.find(Standard)[workspace.user == "robin"]
    return edit_standard(workspace, standard, now, tag="quick")


def _course(workspace: Workspace, now: datetime) -> object:
    return add_course(workspace, "First aid", now)


def _new_title(workspace: Workspace, now: datetime) -> object:
    course = workspace.find(Course)[workspace.user == "robin"]
    return edit_course(workspace, course, now, title="First aid")


def _search(workspace: Workspace, now: datetime) -> object:
    return keep_search(workspace, "@maria is:win", now)


def _meeting(workspace: Workspace, now: datetime) -> object:
    return start_meeting(workspace, now)


@pytest.mark.parametrize(
    "deed", [_handle, _number, _new_handle, _standard, _new_tag, _course, _new_title, _search, _meeting]
)
def test_the_second_of_two_is_refused_although_it_had_looked_before_the_first(
    workspace: Workspace, other: Workspace, now: datetime, deed: Deed
) -> None:
    for title in ("Calm calls", "Complaints"):
        add_course(workspace, title, now)
    other.refresh()
    roster_of(other, now.date()), settings_of(other), other.find(Course)
    deed(workspace, now)
    with pytest.raises(Refused):
        deed(other, now)


def test_searches_that_two_save_at_once_are_both_kept(workspace: Workspace, other: Workspace, now: datetime) -> None:
    settings_of(other)
    keep_search(workspace, "@maria", now)
    assert keep_search(other, "@tom", now) == ("@tom", "@maria")
