"""Moving the next meeting, as for a holiday, or leaving it out."""

from __future__ import annotations

from datetime import datetime

from meetingtool.actions.meeting.meetings import move_next, skip_next
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.tool import Tool

SKIP, USUAL = "skip", "usual"


def ask_move(tool: Tool) -> None:
    """Ask when the next meeting is, and show the result."""

    def read(text: str) -> datetime | None:
        words = text.strip().casefold()
        return None if words in (SKIP, USUAL) else tool.desk.moment(text)

    def take(text: str) -> None:
        desk = tool.desk
        skips = text.strip().casefold() == SKIP
        at = skip_next(desk.workspace, desk.now) if skips else move_next(desk.workspace, desk.now, read(text))
        tool.say(f"The next meeting is on {wording.day_in_full(at.date())}, {wording.clock(at)}. u undoes it.")

    at = tool.desk.next_meeting_at()
    tool.push_screen(
        AskText(
            "When is the next meeting?",
            draft="next-meeting",
            value=f"{wording.day(at.date(), tool.desk.today)} {wording.clock(at)}",
            hint="A day, and a time if it differs · skip leaves this one out · usual goes back",
            take=take,
        )
    )
