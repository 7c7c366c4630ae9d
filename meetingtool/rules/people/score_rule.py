"""The settings of the score: what is sound, which band a number lies in, and what fixes them for a period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from math import isfinite

import msgspec

from meetingtool.errors import Refused, Unclear
from meetingtool.records.evaluations import Evaluation, FixedRule
from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.periods import Period
from meetingtool.rules.wording import count, listed, one_line, says_something, shortened


def band_of(shown: int, rule: ScoreRule) -> str:
    """The band of a shown score; empty when it lies below all bands."""
    return next((name for least, name in rule.bands if shown >= least), "")


def check_rule(rule: ScoreRule) -> None:
    """Refused when weights are negative or don't add up to 100, or when a minimum or the bands make no sense."""
    weights = (rule.standards, rule.customers, rule.promises, rule.training)
    if min(weights) < 0:
        raise Refused("A weight can't be below zero.", "Choose weights that add up to 100.")
    if sum(weights) != 100:
        raise Refused(f"The weights add up to {sum(weights)}, not 100.", "Change them so that they add up to 100.")
    if not 1 <= rule.weight_least <= 100:
        raise Refused("The least weight for a score must be between 1 and 100.", "60 is usual.")
    if min(rule.responses_least, rule.promises_least, rule.ratings_least) < 1:
        raise Refused("A minimum count is at least 1.", "6 ratings, 10 answers and 5 promises are usual.")
    if min(rule.bonus_most, rule.adjustment_most, rule.team_pull) < 0:
        raise Refused("A limit can't be below zero.", "0 switches it off.")
    _check_bands(rule)


def _check_bands(rule: ScoreRule) -> None:
    starts = [least for least, _ in rule.bands]
    if starts != sorted(set(starts), reverse=True):
        raise Refused("The bands are not in order.", "List them from the highest to the lowest, each once.")
    if any(not 0 <= least <= 100 for least in starts):
        raise Refused("A band begins between 0 and 100.", "Scores go from 0 to 100.")
    if not starts or starts[-1] != 0:
        raise Refused("The lowest band begins at 0.", "Add one, such as `0 Needs help`.")
    if any(not name.strip() for _, name in rule.bands):
        raise Refused("A band needs a name.", "Write each as its lowest score and its name, such as `75 Strong`.")


NAMES = {
    "standards": "standards",
    "customers": "customers",
    "promises": "promises",
    "training": "training",
    "weight-least": "weight_least",
    "answers-least": "responses_least",
    "promises-least": "promises_least",
    "ratings-least": "ratings_least",
    "bonus-most": "bonus_most",
}
"""What can be changed in a rule by a number: the name that people write -> the field it stands for."""


def rule_from(text: str, rule: ScoreRule) -> ScoreRule:
    """The rule with the changes of a line such as `standards=50, customers=20`, `standards 50 customers 20`, or
    `least answers 8`.

    Raises Unclear for an unknown name or what isn't a number; Refused as `check_rule` does.
    """
    changes: dict[str, int] = {}
    for pair in filter(None, (part.strip() for part in re.split(r"[,;]|(?<=\d)\s+(?=[^\W\d])", text))):
        name, _, number = (part.strip() for part in pair.rpartition("=" if "=" in pair else " "))
        key = name.casefold().replace("_", "-").replace(" ", "-")
        field = NAMES.get(re.sub(r"^(least|most)-(.+)$", r"\2-\1", key))
        if field is None:
            raise Unclear(f"“{shortened(pair, 40)}” changes nothing.", f"Write NAME=NUMBER, with {listed([*NAMES])}.")
        if not (number.isascii() and number.isdecimal() and len(number) <= 4):
            raise Unclear(f"“{shortened(number, 20)}” is not a whole number.", "Weights are numbers such as 60.")
        changes[field] = int(number)
    if not changes:
        raise Unclear(
            "Nothing was given.", "Write the weights, such as standards=50,customers=20,promises=20,training=10."
        )
    changed = msgspec.structs.replace(rule, **changes)
    check_rule(changed)
    return changed


