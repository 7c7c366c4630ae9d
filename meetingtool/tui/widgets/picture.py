"""Pictures of courses over time, told apart by their marks as well as by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from meetingtool.rules.insight.view import Chart, Line

if TYPE_CHECKING:
    from textual_plotext import PlotextPlot

LABEL = 8
"""Cells that a label below the picture takes, with the blank behind it."""

SCALE = 5
"""Cells for the scale at the left."""

EIGHTHS = " ▁▂▃▄▅▆▇█"
COLOURS = ("accent", "warning")


class Picture(Container):
    """Shows a chart as large as there is room: counts as bars, other values as a plot.

    The library that plots is imported with the first plot.
    """

    DEFAULT_CSS = """
    Picture { height: 12; display: none; }
    Picture Static { height: 1fr; }
    Picture #legend { height: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Static(id="legend", markup=False), Static(id="bars", markup=False), id=id)
        self._plot: PlotextPlot | None = None
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
        chart = self._chart
        if chart is None or not self.size.width:
            return
        marks = [
            Content.assemble((f"{line.mark} ", f"${COLOURS[number % 2]}"), line.name)
            for number, line in enumerate(chart.lines)
        ]
        self.query_one("#legend", Static).update(
            Content.assemble((f"{chart.unit}: ", "$text-muted"), Content("   ").join(marks))
        )
        bars = self.query_one("#bars", Static)
        bars.display = chart.bars
        if self._plot is not None:
            self._plot.display = not chart.bars
        if chart.bars:
            bars.update(bar_chart(chart, self.size.width, self.size.height - 1))
        else:
            self._draw_plot(chart)

    def _draw_plot(self, chart: Chart) -> None:
        if self._plot is None:
            from textual_plotext import PlotextPlot

            self._plot = PlotextPlot()
            self.mount(self._plot)
        plt = self._plot.plt
        plt.clear_data()
        plt.frame(False)
        places = [float(place) for place in range(1, len(chart.labels) + 1)]
        step = -(-len(places) * LABEL // max(self.size.width - SCALE, LABEL))
        for number, line in enumerate(chart.lines):
            there = [(place, value) for place, value in zip(places, line.values, strict=True) if value is not None]
            at, values = [place for place, _ in there], [value for _, value in there]
            colour = Color.parse(self.app.theme_variables[COLOURS[number % 2]]).rgb
            plt.plot(at, values, marker="·", color=colour)
            plt.scatter(at, values, marker=line.mark, color=colour)
        plt.xlim(0.5, len(places) + 0.5)
        plt.xticks(places[::step], list(chart.labels)[::step])
        if chart.reach is not None:
            plt.ylim(*chart.reach)
        self._plot.refresh()


def bar_chart(chart: Chart, width: int, height: int) -> Content:
    """Bars side by side above their labels, with a scale at the left, in `width` by `height` cells.

    Where there are more labels than fit, neighbours are added up.
    """
    room, tall = width - SCALE, max(height - 1, 1)
    wanted = len(chart.lines) + 1
    grouped = -(-len(chart.labels) * wanted // max(room, wanted))
    labels = chart.labels[::grouped]
    lines = [_added_up(line, grouped) for line in chart.lines]
    most = max((value for values in lines for value in values), default=0) or 1
    slot = min(room // max(len(labels), 1), 12)
    bar = max(1, (slot - 1) // len(lines))
    rows = []
    for depth in range(tall, 0, -1):
        scale = f"{most:g}" if depth == tall else "0" if depth == 1 else ""
        row = Content.styled(f"{scale:>{SCALE - 1}} ", "$text-muted")
        pieces = []
        for place in range(len(labels)):
            for number, line in enumerate(chart.lines):
                cell = _cell(lines[number][place] / most * tall - (depth - 1), line.mark)
                pieces.append((cell * bar, f"${COLOURS[number % 2]}"))
            pieces.append((" " * (slot - bar * len(lines)), ""))
        rows.append(Content.assemble(row, *pieces))
    return Content("\n").join([*rows, _labels(labels, slot)])


def _added_up(line: Line, grouped: int) -> list[float]:
    values = [value or 0 for value in line.values]
    return [sum(values[place : place + grouped]) for place in range(0, len(values), grouped)]


def _cell(filled: float, mark: str) -> str:
    """A cell of a bar that is filled so far, 0 to 1; a pattern has no parts, so the least of it fills a cell."""
    if filled <= 0:
        return " "
    if mark != EIGHTHS[8]:
        return mark if filled >= 0.25 else " "
    return EIGHTHS[min(8, max(1, round(filled * 8)))]


def _labels(labels: tuple[str, ...], slot: int) -> Content:
    """As many labels as fit under their bars."""
    step = max(1, -(-LABEL // max(slot, 1)))
    line = "".join(label.ljust(slot * step) for label in labels[::step])
    return Content.styled(" " * SCALE + line.rstrip(), "$text-muted")
