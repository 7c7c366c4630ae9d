"""What was reopened and answered again: how papers say it, and the digest that keeps it from being rewritten."""

from __future__ import annotations

from typing import Any

import msgspec

from meetingtool.records.evaluations import Evaluation, Final, Reopened
from meetingtool.rules.people.digests import digest, in_utc, is_sealed

Content = dict[str, Any]


def course_of(evaluation: Evaluation | None) -> list[Content]:
    """What was reopened and answered again before, each with its reason and the answer that it made void.

    edition, digest: of the locked edition that was reopened, else None.
    """
    if evaluation is None:
        return []
    finals = iter(by_reopening(evaluation))
    found = []
    for entry in evaluation.reopened:
        number, final = next(finals, (None, None)) if is_of_a_final(entry) else (None, None)
        found.append(
            {
                "what": entry.what,
                "state": entry.state,
                "on": entry.at.date().isoformat(),
                "reason": entry.reason,
                "edition": number,
                "digest": final.digest if final else None,
                "final_on": final.finalised_at.date().isoformat() if final else None,
                "agrees": entry.agrees,
                "answered_on": entry.answered_at.date().isoformat() if entry.answered_at else None,
                "comment": entry.comment,
            }
        )
    return found


def holding(evaluation: Evaluation) -> int:
    """The number, from 1, of the locked edition that holds while an evaluation is final; for a draft, of the last one.
    It is the last one, unless two computers finalised one each and somebody said that a former one is valid.
    """
    numbers = range(len(evaluation.finals), 0, -1)
    return next((n for n in numbers if evaluation.finals[n - 1].reopened_at is None), len(evaluation.finals))


def held(evaluation: Evaluation) -> Final:
    """That edition; there must be one."""
    return evaluation.finals[holding(evaluation) - 1]


def by_reopening(evaluation: Evaluation) -> list[tuple[int, Final]]:
    """The editions with their numbers in the order in which they were reopened, which is that of the course; last the
    one that holds."""
    numbered = enumerate(evaluation.finals, 1)
    return sorted(numbered, key=lambda each: (each[1].reopened_at is None, each[1].reopened_at or each[1].finalised_at))


def is_of_a_final(entry: Reopened) -> bool:
    """Whether an entry says that a locked edition was reopened."""
    return entry.what == "reopened" and entry.state == "final"


def course_digest(evaluation: Evaluation) -> str:
    """The digest of what was reopened and answered again, each with its reason, its day and the former answer."""
    reopened = [
        {
            **{name: getattr(entry, name) for name in ("what", "state", "by", "reason", "agrees", "comment")},
            "at": in_utc(entry.at),
            "answered_at": in_utc(entry.answered_at),
        }
        for entry in evaluation.reopened
    ]
    finals = [{"at": in_utc(final.reopened_at), "reason": final.reason} for final in evaluation.finals]
    return digest({"reopened": reopened, "finals": [final for final in finals if final["at"]]})


def with_course(evaluation: Evaluation) -> Evaluation:
    """An evaluation with the digest that belongs to what was reopened and answered again."""
    return msgspec.structs.replace(evaluation, course_digest=course_digest(evaluation))


def course_is_genuine(evaluation: Evaluation) -> bool:
    """Whether the reasons, days and former answers still are what was noted, and there is a reason for every edition
    that was reopened; of old records no more is known."""
    reopened = sum(final.reopened_at is not None for final in evaluation.finals)
    if reopened > sum(map(is_of_a_final, evaluation.reopened)):
        return False
    if evaluation.course_digest:
        return evaluation.course_digest == course_digest(evaluation)
    last = held(evaluation).content if evaluation.finals else None
    return not is_sealed(evaluation.shared if evaluation.shared is not None else last)


COURSE_CHANGED = "why or when it was reopened, or the answer before, was changed in its record, outside meetingtool"
