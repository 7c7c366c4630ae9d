"""The same customers before and after are compared in pairs; who answered only once does not count."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from meetingtool.records.alerts import Comparison
from meetingtool.records.surveys import Batch, Measure
from meetingtool.rules.customers.comparing import compare

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
KEPT = {"at": NOW, "made_at": NOW, "made_by": "pat"}
CSAT = Measure(key="csat", title="Satisfied?", scale="csat5", satisfied=4, low=1, high=5)
PAIRED = Comparison(
    id="c1",
    survey="s1",
    measure="csat",
    before_since=date(2026, 1, 1),
    before_until=date(2026, 1, 31),
    after_since=date(2026, 3, 1),
    after_until=date(2026, 3, 31),
    because="training",
    paired=True,
    **KEPT,
)


def asked(kinds: list[tuple[int, int]]) -> Batch:
    """Customers with an answer in January and one in March, and one more who answered in January alone."""
    return Batch(
        id="b1",
        survey="s1",
        file="pairs.csv",
        first=date(2026, 1, 10),
        measures=("csat",),
        days=(*[0] * len(kinds), *[60] * len(kinds), 0),
        values=((*[first for first, _ in kinds], *[then for _, then in kinds], 1),),
        customers=(*map("C{}".format, range(len(kinds))), *map("c{}".format, range(len(kinds))), "once"),
        **KEPT,
    )


def test_pairs_are_told_by_who_switched_with_the_exact_test() -> None:
    found = compare(PAIRED, CSAT, [asked([(5, 5)] * 20 + [(2, 5)] * 9 + [(5, 2)] * 1 + [(1, 1)] * 4)])
    assert (found.pairs, found.before.satisfied, found.after.satisfied) == (34, 21, 29)
    assert found.points == pytest.approx(100 * 8 / 34)
    assert found.p == pytest.approx(2 * 11 / 2**10)
    assert "9 newly satisfied, 1 no longer" in found.says
    assert "Chosen afterwards" not in found.says


def test_few_pairs_have_no_test() -> None:
    found = compare(PAIRED, CSAT, [asked([(2, 5)] * 9)])
    assert (found.pairs, found.points, found.p) == (9, None, None)
    assert found.says.endswith("Too few: it takes 30.")
