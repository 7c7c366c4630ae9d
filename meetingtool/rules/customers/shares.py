"""Shares, their intervals and the difference between two of them.

Formulas: Wilson (1927) for one share; Newcombe (1998), method 10, for the difference of two; the net promoter score
with the adjusted Wald interval of Rocks (2016); for answers of the same customers before and after McNemar's exact
test, and Newcombe's method 10 for paired shares (Statistics in Medicine 17, 1998, 2635-2650). Every share lies between
0 and 1, a net promoter score between -100 and 100.
"""

from __future__ import annotations

from math import comb, fsum, sqrt

import msgspec

Z95, Z99, Z995 = 1.959963984540054, 2.5758293035489004, 2.807033768343811
"""Standard deviations within which 95, 99 and 99.5 % of a normal distribution lie."""

COUNTED_LEAST = 10
"""With fewer answers there is no share, only the number of answers."""
COMPARED_LEAST = 30
"""With fewer answers a share is compared with no other."""


class Interval(msgspec.Struct, frozen=True):
    """A lower and an upper limit."""

    low: float
    high: float


class Tally(msgspec.Struct, frozen=True):
    """Answers to one question. total: the sum of the values. below: of the net promoter score, the detractors (0-6)."""

    n: int = 0
    satisfied: int = 0
    total: int = 0
    below: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.n + other.n, self.satisfied + other.satisfied, self.total + other.total, self.below + other.below
        )

    @property
    def share(self) -> float | None:
        """The part that is satisfied; None without an answer."""
        return self.satisfied / self.n if self.n else None

    @property
    def mean(self) -> float | None:
        """The mean value; None without an answer."""
        return self.total / self.n if self.n else None

    @property
    def nps(self) -> float | None:
        """Promoters less detractors, in hundredths of all answers; None without an answer."""
        return 100 * (self.satisfied - self.below) / self.n if self.n else None


def wilson(satisfied: int, n: int, z: float = Z95) -> Interval:
    """The limits between which the true share lies, when `satisfied` of `n` were; 0 to 1 without an answer."""
    if not n:
        return Interval(0.0, 1.0)
    share, square = satisfied / n, z * z
    middle = share + square / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = ((middle + side) / (1 + square / n) for side in (-reach, reach))
    return Interval(0.0 if satisfied == 0 else low, 1.0 if satisfied == n else high)


def pulled(satisfied: int, n: int, share: float, pull: float) -> float:
    """A share with `pull` answers at the team's share mixed in, so that few answers can't swing far."""
    return (satisfied + pull * share) / (n + pull)


def newcombe(now: Tally, before: Tally, z: float = Z95) -> Interval:
    """The limits between which the change of the share from `before` to `now` lies; both need an answer."""
    share, prior = now.satisfied / now.n, before.satisfied / before.n
    mine, former = wilson(now.satisfied, now.n, z), wilson(before.satisfied, before.n, z)
    change = share - prior
    down = sqrt((share - mine.low) ** 2 + (former.high - prior) ** 2)
    up = sqrt((mine.high - share) ** 2 + (prior - former.low) ** 2)
    return Interval(change - down, change + up)


def nps_error(tally: Tally) -> float:
    """The standard error of a net promoter score."""
    score = (tally.satisfied - tally.below) / tally.n
    return 100 * sqrt(((tally.satisfied + tally.below) / tally.n - score * score) / tally.n)


def adjusted(tally: Tally) -> tuple[float, float]:
    """The score and its standard error with three answers more: three quarters each of promoters and detractors."""
    n, promoters, detractors = tally.n + 3, tally.satisfied + 0.75, tally.below + 0.75
    score = (promoters - detractors) / n
    return 100 * score, 100 * sqrt(((promoters + detractors) / n - score * score) / n)


def nps_interval(tally: Tally, z: float = Z95) -> Interval:
    """The limits between which the net promoter score lies (adjusted Wald)."""
    score, error = adjusted(tally)
    return Interval(score - z * error, score + z * error)


def nps_change(now: Tally, before: Tally, z: float = Z95) -> Interval:
    """The limits between which the change of the net promoter score lies."""
    change = 100 * ((now.satisfied - now.below) / now.n - (before.satisfied - before.below) / before.n)
    error = sqrt(nps_error(now) ** 2 + nps_error(before) ** 2)
    return Interval(change - z * error, change + z * error)


class Paired(msgspec.Struct, frozen=True):
    """The same customers before and after. change: of the share. p: how probable so uneven a switching is by chance."""

    n: int
    gained: int
    lost: int
    change: float
    interval: Interval
    p: float


def mcnemar(both: int, lost: int, gained: int, neither: int, z: float = Z95) -> Paired:
    """The exact test: lost and gained are the customers who were satisfied only before, and only after."""
    n, switched = both + lost + gained + neither, lost + gained
    tail = fsum(comb(switched, count) for count in range(min(lost, gained) + 1)) / 2**switched
    interval = _paired_interval(both, lost, gained, neither, z)
    return Paired(n, gained, lost, (gained - lost) / n, interval, min(1.0, 2 * tail))


def _paired_interval(both: int, lost: int, gained: int, neither: int, z: float) -> Interval:
    """Newcombe's method 10: the limits of the two shares by themselves, put together by how much the same customers
    answer alike, with half a customer's correction where they do."""
    n = both + lost + gained + neither
    now, before = (both + gained) / n, (both + lost) / n
    mine, former = wilson(both + gained, n, z), wilson(both + lost, n, z)
    margins = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    alike = both * neither - lost * gained
    alike_at_least = max(alike - n / 2, 0.0) if alike > 0 else alike
    phi = alike_at_least / sqrt(margins) if margins else 0.0
    below, above = (now - mine.low, former.high - before), (mine.high - now, before - former.low)
    down, up = (sqrt(max(a * a - 2 * phi * a * b + b * b, 0.0)) for a, b in (below, above))
    return Interval(now - before - down, now - before + up)
