"""When a talk with somebody new is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from meetingtool.records.people import Person
from meetingtool.records.talks import Talk
from meetingtool.rules.people.talks import due_talks, step_on

AT = datetime(2026, 1, 1, tzinfo=UTC)
MADE: dict[str, Any] = {"at": AT, "made_at": AT, "made_by": "pat"}
TODAY = date(2026, 11, 24)


def began(days_ago: int | None) -> Person:
    started = None if days_ago is None else TODAY - timedelta(days=days_ago)
    return Person(id="p", **MADE, handle="ada", name="Ada", started=started)


@pytest.mark.parametrize(
    ("days_ago", "step"),
    [(None, 0), (5, 0), (26, 0), (27, 30), (56, 30), (57, 60), (87, 90), (120, 90), (121, 0), (4000, 0), (-10, 0)],
)
def test_the_latest_talk_is_due_from_three_days_before_until_a_month_after(days_ago: int | None, step: int) -> None:
    found = due_talks([began(days_ago)], [], TODAY)
    assert [one.days for one in found] == ([step] if step else [])
    had = [Talk(id="t", **MADE, person="p", days=step, text="fine")]
    assert due_talks([began(days_ago)], had, TODAY) == []


@pytest.mark.parametrize(("days_ago", "step"), [(None, 30), (3, 30), (44, 30), (46, 60), (80, 90), (500, 90)])
def test_a_talk_belongs_to_the_step_that_is_nearest(days_ago: int | None, step: int) -> None:
    assert step_on(began(days_ago), TODAY) == step
