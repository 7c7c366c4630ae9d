"""The score with its sum, and ratings, as they look on the screen. For private screens only."""

from __future__ import annotations

import msgspec
from textual.content import Content

from meetingtool.actions.people.scores import Scored
from meetingtool.rules import wording
from meetingtool.rules.people.kept_score import score_content
from meetingtool.rules.people.score import StandardLine, to_a_tenth
from meetingtool.rules.people.score_part import ScorePart
from meetingtool.rules.people.sum_in_words import how_worked_out
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.stories.marks import fitted

BAR = 20
_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(value: float, width: int = BAR) -> str:
    """A bar for 0 to 100, in eighths of a cell, padded to `width` cells."""
    eighths = round(max(0.0, min(100.0, value)) / 100 * width * 8)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(width)


def headline(scored: Scored) -> Content:
    """`84 of 100  Strong   5 of 5 parts known`, or what is missing for a number."""
    score = scored.score
    return Content.assemble(
        (score.headline.capitalize(), "bold"),
        (f"   {score.band}" if score.band else "", "$accent"),
        (f"   {score.coverage}", "$text-muted"),
    )


WIDE = 74
"""From this many cells on the bars are drawn."""
TAG = 16
"""The cells for the tag of a standard."""
NARROW = 56
"""Below this many cells the quarters have short heads."""


def part_row(part: ScorePart, width: int) -> ColumnsRow:
    """One line of the sum: what it is, its value, its weight, what it adds, what it rests on."""
    basis = part.basis or part.absent_because
    known = part.adds is not None
    return _sum_row(
        Content.styled(part.label, "bold" if known else "$text-muted"),
        bar(part.value) if part.value is not None else "",
        to_a_tenth(part.value) if part.value is not None else "",
        str(part.weight) if part.weight else "",
        to_a_tenth(part.adds) if part.adds is not None else "–",
        Content.styled(wording.one_line(basis), "$text-muted"),
        width,
    )


def _sum_row(label: Content, drawn: str, value: str, weight: str, adds: str, basis: Content, width: int) -> ColumnsRow:
    numbers = [(Content(f"{value:>6}"), 6), (Content(f"{weight:>6}"), 6), (Content.styled(f"{adds:>6}", "bold"), 7)]
    bars = [(Content.styled(drawn, "$accent"), BAR)] if width >= WIDE else []
    return ColumnsRow([(label, 14), *bars, *numbers], basis, most=0)


def sum_head(width: int) -> ColumnsRow:
    """The heads of the columns of the sum."""
    return _sum_row(Content(""), "", "part", "weight", "adds", Content.styled("rests on", "$text-muted"), width)


def sum_foot(scored: Scored, width: int) -> ColumnsRow:
    """What the lines add up to, out of how much weight if parts are absent, and the manager's adjustment."""
    value, weights = scored.score.value, scored.score.weights
    text = "the sum" if not scored.score.capped else "the sum, at most 100"
    if scored.score.adjustment:
        reason = scored.evaluation.adjustment_reason if scored.evaluation is not None else ""
        text += f", {scored.score.adjustment:+g} by you makes {scored.score.shown}: {wording.one_line(reason)}"
    return _sum_row(
        Content(""),
        "",
        "",
        f"of {weights}" if weights < 100 else str(weights),
        to_a_tenth(value) if value is not None else "–",
        Content.styled(text, "$text-muted"),
        width,
    )


def worked_out(scored: Scored) -> tuple[str, ...]:
    """How the sum is made, in the same sentences as on paper."""
    return how_worked_out(score_content(scored.score), msgspec.to_builtins(scored.rule))


def standard_head(line: StandardLine, width: int) -> ColumnsRow:
    """The heads of the columns of the standards: the value, then the quarters of the period."""
    return _standard_row("", "value", [quarter.label for quarter in line.quarters], width)


def standard_row(line: StandardLine, width: int) -> ColumnsRow:
    """One standard within the sum: its value and the mean of each quarter."""
    value = to_a_tenth(line.value) if line.value is not None else "–"
    means = ["–" if quarter.mean is None else to_a_tenth(quarter.mean) for quarter in line.quarters]
    return _standard_row(f"  #{wording.one_line(line.tag)}", value, means, width)


def _standard_row(name: str, value: str, quarters: list[str], width: int) -> ColumnsRow:
    cell = 8 if width >= NARROW else 6
    cells = "".join(f"{text if width >= NARROW else text[:3]:>{cell}}" for text in quarters)
    return ColumnsRow(
        [(Content.styled(fitted(name, TAG), "$accent"), TAG), (Content(f"{value:>6}"), 6)],
        Content.styled(cells, "$text-muted"),
        most=0,
    )


SIGNS_OF_THE_SUM = (
    ("part", "The value of a part, from 0 to 100"),
    ("adds", "Value × weight ÷ the sum of the known weights"),
    ("of 75", "How much of the weight is known; absent parts never count as zero"),
    ("–", "Not known, or no rating in that quarter"),
    ("!", "To be looked at before the evaluation is shared"),
)
"""The signs on the tab of the score."""

MARGIN = "How many points up or down could be chance (95 of 100 times)"
