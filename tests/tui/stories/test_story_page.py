"""The page of one story or follow-up, and editing it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from screen_text import said, screen_text, until
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

import meetingtool.tui.app
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.meeting import meetings
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories import stories
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.stories.capture_line import CaptureLine
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.stories.story_page import RecordLink, StoryPage


class Bare(MeetingtoolApp):
    """The app without a mode below the page."""

    CSS_PATH = Path(meetingtool.tui.app.__file__).with_name("app.tcss")

    def begin(self) -> None:
        """Nothing: every test opens its page."""


SMALL, WIDE, TALL = (80, 24), (100, 30), (80, 40)
WIN = '@maria stayed on the line until the courier called back #own-it ^Acme !"refund posted" by fri'


@pytest.fixture
def app(workspace: Workspace, now: datetime) -> MeetingtoolApp:
    """The app with nothing but the page."""
    return Bare(workspace, clock=lambda: now)


@pytest.fixture
def win(workspace: Workspace, now: datetime) -> Story:
    """Maria's win for Acme, told in the meeting of a week ago, with a promise that came out of it."""
    before = now - timedelta(days=7)
    meeting = meetings.start_meeting(workspace, before)
    story = record_story(workspace, "win", WIN, before, meeting=meeting.id).story
    meetings.close_meeting(workspace, meeting, before + timedelta(minutes=15))
    return story


@pytest.fixture
def sticky(workspace: Workspace, now: datetime) -> Story:
    """A sticky situation of which two parts were said."""
    told = StoryDetails(happened="The last red bike was sold twice.", handled="Rang at once, with a loan bike.")
    return record_story(workspace, "sticky", "@zoe sold a bike twice #put-right", now, told=told).story


async def opened(pilot: Pilot[None], app: MeetingtoolApp, record: Story | FollowUp) -> StoryPage:
    page = StoryPage(record)
    await pilot.pause()
    await app.push_screen(page)
    await pilot.pause()
    return page


def now_kept(workspace: Workspace, story: Story) -> Story:
    return workspace.get(Story, story.id)


