"""Promises and actions: noting, keeping, missing, dropping, moving."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories import follow_ups
from meetingtool.actions.stories.editing import line_of, revise_follow_up
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.store import Workspace


def promise(workspace: Workspace, now: datetime, line: str = "refund posted ^Acme @tom by fri") -> FollowUp:
    return record_follow_up(workspace, "promise", line, now)


def handles(workspace: Workspace, follow_up: FollowUp) -> list[str]:
    roster = roster_of(workspace, date(2026, 11, 24))
    return [roster.handle(person) for person in follow_up.people]


def test_a_line_becomes_a_promise_with_its_owner_customer_and_date(workspace: Workspace, now: datetime) -> None:
    made = promise(workspace, now)
    assert (made.kind, made.text, made.customer, made.due) == ("promise", "refund posted", "Acme", date(2026, 11, 27))
    assert handles(workspace, made) == ["tom"]
    assert made.state == "open"
    assert undo(workspace, now).what == "promise.recorded"


@pytest.mark.parametrize(
    ("line", "text", "due"),
    [
        ("call back", "call back", None),
        ("call back by tomorrow", "call back", date(2026, 11, 25)),
        ("by 24 Dec", "by 24 Dec", date(2026, 12, 24)),
        ("walk by the river", "walk by the river", None),
        ("stand by the desk by fri.", "stand by the desk", date(2026, 11, 27)),
        ('!"call back" by fri', "call back", date(2026, 11, 27)),
        (">call back by fri", "call back", date(2026, 11, 27)),
        ('@tom the lock: !"replaced free" by fri', "the lock: replaced free", date(2026, 11, 27)),
    ],
)
def test_the_date_stands_at_the_end(
    workspace: Workspace, now: datetime, line: str, text: str, due: date | None
) -> None:
    made = record_follow_up(workspace, "action", line, now)
    assert (made.text, made.due) == (text, due)


def test_an_empty_promise_is_refused(workspace: Workspace, now: datetime) -> None:
    with pytest.raises(Refused, match="the line is empty"):
        promise(workspace, now, "  ")
    assert workspace.find(FollowUp) == []


def test_trying_again_never_doubles_a_promise(workspace: Workspace, now: datetime) -> None:
    wanted = mint(now)
    first = record_follow_up(workspace, "promise", "call back", now, follow_up_id=wanted)
    assert record_follow_up(workspace, "promise", "call back", now, follow_up_id=wanted) == first
    assert len(workspace.find(FollowUp)) == 1


@pytest.mark.parametrize("state", ["kept", "missed", "dropped"])
def test_a_decision_has_its_day_and_what_was_said(workspace: Workspace, now: datetime, state: str) -> None:
    made = record_follow_up(workspace, "promise", "call back by 23 Nov", now, on=date(2026, 11, 20))
    decided = follow_ups.decide(workspace, made, state, now, note=" rang at ten ", on=date(2026, 11, 23))  # type: ignore[arg-type]
    assert (decided.state, decided.note) == (state, "rang at ten")
    assert decided.decided_at == datetime(2026, 11, 23, 12, tzinfo=UTC)
    with pytest.raises(Refused, match=f"is already {state}"):
        follow_ups.decide(workspace, decided, state, now)  # type: ignore[arg-type]
    undo(workspace, now)
    assert workspace.get(FollowUp, made.id).state == "open"


def test_a_decision_does_not_come_before_the_promise_or_after_today(workspace: Workspace, now: datetime) -> None:
    made = promise(workspace, now)
    with pytest.raises(Refused, match="before it was made"):
        follow_ups.decide(workspace, made, "kept", now, on=date(2026, 11, 23))
    with pytest.raises(Refused, match="has not come yet"):
        follow_ups.decide(workspace, made, "kept", now, on=date(2026, 11, 25))


def test_a_decided_promise_can_be_opened_again(workspace: Workspace, now: datetime) -> None:
    kept = follow_ups.decide(workspace, promise(workspace, now), "kept", now)
    opened = follow_ups.decide(workspace, kept, "open", now)
    assert (opened.state, opened.decided_at) == ("open", None)
    with pytest.raises(Refused, match="is already open"):
        follow_ups.decide(workspace, opened, "open", now)


def test_a_new_date_is_written_down_with_the_old(workspace: Workspace, now: datetime) -> None:
    made = promise(workspace, now)
    moved = follow_ups.move(workspace, made, date(2026, 12, 1), now)
    never = follow_ups.move(workspace, moved, None, now)
    assert [(m.old, m.new) for m in never.moves] == [
        (date(2026, 11, 27), date(2026, 12, 1)),
        (date(2026, 12, 1), None),
    ]
    with pytest.raises(Refused, match="Mon 23 Nov is in the past"):
        follow_ups.move(workspace, never, date(2026, 11, 23), now)
    kept = follow_ups.decide(workspace, never, "kept", now)
    with pytest.raises(Refused, match="only an open one can be moved"):
        follow_ups.move(workspace, kept, date(2026, 12, 1), now)


def test_a_changed_line_changes_who_what_and_for_whom(workspace: Workspace, now: datetime) -> None:
    made = promise(workspace, now)
    line = line_of(workspace, made, now)
    assert revise_follow_up(workspace, made, line, now) == made
    changed = revise_follow_up(workspace, made, "@zoe refund and card posted ^Borealis by 1 Dec", now)
    assert (changed.text, changed.customer, changed.due) == ("refund and card posted", "Borealis", date(2026, 12, 1))
    assert handles(workspace, changed) == ["zoe"]
    assert [move.new for move in changed.moves] == [date(2026, 12, 1)]
    undo(workspace, now)
    back = workspace.get(FollowUp, made.id)
    assert (back.text, back.due, back.moves) == ("refund posted", date(2026, 11, 27), ())


def test_owners_can_be_changed_alone(workspace: Workspace, now: datetime) -> None:
    assert follow_ups.assign(workspace, promise(workspace, now), (), now).people == ()


def test_that_a_miss_counts_is_not_said_in_room_nor_of_what_came_out_of_a_sticky_situation(
    workspace: Workspace, now: datetime
) -> None:
    week_ago = now - timedelta(days=7)
    late = record_follow_up(workspace, "promise", "refund posted by 20 Nov", week_ago)
    record_story(workspace, "sticky", '@tom lost it !"found again" by 20 Nov', week_ago)
    born = next(f for f in workspace.find(FollowUp) if f.story)
    desk = Desk(workspace, lambda: now)
    assert "counts as kept late" in follow_ups.before_move(desk, late)
    assert "does not make it kept in time" in follow_ups.before_move(desk, born)
    desk.room = True
    assert "does not make it kept in time" in follow_ups.before_move(desk, late)
