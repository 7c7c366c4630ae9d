"""Asking where to save something, and saving it; an existing file is overwritten only after asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from meetingtool.actions.history.sharing import boxes_in_saved, form_of, save_file
from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.rules import wording
from meetingtool.store import BookDamaged
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import Page
from meetingtool.tui.tool import Tool

SAID = {
    "md": "Markdown",
    "html": "a web page",
    "pdf": "to print",
    "txt": "plain text",
    "csv": "a spreadsheet",
    "json": "for programs",
    "ics": "for your calendar",
}


def save_as(
    tool: Tool,
    title: str,
    name: str,
    forms: Sequence[str],
    make: Callable[[str], bytes],
    saved: Callable[[], object] = lambda: None,
) -> None:
    """Offer a name in the folder saved to last; the ending of what is typed says the format. make(format) -> content.

    `make` is called when everything else is clear; what it raises is shown in the dialog, too. saved: called once the
    file is there.
    """
    tool.push_screen(SaveAs(title, name, forms, make, saved))


class SaveAs(Page[None]):
    """Stays open with what is typed, and says what is in the way, until it is saved or Escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="save.back", tooltip="Back; nothing is saved"),
    ]
    enter = "Save"
    DEFAULT_CSS = """
    SaveAs .dialog { width: 90; padding: 1 2; }
    SaveAs .dim { margin: 1 0 0 0; }
    SaveAs #problem { margin: 1 0 0 0; color: $warning; display: none; }
    """

    def __init__(
        self,
        title: str,
        name: str,
        forms: Sequence[str],
        make: Callable[[str], bytes],
        saved: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self.heading = title
        self.file_name = name
        self.forms = forms
        self.make = make
        self.saved = saved

    def body(self) -> ComposeResult:
        hint = "The file extension sets the format: " + ", ".join(f".{form} {SAID[form]}" for form in self.forms)
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self.heading)
            yield Input(str(self._folder / self.file_name))
            yield Static(id="problem", markup=False)
            yield Static(hint, classes="dim", markup=False)

    @property
    def _folder(self) -> Path:
        """Where a name without a folder goes."""
        return self.tool.saved_to or Path.home()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def _tell(self, problem: str) -> None:
        """Show what is in the way, or clear the message."""
        place = self.query_one("#problem", Static)
        place.update(f"! {problem}" if problem else "")
        place.display = bool(problem)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._tell("")

    @on(Input.Submitted)
    @work(exclusive=True)
    async def _submitted(self, event: Input.Submitted) -> None:
        try:
            path, there, question = self._wanted(event.value.strip())
            if question is not None and not await self.app.push_screen_wait(question):
                self._tell("Nothing is saved yet. Type another name, or press Escape to leave.")
                return
            written = save_file(path, self.forms, self.make, force=there, new_folder=True)
        except BookDamaged as error:
            self.tool.tell(error)
        except MeetingtoolError as error:
            self._tell(str(error))
        else:
            self.tool.saved_to = written.parent
            self.tool.say(f"Saved as {wording.one_line(str(written))}")
            if boxes := boxes_in_saved(written):
                self.tool.say(wording.one_line(boxes))
            self.saved()
            self.dismiss(None)

    def _wanted(self, typed: str) -> tuple[Path, bool, Confirm | None]:
        """Where to save, whether that file exists, and what to ask first. Refused for an impossible file."""
        if not typed:
            raise Refused("The file needs a name.")
        try:
            path = self._folder / Path(typed).expanduser()
            is_folder, there, folder_there = path.is_dir(), path.is_file(), path.parent.exists()
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None)
            raise Refused(f"That name can't be used{f': {reason}' if reason else ''}.", "Type another one.") from error
        if is_folder:
            raise Refused("That is a folder.", "Add a file name to it.")
        form_of(path, self.forms)
        question = None
        if there:
            told = f"{wording.one_line(path.name)} already exists."
            question = Confirm("Overwrite the file?", told, yes="Overwrite", no="Keep it")
        elif not folder_there:
            told = f"{wording.one_line(str(path.parent))} does not exist yet."
            question = Confirm("Create the folder?", told, yes="Create it", no="Type another")
        return path, there, question
