"""After the meeting, in private: from what was told to ratings, a story at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from screen_text import screen_text, typed, until
from textual.pilot import Pilot

from meetingtool.actions.meeting.meetings import close_meeting, start_meeting
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.meeting.minutes import MinutesPage
from meetingtool.tui.meeting.rating_pass import RatingPass

DONE = "That was all."


@pytest.fixture
def held(workspace: Workspace, now: datetime) -> Meeting:
    """A meeting of an hour ago in which three stories were told."""
    then = now - timedelta(hours=1)
    meeting = start_meeting(workspace, then)
    record_story(workspace, "win", "@maria stayed [late] for him #own-it", then, meeting=meeting.id)
    record_story(workspace, "sticky", "@tom the van broke down", then + timedelta(minutes=1), meeting=meeting.id)
    both = "@zoe @karim carried the piano #listen #put-right"
    record_story(workspace, "win", both, then + timedelta(minutes=2), meeting=meeting.id)
    return close_meeting(workspace, workspace.get(Meeting, meeting.id), then + timedelta(minutes=15))


async def open_pass(app: MeetingtoolApp, pilot: Pilot[None], held: Meeting) -> None:
    """The pass over the meeting as it is kept now."""
    app.push_screen(RatingPass(app.workspace.get(Meeting, held.id)))
    await until(pilot, lambda: isinstance(app.screen, RatingPass) and "Told on" in screen_text(app))


async def press(app: MeetingtoolApp, pilot: Pilot[None], key: str, then: str) -> None:
    """Press a key, and wait for what it leads to."""
    await pilot.press(key)
    await until(pilot, lambda: then in flat(app))


def flat(app: MeetingtoolApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


def given(workspace: Workspace) -> list[tuple[str, str, int | None, str]]:
    """Who was rated on what, with which number and note, oldest first."""
    from meetingtool.actions.reading import roster_of

    ratings = sorted(workspace.find(Rating), key=lambda rating: rating.id)
    roster = roster_of(workspace, ratings[0].made_at.date()) if ratings else None
    return [(roster.handle(r.person), roster.tag(r.standard), r.value, r.note) for r in ratings if roster]


async def test_a_number_rates_who_was_named_on_the_standard_told_of_and_cites_the_story(
    app: MeetingtoolApp, workspace: Workspace, held: Meeting
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_pass(app, pilot, held)
        read = flat(app)
        assert "1 of 6" in read
        assert "stayed [late] for him" in read
        assert "How did Maria do here?" in read
        own_it = app.desk.roster.standard("own-it")
        assert own_it is not None
        assert own_it.anchors[4][:40] in read
        await press(app, pilot, "5", "2 of 6")
        [rating] = workspace.find(Rating)
        assert given(workspace) == [("maria", "own-it", 5, "")]
        [story] = [s for s in workspace.find(Story) if s.id in rating.stories]
        assert story.text == "stayed [late] for him"
        assert rating.at == story.at


async def test_each_person_is_asked_about_on_each_standard_and_the_end_is_said(
    app: MeetingtoolApp, workspace: Workspace, held: Meeting
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await open_pass(app, pilot, held)
        await press(app, pilot, "s", "2 of 6")
        await press(app, pilot, "right", "3 of 6")
        asked = []
        for number, then in (("3", "4 of 6"), ("4", "5 of 6"), ("3", "6 of 6"), ("4", DONE)):
            asked.append(next(name for name in ("Zoë", "Karim") if f"How did {name}" in flat(app)))
            await press(app, pilot, number, then)
        assert asked == ["Zoë", "Zoë", "Karim", "Karim"]
        assert {(who, tag) for who, tag, _, _ in given(workspace)} == {
            (who, tag) for who in ("zoe", "karim") for tag in ("listen", "put-right")
        }
        for key in ("3", "s", "e"):
            await pilot.press(key)
            assert DONE in flat(app)
        assert len(workspace.find(Rating)) == 4


async def test_a_story_without_a_standard_is_not_rated_before_it_has_one(
    app: MeetingtoolApp, workspace: Workspace, held: Meeting
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await open_pass(app, pilot, held)
        await press(app, pilot, "s", "No standard was named.")
        assert "5 Rate" not in flat(app)
        await pilot.press("4")
        await press(app, pilot, "e", "Which standard did it show?")
        await pilot.press("down")
        second = app.desk.roster.standards[1]
        assert workspace.find(Rating) == []
        await press(app, pilot, "enter", f"#{second.tag}")
        await press(app, pilot, "4", "3 of 6")
        assert given(workspace) == [("tom", second.tag, 4, "")]


async def test_a_note_goes_with_the_next_rating_alone(app: MeetingtoolApp, workspace: Workspace, held: Meeting) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await open_pass(app, pilot, held)
        await press(app, pilot, "n", "A note for this rating")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, RatingPass))
        assert "Note:" not in flat(app)
        await press(app, pilot, "n", "A note for this rating")
        await typed(pilot, "calm [b] all along")
        await press(app, pilot, "enter", "Note: calm [b] all along")
        await press(app, pilot, "4", "2 of 6")
        assert "Note:" not in flat(app)
        await press(app, pilot, "s", "3 of 6")
        await press(app, pilot, "4", "4 of 6")
        assert [note for _, _, _, note in given(workspace)] == ["calm [b] all along", ""]


async def test_one_step_back_shows_it_again_and_the_first_has_none_before(
    app: MeetingtoolApp, workspace: Workspace, held: Meeting
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await open_pass(app, pilot, held)
        await press(app, pilot, "b", "1 of 6")
        await press(app, pilot, "3", "2 of 6")
        assert "You gave" not in flat(app)
        await press(app, pilot, "left", "You gave 3.")
        await press(app, pilot, "4", "2 of 6")
        assert [value for _, _, value, _ in given(workspace)][-1] == 4


async def test_stopping_keeps_the_place_and_what_is_through_does_not_come_again(
    app: MeetingtoolApp, workspace: Workspace, held: Meeting
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await open_pass(app, pilot, held)
        await press(app, pilot, "s", "2 of 6")
        await press(app, pilot, "s", "3 of 6")
        await press(app, pilot, "s", "4 of 6")
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, RatingPass))
        await open_pass(app, pilot, held)
        assert "1 of 4" in flat(app)
        assert "carried the piano" in flat(app)
        for then in ("2 of 4", "3 of 4", "4 of 4", DONE):
            await press(app, pilot, "s", then)
        await pilot.press("escape")
        await open_pass(app, pilot, held)
        assert "Nothing is left to go through." in flat(app)
    assert set(workspace.get(Meeting, held.id).considered) == {story.id for story in workspace.find(Story)}


async def test_what_was_skipped_can_be_taken_up_again(app: MeetingtoolApp, workspace: Workspace, held: Meeting) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await open_pass(app, pilot, held)
        await press(app, pilot, "4", "2 of 6")
        for then in ("3 of 6", "4 of 6", "5 of 6", "6 of 6", DONE):
            await press(app, pilot, "s", then)
        assert "a returns to the 2 stories without a rating" in flat(app)
        await press(app, pilot, "escape", "")
        await open_pass(app, pilot, held)
        await press(app, pilot, "a", "1 of 5")
        assert "the van broke down" in flat(app)
        for then in ("2 of 5", "3 of 5"):
            await press(app, pilot, "s", then)
        await press(app, pilot, "4", "4 of 5")
    assert len(workspace.find(Rating)) == 2


async def test_a_story_that_credits_nobody_does_not_wait_for_a_rating(
    app: MeetingtoolApp, workspace: Workspace, held: Meeting, now: datetime
) -> None:
    record_story(workspace, "win", "a customer thanked us all for the lift", now, meeting=held.id)
    record_story(workspace, "win", "@jo who is on no team helped", now, meeting=held.id)
    async with app.run_test(size=(120, 36)) as pilot:
        app.push_screen(MinutesPage(held))
        await until(pilot, lambda: "3 of its stories not yet considered for ratings (t)" in screen_text(app))
        app.set_room(True)
        await until(pilot, lambda: "considered for ratings" not in screen_text(app))


async def test_nothing_of_it_stays_on_a_screen_that_is_shared(app: MeetingtoolApp, held: Meeting) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await open_pass(app, pilot, held)
        app.set_room(True)
        await until(pilot, lambda: not isinstance(app.screen, RatingPass))
        assert "How did" not in screen_text(app)
