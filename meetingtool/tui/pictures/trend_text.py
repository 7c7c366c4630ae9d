"""The chart of a survey over time: a point per period between its limits, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

import msgspec
from textual.content import Content

SCALE = 5
"""Cells for the scale at the left."""
SLOT, WIDEST = 4, 9
"""Cells of a period, at least and at most."""
TARGET = "┄"
DIM = "$text-muted"


class TrendPoint(msgspec.Struct, frozen=True):
    """A period. value, low, high: in hundredths; None where there are too few answers to say."""

    label: str
    n: int
    value: float | None
    low: float = 0
    high: float = 0


def trend(points: Sequence[TrendPoint], width: int, height: int, target: int | None = None) -> Content:
    """The last periods that there is room for, in this width and height in cells; names and numbers are below."""
    slot = max(SLOT, min(WIDEST, (width - SCALE - 2) // max(len(points), 1)))
    shown = points[-max(1, (width - SCALE - 2) // slot) :]
    rows = max(height - 3, 3)
    bottom, top = _ends(shown, target)
    lines = [_row(shown, row, rows, bottom, top, target, slot) for row in range(rows)]
    lines.append(Content.styled(f"{' ' * SLOT} └{'─' * (slot * len(shown))}", DIM))
    lines.append(
        Content.styled(" " * (SCALE + 1) + "".join(f"{point.label[: slot - 1]:^{slot}}" for point in shown), DIM)
    )
    numbers = "".join(f"{_number(point.n, slot):^{slot}}" for point in shown)
    lines.append(Content.assemble((f"{'n':>{SLOT}}  ", DIM), numbers))
    return Content("\n").join(lines)


def _number(n: int, slot: int) -> str:
    return str(n) if len(str(n)) < slot else f"{n // 1000}k"


def _ends(points: Sequence[TrendPoint], target: int | None) -> tuple[float, float]:
    """The ends of the scale, in tens: all limits and the target lie between them."""
    lows = [point.low for point in points if point.value is not None] + ([target] if target is not None else [])
    highs = [point.high for point in points if point.value is not None] + ([target] if target is not None else [])
    if not lows:
        return 0, 100
    bottom, top = 10 * floor(min(lows) / 10), 10 * ceil(max(highs) / 10)
    return bottom, max(top, bottom + 20)


def _row(
    points: Sequence[TrendPoint], row: int, rows: int, bottom: float, top: float, target: int | None, slot: int
) -> Content:
    """One line of it, with the scale at its left where a number falls on it."""

    def at(value: float) -> int:
        return round((top - value) / (top - bottom) * (rows - 1))

    marks = {at(mark): mark for mark in range(int(bottom), int(top) + 1, 10 if top - bottom <= 60 else 50)}
    left = f"{marks[row]:>{SLOT}} ┤" if row in marks else f"{' ' * SLOT} │"
    ground = TARGET if target is not None and at(target) == row else " "
    parts: list[str | tuple[str, str]] = [(left, DIM)]
    for point in points:
        before = (slot - 1) // 2
        parts.append((ground * before, DIM))
        parts.append(_mark(point, row, at(point.value or 0), at(point.high), at(point.low), ground))
        parts.append((ground * (slot - before - 1), DIM))
    if ground == TARGET:
        parts.append((f" {target}", DIM))
    return Content.assemble(*parts)


def _mark(point: TrendPoint, row: int, at: int, high: int, low: int, ground: str) -> tuple[str, str]:
    if point.value is None:
        return (ground, DIM)
    if row == at:
        return ("●", "bold $accent")
    if row == high:
        return ("┬", DIM)
    if row == low:
        return ("┴", DIM)
    return ("│", DIM) if high < row < low else (ground, DIM)
