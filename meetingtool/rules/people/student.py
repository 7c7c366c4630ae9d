"""Student's distribution, which follows from the beta distribution."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

from meetingtool.rules.beta import below, quantile


def student_tails(t: float, freedom: float) -> float:
    """How probable a value of Student's distribution is that lies as far from 0 as `t`, to either side."""
    return below(freedom / (freedom + t * t), freedom / 2, 0.5)


@lru_cache(maxsize=1000)
def student_reach(part: float, freedom: float) -> float:
    """How far from 0 to either side `part` of Student's distribution lies, such as 0.95."""
    x = quantile(1 - part, freedom / 2, 0.5)
    return sqrt(freedom * (1 - x) / x)
