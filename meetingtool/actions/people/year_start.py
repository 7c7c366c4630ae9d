"""Evaluations of years other than the settings' own: what is left out when years start in another month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from meetingtool.actions.people.scores import NEAR
from meetingtool.actions.reading import settings_of
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.days import moved
from meetingtool.rules.people.periods import Period, period_of, year_of
from meetingtool.store import Workspace


def across(workspace: Workspace, period: Period) -> list[Evaluation]:
    """The evaluations, shared or final, that share days with a period without being inside it or covering all of it."""
    around = workspace.find(Evaluation, since=period.since, until=moved(period.until, NEAR))
    return [
        one
        for one in around
        if one.state != "draft"
        and one.since <= period.until
        and not (period.since <= one.since and one.until <= period.until)
        and not (one.since <= period.since and period.until <= one.until)
    ]


def beside_the_period(workspace: Workspace, people: Iterable[Person], period: Period) -> list[str]:
    """A sentence for everybody with a shared or final evaluation of another span that shares days with the period."""
    names = {person.id: person for person in people}
    return [
        f"@{names[one.person].handle}: {_shares_days(one, period)}; "
        f"`meetingtool evaluation show @{names[one.person].handle} --year {_typed(one)}` shows it."
        for one in across(workspace, period)
        if one.person in names
    ]


def beside_of(workspace: Workspace, person: Person, period: Period) -> tuple[str, ...]:
    """The same for one person, without the name and the command."""
    return tuple(_shares_days(one, period) for one in across(workspace, period) if one.person == person.id)


def _shares_days(one: Evaluation, period: Period) -> str:
    return f"the evaluation of {_span(one)} is {one.state}, and shares days with {period.label}"


def after_moving_the_year(workspace: Workspace) -> str:
    """What a new start of the year means for evaluations that were shared or are final; empty where nothing follows."""
    starts = settings_of(workspace).year_starts
    whole = [one for one in workspace.find(Evaluation) if one.state != "draft" and (one.until - one.since).days > 300]
    others = [one for one in whole if not _is_a_year(one, starts)]
    if not others:
        return ""
    spans = wording.listed(sorted({_span(one) for one in others}))
    number = wording.count(len(others), "evaluation")
    keep, them = ("keeps its days", "it") if len(others) == 1 else ("keep their days", "them")
    return (
        f"{number} of {spans} {keep}: in years that share days with {them} people are shown as not begun, and are "
        "compared with records instead of these numbers and goals. Setting the year back brings them together again."
    )


def _is_a_year(one: Evaluation, starts: int) -> bool:
    year = period_of(year_of(one.since, starts), starts)
    return (one.since, one.until) == (year.since, year.until)


def _span(one: Evaluation) -> str:
    return f"{_day(one.since)} to {_day(one.until)}"


def _day(day: date) -> str:
    return f"{day.day} {wording.MONTHS[day.month - 1]} {day.year}"


def _typed(one: Evaluation) -> str:
    return f"{one.since.isoformat()}..{one.until.isoformat()}"
