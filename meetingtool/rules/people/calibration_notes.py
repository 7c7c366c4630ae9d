"""What managers should know about their own yardstick before comparing people: notes, never corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum

from meetingtool.rules.people.score_inputs import GivenRating, ScoreInputs
from meetingtool.rules.wording import count, listed

TOGETHER_LEAST = 8
"""With fewer ratings on a standard, it says nothing that they are all the same."""
DRIFT = 0.5
"""How much higher or lower on average makes a quarter's yardstick look different."""
DRIFT_LEAST = 10
"""Ratings that a quarter needs to be compared with another."""
UNEVEN = 3
"""How many times as many ratings as another make the two hard to compare."""


def calibration_notes(team: Mapping[str, ScoreInputs], names: Mapping[str, str]) -> tuple[str, ...]:
    """Notes on how the ratings of a period were given, over the whole team. names: of people, by id."""
    found = [*_one_value(team), *_drift(team), *_uneven(team, names)]
    return tuple(found)


def _given(team: Mapping[str, ScoreInputs]) -> list[GivenRating]:
    return [rating for inputs in team.values() for rating in inputs.ratings]


def _one_value(team: Mapping[str, ScoreInputs]) -> list[str]:
    """Standards on which nearly everybody is rated the same, so that they tell nobody apart."""
    tags = {standard.id: standard.tag for inputs in team.values() for standard in inputs.standards}
    values: dict[str, list[int]] = {}
    people: dict[str, set[str]] = {}
    for person, inputs in team.items():
        for rating in inputs.ratings:
            values.setdefault(rating.standard, []).append(rating.value)
            people.setdefault(rating.standard, set()).add(person)
    notes = []
    for standard, tag in tags.items():
        given = values.get(standard, [])
        if len(given) < TOGETHER_LEAST or len(people[standard]) < 3:
            continue
        value, often = min(Counter(given).items(), key=lambda item: (-item[1], item[0]))
        if 10 * often >= 9 * len(given):
            notes.append(
                f"On #{tag} {often} of {count(len(given), 'rating')} are {value}: it does not distinguish people."
            )
    return notes


def _drift(team: Mapping[str, ScoreInputs]) -> list[str]:
    """The first and the last quarter with enough ratings, where the means lie far apart."""
    labels = next(([span.label for span in inputs.quarters] for inputs in team.values()), [])
    by_quarter: dict[int, list[int]] = {}
    for rating in _given(team):
        by_quarter.setdefault(rating.quarter, []).append(rating.value)
    enough = sorted(quarter for quarter, values in by_quarter.items() if len(values) >= DRIFT_LEAST)
    if len(enough) < 2:
        return []
    first, last = _mean(by_quarter[enough[0]]), _mean(by_quarter[enough[-1]])
    if abs(last - first) < DRIFT:
        return []
    higher = "higher" if last > first else "lower"
    return [
        f"The ratings of {labels[enough[-1]]} are {higher} than those of {labels[enough[0]]}, on average "
        f"{last:.1f} against {first:.1f}: has the work changed, or the yardstick?"
    ]


def _mean(values: Sequence[int]) -> float:
    return fsum(values) / len(values)


def _uneven(team: Mapping[str, ScoreInputs], names: Mapping[str, str]) -> list[str]:
    """Who rests on far fewer ratings than the one with most."""
    counts = {person: len(inputs.ratings) for person, inputs in team.items() if inputs.ratings}
    if len(counts) < 2:
        return []
    most = max(counts.values())
    few = sorted((number, names[person]) for person, number in counts.items() if UNEVEN * number <= most)
    if not few:
        return []
    shown = [f"{name} ({number})" for number, name in few[:3]]
    if len(few) > 3:
        shown.append(f"{count(len(few) - 3, 'more person', 'more people')}")
    return [f"Some rest on far fewer ratings than others: {listed(shown)}, where the most is {most}."]
