"""The team side by side, and a person's years side by side. For the manager alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from meetingtool.actions.people.evaluation_documents import CHANGED, numbers_of
from meetingtool.actions.people.scores import Scored, heap_of, scores_of
from meetingtool.actions.reading import settings_of
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.rules.people.calibration import Entry, SideBySide, side_by_side
from meetingtool.rules.people.calibration_notes import calibration_notes
from meetingtool.rules.people.periods import Period, part_of, period_of, year_of
from meetingtool.rules.people.score_part import PartKey
from meetingtool.rules.wording import listed
from meetingtool.store import Workspace

PART_KEYS: tuple[PartKey, ...] = ("standards", "customers", "promises", "training", "recognition")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One person beside the others. shown: the number as it was shared or locked, else by the records as they are.

    lacking: what evidence is missing where, in words; the work list for the next weeks.
    """

    scored: Scored
    entry: Entry
    shown: int | None
    lacking: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The team in the order it was given. notes: on how the ratings were given."""

    period: Period
    places: tuple[Place, ...]
    side: SideBySide
    notes: tuple[str, ...]


def compare(workspace: Workspace, people: Iterable[Person], period: Period, today: date) -> Comparison:
    """Those of the people who were on the team in the period, side by side."""
    there = [person for person in people if (part := part_of(period, person.started, person.left)) is not None
             and part.since <= today]  # fmt: skip
    heap = heap_of(workspace, period)
    scored = scores_of(workspace, there, period, today, heap)
    inputs = {one.person.id: one.inputs for one in scored}
    side = side_by_side(inputs, {one.person.id: one.score for one in scored}, heap.rule.rule)
    entries = {entry.person: entry for entry in side.entries}
    places = tuple(
        Place(
            scored=one,
            entry=entries[one.person.id],
            shown=numbers_of(one).shown,
            lacking=_lacking(one, entries[one.person.id]),
        )
        for one in scored
    )
    names = {person.id: person.name for person in there}
    return Comparison(period=period, places=places, side=side, notes=calibration_notes(inputs, names))


def _lacking(scored: Scored, entry: Entry) -> tuple[str, ...]:
    """A line for each thing to do; standards never rated stand in one line."""
    lines = []
    if entry.unrated:
        lines.append(f"no rating yet on {listed([f'#{tag}' for tag in entry.unrated])}")
    unrated = {f"#{tag}" for tag in entry.unrated}
    for guard in scored.guards:
        if guard.code == "gap" and any(tag in guard.message.split() for tag in unrated):
            continue
        lines.append(guard.message)
    return tuple(lines)


class YearLine(msgspec.Struct, frozen=True, kw_only=True):
    """One evaluation year of a person. parts: each part's value by its key, recognition its points.

    source: "final", "shared", or "records" for a year that follows them still.
    """

    period: Period
    shown: int | None
    band: str
    coverage: str
    parts: dict[str, float | None]
    source: str


def years_of(workspace: Workspace, person: Person, today: date) -> tuple[YearLine, ...]:
    """Every evaluation year of a person with a rating or an evaluation, oldest first, as it was locked or is now."""
    starts = settings_of(workspace).year_starts
    rated = [rating.at.date() for rating in workspace.find(Rating, person=person.id)]
    evaluated = [evaluation.until for evaluation in workspace.find(Evaluation, person=person.id)]
    years = sorted({year_of(day, starts) for day in (*rated, *evaluated)})
    lines = []
    for year in range(years[0], years[-1] + 1) if years else ():
        period = period_of(year, starts)
        if part_of(period, person.started, person.left) is None or period.since > today:
            continue
        scored = scores_of(workspace, [person], period, today)[0]
        numbers = numbers_of(scored)
        content = numbers.score
        lines.append(
            YearLine(
                period=period,
                shown=content["shown"],
                band=content["band"],
                coverage=content["coverage"],
                parts={
                    part["key"]: part["adds"] if part["key"] == "recognition" else part["value"]
                    for part in content["parts"]
                },
                source=numbers.source if numbers.genuine else CHANGED,
            )
        )
    return tuple(lines)
