"""Changing how the team is set up."""

from __future__ import annotations

from datetime import datetime

import pytest

from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.reading import settings_of
from meetingtool.actions.settings import change_setting, remember_theme
from meetingtool.errors import Refused
from meetingtool.rules.settings import setting_named
from meetingtool.store import Workspace


def test_a_setting_changes_and_the_change_is_undone(workspace: Workspace, now: datetime) -> None:
    assert change_setting(workspace, setting_named("time"), "10", now).clock == "10:00"
    assert settings_of(workspace).clock == "10:00"
    undo(workspace, now)
    assert settings_of(workspace).clock == "09:00"


def test_the_same_value_again_is_no_change_to_undo(workspace: Workspace, now: datetime) -> None:
    before = settings_of(workspace)
    assert change_setting(workspace, setting_named("currency"), "gbp", now) == before
    assert settings_of(workspace).version == before.version


def test_a_refused_value_leaves_the_setting_as_it_was(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused):
        change_setting(workspace, setting_named("day"), "someday", now)
    assert settings_of(workspace).weekday == 1


def test_colours_are_a_step_of_their_own_to_undo(workspace: Workspace, now: datetime) -> None:
    change_setting(workspace, setting_named("team"), "Quay", now)
    remember_theme(workspace, "ansi-dark", now)
    undo(workspace, now)
    assert (settings_of(workspace).team, settings_of(workspace).theme) == ("Quay", "")
