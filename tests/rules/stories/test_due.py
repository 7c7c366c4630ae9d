"""What a new due date can't mend."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from meetingtool.records.followups import FollowUp, FollowUpKind, FollowUpState
from meetingtool.rules.stories.due import late_move

TODAY = date(2026, 11, 24)
"""A Tuesday."""


def made(kind: FollowUpKind = "promise", state: FollowUpState = "open", due: date | None = None) -> FollowUp:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return FollowUp(id="F", at=at, made_at=at, made_by="pat", kind=kind, text="a thing", due=due, state=state)


def test_a_promise_past_its_date_is_missed_whatever_is_agreed_then() -> None:
    late = late_move(made(due=date(2026, 11, 23)), TODAY)
    assert late == "Its date, Mon 23 Nov, has passed: kept by a new date, the promise still counts as kept late."
    assert "counts" not in late_move(made(due=date(2026, 11, 23)), TODAY, counts=False)


@pytest.mark.parametrize(
    "in_time",
    [
        made(due=TODAY),
        made(),
        made(kind="action", due=date(2026, 11, 23)),
        made(state="kept", due=date(2026, 11, 23)),
    ],
)
def test_nothing_is_said_of_a_date_that_is_moved_in_time(in_time: FollowUp) -> None:
    assert late_move(in_time, TODAY) == ""