async def test_a_story_stands_with_all_that_belongs_to_it(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    roster = roster_of(workspace, now.date())
    maria, own_it = roster.person("maria"), roster.standard("own-it")
    assert maria and own_it
    rate(workspace, maria, own_it, 4, now, note="did not let go", stories=[win])
    async with app.run_test(size=TALL) as pilot:
        await opened(pilot, app, win)
        seen = screen_text(app)
        assert "Win · Tue 17 Nov" in seen
        assert "stayed on the line until the courier called back" in seen
        assert "Maria Lopez" in seen
        assert "#own-it  Owns it to the end" in seen
        assert "Weekly meeting, Tue 17 Nov, 09:00" in seen
        assert "refund posted · Acme · Maria" in seen
        assert "4 of 5" in seen
        assert "did not let go" in seen
        assert f"ref {win.ref}" in seen


async def test_ratings_are_not_drawn_in_the_room(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    roster = roster_of(workspace, now.date())
    maria, own_it = roster.person("maria"), roster.standard("own-it")
    assert maria and own_it
    rate(workspace, maria, own_it, 4, now, note="did not let go", stories=[win])
    async with app.run_test(size=TALL) as pilot:
        await opened(pilot, app, win)
        await pilot.press("v")
        assert app.desk.room
        assert "stayed on the line" in screen_text(app)
        assert "4 of 5" not in screen_text(app)
        assert "Evidence" not in screen_text(app)


async def test_a_private_story_closes_when_the_screen_is_shared(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    private = stories.set_private(workspace, win, True, now)
    async with app.run_test(size=TALL) as pilot:
        await opened(pilot, app, private)
        assert "~ private" in screen_text(app)
        await pilot.press("v")
        assert not isinstance(app.screen, StoryPage)
        assert "courier" not in screen_text(app)


async def test_what_a_story_said_in_private_is_not_told_in_the_room(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    private = stories.set_private(workspace, win, True, now)
    reworded = stories.edit_story(workspace, private, "~ @maria shouted at the courier", now).story
    stories.edit_story(workspace, reworded, "@maria calmed the courier down", now)
    app.desk.room = True
    async with app.run_test(size=TALL) as pilot:
        await opened(pilot, app, now_kept(workspace, win))
        assert "calmed the courier down" in screen_text(app)
        assert "private" not in screen_text(app)
        assert "shouted" not in screen_text(app)


async def test_a_story_removed_meanwhile_closes_its_page_once_the_editor_over_it_is_closed(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditLine))
        remove(workspace, now_kept(workspace, win), now)
        app.redraw()
        await pilot.pause()
        assert isinstance(app.screen, EditLine)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, EditLine | StoryPage))


async def test_a_page_whose_story_is_removed_elsewhere_closes_and_says_so(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        with Workspace.open(workspace.folder, user="other") as other:
            remove(other, now_kept(other, win), now)
        await until(pilot, lambda: not isinstance(app.screen, StoryPage))
        await until(pilot, lambda: said(app) == "This story was removed elsewhere. Use undo or the bin to restore it.")


async def test_a_page_whose_story_becomes_private_elsewhere_closes_in_the_room_and_tells_none_of_its_words(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    app.desk.room = True
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        with Workspace.open(workspace.folder, user="other") as other:
            stories.set_private(other, now_kept(other, win), True, now)
        await until(pilot, lambda: not isinstance(app.screen, StoryPage))
        await until(pilot, lambda: said(app) == "It is private now and no longer shown in the room.")
        assert "courier" not in screen_text(app)


async def test_star_and_undo_from_the_page(app: MeetingtoolApp, workspace: Workspace, win: Story) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        await pilot.press("asterisk")
        assert now_kept(workspace, win).starred
        assert "+ starred" in screen_text(app)
        await pilot.press("u")
        assert not now_kept(workspace, win).starred
        assert "Undone" in said(app)


async def test_remove_closes_the_page_and_says_how_to_bring_it_back(
    app: MeetingtoolApp, workspace: Workspace, win: Story
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        await pilot.press("x")
        assert not isinstance(app.screen, StoryPage)
        assert now_kept(workspace, win).removed_at is not None
        assert "Removed. u brings it back." in said(app)
        await pilot.press("u")
        assert now_kept(workspace, win).removed_at is None


async def test_on_the_smallest_screen_it_is_read_and_left_as_it_was(
    app: MeetingtoolApp, workspace: Workspace, win: Story
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        for key in ("escape", "enter"):
            await opened(pilot, app, win)
            assert "stayed on the line until the courier called back" in screen_text(app)
            assert "esc Back" in screen_text(app)
            await pilot.press(key)
            assert not isinstance(app.screen, StoryPage)
        assert now_kept(workspace, win) == win


async def test_a_promise_is_opened_from_its_story_and_kept_at_a_key(
    app: MeetingtoolApp, workspace: Workspace, win: Story
) -> None:
    (promise,) = workspace.find(FollowUp)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        app.screen.query_one(RecordLink).focus()
        await pilot.press("enter")
        assert "Promise to a customer" in screen_text(app)
        assert "It came from" in screen_text(app)
        await pilot.press("plus")
        await pilot.press("t")
        assert workspace.get(FollowUp, promise.id).state == "kept"
        await pilot.press("escape")
        assert "✓ promise kept Tue 24 Nov" in " ".join(screen_text(app).split())


async def test_a_follow_up_is_decided_and_opened_again(app: MeetingtoolApp, workspace: Workspace, win: Story) -> None:
    (promise,) = workspace.find(FollowUp)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, promise)
        for key, state in (("plus", "kept"), ("o", "open"), ("x", "missed"), ("o", "open"), ("minus", "dropped")):
            await pilot.press(key)
            if key == "plus":
                await pilot.press("enter")
            assert workspace.get(FollowUp, promise.id).state == state


async def test_a_new_date_is_agreed_from_the_page(app: MeetingtoolApp, workspace: Workspace, win: Story) -> None:
    (promise,) = workspace.find(FollowUp)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, promise)
        await pilot.press("f", *"1 dec")
        assert "the promise still counts as kept late" in " ".join(screen_text(app).replace("│", " ").split())
        await pilot.press("enter")
        assert workspace.get(FollowUp, promise.id).due == date(2026, 12, 1)
        assert "from Fri 20 Nov to Tue 1 Dec" in screen_text(app)


async def test_editing_begins_with_the_story_as_a_line_and_saves_at_enter(
    app: MeetingtoolApp, workspace: Workspace, win: Story
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, app, win)
        await pilot.press("e")
        line = app.screen.query_one(CaptureLine).input
        assert line.value == "@maria ^Acme stayed on the line until the courier called back #own-it"
        line.insert_text_at_cursor(" @tom")
        await pilot.press("enter")
        kept = now_kept(workspace, win)
        assert [roster_of(workspace, app.desk.today).handle(one) for one in kept.people] == ["maria", "tom"]
        assert kept.text == win.text
        assert isinstance(app.screen, StoryPage)
        assert "who: Maria and Tom (was Maria)" in screen_text(app)


async def test_half_typed_changes_survive_closing_the_editor(
    app: MeetingtoolApp, workspace: Workspace, win: Story
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, app, win)
        await pilot.press("e")
        app.screen.query_one(CaptureLine).input.insert_text_at_cursor(" and rang")
        await pilot.pause()
        await pilot.press("escape")
        assert now_kept(workspace, win) == win
        assert isinstance(app.screen, StoryPage)
        await pilot.press("e")
        assert app.screen.query_one(CaptureLine).input.value.endswith("#own-it and rang")
        await pilot.press("enter")
        assert now_kept(workspace, win).text.endswith("and rang")
        await pilot.press("e")
        assert app.screen.query_one(CaptureLine).input.value.endswith("and rang #own-it")


async def test_an_unchanged_line_saves_nothing(app: MeetingtoolApp, workspace: Workspace, win: Story) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, app, win)
        await pilot.press("e")
        await pilot.press("enter")
        assert isinstance(app.screen, StoryPage)
        assert now_kept(workspace, win) == win


async def test_a_sticky_says_what_is_missing_and_takes_it_in_the_editor(
    app: MeetingtoolApp, workspace: Workspace, sticky: Story
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, app, sticky)
        seen = screen_text(app)
        assert "The last red bike was sold twice." in seen
        assert "Still missing: what we learned and how it ended. e adds it." in seen
        await pilot.press("e")
        app.screen.query_one("#learned", TextArea).text = "ask [/foo] first"
        await pilot.press("ctrl+s")
        kept = now_kept(workspace, sticky)
        assert kept.learned == "ask [/foo] first"
        assert kept.happened == sticky.happened
        assert kept.text == sticky.text
        assert "ask [/foo] first" in screen_text(app)
        await pilot.press("u")
        assert now_kept(workspace, sticky).learned == ""


async def test_half_typed_parts_of_a_sticky_are_kept(app: MeetingtoolApp, workspace: Workspace, sticky: Story) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, app, sticky)
        await pilot.press("e")
        app.screen.query_one("#ended", TextArea).text = "all well"
        await pilot.pause()
        await pilot.press("escape")
        assert now_kept(workspace, sticky) == sticky
        await pilot.press("e")
        assert app.screen.query_one("#ended", TextArea).text == "all well"


async def test_a_promise_is_edited_as_a_line(app: MeetingtoolApp, workspace: Workspace, win: Story) -> None:
    (promise,) = workspace.find(FollowUp)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, app, promise)
        await pilot.press("e")
        line = app.screen.query_one(CaptureLine).input
        assert line.value == "@maria ^Acme refund posted"
        line.value = "@tom ^Acme refund and voucher posted"
        await pilot.press("enter")
        kept = workspace.get(FollowUp, promise.id)
        assert kept.text == "refund and voucher posted"
        assert roster_of(workspace, app.desk.today).handle(kept.people[0]) == "tom"
        assert kept.due == promise.due


