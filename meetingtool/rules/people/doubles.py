"""One evaluation for a person and a period: which of several counts, and how two are merged.

Two can come about where two computers began one each, and their folders were merged.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.evaluations import Evaluation
from meetingtool.rules.people.digests import course_is_genuine, with_course

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
