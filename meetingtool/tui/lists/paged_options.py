"""A list of options that moves as every list does."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import OptionList

from meetingtool.tui.lists.moving import IN_LIST


class PagedOptions(OptionList):
    """Textual's own list, in which the letters move, too."""

    BINDINGS: ClassVar[list[BindingType]] = IN_LIST
