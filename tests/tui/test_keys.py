"""The sheet of keys: only what works here and now, in words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

from screen_text import said, screen_text

from meetingtool import tui
from meetingtool.actions.meeting.meetings import close_meeting, start_meeting
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.keys import HERE, KeySheet, key_groups
from meetingtool.tui.frame.keys_line import Hint, place
from meetingtool.tui.lists.row_panel import RowPanel
from meetingtool.tui.meeting.attendance import AttendancePage
from meetingtool.tui.meeting.minutes import MinutesPage
from meetingtool.tui.palette import commands
from meetingtool.tui.today.today import TodayScreen

SMALL, WIDE = (80, 24), (120, 40)
PRIVATE = re.compile("rating|score|evaluation", re.IGNORECASE)


async def test_the_sheet_shows_the_keys_of_the_screen_and_those_of_everywhere(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    record_follow_up(workspace, "promise", "@tom bike back by fri", now)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        needs = app.screen.query_one("#needs", RowPanel)
        needs.choose(next(key for key in (row.key for row in needs.rows) if key.startswith("follow-up:")))
        await pilot.pause()
        await pilot.press("question_mark")
        seen = screen_text(app)
        assert "Keys that work here" in seen
        assert "It was kept" in seen
        assert "Everywhere" in seen
        assert "Note a service win" in seen
        assert "Open the row under the cursor" in seen


async def test_keys_that_do_not_work_now_are_not_in_it(app: MeetingtoolApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        assert "was kept" not in screen_text(app)


async def test_escape_closes_it_and_the_screen_is_as_it_was(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        before = screen_text(app)
        for opening, closing in (("f1", "escape"), ("question_mark", "question_mark"), ("question_mark", "q")):
            await pilot.press(opening)
            assert isinstance(app.screen, KeySheet)
            await pilot.press(closing)
            assert isinstance(app.screen, TodayScreen)
        assert screen_text(app) == before


async def test_every_shown_binding_says_what_it_does(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for mode in ("today", "playbook"):
            app.action_mode(mode)
            await pilot.pause()
            for group in key_groups(app, app.screen):
                for line in group.lines:
                    assert line.name
                    assert line.does or group.title != HERE
                    assert line.keys


def test_whatever_text_takes_the_focus_is_scrolled_by_the_keys_of_a_list() -> None:
    lines = [line for path in Path(tui.__file__).parent.rglob("*.py") for line in path.read_text("utf-8").split("\n")]
    made = [line.strip() for line in lines if "VerticalScroll(" in line]
    assert len(made) > 10
    assert [line for line in made if "can_focus=False" not in line] == []


async def test_a_long_sheet_scrolls_by_keys(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        assert "Close meetingtool" not in screen_text(app)
        await pilot.press("end")
        assert "Close meetingtool" in screen_text(app)


def hint(name: str, *, id: str = "", everywhere: bool = True) -> Hint:
    """A key of one letter."""
    return Hint((name[0].lower(),), name, (name[0].lower(),), id, "", everywhere)


def test_the_line_of_keys_leaves_out_whole_keys_and_keeps_the_way_to_all_of_them() -> None:
    hints = [hint("Edit", everywhere=False), hint("Today"), hint("Win", id="capture.win"), hint("Keys", id="keys")]
    assert [placed.hint.name for placed in place(hints, 80)] == ["Edit", "Today", "Win", "Keys"]
    assert [placed.hint.name for placed in place(hints, 25)] == ["Edit", "Win", "Keys"]
    assert [placed.hint.name for placed in place(hints, 8)] == ["Keys"]
    rows = [hint("Star", everywhere=False), hint("Close", id="meeting.close", everywhere=False)]
    assert [placed.hint.name for placed in place([*rows, *hints[1:]], 18)] == ["Close", "Keys"]
    spared = [hint("Drop", id="today.dropped", everywhere=False), hint("People", id="mode.people"), *hints[1:]]
    assert [placed.hint.name for placed in place(spared, 26)] == ["People", "Win", "Keys"]


def test_the_way_back_stands_before_other_keys_and_a_line_is_filled_to_its_end() -> None:
    back = Hint(("esc",), "Back", ("escape",), "page.back", "", False)
    hints = [hint("Edit", everywhere=False), back, hint("Win", id="capture.win"), hint("Keys", id="page.keys")]
    assert [placed.hint.name for placed in place(hints, 20)] == ["Back", "Keys"]
    assert [placed.hint.name for placed in place(hints, 32)] == ["Edit", "Back", "Win", "Keys"]


def test_keys_that_do_one_thing_in_degrees_share_its_name_and_are_each_pressed_by_a_click() -> None:
    rate = Hint(("1", "2", "10"), "Rate", ("1", "2", "f10"), "", "", False)
    assert f"{rate.display} {rate.name}" == "1 2 10 Rate"
    assert [rate.key_at(cell) for cell in (0, 2, 5)] == ["1", "2", "f10"]
    assert [rate.key_at(cell) for cell in (1, 3, 6, 7, 10)] == [""] * 5
    assert hint("Edit").key_at(3) == "e"


def test_keys_on_the_line_stand_apart() -> None:
    hints = [hint("Edit", everywhere=False), hint("Keys", id="keys")]
    assert [placed.at for placed in place(hints, 80)] == [0, 9]


async def test_a_click_on_the_line_does_what_the_key_does(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        at = screen_text(app).splitlines()[-1].index("? Keys")
        await pilot.click(offset=(at + 2, 23))
        assert isinstance(app.screen, KeySheet)


async def test_a_click_on_a_line_of_the_sheet_closes_it_and_does_what_the_key_does(app: MeetingtoolApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        lines = screen_text(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "What customers say" in line)
        await pilot.click(offset=(lines[row].index("What customers say"), row))
        assert app.current_mode == "customers"
        assert not isinstance(app.screen, KeySheet)


async def test_in_the_room_the_sheet_speaks_of_no_ratings_or_scores(app: MeetingtoolApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("v")
        for mode in ("today", "people", "playbook"):
            app.action_mode(mode)
            await pilot.pause()
            lines = [line for group in key_groups(app, app.screen) for line in group.lines]
            told = [line for line in lines if PRIVATE.search(f"{line.name} {line.does}")]
            assert told == []


async def test_escape_leads_from_mode_to_mode_back_to_where_one_came_from(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, there in (
            ("p c p b", "playbook"),
            ("escape", "people"),
            ("escape", "customers"),
            ("escape", "today"),
            ("escape", "today"),
            ("m escape", "today"),
            ("h escape", "today"),
            ("p b t p escape", "today"),
        ):
            for key in keys.split():
                await pilot.press(key)
            assert app.current_mode == there, keys
        app.go_to("people", "go_tab('score')")
        await pilot.pause()
        await pilot.press("escape")
        assert app.current_mode == "people", "into the list first"
        await pilot.press("escape")
        assert app.current_mode == "today"


async def test_a_key_that_does_nothing_now_says_so_and_in_the_room_not_which_it_was(app: MeetingtoolApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.screen.set_focus(app.screen.query_one("#quarter"))
        await pilot.press("f")
        assert "“New date” has nothing to work on here." in said(app)
        await pilot.press("c", "e")
        assert "“Edit” has nothing to work on here. ? shows the keys that work." in said(app)
        await pilot.press("p", "ctrl+r", "4")
        assert "That key has nothing to work on here." in said(app)
        assert "Evaluation" not in said(app)
        app.clear_notifications()
        await pilot.press("left", "escape", "escape", "escape")
        assert said(app) == ""


async def test_no_click_on_a_row_of_the_sheet_of_keys_gives_one_of_several_ratings(app: MeetingtoolApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("p", "r")
        groups = key_groups(app, app.screen)
        [rate] = [line for group in groups for line in group.lines if line.name == "Rate"]
        assert (rate.keys, rate.key) == (("1", "2", "3", "4", "5"), "")
        found = [command.title for command in commands(app, app.screen)]
        assert [title for title in found if re.fullmatch("Rate .", title)] == [f"Rate {n}" for n in range(1, 6)]


async def test_a_key_that_does_nothing_says_so_and_what_is_typed_after_a_vain_search_is_no_deed(
    app: MeetingtoolApp, workspace: Workspace, now: datetime
) -> None:
    held = start_meeting(workspace, now - timedelta(minutes=9))
    closed = close_meeting(workspace, held, now)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(MinutesPage(closed))
        await pilot.pause()
        await pilot.press("p")
        assert "“p” does nothing here." in said(app)
        await pilot.press("slash", "a", "space", "n")
        assert isinstance(app.screen, MinutesPage)
        assert "There is no list to look through here." in said(app)
        await pilot.press("escape")
        assert isinstance(app.screen, MinutesPage)
        await pilot.press("a")
        assert isinstance(app.screen, AttendancePage)
