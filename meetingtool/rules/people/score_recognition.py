"""The bonus for recognition: it never subtracts.

    wins      = half of the bonus * months with a win told in a meeting / months on the team in the period so far
    mentions  = a third of the other half for every month with a praise from a customer, at most that half

With the usual bonus of 6 these are up to 3 points each. By the former rule every such month added a point.
"""

from __future__ import annotations

from datetime import date

from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.periods import months_of
from meetingtool.rules.people.score_inputs import Month, ScoreInputs
from meetingtool.rules.people.score_part import LABELS, ScorePart
from meetingtool.rules.wording import MONTHS, count

MENTIONS_FULL = 3
"""How many months with praise from a customer make the most that mentions can add."""


def recognition_part(inputs: ScoreInputs, rule: ScoreRule) -> tuple[float, ScorePart]:
    """The points, and the line of the sum."""
    earned = len(inputs.win_months) + len(inputs.mention_months)
    figures: dict[str, float] = {}
    if rule.version == 1:
        bonus, basis = float(min(rule.bonus_most, earned)), _former_basis(inputs, rule, earned)
    else:
        bonus, basis, figures = _bonus(inputs, rule)
    ids = dict.fromkeys(i for months in (inputs.win_months, inputs.mention_months) for m in months for i in m.ids)
    return bonus, ScorePart(
        key="recognition",
        label=LABELS["recognition"],
        basis=basis,
        absent_because="" if earned else "no win told in a meeting yet",
        records=tuple(ids),
        figures=figures,
    )


def months_there(inputs: ScoreInputs) -> tuple[date, ...]:
    """The first days of the months of the period so far in which the person was on the team, if only for a day."""
    return months_of(inputs.there or inputs.period)


def _bonus(inputs: ScoreInputs, rule: ScoreRule) -> tuple[float, str, dict[str, float]]:
    there = months_there(inputs)
    told = [month for month in inputs.win_months if month.first in there]
    half = rule.bonus_most / 2
    points = half * len(told) / len(there) + half * min(len(inputs.mention_months), MENTIONS_FULL) / MENTIONS_FULL
    words = []
    if told:
        words.append(f"wins told in {len(told)} of {count(len(there), 'month')}: {_names(told)}")
    if inputs.mention_months:
        words.append(f"named by customers {_names(inputs.mention_months)}")
        if len(inputs.mention_months) > MENTIONS_FULL:
            words[-1] += f" (at most {MENTIONS_FULL} count)"
    figures = {"told": len(told), "months": len(there), "named": len(inputs.mention_months), "points": points}
    return points, "; ".join(words), figures


def _former_basis(inputs: ScoreInputs, rule: ScoreRule, earned: int) -> str:
    named = f"named by customers {_names(inputs.mention_months)}" if inputs.mention_months else ""
    basis = ", ".join(word for word in (_names(inputs.win_months), named) if word)
    return basis + (f" (at most {rule.bonus_most} count)" if earned > rule.bonus_most else "")


def _names(months: tuple[Month, ...] | list[Month]) -> str:
    return " ".join(MONTHS[month.first.month - 1] for month in months)
