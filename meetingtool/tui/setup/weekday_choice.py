"""Choosing a day of the week."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from meetingtool.rules.wording import DAYS

ROOMY, TIGHT = 5, 3
"""The cells of a day where there is room for three letters with blanks around them, and where there is not."""


class WeekdayChoice(Widget, can_focus=True):
    """The seven days side by side; arrows, a first letter or a click choose one. `day`: 0 Monday to 6 Sunday."""

    DEFAULT_CSS = """
    WeekdayChoice { width: 35; min-width: 21; height: 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Day before", show=False, id="weekday.before", tooltip="The day before"),
        Binding("right", "turn(1)", "Next day", show=False, id="weekday.next", tooltip="The next day"),
        Binding("enter", "app.focus_next", "Go on", show=False, id="weekday.on", tooltip="Go on to the next field"),
    ]

    day = reactive(1)

    @property
    def _cells(self) -> int:
        return ROOMY if self.content_size.width >= ROOMY * len(DAYS) else TIGHT

    def render(self) -> Content:
        cells = []
        for index, name in enumerate(DAYS):
            chosen = "bold $background on $accent" if self.has_focus else "bold $accent"
            shown = f" {name} " if self._cells == ROOMY else f"{name[:2]} "
            cells.append(Content.styled(shown, chosen if index == self.day else "$text-muted"))
        return Content("").join(cells)

    def action_turn(self, step: int) -> None:
        """The next day, or the one before."""
        self.day = (self.day + step) % len(DAYS)

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next day that begins with it."""
        letter = (event.character or "").lower()
        for ahead in range(1, len(DAYS) + 1):
            day = (self.day + ahead) % len(DAYS)
            if letter and DAYS[day].lower().startswith(letter):
                self.day = day
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        """A click chooses a day."""
        self.day = min(max(event.x, 0) // self._cells, len(DAYS) - 1)
