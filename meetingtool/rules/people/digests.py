"""The digest that locks an evaluation, and its canonical form, which others can make too.

Canonical JSON here: UTF-8, keys sorted, no blanks, no line breaks, and whole numbers without a fraction, so that a
program which writes 76.0 as 76 changes nothing. docs/checking.md says how to check it without this program.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from meetingtool.records.evaluations import Evaluation, Final

Content = dict[str, Any]


def canonical(document: Content) -> bytes:
    """The content in canonical JSON, from which the digest is made."""
    return msgspec.json.encode(_plain(document), order="sorted")


def _plain(value: object) -> object:
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


NOT_AS_SHARED = "it is not what was shared and answered before it was finalised"

SEALED_FROM = 3
"""The first form of a document that always has seal and digests beside it: one without them was edited."""


def is_sealed(document: Content | None) -> bool:
    """Whether a document is of a form that always has every digest beside it."""
    form = document.get("schema", 1) if document is not None else 1
    return isinstance(form, int) and form >= SEALED_FROM


def seal_of(final: Final) -> str:
    """What binds a locked edition to what was shared and answered before it, and to its moment."""
    answer = final.content.get("answer", {})
    bound = {"document": without_answer(final.content).decode(), "answer": answer, "at": in_utc(final.finalised_at)}
    return digest(bound)


def sealed(final: Final) -> Final:
    """A locked edition with the seal that belongs to it."""
    return msgspec.structs.replace(final, seal=seal_of(final))


def in_utc(moment: datetime | None) -> str:
    """A moment as digests have it; empty for none."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment is not None else ""


def answer_digest(evaluation: Evaluation) -> str:
    """The digest of the answer as it stands in the record, with what it is about, and when it was shared and noted."""
    return digest(
        {
            "answer_to": evaluation.shared_digest,
            "agrees": evaluation.agrees,
            "comment": evaluation.comment,
            "shared_at": in_utc(evaluation.shared_at),
            "noted_at": in_utc(evaluation.acknowledged_at),
        }
    )


def answer_is_genuine(evaluation: Evaluation) -> bool:
    """Whether the answer still is what was noted; of one from before its digest was kept nothing is known."""
    kept = evaluation.answer_digest
    if not kept:
        return evaluation.state != "acknowledged" or not is_sealed(evaluation.shared)
    return kept == answer_digest(evaluation)


def shared_is_genuine(evaluation: Evaluation) -> bool:
    """Whether what was shared still is what was shared; of one from before its digest was kept nothing is known."""
    if evaluation.shared is None or not evaluation.shared_digest:
        return not is_sealed(evaluation.shared)
    return verify(evaluation.shared, evaluation.shared_digest)


def without_answer(document: Content) -> bytes:
    """The document as it was shared, in canonical form: without what the answer and finalising add."""
    added = ("state", "made_on", "answer", "course")
    words = {name: text for name, text in document.get("words", {}).items() if name != "open_guards_reason"}
    return canonical({key: value for key, value in document.items() if key not in added} | {"words": words})
