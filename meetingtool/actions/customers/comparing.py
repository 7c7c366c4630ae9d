"""A measure before and after something, such as a training: fixing what is to be compared, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from meetingtool.actions.customers.surveys import batches_of
from meetingtool.actions.desk import Desk
from meetingtool.errors import Refused
from meetingtool.records.alerts import Comparison
from meetingtool.records.base import mint
from meetingtool.records.surveys import Measure, Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.comparing import Compared, compare
from meetingtool.rules.customers.series import NamedSpan, span_of
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class TypedComparison(msgspec.Struct, frozen=True):
    """A comparison as it is typed in one line."""

    before: NamedSpan
    after: NamedSpan
    because: str
    paired: bool


def comparison_from(line: str, today: date) -> TypedComparison:
    """`2026-Q1 2026-Q3 training in May`, with `paired` before the words where the same customers are asked twice.

    Refused with what is missing.
    """
    parts = line.split(maxsplit=2)
    if len(parts) < 3:
        raise Refused(
            "It takes the time before, the time after, and what happened between.",
            "Such as 2026-Q1 2026-Q3 training in May.",
        )
    words = parts[2]
    paired = words.casefold().startswith("paired ")
    before, after = (span_of(part, today) for part in parts[:2])
    return TypedComparison(before, after, words[len("paired ") :] if paired else words, paired)


def compared(desk: Desk, survey: Survey) -> list[tuple[Comparison, Compared]]:
    """All comparisons of a survey with what became of them, the newest first. Answers are counted again only when
    some are new."""
    found = desk.workspace.find(Comparison, survey=survey.id)[::-1]
    if not found:
        return []
    batches = batches_of(desk.workspace, survey)
    key = (survey.version, *(one.id for one in found), *((batch.id, batch.version) for batch in batches))

    def count() -> list[tuple[Comparison, Compared]]:
        measures = ((one, survey.measure(one.measure)) for one in found)
        return [(one, compare(one, measure, batches)) for one, measure in measures if measure is not None]

    return desk.while_same(f"compared {survey.id}", key, count)


def fix_comparison(
    workspace: Workspace,
    survey: Survey,
    measure: Measure,
    before: NamedSpan,
    after: NamedSpan,
    because: str,
    now: datetime,
    *,
    paired: bool = False,
) -> Comparison:
    """Fix it, at best before the answers come. Refused without a reason, and where the sides overlap or are the wrong
    way round."""
    reason = wording.storable(because).strip()
    if not reason:
        raise Refused("What happened between the two is missing.", "Say it, such as --because 'training in May'.")
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


def fix_typed(desk: Desk, survey: Survey, line: str) -> Comparison:
    """Fix a comparison of a survey's main measure as it is typed in one line; see `comparison_from`."""
    measure = survey.measure()
    if measure is None:
        raise Refused("This survey has no question that can be compared.", "Import its answers first.")
    one = comparison_from(line, desk.today)
    return fix_comparison(
        desk.workspace, survey, measure, one.before, one.after, one.because, desk.now, paired=one.paired
    )
