"""What the screens of all modes share: the first line, the keys line, and following the records."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.geometry import Size
from textual.widget import Widget

from meetingtool.rules import wording
from meetingtool.tui.frame.keys_line import KeysLine
from meetingtool.tui.frame.textual_private import DrawnBetweenKeys, DrawnOnce, QuietFocus, TimersFire
from meetingtool.tui.frame.top_line import TopLine
from meetingtool.tui.tool import InTool


class ModeScreen(InTool, QuietFocus, TimersFire, DrawnBetweenKeys[None], DrawnOnce):
    """A screen with the first line above and the keys that work here below.

    Subclasses give `PLACE`, `body()` and `show_records()`. Reading goes through `desk`, which knows what may be
    shown in the room; changing goes through `tool.attempt(...)`.
    """

    PLACE = ""

    def compose(self) -> ComposeResult:
        self.add_class(*self._room_for(self.app.size))
        yield TopLine()
        yield from self.body()
        yield KeysLine()

    def _room_for(self, size: Size) -> Iterable[str]:
        """The classes for the width and height of the terminal, set from the start: after the first drawing, everything
        would have to be styled and drawn again.
        """
        for cells, breakpoints in (
            (size.width, self.app.HORIZONTAL_BREAKPOINTS),
            (size.height, self.app.VERTICAL_BREAKPOINTS),
        ):
            fitting = [name for at_least, name in breakpoints or () if cells >= at_least]
            yield from fitting[-1:]

    def body(self) -> Iterable[Widget]:
        """The widgets between the first line and the keys."""
        raise NotImplementedError

    def show_records(self) -> None:
        """Put the records as they are now into the widgets, keeping focus, cursor and typed text."""
        raise NotImplementedError

    def place(self) -> str:
        """Where this is, for the first line."""
        return f"{self.PLACE} · {wording.day(self.desk.today, self.desk.today)}"

    def on_mount(self) -> None:
        self._fresh = True
        self.redraw()
        self.call_after_refresh(self.tool.keep_for_good)

    def on_screen_resume(self) -> None:
        """Coming back to a screen shows what changed meanwhile; the first time it has just been drawn."""
        if self._fresh:
            self._fresh = False
        else:
            self.redraw()

    def redraw(self) -> None:
        """Show the records as they are now."""
        self.query_one(TopLine).tell(self.tool, self.place())
        self.set_class(self.desk.room, "-room")
        self.show_records()
