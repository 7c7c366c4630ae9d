"""What the page of a person shows: evidence for everyone, ratings and scores for the manager alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from meetingtool.actions.people.comparison import TeamComparison, YearLine, compare, years_of
from meetingtool.actions.people.evaluation_documents import document_of as edition_numbered
from meetingtool.actions.people.evaluation_documents import find_evaluation, numbers_of
from meetingtool.actions.people.evaluation_documents import goals_before as documented_goals
from meetingtool.actions.people.evaluation_documents import no_goals_before as why_no_goals
from meetingtool.actions.people.evaluation_documents import removed_since as documents_removed_since
from meetingtool.actions.people.score_settings import Tried, try_rule
from meetingtool.actions.people.scores import PROMISED_BEFORE, PeriodRule, Scored, rule_of, scatter_in, scores_of
from meetingtool.actions.people.year_start import beside_of
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.base import Record
from meetingtool.records.complaints import Complaint
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.records.team import ScoreRule
from meetingtool.records.training import Session
from meetingtool.rules.days import moved
from meetingtool.rules.people.editions import Edition
from meetingtool.rules.people.evaluation import Content
from meetingtool.rules.people.periods import Period, beside, between, current_period, half_of, period_of, year_of
from meetingtool.rules.people.promise_dates import settled_on
from meetingtool.rules.people.scatter import Scatter

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk


def period_now(desk: Desk) -> Period:
    """The evaluation year that is being written."""
    return current_period(desk.today, desk.settings.year_starts)


def period_beside(desk: Desk, period: Period, step: int) -> Period:
    """The period of the same kind `step` later (or, below zero, before); never one that has not begun."""
    found = beside(period, step)
    return found if found.since <= desk.today else period


def periods_to_choose(desk: Desk) -> list[Period]:
    """This evaluation year and the last with their halves, and whatever else evaluations were begun for."""
    desk.require_private("An evaluation")
    starts = desk.settings.year_starts
    year = year_of(desk.today, starts)
    usual = [found for which in (year, year - 1) for found in (period_of(which, starts), half_of(which, 2, starts),
             half_of(which, 1, starts))]  # fmt: skip
    spans = {(e.since, e.until) for e in desk.workspace.find(Evaluation, since=desk.today - PROMISED_BEFORE)}
    others = [between(since, until, starts) for since, until in sorted(spans, reverse=True)]
    known = {(period.since, period.until): period for period in [*usual, *others] if period.since <= desk.today}
    return list(known.values())


def evidence_of(desk: Desk, person: Person, period: Period) -> list[Story]:
    """The stories that name a person in a period, newest first, as far as they may be drawn now."""
    found = [s for s in desk.stories(since=period.since, until=period.until) if person.id in s.people]
    return found[::-1]


def promises_of(desk: Desk, person: Person, period: Period) -> list[FollowUp]:
    """The promises and actions of a person that are open, or were settled in a period, newest first."""
    made = desk.follow_ups(since=moved(period.since, -PROMISED_BEFORE), until=period.until)
    mine = [f for f in made if person.id in f.people]

    def counts(follow_up: FollowUp) -> bool:
        day = settled_on(follow_up)
        return follow_up.state == "open" or (day is not None and day in period)

    return [follow_up for follow_up in mine if counts(follow_up)][::-1]


def goals_before(desk: Desk, person: Person, period: Period) -> str:
    """What was agreed in the evaluation of the year before, empty for nothing; InRoom while the screen is shared."""
    desk.require_private("An evaluation")
    return documented_goals(desk.workspace, person, period)


def sharing_days(desk: Desk, person: Person, period: Period) -> tuple[str, ...]:
    """Which shared or final evaluations of other spans share days with a period, in words; InRoom while the screen is
    shared."""
    desk.require_private("An evaluation")
    return beside_of(desk.workspace, person, period)


def no_goals_before(desk: Desk, person: Person, period: Period) -> str:
    """Why `goals_before` is empty; InRoom while the screen is shared."""
    desk.require_private("An evaluation")
    return why_no_goals(desk.workspace, person, period)


def ratings_of(desk: Desk, person: Person, period: Period) -> list[Rating]:
    """A person's ratings in a period, newest first; InRoom while the screen is shared."""
    desk.require_private("What people were rated")
    return desk.workspace.find(Rating, since=period.since, until=period.until, person=person.id)[::-1]


def scores(desk: Desk, period: Period) -> dict[str, Scored]:
    """Everyone's score in a period by the person's id, worked out once; InRoom while the screen is shared."""
    desk.require_private("A score")

    def compute() -> dict[str, Scored]:
        found = scores_of(desk.workspace, desk.roster.everyone, period, desk.today)
        return {scored.person.id: scored for scored in found}

    return desk.once(f"scores {period.since} {period.until}", compute)


