"""Whether a final is genuine: judged by its digest and seal, its course, its former versions and the log of deeds.

Whoever reads a final asks `misfit`, so that all say the same about it: lists, screens, papers, tables, `verify`,
`check`. Whoever edits a book can make a new digest and seal; but what was shared before, and how often it was
finalised, is kept in other places too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules.people.course import COURSE_CHANGED, course_is_genuine, course_of, held, holding
from meetingtool.rules.people.digests import (
    NOT_AS_SHARED,
    answer_is_genuine,
    canonical,
    is_genuine,
    is_sealed,
    seal_of,
    shared_is_genuine,
    without_answer,
)

Content = dict[str, Any]

Doubts = Mapping[int, str]
"""What is known against an evaluation from outside its own record: why each edition is not what was finalised, by its
number from 1, and under `WHOLE` why the record as a whole is not what it was. Empty where nothing is known."""
WHOLE = 0


def misfit(evaluation: Evaluation, number: int, person: Person | None, doubts: Doubts) -> str:
    """Why a locked edition, counted from 1, is not what was finalised there, after a colon; empty where it is.

    person: whose evaluation it is, where that is known. doubts: see `doubts_about`.
    """
    whole = doubts.get(WHOLE, "") if number == holding(evaluation) and evaluation.state == "final" else ""
    return _in_itself(evaluation, number, person) or doubts.get(number, "") or whole


def sound(evaluation: Evaluation, doubts: Doubts) -> bool:
    """Whether everything in an evaluation is as it was left: each edition, and the record as a whole."""
    editions = range(1, len(evaluation.finals) + 1)
    return (
        state_fits(evaluation)
        and WHOLE not in doubts
        and not any(misfit(evaluation, number, None, doubts) for number in editions)
    )


def _in_itself(evaluation: Evaluation, number: int, person: Person | None) -> str:
    """Why a locked edition, counted from 1, can't be what was finalised by its own record alone, after a colon; empty
    where it can.

    person: whose evaluation it is, where that is known. A final may be intact and yet have been put into somebody
    else's record.
    """
    final = evaluation.finals[number - 1]
    if not is_genuine(final):
        return "its record has been changed since and no longer matches its digest"
    content = final.content
    try:
        whose, edition, made_on = content["person"]["id"], content["edition"], date.fromisoformat(content["made_on"])
        span = (content["period"]["since"], content["period"]["until"])
    except (KeyError, TypeError, ValueError):
        return "parts of it are missing"
    if person is not None and whose not in (person.id, *person.merged):
        return "it is about somebody else, and was put here outside meetingtool"
    if span != (evaluation.since.isoformat(), evaluation.until.isoformat()):
        return "it is about another period, and was put here outside meetingtool"
    if not isinstance(edition, int) or edition > number:
        return "editions were taken out or put in another order, outside meetingtool"
    last = number == holding(evaluation)
    if (final.reopened_at is not None or last) and not course_is_genuine(evaluation):
        return COURSE_CHANGED
    if why := doubt_within(content, final.finalised_at.date(), made_on):
        return why
    if (final.seal or is_sealed(content)) and final.seal != seal_of(final):
        return NOT_AS_SHARED
    if last and evaluation.state == "final" and _says_otherwise(evaluation, content):
        return "the answer or the words beside it in its record were changed outside meetingtool"
    return ""


def doubt_within(content: Content, finalised_on: date, made_on: date) -> str:
    """What a locked content itself says against it, after a colon: its day and its sum; empty where nothing."""
    if abs(finalised_on - made_on) > A_DAY:
        return "the day on which it was finalised was changed outside meetingtool"
    return "" if _sum_fits(content.get("score", {})) else "its score is not the sum of its parts"


def _sum_fits(score: Content) -> bool:
    """Whether the numbers of a locked score follow from one another; of a form without them nothing is known."""
    try:
        value, shown, computed = score["value"], score["shown"], score["computed"]
        points, adds = score["adjustment"]["points"], [part["adds"] for part in score["parts"]]
    except (KeyError, TypeError):
        return True
    if value is None:
        return shown is None and computed is None
    if shown is None or computed is None:
        return False
    adjusted = max(0.0, min(100.0, value + points))
    whole = min(100.0, sum(added for added in adds if added is not None))
    return bool(abs(computed - value) < HALF and abs(shown - adjusted) < HALF and abs(whole - value) < NOISE)


NOISE = 0.0001
"""By how much a sum of numbers, each kept to a millionth, may differ."""
HALF = 0.5 + NOISE


A_DAY = timedelta(days=1)
"""By how much the day in a document may differ from its moment, which is kept in UTC."""


def _says_otherwise(evaluation: Evaluation, content: Content) -> bool:
    """Whether the record of a final has other words or another answer than the final itself."""
    if "anonymised" in content:
        return False
    words, answer = content.get("words", {}), content.get("answer", {})
    locked = (*(words.get(name, "") for name in ("strengths", "growth", "goals")), answer.get("agrees"))
    beside = (evaluation.strengths, evaluation.growth, evaluation.goals, evaluation.agrees)
    if locked != beside or answer.get("comment", "") != evaluation.comment:
        return True
    kept = _told(course_of(evaluation))
    return is_sealed(content) and not all(entry in kept for entry in _told(content.get("course", [])))


def state_fits(evaluation: Evaluation) -> bool:
    """Whether it is final exactly while its last edition was not reopened, and a draft has neither been shared nor
    answered; otherwise its book was edited."""
    locked = bool(evaluation.finals) and held(evaluation).reopened_at is None
    handed_over = evaluation.shared is not None or evaluation.answer_digest != ""
    return locked == (evaluation.state == "final") and not (handed_over and evaluation.state == "draft")


def doubts_about(evaluation: Evaluation, kept: Sequence[Evaluation], finalised: int) -> Doubts:
    """What former versions and the log of deeds say against an evaluation.

    kept: its successive versions, oldest first, the present one last. finalised: how often it was
    finalised by the log, as far as that goes back.
    """
    found: dict[int, str] = {}
    if any("anonymised" in final.content for final in evaluation.finals):
        kept = ()
    for before, after in pairwise(kept):
        if after.version != before.version + 1:
            continue
        number = len(after.finals)
        if after.state == "final" and before.state != "final" and not _locked_as_shared(evaluation, before, number):
            found.setdefault(number, NOT_AS_SHARED)
    for former in kept:
        for number, final in enumerate(former.finals[: len(evaluation.finals)], 1):
            same_moment = final.finalised_at == evaluation.finals[number - 1].finalised_at
            if same_moment and final.digest != evaluation.finals[number - 1].digest:
                found.setdefault(number, "it is not the edition that was locked")
    locked = {final.finalised_at for former in (*kept, evaluation) for final in former.finals}
    if max(len(locked), finalised) > len(evaluation.finals):
        found[WHOLE] = EDITION_LOST
    elif any(entry not in evaluation.reopened for former in kept for entry in former.reopened):
        found[WHOLE] = COURSE_CHANGED
    elif why := _handed_over_otherwise(evaluation, kept):
        found[WHOLE] = why
    return found


EDITION_LOST = "an edition that was finalised was taken out of its record, outside meetingtool"


def _locked_as_shared(evaluation: Evaluation, before: Evaluation, number: int) -> bool:
    """Whether the edition that was locked after a former version is what was shared there, with its answer and course,
    apart from the day. True where nothing is known."""
    if before.shared is None or not 0 < number <= len(evaluation.finals):
        return True
    if not (shared_is_genuine(before) and answer_is_genuine(before) and course_is_genuine(before)):
        return True
    locked = evaluation.finals[number - 1].content
    told = locked.get("answer", {})
    same_answer = (told.get("agrees"), told.get("comment", "")) == (before.agrees, before.comment)
    if is_sealed(locked) and _told(locked.get("course", [])) != _told(course_of(before)):
        return False
    return same_answer and without_answer(before.shared) == without_answer(locked)


def _told(course: Iterable[Content]) -> list[Content]:
    """What was reopened and answered again, without the editions, which get other numbers when two records merge."""
    names = ("what", "state", "on", "reason", "agrees", "comment", "answered_on")
    return [{name: entry.get(name) for name in names} for entry in course]


def _handed_over_otherwise(evaluation: Evaluation, kept: Sequence[Evaluation]) -> str:
    """Why what is shared now, or its answer, is not what former versions say; empty where it is."""
    now = evaluation
    for former in reversed(kept):
        if now.shared is None or former.shared is None:
            break
        if former.shared_at != now.shared_at or canonical(former.shared) != canonical(now.shared):
            return "it is not what was shared"
        answered_again = len(former.reopened) < len(now.reopened)
        if former.state == "acknowledged" and not answered_again and _answer(former) != _answer(now):
            return "its answer is not what was noted"
    return ""


def _answer(evaluation: Evaluation) -> tuple[object, ...]:
    return evaluation.state, evaluation.agrees, evaluation.comment, evaluation.acknowledged_at


def rule_fits(evaluation: Evaluation) -> bool:
    """Whether the rule kept with an evaluation is the one in the document by which it was fixed."""
    first = evaluation.finals[0].content if evaluation.finals and is_genuine(evaluation.finals[0]) else None
    document = first or (evaluation.shared if shared_is_genuine(evaluation) else None)
    if evaluation.fixed is None or document is None or "rule" not in document:
        return True
    kept = msgspec.to_builtins(evaluation.fixed.rule)
    told = {name: value for name, value in document["rule"].items() if name in kept and name != "version"}
    weights = {line["standard"]: line["weight"] for line in document["score"]["standards"]}
    return canonical(told) == canonical({name: kept[name] for name in told}) and all(
        evaluation.fixed.standards.get(standard, weight) == weight for standard, weight in weights.items()
    )
