"""The settings of the score: what is sound, which band a number lies in, and what fixes them for a period."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from meetingtool.errors import Refused
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.team import ScoreRule
from meetingtool.rules.periods import Period
from meetingtool.rules.wording import count


def band_of(shown: int, rule: ScoreRule) -> str:
    """The band of a shown score; empty when it lies below all bands."""
    return next((name for least, name in rule.bands if shown >= least), "")


def check_rule(rule: ScoreRule) -> None:
    """Refused when weights are negative or don't make 100, or when a minimum or the bands make no sense."""
    weights = (rule.standards, rule.customers, rule.promises, rule.training)
    if min(weights) < 0:
        raise Refused("A weight can't be below zero.", "Take weights that make 100 together.")
    if sum(weights) != 100:
        raise Refused(f"The weights make {sum(weights)}, not 100.", "Change them so that they make 100 together.")
    if not 1 <= rule.weight_least <= 100:
        raise Refused("The least weight for a number lies between 1 and 100.", "60 is usual.")
    if min(rule.responses_least, rule.promises_least) < 1:
        raise Refused("A minimum count is at least 1.", "10 answers and 5 promises are usual.")
    if min(rule.bonus_most, rule.adjustment_most, rule.team_pull) < 0:
        raise Refused("A limit can't be below zero.", "0 switches it off.")
    starts = [least for least, _ in rule.bands]
    if starts != sorted(set(starts), reverse=True):
        raise Refused("The bands don't stand in order.", "List them from the highest to the lowest, each once.")


def check_adjustment(points: float, reason: str, rule: ScoreRule) -> None:
    """Refused when an adjustment is larger than the rule allows, or has no reason."""
    check_points(points, rule)
    if points and not reason.strip():
        raise Refused("An adjustment needs its reason.", "Say in a sentence why; it will stand beside the number.")


def check_points(points: float, rule: ScoreRule) -> None:
    """Refused when an adjustment is larger than the rule allows, or is no number."""
    if not isfinite(points) or abs(points) > rule.adjustment_most:
        raise Refused(
            f"An adjustment is at most {count(rule.adjustment_most, 'point')}, up or down.",
            "What weighs more than that belongs in the ratings.",
        )


def frozen_by(evaluations: Iterable[Evaluation], period: Period) -> Evaluation | None:
    """The evaluation that fixes the rule for a period: the first of those touching it that was ever shared or final.

    None while the rule may still be changed. A reopened evaluation has been shared, so it keeps the rule fixed.
    """
    fixing = [
        evaluation
        for evaluation in evaluations
        if evaluation.removed_at is None
        and evaluation.since <= period.until
        and period.since <= evaluation.until
        and (evaluation.shared_at is not None or evaluation.finals or evaluation.state != "draft")
    ]
    return min(fixing, key=_fixed_at, default=None)


def _fixed_at(evaluation: Evaluation) -> tuple[float, str]:
    moments = [final.finalised_at for final in evaluation.finals]
    if evaluation.shared_at is not None:
        moments.append(evaluation.shared_at)
    first = min((moment.timestamp() for moment in moments), default=evaluation.at.timestamp())
    return first, evaluation.id
