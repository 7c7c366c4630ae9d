"""The beta distribution: the part below a value, and the value below which a part lies.

The continued fraction is that of Didonato and Morris (1992), evaluated by the method of Lentz.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_STEPS = 500
_PRECISION = 1e-14
_TINY = 1e-300


def below(x: float, a: float, b: float) -> float:
    """The part of the beta distribution of `a` and `b` that lies below `x`."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _fraction(x, a, b)


def quantile(part: float, a: float, b: float) -> float:
    """The value below which `part` of the distribution lies."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if below(middle, a, b) < part:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _fraction(x: float, a: float, b: float) -> float:
    upper, lower = 1.0, _nonzero(1 - (a + b) * x / (a + 1))
    lower = 1 / lower
    value = lower
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            lower = 1 / _nonzero(1 + term * lower)
            upper = _nonzero(1 + term / upper)
            value *= lower * upper
        if abs(lower * upper - 1) < _PRECISION:
            return value
    return value


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
