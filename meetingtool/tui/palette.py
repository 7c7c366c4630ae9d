"""The command palette: every action that works here and now, by name."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import SystemCommand
from textual.dom import DOMNode
from textual.screen import Screen

from meetingtool.tui.tool import Tool

HIDDEN = ("palette.colon", "undo.anywhere", "room.anywhere", "keys.anywhere")

TEXTUALS_OWN_QUIT = "quit"
"""It does what `q` does, which is listed."""


def commands(tool: Tool, screen: Screen[object]) -> Iterable[SystemCommand]:
    """The actions of the screen's active bindings, then the themes and leaving."""

    def act(action: str, node: DOMNode | None = None) -> None:
        tool.call_later(tool.run_action, action, node)

    seen: set[str] = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description or binding.id in HIDDEN or binding.action == TEXTUALS_OWN_QUIT:
            continue
        if not active.enabled or binding.action in seen:
            continue
        seen.add(binding.action)

        def run(action: str = binding.action, node: DOMNode = active.node) -> None:
            act(action, node)

        yield SystemCommand(binding.tooltip or binding.description, f"key {tool.get_key_display(binding)}", run)
    yield SystemCommand("Note a promise to a customer", "what, and by when", lambda: tool.action_capture("promise"))
    yield SystemCommand("Note an action for the team", "what, and by when", lambda: tool.action_capture("action"))
    yield SystemCommand("Note what a customer said", "word for word", lambda: tool.action_capture("voice"))
    yield SystemCommand("What was done", "the latest changes, and who made them", lambda: _show_deeds(tool))
    yield SystemCommand("Back up all records now", "to one ZIP file in the workspace", lambda: _back_up(tool))
    yield SystemCommand("The bin", "what was removed in the last year, to restore", lambda: _show_bin(tool))
    yield SystemCommand("Change the colours", "dark, light or the terminal's own", lambda: act("colours"))
    yield SystemCommand("Change a key", "any key can be changed", lambda: act("change_keys"))


def _show_deeds(tool: Tool) -> None:
    from meetingtool.tui.stories.log import DeedsPage

    tool.push_screen(DeedsPage())


def _show_bin(tool: Tool) -> None:
    from meetingtool.tui.stories.log import BinPage

    tool.push_screen(BinPage())


def _back_up(tool: Tool) -> None:
    from meetingtool.actions.keeping.safekeeping import back_up

    made = tool.attempt(lambda: back_up(tool.workspace, tool.desk.now))
    if made is not None:
        tool.say(f"All records are in {made.path}. `meetingtool backup FILE` writes them to another disk.")
