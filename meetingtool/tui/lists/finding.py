"""Finding a row of a list by typing: one way for every list, whatever else its letters do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from textual.binding import Binding, BindingType
from textual.widget import Widget

from meetingtool.tui.tool import InTool

ABOUT = "Find a row by typing a part of it"


class Findable(InTool, Widget):
    """A list in which a key asks what to look for, and leads to the row that has it.

    find_by: the key: `f`, or `slash` where the page has another use for `f`; empty where it is no list to look
    through. names: what rows are found by, by their index, where that is more than what they say.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "find('f')", "Find", id="rows.find", tooltip=ABOUT),
        Binding("slash", "find('slash')", "Find", id="rows.find_by_slash", key_display="/", tooltip=ABOUT),
    ]
    find_by: str = "f"
    names: Mapping[int, str] | None = None

    def found_by(self, key: str) -> Self:
        """This list, in which another key finds, or none."""
        self.find_by = key
        return self

    def said(self) -> dict[int, str]:
        """What the rows say that the cursor can stand on, by their index."""
        raise NotImplementedError

    def point(self, index: int) -> None:
        """Put the cursor on a row."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the list's own key finds, and where there is something."""
        if action != "find":
            return super().check_action(action, parameters)
        return parameters == (self.find_by,) and self.findable

    @property
    def findable(self) -> bool:
        """Whether there is something to find."""
        return bool(self.find_by) and bool(self.names if self.names is not None else self.said())

    def action_find(self, key: str = "") -> None:
        """Find a row by typing."""
        rows = dict(self.said() if self.names is None else self.names)
        places = list(rows)

        def found(at: int) -> None:
            self.point(places[at])
            self.focus()

        self.tool.find_row(list(rows.values()), found)
