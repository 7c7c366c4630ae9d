"""The team side by side, and a person's years side by side. For the manager only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from meetingtool.actions.people.evaluation_documents import CHANGED, numbers_of
from meetingtool.actions.people.scores import Scored, heap_of, scores_of
from meetingtool.actions.reading import settings_of
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.rules.people.calibration import ComparedPerson, SideBySide, side_by_side
from meetingtool.rules.people.calibration_notes import calibration_notes
from meetingtool.rules.people.kept_score import standards_in
from meetingtool.rules.people.like_with_like import (
    KnownParts,
    ScoreDifference,
    as_locked,
    difference,
    known_of,
    margin_of,
    why_unlike,
)
from meetingtool.rules.people.periods import Period, part_of, period_of, year_of
from meetingtool.rules.people.scatter import scatter_of
from meetingtool.rules.people.score_part import LABELS, PartKey
from meetingtool.rules.wording import listed
from meetingtool.store import Workspace

PART_KEYS: tuple[PartKey, ...] = ("standards", "customers", "promises", "training", "recognition")


class PersonInComparison(msgspec.Struct, frozen=True, kw_only=True):
    """One person beside the others. shown: the number as it was shared or locked, else as the records give it now.
    lacking: in words, which evidence is missing; the work list for the coming weeks.
    """

    scored: Scored
    entry: ComparedPerson
    shown: int | None
    lacking: tuple[str, ...]


class TeamComparison(msgspec.Struct, frozen=True, kw_only=True):
    """The team in the order it was given. notes: on how the ratings were given."""

    period: Period
    places: tuple[PersonInComparison, ...]
    side: SideBySide
    notes: tuple[str, ...]


def compare(workspace: Workspace, people: Iterable[Person], period: Period, today: date) -> TeamComparison:
    """Those of the people who were on the team in the period, side by side."""
    there = [person for person in people if (part := part_of(period, person.started, person.left)) is not None
             and part.since <= today]  # fmt: skip
    heap = heap_of(workspace, period)
    scored = scores_of(workspace, there, period, today, heap)
    inputs = {one.person.id: one.inputs for one in scored}
    names = {person.id: person.name for person in there}
    side = side_by_side(inputs, {one.person.id: one.score for one in scored}, heap.rule.rule, names)
    entries = {entry.person: entry for entry in side.entries}
    places = tuple(
        PersonInComparison(
            scored=one,
            entry=entries[one.person.id],
            shown=numbers_of(one).shown,
            lacking=_lacking(one, entries[one.person.id]),
        )
        for one in scored
    )
    return TeamComparison(period=period, places=places, side=side, notes=calibration_notes(inputs, names))


def _lacking(scored: Scored, entry: ComparedPerson) -> tuple[str, ...]:
    """A line for each thing to do; standards never rated share one line."""
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

    margin: give or take of the number, None where that can't be said. change: against the year before, by the parts
    known and the standards rated in both, without recognition; None for the first year, where the two have too little
    in common (`unlike` says so), and beside a year that is not what was shared or finalised. source: "final", "shared",
    or "records" for a year that still follows them.
    """

    period: Period
    shown: int | None
    band: str
    coverage: str
    parts: dict[PartKey, float | None]
    margin: float | None
    change: ScoreDifference | None
    unlike: str
    source: str


def years_of(workspace: Workspace, person: Person, today: date) -> tuple[YearLine, ...]:
    """Every evaluation year of a person with a rating or an evaluation, oldest first, as it was locked or is now."""
    starts = settings_of(workspace).year_starts
    rated = [rating.at.date() for rating in workspace.find(Rating, person=person.id)]
    evaluated = [evaluation.until for evaluation in workspace.find(Evaluation, person=person.id)]
    years = sorted({year_of(day, starts) for day in (*rated, *evaluated)})
    everyone = workspace.find(Person)
    lines: list[YearLine] = []
    before: KnownParts | None = None
    for year in range(years[0], years[-1] + 1) if years else ():
        period = period_of(year, starts)
        if part_of(period, person.started, person.left) is None or period.since > today:
            continue
        line, before = _year(workspace, everyone, person, period, today, before)
        lines.append(line)
    return tuple(lines)


def _year(
    workspace: Workspace,
    everyone: Sequence[Person],
    person: Person,
    period: Period,
    today: date,
    before: KnownParts | None,
) -> tuple[YearLine, KnownParts | None]:
    """A year of a person beside the one before, and what is known of it; None for a year that was changed since."""
    team = [other for other in everyone if part_of(period, other.started, other.left) is not None]
    scored = scores_of(workspace, team, period, today)
    mine = next(one for one in scored if one.person.id == person.id)
    numbers = numbers_of(mine)
    parts: dict[PartKey, float | None] = {
        part["key"]: part["adds"] if part["key"] == "recognition" else part["value"] for part in numbers.score["parts"]
    }
    known = known_of(mine.inputs, mine.score, mine.rule, scatter_of(one.inputs for one in scored))
    known = as_locked(known, parts, standards_in(numbers.score))
    change, unlike = None, ""
    if before is not None and numbers.genuine:
        change = difference(known, before, recognition=False)
        both = known.values["standards"] is not None and before.values["standards"] is not None
        unlike = why_unlike(known, before) if both and change is None else ""
    line = YearLine(
        period=period,
        shown=numbers.shown,
        band=numbers.score["band"],
        coverage=numbers.score["coverage"] if numbers.genuine else "",
        parts=parts,
        margin=margin_of(known) if numbers.shown is not None else None,
        change=change,
        unlike=unlike,
        source=numbers.source if numbers.genuine else CHANGED,
    )
    return line, known if numbers.genuine else None


def change_in_words(line: YearLine) -> str:
    """`by standards, on the 5 standards rated in both: 71.1 then, 77.6 now, +6.5 ±10, could be chance`; why the year
    can't be compared with the one before; empty for the first."""
    change = line.change
    if change is None:
        return f"they {line.unlike}, so they can't be compared" if line.unlike else ""
    by = f"by {listed([LABELS[part].lower() for part in change.parts])}{change.on_which}"
    return f"{by}: {change.other:.1f} then, {change.one:.1f} now, {change.words}"
