"""People side by side, never as a ranking: is there any difference between them that answers can show at all?

Empirical Bayes with a beta distribution of the team (Kleinman 1973, weights n): every person's share is pulled towards
the team's, the more so the fewer answers there are. Where the answers scatter no more than chance alone makes them,
there is nothing to tell people apart by, and no single share is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

import msgspec

from meetingtool.rules.customers.beta import below, quantile
from meetingtool.rules.customers.shares import COMPARED_LEAST, COUNTED_LEAST, Interval, Tally, wilson

ENOUGH_PEOPLE = 3
"""With two people no spread can be told from chance."""


class Pulled(msgspec.Struct, frozen=True):
    """One person's share, pulled to the team's. interval: where it lies, at 95 %. above: how probably it is over the
    team's. Both are None where there is no spread between people.
    """

    raw: float
    wilson: Interval
    share: float
    interval: Interval | None = None
    above: float | None = None


class Spread(msgspec.Struct, frozen=True):
    """How far apart people are. share: the team's. rho: the part of the variance that lies between people; at 0 or
    below, or None where it can't be told, there is no difference that the answers could show."""

    share: float
    rho: float | None
    people: dict[str, Pulled]

    @property
    def apart(self) -> bool:
        """Whether people differ by more than chance."""
        return self.rho is not None and self.rho > 0


def spread(team: Mapping[str, Tally]) -> Spread:
    """People of one type of work by id; those without an answer are left out."""
    asked = {person: tally for person, tally in team.items() if tally.n}
    whole = sum(asked.values(), Tally())
    share = whole.share or 0.0
    rho = _rho(list(asked.values()), share)
    if rho is None or rho <= 0:
        return Spread(share, rho, {person: _plain(tally, share) for person, tally in asked.items()})
    pull = 1 / rho - 1
    return Spread(share, rho, {person: _pulled(tally, share, pull) for person, tally in asked.items()})


def pulled_by(tally: Tally, share: float, pull: float) -> float:
    """A share with `pull` answers at the team's share mixed in."""
    return (tally.satisfied + pull * share) / (tally.n + pull)


def told(found: Spread, tallies: Mapping[str, Tally]) -> str:
    """The one sentence that is said about all of them."""
    counted = [tally for tally in tallies.values() if tally.n >= COUNTED_LEAST]
    if len(counted) < ENOUGH_PEOPLE or sum(tally.n for tally in counted) < COMPARED_LEAST:
        return "Too few answers to say anything about differences between people."
    if not found.apart:
        return (
            f"These answers show no difference between people: all of them are at {100 * found.share:.0f} %, "
            "and what seems to differ is chance."
        )
    return "People differ a little more than chance alone would make them; each share is pulled towards the team's."


def _rho(tallies: list[Tally], share: float) -> float | None:
    answers, chance = sum(tally.n for tally in tallies), share * (1 - share)
    if len(tallies) < 2 or not chance:
        return None
    scatter = fsum(tally.n * (tally.satisfied / tally.n - share) ** 2 for tally in tallies)
    alone = len(tallies) - 1
    room = answers - fsum(tally.n**2 for tally in tallies) / answers
    return (scatter - chance * alone) / (chance * (room - alone)) if room > alone else None


def _plain(tally: Tally, share: float) -> Pulled:
    return Pulled(tally.satisfied / tally.n, wilson(tally.satisfied, tally.n), share)


def _pulled(tally: Tally, share: float, pull: float) -> Pulled:
    a, b = share * pull + tally.satisfied, (1 - share) * pull + tally.n - tally.satisfied
    return Pulled(
        tally.satisfied / tally.n,
        wilson(tally.satisfied, tally.n),
        pulled_by(tally, share, pull),
        Interval(quantile(0.025, a, b), quantile(0.975, a, b)),
        1 - below(share, a, b),
    )
