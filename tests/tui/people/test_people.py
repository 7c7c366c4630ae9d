"""People: the tabs of a person, periods, the team side by side, and what the room sees of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from screen_text import said, screen_text, until
from textual.widgets import Input, OptionList, Static, TabbedContent

from meetingtool.actions.meeting.meetings import start_meeting
from meetingtool.actions.people import evaluation_course
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.people.team import add_person, edit_person
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.keys import key_groups
from meetingtool.tui.people.people import PeopleScreen
from meetingtool.tui.people.rating_grid import RatingGrid
from meetingtool.tui.people.team_page import TeamPage, scale_line
from tests.conftest import Prepared

SIZES = [(80, 24), (120, 36)]
SECRETS = ("75", "81", "of 100", "Strong", "rating", "Rating", "Score", "score", "Evaluation", "evaluation", "Years")


@pytest.fixture
def rated(workspace: Workspace, folder: Path, prepared: Prepared, now: datetime) -> Workspace:
    """Maria has been rated 4 this year and 3 in the last, Tom 4 with one 5; Maria's 2025 is final."""
    prepared(folder, rate_two, workspace, now)
    workspace.refresh()
    return workspace


def rate_two(workspace: Workspace, now: datetime) -> None:
    roster = roster_of(workspace, now.date())
    maria, tom = roster.person("maria"), roster.person("tom")
    assert maria is not None
    assert tom is not None
    win = record_story(workspace, "win", "@maria closed the gap behind it #own-it", now).story
    for standard in roster.standards:
        cited = [win] if standard.tag == "own-it" else []
        rate(workspace, maria, standard, 4, now, stories=cited)
        rate(workspace, tom, standard, 5 if standard.tag == "listen" else 4, now, note="seen")
        for who in (maria, tom):
            rate(workspace, who, standard, 4, now, on=date(2026, 5, 12))
        rate(workspace, maria, standard, 3, now, on=date(2025, 3, 2))
        rate(workspace, maria, standard, 3, now, on=date(2025, 6, 2))
    evaluation_course.finalise(workspace, maria, period_of(2025), now, reason="x")


async def test_the_quarters_stay_in_one_row_however_often_the_tab_is_turned_to(
    app: MeetingtoolApp, rated: Workspace
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "down")
        for steps in (["right"], ["tab", "left"], ["right"]):
            await pilot.press(*steps)
            if app.screen.query_one(TabbedContent).active == "ratings":
                heads = next(line for line in screen_text(app).splitlines() if "Jan" in line)
                assert all(quarter in heads for quarter in ("Jan", "Apr", "Jul", "Oct"))
        assert app.screen.query_one(TabbedContent).active == "ratings"
        named = {line.name for group in key_groups(app, app.screen) for line in group.lines}
        assert "Tabs" in named
        await pilot.click("#--content-tab-ratings")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "sheet")


async def test_enter_on_a_standard_rates_and_a_digit_turns_to_a_tab(app: MeetingtoolApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "2", "3")
        await until(pilot, lambda: app.screen.query_one(TabbedContent).active == "score")
        assert workspace.find(Rating) == []
        await pilot.press("2")
        await until(pilot, lambda: "Enter rates it" in screen_text(app))
        await until(pilot, lambda: not app.screen.query_one("#everyone").has_focus)
        await pilot.press("enter", "4", "enter")
        await until(pilot, lambda: "Rated 4" in said(app))
    assert [rating.value for rating in workspace.find(Rating)] == [4]


