"""Answers of customers who said who served them, as the score of that person takes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from meetingtool.records.surveys import Batch, Measure
from meetingtool.rules.customers.series import days_of
from meetingtool.rules.people.score_inputs import CustomerAnswer


def answers_in(batch: Batch, measure: Measure, left_out: Collection[int] = ()) -> Iterator[CustomerAnswer]:
    """The answers of a batch to a measure, counted by day, person and satisfaction; those without an answer are none.

    left_out: the rows that do not count. Nothing from a batch in which nobody says who served. Thinned answers count on
    the first day of their month.
    """
    for count in batch.counts:
        if count.measure == measure.key and any(one.person for one in batch.counts):
            person = count.person or None
            below = count.n - count.satisfied
            out, others = count.left_out, count.others
            yield CustomerAnswer(batch.id, person, count.month, True, count.satisfied, out, others)
            yield CustomerAnswer(batch.id, person, count.month, False, below, out, others)
    if not batch.by or measure.key not in batch.measures:
        return
    nobody: tuple[str | None, tuple[str, ...]] = (None, ())
    people = [(served.person or None, served.others) for served in batch.served] + [nobody]
    values = batch.values[batch.measures.index(measure.key)]
    rows: Counter[tuple[int, int, int | None, bool]] = Counter(
        zip(batch.days, batch.by, values, map(set(left_out).__contains__, range(len(values))), strict=True)
    )
    days = dict(zip(batch.days, days_of(batch), strict=True))
    found: Counter[tuple[tuple[str | None, tuple[str, ...]], date, bool, bool]] = Counter()
    for (day, by, value, is_left_out), times in rows.items():
        if value is not None:
            found[people[by], days[day], value >= measure.satisfied, is_left_out] += times
    for ((person, others), on, satisfied, is_left_out), times in found.items():
        yield CustomerAnswer(batch.id, person, on, satisfied, times, is_left_out, others)
