"""Charts over time as text: counts as bars, other values as points, each above its labels and beside its scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import ceil, floor, inf

import msgspec
from textual.content import Content

from meetingtool.rules.insight.sums import month_label
from meetingtool.rules.insight.view import Chart
from meetingtool.rules.people.periods import months_of, year_name
from meetingtool.rules.wording import MONTHS

SCALE = 5
"""The cells for the scale on the left."""

WIDEST_SLOT = 12
"""The most cells that the bars of a label take, with the blank after them."""

EIGHTHS = " ▁▂▃▄▅▆▇█"
COLOURS = ("$accent", "$warning")
DIM = "$text-muted"

SPANS = (1, 3, 6, 12, 24, 60, 120)
"""How many months can be added up to one bar."""

LABEL_STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)
"""One label in every this many is printed, so that the same months are named in every year."""

LEAST_REACH = 2
"""The least distance between the ends of a scale, so that chance doesn't look like a trend."""


class Bars(msgspec.Struct, frozen=True):
    """What the bars of a chart stand for. said: `by 3 months`, `by year`; empty where nothing was added up.

    airy: whether there is room for a blank between the labels' bars. whole: for each label, whether its bar has all
    of its months; only the first and the last may lack some.
    """

    labels: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    whole: tuple[bool, ...]
    airy: bool = True
    said: str = ""


def bars_of(chart: Chart, width: int) -> Bars:
    """The bars of a chart in this many cells. Months that don't fit are added up to quarters, halves or years. A first
    or last bar with fewer months is labelled with them, so that nobody takes it for a bad year.
    """
    room, count = width - SCALE, len(chart.lines)
    values = tuple(tuple(value or 0 for value in line.values) for line in chart.lines)
    alone = Bars(chart.labels, values, (True,) * len(chart.labels))
    if len(chart.labels) * (count + 1) <= room or chart.months is None:
        return alone
    for months in SPANS[1:]:
        bars = _added_up(chart, values, months)
        for airy in (True, False) if months >= 12 else (True,):
            if len(bars.labels) * (count + airy) <= room:
                return msgspec.structs.replace(bars, airy=airy)
    return bars


