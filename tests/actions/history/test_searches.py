"""Keeping searches for again."""

from __future__ import annotations

from datetime import datetime

import pytest

from meetingtool.actions.history.searches import LONGEST, MOST_KEPT, forget_search, keep_search
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.reading import settings_of
from meetingtool.errors import Refused
from meetingtool.store import Workspace


def test_searches_are_kept_newest_first_and_forgotten(workspace: Workspace, now: datetime) -> None:
    keep_search(workspace, " @maria   is:win ", now)
    assert keep_search(workspace, "courier", now) == ("courier", "@maria is:win")
    assert forget_search(workspace, "courier", now) == ("@maria is:win",)
    assert settings_of(workspace).searches == ("@maria is:win",)


def test_keeping_a_search_can_be_undone(workspace: Workspace, now: datetime) -> None:
    keep_search(workspace, "courier", now)
    undo(workspace, now)
    assert settings_of(workspace).searches == ()


@pytest.mark.parametrize("text", ["", "  \t ", "x" * (LONGEST + 1), "kept"])
def test_nothing_too_long_and_twice_are_refused(workspace: Workspace, now: datetime, text: str) -> None:
    keep_search(workspace, "kept", now)
    with pytest.raises(Refused):
        keep_search(workspace, text, now)


def test_there_is_an_end_to_what_can_be_kept(workspace: Workspace, now: datetime) -> None:
    with workspace.batch("kept many", now):
        for number in range(MOST_KEPT):
            keep_search(workspace, f"word{number}", now)
    with pytest.raises(Refused):
        keep_search(workspace, "one more", now)


def test_what_is_not_kept_can_not_be_forgotten(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused):
        forget_search(workspace, "courier", now)
