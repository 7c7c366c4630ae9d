"""Forgetting somebody, interrupted and with others about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from meetingtool.actions.keeping import retention
from meetingtool.actions.keeping.retention import forget, plan_to_forget
from meetingtool.actions.stories.stories import record_story, star
from meetingtool.errors import Conflict
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.store.retention import purge


def holding(folder: Path, text: bytes) -> list[str]:
    """Files of the workspace in which the text stands."""
    return [path.name for path in folder.rglob("*.json*") if text in path.read_bytes()]


@pytest.fixture
def sam(workspace: Workspace, now: datetime) -> Person:
    """Somebody who has left, with stories of two years and their former versions."""
    for year in (2025, 2026):
        at = now.replace(year=year)
        story = record_story(workspace, "win", "@sam mended the gate", at).story
        star(workspace, story, at)
    return workspace.find(Person, handle="sam")[0]


def test_whatever_stops_it_running_it_again_finishes(
    workspace: Workspace, folder: Path, sam: Person, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def stopping(at: int) -> Callable[..., object]:
        def stop(*arguments: object, **more: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise KeyboardInterrupt
            return purge(*arguments, **more)  # type: ignore[arg-type]

        return stop

    for stop in (1, 2):
        calls = 0
        monkeypatch.setattr(retention, "purge", stopping(stop))
        person = workspace.get(Person, sam.id)
        with pytest.raises(KeyboardInterrupt):
            forget(workspace, plan_to_forget(workspace, person, now), now)
    monkeypatch.setattr(retention, "purge", purge)
    forget(workspace, plan_to_forget(workspace, workspace.get(Person, sam.id), now), now)
    assert holding(folder, b"Sam Bell") == []
    assert holding(folder, b"@sam") == []
    assert {story.line for story in workspace.find(Story)} == {"@former-1 mended the gate"}


def test_a_change_by_another_after_the_plan_stops_it_before_anything_was_changed(
    workspace: Workspace, folder: Path, sam: Person, now: datetime
) -> None:
    plan = plan_to_forget(workspace, sam, now)
    with Workspace.open(folder, user="robin") as other:
        star(other, other.find(Story)[-1], now)
    with pytest.raises(Conflict):
        forget(workspace, plan, now)
    assert workspace.get(Person, sam.id).name == "Sam Bell"
