"""How a survey stands: its course, what to say about the last period, and what is raised."""

from __future__ import annotations

import msgspec

from meetingtool.actions.customers.alerts import alerts_of
from meetingtool.actions.customers.results import series_lately
from meetingtool.actions.customers.voices import LATELY
from meetingtool.actions.desk import Desk
from meetingtool.records.alerts import Alert, Telling
from meetingtool.records.surveys import Survey
from meetingtool.rules.customers.course import Notable, Point, course, offered_target
from meetingtool.rules.customers.sentences import latest
from meetingtool.rules.customers.series import named, points


class SurveyStanding(msgspec.Struct, frozen=True):
    """points: the periods in order. period: the last one, in words; label: as it is kept. says: it in a sentence.

    found: what to say about it. alerts: those that are not over. past: the last one that was explained and is
    over. told: whether the team was told. offered: the
    target that the survey's own year offers.
    """

    survey: Survey
    points: tuple[Point, ...]
    label: str
    period: str
    says: str
    found: tuple[Notable, ...]
    alerts: tuple[Alert, ...]
    past: Alert | None
    told: bool
    offered: int | None

    @property
    def is_nps(self) -> bool:
        """Whether it is a net promoter score, which has no share."""
        measure = self.survey.measure()
        return measure is not None and measure.scale == "nps"


def surveys_of(desk: Desk) -> list[Survey]:
    """All surveys, the one whose answers are the latest first."""
    found = desk.workspace.find(Survey)
    return sorted(found, key=lambda one: max(series_lately(desk, one).get(one.primary, {}), default=""), reverse=True)


def standing_of(desk: Desk, survey: Survey) -> SurveyStanding:
    """How a survey stands now."""
    return desk.once(f"standing {survey.id}", lambda: _standing(desk, survey))


def raised_elsewhere(desk: Desk, survey: Survey) -> list[tuple[Alert, Survey]]:
    """The alerts of other surveys that are not over, the newest first."""
    others = {one.id: one for one in surveys_of(desk) if one.id != survey.id}
    found = alerts_of(desk.workspace) if others else []
    return [(alert, others[alert.survey]) for alert in found if alert.survey in others]


def _standing(desk: Desk, survey: Survey) -> SurveyStanding:
    measure = survey.measure()
    line = points(series_lately(desk, survey).get(survey.primary, {}), survey.period)
    is_nps = measure is not None and measure.scale == "nps"
    label = line[-1].period if line else ""
    target = survey.target / 100 if survey.target is not None else None
    told = desk.workspace.find(Telling, since=desk.today - LATELY, survey=survey.id, period=label)
    return SurveyStanding(
        survey=survey,
        points=tuple(line),
        label=label,
        period=named(label, survey.period) if label else "",
        says=latest(line, survey.period, is_nps=is_nps) if line else "",
        found=tuple(one for one in course(line, target=target, is_nps=is_nps) if one.period == label),
        alerts=tuple(alerts_of(desk.workspace, survey)),
        past=next((one for one in alerts_of(desk.workspace, survey, everything=True) if one.state == "done"), None),
        told=bool(told),
        offered=None if is_nps else offered_target(line),
    )
