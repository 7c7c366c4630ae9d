"""The leader's calls and hours, as numbers."""

from __future__ import annotations

from datetime import datetime

from meetingtool.actions.customers.contacts import called_this_month, own_hours, record_contact, record_hands_on
from meetingtool.actions.desk import Desk
from meetingtool.store import Workspace


def test_in_the_room_private_calls_and_hours_are_not_even_counted(workspace: Workspace, now: datetime) -> None:
    for line, hours in (("^Acme glad", ""), ("^Acme unhappy ~", "hush ~")):
        record_contact(workspace, line, now)
        record_hands_on(workspace, 20, "phones", hours, now)
    desk = Desk(workspace, lambda: now)
    told = called_this_month(desk), sum(own_hours(desk).weeks)
    desk.room = True
    assert told == ("Called 2 this month, reached 2", 40)
    assert (called_this_month(desk), sum(own_hours(desk).weeks)) == ("Called 1 this month, reached 1", 20)


def test_hours_of_which_only_the_words_are_kept_back_count_in_the_room(workspace: Workspace, now: datetime) -> None:
    record, _ = record_hands_on(workspace, 30, "counter", "beside @tom, who was slow", now)
    desk = Desk(workspace, lambda: now, room=True)
    assert record.private
    assert sum(own_hours(desk).weeks) == 30
