"""How often chance alone tells people apart, and how often an interval holds the true number.

    python tests/benchmarks/equals.py [--teams 1000] [--people 10]

Teams of people who are all alike are rated from the same dice; what is found between them is false. Prints for each
way of rating in how many teams anybody is told apart (to reach: at most 5 %), and how many of the intervals hold the
true score (to reach: 93 to 97 %). The ways: everybody on all standards in every quarter; gaps; with an impression of
the quarter that moves all ratings of a person by a standard deviation of 0.35; with promises and wins, too.
"""

from __future__ import annotations

import argparse
import random
from datetime import date

import msgspec

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.calibration import side_by_side
from meetingtool.rules.people.periods import period_of, quarters
from meetingtool.rules.people.score import score
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, Month, ScoreInputs, SettledPromise

YEAR = period_of(2026)
QUARTERS = quarters(YEAR)
RULE = ScoreRule()
STANDARDS = tuple(HeldStandard(f"s{n}", f"s{n}", "", 1, date(2020, 1, 1), None) for n in range(8))
LEVEL, ALONE = 3.6, 0.7
"""What everybody is worth on every standard, and how far one rating lies from it."""


def person(dice: random.Random, name: str, *, quarter: float, gaps: float, more: bool) -> ScoreInputs:
    """One of the alike. quarter: standard deviation of an impression; gaps: how often a rating is not given."""
    ratings = []
    for place, span in enumerate(QUARTERS):
        moved = dice.gauss(0, quarter)
        for standard in STANDARDS:
            if dice.random() >= gaps:
                value = min(5, max(1, round(LEVEL + moved + dice.gauss(0, ALONE))))
                ratings.append(GivenRating(f"{name}{standard.id}{place}", standard.id, span.since, value, place, True))
    plain = ScoreInputs(person=name, period=YEAR, quarters=QUARTERS, standards=STANDARDS, ratings=tuple(ratings))
    if not more:
        return plain
    promises = tuple(SettledPromise(f"{name}p{n}", YEAR.since, dice.random() < 0.85) for n in range(12))
    months = tuple(Month(date(2026, month, 1), (f"{name}w{month}",)) for month in range(1, 13) if dice.random() < 0.5)
    return msgspec.structs.replace(plain, promises=promises, win_months=months)


def true_score(*, quarter: float, gaps: float, more: bool) -> float:
    """What everybody is really worth, from very many quarters of ratings, promises and months."""
    dice = random.Random(99)
    found = [score(person(dice, "x", quarter=quarter, gaps=gaps, more=more), RULE).value for _ in range(4000)]
    known = [value for value in found if value is not None]
    return sum(known) / len(known)


def simulate(teams: int, people: int, *, quarter: float, gaps: float, more: bool) -> tuple[float, float]:
    """The share of teams in which anybody is told apart, and of intervals that hold the true score."""
    dice = random.Random(7)
    truth = true_score(quarter=quarter, gaps=gaps, more=more)
    apart = held = counted = 0
    for _ in range(teams):
        team = {str(n): person(dice, str(n), quarter=quarter, gaps=gaps, more=more) for n in range(people)}
        found = side_by_side(team, {name: score(inputs, RULE) for name, inputs in team.items()}, RULE)
        apart += bool(found.apart)
        for entry in found.entries:
            if entry.margin is not None and entry.score.value is not None:
                counted += 1
                held += abs(entry.score.value - truth) <= entry.margin
    return apart / teams, held / counted


def main() -> None:
    """Parse the command line, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--people", type=int, default=10)
    given = parser.parse_args()
    for words, quarter, gaps, more in (
        ("all rated, no impression", 0.0, 0.0, False),
        ("all rated, impression of 0.35", 0.35, 0.0, False),
        ("two in five not rated, no impression", 0.0, 0.4, False),
        ("two in five not rated, impression of 0.35", 0.35, 0.4, False),
        ("promises and wins too, impression of 0.35", 0.35, 0.2, True),
    ):
        apart, held = simulate(given.teams, given.people, quarter=quarter, gaps=gaps, more=more)
        print(f"{words:<44} told apart in {apart:6.1%} of teams   intervals hold in {held:6.1%}")


if __name__ == "__main__":
    main()