def _added_up(chart: Chart, values: Sequence[Sequence[float]], size: int) -> Bars:
    """Bars of this many months each. Quarters and halves begin with the first month if they come out even."""
    period = chart.months
    assert period is not None
    months = months_of(period)
    even = size < 12 and len(months) % size == 0
    counted = [(day.year * 12 + day.month - (0 if even else period.starts)) for day in months]
    first = counted[0] % size if even else 0
    groups = [list(places) for _, places in groupby(range(len(months)), lambda n: (counted[n] - first) // size)]
    labels = []
    for places in groups:
        since, until = months[places[0]], months[places[-1]]
        if len(places) < size:
            from_ = MONTHS[since.month - 1] if since.year == until.year else month_label(since)
            labels.append(month_label(since) if since == until else f"{from_}–{month_label(until)}")
        elif size == 12:
            labels.append(year_name(since.year, period.starts))
        else:
            labels.append(month_label(since) if size < 12 else str(since.year))
    return Bars(
        tuple(labels),
        tuple(tuple(sum(own[place] for place in places) for places in groups) for own in values),
        tuple(len(places) == size for places in groups),
        said=f"by {size} months" if size < 12 else f"by {size // 12} years" if size > 12 else "by year",
    )


def bar_chart(chart: Chart, width: int, height: int) -> Content:
    """Bars side by side above their labels, with a scale on the left, in `width` by `height` cells."""
    bars = bars_of(chart, width)
    tall, lines = max(height - 1, 1), len(chart.lines)
    most = max((value for own in bars.values for value in own), default=0) or 1
    slot = max(1, min((width - SCALE) // max(len(bars.labels), 1), WIDEST_SLOT))
    bar = max(1, (slot - bars.airy) // lines)
    rows = []
    for depth in range(tall, 0, -1):
        scale = _tick(most if depth == tall else 0 if depth == 1 else None)
        pieces = []
        for place in range(len(bars.labels)):
            for number, line in enumerate(chart.lines):
                cell = _cell(bars.values[number][place] / most * tall - (depth - 1), line.mark, lowest=depth == 1)
                pieces.append((cell * bar, COLOURS[number % 2] if bars.whole[place] else DIM))
            pieces.append((" " * (slot - bar * lines), ""))
        rows.append(Content.assemble((scale, DIM), *pieces))
    at = [place * slot for place in range(len(bars.labels))]
    must = [place for place, whole in enumerate(bars.whole) if not whole]
    return Content("\n").join([*rows, _below(bars.labels, at, width, must)])


def _tick(number: float | None) -> str:
    """A number in the cells of the scale, with a blank after it where there is room; blanks for None."""
    said = "" if number is None else f"{number:.0f}" if number < 100_000 else f"{number / 1_000:.0f}k"
    return f"{said:>{SCALE - 1}} "[:SCALE]


def _cell(filled: float, mark: str, *, lowest: bool) -> str:
    """A cell of a bar, filled from 0 to 1; a pattern has no partial cells, but its lowest one differs from an empty
    cell."""
    if filled <= 0:
        return " "
    if mark != EIGHTHS[8]:
        return mark if lowest or filled >= 0.25 else " "
    return EIGHTHS[min(8, max(1, round(filled * 8)))]


class Ladder(msgspec.Struct, frozen=True):
    """A scale whose rows stand for `low`, `low + step` and so on, `rows` of them from below."""

    low: float
    step: float
    rows: int

    def row(self, value: float) -> int:
        """The row that is nearest to a value, 0 for the lowest."""
        return min(self.rows - 1, max(0, floor((value - self.low) / self.step + 0.5)))

    def said(self, row: int) -> int | None:
        """What a row stands for, where it is a whole number."""
        value = round(self.low + row * self.step, 6)
        return round(value) if value == round(value) else None


def ladder(values: Sequence[float], reach: tuple[float, float] | None, tall: int) -> Ladder:
    """A scale from the values, in at most `tall` rows: from one whole number to another. Where there are more rows than
    whole numbers, whole numbers fall on every row or every few rows; where there are fewer, the rows are a round number
    apart.
    """
    least, most = reach or (0, inf)
    low, high = floor(min(values)), ceil(max(values))
    while high - low < LEAST_REACH and (low > least or high < most):
        if low > least:
            low -= 1
        if high - low < LEAST_REACH and high < most:
            high += 1
    span, tall = max(high - low, 1), max(tall, 2)
    if span < tall:
        fitting = [
            (n, whole) for whole in (1, 2) if span % whole == 0 for n in range(1, tall) if span * n < tall * whole
        ]
        rows, whole = max(fitting, key=lambda pair: pair[0] / pair[1])
        return Ladder(low, whole / rows, span * rows // whole + 1)
    steps = (round_one * 10**power for power in range(9) for round_one in (1, 2, 3, 4, 5, 6, 8))
    for step in steps:
        start = low // step * step
        if start + ceil((high - start) / step) * step > most:
            start = most - ceil((most - low) / step) * step
        rows = ceil((high - start) / step) + 1
        if rows <= tall:
            break
    return Ladder(start, step, rows)


def point_chart(chart: Chart, width: int, height: int) -> Content:
    """Points above their labels, with a scale on the left; neighbours are joined unless a value between them is
    missing."""
    room, count = width - SCALE, len(chart.labels)
    there = [value for line in chart.lines for value in line.values if value is not None]
    if not there or room < 1:
        return Content("")
    scale = ladder(there, chart.reach, height - 1)
    at = [min(room - 1, (2 * place + 1) * room // (2 * count)) for place in range(count)]
    cells: dict[tuple[int, int], tuple[str, str]] = {}
    for number, line in enumerate(chart.lines):
        colour = COLOURS[number % 2]
        points = [None if v is None else (at[n], scale.row(v)) for n, v in enumerate(line.values)]
        for one, other in pairwise(points):
            if one is not None and other is not None:
                cells.update(dict.fromkeys(_between(one, other), ("·", colour)))
        cells.update({point: (line.mark, colour) for point in points if point is not None})
    rows = []
    for row in range(scale.rows - 1, -1, -1):
        drawn = [cells.get((column, row), (" ", "")) for column in range(room)]
        rows.append(Content.assemble((_tick(scale.said(row)), DIM), *drawn))
    return Content("\n").join([*rows, _below(chart.labels, at, width, ())])


def _between(one: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
    """The cells on the way from one point to another that is not beside it."""
    across, up = other[0] - one[0], other[1] - one[1]
    steps = max(across, abs(up)) if across > 1 else 0
    return [(one[0] + round(across * n / steps), one[1] + round(up * n / steps)) for n in range(1, steps)]


def _below(labels: Sequence[str], at: Sequence[int], width: int, must: Sequence[int]) -> Content:
    """As many labels below their places as fit, evenly; those in `must` before all others."""
    room = width - SCALE
    line = [" "] * room

    def put(place: int) -> None:
        label = labels[place]
        start = max(0, min(at[place], room - len(label)))
        if not "".join(line[max(0, start - 2) : start + len(label) + 2]).strip():
            line[start : start + len(label)] = label

    for place in must:
        put(place)
    others = [place for place in range(len(labels)) if place not in must]
    apart = max((len(labels[place]) for place in others), default=0) + 2
    far = {n: min((later - here for here, later in zip(at, at[n:], strict=False)), default=apart) for n in LABEL_STEPS}
    step = next((n for n in LABEL_STEPS if far[n] >= apart), len(at))
    for place in others[::step]:
        put(place)
    return Content.styled(" " * SCALE + "".join(line).rstrip(), DIM)
