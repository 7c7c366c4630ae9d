"""Scores from the records of a workspace: what they rest on is gathered here; `rules.people.score` makes the sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

import msgspec

from meetingtool.actions.customers.served import answers_of, praise_of
from meetingtool.actions.people.doubts import doubts_of_each
from meetingtool.actions.playbook.training import trainings_of
from meetingtool.actions.reading import settings_of
from meetingtool.errors import NotFound
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import SUM_VERSION, ScoreRule
from meetingtool.rules.days import moved
from meetingtool.rules.people.doubles import foremost
from meetingtool.rules.people.evidence import gather_all, stories_needed
from meetingtool.rules.people.guards import Guard, guards, wrong_adjustment
from meetingtool.rules.people.misfits import Doubts
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.rules.people.scatter import Scatter, scatter_of
from meetingtool.rules.people.score import Score, score
from meetingtool.rules.people.score_inputs import CustomerAnswer, NamedByCustomer, ScoreInputs
from meetingtool.rules.people.score_rule import fixed_at, frozen_by, rule_then
from meetingtool.store import Workspace

PROMISED_BEFORE = timedelta(days=800)
"""How long before a period a promise settled in it may have been made."""


NEAR = timedelta(days=400)
"""How far beyond a period an evaluation that shares days with it can end."""


class Heap(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of a period that scores and evaluations are made from; promises and cited stories may be older.

    rule: that of the period, fixed once an evaluation was shared. doubts: what is known against each evaluation from
    outside its own record, by its id.
    """

    rule: PeriodRule
    ratings: list[Rating]
    stories: list[Story]
    follow_ups: list[FollowUp]
    answers: list[CustomerAnswer]
    mentions: list[NamedByCustomer]
    evaluations: dict[str, Evaluation]
    doubts: dict[str, Doubts]


class PeriodRule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule that holds for a period, with the weights of the standards by id where these are fixed, too.

    held: ids of the standards that count from then on; empty while these follow the list of the standards.
    fixed_by: the evaluation that fixed it, None while it follows the settings. since: when that was.
    """

    rule: ScoreRule
    standards: Mapping[str, int] = {}
    held: tuple[str, ...] = ()
    fixed_by: Evaluation | None = None
    since: datetime | None = None

    def weighted(self, standards: Iterable[Standard]) -> list[Standard]:
        """The standards with the weights that hold."""
        return [
            msgspec.structs.replace(standard, weight=self.standards.get(standard.id, standard.weight))
            for standard in standards
        ]


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """A person's score for a period, with what it rests on and what to look at before it is shared.

    evaluation: the one begun for this very period, whose adjustment is in the score. doubts: what is known against it
    from outside its own record.
    """

    person: Person
    period: Period
    score: Score
    rule: ScoreRule
    inputs: ScoreInputs
    guards: tuple[Guard, ...]
    evaluation: Evaluation | None = None
    doubts: Doubts = {}


def rule_of(workspace: Workspace, period: Period) -> PeriodRule:
    """The rule for a period: that of the settings, until its first evaluation was shared."""
    around = workspace.find(Evaluation, since=period.since, until=moved(period.until, NEAR))
    fixing = frozen_by(around, period)
    fixed = rule_then(fixing) if fixing is not None else None
    if fixing is None or fixed is None:
        return PeriodRule(rule=msgspec.structs.replace(settings_of(workspace).score, version=SUM_VERSION))
    return PeriodRule(
        rule=fixed.rule, standards=fixed.standards, held=fixed.held, fixed_by=fixing, since=fixed_at(fixing)
    )


def scatter_in(workspace: Workspace, period: Period, today: date, heap: Heap | None = None) -> Scatter | None:
    """How the ratings of everybody who was on the team in a period scatter; None with too few to say."""
    there = [one for one in workspace.find(Person) if part_of(period, one.started, one.left) is not None]
    return scatter_of(one.inputs for one in scores_of(workspace, there, period, today, heap))


def standards_of(workspace: Workspace, rule: PeriodRule) -> list[Standard]:
    """The standards with the weights that hold for a period; a fixed set also has those removed since."""
    return rule.weighted(workspace.find(Standard, removed=None if rule.held else False))


def heap_of(workspace: Workspace, period: Period) -> Heap:
    """Read everything needed for a period from the store at once."""
    ratings = workspace.find(Rating, since=period.since, until=period.until)
    stories = workspace.find(Story, since=period.since, until=period.until)
    follow_ups = workspace.find(FollowUp, since=moved(period.since, -PROMISED_BEFORE), until=period.until)
    have = {story.id for story in stories}
    cited = {story for rating in ratings for story in rating.stories if story not in have}
    stories += _fetched(workspace, sorted(cited | set(stories_needed(follow_ups, stories))))
    begun = workspace.find(Evaluation, since=period.until, until=period.until)
    begun = [e for e in begun if (e.since, e.until) == (period.since, period.until)]
    mine: dict[str, list[Evaluation]] = {}
    for evaluation in begun:
        mine.setdefault(evaluation.person, []).append(evaluation)
    evaluations = {person: found for person, several in mine.items() if (found := foremost(several)) is not None}
    return Heap(
        rule=rule_of(workspace, period),
        ratings=ratings,
        stories=stories,
        follow_ups=follow_ups,
        answers=answers_of(workspace, period),
        mentions=praise_of(workspace, period),
        evaluations=evaluations,
        doubts=doubts_of_each(workspace, evaluations.values()),
    )


def _fetched(workspace: Workspace, ids: Iterable[str]) -> list[Story]:
    found = []
    for story_id in ids:
        try:
            found.append(workspace.get(Story, story_id))
        except NotFound:
            continue
    return found


def scores_of(
    workspace: Workspace, people: Iterable[Person], period: Period, today: date, heap: Heap | None = None
) -> list[Scored]:
    """The scores of people for one period, in their order, going through the records once."""
    team = list(people)
    heap = heap or heap_of(workspace, period)
    gathered = gather_all(
        [person.id for person in team],
        period,
        ratings=heap.ratings,
        standards=standards_of(workspace, heap.rule),
        stories=heap.stories,
        follow_ups=heap.follow_ups,
        answers=heap.answers,
        mentions=heap.mentions,
        trainings=trainings_of(workspace, period),
        today=today,
        stays={person.id: (person.started, person.left) for person in team},
        fixed=heap.rule.held,
    )
    scored = []
    for person in team:
        inputs = gathered[person.id]
        evaluation = heap.evaluations.get(person.id)
        adjustment = evaluation.adjustment if evaluation else 0.0
        looked_at = guards(inputs, today, started=person.started, left=person.left)
        if abs(adjustment) > heap.rule.rule.adjustment_most:
            looked_at, adjustment = (wrong_adjustment(adjustment), *looked_at), 0.0
        scored.append(
            Scored(
                person=person,
                period=period,
                score=score(inputs, heap.rule.rule, adjustment),
                rule=heap.rule.rule,
                inputs=inputs,
                guards=looked_at,
                evaluation=evaluation,
                doubts=heap.doubts[evaluation.id] if evaluation else {},
            )
        )
    return scored
