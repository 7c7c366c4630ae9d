"""Asking before undo takes back what nobody expects: a meeting's closing, what was done on another page, or the deed
before one that can't be undone.
"""

from __future__ import annotations

from contextlib import suppress

from meetingtool.actions.keeping.undo import BeyondUndo, next_undone
from meetingtool.errors import MeetingtoolError
from meetingtool.rules.keeping import deeds
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import Page
from meetingtool.tui.tool import Tool


def ask_past(tool: Tool, refused: BeyondUndo, before: str) -> None:
    """Say why the last deed stays, and undo the one before it after a yes. before: what that was."""

    def answered(yes: bool | None) -> None:
        if yes:
            tool.undo(past=True)

    detail = f"{refused.hint}\n\nBefore it: {before}.".strip()
    tool.push_screen(Confirm(refused.message, detail, yes="Undo the one before"), answered)


def undo_or_ask(tool: Tool) -> None:
    """Undo the last deed; ask first before a closed meeting runs again, and where a page undoes only its own deeds."""
    deed, page = None, tool.screen
    with suppress(MeetingtoolError):  # undoing fails in the same way, and reports it
        deed = next_undone(tool.workspace, room=tool.desk.room, here=tool.told_in_room)
    own = page.undoes if isinstance(page, Page) else frozenset()
    reopens = deed is not None and deed.what == deeds.CLOSED_MEETING
    if deed is None or not (reopens or (own and deed.what not in own)):
        tool.undo()
        return

    def answered(yes: bool | None) -> None:
        if yes:
            tool.undo()

    follows = "The meeting runs again, as before it was closed." if reopens else "That was not done on this page."
    tool.push_screen(Confirm(f"Undo: {tool.told(deed)}?", follows, yes="Undo it"), answered)
