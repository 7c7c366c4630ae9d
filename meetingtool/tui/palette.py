"""The command palette: every action that works here and now, by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

if TYPE_CHECKING:
    from meetingtool.tui.app import MeetingtoolApp

HIDDEN = ("palette.colon", "undo.anywhere", "room.anywhere", "keys.anywhere")

TEXTUALS_OWN_QUIT = "quit"
"""It does what `q` does, which is listed."""


def commands(app: MeetingtoolApp, screen: Screen[object]) -> Iterable[SystemCommand]:
    """The actions of the screen's active bindings, then the themes and leaving."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description or binding.id in HIDDEN or binding.action == TEXTUALS_OWN_QUIT:
            continue
        if not active.enabled or binding.action in seen:
            continue
        seen.add(binding.action)

        def run(action: str = binding.action, node: object = active.node) -> None:
            app.call_later(app.run_action, action, node)

        yield SystemCommand(binding.tooltip or binding.description, f"key {app.get_key_display(binding)}", run)
    yield SystemCommand("Note a promise to a customer", "what, and by when", lambda: app.action_capture("promise"))
    yield SystemCommand("Note an action for the team", "what, and by when", lambda: app.action_capture("action"))
    yield SystemCommand("What was done", "the latest deeds, and by whom", lambda: _show_deeds(app))
    yield SystemCommand("Back up all records now", "to one zip in the workspace", lambda: _back_up(app))
    yield SystemCommand("The bin", "what was removed within a year, to be brought back", lambda: _show_bin(app))
    yield SystemCommand("Change the colours", "dark, light or the terminal's own", app.action_colours)
    yield SystemCommand("Change a key", "any key can be another", app.action_change_keys)


def _show_deeds(app: MeetingtoolApp) -> None:
    from meetingtool.tui.stories.log import DeedsPage

    app.push_screen(DeedsPage())


def _show_bin(app: MeetingtoolApp) -> None:
    from meetingtool.tui.stories.bin_page import BinPage

    app.push_screen(BinPage())


def _back_up(app: MeetingtoolApp) -> None:
    from meetingtool.actions.keeping.safekeeping import back_up

    made = app.attempt(lambda: back_up(app.workspace, app.desk.now))
    if made is not None:
        app.say(f"All records are in {made.path}. `meetingtool backup FILE` writes them to another disk.")
