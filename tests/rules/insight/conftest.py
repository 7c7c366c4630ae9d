"""Records for the views, made in a few words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules.people.periods import Period, period_of


class Made:
    """made.story("2026-03-04", ...), made.promise("2026-03-04", ...): records with ids in the order of their making."""

    def __init__(self) -> None:
        self.count = 0

    def _base(self, day: str) -> dict[str, Any]:
        self.count += 1
        at = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=UTC)
        return {"id": f"R{self.count:03}", "at": at, "made_at": at, "made_by": "pat"}

    def story(self, day: str, text: str = "helped", **fields: Any) -> Story:
        """A win unless `kind` says otherwise."""
        return Story(**self._base(day), text=text, line=text, **{"kind": "win", **fields})

    def promise(self, day: str, decided: str | None = None, **fields: Any) -> FollowUp:
        """A promise; decided: the day on which it was kept, or got the `state` given."""
        if decided is not None:
            fields = {"state": "kept", **fields, "decided_at": datetime.fromisoformat(f"{decided}T12:00:00+00:00")}
        return FollowUp(**self._base(day), **{"kind": "promise", "text": "a thing", **fields})


@pytest.fixture
def made() -> Made:
    return Made()


@pytest.fixture
def year() -> Period:
    """The calendar year 2026."""
    return period_of(2026)
