"""How often a rule about falls cries wolf in a year, and what it catches: ours, at 95 %, and a bare five points.

    python tests/benchmarks/alerts.py [--years 2000] [--seed 1]

Every line simulates years of twelve months in which a customer is satisfied with a probability that stays (the quiet
year), falls from .90 over .83 to .75 (the slide, after nine quiet months), or falls by a point a month (the slow
slide). "years" is the part of the years with at least one false alert; "caught" that in which the rule spoke in or
after the first month of the fall, and by its third month where it is the slide.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence

from meetingtool.rules.customers.course import Point, course, offered_target
from meetingtool.rules.customers.shares import Tally, newcombe, wilson

Rule = Callable[[Sequence[Point]], list[int]]
MONTHS = 12


def year(rng: random.Random, shares: Sequence[float], answers: int) -> list[Point]:
    """Months with their answers, every answer drawn by itself."""
    return [
        Point(f"{month:02}", Tally(answers, sum(rng.random() < share for _ in range(answers))))
        for month, share in enumerate(shares, 1)
    ]


def months(found: Sequence[Point], periods: Sequence[str]) -> list[int]:
    """Indexes of the periods told."""
    return [index for index, point in enumerate(found) if point.period in periods]


def ours(found: Sequence[Point]) -> list[int]:
    """Falls as the product raises them."""
    return months(found, [one.period for one in course(found) if one.kind == "fall"])


def target(found: Sequence[Point]) -> list[int]:
    """Under the target that the nine months before the fall offered."""
    offered = offered_target(found[:9])
    wanted = None if offered is None else offered / 100
    return [
        index
        for index, point in enumerate(found)
        if wanted is not None and wilson(point.tally.satisfied, point.tally.n).high < wanted
    ]


def at_95(found: Sequence[Point]) -> list[int]:
    """Five points and an upper limit at 95 % below 0."""
    return _compared(found, lambda now, before: newcombe(now, before).high < 0)


def bare(found: Sequence[Point]) -> list[int]:
    """Five points less than the month before, and nothing else."""
    shares = [point.tally.share or 0.0 for point in found]
    return [month for month in range(1, len(shares)) if shares[month] <= shares[month - 1] - 0.05]


def _compared(found: Sequence[Point], sure: Callable[[Tally, Tally], bool]) -> list[int]:
    told = []
    for month in range(1, len(found)):
        before = sum((point.tally for point in found[max(0, month - 3) : month]), Tally())
        now = found[month].tally
        if (now.share or 0.0) <= (before.share or 0.0) - 0.05 and sure(now, before):
            told.append(month)
    return told


RULES: dict[str, Rule] = {"99 % (ours)": ours, "target": target, "95 %": at_95, "bare 5 points": bare}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    quiet = [0.90] * MONTHS
    slide = [0.90] * 9 + [0.90, 0.83, 0.75]
    slow = [0.90] * 9 + [0.90 - step / 100 for step in range(1, 13)]
    print(f"{options.years} years each; the part of them in which the rule speaks\n")
    print(f"{'':15}{'answers':>8}  {'quiet year':>10}  {'five measures':>13}  {'slide':>6}  {'slow slide':>10}")
    for answers in (50, 100, 200):
        runs = [year(rng, quiet, answers) for _ in range(options.years)]
        slides = [year(rng, slide, answers) for _ in range(options.years)]
        slow_ones = [year(rng, slow, answers) for _ in range(options.years)]
        for name, rule in RULES.items():
            false = sum(bool(rule(run)) for run in runs) / options.years
            five = 1 - (1 - false) ** 5
            caught = sum(any(month >= 10 for month in rule(run)) for run in slides) / options.years
            slowly = sum(any(month >= 9 for month in rule(run)) for run in slow_ones) / options.years
            print(f"{name:15}{answers:>8}  {false:>10.1%}  {five:>13.1%}  {caught:>6.1%}  {slowly:>10.1%}")


if __name__ == "__main__":
    main()
