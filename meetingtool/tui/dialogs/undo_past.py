"""Offering the deed before one that can't be undone."""

from __future__ import annotations

from meetingtool.actions.keeping.undo import BeyondUndo
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.tool import Tool


def ask_past(tool: Tool, refused: BeyondUndo, before: str) -> None:
    """Say why the last deed stays, and undo the one before it after a yes. before: what that was."""

    def answered(yes: bool | None) -> None:
        if yes:
            tool.undo(past=True)

    detail = f"{refused.hint}\n\nBefore it: {before}.".strip()
    tool.push_screen(Confirm(refused.message, detail, yes="Undo the one before"), answered)
