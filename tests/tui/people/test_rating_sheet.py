"""The rating sheet: one key a rating, anchors in view, evidence where it is needed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from screen_text import said, screen_text
from textual.widgets import Input

from meetingtool.actions.people.ratings import rate
from meetingtool.actions.people.team import add_person
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.ratings import Rating
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.people.rating_grid import RatingGrid, cell_text
from meetingtool.tui.people.rating_sheet import RatingSheet
from meetingtool.tui.stories.marks import in_two

SIZES = [(80, 24), (120, 36)]


def given(workspace: Workspace) -> list[tuple[str, str, int | None, str, int]]:
    """handle, tag, value, note, number of stories."""
    roster = roster_of(workspace, datetime(2026, 11, 24).date())
    return [
        (roster.handle(r.person), roster.tag(r.standard), r.value, r.note, len(r.stories))
        for r in workspace.find(Rating)
    ]


@pytest.mark.parametrize("size", SIZES)
async def test_people_stand_by_standards_with_the_anchors_in_view(app: MeetingtoolApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("p", "r")
        seen = screen_text(app)
        assert "Ratings · Oct–Dec 2026" in seen
        assert "0 of 32 answered" in seen
        for tag in ("welcome", "plain-", "words", "one-", "team"):
            assert tag in seen
        for name in ("Karim", "Maria", "Tom", "Zoë"):
            assert name in seen
        assert "Sam" not in seen, "who had left by then"
        assert "Karim Haddad  #welcome" in seen
        assert "3 Stops, greets" in seen


async def test_a_file_of_ratings_is_given_after_a_look(
    app: MeetingtoolApp, workspace: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text("Who,Rater,Standard,Stars given\nMaria Lopez,Me,welcome,4\nNobody Here,Tom,welcome,3\n")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("p", "r", "a")
        app.screen.query_one(Input).value = str(file)
        for keys, asked in (
            (("enter",), "Are all the ratings yours? “Rater” has “Tom” (line 3)"),
            ((*"yes", "enter"), "Which column holds the rating?"),
            ((*"stars", "enter"), ""),
        ):
            await pilot.press(*keys)
            assert asked in " ".join(screen_text(app).replace("│", " ").split())
        seen = " ".join(screen_text(app).replace("│", " ").split())
        assert "1 rating, 0 given before, 1 line left out?" in seen
        assert "Line 3: nobody on the team is called “Nobody Here”" in seen
        await pilot.press("y")
        assert isinstance(app.screen, RatingSheet)
        assert given(workspace) == [("maria", "welcome", 4, "", 0)]


async def test_a_key_rates_and_goes_on_to_the_next_person(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "r")
        await pilot.press("4", "3", "0", "4", "3")
        assert given(workspace) == [
            ("karim", "welcome", 4, "", 0),
            ("maria", "welcome", 3, "", 0),
            ("tom", "welcome", None, "", 0),
            ("zoe", "welcome", 4, "", 0),
            ("karim", "listen", 3, "", 0),
        ]
        assert "5 of 32 answered" in screen_text(app)
        assert "Maria Lopez  #listen" in screen_text(app)


async def test_typing_again_corrects_and_undo_takes_back(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "r")
        await pilot.press("4", "up", "3")
        assert given(workspace) == [("karim", "welcome", 3, "", 0)]
        await pilot.press("u")
        assert given(workspace) == [("karim", "welcome", 4, "", 0)]


async def test_a_five_asks_what_it_rests_on(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "@karim [greeted] all seven #welcome", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "r")
        assert "[greeted] all seven" in screen_text(app)
        await pilot.press("5")
        assert "Evidence for a 5 for Karim Haddad on #welcome?" in screen_text(app)
        await pilot.press("enter")
        assert given(workspace) == [("karim", "welcome", 5, "", 1)]
        await pilot.press("1")
        assert "A 1 for Maria Lopez: what did you see?" in screen_text(app)
        await pilot.press(*"left", "enter")
        assert given(workspace)[1] == ("maria", "welcome", 1, "left", 0)
        await pilot.press("up", "up", "4")
        assert given(workspace)[0] == ("karim", "welcome", 4, "", 0), "what was cited for the 5 is corrected, too"


async def test_a_sticky_is_not_offered_for_a_low_rating(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_story(workspace, "sticky", "@karim lost the key #welcome", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "r")
        await pilot.press("2")
        assert "what did you see?" in screen_text(app)
        await pilot.press("enter")
        assert "needs a note or a story" in said(app)
        assert given(workspace) == []


async def test_a_past_quarter_is_rated_on_its_last_day(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "r")
        await pilot.press("left_square_bracket", "left_square_bracket", "4")
        assert "Apr–Jun 2026" in screen_text(app)
        (rating,) = workspace.find(Rating)
        assert rating.at.date().isoformat() == "2026-06-30"
        await pilot.press("m")
        assert "Ratings · June 2026" in screen_text(app)
        await pilot.press("left_square_bracket")
        assert "Ratings · May 2026" in screen_text(app)
        assert "Karim" not in screen_text(app), "who started in June"
        for _ in range(8):
            await pilot.press("right_square_bracket")
        await pilot.pause()
        assert "Ratings · November 2026" in screen_text(app), "no month that has not begun"


async def test_a_team_of_thirty_with_long_names_is_scrolled(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for number in range(30):
        add_person(workspace, f"Wilhelmina Featherstonehaugh-Cholmondeley {chr(65 + number % 26)}{number}", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "r")
        await pilot.press("end")
        seen = screen_text(app)
        assert "[·]" in seen
        assert "3 Stops, greets" in seen, "the anchors stay in view"
        grid = app.screen.query_one(RatingGrid)
        assert grid.row == 33
        await pilot.press("pageup", "home", "shift+tab", "left")
        assert (grid.row, grid.column) == (0, 0)


async def test_the_mouse_puts_the_cursor(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "r")
        grid = app.screen.query_one(RatingGrid)
        await pilot.click(RatingGrid, offset=(grid.name_width + grid.cell_width * 2 + 1, 4))
        assert (grid.row, grid.column) == (2, 2)


async def test_in_the_room_there_is_no_sheet(app: MeetingtoolApp, workspace: Workspace, now: datetime) -> None:
    roster = roster_of(workspace, now.date())
    rate(workspace, roster.people[0], roster.standards[0], 4, now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "v", "r")
        assert not isinstance(app.screen, RatingSheet)
        assert "Rating" not in screen_text(app)
        await pilot.press("v", "r")
        assert isinstance(app.screen, RatingSheet)
        await pilot.press("ctrl+r")
        assert not isinstance(app.screen, RatingSheet), "sharing the screen closes it"


def test_a_cell_says_its_mean_and_a_tag_breaks_at_its_dash() -> None:
    assert cell_text(()) == "·"
    assert in_two("own-it", 8) == ("", "own-it")
    assert in_two("plain-words", 8) == ("plain-", "words")
    assert in_two("welcoming", 5) == ("welco", "ming")
