"""The difference of two means, by Welch's test: neither the numbers of answers nor their scatter need be alike."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum, sqrt

import msgspec

from meetingtool.rules.customers.beta import student_reach, student_tails
from meetingtool.rules.customers.shares import Interval


class Means(msgspec.Struct, frozen=True):
    """Two means and what lies between them. interval: of the difference, at 95 %. p: how probable it is by chance."""

    before: float
    after: float
    interval: Interval
    p: float


def welch(before: Mapping[int, int], after: Mapping[int, int]) -> Means | None:
    """Answers by value: value -> how many. None where a side has fewer than two, or nothing scatters."""
    (m, mean, spread), (n, mean_after, spread_after) = _moments(before), _moments(after)
    if min(m, n) < 2 or not spread + spread_after:
        return None
    parts = spread / m, spread_after / n
    error = sqrt(sum(parts))
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (m - 1) + parts[1] ** 2 / (n - 1))
    difference = mean_after - mean
    reach = student_reach(0.95, freedom) * error
    interval = Interval(difference - reach, difference + reach)
    return Means(mean, mean_after, interval, student_tails(difference / error, freedom))


def _moments(counts: Mapping[int, int]) -> tuple[int, float, float]:
    """How many, their mean, and the variance of one (by n - 1)."""
    n = sum(counts.values())
    if n < 2:
        return n, 0.0, 0.0
    mean = fsum(value * times for value, times in counts.items()) / n
    return n, mean, fsum(times * (value - mean) ** 2 for value, times in counts.items()) / (n - 1)
