"""Rating people on standards, one by one and from a table."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.people.rating_lists import give_ratings, plan_ratings
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.playbook.standards import retire_standard
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import Refused
from meetingtool.importers.ratings import FileRating
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.store import Workspace


@pytest.fixture
def maria(workspace: Workspace) -> Person:
    return workspace.find(Person, handle="maria")[0]


@pytest.fixture
def listen(workspace: Workspace) -> Standard:
    return workspace.find(Standard, tag="listen")[0]


def test_a_rating_keeps_who_what_and_when(workspace: Workspace, maria: Person, listen: Standard, now: datetime) -> None:
    given = rate(workspace, maria, listen, 4, now, note=" Let them finish ", on=date(2026, 11, 20))
    assert (given.person, given.standard, given.value, given.note) == (maria.id, listen.id, 4, "Let them finish")
    assert given.at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert workspace.find(Rating) == [given]
    assert undo(workspace, now).what == "rating.given"
    assert workspace.find(Rating) == []


@pytest.mark.parametrize("value", [0, 6, -1, 100])
def test_a_rating_off_the_scale_is_refused(
    workspace: Workspace, maria: Person, listen: Standard, now: datetime, value: int
) -> None:
    with pytest.raises(Refused, match=f"{value} is not a rating"):
        rate(workspace, maria, listen, value, now, note="x")
    assert workspace.find(Rating) == []


@pytest.mark.parametrize("value", [1, 2, 5])
def test_the_ends_of_the_scale_need_their_evidence(
    workspace: Workspace, maria: Person, listen: Standard, now: datetime, value: int
) -> None:
    with pytest.raises(Refused, match="as its evidence"):
        rate(workspace, maria, listen, value, now, note="  ")
    assert rate(workspace, maria, listen, value, now, note="Seen on Friday").value == value


@pytest.mark.parametrize("value", [3, 4, None])
def test_the_middle_and_not_seen_need_none(
    workspace: Workspace, maria: Person, listen: Standard, now: datetime, value: int | None
) -> None:
    assert rate(workspace, maria, listen, value, now).value == value


@pytest.mark.parametrize("value", [1, 2])
def test_a_sticky_situation_never_carries_a_low_rating(
    workspace: Workspace, maria: Person, listen: Standard, now: datetime, value: int
) -> None:
    sticky = record_story(workspace, "sticky", "@maria shouted", now).story
    with pytest.raises(Refused, match=r"sticky"):
        rate(workspace, maria, listen, value, now, stories=[sticky])
    assert rate(workspace, maria, listen, 5, now, stories=[sticky]).stories == (sticky.id,)


def test_only_who_was_on_the_team_is_rated_on_what_was_in_use(
    workspace: Workspace, maria: Person, listen: Standard, now: datetime
) -> None:
    sam = workspace.find(Person, handle="sam")[0]
    with pytest.raises(Refused, match="was not on the team"):
        rate(workspace, sam, listen, 3, now)
    assert rate(workspace, sam, listen, 3, now, on=date(2026, 3, 31)).person == sam.id
    retired = retire_standard(workspace, listen, date(2026, 11, 20), now)
    with pytest.raises(Refused, match="had been retired"):
        rate(workspace, maria, retired, 3, now)


def test_rating_the_same_story_again_on_a_day_changes_the_rating(
    workspace: Workspace, maria: Person, listen: Standard, now: datetime
) -> None:
    win = record_story(workspace, "win", "@maria listened #listen", now).story
    first = rate(workspace, maria, listen, 3, now, stories=[win])
    again = rate(workspace, maria, listen, 4, now, stories=[win])
    assert (again.id, again.value, again.version) == (first.id, 4, 2)
    rate(workspace, maria, listen, 4, now)
    assert len(workspace.find(Rating)) == 2


def test_a_table_of_ratings_is_one_step_and_is_not_doubled(
    workspace: Workspace, maria: Person, listen: Standard, now: datetime
) -> None:
    win = record_story(workspace, "win", "@maria listened #listen", now).story
    sticky = record_story(workspace, "sticky", "@maria shouted", now).story
    rows = [
        FileRating(line=2, person=maria.id, standard=listen.id, value=4, on=date(2026, 11, 20)),
        FileRating(line=3, person=maria.id, standard=listen.id, value=5, on=now.date(), stories=(win.ref,)),
        FileRating(line=4, person=maria.id, standard=listen.id, value=1, on=now.date(), stories=(sticky.ref,)),
        FileRating(line=5, person=maria.id, standard=listen.id, value=4, on=now.date(), stories=("ZZZZZZ",)),
    ]
    plan = plan_ratings(workspace, rows, now)
    assert [wanted.row.line for wanted in plan.wanted] == [2, 3]
    assert [problem.line for problem in plan.problems] == [4, 5]
    assert workspace.find(Rating) == []
    assert [given.value for given in give_ratings(workspace, plan, now)] == [4, 5]
    again = plan_ratings(workspace, rows, now)
    assert (again.wanted, again.same) == ((), 2)
    assert undo(workspace, now).what == "ratings.imported"
    assert workspace.find(Rating) == []
