"""Looking back: what is found while one types, what stands beside it, and what the keys do."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from screen_text import said, screen_text, until, widget_text
from textual.pilot import Pilot
from textual.widgets import OptionList

import meetingtool.tui.app
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories import stories
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.stories import Story, StoryDetails
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.history import history
from meetingtool.tui.history.history import HistoryScreen
from meetingtool.tui.lists.detail_panel import DetailPanel
from meetingtool.tui.stories.edit_line import EditLine
from meetingtool.tui.stories.story_page import StoryPage

SMALL, WIDE, TINY = (80, 24), (120, 36), (60, 20)


class Looking(MeetingtoolApp):
    """The app, opened on the history."""

    CSS_PATH = Path(meetingtool.tui.app.__file__).with_name("app.tcss")

    def begin(self) -> None:
        """No other mode first."""
        self.switch_mode("history")


@pytest.fixture
def app(workspace: Workspace, now: datetime) -> MeetingtoolApp:
    """The app on the history of the small team."""
    return Looking(workspace, clock=lambda: now)


@pytest.fixture
def told(workspace: Workspace, now: datetime) -> list[Story]:
    """Six stories over two years, oldest first; the fifth is private."""
    week = timedelta(days=7)
    lines = (
        ("win", "@tom drove the lock over himself in the rain #own-it", now - 60 * week),
        ("win", "@maria stayed on the line until the courier called back #own-it ^Acme +", now - 4 * week),
        ("sticky", '@zoe sold a bike twice #put-right ^"Blue Door Café" !"loan bike" by fri', now - 3 * week),
        ("win", "@tom @maria found the parcel [/foo] at the \u202edepot #listen", now - 2 * week),
        ("sticky", "~ @karim shouted at the courier #listen", now - week),
        ("win", "@maria explained the invoice twice #plain-words", now),
    )
    return [record_story(workspace, kind, line, now, at=at).story for kind, line, at in lines]


async def looking(pilot: Pilot[None], query: str = "") -> HistoryScreen:
    """The history screen, with a query typed."""
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    if query:
        screen.search()
        screen.line.text = query
        await pilot.pause()
    return screen


def rows(screen: HistoryScreen) -> list[str]:
    """The words of the rows."""
    return [screen._row(index).plain for index in range(screen.rows.count)]


async def test_an_empty_workspace_says_what_fills_the_history(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await looking(pilot)
        seen = " ".join(screen_text(app).replace("│", "").split())
        assert "Nothing has been told yet. w notes a win, s a sticky situation, and m holds the meeting" in seen


async def test_everything_stands_newest_first_with_day_mark_and_name(app: MeetingtoolApp, told: list[Story]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot)
        lines = rows(screen)
        assert lines[0].split() == ["Tue", "24", "Nov", "Maria", "explained", "the", "invoice", "twice"]
        assert lines[1].startswith("Tue 17 Nov   ~  Karim")
        assert "sticky shouted" in lines[1]
        assert lines[-1].startswith("30 Sep 2025")
        assert any(line.startswith("Tue 27 Oct   +  Maria") for line in lines)
        assert "4 wins · 2 stickies" in screen_text(app)
        assert "All 7, newest first" in screen_text(app)
        assert "found the parcel [/foo] at the <U+202E>depot" in screen_text(app)
        await pilot.press("o")
        assert "All 7, oldest first" in screen_text(app)
        assert rows(screen)[0].startswith("30 Sep 2025")


async def test_typing_finds_and_marks_what_was_typed(app: MeetingtoolApp, told: list[Story]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot)
        await pilot.press("slash", *"cour")
        assert "1 win · 1 sticky" in screen_text(app)
        row = screen._row(1)
        assert "courier" in row.plain
        (span,) = [span for span in row.spans if "underline" in str(span.style)]
        assert row.plain[span.start : span.end] == "cour"
        await pilot.press("enter")
        assert screen.rows.has_focus
        assert screen.rows.cursor == 0


async def test_nothing_in_a_half_typed_query_is_an_error(app: MeetingtoolApp, told: list[Story]) -> None:
    query = '@nobody -#x is:foo on:2026-02-31 customer:"Blue D [/foo] ( \\ * "" after: ~~ @ # : "open'
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot)
        screen.search()
        for end in range(len(query) + 1):
            screen.line.text = query[:end]
            screen._search(keep=False)
        screen.line.text = "x " * 5_000
        await pilot.pause()
        assert "Nothing found" in screen_text(app)


async def test_what_was_not_understood_and_what_leaves_nothing_over_is_said(
    app: MeetingtoolApp, told: list[Story]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot, "is:foo courier ")
        assert "is:foo is left out" in screen_text(app)
        assert "2 found" in screen_text(app)
        screen.line.text = "@maria courier zebra "
        await pilot.pause()
        assert "Nothing fits." in screen_text(app)
        assert "Without zebra there is 1." in screen_text(app)


async def test_people_and_filters_are_completed_with_tab(app: MeetingtoolApp, told: list[Story]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot)
        await pilot.press("slash", "@", "m", "a")
        assert "@maria" in widget_text(app, screen.query_one("#below"))
        await pilot.press("tab")
        assert screen.line.text == "@maria "
        await pilot.press("i", "s", "tab", "s", "t", "i", "tab")
        assert screen.line.text == "@maria is:sticky "
        assert "Nothing found" in screen_text(app)


async def test_escape_clears_then_leaves_the_line_then_goes_to_today(app: MeetingtoolApp, told: list[Story]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot, "courier ")
        await pilot.press("escape")
        assert screen.line.text == ""
        assert screen.rows.count == 7
        await pilot.press("escape")
        assert screen.rows.has_focus
        await pilot.press("escape")
        assert app.current_mode == "today"
        await pilot.press("slash")
        assert app.screen is screen
        assert screen.line.input.has_focus


async def test_beside_the_list_stands_the_whole_story_with_what_belongs_to_it(
    app: MeetingtoolApp, workspace: Workspace, told: list[Story], now: datetime
) -> None:
    stories.deepen(workspace, told[2], StoryDetails(learned="Reserve in the system."), now)
    roster = roster_of(workspace, now.date())
    maria, own_it = roster.person("maria"), roster.standard("own-it")
    assert maria and own_it
    rate(workspace, maria, own_it, 4, now, note="did not let go", stories=[told[1]])
    async with app.run_test(size=WIDE) as pilot:
        screen = await looking(pilot, "#put-right is:sticky ")
        screen._look_up()
        await pilot.pause()
        beside = widget_text(app, screen.query_one("#beside"))
        assert "Sticky situation · Tue 3 Nov" in beside
        assert "Zoë · #put-right · Blue Door Café" in beside
        assert "Reserve in the system." in beside
        assert "· promise: loan bike · Friday" in " ".join(beside.split()) or "! promise: loan bike" in beside
        screen.line.text = "acme is:starred "
        await pilot.pause()
        screen._look_up()
        await pilot.pause()
        assert "4 of 5   Maria on #own-it" in widget_text(app, screen.query_one("#beside"))
        app.set_room(True)
        screen._look_up()
        await pilot.pause()
        assert "4 of 5" not in screen_text(app)


async def test_in_the_room_private_stories_are_nowhere(app: MeetingtoolApp, told: list[Story]) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await looking(pilot)
        assert any("shouted" in line for line in rows(screen))
        assert "Karim 1" in screen_text(app)
        await pilot.press("v")
        assert not any("shouted" in line for line in rows(screen))
        assert "Karim" not in screen_text(app)
        assert "4 wins · 1 sticky" in screen_text(app)
        screen.line.text = "is:private"
        await pilot.pause()
        assert "Nothing found" in screen_text(app)


async def test_narrowing_down_adds_the_chosen_term(app: MeetingtoolApp, told: list[Story]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot)
        await pilot.press("f")
        seen = screen_text(app)
        assert "Narrow down 7 found" in seen
        assert "Maria" in seen
        assert "#own-it" in seen
        assert "stickies" in seen
        assert "Nov 2026" in seen
        await pilot.press("right", "enter")
        assert screen.line.text == "is:win "
        await pilot.press("f")
        await pilot.press("enter")
        assert screen.line.text == "is:win @maria "
        assert screen.rows.count == 3
        assert screen.rows.has_focus


async def test_enter_opens_the_page_and_coming_back_keeps_query_and_cursor(
    app: MeetingtoolApp, told: list[Story]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot, "is:win ")
        await pilot.press("enter", "down", "down", "enter")
        assert isinstance(app.screen, StoryPage)
        assert "courier called back" in screen_text(app)
        await pilot.press("escape")
        assert app.screen is screen
        assert screen.line.text == "is:win "
        assert screen.rows.cursor == 2


async def test_keys_star_hide_remove_and_undo_what_is_under_the_cursor(
    app: MeetingtoolApp, workspace: Workspace, told: list[Story]
) -> None:
    newest = told[-1]
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot)
        await pilot.press("asterisk", "tilde")
        assert rows(screen)[0].startswith("Tue 24 Nov   +~ Maria")
        await pilot.press("tilde")
        await until(pilot, lambda: "Make it public?" in screen_text(app))
        await pilot.press("n")
        await until(pilot, lambda: app.screen is screen)
        assert workspace.get(Story, newest.id).private
        await pilot.press("x")
        assert "Removed. u brings it back." in said(app)
        assert workspace.get(Story, newest.id).removed_at is not None
        assert rows(screen)[0].startswith("Tue 17 Nov")
        assert screen.rows.cursor == 0
        await pilot.press("u")
        assert workspace.get(Story, newest.id).removed_at is None
        assert rows(screen)[0].startswith("Tue 24 Nov")
        await pilot.press("g", "T")
        await until(pilot, lambda: "thanks › @maria" in screen_text(app))


async def test_the_cursor_stays_on_its_story_when_another_is_told(
    app: MeetingtoolApp, workspace: Workspace, told: list[Story], now: datetime
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot)
        await pilot.press("down")
        record_story(workspace, "win", "@tom a newer one", now + timedelta(minutes=1))
        app.redraw()
        await pilot.pause()
        assert "a newer one" in rows(screen)[0]
        assert screen.rows.cursor == 2
        assert "shouted" in rows(screen)[2]


async def test_edit_copy_and_legend_are_at_their_keys(app: MeetingtoolApp, told: list[Story]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await looking(pilot)
        await pilot.press("y")
        assert app.clipboard.startswith("explained the invoice twice\nWin · Tuesday 24 November 2026 · Maria")
        await pilot.press("l")
        assert "How to search" in screen_text(app)
        assert "a standard" in screen_text(app)
        await pilot.press("escape", "e")
        assert isinstance(app.screen, EditLine)


async def test_a_search_is_kept_and_entered_again(app: MeetingtoolApp, workspace: Workspace, told: list[Story]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        screen = await looking(pilot, "courier is:sticky ")
        await pilot.press("enter", "a")
        await pilot.press("a")
        assert app.desk.settings.searches == ("courier is:sticky",)
        assert "courier is:sticky" in screen_text(app)
        app.set_room(True)
        await pilot.pause()
        offered = widget_text(app, app.screen.query_one(OptionList))
        assert "courier" not in offered
        assert "is:starred  starred" in offered
        app.set_room(False)
        await pilot.pause()
        await pilot.press("home", "down", "up", "enter")
        assert screen.line.text == "courier is:sticky "
        assert screen.rows.has_focus
        await pilot.press("a")
        await pilot.press("x")
        assert app.desk.settings.searches == ()


async def test_a_match_far_into_a_story_is_shown_in_its_row(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", f"@maria {'well ' * 60}found the zebra in the end", now)
    async with app.run_test(size=TINY) as pilot:
        screen = await looking(pilot, "zebra ")
        (row,) = rows(screen)
        assert "zebra" in row
        assert len(row) <= screen.rows.row_width
        await pilot.press("enter")
        assert "zebra" in screen_text(app)


@pytest.fixture
def many(workspace: Workspace, now: datetime) -> None:
    """Ninety stories over three years."""
    with workspace.batch("told", now):
        for number in range(90):
            at = now - timedelta(days=10 * number)
            record_story(workspace, "win", f"@tom story {number} of {'plenty' if number % 2 else 'many'}", now, at=at)


async def test_typing_and_paging_lay_nothing_out_anew(app: MeetingtoolApp, many: None) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await looking(pilot)
        await pilot.press("slash", "s")
        laid_out: list[object] = []
        screen.screen_layout_refresh_signal.subscribe(screen, laid_out.append)
        await pilot.press(*"tory", "enter", "pagedown", "pagedown", "up")
        assert screen.line.text == "story"
        assert "All 90" not in screen_text(app)
        assert "90 found" in screen_text(app)
        assert "story 4" in widget_text(app, screen.query_one("#beside"))
        assert not laid_out


async def test_a_key_is_answered_before_all_is_looked_through_and_counted(
    app: MeetingtoolApp, many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST_FOR", "NONE_FOR", "SLICE"):
        monkeypatch.setattr(history, name, -1.0)
    async with app.run_test(size=WIDE) as pilot:
        screen = await looking(pilot)
        screen.line.text = "story"
        screen.line.text = "plenty"
        for _ in range(400):
            await pilot.pause()
            if "45 found" in screen_text(app):
                break
        seen = screen_text(app)
        assert "45 found, newest first" in seen
        assert "45 wins" in seen
        assert "Tom 45" in seen
        assert len(rows(screen)) == 45
        await pilot.press("f")
        assert "Narrow down 45 found" in screen_text(app)


async def test_a_long_story_is_scrolled_beside_the_list_and_the_next_begins_at_its_top(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "win", "@tom short", now - timedelta(days=1))
    record_story(workspace, "win", f"@maria {' '.join(f'word{number}' for number in range(300))}", now)
    async with app.run_test(size=WIDE) as pilot:
        screen = await looking(pilot)
        beside = screen.query_one(DetailPanel)
        assert "word0" in widget_text(app, beside)
        assert "word299" not in widget_text(app, beside)
        beside.focus()
        await pilot.press("end")
        assert "word299" in widget_text(app, beside)
        screen.rows.focus()
        await pilot.press("down")
        assert "short" in widget_text(app, beside)
        assert beside.scroll_offset.y == 0


async def test_all_that_was_told_is_read_ahead_before_anybody_searches(
    workspace: Workspace, now: datetime, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    for year in (2019, 2022, 2026):
        record_story(workspace, "win", f"told in {year}", now, at=datetime(year, 3, 1, 9, tzinfo=now.tzinfo))
    gc.disable()  # as the program does until its first frame stands
    try:
        app = app_on(workspace)
    finally:
        gc.enable()
    try:
        async with app.run_test() as pilot:
            await until(pilot, lambda: len(app.history) == 3)
            await until(pilot, lambda: not [worker for worker in app.workers if worker.name == "load ahead"])
            assert not app.history.years_left
            assert not app.history.follow()
    finally:
        gc.unfreeze()
