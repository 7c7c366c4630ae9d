"""Setting a workspace up, and its settings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.reading import is_set_up, settings_of
from meetingtool.actions.start import set_up
from meetingtool.errors import NotFound, Refused
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.meetings import Agenda
from meetingtool.records.people import Person
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.team import Settings
from meetingtool.store import Workspace


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "empty", create=True, user="pat")


def test_a_new_workspace_gets_its_team_and_all_starter_content(empty: Workspace, now: datetime) -> None:
    rows = [RosterRow(line=2, name="Maria Lopez"), RosterRow(line=3, name="Maria Lind")]
    settings = set_up(empty, "  Harbour \n Desk ", now, people=rows, weekday=3, clock="14.30", currency="gbp")
    assert (settings.team, settings.weekday, settings.clock, settings.currency) == ("Harbour Desk", 3, "14:30", "GBP")
    assert [person.handle for person in empty.find(Person)] == ["maria", "maria-l"]
    kinds = (Agenda, Standard, Question, Scenario)
    assert [len(empty.find(kind)) for kind in kinds] == [1, 8, 40, 20]
    assert sum(segment.seconds for segment in empty.find(Agenda)[0].segments) == 15 * 60


def test_setting_up_twice_is_refused_and_changes_nothing(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused, match="already belongs to Harbour Desk"):
        set_up(workspace, "Another", now)
    assert len(workspace.find(Settings)) == 1
    assert len(workspace.find(Standard)) == 8


@pytest.mark.parametrize(
    ("team", "why"), [("", "needs a name"), (" ", "needs a name"), ("\n", "needs a name"), ("a" * 81, "81 characters")]
)
def test_a_team_without_a_name_or_with_a_cut_one_is_refused_before_anything_is_kept(
    empty: Workspace, now: datetime, team: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        set_up(empty, team, now)
    assert not is_set_up(empty)
    assert empty.find(Standard) == []


def test_before_it_is_set_up_a_workspace_says_how(empty: Workspace) -> None:
    with pytest.raises(NotFound, match="has not been set up"):
        settings_of(empty)


def test_the_set_up_is_not_undone(empty: Workspace, now: datetime) -> None:
    set_up(empty, "Harbour Desk", now)
    with pytest.raises(Refused, match="nothing to undo"):
        undo(empty, now)
