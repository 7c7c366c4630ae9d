"""The results of a survey as one description, for the screen, for paper and for programs alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

import msgspec

from meetingtool.records.surveys import Measure, Survey, SurveyPeriod
from meetingtool.rules.customers.course import Notable, course
from meetingtool.rules.customers.sentences import finding
from meetingtool.rules.customers.series import Series, every_period, points
from meetingtool.rules.customers.shares import Tally, wilson

PLACES = 4
"""How many decimals programs get."""


class MeasureResult(msgspec.Struct, frozen=True):
    """One measure, over all answers or in one period. Shares from 0 to 1; None for what there is not.

    low, high: Wilson's interval at 95 %. nps: of a net promoter score alone, -100 to 100. satisfied_from: the number
    from which a customer counts as satisfied; of words their step.
    """

    key: str
    title: str
    scale: str
    primary: bool
    n: int
    satisfied: int
    share: float | None
    low: float | None
    high: float | None
    mean: float | None
    nps: float | None
    satisfied_from: float


class PeriodResult(msgspec.Struct, frozen=True):
    """The measures in one period."""

    period: str
    measures: tuple[MeasureResult, ...]


class Noticed(msgspec.Struct, frozen=True):
    """Something to say about a period: a fall, a share to watch, one under the target, a rise."""

    period: str
    measure: str
    kind: str
    n: int
    satisfied: int
    n_before: int | None
    satisfied_before: int | None
    points: float | None
    low: float | None
    high: float | None
    target: float | None
    says: str


def measure_result(measure: Measure, primary: str, tally: Tally) -> MeasureResult:
    """A tally as it is reported."""
    limits = wilson(tally.satisfied, tally.n) if tally.n else None
    return MeasureResult(
        measure.key,
        measure.title,
        measure.scale,
        measure.key == primary,
        tally.n,
        tally.satisfied,
        rounded(tally.share),
        rounded(limits.low if limits else None),
        rounded(limits.high if limits else None),
        rounded(tally.mean / measure.parts if tally.mean is not None and measure.has_mean else None),
        rounded(tally.nps) if measure.scale == "nps" else None,
        measure.said(measure.satisfied),
    )


def whole(measures: Sequence[Measure], primary: str, series: Series) -> tuple[MeasureResult, ...]:
    """Every measure over all periods."""
    return tuple(
        measure_result(measure, primary, sum(series.get(measure.key, {}).values(), Tally())) for measure in measures
    )


def by_period(
    measures: Sequence[Measure], primary: str, series: Series, period: SurveyPeriod
) -> tuple[PeriodResult, ...]:
    """Every measure in every period that has an answer."""
    labels = every_period({label for one in series.values() for label in one}, period)
    found = []
    for label in labels:
        results = [measure_result(m, primary, series.get(m.key, {}).get(label, Tally())) for m in measures]
        if any(result.n for result in results):
            found.append(PeriodResult(label, tuple(results)))
    return tuple(found)


def noticed(survey: Survey, series: Mapping[str, Mapping[str, Tally]]) -> list[tuple[Measure, Notable]]:
    """What to say about every period of every measure, in the order of the periods."""
    found: list[tuple[Measure, Notable]] = []
    for measure in survey.measures:
        primary = measure.key == survey.primary
        target = target_share(survey, measure)
        line = points(series.get(measure.key, {}), survey.period)
        told = course(line, primary=primary, target=target, is_nps=measure.scale == "nps")
        found += [(measure, one) for one in told]
    return sorted(found, key=lambda one: (one[1].period, one[0].key != survey.primary, one[0].key))


def target_share(survey: Survey, measure: Measure) -> float | None:
    """The target as a share from 0 to 1; only the primary measure has one."""
    return survey.target / 100 if measure.key == survey.primary and survey.target is not None else None


def as_noticed(measure: Measure, found: Notable, period: SurveyPeriod) -> Noticed:
    """A finding as programs get it."""
    change = found.change
    return Noticed(
        found.period,
        measure.key,
        found.kind,
        found.tally.n,
        found.tally.satisfied,
        change.before.n if change else None,
        change.before.satisfied if change else None,
        rounded(change.points if change else None),
        rounded(change.interval.low if change else None),
        rounded(change.interval.high if change else None),
        found.target,
        finding(found, period),
    )


@overload
def rounded(value: float) -> float: ...


@overload
def rounded(value: float | None) -> float | None: ...


def rounded(value: float | None) -> float | None:
    """A number as programs get it."""
    return None if value is None else round(value, PLACES)
