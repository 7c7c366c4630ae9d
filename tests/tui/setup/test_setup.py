"""The first run: what is asked, what was understood, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from screen_text import screen_text, widget_text
from textual.widgets import Input, TextArea

from meetingtool.actions.reading import is_set_up, settings_of
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.setup.setup import SetupScreen
from meetingtool.tui.setup.weekday_choice import WeekdayChoice
from meetingtool.tui.today.today import TodayScreen

SMALL, WIDE, TINY = (80, 24), (120, 36), (60, 20)
ROSTER = (
    "Employee name;Job title;Start date;Leaving date\n"
    "Lopez, Maria;Front desk;2021-05-03;\n"
    "Ng, Tom;Workshop;2019-01-07;\n"
    "Bell, Sam;Workshop;2020-02-03;2026-03-31\n"
    ";Nobody;;\n"
)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace that has not been set up."""
    with Workspace.open(tmp_path / "new", create=True, user="pat") as opened:
        yield opened


@pytest.fixture
def app(empty: Workspace, app_on: Callable[[Workspace], MeetingtoolApp]) -> MeetingtoolApp:
    """The app on an empty workspace."""
    return app_on(empty)


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_an_empty_workspace_begins_with_the_questions(app: MeetingtoolApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = screen_text(app)
        assert "Welcome to meetingtool" in seen
        for words in ("Team", "Meets on", "Tue", "09:00", "People", "8 standards", "meetingtool demo", "Start"):
            assert words in seen


async def test_a_team_is_set_up_from_the_keyboard_alone(app: MeetingtoolApp, empty: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press(*"Dock", "enter")
        await pilot.press("right", "right", "enter")
        await pilot.press(*"14:30", "enter")
        await pilot.press(*"gbp", "enter")
        app.screen.query_one("#people", TextArea).insert("Maria Lopez, front desk\nTom Ng")
        await pilot.press("enter", "enter")
        await pilot.press("enter")
        settings = settings_of(empty)
        assert (settings.team, settings.weekday, settings.clock, settings.currency) == (
            "Dock",
            3,
            "14:30",
            "GBP",
        )
        people = sorted(empty.find(Person), key=lambda person: person.name)
        assert [(p.name, p.handle, p.role) for p in people] == [
            ("Maria Lopez", "maria", "front desk"),
            ("Tom Ng", "tom", ""),
        ]
        assert len(empty.find(Standard)) == 8
        assert isinstance(app.screen, TodayScreen)
        assert "Dock" in screen_text(app)


async def test_what_was_understood_is_shown_while_typing(app: MeetingtoolApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.screen.query_one("#people", TextArea).text = "Maria Lopez, front desk\n...\nMaria Ng"
        await pilot.pause()
        seen = screen_text(app)
        assert "✓ 2 people" in seen
        assert "@maria" in seen
        assert "@maria-n" in seen
        assert "Line 2 was skipped: it has no name." in " ".join(seen.split())


async def test_a_roster_is_read_by_its_path_with_what_was_mapped_and_left_out(
    app: MeetingtoolApp, empty: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "our team.csv"
    path.write_text(ROSTER, encoding="utf-8")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.screen.query_one("#team", Input).value = "Harbour Desk"
        app.screen.query_one("#people", TextArea).text = str(path).replace(" ", "\\ ")
        await pilot.press("ctrl+s")
        assert sorted(person.name for person in empty.find(Person)) == ["Maria Lopez", "Sam Bell", "Tom Ng"]
        assert isinstance(app.screen, TodayScreen)


async def test_the_preview_of_a_roster_counts_who_has_left(app: MeetingtoolApp, tmp_path: Path) -> None:
    path = tmp_path / "team.csv"
    path.write_text(ROSTER, encoding="utf-8")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SetupScreen)
        screen.query_one("#people", TextArea).text = str(path)
        screen.look_now()
        await pilot.pause()
        seen = " ".join(screen_text(app).split())
        assert "✓ 3 people, 1 of whom has left" in seen
        assert "Employee name -> name" in seen


async def test_what_a_roster_leaves_open_is_asked_at_the_start_and_the_people_are_seen_before(
    app: MeetingtoolApp, empty: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "team.csv"
    path.write_bytes("Wer,Hired\nLefèvre Ana,03/04/2019\nBo Lind,25/12/2020\nCy Ek,12/30/2021\n".encode("mac_roman"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#team", Input).value = "Harbour Desk"
        app.screen.query_one("#people", TextArea).text = str(path)
        for keys in (("ctrl+s",), (*"wer", "enter"), (*"mac", "enter"), (*"month", "enter")):
            await pilot.press(*keys)
        assert not is_set_up(empty)
        assert "✓ 3 people" in screen_text(app)
        await pilot.press("enter")
    assert {person.name: str(person.started) for person in empty.find(Person)} == {
        "Lefèvre Ana": "2019-03-04",
        "Bo Lind": "2020-12-25",
        "Cy Ek": "2021-12-30",
    }


async def test_a_roster_that_is_not_there_is_said_beside_the_names_and_nothing_is_set_up(
    app: MeetingtoolApp, empty: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#team", Input).value = "Harbour Desk"
        app.screen.query_one("#people", TextArea).text = "/nowhere/at all.csv"
        await pilot.press("ctrl+s")
        assert "There is no file" in screen_text(app)
        assert not is_set_up(empty)
        assert app.screen.query_one("#people", TextArea).text == "/nowhere/at all.csv"


async def test_what_is_missing_or_wrong_is_said_beside_its_field(app: MeetingtoolApp, empty: Workspace) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        app.screen.query_one("#clock", Input).value = "25:00"
        app.screen.query_one("#currency", Input).value = "£"
        await pilot.press("ctrl+s")
        seen = screen_text(app)
        assert "! The team needs a name" in seen
        assert "! “25:00” is not a time of day." in seen
        assert "! “£” is not a currency." in seen
        assert app.screen.focused is app.screen.query_one("#team")
        assert not is_set_up(empty)
        await pilot.press("H")
        assert "needs a name" not in screen_text(app)


async def test_escape_asks_and_staying_keeps_everything(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press(*"Harbour", "escape")
        assert "Leave before the team is set up?" in screen_text(app)
        await pilot.press("escape")
        assert app.screen.query_one("#team", Input).value == "Harbour"
        assert app.is_running


async def test_what_was_typed_is_there_again_after_leaving(
    app: MeetingtoolApp, empty: Workspace, app_on: Callable[[Workspace], MeetingtoolApp]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#team", Input).value = "Harbour [/foo] Desk"
        app.screen.query_one("#people", TextArea).text = "Maria Lopez\nTom"
        app.screen.query_one(WeekdayChoice).day = 4
        await pilot.pause()
        await pilot.press("escape")
        await pilot.press("y")
    again = app_on(empty)
    async with again.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert again.screen.query_one("#team", Input).value == "Harbour [/foo] Desk"
        assert again.screen.query_one("#people", TextArea).text == "Maria Lopez\nTom"
        assert again.screen.query_one(WeekdayChoice).day == 4


async def test_no_key_of_the_modes_works_before_there_is_a_team(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.query_one("#start").focus()
        await pilot.pause()
        await pilot.press("m", "h", "w", "u", "q")
        assert isinstance(app.screen, SetupScreen)
        assert app.is_running


async def test_days_are_chosen_by_letter_and_by_click(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        days = app.screen.query_one(WeekdayChoice)
        days.focus()
        await pilot.pause()
        await pilot.press("f")
        assert days.day == 4
        await pilot.press("t", "t")
        assert days.day == 3
        await pilot.click(days, offset=(1, 0))
        assert days.day == 0


async def test_nothing_is_out_of_reach_on_a_tiny_screen(app: MeetingtoolApp) -> None:
    async with app.run_test(size=TINY) as pilot:
        await pilot.pause()
        assert "Mo Tu We Th Fr Sa Su" in screen_text(app)
        assert "09:00" in screen_text(app)
        app.screen.query_one("#start").focus()
        for _ in range(3):  # the focus, the scrolling it asks for, the drawing
            await pilot.pause()
        assert "Start" in widget_text(app, app.screen.query_one("#start"))
