"""One line of the score's sum, whichever part it is."""

from __future__ import annotations

from typing import Literal

import msgspec

PartKey = Literal["standards", "customers", "promises", "training", "recognition"]

LABELS: dict[PartKey, str] = {
    "standards": "Standards",
    "customers": "Customers",
    "promises": "Promises",
    "training": "Training",
    "recognition": "Recognition",
}


class ScorePart(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the sum.

    value: 0 to 100, None while the part is absent and always for recognition. weight: 0 for recognition.
    adds: points that the line adds to the score; None while the part is absent or there is no score.
    basis: what it rests on, in words ("9 kept, 1 missed"). absent_because: why it is absent, else empty.
    records: ids of the records behind it. unused: nobody on the team has anything for it. figures: what the value is
    worked out from, by name; see `sum_in_words`.
    """

    key: PartKey
    label: str
    value: float | None = None
    weight: int = 0
    adds: float | None = None
    basis: str = ""
    absent_because: str = ""
    records: tuple[str, ...] = ()
    unused: bool = False
    figures: dict[str, float] = {}


def part_of_sum(
    key: PartKey,
    weight: int,
    value: float | None,
    basis: str,
    absent: str,
    records: tuple[str, ...],
    figures: dict[str, float] | None = None,
) -> ScorePart:
    """A part with a weight. absent: why it is absent, where there is no value."""
    return ScorePart(
        key=key,
        label=LABELS[key],
        value=value,
        weight=weight,
        basis=basis,
        absent_because="" if value is not None else absent,
        records=records,
        figures=figures or {},
    )
