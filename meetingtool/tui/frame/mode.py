"""What the screens of all modes share: the first line, the keys line, and following the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.app import ComposeResult
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from meetingtool.rules import wording
from meetingtool.tui.frame.keys_line import KeysLine
from meetingtool.tui.frame.top_line import TopLine
from meetingtool.tui.tool import InTool


class ModeScreen(InTool, Screen[None]):
    """A screen with the first line above and the keys that work here below.

    Subclasses give `PLACE`, `body()` and `show_records()`. Reading goes through `desk`, which knows what may be
    shown in the room; changing goes through `tool.attempt(...)`.
    """

    PLACE = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Where the keys go. A change of it draws the two widgets concerned; Textual's own would draw the whole screen."""

    def __init__(self) -> None:
        super().__init__()
        # The app's styles are those of its theme already: without this Textual parses them all once more.
        self._css_update_count = self.app._css_update_count
        self._once_drawn: list[Callable[[], object]] = []

    def _compositor_refresh(self) -> None:
        """Draw what changed. Nothing reaches the terminal while changes are batched, as at the start of the app:
        Textual would draw a whole frame then, throw it away and draw it again.
        """
        if self.app._batch_count:
            self.refresh()
            return
        if self._repaint_required:  # all of it, and now: at its next tick Textual would do it once more
            self._repaint_required = False
            self._compositor.update_widgets({self})
        super()._compositor_refresh()
        for callback in self._once_drawn:
            self.call_later(callback)
        self._once_drawn.clear()

    def once_drawn(self, callback: Callable[[], object]) -> None:
        """Call back as soon as the screen stands in the terminal with what it shows by now. Textual's own
        `call_after_refresh` does so before the first frame while the app starts.
        """
        self._once_drawn.append(callback)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out. Whoever asked for it until now has it by that: at the start Textual would do it once more, and keep
        everything waiting for its next tick.
        """
        super()._refresh_layout(size, scroll)
        if self.size and not scroll:
            self._layout_required = False

    def compose(self) -> ComposeResult:
        self.add_class(*self._room_for(self.app.size))
        yield TopLine()
        yield from self.body()
        yield KeysLine()

    def _room_for(self, size: Size) -> Iterable[str]:
        """The classes that say how wide and high it is here, from the start: they would be set after a first drawing,
        and everything styled and drawn again.
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
        line = self.query_one(TopLine)
        line.team = self.desk.settings.team
        line.place = self.place()
        line.room = self.desk.room
        line.note = "sample team" if self.tool.sample and not self.desk.room else ""
        self.set_class(self.desk.room, "-room")
        self.show_records()
