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
    """The first day from which answers are kept whole."""
    return months_after(today.replace(day=1), -months)


def whole_rows(batch: Batch, before: date) -> list[int]:
    """The rows of answers older than a day that are still kept whole."""
    texts = [column for column in (batch.ids, batch.comments, batch.customers, batch.named) if column]
    values = [column for column in batch.values if column]
    return [
        row
        for row, day in enumerate(days_of(batch))
        if day < before and (any(column[row] is not None for column in values) or any(column[row] for column in texts))
    ]


def answers_in_all(batch: Batch) -> int:
    """How many answers a batch stands for: those still there, and those of which only counts are left. An empty row is
    what an answer leaves behind that moved to another year.
    """
    if not batch.counts:
        texts = (column for column in (batch.comments, batch.customers, batch.named, batch.ids) if column)
        said = [False] * len(batch.days)
        for column in (*([value is not None for value in values] for values in batch.values), *texts):
            said = [there or bool(cell) for there, cell in zip(said, column, strict=True)]
        return sum(said)
    most: dict[tuple[date, str, tuple[str, ...], bool], int] = {}
    for count in batch.counts:
        place = (count.month, count.person, count.others, count.left_out)
        most[place] = max(most.get(place, 0), count.n)
    return len(whole_rows(batch, date.max)) + sum(most.values())


def thinned(
    batch: Batch, measures: Sequence[Measure], rows: Collection[int], left_out: Collection[int], now: datetime
) -> Batch:
    """The batch with counts in place of some of its rows; with counts alone where no other row is left.

    The others stay in their places, which other records name. left_out: rows that do not count; they are counted apart,
    so that both rates can be given. The counts of a batch in which nobody says who served are nobody's.
    """
    going = frozenset(rows)
    changed = msgspec.structs.replace(
        batch,
        version=batch.version + 1,
        counts=(*batch.counts, *_counts(batch, measures, going, frozenset(left_out))),
        thinned_at=now,
    )
    if going.issuperset(whole_rows(batch, date.max)):
        nothing = tuple(() for _ in batch.measures)
        return msgspec.structs.replace(
            changed, days=(), values=nothing, ids=(), comments=(), customers=(), named=(), served=(), by=()
        )

    def blanked(column: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple("" if row in going else cell for row, cell in enumerate(column))
        return kept if any(kept) else ()

    return msgspec.structs.replace(
        changed,
        values=tuple(tuple(None if row in going else v for row, v in enumerate(column)) for column in batch.values),
        by=tuple(-1 if row in going else by for row, by in enumerate(batch.by)),
        ids=blanked(batch.ids),
        comments=blanked(batch.comments),
        customers=blanked(batch.customers),
        named=blanked(batch.named),
    )


def _counts(batch: Batch, measures: Sequence[Measure], going: frozenset[int], out: frozenset[int]) -> list[Count]:
    """Some rows of a batch by month, measure and person."""
    months = [day.replace(day=1) for day in days_of(batch)]
    people = [(served.person, *served.others) for served in batch.served] + [("",)]
    by = batch.by or (-1,) * len(months)
    known = {measure.key: measure for measure in measures}
    counts: list[Count] = []
    for key, column in zip(batch.measures, batch.values, strict=True):
        if key not in known:
            continue
        rows = Counter(
            (month, people[person], row in out, value)
            for row, (month, person, value) in enumerate(zip(months, by, column, strict=True))
            if value is not None and row in going
        )
        sums: dict[tuple[date, tuple[str, ...], bool], Tally] = {}
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
                person=person[0],
                left_out=is_out,
                others=person[1:],
            )
            for (month, person, is_out), tally in sorted(sums.items())
        ]
    return counts
