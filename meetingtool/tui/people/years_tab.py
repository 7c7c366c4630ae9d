"""A person's evaluation years beside each other: a table, and a chart of the parts. Private."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.people import standing
from meetingtool.actions.people.comparison import YearLine
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period
from meetingtool.rules.people.score_part import PartKey
from meetingtool.tui.people.person_tabs import PersonTab

if TYPE_CHECKING:
    from textual_plotext import PlotextPlot

COLUMNS: tuple[tuple[PartKey, str, str], ...] = (
    ("standards", "Standards", "s"),
    ("customers", "Customers", "c"),
    ("promises", "Promises", "p"),
    ("training", "Training", "t"),
)
"""Parts with a value of 0 to 100, with the letter that marks them in the chart."""
SHORT = {"Standards": "Stand.", "Customers": "Cust.", "Promises": "Prom.", "Training": "Train."}
WIDE = 66
"""Cells from which on the parts stand under their whole names."""


class YearsTab(PersonTab):
    """The chart is drawn only once it is looked at, because drawing it loads a library of its own."""

    DEFAULT_CSS = """
    YearsTab #table { height: auto; }
    YearsTab #chart { height: 1fr; margin: 1 0 0 0; }
    YearsTab #legend { height: auto; color: $text-muted; }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="table", markup=False)
        yield Vertical(id="chart")
        yield Static(id="legend", markup=False)

    def draw(self, person: Person, period: Period) -> None:
        lines = standing.years(self.tool.desk, person)
        self.query_one("#table", Static).update(self._table(lines, person))
        self._show_chart(lines)

    def on_resize(self) -> None:
        if self.person is not None and self.period is not None and not self.tool.desk.room:
            self.draw(self.person, self.period)

    def _table(self, lines: tuple[YearLine, ...], person: Person) -> Content:
        if not lines:
            return Content.styled(
                f"No rating and no evaluation of {wording.one_line(person.name)} yet. g opens the rating sheet.",
                "$text-muted",
            )
        wide = self.size.width >= WIDE
        names = [name if wide else SHORT[name] for _, name, _ in COLUMNS]
        heads = ["Score", *names, "+"]
        widths = [max(len(head), 3 if head == "+" else 5) + 1 for head in heads]
        label = max(len("Year"), *(len(line.period.label) for line in lines))
        head = "".join(f"{text:>{width}}" for text, width in zip(heads, widths, strict=True))
        rows = [Content.styled(f"{'Year':<{label}}{head}  By", "$text-muted")]
        for line in lines:
            cells = [line.parts.get(key) for key, _, _ in COLUMNS]
            texts = [_number(None if value is None else value, 1) for value in cells]
            texts = ["–" if line.shown is None else str(line.shown), *texts, _number(line.parts.get("recognition"), 0)]
            row = "".join(f"{text:>{width}}" for text, width in zip(texts[1:], widths[1:], strict=True))
            rows.append(
                Content.assemble(
                    f"{line.period.label:<{label}}",
                    (f"{texts[0]:>{widths[0]}}", "bold $accent"),
                    row,
                    (f"  {line.source}", "$text-muted"),
                )
            )
        return Content("\n").join(rows)

    def _show_chart(self, lines: tuple[YearLine, ...]) -> None:
        shown = [line for line in lines if line.shown is not None]
        chart, legend = self.query_one("#chart"), self.query_one("#legend", Static)
        chart.display = len(shown) > 1
        legend.update("● score · " + " · ".join(f"{mark} {name.lower()}" for _, name, mark in COLUMNS))
        if len(shown) < 2:
            legend.update("A chart stands here once two years have a number." if lines else "")
            return
        from textual_plotext import PlotextPlot

        plots = list(chart.query(PlotextPlot))
        plot = plots[0] if plots else PlotextPlot()
        _plot(plot, shown)
        if plots:
            plot.refresh()
        else:
            chart.mount(plot)


def _plot(plot: PlotextPlot, lines: list[YearLine]) -> None:
    """Draw the years: the score as a line of dots, every part by its letter."""
    plt = plot.plt
    plt.clear_figure()
    plt.ylim(0, 100)
    years = [float(place) for place in range(len(lines))]
    plt.xlim(-0.5, len(lines) - 0.5)
    plt.xticks(years, [line.period.label for line in lines])
    plt.yticks([0, 25, 50, 75, 100])
    scores = [cast("int", line.shown) for line in lines]
    plt.plot(years, scores, marker="·")
    for key, _, mark in COLUMNS:
        known = [
            (at, value) for at, line in zip(years, lines, strict=True) if (value := line.parts.get(key)) is not None
        ]
        if known:
            plt.scatter([at for at, _ in known], [value for _, value in known], marker=mark)
    plt.scatter(years, scores, marker="●")


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
