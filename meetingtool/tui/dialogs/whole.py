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
from meetingtool.tui.lists.moving import ScrolledText


class Whole(Page[bool]):
    """Words under a title. decided: what was decided about names in them; this may then be put back to be decided, for
    which the answer is True."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss(False)", "Back", id="whole.back", tooltip="Back to the list"),
        Binding("z", "dismiss(True)", "Decide again", id="whole.again", tooltip="Put the name back to be decided"),
    ]
    DEFAULT_CSS = """
    Whole .dialog { width: 90; padding: 1 2; }
    Whole Static { height: auto; }
    """

    def __init__(self, title: str, text: str, decided: str = "") -> None:
        super().__init__()
        self.heading, self.text, self.decided = title, text, decided

    def body(self) -> ComposeResult:
        with ScrolledText(classes="dialog") as dialog:
            dialog.border_title = Content(wording.one_line(self.heading))
            yield Static(wording.visible(self.text) or "Its words were deleted; only counts are left.", markup=False)

            if self.decided:
                yield Static(f"\n{self.decided}", classes="dim", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a decision can be put back."""
        return bool(self.decided) or parameters != (True,)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