async def test_hostile_text_stands_as_typed(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    line = "said [/foo] [Bob] \x1b[31mred\x00 and \u202eleft " + "long " * 300
    story = record_story(workspace, "win", line, now).story
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, story)
        seen = screen_text(app)
        assert "said [/foo] [Bob] ␛[31mred␀ and <U+202E>left long" in " ".join(seen.split())
        await pilot.press("end")
        assert "recorded" in screen_text(app)


async def test_copying_sends_the_words_to_the_terminal_and_says_what_can_be_said(
    app: MeetingtoolApp, win: Story
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        await pilot.press("y")
        assert app.clipboard.startswith("stayed on the line until the courier called back\nWin · Tuesday 17 November")
        assert "none confirms it" in said(app)


async def test_a_win_becomes_a_card_that_is_looked_at_and_saved(
    app: MeetingtoolApp, win: Story, tmp_path: Path
) -> None:
    app.desk.room = True
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, app, win)
        assert "C Card" in screen_text(app).splitlines()[-1]
        await pilot.press("C")
        shown = screen_text(app)
        assert "A card for the wall" in shown
        assert "Harbour Desk: a win" in shown
        assert "Maria" in shown
        assert "#own-it" in shown
        await pilot.press("s")
        app.screen.query_one(Input).value = str(tmp_path / "card.pdf")
        await pilot.press("enter")
        for _ in range(6):
            await pilot.pause()
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


async def test_a_card_closes_when_its_win_becomes_private_elsewhere(
    app: MeetingtoolApp, workspace: Workspace, win: Story, now: datetime
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        page = await opened(pilot, app, win)
        await pilot.press("C")
        with Workspace.open(workspace.folder, user="other") as other:
            stories.set_private(other, now_kept(other, win), True, now)
        app.look_for_changes()
        for _ in range(3):
            await pilot.pause()
        assert app.screen is page
        assert "C Card" not in screen_text(app)


async def test_no_card_is_offered_of_a_sticky_situation(app: MeetingtoolApp, sticky: Story) -> None:
    async with app.run_test(size=WIDE) as pilot:
        page = await opened(pilot, app, sticky)
        assert "C Card" not in screen_text(app)
        await pilot.press("C")
        assert app.screen is page
