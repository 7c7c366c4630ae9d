"""A sticky situation becomes a role-play of the playbook."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.playbook import roleplay
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import Refused
from meetingtool.records.playbook import Scenario
from meetingtool.store import Workspace


def test_the_card_is_kept_as_corrected_and_comes_last_in_its_turn(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "sticky", "@maria the van of Acme was blocked ^Acme #listen", now).story
    card = roleplay.draft_card(workspace, story, now)
    assert "Acme" not in msgspec.json.encode(card).decode()
    kept = roleplay.save_card(workspace, story, msgspec.structs.replace(card, title="The blocked van"), now)
    scenarios = workspace.find(Scenario)
    assert kept.order == max(scenario.order for scenario in scenarios)
    assert kept.title == "The blocked van"
    assert kept.standards == ("listen",)
    undo(workspace, now)
    assert kept.id not in {scenario.id for scenario in workspace.find(Scenario)}


def test_a_card_in_which_somebody_is_named_is_refused_without_saying_who(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "sticky", "@maria the van was blocked ^Acme", now).story
    card = roleplay.draft_card(workspace, story, now)
    named = msgspec.structs.replace(card, employee="Maria knows, and Acme does not.")
    with pytest.raises(Refused, match="number in 2 places") as refused:
        roleplay.save_card(workspace, story, named, now)
    assert "Maria" not in str(refused.value)


def test_only_a_sticky_situation_becomes_one(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused, match="Only a sticky"):
        roleplay.draft_card(workspace, record_story(workspace, "win", "all went well", now).story, now)
