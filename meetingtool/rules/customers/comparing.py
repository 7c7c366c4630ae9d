"""A measure before and after something: changed after it, which is not to say because of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from meetingtool.records.alerts import Comparison
from meetingtool.records.surveys import Batch, Measure
from meetingtool.rules.customers.course import changed
from meetingtool.rules.customers.sentences import difference, promoters, standing
from meetingtool.rules.customers.series import days_of, tally_of
from meetingtool.rules.customers.shares import COMPARED_LEAST, Paired, Tally, mcnemar


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Both sides of a comparison. points, low, high: the change in points of a hundred, with its limits at 95 %; None
    with too few answers. pairs: of the same customers, in a paired one. p: of McNemar's exact test.

    says: all of it as one sentence.
    """

    before: Tally
    after: Tally
    points: float | None
    low: float | None
    high: float | None
    pairs: int | None = None
    p: float | None = None
    says: str


def compare(comparison: Comparison, measure: Measure, batches: Iterable[Batch]) -> Compared:
    """What became of a measure. In a paired one only customers who answered on both sides count, each by their last
    answer.
    """
    sides: tuple[list[int], list[int]] = [], []
    named: tuple[dict[str, int], dict[str, int]] = {}, {}
    spans = (comparison.before_since, comparison.before_until), (comparison.after_since, comparison.after_until)
    for batch in batches:
        if measure.key not in batch.measures or not batch.values:
            continue
        values = batch.values[batch.measures.index(measure.key)]
        customers = batch.customers or ("",) * len(values)
        for day, value, customer in sorted(zip(days_of(batch), values, customers, strict=True), key=_day):
            for side, (since, until) in enumerate(spans):
                if value is not None and since <= day <= until:
                    sides[side].append(value)
                    if customer:
                        named[side][customer.casefold()] = value
    if comparison.paired:
        both = sorted(named[0].keys() & named[1].keys())
        return _paired(comparison, measure, [(named[0][one], named[1][one]) for one in both])
    before, after = (sum((tally_of(measure, value) for value in side), Tally()) for side in sides)
    is_nps = measure.scale == "nps"
    change = changed(after, before, is_nps=is_nps)
    told = promoters if is_nps else standing
    says = f"Before: {told(before)}. After: {told(after)}. "
    says += difference(change) if change else f"Too few to compare: it takes {COMPARED_LEAST} answers on each side."
    return Compared(
        before=before,
        after=after,
        points=change.points if change else None,
        low=change.interval.low if change else None,
        high=change.interval.high if change else None,
        says=_remarked(comparison, says),
    )


def _day(answer: tuple[date, int | None, str]) -> date:
    return answer[0]


def _paired(comparison: Comparison, measure: Measure, pairs: list[tuple[int, int]]) -> Compared:
    before, after = (sum((tally_of(measure, pair[side]) for pair in pairs), Tally()) for side in (0, 1))
    kinds = [(first >= measure.satisfied, then >= measure.satisfied) for first, then in pairs]
    lost, gained = kinds.count((True, False)), kinds.count((False, True))
    found: Paired | None = None
    if len(pairs) >= COMPARED_LEAST:
        found = mcnemar(kinds.count((True, True)), lost, gained, kinds.count((False, False)))
    says = f"Of {len(pairs)} customers who answered both times {before.satisfied} were satisfied before, "
    says += f"{after.satisfied} after: {gained} newly satisfied, {lost} no longer. "
    says += f"By chance alone in {100 * found.p:.1f} % of cases." if found else f"Too few: it takes {COMPARED_LEAST}."
    return Compared(
        before=before,
        after=after,
        points=100 * found.change if found else None,
        low=100 * found.interval.low if found else None,
        high=100 * found.interval.high if found else None,
        pairs=len(pairs),
        p=found.p if found else None,
        says=_remarked(comparison, says),
    )


def _remarked(comparison: Comparison, says: str) -> str:
    """A comparison chosen when the answers could already be known says so wherever it is shown."""
    return f"{says} Chosen afterwards." if comparison.afterwards else says
