"""Many records together: choosing a view, entering what stands behind its numbers, saving and copying it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from screen_text import said, screen_text, until
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from meetingtool.actions.history import insight
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.stories.follow_ups import decide
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.history.history import HistoryScreen
from meetingtool.tui.insight.insight import InsightPlace, InsightScreen
from meetingtool.tui.lists.row_panel import RowPanel
from meetingtool.tui.stories.records_page import RecordsPage
from meetingtool.tui.stories.story_page import StoryPage


@pytest.fixture
def told(workspace: Workspace, now: datetime) -> Workspace:
    """Half a year of stories: two sticky situations about a parcel, wins of Maria and Tom."""
    for weeks, line in (
        (1, "@maria rang back #own-it ^Acme"),
        (5, "@maria @tom stayed late #own-it"),
        (9, "@tom listened #listen"),
    ):
        record_story(workspace, "win", line, now - timedelta(weeks=weeks))
    for weeks in (2, 6):
        told = StoryDetails(learned="Ask for the parcel number")
        line = "@zoe the parcel was lost #listen ^Acme !refund by fri"
        record_story(workspace, "sticky", line, now - timedelta(weeks=weeks), told=told)
    promise = workspace.find(FollowUp)[0]
    decide(workspace, promise, "kept", now - timedelta(weeks=5))
    record_story(workspace, "win", "@maria did this a year ago", now - timedelta(days=364))
    return workspace


async def opened(app: MeetingtoolApp, pilot: Pilot[None], place: InsightPlace) -> InsightScreen:
    await pilot.pause()
    screen = InsightScreen(place)
    app.push_screen(screen)
    for _ in range(4):
        await pilot.pause()
    return screen


def plain(screen: InsightScreen) -> str:
    """What a person reads in the rows, also further down."""
    rows = screen.query_one("#rows", OptionList)
    return "\n".join(str(getattr(option.prompt, "plain", option.prompt)) for option in rows.options)


async def enter(pilot: Pilot[None], screen: InsightScreen, words: str) -> None:
    """Enter the first row that can be entered and has these words."""
    rows = screen.query_one("#rows", OptionList)
    prompts = [str(getattr(option.prompt, "plain", option.prompt)) for option in rows.options]
    rows.highlighted = next(
        n for n, text in enumerate(prompts) if words in text and not rows.get_option_at_index(n).disabled
    )
    rows.action_select()
    for _ in range(6):
        await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 20)])
async def test_every_view_can_be_read(told: Workspace, app: MeetingtoolApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await opened(app, pilot, InsightPlace("year"))
        for name in ("year", "week", "themes", "months", "heat", "promises", "meetings", "resolve"):
            screen.query_one("#views", RowPanel).choose(name)
            await pilot.pause()
            assert screen.place_shown.name == name
            assert str(screen.query_one("#view").border_title)[:20] in screen_text(app)
            assert len(plain(screen)) > 40


async def test_history_people_and_playbook_lead_to_it(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("h")
        assert isinstance(app.screen, HistoryScreen)
        app.screen.rows.focus()
        await pilot.press("i")
        assert isinstance(app.screen, InsightScreen)
        await pilot.press("p")
        await pilot.press("down", "i")
        assert isinstance(app.screen, InsightScreen)
        assert app.screen.place_shown.name == "person"
        assert "Maria Lopez" in screen_text(app)
        await pilot.press("b")
        await pilot.press("i")
        assert isinstance(app.screen, InsightScreen)
        assert "#welcome" in screen_text(app)


async def test_a_picture_names_its_courses_and_its_months(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, InsightPlace("months"))
        shown = screen_text(app)
        assert "█ wins" in shown
        assert "░ stickies" in shown
        assert "Dec ’25" in shown


async def test_entering_a_month_shows_its_stories_in_the_history(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("months"))
        await enter(pilot, screen, "October 2026")
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.line.text == "on:2026-10 "
        assert "stayed late" in screen_text(app)


async def test_the_tables_follow_the_width_of_the_terminal(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, InsightPlace("heat"))
        narrow = plain(screen)
        await pilot.resize_terminal(140, 40)
        await until(pilot, lambda: plain(screen) != narrow)
        for _ in range(4):
            await pilot.pause()
        fresh = await opened(app, pilot, InsightPlace("heat"))
        assert plain(screen) == plain(fresh)


async def test_escape_leads_back_to_the_number_that_was_entered(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("h")
        screen = await opened(app, pilot, InsightPlace("heat"))
        screen.rows.into()
        await pilot.press("right", "right")
        at, cell, picked = screen.rows.highlighted, screen.rows.cell, screen.rows.picked_words
        assert cell is not None
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and "is:win" in app.screen.line.text)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, InsightScreen))
        for _ in range(4):
            await pilot.pause()
        again = app.screen
        assert isinstance(again, InsightScreen)
        assert (again.rows.highlighted, again.rows.cell, again.rows.picked_words) == (at, cell, picked)
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.line.text == ""


async def test_a_cell_of_the_heat_map_is_picked_with_the_arrows(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("heat"))
        await pilot.press("right")
        rows = screen.rows
        place = next(n for n, option in enumerate(rows.options) if "Maria" in option.prompt.plain)
        rows.highlighted = place
        columns = [f"#{s.tag}" for s in app.desk.roster.standards]
        await pilot.press(*["right"] * (columns.index("#own-it") + 1))
        assert "Maria · #own-it" in str(screen.query_one("#view").border_subtitle)
        await pilot.press("enter")
        for _ in range(6):
            await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.line.text.startswith("@maria #own-it is:win after:")
        assert "2 wins" in screen_text(app)


async def test_left_leads_from_a_number_to_its_row_and_then_to_the_views(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, InsightPlace("months"))
        await pilot.press("right", "right", "right")
        assert screen.rows.cell == 2
        await pilot.press("down")
        assert screen.rows.cell == 2, "the column stays"
        await pilot.press("left", "left")
        assert (screen.rows.has_focus, screen.rows.cell) == (True, None)
        await pilot.press("left")
        assert screen.query_one("#views").has_focus


async def test_a_click_on_a_number_enters_it(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("heat"))
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "Maria" in line and ("▓" in line or "█" in line))
        x = max(lines[y].rfind("▓"), lines[y].rfind("█"))
        await pilot.click(offset=(x, y))
        for _ in range(6):
            await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        assert app.screen.line.text.startswith("@maria #own-it")
        assert screen is not app.screen


async def test_the_promises_of_a_month_can_be_entered_in_room_without_the_private_ones(
    told: Workspace, app: MeetingtoolApp
) -> None:
    app.desk.room = True
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, InsightPlace("promises"))
        await enter(pilot, screen, "100 %")
        assert isinstance(app.screen, RecordsPage)
        assert "refund" in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, StoryPage)


async def test_the_number_of_people_leads_to_the_people(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("year"))
        await enter(pilot, screen, "People with a win")
        assert screen.place_shown == InsightPlace("heat")
        assert screen.query_one("#views", RowPanel).chosen == "heat"


async def test_entering_a_story_opens_it_and_escape_comes_back(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("customer", "acme"))
        assert "rang back" in plain(screen)
        await enter(pilot, screen, "rang back")
        assert isinstance(app.screen, StoryPage)
        await pilot.press("escape")
        assert app.screen is screen


async def test_a_story_removed_elsewhere_while_it_is_shown_is_told_and_vanishes(
    told: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("customer", "Acme"))
        with Workspace.open(told.folder, user="other") as other:
            story = next(s for s in other.find(Story) if "rang back" in s.text)
            remove(other, story, now)
        app.look_for_changes()
        await pilot.pause()
        assert "rang back" not in plain(screen)


async def test_one_customer_is_chosen_from_those_named(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, InsightPlace("year"))
        screen.query_one("#views", RowPanel).choose("customer")
        await pilot.pause()
        await pilot.press("enter")
        assert "Acme" in screen_text(app)
        await pilot.press("enter")
        for _ in range(4):
            await pilot.pause()
        assert "Open with them" in plain(screen)


async def test_the_span_of_time_moves_with_the_brackets(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("months"))
        await pilot.press("[", "[")
        assert "2025" in str(screen.query_one("#view").border_subtitle)
        assert "December 2025" in plain(screen)
        await pilot.press("]", "]", "]")
        assert "the last 12 months" in str(screen.query_one("#view").border_subtitle)


async def test_a_view_is_saved_in_the_format_of_its_ending(
    told: Workspace, app: MeetingtoolApp, tmp_path: Path
) -> None:
    paths = [tmp_path / f"view.{ending}" for ending in ("md", "csv", "json", "html", "txt")]
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, InsightPlace("months"))
        for path in paths:
            await pilot.press("d")
            app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")
            for _ in range(4):
                await pilot.pause()
            assert f"Saved as {path}" in said(app)
    for path in paths:
        text = path.read_text(encoding="utf-8-sig")
        assert "October 2026" in text
        if path.suffix == ".json":
            assert json.loads(text)["view"] == "months"


async def test_a_file_that_is_there_is_written_over_only_after_asking(
    told: Workspace, app: MeetingtoolApp, tmp_path: Path
) -> None:
    path = tmp_path / "view.md"
    path.write_text("mine", encoding="utf-8")
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, InsightPlace("months"))
        await pilot.press("d")
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        assert "already exists" in screen_text(app)
        await pilot.press("escape")
    assert path.read_text(encoding="utf-8") == "mine"


async def test_an_ending_that_says_no_format_is_refused(told: Workspace, app: MeetingtoolApp, tmp_path: Path) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, InsightPlace("months"))
        await pilot.press("d")
        app.screen.query_one(Input).value = str(tmp_path / "view.docx")
        await pilot.press("enter")
        assert "is not a known format" in screen_text(app)
    assert not list(tmp_path.glob("view*"))


async def test_copying_says_that_it_cannot_be_told_whether_it_worked(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, InsightPlace("year"))
        await pilot.press("y")
        assert "Sticky situations" in app.clipboard
        assert "none confirms it" in said(app)


async def test_hostile_words_stand_as_they_were_typed(told: Workspace, app: MeetingtoolApp, now: datetime) -> None:
    record_story(told, "win", '@maria [/foo] [b]bold[/b] \x1b[31mred #own-it ^"[/bar] Ltd"', now)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("customer", "[/bar] Ltd"))
        assert "[/foo] [b]bold[/b] ␛[31mred" in plain(screen)


async def test_an_empty_workspace_has_words_for_every_view(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, InsightPlace("themes"))
        assert "No word appears in more than one sticky situation." in plain(screen)


async def test_a_view_that_counts_nothing_says_what_to_do_instead_of_zeros(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for name in ("year", "months", "heat", "promises", "resolve"):
            screen = await opened(app, pilot, InsightPlace(name))
            assert "w notes a win, s a sticky situation; [ goes further back" in plain(screen)
            assert "0" not in plain(screen).replace("2026", "").replace("2025", "")
            await pilot.press("escape")


async def test_this_week_in_earlier_years_is_told(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, InsightPlace("week"))
        assert "did this a year ago" in plain(screen)


async def test_the_newsletter_goes_through_the_months_and_takes_another_pick(
    told: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    record_story(told, "win", "@karim hushhush ~", now)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(app, pilot, InsightPlace("year"))
        await pilot.press("n")
        assert "Newsletter · October 2026" in screen_text(app)
        await pilot.press("]")
        shown = screen_text(app)
        assert "November 2026 · 1 win by 1 person" in shown
        assert "hushhush" not in shown
        assert "The pick of the month" not in shown
        await pilot.press("p")
        await pilot.press("enter")
        for _ in range(4):
            await pilot.pause()
        assert "The pick of the month" in screen_text(app)


async def test_a_brag_sheet_opens_from_the_view_of_a_person(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        maria = app.desk.roster.person("maria")
        assert maria is not None
        await opened(app, pilot, InsightPlace("person", maria.id))
        await pilot.press("a")
        assert "Brag sheet · Maria Lopez" in screen_text(app)
        assert "rang back" in screen_text(app)


async def test_what_was_found_and_a_card_are_saved_from_the_history(
    told: Workspace, app: MeetingtoolApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        app.action_mode("history")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        app.screen.look_for("is:win acme")
        await pilot.pause()
        for keys, name in ((("d",), "found.json"), (("C", "s"), "card.pdf")):
            for key in keys:
                await pilot.press(key)
            app.screen.query_one(Input).value = str(tmp_path / name)
            await pilot.press("enter")
            for _ in range(6):
                await pilot.pause()
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert [row["text"] for row in found] == ["rang back"]
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


async def test_minutes_stand_in_the_history_and_open(workspace: Workspace, app: MeetingtoolApp, now: datetime) -> None:
    from meetingtool.actions.meeting import meetings
    from meetingtool.records.meetings import Meeting
    from meetingtool.tui.meeting.minutes import MinutesPage

    held = meetings.start_meeting(workspace, now - timedelta(days=7))
    meetings.write_notes(workspace, held, "Ordered [/new] umbrellas", now - timedelta(days=7))
    meetings.close_meeting(workspace, workspace.get(Meeting, held.id), now - timedelta(days=7))
    async with app.run_test(size=(120, 36)) as pilot:
        app.action_mode("history")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        app.screen.look_for("umbrella")
        for _ in range(4):
            await pilot.pause()
        shown = screen_text(app)
        assert "minutes Ordered [/new] umbrellas" in shown
        assert "Minutes · Tue 17 Nov" in shown
        await pilot.press("y")
        assert "Ordered [/new] umbrellas" in app.clipboard
        await pilot.press("enter")
        assert isinstance(app.screen, MinutesPage)


async def test_the_order_goes_from_newest_to_oldest_to_best_match(
    told: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    record_story(told, "win", "@tom relisten to the tape", now)
    record_story(told, "win", "@tom listenership grew", now)
    async with app.run_test(size=(120, 36)) as pilot:
        app.action_mode("history")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        app.screen.look_for("listen")
        for order in ("newest first", "oldest first", "best match first", "newest first"):
            await pilot.pause()
            assert order in str(app.screen.query_one("#results").border_title)
            await pilot.press("o")


async def test_a_view_opens_at_the_span_that_one_came_from(told: Workspace, app: MeetingtoolApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = InsightScreen(InsightPlace("months"), period_of(2025))
        app.push_screen(screen)
        for _ in range(4):
            await pilot.pause()
        assert "2025" in str(screen.query_one("#view").border_subtitle)
        await pilot.press("]")
        assert "2026" in str(screen.query_one("#view").border_subtitle)


async def test_the_records_behind_a_number_lose_the_private_ones_when_the_screen_is_shared(
    told: Workspace, app: MeetingtoolApp, now: datetime
) -> None:
    record_story(told, "win", "@maria helped !hushhush by fri ~", now - timedelta(weeks=5))
    hidden = next(promise for promise in told.find(FollowUp) if promise.private)
    decide(told, hidden, "kept", now - timedelta(weeks=5))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot, InsightPlace("promises"))
        await enter(pilot, screen, "100 %")
        assert "hushhush" in screen_text(app)
        app.action_toggle_room()
        await pilot.pause()
        assert isinstance(app.screen, RecordsPage)
        assert "hushhush" not in screen_text(app)
        assert "refund" in screen_text(app)


async def test_on_a_small_screen_the_views_make_room_for_the_one_that_is_entered(
    told: Workspace, app: MeetingtoolApp
) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(app, pilot, InsightPlace("heat"))
        assert "Views" in screen_text(app)
        await pilot.press("right")
        for _ in range(3):
            await pilot.pause()
        shown = screen_text(app)
        assert "Views" not in shown
        assert "all" in shown
        assert "…" not in shown
        await pilot.press("escape")
        assert "Views" in screen_text(app)
        assert screen.query_one("#views").has_focus


async def test_a_view_of_very_much_is_worked_out_while_keys_are_answered(
    much: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    app = app_on(much)
    async with app.run_test(size=(120, 36)) as pilot:
        with much.batch("keeps other threads waiting", now):
            screen = await opened(app, pilot, InsightPlace("months"))
            await pilot.press("up")
            assert screen.place_shown == InsightPlace("themes")
            assert plain(screen) == "Reading …"
        await until(pilot, lambda: "contract" in plain(screen))
        assert "In 3 sticky situations" in plain(screen)
        await pilot.press("left_square_bracket", "right_square_bracket")
        assert "In 3 sticky situations" in plain(screen), "a view that is known is shown at once"
        screen.rows.into()
        await pilot.press("down")
        at = screen.rows.highlighted
        app.attempt(lambda: record_story(much, "sticky", "the contract again", now))
        await until(pilot, lambda: "In 4 sticky situations" in plain(screen))
        assert screen.rows.highlighted == at


async def test_what_was_worked_out_in_private_is_not_shown_in_the_room(
    much: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    for _ in range(2):
        record_story(much, "sticky", "the zebra came back ~", now)
    app = app_on(much)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await opened(app, pilot, InsightPlace("themes"))
        await until(pilot, lambda: "zebra" in plain(screen))
        app.set_room(True)
        assert "zebra" not in plain(screen)
        await until(pilot, lambda: "contract" in plain(screen))
        assert "zebra" not in plain(screen)
        app.set_room(False)
        await until(pilot, lambda: "zebra" in plain(screen))


def test_a_year_of_private_stories_alone_does_not_exist_in_the_room(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "hushed ~", now, on=date(2019, 5, 1))
    record_story(workspace, "win", "told to all", now, on=date(2024, 5, 1))
    for room, first in ((False, 2019), (True, 2024)):
        app.desk.room = room
        assert insight.all_years(app.desk).since.year == first
        assert [span.label for span in insight.spans(app.desk)][-2] == str(first)
