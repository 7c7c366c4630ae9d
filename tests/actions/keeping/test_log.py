"""What was done lately, as it may be told."""

from __future__ import annotations

from datetime import datetime

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.log import entries
from meetingtool.actions.keeping.undo import remove, undo
from meetingtool.actions.stories.background import steps
from meetingtool.actions.stories.lists import record_list
from meetingtool.actions.stories.stories import record_story, set_private
from meetingtool.store import Workspace


def test_in_room_the_log_is_silent_about_what_is_private_now(workspace: Workspace, now: datetime) -> None:
    desk, room = Desk(workspace, lambda: now), Desk(workspace, lambda: now, room=True)
    before = len(entries(desk))
    assert [entry.ids for entry in entries(room)] == [entry.ids for entry in entries(desk)]
    remove(workspace, record_story(workspace, "win", "~ shouted", now).story, now)
    record_story(workspace, "win", "~ and again", now)
    undo(workspace, now)
    told = record_story(workspace, "win", "stayed on the line", now).story
    open_one, private = record_list(workspace, [("win", "one"), ("win", "~ two")], now)
    assert len(entries(desk)) == before + 6
    assert [entry.ids for entry in entries(room)[:2]] == [(open_one.story.id,), (told.id,)]
    assert len(entries(room)) == before + 2
    set_private(workspace, private.story, False, now)
    assert entries(room)[1].ids == (open_one.story.id, private.story.id)


def test_a_story_that_is_public_again_tells_nothing_of_the_time_between(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "stayed on the line", now).story
    public = set_private(workspace, set_private(workspace, story, True, now), False, now)
    room = Desk(workspace, lambda: now, room=True)
    assert [step.what for step in steps(room, public)] == [()]
    assert [step.what for step in steps(Desk(workspace, lambda: now), public)] == [
        (),
        ("made private",),
        ("made public",),
    ]
