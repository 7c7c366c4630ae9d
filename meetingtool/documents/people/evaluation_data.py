"""Evaluations for other programs: a CSV for an HR system, and the whole content as JSON that can be verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from meetingtool.documents.formats.tables import Cell, csv_bytes
from meetingtool.errors import Unclear
from meetingtool.rules.people.evaluation import verify

Content = Mapping[str, Any]

COLUMNS = (
    "number",
    "handle",
    "name",
    "role",
    "team",
    "period",
    "since",
    "until",
    "state",
    "edition",
    "made_on",
    "score",
    "computed",
    "value",
    "adjustment",
    "adjustment_reason",
    "band",
    "coverage",
    "missing",
    "standards",
    "customers",
    "promises",
    "training",
    "recognition",
    "ratings",
    "score_before",
    "strengths",
    "growth",
    "goals",
    "acknowledged_on",
    "agrees",
    "comment",
    "digest",
)
"""The columns of the CSV for an HR system. New ones are added at the end; none is renamed, moved or dropped."""


def row(content: Content, digest: str = "") -> tuple[Cell, ...]:
    """One evaluation as the cells of `COLUMNS`."""
    person, period, score = content["person"], content["period"], content["score"]
    words, answer, before = content["words"], content["answer"], content["before"]
    values = {part["key"]: part["adds"] if part["key"] == "recognition" else part["value"] for part in score["parts"]}
    cells: dict[str, Cell] = {
        **{key: person[key] for key in ("number", "handle", "name", "role")},
        "team": content["team"],
        "period": period["label"],
        "since": date.fromisoformat(period["since"]),
        "until": date.fromisoformat(period["until"]),
        "state": content["state"],
        "edition": content["edition"],
        "made_on": date.fromisoformat(content["made_on"]),
        "score": score["shown"],
        "computed": score["computed"],
        "value": score["value"],
        "adjustment": score["adjustment"]["points"],
        "adjustment_reason": score["adjustment"]["reason"],
        "band": score["band"],
        "coverage": score["coverage"],
        "missing": "; ".join(score["missing"]),
        **values,
        "ratings": sum(rating["value"] is not None for rating in content["ratings"]),
        "score_before": before["shown"] if before else None,
        **{key: words[key] for key in ("strengths", "growth", "goals")},
        "acknowledged_on": date.fromisoformat(answer["acknowledged_on"]) if answer["acknowledged_on"] else None,
        "agrees": answer["agrees"],
        "comment": answer["comment"],
        "digest": digest,
    }
    return tuple(cells[column] for column in COLUMNS)


def csv_file(evaluations: Iterable[tuple[Content, str]]) -> bytes:
    """One row a person, from pairs of content and digest (empty for a draft)."""
    return csv_bytes(COLUMNS, (row(content, digest) for content, digest in evaluations))


def json_file(content: Content, digest: str = "") -> bytes:
    """The whole content with its digest (null for a draft), in indented UTF-8."""
    return msgspec.json.format(msgspec.json.encode({"digest": digest or None, "content": content}), indent=2) + b"\n"


def json_content(data: bytes) -> dict[str, Any] | None:
    """The content in an exported JSON file; None when it is no such file."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    content = found.get("content") if isinstance(found, dict) else None
    return content if isinstance(content, dict) else None


def is_as_finalised(data: bytes, digest: str) -> bool:
    """Whether an exported JSON file holds the content that `digest` was made of. Unclear when it is no such file.

    The digest within the file is not trusted: the one given here comes from the records.
    """
    content = json_content(data)
    if content is None:
        raise Unclear("This is no exported evaluation.", "Give a JSON file that `meetingtool evaluation export` wrote.")
    return verify(content, digest)