def score(desk: Desk, person: Person, period: Period) -> Scored:
    """A person's score in a period; InRoom while the screen is shared."""
    return scores(desk, period)[person.id]


def evaluation_of(desk: Desk, person: Person, period: Period) -> Evaluation | None:
    """The evaluation of a person for a period, if it was begun; InRoom while the screen is shared."""
    desk.require_private("An evaluation")
    return find_evaluation(desk.workspace, person, period)


def edition_now(desk: Desk, person: Person, period: Period) -> Edition:
    """The document that holds now, with its digest where it is locked; InRoom while the screen is shared."""
    desk.require_private("An evaluation")

    def scatter(of: Period) -> Scatter | None:
        return desk.once(f"scatter {of.since} {of.until}", lambda: scatter_in(desk.workspace, of, desk.today))

    return desk.once(
        f"edition {person.id} {period.since} {period.until}",
        lambda: edition_numbered(desk.workspace, person, period, desk.now, scatter=scatter).edition,
    )


def former_edition_of(desk: Desk, person: Person, period: Period, number: int) -> Edition:
    """A locked edition by its number, as it was; InRoom while the screen is shared, NotFound where there is none."""
    desk.require_private("An evaluation")
    return edition_numbered(desk.workspace, person, period, desk.now, edition=number).edition


Counted = Story | FollowUp | Rating | Meeting | Session | Complaint
"""What a number can rest on."""


def records_behind(desk: Desk, ids: Iterable[str], *, room_safe: bool = False) -> list[Counted]:
    """The records that a number rests on, newest first; those no longer kept are left out.

    room_safe: in room what is private is left out too; otherwise InRoom is raised there.
    """
    if not room_safe:
        desk.require_private("What a score rests on")
    found: list[Counted] = []
    for record_id in ids:
        try:
            record = desk.get(Record, record_id)
        except (NotFound, InRoom):
            continue
        if isinstance(record, Counted):
            found.append(record)
    return sorted(found, key=lambda record: (record.at.timestamp(), record.id), reverse=True)


def document_of(desk: Desk, person: Person, period: Period) -> Content:
    """A person's evaluation as plain values, locked or live; InRoom while the screen is shared."""
    return edition_now(desk, person, period).paper


def kept_score(desk: Desk, person: Person, period: Period) -> int | None:
    """The number to show for a person: as it was shared or locked, else from the records; InRoom while the screen is
    shared."""
    return numbers_of(score(desk, person, period)).shown


def comparison_of(desk: Desk, period: Period) -> TeamComparison:
    """The team side by side, worked out once; InRoom while the screen is shared."""
    desk.require_private("A score")
    return desk.once(
        f"comparison {period.since} {period.until}",
        lambda: compare(desk.workspace, desk.roster.everyone, period, desk.today),
    )


def rule_for(desk: Desk, period: Period) -> PeriodRule:
    """The rule of the score that holds for a period; InRoom while the screen is shared."""
    desk.require_private("A score")
    return desk.once(f"rule {period.since} {period.until}", lambda: rule_of(desk.workspace, period))


def tried(desk: Desk, period: Period, rule: ScoreRule) -> dict[str, Tried]:
    """Everybody's score by another rule, by the person's id. Refused where the rule is fixed; InRoom while the screen
    is shared."""
    desk.require_private("A score")
    found = try_rule(desk.workspace, desk.roster.everyone, period, rule, desk.today)
    return {entry.person.id: entry for entry in found}


def picked_of(desk: Desk, person: Person, period: Period) -> tuple[list[Story], frozenset[str]]:
    """The wins of a person to pick from, newest first, and the ids of those that the evaluation shows now."""
    wins = [story for story in evidence_of(desk, person, period) if story.kind == "win"]
    shown = {story for group in document_of(desk, person, period)["best"] for story in group["stories"]}
    return wins, frozenset(shown)


def years(desk: Desk, person: Person) -> tuple[YearLine, ...]:
    """A person's evaluation years, oldest first, worked out once; InRoom while the screen is shared."""
    desk.require_private("A score")
    return desk.once(f"years {person.id}", lambda: years_of(desk.workspace, person, desk.today))


def removed_since(desk: Desk, content: Content) -> int:
    """How many records of a document have been put in the bin since it was made; InRoom while the screen is shared."""
    desk.require_private("An evaluation")
    return len(documents_removed_since(desk.workspace, content))
