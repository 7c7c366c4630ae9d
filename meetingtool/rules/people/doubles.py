"""One evaluation for a person and a period: which of several counts, and how two are merged.

There can be two where two computers began one each and their folders were merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.evaluations import Evaluation, Final, Reopened
from meetingtool.rules.people.course import by_reopening, course_is_genuine, held, holding, is_of_a_final, with_course
from meetingtool.rules.people.digests import without_answer
from meetingtool.rules.people.periods import Period, overlaps
from meetingtool.rules.wording import says_something

_FURTHEST = ("draft", "shared", "acknowledged", "final")


def foremost(evaluations: Iterable[Evaluation]) -> Evaluation | None:
    """How several evaluations of one person and period are ordered: the one furthest along first, then the one begun
    first."""
    return min(evaluations, key=lambda e: (-_FURTHEST.index(e.state), not e.finals, e.id), default=None)


def doubles(evaluations: Iterable[Evaluation]) -> list[tuple[Evaluation, ...]]:
    """Groups of evaluations about the same person and period, the foremost of each group first."""
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
    its editions alone, since that stays as it was shared. Refused where both were handed over: then people have to say
    which is valid.
    """
    if other.state != "draft":
        raise Refused(
            f"Both evaluations were shared ({first.ref} and {other.ref}), so they can't be merged automatically.",
            "Say which is valid with `--keep REF`, and why with `--reason`; the other stays on the record as reopened.",
        )
    kept = _with_editions(first, other, genuine=course_is_genuine(first) and course_is_genuine(other))
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


def adds_nothing(first: Evaluation, other: Evaluation) -> bool:
    """Whether a draft has words that are not added, because the first one was handed over."""
    words = ("strengths", "growth", "goals", "became")
    mine = {name: getattr(first, name) for name in words}
    return first.state != "draft" and any(getattr(other, name) not in mine[name] for name in words)


ON_TWO_COMPUTERS = "another computer did the same before the two were merged"
"""Why an edition, a share or an answer of one computer is followed by that of another."""


def both_kept(used: Evaluation, other: Evaluation, by: str, now: datetime) -> Evaluation:
    """One of two versions of an evaluation, with all that was handed over in the other: a locked edition stays one, and
    an answer or a share stands on the paper as one that was replaced."""
    mine = {final.digest for final in used.finals}
    editions = [final for final in other.finals if final.digest not in mine]
    last = held(other).digest if other.state == "final" else ""
    course = [entry for entry in other.reopened if entry not in used.reopened]
    if last and last not in mine:
        course.append(replaced(other, "reopened", ON_TWO_COMPUTERS, by, now))
    elif other.state in ("shared", "acknowledged") and _told_in(other) != _told_in(used):
        same = other.shared_digest == used.shared_digest
        if not same or other.acknowledged_at is not None:
            course.append(replaced(other, "answer" if same else "reopened", ON_TWO_COMPUTERS, by, now))
    kept = msgspec.structs.replace(
        other, finals=tuple(_reopened(final, ON_TWO_COMPUTERS, now) for final in editions), reopened=tuple(course)
    )
    return _with_editions(used, kept, genuine=course_is_genuine(used) and course_is_genuine(other))


def was_handed_over(evaluation: Evaluation) -> bool:
    """Whether the employee has it, or had it before it was reopened."""
    return evaluation.state != "draft" or bool(evaluation.finals) or evaluation.fixed is not None


def shared_apart(one: Evaluation, other: Evaluation) -> bool:
    """Whether two versions are with the employee as two sheets, of which one at least was never final."""
    sheets = [_sheet(each) for each in (one, other)]
    never = any(each.state != "final" and not each.finals for each in (one, other))
    return never and all(sheets) and sheets[0] != sheets[1]


def _sheet(evaluation: Evaluation) -> bytes:
    """What is with the employee, without what answering and finalising add to it; empty of a draft."""
    if evaluation.state == "final" and evaluation.finals:
        return without_answer(held(evaluation).content)
    return without_answer(evaluation.shared) if evaluation.shared is not None else b""


def _reopened(final: Final, reason: str, now: datetime) -> Final:
    return final if final.reopened_at else msgspec.structs.replace(final, reopened_at=now, reason=reason)


def replaced(
    evaluation: Evaluation, what: Literal["reopened", "answer"], reason: str, by: str, now: datetime
) -> Reopened:
    """What the paper says about a state that was replaced by another one, and about its answer."""
    return Reopened(
        what=what,
        state=evaluation.state,
        at=now,
        by=by,
        reason=reason,
        agrees=evaluation.agrees,
        comment=evaluation.comment,
        answered_at=evaluation.acknowledged_at,
    )


