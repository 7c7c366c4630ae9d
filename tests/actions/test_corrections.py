"""Corrections after a meeting was closed are possible, and the minutes say them; thanks stand in them too."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.meeting import meetings
from meetingtool.actions.meeting.papers import agenda_paper, minutes_paper, paper_bytes
from meetingtool.actions.stories.editing import revise_follow_up, revise_story
from meetingtool.actions.stories.stories import deepen, record_story
from meetingtool.documents.formats import markdown
from meetingtool.errors import Refused
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import StoryDetails
from meetingtool.store import Workspace


def minutes_of(workspace: Workspace, meeting: Meeting, now: datetime, *, room: bool = True) -> str:
    """The minutes as they read now."""
    current = workspace.get(Meeting, meeting.id)
    return markdown.render(minutes_paper(Desk(workspace, lambda: now, room=room), current))


@pytest.fixture
def held(workspace: Workspace, now: datetime) -> Meeting:
    """A meeting with two wins, closed after a quarter of an hour."""
    meeting = meetings.start_meeting(workspace, now)
    record_story(workspace, "win", "@maria rang back", now, meeting=meeting.id)
    record_story(workspace, "win", "@tom found the key", now, meeting=meeting.id)
    return meetings.close_meeting(workspace, meeting, now + timedelta(minutes=15), notes="Door is fixed")


def test_minutes_of_a_meeting_nobody_touched_speak_of_no_corrections(
    workspace: Workspace, held: Meeting, now: datetime
) -> None:
    assert "orrected" not in minutes_of(workspace, held, now)


def test_what_is_changed_after_closing_is_said_with_its_day(workspace: Workspace, held: Meeting, now: datetime) -> None:
    later = now + timedelta(days=1)
    meeting = meetings.write_notes(workspace, held, "Door is not fixed", later)
    meeting = meetings.correct(workspace, meeting, later, team_rating=(7, 8))
    first, second = meetings.told_in(workspace, meeting)
    revise_story(workspace, first, "@maria wrote back", StoryDetails(), later)
    remove(workspace, second, later)
    read = minutes_of(workspace, meeting, later)
    assert "wrote back · corrected on Wed 25 Nov" in read
    assert (
        "## Corrected after closing\n\n- Wed 25 Nov: the notes\n- Wed 25 Nov: how the team rated it\n"
        "- 1 story taken out\n" in read
    )


def test_a_star_after_closing_is_no_correction(workspace: Workspace, held: Meeting, now: datetime) -> None:
    from meetingtool.actions.stories.stories import star

    star(workspace, meetings.told_in(workspace, held)[0], now + timedelta(days=1))
    assert "orrected" not in minutes_of(workspace, held, now)


def test_correcting_a_private_story_is_not_told_to_the_team(workspace: Workspace, held: Meeting, now: datetime) -> None:
    secret = record_story(workspace, "win", "@maria zebrafish ~", now, meeting=held.id).story
    remove(workspace, secret, now + timedelta(days=1))
    read = minutes_of(workspace, held, now)
    assert "taken out" not in read
    assert "orrected" not in read


def test_thanks_stand_in_the_minutes_with_their_reward_and_private_ones_do_not(
    workspace: Workspace, now: datetime
) -> None:
    meeting = meetings.start_meeting(workspace, now)
    thanks = record_story(workspace, "praise", "@zoe stayed with the lost boy #listen", now, meeting=meeting.id).story
    deepen(workspace, thanks, StoryDetails(reward="A free afternoon"), now)
    record_story(workspace, "praise", "@tom zebrafish ~", now, meeting=meeting.id)
    closed = meetings.close_meeting(workspace, meeting, now)
    read = minutes_of(workspace, closed, now, room=False)
    assert "## Thanks and close\n\n- **Zoë:** stayed with the lost boy · #listen · A free afternoon\n" in read
    assert "zebrafish" not in read


def test_only_thanks_come_with_a_reward(workspace: Workspace, now: datetime) -> None:
    win = record_story(workspace, "win", "@zoe did it", now).story
    with pytest.raises(Refused, match="Only thanks"):
        deepen(workspace, win, StoryDetails(reward="cake"), now)


@pytest.mark.parametrize("private", [False, True])
def test_agenda_and_minutes_print(workspace: Workspace, held: Meeting, now: datetime, private: bool) -> None:
    desk = Desk(workspace, lambda: now)
    for paper in (agenda_paper(desk, private=private), minutes_paper(desk, held, private=private)):
        data = paper_bytes(paper, "pdf", now.date(), private=private)
        assert data.startswith(b"%PDF")
        assert b"pdfuaid" in data
        assert data == paper_bytes(paper, "pdf", now.date(), private=private)


def test_what_was_removed_since_it_was_read_is_not_changed_in_the_bin(workspace: Workspace, now: datetime) -> None:
    recorded = record_story(workspace, "win", '@maria wrote !"refund posted" by fri', now)
    [promise] = recorded.follow_ups
    for record in (recorded.story, promise):
        remove(workspace, record, now)
    with pytest.raises(Refused, match="This story was removed elsewhere"):
        revise_story(workspace, recorded.story, "@maria rang", StoryDetails(), now)
    with pytest.raises(Refused, match="This promise was removed elsewhere"):
        revise_follow_up(workspace, promise, "card posted", now)
