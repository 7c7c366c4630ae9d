"""Shares and their intervals come out as the well-known statistics libraries make them (values computed there)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.customers.shares import (
    Z99,
    Tally,
    adjusted,
    mcnemar,
    newcombe,
    nps_change,
    nps_error,
    nps_interval,
    wilson,
)


@pytest.mark.parametrize(
    ("satisfied", "n", "low", "high"),
    [
        (90, 100, 0.8256, 0.9448),
        (75, 100, 0.6570, 0.8245),
        (45, 50, 0.7864, 0.9565),
        (27, 30, 0.7438, 0.9654),
        (9, 10, 0.5958, 0.9821),
        (10, 10, 0.7225, 1.0000),
        (0, 10, 0.0000, 0.2775),
        (3, 4, 0.3006, 0.9544),
        (1, 1, 0.2065, 1.0000),
        (652, 1000, 0.6219, 0.6809),
        (80, 100, 0.7112, 0.8666),
    ],
)
def test_a_share_lies_between_the_limits_of_wilson(satisfied: int, n: int, low: float, high: float) -> None:
    limits = wilson(satisfied, n)
    assert (round(limits.low, 4), round(limits.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((75, 100), (90, 100), -0.2533, -0.0447),
        ((15, 20), (18, 20), -0.3803, 0.0939),
        ((23, 30), (27, 30), -0.3210, 0.0609),
        ((30, 40), (36, 40), -0.3135, 0.0195),
        ((38, 50), (45, 50), -0.2856, 0.0094),
        ((300, 400), (360, 400), -0.2015, -0.0980),
        ((7, 10), (9, 10), -0.5141, 0.1598),
        ((20, 20), (20, 20), -0.1611, 0.1611),
        ((0, 10), (3, 10), -0.6032, 0.0376),
        ((72, 90), (55, 80), -0.0184, 0.2411),
    ],
)
def test_a_difference_lies_between_the_limits_of_newcombe(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    limits = newcombe(Tally(now[1], now[0]), Tally(before[1], before[0]))
    assert (round(limits.low, 4), round(limits.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("now", "before", "at_95", "at_99"),
    [
        ((75, 100), (263, 300), -0.0411, -0.0170),
        ((83, 100), (270, 300), 0.0025, None),
        ((38, 50), (135, 150), -0.0267, 0.0038),
        ((75, 100), (173, 200), -0.0228, None),
    ],
)
def test_the_upper_limit_of_a_fall(
    now: tuple[int, int], before: tuple[int, int], at_95: float, at_99: float | None
) -> None:
    tallies = Tally(now[1], now[0]), Tally(before[1], before[0])
    assert round(newcombe(*tallies).high, 4) == at_95
    if at_99 is not None:
        assert round(newcombe(*tallies, Z99).high, 4) == at_99


@pytest.mark.parametrize(
    ("n", "promoters", "detractors", "score", "error", "adjusted_score", "adjusted_error", "low", "high"),
    [
        (100, 50, 20, 30.0, 7.8102, 29.1262, 7.6915, 14.0511, 44.2013),
        (20, 10, 6, 20.0, 19.4936, 17.3913, 17.8231, -17.5413, 52.3239),
        (10, 10, 0, 100.0, 0.0, 76.9231, 15.0102, 47.5036, 106.3426),
        (5, 4, 1, 60.0, 35.7771, 37.5, 28.9801, -19.2999, 94.2999),
        (400, 200, 80, 30.0, 3.9051, 29.7767, 3.8901, 22.1523, 37.4011),
        (20268, 9404, 7203, 10.8595, 0.6312, 10.8579, 0.6312, 9.6208, 12.0949),
    ],
)
def test_the_net_promoter_score_and_its_adjusted_interval(
    n: int,
    promoters: int,
    detractors: int,
    score: float,
    error: float,
    adjusted_score: float,
    adjusted_error: float,
    low: float,
    high: float,
) -> None:
    tally = Tally(n, promoters, 0, detractors)
    assert tally.nps == pytest.approx(score, abs=5e-5)
    assert nps_error(tally) == pytest.approx(error, abs=5e-5)
    assert adjusted(tally) == pytest.approx((adjusted_score, adjusted_error), abs=5e-5)
    limits = nps_interval(tally)
    assert (limits.low, limits.high) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((100, 40, 30), (100, 55, 20), -47.4969, -2.5031),
        ((20, 10, 6), (20, 14, 3), -85.1134, 15.1134),
        ((400, 160, 120), (400, 220, 80), -36.2485, -13.7515),
    ],
)
def test_the_change_of_the_net_promoter_score(
    now: tuple[int, int, int], before: tuple[int, int, int], low: float, high: float
) -> None:
    limits = nps_change(Tally(now[0], now[1], 0, now[2]), Tally(before[0], before[1], 0, before[2]))
    assert (limits.low, limits.high) == pytest.approx((low, high), abs=5e-5)


def test_the_same_customers_before_and_after_are_tested_by_those_who_switched() -> None:
    paired = mcnemar(60, 5, 15, 20)
    assert (paired.n, paired.change) == (100, 0.1)
    assert paired.p == pytest.approx(0.0414, abs=5e-5)
    assert (paired.interval.low, paired.interval.high) == pytest.approx((0.0120, 0.1866), abs=5e-5)
    published = mcnemar(20, 2, 12, 16).interval  # fifty pairs, as in Altman et al., Statistics with Confidence, 2000
    assert (published.low, published.high) == pytest.approx((0.056, 0.329), abs=5e-4)
    everybody = mcnemar(0, 0, 30, 0).interval
    assert (everybody.low > 0.8, everybody.high) == (True, 1.0)
    assert mcnemar(10, 0, 0, 10).p == 1.0


@given(st.integers(1, 5000), st.data())
def test_a_share_lies_within_its_own_limits(n: int, data: st.DataObject) -> None:
    satisfied = data.draw(st.integers(0, n))
    limits = wilson(satisfied, n)
    assert 0 <= limits.low <= satisfied / n <= limits.high <= 1
    other = newcombe(Tally(n, satisfied), Tally(n, satisfied))
    assert other.low <= 0 <= other.high
