"""A list of options in which a page can be turned before it was drawn."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import OptionList

from meetingtool.tui.lists.moving import IN_LIST


class PagedOptions(OptionList):
    """Textual's own list raises KeyError where a page is turned in a list that was just opened or filled.

    The letters move in it, as in every list.
    """

    BINDINGS: ClassVar[list[BindingType]] = IN_LIST

    def action_page_up(self) -> None:
        """A page up; to the first row where nothing is known yet of pages."""
        try:
            super().action_page_up()  # type: ignore[no-untyped-call]
        except KeyError:
            self.action_first()

    def action_page_down(self) -> None:
        """A page down; to the last row where nothing is known yet of pages."""
        try:
            super().action_page_down()  # type: ignore[no-untyped-call]
        except KeyError:
            self.action_last()
