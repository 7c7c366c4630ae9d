"""The sentence of the philosophy that a meeting is asked about: agreeing on it, and saying it in other words."""

from __future__ import annotations

from meetingtool.actions.playbook.philosophy import agree, asked_about, edit_statement
from meetingtool.records.meetings import Meeting
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.tool import Tool


def agreed(tool: Tool, meeting: Meeting) -> None:
    """Note that the team agrees on the sentence, with who is here."""
    desk, about = tool.desk, asked_about(tool.desk)
    if about and tool.attempt(lambda: agree(desk.workspace, about[0], desk.now, meeting=meeting)) is not None:
        tool.say(f"Agreed: “{wording.shortened(about[0].text, 60)}” u undoes it.")


def reword(tool: Tool) -> None:
    """Ask for other words; the sentence then waits for the team to agree."""
    desk, about = tool.desk, asked_about(tool.desk)

    def take(text: str) -> None:
        edit_statement(desk.workspace, about[0], desk.now, text=text)

    if about:
        draft = f"sentence-{about[0].id.lower()}"
        tool.push_screen(AskText("In other words", value=about[0].text, draft=draft, take=take))
