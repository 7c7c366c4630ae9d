"""Charts over time; their lines differ in marks as well as in colour."""

from __future__ import annotations

from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from meetingtool.rules.insight.view import Chart
from meetingtool.tui.pictures.picture_text import COLOURS, DIM, bar_chart, bars_of, point_chart


class Picture(Container):
    """Shows a chart as large as there is room: counts as bars, other values as points."""

    DEFAULT_CSS = """
    Picture { height: 12; display: none; }
    Picture Static { height: 1fr; }
    Picture #legend { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Static(id="legend", markup=False), Static(id="drawn", markup=False), id=id)
        self._chart: Chart | None = None

    def show(self, chart: Chart | None) -> None:
        """Show a chart; without one the picture takes no room."""
        self._chart = chart
        self.display = chart is not None
        if chart is not None:
            self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        chart, (width, height) = self._chart, self.size
        if chart is None or not width:
            return
        self.query_one("#legend", Static).update(legend(chart, width))
        draw = bar_chart if chart.bars else point_chart
        self.query_one("#drawn", Static).update(draw(chart, width, height - 1))


def legend(chart: Chart, width: int) -> Content:
    """What the picture counts, the mark of each of its lines, and how long a bar is where that is not a month."""
    marks = [
        Content.assemble((f"{line.mark} ", COLOURS[number % 2]), line.name) for number, line in enumerate(chart.lines)
    ]
    said = bars_of(chart, width).said if chart.bars else ""
    words = Content.assemble((f"{chart.unit}: ", DIM), Content("   ").join(marks))
    if not said:
        return words
    beside = Content.assemble(words, "   ", (said, DIM))
    return beside if beside.cell_length <= width else Content.assemble(Content(" ").join(marks), " ", (said, DIM))
