"""The row under the cursor in the terminal's own colours: turned round, since only the terminal knows how they look."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList

from meetingtool.tui.themes import OF_THE_TERMINAL

REVERSED = RichStyle(color="default", bgcolor="default", reverse=True)
"""The look of what the cursor is on in the terminal's own colours: which of them can be read on each other, only the
terminal knows."""


def in_terminal_colours(widget: Widget) -> bool:
    """Whether a widget has the focus, and its cursor stands on colours that only the terminal knows."""
    return widget.has_focus and widget.app.theme.startswith(OF_THE_TERMINAL)


def on_cursor(widget: Widget, strip: Strip) -> Strip:
    """A line of the row that the cursor of a widget is on, so that it can be read in any terminal."""
    return _reversed(strip) if in_terminal_colours(widget) else strip


def option_on_cursor(box: OptionList, strip: Strip) -> Strip:
    """A line of a list of options in the terminal's own colours, so that the row under the cursor can be read."""
    about = next((segment.style.meta for segment in strip if segment.style), {})
    on_it = box.highlighted is not None and about.get("option") == box.highlighted
    return _reversed(strip).apply_meta(about) if on_it else strip


def _reversed(strip: Strip) -> Strip:
    bold = RichStyle(bold=True)
    return Strip(
        [
            Segment(segment.text, REVERSED + bold if segment.style and segment.style.bold else REVERSED)
            for segment in strip
        ],
        strip.cell_length,
    )
