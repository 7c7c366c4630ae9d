"""Which findings about a survey become alerts that are asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from meetingtool.records.alerts import Alert
from meetingtool.records.base import mint
from meetingtool.records.surveys import Measure, Survey
from meetingtool.rules.customers.course import Notable, unraised
from meetingtool.rules.customers.results import as_noticed, noticed, target_share
from meetingtool.rules.customers.series import Series, last_day, points
from meetingtool.store import Workspace

RECENT = timedelta(days=100)
"""A fall that ended longer ago than this is history: it is shown, but nobody is asked about it."""

Finding = tuple[Measure, Notable]


def to_say_of(workspace: Workspace, survey: Survey, series: Series, periods: Collection[str]) -> tuple[Finding, ...]:
    """What to say about some periods: what begins in them, and what holds in the last one without ever having been
    raised."""
    found = [one for one in noticed(survey, series) if one[1].period in periods]
    there = {(one.period, one.kind) for _, one in found}
    return (*found, *(one for one in _standing(workspace, survey, series, periods) if _place(one) not in there))


def _place(finding: Finding) -> tuple[str, str]:
    return finding[1].period, finding[1].kind


def _standing(workspace: Workspace, survey: Survey, series: Series, periods: Collection[str]) -> list[Finding]:
    measure = survey.measure()
    line = points(series.get(survey.primary, {}), survey.period)
    if measure is None or not line or line[-1].period not in periods:
        return []
    raised = {(alert.period, alert.kind) for alert in workspace.find(Alert, survey=survey.id)}
    target = target_share(survey, measure)
    return [(measure, one) for one in unraised(line, raised, target=target, is_nps=measure.scale == "nps")]


def is_lately(survey: Survey, period: str, today: date) -> bool:
    """Whether a period is recent enough for somebody to be asked about what was found in it."""
    return last_day(period, survey.period) >= today - RECENT


def alerts_for(workspace: Workspace, survey: Survey, found: Sequence[Finding], now: datetime) -> list[Alert]:
    """The alerts to raise: of the primary measure, recent, and not raised before."""
    raised = {(alert.period, alert.kind) for alert in workspace.find(Alert, survey=survey.id)}
    alerts = []
    for measure, one in found:
        if measure.key != survey.primary or one.kind == "watch" or (one.period, one.kind) in raised:
            continue
        if not is_lately(survey, one.period, now.date()):
            continue
        told = as_noticed(measure, one, survey.period)
        alerts.append(
            Alert(
                id=mint(now),
                at=now,
                made_at=now,
                made_by=workspace.user,
                survey=survey.id,
                measure=measure.key,
                period=one.period,
                kind=one.kind,
                n=told.n,
                satisfied=told.satisfied,
                n_before=told.n_before or 0,
                satisfied_before=told.satisfied_before or 0,
                points=told.points or 0,
                low=told.low or 0,
                high=told.high or 0,
                target=survey.target if one.kind == "under-target" else None,
                says=told.says,
            )
        )
    return alerts
