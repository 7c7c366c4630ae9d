"""What every page over a mode has: the line of keys, a way back, and keys that do what they say."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.screen import Screen

from meetingtool import tui
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.frame.page import Page

ASKS_BY_OTHERS = {"ChangeKeys"}
"""Pages that draw nothing of their own."""


def screens(of: type[Screen[object]]) -> Iterator[type[Screen[object]]]:
    """Every screen of ours of a kind."""
    for module in pkgutil.walk_packages(tui.__path__, "meetingtool.tui."):
        importlib.import_module(module.name)
    wanted = list(of.__subclasses__())
    while wanted:
        screen = wanted.pop()
        wanted += screen.__subclasses__()
        if screen.__module__.startswith("meetingtool."):
            yield screen


def bindings(screen: type[Screen[object]]) -> list[Binding]:
    """Its keys with those that it inherits, a key each."""
    return [binding for _, binding in screen._merge_bindings()]


def test_every_page_has_the_line_of_keys_and_a_way_back_on_it() -> None:
    pages = {page.__name__: page for page in screens(Page)}  # type: ignore[type-abstract]
    assert len(pages) > 50
    assert [name for name, page in pages.items() if page.compose is not Page.compose] == []
    back = {name for name, page in pages.items() if any(b.key == "escape" and b.show for b in bindings(page))}
    abstract = {name for name, page in pages.items() if page.__subclasses__()}
    assert {*pages} - back <= ASKS_BY_OTHERS | abstract


@pytest.mark.parametrize("kind", [Page, ModeScreen])
def test_every_key_of_every_screen_stands_for_something_that_is_there(kind: type[Screen[object]]) -> None:
    seen = 0
    for screen in screens(kind):
        for binding in bindings(screen):
            target, _, name = binding.action.partition("(")[0].rpartition(".")
            owner = MeetingtoolApp if target == "app" else screen
            assert any(hasattr(owner, f"{lead}action_{name}") for lead in ("", "_")), (screen, binding.action)
            seen += 1
    assert seen > 30
