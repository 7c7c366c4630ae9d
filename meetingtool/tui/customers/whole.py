"""The whole of a comment that a list has cut. For the manager only."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetingtool.rules import wording
from meetingtool.tui.frame.page import Page


class Whole(Page[None]):
    """Words under a title."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss(None)", "Back", id="whole.back", tooltip="Back to the list"),
    ]
    DEFAULT_CSS = """
    Whole .dialog { width: 90; padding: 1 2; }
    Whole Static { height: auto; }
    """

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.heading, self.text = title, text

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = Content(wording.one_line(self.heading))
            yield Static(wording.visible(self.text) or "Its words were deleted; only counts are left.", markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
