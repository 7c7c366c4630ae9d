"""A line that was recorded before the program was killed is known again, whatever it became."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from meetingtool.actions.customers.complaints import record_complaint
from meetingtool.actions.customers.contacts import record_contact
from meetingtool.actions.customers.voices import record_voice
from meetingtool.actions.desk import Desk
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.actions.stories.told_already import told_already
from meetingtool.store import Workspace

RECORDED = {
    "win": lambda workspace, line, now: record_story(workspace, "win", line, now),
    "sticky": lambda workspace, line, now: record_story(workspace, "sticky", line, now),
    "praise": thank,
    "promise": lambda workspace, line, now: record_follow_up(workspace, "promise", line, now),
    "action": lambda workspace, line, now: record_follow_up(workspace, "action", line, now),
    "voice": record_voice,
    "complaint": record_complaint,
    "call": record_contact,
}


@pytest.mark.parametrize("kind", RECORDED)
def test_a_line_of_every_kind_is_known_on_the_day_on_which_it_was_recorded(
    workspace: Workspace, now: datetime, kind: str
) -> None:
    line = "@tom refund posted by fri ^Acme"
    desk, later = Desk(workspace, lambda: now), Desk(workspace, lambda: now + timedelta(days=1))
    assert not told_already(desk, kind, line)
    RECORDED[kind](workspace, line, now)
    assert told_already(desk, kind, line)
    assert not told_already(desk, kind, f"{line} too")
    assert not told_already(later, kind, line)


def test_a_win_that_is_a_mere_promise_is_known_as_what_it_became(workspace: Workspace, now: datetime) -> None:
    desk, line = Desk(workspace, lambda: now), '!"refund posted" @tom by fri'
    record_follow_up(workspace, "promise", line, now)
    assert told_already(desk, "win", line)
