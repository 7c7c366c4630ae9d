"""What the pages that lie over a mode share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import ModalScreen

from meetingtool.actions.desk import Desk

if TYPE_CHECKING:
    from meetingtool.tui.app import MeetingtoolApp

Answer = TypeVar("Answer")


class Page(ModalScreen[Answer]):
    """A page over a mode: reading through `desk`, changing through `tool.attempt(...)`."""

    @property
    def tool(self) -> MeetingtoolApp:
        """The app."""
        return cast("MeetingtoolApp", self.app)

    @property
    def desk(self) -> Desk:
        """The reading side of the workspace."""
        return self.tool.desk

    def show_records(self) -> None:
        """Put the records as they are now into the widgets; pages that show none leave this out."""

    def on_mount(self) -> None:
        self.show_records()

    def redraw(self) -> None:
        """Show the records as they are now."""
        self.show_records()
