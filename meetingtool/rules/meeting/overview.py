"""The sums that Today shows: how a quarter goes, who still has to be rated, when a question was last asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.meeting.agenda import QUIET_DAYS
from meetingtool.rules.people.periods import Period, current_period, part_of, period_of, quarters, year_of

EVALUATION_NOTICE = timedelta(days=28)
"""How long before a period ends its evaluations are announced."""

EVALUATED_WITHIN = timedelta(days=460)
"""How far back the evaluations of the period that is being written can lie: its year, and the time for writing."""

PROMISED_WITHIN = timedelta(days=460)
"""How far back promises are looked for that were decided in this quarter."""

RATED_LEAST_DAYS = 30
"""Somebody on the team for fewer days of a quarter than this need not be rated in it."""


class QuarterSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """What has happened in a quarter until today.

    wins_by_week: wins a week, Monday to Sunday, for the weeks that have begun. win_ids: the wins themselves.
    promise_ids: the promises that were kept or missed; kept: how many of them were kept.
    held: meetings closed; rating: the mean of the team's ratings of them, 1 to 10, None without any.
    """

    period: Period
    wins_by_week: tuple[int, ...]
    win_ids: tuple[str, ...]
    promise_ids: tuple[str, ...]
    kept: int
    held: int
    rating: float | None

    @property
    def wins(self) -> int:
        """How many wins there were."""
        return len(self.win_ids)

    @property
    def decided(self) -> int:
        """How many promises were kept or missed."""
        return len(self.promise_ids)

    @property
    def empty(self) -> bool:
        """Whether nothing has happened yet."""
        return not (self.wins or self.decided or self.held)


class Progress(msgspec.Struct, frozen=True):
    """How far something is that must be done for several people. by: the last day for it. label: its period."""

    done: int
    of: int
    by: date
    label: str


def quarter_of_day(today: date, starts: int = 1) -> Period:
    """The quarter of `today`, in evaluation years that start in the month `starts`."""
    year = period_of(year_of(today, starts), starts)
    return next(quarter for quarter in quarters(year) if today in quarter)


def quarter_so_far(
    period: Period,
    stories: Iterable[Story],
    follow_ups: Iterable[FollowUp],
    meetings: Iterable[Meeting],
    today: date,
) -> QuarterSoFar:
    """The sums of a quarter. Promises count in the quarter in which they were decided."""
    monday = period.since - timedelta(days=period.since.weekday())
    last = min(today, period.until)
    weeks = [0] * ((last - monday).days // 7 + 1)
    wins = [story for story in stories if story.kind == "win" and period.since <= story.at.date() <= last]
    for story in wins:
        weeks[(story.at.date() - monday).days // 7] += 1
    decided = [
        f
        for f in follow_ups
        if f.kind == "promise" and f.state in ("kept", "missed") and f.decided_at and f.decided_at.date() in period
    ]
    held = [m for m in meetings if m.state == "closed" and m.at.date() in period]
    votes = [vote for meeting in held for vote in meeting.team_rating]
    return QuarterSoFar(
        period=period,
        wins_by_week=tuple(weeks),
        win_ids=tuple(story.id for story in wins),
        promise_ids=tuple(follow_up.id for follow_up in decided),
        kept=sum(follow_up.state == "kept" for follow_up in decided),
        held=len(held),
        rating=sum(votes) / len(votes) if votes else None,
    )


def rated_so_far(
    period: Period, people: Iterable[Person], standards: Sequence[Standard], ratings: Iterable[Rating]
) -> Progress:
    """How many people have been rated in a quarter on standards that make at least half of the weight in use.

    That is what the score asks of a period; "not seen" is an answer too.
    """
    weights = {standard.id: standard.weight for standard in standards}
    given: dict[str, set[str]] = {}
    for rating in ratings:
        if rating.at.date() in period:
            given.setdefault(rating.person, set()).add(rating.standard)
    there = []
    for person in people:
        part = part_of(period, person.started, person.left)
        if part is not None and part.days >= RATED_LEAST_DAYS:
            there.append(person)
    done = 0
    for person in there:
        rated = sum(weight for standard, weight in weights.items() if standard in given.get(person.id, ()))
        done += 2 * rated >= sum(weights.values())
    return Progress(done, len(there) if weights else 0, period.until, period.label)


def evaluations_so_far(
    people: Iterable[Person], evaluations: Sequence[Evaluation], today: date, starts: int = 1
) -> Progress | None:
    """How many evaluations of the period that is being written are final.

    None while there is nothing to do: all are final, or the period has more than `EVALUATION_NOTICE` to go and nobody
    has begun one.
    """
    period = current_period(today, starts)
    mine = [e for e in evaluations if (e.since, e.until) == (period.since, period.until)]
    if not mine and today < period.until - EVALUATION_NOTICE:
        return None
    final = {e.person for e in mine if e.state == "final"}
    there = [p for p in people if part_of(period, p.started, p.left) is not None]
    done = sum(person.id in final for person in there)
    return None if done == len(there) else Progress(done, len(there), period.until, period.label)


def heard_from(people: Iterable[Person], stories: Iterable[Story], today: date) -> set[str]:
    """The ids of those of `people` who had a story within the days after which they would be called quiet."""
    since = today - timedelta(days=QUIET_DAYS)
    named = {person for story in stories if since < story.at.date() <= today for person in story.people}
    return named & {person.id for person in people}


def last_used(used: Iterable[tuple[datetime, str | None]]) -> dict[str, date]:
    """The day of the latest use of each id."""
    latest: dict[str, date] = {}
    for when, name in used:
        if name is not None:
            latest[name] = max(latest.get(name, date.min), when.date())
    return latest
