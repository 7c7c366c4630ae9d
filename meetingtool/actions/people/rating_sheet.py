"""The sheet of people by standards: what was rated in a month or a quarter, and rating cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from meetingtool.actions.people.ratings import checked_rating, rate
from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk


class RatedGrid(msgspec.Struct, frozen=True, kw_only=True):
    """People by standards in a span of time. ratings: those given in it, oldest first, by person and standard id."""

    span: Period
    people: tuple[Person, ...]
    standards: tuple[Standard, ...]
    ratings: dict[tuple[str, str], tuple[Rating, ...]]

    def of(self, person: Person, standard: Standard) -> tuple[Rating, ...]:
        """The ratings in one cell, oldest first."""
        return self.ratings.get((person.id, standard.id), ())

    @property
    def rated(self) -> int:
        """How many cells have an answer; "not seen" is one."""
        return len(self.ratings)

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.people) * len(self.standards)


def sheet_of(desk: Desk, span: Period) -> RatedGrid:
    """Everybody who was on the team in the span, by the standards that held; InRoom while the screen is shared."""
    desk.require_private("What people were rated")

    def compute() -> RatedGrid:
        last = min(span.until, desk.today)
        there = [p for p in desk.roster.everyone if part_of(span, p.started, p.left) and _day(p, span, last)]
        cells: dict[tuple[str, str], tuple[Rating, ...]] = {}
        for rating in desk.workspace.find(Rating, since=span.since, until=span.until):
            key = (rating.person, rating.standard)
            cells[key] = (*cells.get(key, ()), rating)
        standards = tuple(standard for standard in desk.roster.all_standards if standard.in_use(last))
        shown = {(person.id, standard.id) for person in there for standard in standards}
        known = {key: ratings for key, ratings in cells.items() if key in shown}
        return RatedGrid(span=span, people=tuple(there), standards=standards, ratings=known)

    return desk.once(f"sheet {span.since} {span.until}", compute)


def _day(person: Person, span: Period, today: date) -> date | None:
    """The last day of the span, up to today, on which the person was on the team; None where there is none."""
    part = part_of(Period(span.since, min(span.until, today), ""), person.started, person.left)
    return part.until if part is not None else None


def rate_in_sheet(
    workspace: Workspace,
    person: Person,
    standard: Standard,
    value: int | None,
    span: Period,
    now: datetime,
    *,
    note: str = "",
    stories: Sequence[Story] = (),
    corrects: Rating | None = None,
) -> Rating:
    """Rate in one cell, for today or, where the span is over, for its last day.

    A rating there for the same day, without a story or with the same ones, is changed: typing again corrects it.
    corrects: the rating that was just given and is to be changed, whatever it rests on. Refused like `checked_rating`.
    """
    day = _day(person, span, now.date())
    if day is None:
        raise Refused(f"{person.name} was not on the team in {span.label}.", "Choose another month or quarter.")
    cited = tuple(story.id for story in stories)
    found = workspace.find(Rating, since=day, until=day, person=person.id, standard=standard.id)
    before = corrects.id if corrects is not None else ""
    given = [rating for rating in found if rating.stories in ((), cited) or rating.id == before]
    if not given:
        return rate(workspace, person, standard, value, now, note=note, stories=stories, on=day)
    checked_rating(person, standard, value, note, stories, day)
    changed = msgspec.structs.replace(
        given[-1],
        version=given[-1].version + 1,
        value=value,
        note=wording.storable(note).strip(),
        stories=cited,
    )
    workspace.save(changed, deed=deeds.RATED, now=now)
    return changed


def mean_of(ratings: Sequence[Rating]) -> float | None:
    """The mean of the ratings in a cell, without "not seen"; None without any."""
    values = [rating.value for rating in ratings if rating.value is not None]
    return sum(values) / len(values) if values else None


def citable(desk: Desk, person: Person, standard: Standard, span: Period) -> list[Story]:
    """The person's stories for a standard in a span, newest first; InRoom while the screen is shared."""
    desk.require_private("What a rating rests on")
    found = desk.once(f"stories {span.since} {span.until}", lambda: desk.stories(since=span.since, until=span.until))
    return [s for s in reversed(found) if person.id in s.people and standard.id in s.standards]
