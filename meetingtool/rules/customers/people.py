"""People side by side, never as a ranking: is there any difference between them that answers can show at all?

Only people of one type of work are compared. Where their shares scatter no more than chance can make them, there is
nothing to tell people apart by, and no single share is given. Where they do, empirical Bayes with a beta distribution
of the team (Kleinman 1973, weights n) pulls every person's share towards the team's, the more so the fewer answers
there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum
from typing import Literal

import msgspec

from meetingtool.records.people import Person
from meetingtool.rules.beta import below, quantile
from meetingtool.rules.customers.shares import COMPARED_LEAST, COUNTED_LEAST, Interval, Tally, pulled
from meetingtool.rules.folding import fold
from meetingtool.rules.wording import listed, one_line, shortened

Verdict = Literal["too-few", "no-difference", "differ"]

ENOUGH_PEOPLE = 3
"""With two people no spread can be told from chance."""
BY_CHANCE = 0.05
"""How often equal people may be said to differ, at all the types of work together."""

SEVERAL: dict[Verdict, str] = {
    "differ": "people of one role differ more than chance alone would make them.",
    "no-difference": "the answers show no difference between people of one role; what seems to differ can be chance.",
}
"""What is said of several roles at once."""
MOST_NAMED = 3
"""How many of several roles are named."""
LEAST_PULL = 1
"""How many answers at the team's share weigh in at least, even where no two people are alike: `rho` may exceed 1."""


class Spread(msgspec.Struct, frozen=True):
    """How far apart people are. share: the team's. rho: the part of the variance that lies between people; 0 or below
    where they scatter less than chance makes them, None where it can't be told. chance: how often equal people would
    scatter as much, from 0 to 1 (the F test of the same analysis of variance)."""

    share: float
    rho: float | None
    chance: float

    def pulled(self, tally: Tally) -> tuple[float, Interval]:
        """A person's share, pulled to the team's, and where it lies at 95 %. Only where `rho` is above 0."""
        assert self.rho
        pull = max(1 / self.rho - 1, LEAST_PULL)
        a, b = self.share * pull + tally.satisfied, (1 - self.share) * pull + tally.n - tally.satisfied
        mine = pulled(tally.satisfied, tally.n, self.share, pull)
        return mine, Interval(quantile(0.025, a, b), quantile(0.975, a, b))


class Among(msgspec.Struct, frozen=True):
    """People of one type of work, by id, in the order of the team's list.

    role: theirs; empty for those without one, None for the whole team.
    """

    role: str | None
    tallies: dict[str, Tally]
    spread: Spread
    verdict: Verdict

    @property
    def where(self) -> str:
        """Who is compared: `The whole team`, or the role."""
        if self.role is None:
            return "The whole team"
        return shortened(self.role[:1].upper() + self.role[1:], 40) or "People without a role"

    @property
    def whole(self) -> Tally:
        """The answers of all of them together."""
        return sum(self.tallies.values(), Tally())


def spread(tallies: Iterable[Tally]) -> Spread:
    """How far apart people are; those without an answer are left out."""
    asked = [tally for tally in tallies if tally.n]
    answers, satisfied = sum(tally.n for tally in asked), sum(tally.satisfied for tally in asked)
    share, others = satisfied / answers if answers else 0.0, len(asked) - 1
    chance = share * (1 - share)
    if others < 1 or not chance:
        return Spread(share, None, 1.0)
    between = fsum(tally.n * (tally.satisfied / tally.n - share) ** 2 for tally in asked)
    room = answers - fsum(tally.n**2 for tally in asked) / answers - others
    rho = (between - chance * others) / (chance * room) if room > 0 else None
    if answers - others < 2:
        return Spread(share, rho, 1.0)
    within = max(answers * chance - between, 0.0)
    return Spread(share, rho, below(within / (answers * chance), (answers - others - 1) / 2, others / 2))


def compared(tallies: Mapping[str, Tally], team: Iterable[Person]) -> list[Among]:
    """People with answers, each compared with those of the same role alone; all of them where nobody has a role.

    tallies: answers by the id of the person. team: everybody, in the order of the team's list.
    """
    groups: dict[str, tuple[str, dict[str, Tally]]] = {}
    for person in team:
        if (tally := tallies.get(person.id, Tally())).n:
            role = one_line(person.role).strip()
            groups.setdefault(fold(role), (role, {}))[1][person.id] = tally
    in_order = [groups[key] for key in sorted(groups, key=lambda key: (not key, key))]
    found = [(role, mine, spread(mine.values())) for role, mine in in_order]
    tests = sum(not _too_few(mine) for _, mine, _ in found)
    return [
        Among(role if role or len(found) > 1 else None, mine, one, _verdict(mine, one, tests))
        for role, mine, one in found
    ]


def said_of_all(found: Iterable[Among], *, is_nps: bool = False) -> str:
    """What is said about all of them in a line."""
    groups = list(found)
    enough = [one for one in groups if one.verdict != "too-few"]
    if not enough:
        ending = " of one role" if len(groups) > 1 else ""
        return f"Too few answers to say anything about differences between people{ending}."
    said = []
    for verdict, ending in SEVERAL.items():
        alike = [one for one in enough if one.verdict == verdict]
        names = [one.where for one in alike[:MOST_NAMED]]
        if len(alike) > MOST_NAMED:
            names.append(f"{len(alike) - MOST_NAMED} more")
        said += (
            [f"{listed(names)}: {ending}"] if len(alike) > 1 else [said_of_type(one, is_nps=is_nps) for one in alike]
        )
    rest = ["In other roles there are too few answers."] if len(enough) < len(groups) else []
    return " ".join([*said, *rest])


def said_of_type(one: Among, *, is_nps: bool = False) -> str:
    """The one sentence that is said about people of one type of work."""
    if one.verdict == "too-few":
        return f"{one.where}: too few answers to say anything about differences between people."
    if one.verdict == "differ":
        return (
            f"{one.where}: people differ more than chance alone would make them; each share is pulled towards that of "
            "all of them."
        )
    what = "promoters" if is_nps else "satisfied"
    return (
        f"{one.where}: these answers show no difference between people; together {100 * one.spread.share:.0f} % are "
        f"{what}, and what seems to differ can be chance."
    )


def _too_few(tallies: Mapping[str, Tally]) -> bool:
    counted = [tally for tally in tallies.values() if tally.n >= COUNTED_LEAST]
    return len(counted) < ENOUGH_PEOPLE or sum(tally.n for tally in counted) < COMPARED_LEAST


def _verdict(tallies: Mapping[str, Tally], found: Spread, tests: int) -> Verdict:
    if _too_few(tallies):
        return "too-few"
    apart = found.rho is not None and found.rho > 0 and found.chance * tests < BY_CHANCE
    return "differ" if apart else "no-difference"
