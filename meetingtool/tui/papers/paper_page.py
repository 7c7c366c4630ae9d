"""A paper on the screen: to read, to copy, to save as a file; in private with the manager's part."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from meetingtool.actions.meeting.papers import FORMS, paper_bytes
from meetingtool.documents.formats import plaintext
from meetingtool.documents.formats.paper import Paper
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.moving import ScrolledText

WIDTH = 92
"""Cells of a line at most; longer ones are hard to read."""


class PaperText(Visual):
    """A paper as plain text in lines as long as there is room for, so that they are broken only once."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._set: tuple[int, Content] | None = None

    def laid_out(self, width: int) -> Content:
        """The text in `width` cells."""
        if self._set is None or self._set[0] != width:
            self._set = width, Content(plaintext.render(self.paper, min(width, WIDTH)).rstrip("\n"))
        return self._set[1]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self.laid_out(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.laid_out(width).plain.count("\n") + 1


class PaperPage(Page[None]):
    """What is shown is exactly what is printed and sent. In room it never has the manager's part."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", "Save", id="paper.save", tooltip="Save it as Markdown, plain text or PDF"),
        Binding("y", "copy", "Copy", id="paper.copy", tooltip="Copy it as plain text, for an e-mail"),
        Binding("m", "private_part", "Manager's part", id="paper.private", tooltip="Show or hide the manager's part"),
        Binding("escape,enter", "done", "Done", id="paper.done", tooltip="Back"),
    ]
    DEFAULT_CSS = """
    PaperPage .dialog { width: 100; height: 100%; padding: 0 1; }
    PaperPage VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    PaperPage .paper { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.private = False

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog"), ScrolledText():
            yield Static(classes="paper", markup=False)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(VerticalScroll).focus()

    def paper(self, *, private: bool) -> Paper:
        """The paper as it is now."""
        raise NotImplementedError

    def heading(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def file_stem(self) -> str:
        """The name offered for the file, without its ending."""
        raise NotImplementedError

    def show_records(self) -> None:
        if self.desk.room:
            self.private = False
        self.query_one(".paper", Static).update(PaperText(self.paper(private=self.private)))
        part = " · for the manager only" if self.private else ""
        self.query_one(".dialog").border_title = Content(f"{self.heading()}{part}")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The manager's part does not exist in the room."""
        return action != "private_part" or not self.desk.room

    def action_done(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_private_part(self) -> None:
        """Show the manager's part, or hide it."""
        self.private = not self.private
        self.show_records()

    def action_copy(self) -> None:
        """Copy the paper to the terminal's clipboard."""
        self.app.copy_to_clipboard(plaintext.render(self.paper(private=self.private)))
        self.tool.say("Sent to the terminal's clipboard. Not every terminal accepts it; s saves a file instead.")

    def action_save(self) -> None:
        """Ask for a name and save the paper in the format of its ending."""
        private, today = self.private, self.desk.today
        name = f"{self.file_stem()}{'-private' if private else ''}.pdf"
        save_as(
            self.tool,
            "Save as",
            name,
            FORMS,
            lambda form: paper_bytes(self.paper(private=private), form, today, private=private),
        )
