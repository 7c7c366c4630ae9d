"""One evaluation for a person and a period: which of several counts, and how two are merged.

Two can come about where two computers began one each, and their folders were merged.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.evaluations import Evaluation
from meetingtool.rules.people.digests import course_is_genuine, with_course
from meetingtool.rules.people.periods import Period, overlaps

_FURTHEST = ("draft", "shared", "acknowledged", "final")


def foremost(evaluations: Iterable[Evaluation]) -> Evaluation | None:
    """Of several evaluations of one person and period the one that is furthest, then the one begun first."""
    return min(evaluations, key=lambda e: (-_FURTHEST.index(e.state), not e.finals, e.id), default=None)


def doubles(evaluations: Iterable[Evaluation]) -> list[tuple[Evaluation, ...]]:
    """Those that are about the same person and period, the foremost of each first."""
    alike: dict[tuple[object, ...], list[Evaluation]] = {}
    for evaluation in evaluations:
        if evaluation.removed_at is None:
            alike.setdefault((evaluation.person, evaluation.since, evaluation.until), []).append(evaluation)
    found = []
    for several in alike.values():
        first = foremost(several)
        if first is not None and len(several) > 1:
            found.append((first, *(other for other in several if other is not first)))
    return found


def merged_evaluation(first: Evaluation, other: Evaluation) -> Evaluation:
    """The first one with what only the other has, in the same version.

    A draft gives its words, picks, adjustment and locked editions to the first; to one that was handed over it gives
    its editions alone, since that stays as it was shared. Refused where both were handed over: then it is for people
    to say which is valid.
    """
    if other.state != "draft":
        raise Refused(
            "Both evaluations were shared, so they can't be merged automatically.",
            "Reopen the one that is not valid, with a reason; then merge them.",
        )
    kept = msgspec.structs.replace(
        first,
        finals=tuple(
            sorted((*first.finals, *other.finals), key=lambda final: (final.reopened_at is None, final.finalised_at))
        ),
        reopened=tuple(sorted((*first.reopened, *other.reopened), key=lambda entry: entry.at)),
        fixed=first.fixed or other.fixed,
    )
    if (kept.reopened or kept.finals) and course_is_genuine(first) and course_is_genuine(other):
        kept = with_course(kept)
    if first.state != "draft":
        return kept
    adjusted = first if first.adjustment else other
    return msgspec.structs.replace(
        kept,
        strengths=_both(first.strengths, other.strengths),
        growth=_both(first.growth, other.growth),
        goals=_both(first.goals, other.goals),
        became=_both(first.became, other.became),
        stories=tuple(dict.fromkeys([*first.stories, *other.stories])),
        adjustment=adjusted.adjustment,
        adjustment_reason=adjusted.adjustment_reason,
    )


def _both(mine: str, theirs: str) -> str:
    return "\n\n".join(dict.fromkeys(words for words in (mine, theirs) if words))


A_YEAR = 365
"""Days of the shortest evaluation beside which one of a part of its days may stand."""


def overlapping(evaluations: Iterable[Evaluation], person: str, period: Period) -> Evaluation | None:
    """An evaluation of the person that shares some days with the period, where the two can't stand beside each other.

    A review of half a year may exist beside the one of the whole year that it lies in; years that begin in other months
    do not, nor a part of a half beside that half.
    """
    for evaluation in evaluations:
        if evaluation.person != person or evaluation.removed_at is not None or not overlaps(evaluation, period):
            continue
        within = period.since <= evaluation.since and evaluation.until <= period.until
        around = evaluation.since <= period.since and period.until <= evaluation.until
        longer = max(period.days, (evaluation.until - evaluation.since).days + 1)
        if not (within or around) or longer < A_YEAR:
            return evaluation
    return None


def require_room_between(evaluations: Iterable[Evaluation], person: str, period: Period) -> None:
    """Refused when another evaluation of the person covers some of the same days."""
    other = overlapping(evaluations, person, period)
    if other is not None:
        raise Refused(
            f"There is already an evaluation from {other.since.isoformat()} to {other.until.isoformat()}, "
            "which covers some of these days.",
            "Choose a period that begins after it, or continue with that one.",
        )
