"""Numbers of a survey as one sentence that claims no more than they show."""

from __future__ import annotations

from collections.abc import Sequence

from meetingtool.rules.customers.course import Notable, PeriodChange, Point, changed, pooled
from meetingtool.rules.customers.shares import COMPARED_LEAST, COUNTED_LEAST, Tally, wilson
from meetingtool.rules.wording import count

UNIT = {"week": "weeks", "month": "months", "quarter": "quarters"}


def standing(tally: Tally) -> str:
    """`75 of 100 satisfied`; with few answers the limits too, with fewer still only `too few to say (7)`."""
    if tally.n < COUNTED_LEAST:
        return f"too few to say ({tally.n})"
    said = f"{tally.satisfied:,} of {tally.n:,} satisfied"
    if tally.n < COMPARED_LEAST:
        limits = wilson(tally.satisfied, tally.n)
        return f"{said}, which can mean {100 * limits.low:.0f} to {100 * limits.high:.0f} %: too few to compare"
    return said


def promoters(tally: Tally) -> str:
    """`NPS 11, of 20,268 answers`; likewise."""
    if tally.nps is None or tally.n < COUNTED_LEAST:
        return f"too few to say ({tally.n})"
    return f"NPS {tally.nps:+.0f}, of {count(tally.n, 'answer')}"


def compared(change: PeriodChange, period: str = "month") -> str:
    """`75 of 100 satisfied; the three months before: 263 of 300. 12.7 points fewer: with so many answers, anything
    from 4 to 23.`"""
    before = f"the three {UNIT.get(period, 'periods')} before"
    if change.is_nps:
        return f"{promoters(change.now)}; {before}: {promoters(change.before)}. {difference(change)}"
    return f"{standing(change.now)}; {before}: {change.before.satisfied:,} of {change.before.n:,}. {difference(change)}"


def latest(points: Sequence[Point], period: str = "month", *, is_nps: bool = False) -> str:
    """The last of some periods in one sentence, compared with those before it where there are enough answers."""
    change = changed(points[-1].tally, pooled(points), is_nps=is_nps)
    if change is not None:
        return compared(change, period)
    return promoters(points[-1].tally) if is_nps else standing(points[-1].tally)


def difference(change: PeriodChange) -> str:
    """`12.7 points fewer: with so many answers, anything from 4 to 23.`"""
    low, high = change.interval.low, change.interval.high
    if round(abs(change.points), 1) == 0:
        return f"No change: with so many answers, anything from {-low:.0f} fewer to {high:.0f} more."
    word = "fewer" if change.points < 0 else "more"
    if high < 0:
        reach = f"anything from {-high:.0f} to {-low:.0f}"
    elif low > 0:
        reach = f"anything from {low:.0f} to {high:.0f}"
    else:
        reach = f"anything from {-low:.0f} fewer to {high:.0f} more"
    return f"{abs(change.points):.1f} points {word}: with so many answers, {reach}."


def finding(found: Notable, period: str = "month") -> str:
    """What an alert says, in one line."""
    if found.kind == "under-target" and found.target is not None:
        limit = wilson(found.tally.satisfied, found.tally.n).high
        return f"{standing(found.tally)}: at most {100 * limit:.0f} %, under the target of {100 * found.target:.0f} %."
    assert found.change is not None
    return compared(found.change, period)
