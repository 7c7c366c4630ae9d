"""The digest that locks an evaluation, and its canonical form, which others can make too.

Canonical JSON here: UTF-8, keys sorted, no blanks, no line breaks, and whole numbers without a fraction, so that a
program which writes 76.0 as 76 changes nothing. docs/checking.md says how to check it without this program.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.people import Person

Content = dict[str, Any]


def canonical(document: Content) -> bytes:
    """The content in canonical JSON, from which the digest is made."""
    return msgspec.json.encode(_plain(document), order="sorted")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value


def digest(document: Content) -> str:
    """SHA-256 of the content in canonical JSON, as 64 hex digits."""
    from hashlib import sha256

    return sha256(canonical(document)).hexdigest()


def verify(document: Content, expected: str) -> bool:
    """Whether the content is what this digest was made from."""
    return digest(document) == expected.strip().lower()


def is_genuine(final: Final) -> bool:
    """Whether a locked edition still is what was finalised."""
    return verify(final.content, final.digest)


def misfit(evaluation: Evaluation, number: int, person: Person | None) -> str:
    """Why a locked edition, counted from 1, is not what was finalised there, after a colon; empty where it is.

    person: whose evaluation it is, where that is known. A final may be whole in itself, and yet have been put in
    another's record.
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
    if final.reopened_at is not None and not course_is_genuine(evaluation):
        return COURSE_CHANGED
    if abs(final.finalised_at.date() - made_on) > A_DAY:
        return "the day on which it was finalised was changed outside meetingtool"
    if final.seal and final.seal != seal_of(final):
        return "it is not what was shared and answered before it was finalised"
    if not _sum_fits(content.get("score", {})):
        return "its score is not the sum of its parts"
    if number == len(evaluation.finals) and evaluation.state == "final" and _says_otherwise(evaluation, content):
        return "the answer or the words beside it in its record were changed outside meetingtool"
    return ""


def seal_of(final: Final) -> str:
    """What binds a locked edition to what was shared and answered before it, and to its moment."""
    answer = final.content.get("answer", {})
    bound = {"document": _without_answer(final.content).decode(), "answer": answer, "at": _moment(final.finalised_at)}
    return digest(bound)


def sealed(final: Final) -> Final:
    """A locked edition with the seal that belongs to it."""
    return msgspec.structs.replace(final, seal=seal_of(final))


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment is not None else ""


def answer_digest(evaluation: Evaluation) -> str:
    """The digest of the answer as it stands in the record, with what it is about, and when it was shared and noted."""
    return digest(
        {
            "answer_to": evaluation.shared_digest,
            "agrees": evaluation.agrees,
            "comment": evaluation.comment,
            "shared_at": _moment(evaluation.shared_at),
            "noted_at": _moment(evaluation.acknowledged_at),
        }
    )


def answer_is_genuine(evaluation: Evaluation) -> bool:
    """Whether the answer still is what was noted; of one from before its digest was kept nothing is known."""
    return not evaluation.answer_digest or evaluation.answer_digest == answer_digest(evaluation)


def course_digest(evaluation: Evaluation) -> str:
    """The digest of what was reopened and answered again, each with its reason, its day and the answer of before."""
    reopened = [
        {
            **{name: getattr(entry, name) for name in ("what", "state", "by", "reason", "agrees", "comment")},
            "at": _moment(entry.at),
            "answered_at": _moment(entry.answered_at),
        }
        for entry in evaluation.reopened
    ]
    finals = [{"at": _moment(final.reopened_at), "reason": final.reason} for final in evaluation.finals]
    return digest({"reopened": reopened, "finals": [final for final in finals if final["at"]]})


def with_course(evaluation: Evaluation) -> Evaluation:
    """An evaluation with the digest that belongs to what was reopened and answered again."""
    return msgspec.structs.replace(evaluation, course_digest=course_digest(evaluation))


def course_is_genuine(evaluation: Evaluation) -> bool:
    """Whether the reasons, days and former answers still are what was noted; of old records nothing is known."""
    return not evaluation.course_digest or evaluation.course_digest == course_digest(evaluation)


COURSE_CHANGED = "why or when it was reopened, or the answer before, was changed in its record, outside meetingtool"


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
"""What a sum of numbers, each kept to a millionth, may differ."""
HALF = 0.5 + NOISE


A_DAY = timedelta(days=1)
"""What the day in a document may differ from its moment, which is kept in UTC."""


def _says_otherwise(evaluation: Evaluation, content: Content) -> bool:
    """Whether the record of a final has other words or another answer than the final itself."""
    if "anonymised" in content:
        return False
    words, answer = content.get("words", {}), content.get("answer", {})
    locked = (*(words.get(name, "") for name in ("strengths", "growth", "goals")), answer.get("agrees"))
    beside = (evaluation.strengths, evaluation.growth, evaluation.goals, evaluation.agrees)
    return locked != beside or answer.get("comment", "") != evaluation.comment


def state_fits(evaluation: Evaluation) -> bool:
    """Whether it is final exactly while its last edition was not reopened, and a draft has neither been shared nor
    answered; otherwise its book was edited."""
    locked = bool(evaluation.finals) and evaluation.finals[-1].reopened_at is None
    handed_over = evaluation.shared is not None or evaluation.answer_digest != ""
    return locked == (evaluation.state == "final") and not (handed_over and evaluation.state == "draft")


def shared_is_genuine(evaluation: Evaluation) -> bool:
    """Whether what was shared still is what was shared; of one from before its digest was kept nothing is known."""
    return (
        evaluation.shared is None or not evaluation.shared_digest or verify(evaluation.shared, evaluation.shared_digest)
    )


def locked_as_shared(evaluation: Evaluation, before: Evaluation, after: Evaluation) -> bool:
    """Whether the edition that came about between two former versions is what was shared before, but for the answer
    and the day. True where none came about."""
    number = len(after.finals)
    if before.shared is None or after.state != "final" or not 0 < number <= len(evaluation.finals):
        return True
    if not (shared_is_genuine(before) and answer_is_genuine(before)):
        return True
    return any(_is_locked(before, final.content) for final in evaluation.finals)


def _is_locked(before: Evaluation, locked: Content) -> bool:
    told = locked.get("answer", {})
    same_answer = (told.get("agrees"), told.get("comment", "")) == (before.agrees, before.comment)
    return before.shared is not None and same_answer and _without_answer(before.shared) == _without_answer(locked)


def _without_answer(document: Content) -> bytes:
    added = ("state", "made_on", "answer", "course")
    words = {name: text for name, text in document.get("words", {}).items() if name != "open_guards_reason"}
    return canonical({key: value for key, value in document.items() if key not in added} | {"words": words})


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
