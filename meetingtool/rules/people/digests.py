"""The digest that locks an evaluation, and its canonical form, which others can make too.

Canonical JSON here: UTF-8, keys sorted, no blanks, no line breaks, and whole numbers without a fraction, so that a
program which writes 76.0 as 76 changes nothing. docs/checking.md says how to check it without this program.
"""

from __future__ import annotations

from typing import Any

import msgspec

from meetingtool.records.evaluations import Evaluation, Final

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


def state_fits(evaluation: Evaluation) -> bool:
    """Whether it is final exactly while its last edition was not reopened; otherwise its book was edited."""
    locked = bool(evaluation.finals) and evaluation.finals[-1].reopened_at is None
    return locked == (evaluation.state == "final")


def shared_is_genuine(evaluation: Evaluation) -> bool:
    """Whether what was shared still is what was shared; of one from before its digest was kept nothing is known."""
    return (
        evaluation.shared is None or not evaluation.shared_digest or verify(evaluation.shared, evaluation.shared_digest)
    )
