"""Which keys can be given to what, and what is said of those that can't."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

import pytest
from screen_text import screen_text, until
from textual.app import App

import meetingtool.tui
from meetingtool.errors import Refused
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.customers.customers import CustomersScreen
from meetingtool.tui.customers.tab import CustomersTab
from meetingtool.tui.dialogs.keys import KeySheet
from meetingtool.tui.dialogs.press_key import PressKey
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.frame.page import Page
from meetingtool.tui.keymap import catalogue, checked, choosable, read_key
from meetingtool.tui.lists.detail_panel import DetailPanel
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.lists.record_list import RecordList
from meetingtool.tui.lists.row_list import RowList
from meetingtool.tui.people.cell_grid import CellGrid
from meetingtool.tui.people.people import PeopleScreen
from meetingtool.tui.people.person_tabs import PersonTab


@pytest.mark.parametrize(
    ("typed", "fires"),
    [
        ("w", "w"),
        ("P", "P"),
        (":", "colon"),
        ("+", "plus"),
        ("é", "é"),
        ("€", "euro_sign"),
        ("f12", "f12"),
        ("ctrl+n", "ctrl+n"),
        ("ctrl+shift+up", "ctrl+shift+up"),
        ("shift+f3", "shift+f3"),
        ("alt+x", "alt+x"),
        ("delete", "delete"),
        ("space", "space"),
        ("question_mark", "question_mark"),
    ],
)
def test_a_key_is_kept_as_it_fires(typed: str, fires: str) -> None:
    assert read_key(typed) == fires


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tab", "tab goes on to the next field"),
        ("shift+tab", "shift+tab goes back"),
        ("ctrl+i", "ctrl+i (it is tab) goes on"),
        ("ctrl+m", "ctrl+m (it is enter) opens"),
        ("ctrl+h", "(it is backspace)"),
        ("escape", "escape goes back"),
        ("enter", "enter opens"),
        ("down", "down moves in every list"),
        ("ctrl+q", "ctrl+q ends the app"),
        ("shift+p", "a terminal sends P instead. Write P."),
        ("shift+1", "never arrives"),
        ("ctrl+1", "never arrives"),
        ("ctrl+shift+p", "most terminals send ctrl+p instead"),
        ("ctrl+?", "never arrives"),
        ("super+x", "isn't a key"),
        ("foo", "isn't a key"),
        ("f30", "isn't a key"),
        ("ctrl+", "isn't a key"),
    ],
)
def test_what_never_fires_or_keeps_its_meaning_is_refused_with_what_has_it(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        checked({"mode.people": typed})
    assert said in str(refused.value)


@pytest.mark.parametrize("sign", ["?", "question_mark", "f1", "ctrl+r", "ctrl+z"])
@pytest.mark.parametrize("wanted", ["mode.people", "today.kept", "history.star", "agenda.drop"])
def test_the_keys_of_help_and_of_the_room_are_never_lost(wanted: str, sign: str) -> None:
    with pytest.raises(Refused, match=r"already, (in every list|on every screen)"):
        checked({wanted: sign})


@pytest.mark.parametrize(
    "wish",
    [
        {"today.kept": "j"},
        {"mode.people": "G"},
        {"history.star": "pagedown"},
        {"list.down": "w"},
        {"list.last": "plus"},
    ],
)
def test_what_moves_in_every_list_does_nothing_else(wish: dict[str, str]) -> None:
    with pytest.raises(Refused, match="in every list"):
        checked(wish)
    assert checked({"list.down": "f8", "today.kept": "j"}) == {"list.down": "f8", "today.kept": "j"}


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"undo": "p"}, "p is “People” already (Everybody on the team). Give “Undo” another key"),
        ({"undo": "z"}, "z is “"),
        ({"quit": "e"}, "e is “"),
        ({"history.star": "w"}, "w is “Win” already (Note a service win). Give “Star” another key"),
        ({"people.next_tab": "A"}, "A is “Adjust” already"),
        ({"back": "?"}, "? is “Keys” already, on every screen"),
    ],
)
def test_a_key_that_is_taken_where_it_would_work_is_refused_by_the_names_on_screen(
    wish: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        checked(wish)
    assert said in str(refused.value)


def test_undo_has_one_key_for_all_places() -> None:
    assert [named.id for named in choosable() if named.name == "Undo" and "u" in named.keys] == ["undo"]
    assert {named.id for named in catalogue() if named.keys == ("ctrl+z",)} == {"undo.anywhere"}
    assert checked({"due.undo": "f6"}) == {"undo": "f6"}, "as it was kept when each page had its own"


def test_a_key_that_was_given_away_is_free() -> None:
    assert checked({"keys": "f7", "mode.people": "?"}) == {"keys": "f7", "mode.people": "question_mark"}


def test_everything_may_have_the_keys_that_it_comes_with() -> None:
    for named in catalogue():
        for key in named.keys:
            assert read_key(key, named.keys) == key


async def test_a_key_that_can_not_be_given_is_told_where_it_is_pressed(app: MeetingtoolApp) -> None:
    named = next(each for each in catalogue() if each.id == "mode.people")
    given: list[str | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PressKey(named), given.append)
        await until(pilot, lambda: isinstance(app.screen, PressKey))
        await pilot.press("tab")
        await until(pilot, lambda: "tab goes on to the next field" in screen_text(app))
        await pilot.press("f6")
        await until(pilot, lambda: given == ["f6"])
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, KeySheet))


def test_the_letters_that_move_do_nothing_else_anywhere() -> None:
    with_letters = [named for named in catalogue() if {"j", "k", "g", "G"} & {*named.keys}]
    assert len(with_letters) >= 4 * 4
    assert {named.id.rpartition(".")[2] for named in with_letters} == {"down", "up", "first", "last"}
    for kind in (RowList, RecordList, PagedOptions, ScrolledText, DetailPanel, CellGrid):
        keys = {key for named in catalogue() if named.where == kind.__name__ for key in named.keys}
        assert keys >= {"j", "k", "g", "G", "home", "end", "pagedown", "pageup"}, kind


OWN_WAY = {
    ("MeetingScreen", "c"): "asks before it closes, and Escape leaves it",
    ("Findable", "slash"): "looks for a row in a list where f is another key",
    ("CellGrid", "slash"): "looks for a person here",
    ("CellGrid", "h"): "only moves, and stands on a page of its own",
}
"""Keys of the whole app that mean something else on a mode, and why that harms nothing."""


def test_on_a_mode_and_in_its_tabs_and_lists_a_key_of_the_whole_app_keeps_its_meaning() -> None:
    of_the_app = {key: named for named in catalogue() if named.where == "MeetingtoolApp" for key in named.keys}
    del of_the_app["escape"]  # one step back, of which the app's is the last
    kinds = kinds_of_the_app()
    others = [
        (named.where, key)
        for named in catalogue()
        for key in named.keys
        if key in of_the_app and named.does != of_the_app[key].does and not issubclass(kinds[named.where], (App, Page))
    ]
    assert sorted(others) == sorted(OWN_WAY)


@pytest.mark.parametrize(("mode", "tab"), [(PeopleScreen, PersonTab), (CustomersScreen, CustomersTab)])
def test_what_a_key_does_in_a_mode_it_does_in_its_tabs(mode: type, tab: type) -> None:
    kinds = kinds_of_the_app()
    of_the_mode = {key for named in catalogue() if named.where == mode.__name__ for key in named.keys}
    of_the_tabs = [
        (named.where, key) for named in catalogue() if issubclass(kinds[named.where], tab) for key in named.keys
    ]
    assert len(of_the_tabs) >= 10
    assert [(where, key) for where, key in of_the_tabs if key in of_the_mode - {"enter", "escape"}] == []


def test_in_a_mode_with_tabs_a_digit_turns_to_a_tab_and_does_nothing_else() -> None:
    kinds = kinds_of_the_app()
    with_digits = {named.where for named in catalogue() if any(key.isdecimal() for key in named.keys)}
    modes = {where for where in with_digits if issubclass(kinds[where], ModeScreen)}
    assert modes == {"PeopleScreen", "CustomersScreen", "PlaybookScreen"}
    inside = {where for where in with_digits - modes if not issubclass(kinds[where], Page)}
    assert inside == {"AttendanceList"}, "the meeting has no tabs"


def kinds_of_the_app() -> dict[str, type]:
    return {
        name: kind
        for module in pkgutil.walk_packages(meetingtool.tui.__path__, "meetingtool.tui.")
        for name, kind in inspect.getmembers(import_module(module.name), inspect.isclass)
    }
