"""Adding, changing, retiring standards."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.playbook.standards import add_standard, edit_standard, retire_standard
from meetingtool.actions.reading import roster_of, standard_named
from meetingtool.errors import NotFound, Refused
from meetingtool.records.standards import Standard
from meetingtool.store import Workspace


def in_order(workspace: Workspace, now: datetime) -> list[str]:
    return [standard.tag for standard in roster_of(workspace, now.date()).standards]


def test_a_new_standard_comes_last_and_starts_with_the_usual_weight(workspace: Workspace, now: datetime) -> None:
    added = add_standard(workspace, "#Quick", "Answers  quickly", "Within\nthe day", now)
    assert (added.tag, added.title, added.behaviour, added.weight) == ("quick", "Answers quickly", "Within the day", 1)
    assert in_order(workspace, now)[-1] == "quick"


@pytest.mark.parametrize("tag", ["", "#", "1", "own it", "own-it", "ownit!", "-x"])
def test_a_tag_that_is_none_or_taken_is_refused(workspace: Workspace, now: datetime, tag: str) -> None:
    with pytest.raises(Refused):
        add_standard(workspace, tag, "Title", "Behaviour", now)


def test_a_title_and_a_behaviour_are_needed(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused, match="needs a title"):
        add_standard(workspace, "quick", " \n", "Behaviour", now)
    with pytest.raises(Refused, match="needs the behaviour"):
        add_standard(workspace, "quick", "Title", "", now)


@pytest.mark.parametrize("weight", [0, -1, 101])
def test_a_weight_off_the_scale_is_refused(workspace: Workspace, now: datetime, weight: int) -> None:
    with pytest.raises(Refused, match="is not a valid weight"):
        edit_standard(workspace, workspace.find(Standard)[0], now, weight=weight)


def test_a_former_tag_still_finds_the_standard_and_stays_taken(workspace: Workspace, now: datetime) -> None:
    changed = edit_standard(workspace, workspace.find(Standard, tag="own-it")[0], now, tag="mine")
    assert standard_named(roster_of(workspace, now.date()), "#own-it").id == changed.id
    with pytest.raises(Refused, match="#own-it is in use"):
        add_standard(workspace, "own-it", "Title", "Behaviour", now)
    assert edit_standard(workspace, changed, now, tag="own-it").former_tags == ("mine",)


def test_moving_one_gives_everyone_a_place_of_their_own(workspace: Workspace, now: datetime) -> None:
    before = in_order(workspace, now)
    last = workspace.find(Standard, tag=before[-1])[0]
    edit_standard(workspace, last, now, order=2)
    assert in_order(workspace, now) == [*before[:2], before[-1], *before[2:-1]]
    assert sorted(standard.order for standard in workspace.find(Standard)) == list(range(8))
    undo(workspace, now)
    assert in_order(workspace, now) == before


def test_a_retired_standard_holds_on_its_last_day(workspace: Workspace, now: datetime) -> None:
    retired = retire_standard(workspace, workspace.find(Standard, tag="listen")[0], date(2026, 11, 24), now)
    assert "listen" in in_order(workspace, now)
    assert "listen" not in [s.tag for s in roster_of(workspace, date(2026, 11, 25)).standards]
    with pytest.raises(Refused, match="has been retired"):
        retire_standard(workspace, retired, date(2026, 12, 24), now)


def test_a_standard_is_not_retired_before_its_last_rating(workspace: Workspace, now: datetime) -> None:
    listen = workspace.find(Standard, tag="listen")[0]
    maria = roster_of(workspace, now.date()).person("maria")
    assert maria is not None
    rate(workspace, maria, listen, 4, now, on=date(2026, 11, 20))
    with pytest.raises(Refused, match="was last rated on Fri 20 Nov"):
        retire_standard(workspace, listen, date(2025, 6, 1), now)
    assert retire_standard(workspace, listen, date(2026, 11, 20), now).retired == date(2026, 11, 20)


def test_an_unknown_tag_is_told_with_the_nearest(workspace: Workspace, now: datetime) -> None:
    roster = roster_of(workspace, now.date())
    assert standard_named(roster, "#OWN-IT").tag == "own-it"
    with pytest.raises(NotFound) as refused:
        standard_named(roster, "#lissen")
    assert "#listen" in refused.value.hint
