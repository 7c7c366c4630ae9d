"""How long scores take, side by side in one run with one plain pass over the same stories.

    python tests/benchmarks/score.py [--stories 5000] [--people 300] [--runs 30]

Prints medians in milliseconds: one person over a year of stories (to reach: 5 ms), everybody at once (to reach:
1 second), and everybody's document with its digest.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.digests import digest
from meetingtool.rules.people.evaluation import Basis, content
from meetingtool.rules.people.evidence import gather_all
from meetingtool.rules.people.guards import guards
from meetingtool.rules.people.periods import period_of
from meetingtool.rules.people.score import score
from meetingtool.rules.roster import Roster

YEAR = period_of(2026)


def base(kind: str, number: int, day: int) -> dict[str, Any]:
    at = datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=day)
    return {"id": f"{kind}{number:07}", "at": at, "made_at": at, "made_by": "pat"}


def year_of_records(people: int, stories: int) -> dict[str, list[Any]]:
    """A year in which everyone is rated on 8 standards in 4 quarters; every fifth story brings a promise."""
    chance = random.Random(1)
    team = [Person(**base("p", n, -900), handle=f"p{n}", name=f"Person Number{n}") for n in range(people)]
    standards = [
        Standard(**base("s", n, -900), tag=f"s{n}", title=f"S {n}", behaviour="", anchors=("",) * 5) for n in range(8)
    ]
    told = [
        Story(
            **base("w", n, chance.randrange(365)),
            kind=chance.choice(("win", "win", "sticky")),
            text="Stayed on the line until the courier called back",
            line="",
            people=(chance.choice(team).id,),
            standards=(chance.choice(standards).id,),
            meeting="m",
        )
        for n in range(stories)
    ]
    ratings = [
        Rating(
            **base("r", n, quarter * 91), person=who.id, standard=standard.id, value=chance.randint(1, 5), note="seen"
        )
        for n, (who, standard, quarter) in enumerate((w, s, q) for w in team for s in standards for q in range(4))
    ]
    follow_ups = [
        FollowUp(
            **base("f", n, chance.randrange(365)),
            kind="promise",
            text="refund posted",
            people=story.people,
            story=story.id,
            state=chance.choice(("kept", "kept", "missed")),
            decided_at=story.at,
        )
        for n, story in enumerate(told[::5])
    ]
    return {"team": team, "standards": standards, "stories": told, "ratings": ratings, "follow_ups": follow_ups}


def median(work: Callable[[], object], runs: int) -> float:
    """Milliseconds."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=5000)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--runs", type=int, default=30)
    given = parser.parse_args()
    few = year_of_records(15, given.stories)
    many = year_of_records(given.people, given.stories)
    kinds = ("ratings", "standards", "stories", "follow_ups")
    of_few = {kind: few[kind] for kind in kinds}
    of_many = {kind: many[kind] for kind in kinds}
    ids = [person.id for person in many["team"]]
    one = few["team"][3].id
    rule = ScoreRule()
    roster = Roster(many["team"], many["standards"], date(2026, 12, 31))

    def documents() -> None:
        gathered = gather_all(ids, YEAR, **of_many)
        for person in many["team"]:
            inputs = gathered[person.id]
            found = guards(inputs, YEAR.until)
            basis = Basis(
                team="T", person=person, inputs=inputs, score=score(inputs, rule), rule=rule, roster=roster,
                ratings=of_many["ratings"], stories=of_many["stories"], follow_ups=of_many["follow_ups"], guards=found,
            )  # fmt: skip
            digest(content(basis, YEAR.until))

    floor = median(lambda: [s for s in few["stories"] if one in s.people], given.runs)
    alone = median(lambda: score(gather_all([one], YEAR, **of_few)[one], rule), given.runs)
    everyone = median(
        lambda: [score(i, rule) for i in gather_all(ids, YEAR, **of_many).values()], max(given.runs // 6, 1)
    )
    papers = median(documents, 1)
    print(f"one plain pass over {given.stories:,} stories   {floor:8.2f} ms      1.0")
    print(f"one person scored                     {alone:8.2f} ms   {alone / floor:6.1f}")
    print(f"{given.people} people scored                     {everyone:8.2f} ms   {everyone / floor:6.1f}")
    print(f"{given.people} documents with their digests      {papers:8.2f} ms   {papers / floor:6.1f}")


if __name__ == "__main__":
    main()
