"""Rating many people at once, from a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from meetingtool.actions.people.ratings import checked_rating, rate
from meetingtool.actions.reading import moment_on, roster_of
from meetingtool.errors import MeetingtoolError, NotFound
from meetingtool.importers.ratings import FileRating, Problem
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class Wanted(msgspec.Struct, frozen=True):
    """A row whose person, standard and stories were found and whose rating may be given."""

    row: FileRating
    person: Person
    standard: Standard
    stories: tuple[Story, ...] = ()


class RatingsPlan(msgspec.Struct, frozen=True):
    """What a table of ratings would do. same: how many rows give a rating that was given before."""

    wanted: tuple[Wanted, ...]
    same: int
    problems: tuple[Problem, ...]


def plan_ratings(workspace: Workspace, rows: Sequence[FileRating], now: datetime) -> RatingsPlan:
    """What importing `rows` would do, without doing it; rows that may not be given come back as problems."""
    roster = roster_of(workspace, now.date())
    given = {_told_apart(rating) for rating in workspace.find(Rating)} if rows else set()
    wanted: list[Wanted] = []
    problems: list[Problem] = []
    same = 0
    for row in rows:
        person, standard = roster.person_of(row.person), roster.standard_of(row.standard)
        if person is None or standard is None:
            problems.append(Problem(row.line, "the person or the standard is no longer kept here."))
            continue
        try:
            stories = tuple(_story(workspace, ref) for ref in row.stories)
            moment_on(row.on, now)
            checked_rating(person, standard, row.value, row.note, stories, row.on)
        except MeetingtoolError as error:
            problems.append(Problem(row.line, str(error)))
            continue
        key = (person.id, standard.id, row.on, row.value, row.note, tuple(story.id for story in stories))
        if key in given:
            same += 1
        else:
            wanted.append(Wanted(row, person, standard, stories))
    return RatingsPlan(tuple(wanted), same, tuple(problems))


def _told_apart(rating: Rating) -> tuple[object, ...]:
    return (rating.person, rating.standard, rating.at.date(), rating.value, rating.note, rating.stories)


def _story(workspace: Workspace, ref: str) -> Story:
    found = workspace.by_ref(ref)
    if not isinstance(found, Story) or found.removed_at is not None:
        raise NotFound(f"{ref} is not a story.")
    return found


def give_ratings(workspace: Workspace, plan: RatingsPlan, now: datetime) -> tuple[Rating, ...]:
    """Give the ratings of a plan: all or none, and one step to undo."""
    if not plan.wanted:
        return ()
    with workspace.batch(deeds.RATINGS_IMPORTED, now):
        return tuple(
            rate(
                workspace,
                wanted.person,
                wanted.standard,
                wanted.row.value,
                now,
                note=wanted.row.note,
                stories=wanted.stories,
                on=wanted.row.on,
            )
            for wanted in plan.wanted
        )
