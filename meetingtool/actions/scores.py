"""Scores from the records of a workspace: what they rest on is gathered here, the sum is a rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from meetingtool.actions.reading import settings_of
from meetingtool.errors import NotFound
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.evidence import gather_all, stories_needed
from meetingtool.rules.guards import Guard, guards
from meetingtool.rules.periods import Period
from meetingtool.rules.score import Score, score
from meetingtool.rules.score_inputs import ScoreInputs
from meetingtool.store import Workspace

PROMISED_BEFORE = timedelta(days=800)
"""How long before a period a promise may have been made that is settled in it."""


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """A person's score for a period, with what it rests on and what to look at before it is shared."""

    person: Person
    period: Period
    score: Score
    inputs: ScoreInputs
    guards: tuple[Guard, ...]


def scores_of(
    workspace: Workspace, people: Iterable[Person], period: Period, today: date
) -> list[Scored]:
    """The scores of people for one period, in their order, going through the records once."""
    team = list(people)
    rule = settings_of(workspace).score
    ratings = workspace.find(Rating, since=period.since, until=period.until)
    stories = workspace.find(Story, since=period.since, until=period.until)
    follow_ups = workspace.find(FollowUp, since=period.since - PROMISED_BEFORE, until=period.until)
    stories += _fetched(workspace, stories_needed(follow_ups, stories))
    gathered = gather_all(
        [person.id for person in team],
        period,
        ratings=ratings,
        standards=workspace.find(Standard),
        stories=stories,
        follow_ups=follow_ups,
        today=today,
    )
    return [
        Scored(
            person=person,
            period=period,
            score=score(gathered[person.id], rule),
            inputs=gathered[person.id],
            guards=guards(gathered[person.id], today, started=person.started, left=person.left),
        )
        for person in team
    ]


def _fetched(workspace: Workspace, ids: Iterable[str]) -> list[Story]:
    found = []
    for story_id in ids:
        try:
            found.append(workspace.get(Story, story_id))
        except NotFound:
            continue
    return found


def score_of(workspace: Workspace, person: Person, period: Period, today: date) -> Scored:
    """The score of one person for one period."""
    return scores_of(workspace, [person], period, today)[0]
