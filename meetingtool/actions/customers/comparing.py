"""Fixing what is to be compared: a measure before and after something, such as a training."""

from __future__ import annotations

from datetime import datetime

from meetingtool.errors import Refused
from meetingtool.records.alerts import Comparison
from meetingtool.records.base import mint
from meetingtool.records.surveys import Measure, Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.series import Span
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


def fix_comparison(
    workspace: Workspace,
    survey: Survey,
    measure: Measure,
    before: Span,
    after: Span,
    because: str,
    now: datetime,
    *,
    paired: bool = False,
) -> Comparison:
    """Fix it, at best before the answers come. Refused without a reason, and where the sides overlap or are the wrong
    way round."""
    reason = wording.storable(because).strip()
    if not reason:
        raise Refused("It is not said what happened between the two.", "Say it, such as --because 'training in May'.")
    if before.until >= after.since:
        raise Refused("The time before must end before the time after begins.", "Choose two that do not overlap.")
    comparison = Comparison(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        survey=survey.id,
        measure=measure.key,
        before_since=before.since,
        before_until=before.until,
        after_since=after.since,
        after_until=after.until,
        because=reason,
        paired=paired,
    )
    workspace.save(comparison, deed=deeds.COMPARISON_FIXED, now=now)
    return comparison
