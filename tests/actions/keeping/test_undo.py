"""Undo, removing, bringing back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.log import entries
from meetingtool.actions.keeping.undo import bring_back, remove, undo
from meetingtool.actions.meeting.meetings import set_presence, start_meeting
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.reading import settings_of
from meetingtool.actions.settings import change_settings
from meetingtool.actions.stories import stories
from meetingtool.actions.stories.editing import revise_story
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.errors import Conflict, InRoom, Refused
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Agenda, Meeting
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.records.team import Settings
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


def test_undo_goes_back_step_by_step(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "one", now).story
    stories.star(workspace, story, now)
    record_follow_up(workspace, "promise", "two", now)
    assert [undo(workspace, now).what for _ in range(3)] == [
        "promise.recorded",
        "story.starred",
        "win.recorded",
    ]
    assert (workspace.find(Story), workspace.find(FollowUp)) == ([], [])


def test_a_new_deed_after_an_undo_is_undone_first(workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "one", now)
    record_story(workspace, "win", "two", now)
    undo(workspace, now)
    record_story(workspace, "win", "three", now)
    undo(workspace, now)
    assert [story.text for story in workspace.find(Story)] == ["one"]
    undo(workspace, now)
    assert workspace.find(Story) == []


def test_what_was_changed_elsewhere_since_is_a_conflict(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "one", now).story
    starred = stories.star(workspace, story, now)
    by_another = msgspec.structs.replace(starred, version=3, starred=False)
    workspace.save(by_another, deed="", now=now)
    with pytest.raises(Conflict):
        undo(workspace, now)
    assert workspace.get(Story, story.id) == by_another


def test_two_programs_undo_each_others_deeds_in_order(workspace: Workspace, folder: Path, now: datetime) -> None:
    with Workspace.open(folder, user="lee") as other:
        record_story(workspace, "win", "one", now)
        record_story(other, "win", "two", now + timedelta(seconds=1))
        workspace.refresh()
        assert undo(workspace, now + timedelta(seconds=2)).by == "lee"
        other.refresh()
        assert [story.text for story in other.find(Story)] == ["one"]


def test_in_the_room_the_latest_public_deed_is_undone_as_if_nothing_private_had_been_done(
    workspace: Workspace, now: datetime
) -> None:
    told = record_story(workspace, "win", "one", now).story
    kept: list[Record] = [record_story(workspace, "win", "~ shouted", now).story]
    kept += record_story(workspace, "sticky", "~ late !call by friday", now).follow_ups
    kept.append(record_follow_up(workspace, "promise", "~ x by friday", now))
    person, standard = workspace.find(Person, handle="tom")[0], workspace.find(Standard)[0]
    kept.append(rate(workspace, person, standard, 3, now + timedelta(seconds=1)))
    assert undo(workspace, now, room=True).changes[0].id == told.id
    with pytest.raises(InRoom, match="nothing to undo in the room"):
        for _ in range(50):
            undo(workspace, now, room=True)
    assert all(workspace.get(type(each), each.id) == each for each in kept)
    assert undo(workspace, now).what == "rating.given"


@pytest.mark.parametrize("edited", [False, True], ids=["by a key", "in its line"])
def test_what_made_a_story_private_is_not_undone_in_the_room(workspace: Workspace, now: datetime, edited: bool) -> None:
    story = record_story(workspace, "win", "shouted", now).story
    if edited:
        private = revise_story(workspace, story, "shouted ~", StoryDetails(), now)
    else:
        private = stories.set_private(workspace, story, True, now)
    undo(workspace, now, room=True)
    assert workspace.get(Story, story.id) == private
    undo(workspace, now, past=True)
    assert not workspace.get(Story, story.id).private


@pytest.mark.parametrize("wrong", [timedelta(days=1860), timedelta(hours=1), timedelta(days=-20800)])
def test_undo_goes_by_the_order_of_the_deeds_whatever_the_clock_said(
    workspace: Workspace, folder: Path, now: datetime, wrong: timedelta
) -> None:
    record_story(workspace, "win", "@maria one", now)
    change_settings(workspace, now + wrong, team="Told by a wrong clock")
    record_story(workspace, "win", "@maria two", now + wrong)
    with Workspace.open(folder, user="pat") as other:
        change_settings(other, now + timedelta(minutes=1), team="Right again")
    workspace.refresh()
    record_story(workspace, "win", "@tom three", now + timedelta(minutes=2))
    log = [deed.at for deed in workspace.deeds(5)]
    assert log == [now + timedelta(minutes=2), now + timedelta(minutes=1), now + wrong, now + wrong, now]
    for left in (2, 2, 1):
        undo(workspace, now + timedelta(minutes=3))
        assert len(workspace.find(Story)) == left
    assert settings_of(workspace).team == "Told by a wrong clock"
    undo(workspace, now + timedelta(minutes=3))
    assert settings_of(workspace).team not in ("Right again", "Told by a wrong clock")


def test_a_private_story_told_in_the_room_can_be_taken_back_there(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "~ shouted", now).story
    undo(workspace, now, room=True, here={story.id})
    assert workspace.find(Story) == []


def test_a_deed_of_a_newer_version_is_neither_told_in_the_room_nor_undone(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "one", now).story
    changed = msgspec.structs.replace(story, version=2, starred=True)
    workspace.save(changed, deed=deeds.Code("story.sung"), now=now + timedelta(seconds=1))
    with pytest.raises(Refused, match="newer meetingtool") as refused:
        undo(workspace, now)
    assert "Update" in refused.value.hint
    assert workspace.get(Story, story.id) == changed
    told = [entries(Desk(workspace, lambda: now, room=room))[0].what for room in (False, True)]
    assert told == ["something that this version does not know", "win recorded"]


def test_undo_stops_at_the_set_up(workspace: Workspace, now: datetime) -> None:
    for _ in range(5):
        assert undo(workspace, now).what == "person.added"
    with pytest.raises(Refused, match="nothing to undo"):
        undo(workspace, now)
    assert workspace.find(Settings)


def test_a_deed_whose_versions_are_gone_is_refused_not_guessed(workspace: Workspace, now: datetime) -> None:
    begun = start_meeting(workspace, now)
    meeting = set_presence(workspace, begun, begun.attendance[0].person, "late", now)
    for second in range(1, 60):
        meeting = msgspec.structs.replace(meeting, version=meeting.version + 1, segment=second % 2)
        workspace.save(meeting, deed="", now=now + timedelta(seconds=second))
    try:
        undo(workspace, now + timedelta(minutes=2))
    except Refused as refused:
        assert "changed too often" in refused.message
    else:
        assert workspace.get(Meeting, begun.id).attendance[0].presence == "here"


def test_the_bin_gives_back_what_it_took(workspace: Workspace, now: datetime) -> None:
    story = record_story(workspace, "win", "one", now).story
    binned = remove(workspace, story, now)
    assert workspace.find(Story) == []
    with pytest.raises(Refused, match="already in the bin"):
        remove(workspace, binned, now)
    back = bring_back(workspace, binned, now)
    assert workspace.find(Story) == [back]
    with pytest.raises(Refused, match="not in the bin"):
        bring_back(workspace, back, now)
    assert undo(workspace, now).what == "record.restored"
    assert workspace.find(Story) == []


def test_what_the_workspace_or_others_rest_on_is_not_removed(workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "@tom one #listen", now)
    tom, listen = workspace.find(Person, handle="tom")[0], workspace.find(Standard, tag="listen")[0]
    for record in (workspace.find(Settings)[0], workspace.find(Agenda)[0], tom, listen):
        with pytest.raises(Refused):
            remove(workspace, record, now)
    remove(workspace, workspace.find(Person, handle="zoe")[0], now)
    remove(workspace, workspace.find(Standard, tag="welcome")[0], now)