def _told_in(evaluation: Evaluation) -> tuple[object, ...]:
    return (evaluation.shared_digest, evaluation.agrees, evaluation.comment, evaluation.acknowledged_at)


def rival_editions(evaluation: Evaluation) -> tuple[int, ...]:
    """The numbers, from 1, of the editions that several computers made final, while nobody has said which is valid; the
    last one holds so far. Empty where there is only one, and once a merged evaluation was reopened for another reason.
    """
    finals = evaluation.finals
    others = {n: final.reopened_at for n, final in enumerate(finals, start=1) if final.reason == ON_TWO_COMPUTERS}
    merged_at = max((at for at in others.values() if at is not None), default=None)
    if evaluation.state != "final" or merged_at is None:
        return ()
    since = (final for final in finals if final.reopened_at is not None and final.reopened_at > merged_at)
    return () if any(since) else tuple(sorted((*others, holding(evaluation))))


def with_valid_edition(evaluation: Evaluation, number: int, reason: str, by: str, now: datetime) -> Evaluation:
    """The evaluation with the edition of a number as the one that holds, and the others as reopened for a reason.

    Refused where several computers did not finalise it, for an edition that is none of theirs, and without a reason.
    """
    rivals = rival_editions(evaluation)
    if not rivals:
        raise Refused(
            "There are no two final editions to choose from.", "Reopen it with a reason, and make it final again."
        )
    if number not in rivals:
        raise Refused(f"Edition {number} is none of them.", f"Give --edition with {_or(rivals)}.")
    if not says_something(reason):
        raise Refused("This needs a reason.", "Say with `--reason` why this edition is the valid one.")
    chosen, last = evaluation.finals[number - 1], held(evaluation)
    finals = [
        msgspec.structs.replace(final, reopened_at=now, reason=reason) if at in rivals else final
        for at, final in enumerate(evaluation.finals, start=1)
    ]
    finals[number - 1] = msgspec.structs.replace(chosen, reopened_at=None, reason="")
    course, changed = list(evaluation.reopened), evaluation
    if chosen is not last:
        entry = course.pop(_entry_of(evaluation, number))
        course.append(replaced(evaluation, "reopened", ON_TWO_COMPUTERS, by, now))
        words = chosen.content["words"]
        changed = msgspec.structs.replace(
            evaluation,
            agrees=entry.agrees,
            comment=entry.comment,
            acknowledged_at=entry.answered_at,
            **{name: words[name] for name in ("strengths", "growth", "goals")},
        )
    told = [
        msgspec.structs.replace(entry, at=now, by=by, reason=reason) if _is_of_a_rival(entry) else entry
        for entry in course
    ]
    return with_course(
        msgspec.structs.replace(
            changed,
            reopened=tuple(sorted(told, key=lambda entry: entry.at)),
            finals=tuple(finals),
        )
    )


def _is_of_a_rival(entry: Reopened) -> bool:
    return entry.reason == ON_TWO_COMPUTERS and is_of_a_final(entry)


def _entry_of(evaluation: Evaluation, number: int) -> int:
    """Which entry of the course says what became of an edition: the entries are in the order of reopening."""
    place = [each for each, _ in by_reopening(evaluation)].index(number)
    return [at for at, entry in enumerate(evaluation.reopened) if is_of_a_final(entry)][place]


def _or(numbers: tuple[int, ...]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} or {numbers[-1]}"


def _with_editions(first: Evaluation, other: Evaluation, *, genuine: bool) -> Evaluation:
    """The first one with the locked editions of the other, and with what was reopened of it.

    Editions and the entries about their reopening are in the same order, that of the moments of reopening.
    """
    kept = msgspec.structs.replace(
        first,
        finals=tuple(
            sorted(
                (*first.finals, *other.finals),
                key=lambda final: (final.reopened_at is None, final.reopened_at or final.finalised_at),
            )
        ),
        reopened=tuple(sorted((*first.reopened, *other.reopened), key=lambda entry: entry.at)),
        fixed=first.fixed or other.fixed,
    )
    return with_course(kept) if genuine and (kept.reopened or kept.finals) else kept


def _both(mine: str, theirs: str) -> str:
    return "\n\n".join(dict.fromkeys(words for words in (mine, theirs) if words))


A_YEAR = 365
"""The fewest days an evaluation must have for another one, about a part of them, to exist beside it."""


def overlapping(evaluations: Iterable[Evaluation], person: str, period: Period) -> Evaluation | None:
    """An evaluation of the person that shares some days with the period, where the two can't exist side by side.

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
