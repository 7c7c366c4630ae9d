"""The score with its sum, and ratings, as they stand on the screen. For private screens alone."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from meetingtool.actions.scores import Scored
from meetingtool.records.ratings import Rating
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster
from meetingtool.rules.score import Part, StandardLine

BAR = 20
_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(value: float, width: int = BAR) -> str:
    """A bar for 0 to 100, in eighths of a cell, padded to `width` cells."""
    eighths = round(max(0.0, min(100.0, value)) / 100 * width * 8)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(width)


def short_score(scored: Scored | None) -> str:
    """`84`, or `–` where there is no number."""
    return "–" if scored is None or scored.score.shown is None else str(scored.score.shown)


def headline(scored: Scored) -> Content:
    """`84 of 100  Strong   5 of 5 parts known`, or what is missing for a number."""
    score = scored.score
    return Content.assemble(
        (score.headline.capitalize(), "bold"),
        (f"   {score.band}" if score.band else "", "$accent"),
        (f"   {score.coverage}", "$text-muted"),
    )


def part_row(part: Part, width: int) -> Content:
    """One line of the sum: what it is, its value, its weight, what it adds, what it rests on."""
    wide = width >= 74
    drawn = bar(part.value) if part.value is not None and wide else " " * (BAR if wide else 0)
    value = f"{part.value:6.1f}" if part.value is not None else " " * 6
    weight = f"{part.weight:5}" if part.weight else " " * 5
    adds = f"{part.adds:6.1f}" if part.adds is not None else "     –"
    basis = wording.one_line(part.basis or part.absent_because)
    return Content.assemble(
        (f"{part.label:<12}", "bold" if part.adds is not None else "$text-muted"),
        (drawn + (" " if wide else ""), "$accent"),
        f"{value} {weight} {adds}  ",
        (basis, "$text-muted"),
    )


def sum_head(width: int) -> Content:
    """The heads of the columns of the sum."""
    before = 12 + (BAR + 1 if width >= 74 else 0)
    return Content.styled(f"{'':<{before}}{'part':>6} {'wght':>5} {'adds':>6}  rests on", "$text-muted")


def standard_row(line: StandardLine) -> Content:
    """One standard within the sum: its value and the mean of each quarter."""
    value = f"{line.value:6.1f}" if line.value is not None else "     –"
    quarters = "  ".join(
        f"{quarter.label} {quarter.mean:.1f}" if quarter.mean is not None else f"{quarter.label} –"
        for quarter in line.quarters
    )
    return Content.assemble(
        ("  #" + wording.one_line(line.tag).ljust(14), "$accent"), value, (f"   {quarters}", "$text-muted")
    )


def rating_row(rating: Rating, roster: Roster, today: date) -> Content:
    """One rating: when, on what, how much, why."""
    value = "not seen" if rating.value is None else str(rating.value)
    why = wording.shortened(rating.note, 200) if rating.note else ""
    cited = wording.count(len(rating.stories), "story", "stories") if rating.stories else ""
    return Content.assemble(
        (f"{wording.day(rating.at.date(), today):<16}", "$text-muted"),
        ("#" + wording.one_line(roster.tag(rating.standard)).ljust(13), "$accent"),
        (f"{value:<9}", "bold"),
        why,
        (f"  {cited}" if cited else "", "$text-muted"),
    )
