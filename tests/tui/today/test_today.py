"""Today: what a manager reads there, and what the keys do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from screen_text import said, screen_text, until, widget_text
from textual.pilot import Pilot

from meetingtool.actions.customers.complaints import record_complaint
from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.meeting import meetings
from meetingtool.actions.need import FOLLOW_UP
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.people.team import add_person
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories import follow_ups
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.lists.row_panel import RowPanel
from meetingtool.tui.today import rows

SMALL, WIDE, TINY = (80, 24), (120, 36), (60, 20)


def panel(app: MeetingtoolApp, name: str) -> str:
    """What stands in one of the panels."""
    return app.screen.query_one(f"#{name}", RowPanel).plain


def hold(workspace: Workspace, at: datetime, votes: tuple[int, ...] = ()) -> None:
    """A meeting that was held at a moment."""
    meeting = meetings.start_meeting(workspace, at)
    meetings.close_meeting(workspace, meeting, at + timedelta(minutes=15), team_rating=votes)


@pytest.fixture
def overdue(workspace: Workspace, now: datetime) -> FollowUp:
    """A promise that was due two days ago."""
    before = now - timedelta(days=5)
    line = '@tom refund posted by 22 Nov ^"Blue Door Café"'
    return record_follow_up(workspace, "promise", line, before, at=before)


async def test_a_new_team_is_told_what_to_do_first(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        seen = screen_text(app)
        assert "First steps" in seen
        assert "w  Note a first win: who did what for whom" in seen
        assert "m  Hold the first meeting; its agenda is ready" in seen
        assert "✓ p  Add the people on your team" in seen
        assert "Anyone without a story for two weeks" in panel(app, "quiet")


@pytest.mark.usefixtures("threads_held")
async def test_records_that_take_long_to_read_come_right_after_the_first_frame(
    much: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    with Workspace.open(much.folder) as again, ExitStack() as held:
        app = app_on(again)
        held.enter_context(again.batch("keeps other threads waiting", now))
        async with app.run_test(size=WIDE) as pilot:
            await until(pilot, lambda: "Reading …" in screen_text(app))
            app.redraw()
            await pilot.press("question_mark")
            assert "Keys" in screen_text(app)
            await pilot.press("escape")
            assert "waiting to be told" not in screen_text(app)
            assert app.desk.takes_long(), "no key read it"
            held.close()
            await until(pilot, lambda: "4 stories waiting to be told" in screen_text(app))
            assert not app.desk.takes_long()
            assert "Note a first win" in panel(app, "needs")
            assert "drove it over in the rain" in panel(app, "latest")
            assert app.screen.focused is app.screen.query_one("#needs")


async def test_first_steps_are_gone_once_a_meeting_was_held(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    hold(workspace, now - timedelta(days=7))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "First steps" not in screen_text(app)
        assert "Needs you" in screen_text(app)


async def test_next_meeting_says_when_and_what_waits(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    hold(workspace, now - timedelta(days=7))
    record_story(workspace, "win", "@maria found the parcel", now)
    record_follow_up(workspace, "promise", "@tom bike back by fri", now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "Tuesday 24 November, 09:00 · today" in screen_text(app)
        assert "1 story waiting to be told · 1 promise or action due" in screen_text(app)


async def test_an_open_meeting_comes_first(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    meeting = meetings.start_meeting(workspace, now - timedelta(hours=1))
    meetings.suspend(workspace, meeting, now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "! The meeting of Tue 24 Nov is suspended." in screen_text(app)


async def test_an_overdue_promise_stands_with_its_age_customer_and_owner(
    app: MeetingtoolApp, overdue: FollowUp
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "! promise 2 days over refund posted · Blue Door Café · Tom" in panel(app, "needs")


async def test_what_is_overdue_comes_first_with_the_cursor_on_it(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    week_ago = now - timedelta(days=7)
    meetings.close_meeting(workspace, meetings.start_meeting(workspace, week_ago), week_ago)
    record_follow_up(workspace, "promise", "@tom bike back by fri", now)
    record_complaint(workspace, "^Acme waited in vain", week_ago)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "complaint" in panel(app, "needs"))
        needs = app.screen.query_one("#needs", RowPanel)
        assert (needs.plain.split()[1], needs.chosen) == ("complaint", needs.rows[0].key)


def test_promises_stand_where_they_are_when_the_rest_is_known(
    workspace: Workspace, now: datetime, overdue: FollowUp
) -> None:
    desk = Desk(workspace, lambda: now)
    at_once, later = rows.needs_rows(desk, all_of_it=False), rows.needs_rows(desk)
    assert [row.key for row in at_once] == [f"{FOLLOW_UP}{overdue.id}"]
    assert len(later) > len(at_once), "nothing else needs anybody here"
    assert later[0].row.looks == at_once[0].row.looks


async def test_plus_keeps_the_promise_under_the_cursor_and_undo_takes_it_back(
    app: MeetingtoolApp, workspace: Workspace, overdue: FollowUp
) -> None:
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.pause()
        app.screen.query_one("#needs", RowPanel).choose(f"follow-up:{overdue.id}")
        await pilot.press("plus")
        assert "in time, or when?" in screen_text(app)
        assert "today, 2 days late" in screen_text(app)
        await pilot.press("i")
        kept = workspace.get(FollowUp, overdue.id)
        assert (kept.state, kept.decided_at.date() if kept.decided_at else None) == ("kept", kept.due)
        assert "refund posted" not in panel(app, "needs")
        assert "Kept: refund posted. u undoes it." in said(app)
        await pilot.press("u")
        assert workspace.get(FollowUp, overdue.id).state == "open"
        assert "refund posted" in panel(app, "needs")


@pytest.mark.parametrize(("key", "state"), [("x", "missed"), ("minus", "dropped")])
async def test_x_misses_and_d_drops(
    app: MeetingtoolApp, workspace: Workspace, overdue: FollowUp, key: str, state: str
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#needs", RowPanel).choose(f"follow-up:{overdue.id}")
        await pilot.press(key)
        assert workspace.get(FollowUp, overdue.id).state == state


async def test_f_moves_the_date_in_the_words_people_use(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, overdue: FollowUp
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#needs", RowPanel).choose(f"follow-up:{overdue.id}")
        await pilot.press("f")
        await pilot.press(*"fri", "enter")
        assert workspace.get(FollowUp, overdue.id).due == now.date() + timedelta(days=3)
        assert "· promise Friday refund posted" in panel(app, "needs")


async def test_the_keys_of_a_promise_do_nothing_on_other_rows(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, overdue: FollowUp
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#coming", RowPanel).focus()
        await pilot.pause()
        await pilot.press("plus", "x", "d")
        assert workspace.get(FollowUp, overdue.id).state == "open"
        assert "Missed" not in screen_text(app).splitlines()[-1]


async def test_enter_opens_the_follow_up(app: MeetingtoolApp, overdue: FollowUp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#needs", RowPanel).choose(f"follow-up:{overdue.id}")
        await pilot.press("enter")
        assert "refund posted" in screen_text(app)
        assert overdue.ref in screen_text(app)
        await pilot.press("escape")
        assert app.screen.query_one("#needs", RowPanel).chosen == f"follow-up:{overdue.id}"


async def test_an_open_mark_is_sorted_out_for_all_its_stories(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    stories = [
        record_story(workspace, "win", f"@jo walked a customer to the {to}", now).story for to in ("bus", "bank")
    ]
    jo = add_person(workspace, "Jo Byrne", now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "“@jo” may be Jo Byrne (@jo), in 2 stories" in " ".join(panel(app, "needs").split())
        app.screen.query_one("#needs", RowPanel).choose("sort:@jo")
        await pilot.press("enter")
        seen = screen_text(app)
        for offered in ("Jo Byrne", "somebody else on the team", "a new person", "plain text"):
            assert offered in seen
        await pilot.press("enter")
    assert [workspace.get(Story, story.id).people for story in stories] == [(jo.id,), (jo.id,)]


async def test_an_open_mark_can_be_somebody_else_somebody_new_or_plain_words(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    marked = {
        name: record_story(workspace, "win", f"{name} was so kind", now).story for name in ("@jo", "@li", "@home")
    }
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for mark, keys in (
            ("@jo", [*"somebody", "enter", *"tom", "enter"]),
            ("@li", [*"new", "enter", *"Li Byrne", "enter"]),
            ("@home", [*"plain", "enter"]),
        ):
            app.screen.query_one("#needs", RowPanel).choose(f"sort:{mark}")
            app.screen.query_one("#needs", RowPanel).focus()
            for key in ["enter", *keys]:
                await pilot.press("space" if key == " " else key)
        assert "sort out" not in panel(app, "needs")
    handles = {person.id: person.handle for person in workspace.find(Person)}
    credited = {mark: [handles[each] for each in workspace.get(Story, s.id).people] for mark, s in marked.items()}
    assert credited == {"@jo": ["tom"], "@li": ["li"], "@home": []}
    assert [person.name for person in workspace.find(Person, handle="li")] == ["Li Byrne"]


async def test_what_a_leaver_has_open_is_handed_over(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    follow_up = record_follow_up(workspace, "promise", "@sam keys returned", now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "1 promise or action of Sam Bell, who left on Tue 31 Mar" in " ".join(panel(app, "needs").split())
        sam = workspace.find(Person, handle="sam")[0]
        app.screen.query_one("#needs", RowPanel).choose(f"left:{sam.id}")
        await pilot.press("enter", *"zo", "enter")
        assert "who left" not in panel(app, "needs")
    assert workspace.get(FollowUp, follow_up.id).people == (workspace.find(Person, handle="zoe")[0].id,)


async def test_ratings_are_asked_for_in_private_and_absent_in_the_room(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    hold(workspace, now - timedelta(days=7))
    roster = roster_of(workspace, now.date())
    for standard in roster.standards:
        rate(workspace, roster.people[0], standard, 3, now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "1 of 4 people done · by Thu 31 Dec" in panel(app, "needs")
        await pilot.press("v")
        seen = screen_text(app)
        assert "ROOM" in seen
        assert "rating" not in seen.lower()
        assert "evaluation" not in seen.lower()


async def test_private_stories_and_promises_are_not_drawn_in_the_room(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", '@maria handled the divorce papers !"call the lawyer" by fri ~', now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "divorce" in screen_text(app)
        assert "call the lawyer" in screen_text(app)
        await pilot.press("v")
        assert "divorce" not in screen_text(app)
        assert "lawyer" not in screen_text(app)


async def test_the_quarter_adds_up(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    for weeks, votes in ((1, (8, 9)), (2, (7, 8))):
        hold(workspace, now - timedelta(weeks=weeks), votes)
    for days in (0, 1, 7, 70):
        when = now - timedelta(days=days)
        record_story(workspace, "win", "@maria found the parcel", now, at=when)
    for state in ("kept", "kept", "missed"):
        promise = record_follow_up(workspace, "promise", "@tom bike back", now)
        follow_ups.decide(workspace, promise, state, now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        quarter = app.screen.query_one("#quarter", RowPanel)
        assert quarter.border_title == "This quarter · Oct–Dec"
        assert quarter.plain.startswith("wins ▁▁▁▁▁▁▁▅█ 3\n")
        assert "2 of 3 kept" in quarter.plain
        assert "2 held, rated 8.0" in quarter.plain


async def test_who_has_been_silent_is_named_with_how_long_and_when_the_screen_is_shared_the_cursor_begins_anew(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for weeks, who in ((5, "@karim @tom"), (4, "@zoe"), (0, "@tom @maria")):
        record_story(workspace, "win", f"{who} found the parcel", now, at=now - timedelta(weeks=weeks))
    record_story(workspace, "win", "@karim handled the divorce papers ~", now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        quiet = app.screen.query_one("#quiet", RowPanel)
        assert panel(app, "quiet") == "Zoë 4 weeks"
        await pilot.press("v")
        assert panel(app, "quiet") == "Karim 5 weeks\nZoë 4 weeks"
        assert quiet.chosen == quiet.rows[0].key


async def test_this_week_last_year_comes_back_and_opens(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    then = now - timedelta(days=364)
    record_story(workspace, "win", "@maria drove the lock over in the rain #own-it +", now, at=then)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "+ Maria  drove the lock over in the rain  #own-it" in panel(app, "last-year")
        app.screen.query_one("#last-year", RowPanel).focus()
        await pilot.pause()
        await pilot.press("enter")
        assert "drove the lock over in the rain" in screen_text(app)
        assert "2025" in screen_text(app)


async def test_what_was_just_noted_stands_under_lately(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.attempt(lambda: record_story(workspace, "sticky", "@tom the delivery was late", now))
        await pilot.pause()
        assert "Tue 24 Nov sticky  Tom  the delivery was late" in panel(app, "latest")


async def test_the_arrows_lead_through_all_panels(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "@maria found the parcel", now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#coming", RowPanel).focus()
        await pilot.pause()
        visited = []
        for _ in range(10):
            visited.append(app.screen.focused.id if app.screen.focused else "")
            await pilot.press("down")
        assert list(dict.fromkeys(visited)) == ["coming", "needs", "quarter", "latest"]
        await pilot.press(*["up"] * 10)
        assert app.screen.focused is app.screen.query_one("#coming")


async def test_the_row_under_the_cursor_is_in_sight_on_a_small_screen(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for number in range(9):
        record_follow_up(workspace, "promise", f"@tom promise number {number} by fri", now)
    async with app.run_test(size=TINY) as pilot:
        await pilot.pause()
        for number in range(9):
            found = next(f for f in workspace.find(FollowUp) if f.text.endswith(str(number)))
            app.screen.query_one("#needs", RowPanel).focus()
            app.screen.query_one("#needs", RowPanel).choose(f"follow-up:{found.id}")
            await pilot.pause()
            assert f"promise number {number}" in screen_text(app)


async def test_a_change_keeps_the_cursor_on_its_row(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, overdue: FollowUp
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        needs = app.screen.query_one("#needs", RowPanel)
        needs.choose(f"follow-up:{overdue.id}")
        app.attempt(lambda: record_follow_up(workspace, "promise", "@zoe earlier still by yesterday", now))
        await pilot.pause()
        assert needs.chosen == f"follow-up:{overdue.id}"
        assert app.screen.focused is needs


@pytest.mark.parametrize("size", [WIDE, TINY])
async def test_hostile_words_stand_as_typed_with_controls_made_visible(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, size: tuple[int, int]
) -> None:
    record_follow_up(workspace, "promise", "@tom [/foo] \x1b[31m\u202eevil by fri", now)
    record_story(workspace, "win", "@nobody [/b] [bold]x\x00y", now)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = panel(app, "needs")
        assert "[/foo] ␛[31m<U+202E>evil" in seen
        assert "[/b] [bold]x␀y" in seen


async def test_every_line_of_a_small_screen_is_whole(app: MeetingtoolApp, overdue: FollowUp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        lines = screen_text(app).splitlines()
        assert lines[0].endswith("private")
        assert lines[-1].rstrip().endswith("? Keys")
        text = widget_text(app, app.screen.query_one("#needs"))
        assert all(line.startswith(("│", "╭", "╰")) for line in text.splitlines())


async def test_a_silent_person_is_opened_among_the_people(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@tom @zoe found the parcel", now, at=now - timedelta(weeks=5))
    record_story(workspace, "win", "@karim @maria @tom found another", now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        quiet = app.screen.query_one("#quiet", RowPanel)
        quiet.focus()
        await pilot.pause()
        await pilot.press("enter")
        assert app.current_mode == "people"
        assert "Zoë Martin-Reid · Front desk" in screen_text(app)


async def enter(pilot: Pilot[None], app: MeetingtoolApp, name: str, row: str) -> None:
    """Put the cursor on a row of a panel, and enter it."""
    panel = app.screen.query_one(f"#{name}", RowPanel)
    panel.focus()
    panel.choose(row)
    await pilot.pause()
    await pilot.press("enter")


async def test_the_numbers_can_be_entered(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "@maria found the parcel", now)
    record_story(workspace, "win", "@maria told long ago", now, at=now - timedelta(days=100))
    promise = record_follow_up(workspace, "promise", "@tom bike back", now)
    follow_ups.decide(workspace, promise, "kept", now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await enter(pilot, app, "quarter", "promises")
        assert "Promises · Oct–Dec" in screen_text(app)
        assert "bike back" in screen_text(app)
        await pilot.press("escape")
        await enter(pilot, app, "quarter", "wins")
        assert app.current_mode == "history"
        assert "is:win after:2026-10" in screen_text(app)
        assert "found the parcel" in screen_text(app)
        assert "told long ago" not in screen_text(app)


async def test_the_stories_that_wait_can_be_entered(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    hold(workspace, now - timedelta(days=7))
    record_story(workspace, "win", "@maria found the parcel", now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await enter(pilot, app, "coming", "waiting")
        assert "is:waiting" in screen_text(app)
        assert "found the parcel" in screen_text(app)


async def test_more_room_shows_more_of_what_was_told_lately(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for number in range(6):
        record_story(workspace, "win", f"@maria story number {number}", now)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert panel(app, "latest").count("story number") == 3
        await pilot.resize_terminal(*WIDE)
        assert panel(app, "latest").count("story number") == 6


async def test_what_has_gone_meanwhile_is_told_and_not_changed(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, overdue: FollowUp
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#needs", RowPanel).choose(f"follow-up:{overdue.id}")
        remove(workspace, overdue, now)
        await pilot.press("plus")
        assert "since been moved to the bin" in said(app)
        assert workspace.get(FollowUp, overdue.id).state == "open"
        assert "refund posted" not in panel(app, "needs")


async def test_a_click_on_a_row_opens_it(app: MeetingtoolApp, overdue: FollowUp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        line = next(at for at, words in enumerate(screen_text(app).splitlines()) if "refund posted" in words)
        await pilot.click(offset=(40, line))
        assert overdue.ref in screen_text(app)


async def test_letters_move_in_the_lists_and_decide_nothing(
    app: MeetingtoolApp, workspace: Workspace, now: datetime, overdue: FollowUp
) -> None:
    for day in ("23 Nov", "25 Nov"):
        record_follow_up(workspace, "promise", f"@tom bike back by {day}", overdue.at)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        needs = app.screen.query_one("#needs", RowPanel)
        needs.choose(f"follow-up:{overdue.id}")
        needs.focus()
        rows = needs.enabled
        assert len(rows) >= 3
        for key, at in (("g", rows[0]), ("j", rows[1]), ("k", rows[0]), ("G", rows[-1]), ("k", rows[-2])):
            await pilot.press(key)
            assert (app.focused, needs.highlighted) == (needs, at)
        assert workspace.get(FollowUp, overdue.id) == overdue
        assert len(app.screen_stack) == 1