def bands_from(text: str) -> tuple[tuple[int, str], ...]:
    """The bands of a line such as `90 Outstanding, 75 Strong, 0 Growing`. Unclear if one isn't a band."""
    bands = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        least, _, name = part.partition(" ")
        if not (least.isascii() and least.isdecimal() and len(least) <= 3 and name.strip()):
            raise Unclear(
                f"“{shortened(part, 40)}” is not a band.",
                "Write each as its lowest score and its name, such as 75 Strong.",
            )
        bands.append((int(least), one_line(name)))
    return tuple(bands)


def rule_in_words(rule: ScoreRule) -> str:
    """`standards 60, customers 20, promises 15, training 5`."""
    return ", ".join(f"{part} {getattr(rule, part)}" for part in ("standards", "customers", "promises", "training"))


def check_adjustment(points: float, reason: str, rule: ScoreRule) -> None:
    """Refused when an adjustment is larger than the rule allows, or has no reason."""
    check_points(points, rule)
    if points and not says_something(reason):
        raise Refused("An adjustment needs a reason.", "Say why in a sentence; it will be shown beside the number.")


def check_points(points: float, rule: ScoreRule) -> None:
    """Refused when an adjustment is larger than the rule allows, or isn't a number."""
    if not isfinite(points) or abs(points) > rule.adjustment_most:
        raise Refused(
            f"An adjustment is at most {count(rule.adjustment_most, 'point')}, up or down.",
            "Anything more belongs in the ratings.",
        )


def frozen_by(evaluations: Iterable[Evaluation], period: Period) -> Evaluation | None:
    """The evaluation that fixes the rule for a period: the first of that very period that was ever shared or final,
    else the first of a longer one that has all its days.

    A review of half a year leaves the rule of the whole year open. None while the rule may still be changed. A
    reopened evaluation has been shared, so it keeps the rule fixed.
    """
    fixing = [
        evaluation
        for evaluation in evaluations
        if evaluation.removed_at is None
        and evaluation.since <= period.since
        and period.until <= evaluation.until
        and _was_shown(evaluation)
    ]
    exact = [one for one in fixing if (one.since, one.until) == (period.since, period.until)]
    return min(exact or fixing, key=_fixed_at, default=None)


def _was_shown(evaluation: Evaluation) -> bool:
    shown = (evaluation.fixed, evaluation.shared_at, evaluation.finals or None)
    return evaluation.state != "draft" or any(sign is not None for sign in shown)


def _fixed_at(evaluation: Evaluation) -> tuple[float, str]:
    moment = fixed_at(evaluation)
    return (moment or evaluation.at).timestamp(), evaluation.id


def fixed_at(evaluation: Evaluation) -> datetime | None:
    """When an evaluation was first shared or final; None for one that never was."""
    moments = [final.finalised_at for final in evaluation.finals]
    if evaluation.shared_at is not None:
        moments.append(evaluation.shared_at)
    moments += [reopening.at for reopening in evaluation.reopened]
    return min(moments, default=None)


def rule_then(evaluation: Evaluation) -> FixedRule | None:
    """The rule that an evaluation fixed: kept with it, or in its first locked edition. None where neither is. It has
    the form of the sum that held then, and the standards of what was shared.
    """
    shown = evaluation.finals[0].content if evaluation.finals else evaluation.shared
    fixed = evaluation.fixed
    if fixed is None:
        if not evaluation.finals or shown is None:
            return None
        fixed = FixedRule(
            rule=msgspec.convert(shown["rule"], ScoreRule),
            standards={standard["id"]: standard["weight"] for standard in shown["standards"]},
            version=shown["rule"].get("version", 1),
        )
    held = fixed.held or tuple(standard["id"] for standard in (shown or {}).get("standards", ()))
    rule = msgspec.structs.replace(fixed.rule, version=fixed.version)
    return msgspec.structs.replace(fixed, rule=rule, held=held)
