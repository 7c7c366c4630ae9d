"""Asking where to save something, and saving it; what is there already is written over only after asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import Worker

from meetingtool.actions.sharing import form_of, save_file
from meetingtool.errors import MeetingtoolError
from meetingtool.rules import wording
from meetingtool.tui.screens.ask_text import AskText
from meetingtool.tui.screens.confirm import Confirm

if TYPE_CHECKING:
    from meetingtool.tui.app import MeetingtoolApp

SAID = {
    "md": "Markdown",
    "html": "a web page",
    "pdf": "to print",
    "txt": "plain text",
    "csv": "a spreadsheet",
    "json": "for programs",
}


def save_as(
    tool: MeetingtoolApp, title: str, name: str, forms: Sequence[str], make: Callable[[str], bytes]
) -> Worker[None]:
    """Offer a name in the home folder; the ending of what is typed says the format. make(format) -> the content."""

    async def ask() -> None:
        hint = "The ending says the format: " + ", ".join(f".{form} {SAID[form]}" for form in forms)
        typed = await tool.push_screen_wait(AskText(title, value=str(Path.home() / name), hint=hint))
        if not typed or not typed.strip():
            return
        path = Path(typed.strip()).expanduser()
        try:
            form_of(path, forms)
            there = path.is_file()
        except (MeetingtoolError, OSError, ValueError) as error:
            _tell(tool, error)
            return
        if there and not await tool.push_screen_wait(
            Confirm(
                "Write over the file?",
                f"{wording.one_line(path.name)} is there already.",
                yes="Write over it",
                no="Keep it",
            )
        ):
            return
        try:
            written = save_file(path, forms, make, force=there)
        except MeetingtoolError as error:
            tool.tell(error)
            return
        tool.say(f"Saved as {wording.one_line(str(written))}")

    return tool.run_worker(ask(), group="save as", exclusive=True)


def _tell(tool: MeetingtoolApp, error: Exception) -> None:
    if isinstance(error, MeetingtoolError):
        tool.tell(error)
    else:
        tool.tell(MeetingtoolError("That is no name that a file can have.", "Type another one."))
