"""Single lines of styled text as strips, without the extra work that Textual does for texts of many lines."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


class Painter:
    """Turns lines into strips for a widget; styles are worked out once, until `forget`."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._grounds: dict[Hashable, Style] = {}
        self._styles: dict[tuple[Hashable, ...], RichStyle] = {}

    def forget(self) -> None:
        """Work the styles out again: the theme or the look of the widget has changed."""
        self._grounds.clear()
        self._styles.clear()

    def ground(self, *classes: str) -> Hashable:
        """The look of some component classes, with or without the focus, to paint on."""
        key = classes, self._widget.has_focus
        if key not in self._grounds:
            self._grounds[key] = self._widget.get_visual_style(*classes)
        return key

    def blank(self, ground: Hashable, width: int) -> Strip:
        """A line of nothing."""
        return Strip.blank(width, self._style(ground, ()))

    def line(self, ground: Hashable, parts: tuple[Content, ...], width: int) -> Strip:
        """The parts one behind the other in exactly `width` cells; they must not be longer together."""
        segments = [segment for part in parts for segment in self._segments(ground, part)]
        cells = sum(part.cell_length for part in parts)
        if cells < width:
            segments.append(Segment(" " * (width - cells), self._style(ground, ())))
        return Strip(segments, max(cells, width))

    def _segments(self, ground: Hashable, part: Content) -> list[Segment]:
        text, spans = part.plain, part.spans
        if not spans:
            return [Segment(text, self._style(ground, ()))] if text else []
        ends = {end for span in spans for end in (span.start, span.end) if 0 < end < len(text)}
        return [
            Segment(
                text[start:end],
                self._style(ground, tuple(span.style for span in spans if span.start <= start and end <= span.end)),
            )
            for start, end in pairwise(sorted({0, len(text), *ends}))
        ]

    def _style(self, ground: Hashable, over: tuple[Style | str, ...]) -> RichStyle:
        key = ground, *over
        style = self._styles.get(key)
        if style is None:
            styles = [one if isinstance(one, Style) else Style.parse(one) for one in over]
            style = self._styles[key] = Style.combine([self._grounds[ground], *styles]).rich_style
        return style