async def test_every_number_of_the_score_opens_its_records(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "down")
        await pilot.press("right", "right")
        seen = screen_text(app)
        assert "75 of 100" in seen
        assert "8 standards, 16 ratings" in " ".join(seen.replace("│", " ").split())
        heads = next(line for line in seen.splitlines() if "Jan" in line)
        assert all(quarter in heads for quarter in ("Jan", "Apr", "Jul", "Oct")), "the quarters are columns"
        await pilot.press("question_mark")
        assert "How much of the weight is known" in screen_text(app)
        await pilot.press("escape")
        await pilot.press("enter")
        rows = app.screen.query_one("ScoreTab OptionList", OptionList)
        assert rows.has_focus and rows.highlighted is not None, "the row that Enter takes is marked"
        await pilot.press("pagedown")
        assert 0 < rows.scroll_offset.y <= rows.scrollable_content_region.height, "a page skips nothing"
        await pilot.press("home", "enter")
        assert "Standards" in screen_text(app)
        assert "#own-it" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_years_stand_side_by_side(app: MeetingtoolApp, rated: Workspace, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("p", "down", "left")
        rows = [" ".join(line.replace("│", " ").split()) for line in screen_text(app).splitlines()]
        assert any("2025 50 50.0 – – – 0.0 final" in row for row in rows)
        assert any("2026 75 75.0 – – – 0.0 records" in row for row in rows)
        assert any("● score" in row for row in rows)
        await pilot.press("question_mark")
        assert "How many points up or down could be chance" in screen_text(app)
        await pilot.press("escape")
        await pilot.press("down")
        assert "once two years have a score" in " ".join(screen_text(app).replace("│", " ").split())
        await pilot.press("down")
        assert "No rating and no evaluation of Zoë" in " ".join(screen_text(app).replace("│", " ").split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_team_side_by_side_is_no_ranking(
    app: MeetingtoolApp, rated: Workspace, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("p", "o")
        seen = " ".join(screen_text(app).replace("│", " ").split())
        assert "The team side by side · 2026" in seen
        assert "not a basis for a ranking" in seen
        assert "To do in the coming weeks" in seen
        assert "no rating yet on #welcome" in seen
        order = [seen.index(f" {name} ") for name in ("Karim", "Maria", "Sam", "Tom", "Zoë")]
        assert order == sorted(order)
        await pilot.press("left_square_bracket")
        assert "The team side by side · 2025" in screen_text(app)
        await pilot.press("escape", "o", "down", "enter")
        screen = app.screen
        assert isinstance(screen, PeopleScreen)
        assert screen.person is not None
        assert screen.person.handle == "maria"


async def test_another_period_is_chosen_or_typed(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "down", "y")
        assert "2026 H2" in screen_text(app)
        await pilot.press("down", "enter")
        assert "@maria · 2026 H2" in screen_text(app)
        await pilot.press("left_square_bracket")
        assert "@maria · 2026 H1" in screen_text(app)
        await pilot.press("y", "end", "enter", *"2025", "enter")
        assert "@maria · 2025" in screen_text(app)
        await pilot.press("y", "end", "enter", *"soon", "enter")
        assert "not a period" in screen_text(app)


async def test_a_joiner_is_shown_with_the_part_of_the_year(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        assert "@karim · 2026, from 1 Jun" in screen_text(app)


async def test_in_the_room_there_is_evidence_alone(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "down", "v")
        for keys in ((), ("right",), ("left",), ("o",), ("y",), ("r",), ("enter",), ("escape",)):
            await pilot.press(*keys)
            seen = screen_text(app)
            assert isinstance(app.screen, PeopleScreen)
            assert not [secret for secret in SECRETS if secret in seen], keys
        assert "closed the gap behind it" in seen


async def test_sharing_the_screen_closes_the_comparison(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "o")
        assert isinstance(app.screen, TeamPage)
        await pilot.press("ctrl+r")
        assert isinstance(app.screen, PeopleScreen)
        assert "side" not in screen_text(app)


async def test_thirty_people_with_long_names_and_none_at_all(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for number in range(30):
        add_person(workspace, f"Wilhelmina [b]Featherstonehaugh-Cholmondeley {number}", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "end", "k")
        await until(pilot, lambda: "[b]Featherstonehaugh-Cholmondeley 9  @" in whole_name(app))
        await pilot.press("end")
        await until(pilot, lambda: not whole_name(app))
        await pilot.press("o")
        assert "Fewer than two people have a number" in screen_text(app)
        await pilot.press("end", "escape", "left")
        assert isinstance(app.screen, PeopleScreen)


def test_a_score_on_its_line_shows_how_far_it_could_be_off() -> None:
    assert scale_line(50, 10, 20) == "        ├─●─┤       "
    assert scale_line(None, None, 10) == " " * 10
    assert scale_line(100, 20, 10)[-1] == "●"


def whole_name(app: MeetingtoolApp) -> str:
    """Who is on, where the frame has no room for it."""
    line = app.screen.query_one("#whole-name", Static)
    return str(line.content) if line.display else ""


async def test_a_long_name_keeps_the_initial_by_which_it_is_told_apart(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for last in ("Papadopoulos-Karagiannis", "Vandenbroucke-Delacroix"):
        add_person(workspace, f"Maximilian-Alexander {last}", now)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        seen = screen_text(app)
        assert "Maximilian-Al… P." in seen
        assert "Maximilian-Al… V." in seen


async def test_other_weights_are_tried_and_settled_on(app: MeetingtoolApp, rated: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "o", "w")
        line = app.screen.query_one(Input)
        assert line.value == "standards=60, customers=20, promises=15, training=5"
        line.value = "standards=70"
        await pilot.press("enter")
        assert "add up to 110, not 100" in screen_text(app)
        assert line.value == "standards=70", "what was typed is still there"
        app.screen.query_one(Input).value = "standards=50, customers=20, promises=20, training=10"
        await pilot.press("enter")
        seen = " ".join(screen_text(app).replace("│", " ").split())
        assert "Trying standards 50, customers 20, promises 20, training 10" in seen
        assert "there are 50" in seen
        assert app.desk.settings.score.standards == 60, "nothing is changed by trying"
        await pilot.press("s", "y")
        assert app.desk.settings.score.standards == 50
        await pilot.press("left_square_bracket", "w")
        assert "The weights of 2025 are fixed" in said(app)
        assert "The weights of 2025 are fixed" in " ".join(screen_text(app).replace("│", " ").split())


async def test_two_entries_of_a_person_are_made_one_after_asking_and_undone(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    double = add_person(workspace, "Maria Lopez", now, handle="maria-2", nicknames=["Zazza"])
    story = record_story(workspace, "win", "@maria-2 found the parcel", now).story
    maria = edit_person(workspace, workspace.find(Person, handle="maria")[0], now, thanks="private")
    thanks = record_story(workspace, "praise", "@tom for the cake with Zazza", now).story
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("p")
        assert isinstance(app.screen, PeopleScreen)
        app.screen.choose(maria.id)
        await pilot.press("=")
        assert "Which other entry is Maria Lopez?" in screen_text(app)
        await pilot.press("enter")
        asked = " ".join(screen_text(app).replace("│", " ").split())
        assert "1 story of @maria-2 will move to Maria Lopez (@maria)." in asked
        await pilot.press("y")
        for _ in range(3):
            await pilot.pause()
        assert workspace.get(Story, story.id).people == (maria.id,)
        assert workspace.get(Story, thanks.id).private
        assert "1 record that praises them is private now." in said(app)
        assert app.screen.person is not None
        assert app.screen.person.id == maria.id
        await pilot.press("u")
        assert workspace.get(Person, double.id).removed_at is None
        assert workspace.get(Story, story.id).people == (double.id,)
        await pilot.press("v", "=")
        assert isinstance(app.screen, PeopleScreen), "in room no question says how many ratings there are"


async def test_somebody_is_found_by_typing_in_every_list_of_people(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    for number in range(28):
        add_person(workspace, f"Ann{chr(97 + number % 26)} Number{number}", now)
    tom = workspace.find(Person, handle="tom")[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "f", *"tom", "enter")
        people = app.screen
        assert isinstance(people, PeopleScreen)
        assert people.person == tom
        await pilot.press("r", "slash", *"tom", "enter")
        assert app.screen.query_one(RatingGrid).person == tom
        await pilot.press("escape", "g", "o", "f", *"tom", "enter", "enter")
        assert app.screen is people
        assert people.person == tom
        start_meeting(workspace, now)
        await pilot.press("m")
        await pilot.press("escape", "a", "slash", *"tom", "enter", "3")
    absent = [entry.person for entry in workspace.find(Meeting)[0].attendance if entry.presence == "absent"]
    assert absent == [tom.id]
