"""What is left of answers after their time: counts by person, month and measure, which keep every sum the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime

import msgspec

from meetingtool.records.surveys import Batch, Count, Measure
from meetingtool.rules.customers.series import days_of, tally_of
from meetingtool.rules.customers.shares import Tally
from meetingtool.rules.people.periods import months_after


def cutoff(today: date, months: int) -> date:
    """The first day from which on answers are kept whole."""
    return months_after(today.replace(day=1), -months)


def thinned(batch: Batch, measures: Sequence[Measure], left_out: Collection[int], now: datetime) -> Batch:
    """The batch as counts alone. left_out: rows that do not count; they stay apart, so that both rates can be told.

    Of a batch in which nobody says who served, the counts are of nobody.
    """
    months = [day.replace(day=1) for day in days_of(batch)]
    people = [served.person for served in batch.served] + [""]
    by = batch.by or (-1,) * len(months)
    known = {measure.key: measure for measure in measures}
    counts: list[Count] = []
    for key, column in zip(batch.measures, batch.values, strict=True):
        if key not in known:
            continue
        out = frozenset(left_out)
        rows = Counter(
            (month, people[person], row in out, value)
            for row, (month, person, value) in enumerate(zip(months, by, column, strict=True))
            if value is not None
        )
        sums: dict[tuple[date, str, bool], Tally] = {}
        for (month, person, is_out, value), times in rows.items():
            place = (month, person, is_out)
            sums[place] = sums.get(place, Tally()) + tally_of(known[key], value, times)
        counts += [
            Count(
                month=month,
                measure=key,
                n=tally.n,
                satisfied=tally.satisfied,
                total=tally.total,
                below=tally.below,
                person=person,
                left_out=is_out,
            )
            for (month, person, is_out), tally in sorted(sums.items())
        ]
    return msgspec.structs.replace(
        batch,
        version=batch.version + 1,
        counts=(*batch.counts, *counts),
        thinned_at=now,
        days=(),
        values=tuple(() for _ in batch.measures),
        ids=(),
        comments=(),
        customers=(),
        named=(),
        served=(),
        by=(),
    )


def without_words(batch: Batch, before: date) -> Batch:
    """The batch with no words of customers older than a day: whole answers of the same file are still kept."""
    old = [day < before for day in days_of(batch)]

    def blanked(column: tuple[str, ...]) -> tuple[str, ...]:
        if not column:
            return column
        kept = tuple("" if gone else cell for cell, gone in zip(column, old, strict=True))
        return kept if any(kept) else ()

    changed = msgspec.structs.replace(
        batch, comments=blanked(batch.comments), customers=blanked(batch.customers), named=blanked(batch.named)
    )
    return batch if changed == batch else msgspec.structs.replace(changed, version=batch.version + 1)
