"""Evaluations for other programs: a CSV for an HR system, and the whole content as JSON that can be verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from meetingtool.documents.formats.tables import Cell, csv_bytes
from meetingtool.documents.people.evaluation_words import view_of
from meetingtool.rules.people.digests import canonical
from meetingtool.rules.wording import one_line, shortened

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
    "shared_on",
    "final_on",
    "replaces_edition",
    "genuine",
    "manager",
    "manager_title",
    "goals_before",
    "goals_became",
    "answer",
    "rule_version",
    "person_id",
    "genuine_before",
)
"""The columns of the CSV for an HR system. New ones are added at the end; none is renamed, moved or dropped."""


def row(content: Content, digest: str = "") -> tuple[Cell, ...]:
    """One evaluation as the cells of `COLUMNS`. One that was changed since it was shared or locked has no number."""
    genuine = not content.get("changed")
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
        "acknowledged_on": _date(answer["acknowledged_on"]),
        "agrees": answer["agrees"],
        "comment": answer["comment"],
        "digest": digest,
        "shared_on": _date(answer["shared_on"]),
        "final_on": _date(content["made_on"]) if content["state"] == "final" else None,
        "replaces_edition": max((entry["edition"] or 0 for entry in content.get("course", ())), default=0) or None,
        "genuine": None if genuine and content["state"] == "draft" else genuine,
        "manager": content.get("office", {}).get("manager", ""),
        "manager_title": content.get("office", {}).get("manager_title", ""),
        "goals_before": (content.get("goals_before") or {}).get("goals", ""),
        "answer": view_of(answer),
        "rule_version": content["rule"].get("version", 1),
        "person_id": person["id"],
        "genuine_before": not before.get("changed", False) if before else None,
        "goals_became": (content.get("goals_before") or {}).get("became", ""),
    }
    if not genuine:
        cells |= dict.fromkeys(("score", "computed", "value", "band"))
    return tuple(cells[column] for column in COLUMNS)


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def csv_file(evaluations: Iterable[tuple[Content, str]]) -> bytes:
    """One row per person, from pairs of content and digest (empty for a draft)."""
    return csv_bytes(COLUMNS, (row(content, digest) for content, digest in evaluations))


def json_file(content: Content, digest: str = "", *, whole: str = "", genuine: bool = True) -> bytes:
    """The whole content with its digest (null for what is not locked) as UTF-8 JSON.

    The content is on a line of its own in canonical form, from which the digest is made: see docs/checking.md. whole:
    in an employee's copy, the digest of the document that it was made from. genuine: the file says `false` for one that
    is no longer what was shared or locked.
    """
    head: dict[str, Any] = {"digest": digest or None} | ({"digest_of_whole": whole} if whole else {})
    head |= {} if genuine else {"genuine": False}
    lines = [f'  "{key}": {msgspec.json.encode(value).decode()},\n' for key, value in head.items()]
    return b"{\n" + "".join(lines).encode() + b'  "content": ' + canonical(dict(content)) + b"\n}\n"


def json_content(data: bytes) -> dict[str, Any] | None:
    """The content in an exported JSON file; None for any other file, and for one nested beyond all measure."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    content = found.get("content") if isinstance(found, dict) else None
    return content if isinstance(content, dict) else None


def with_names_twice(data: bytes) -> tuple[Any, list[str]]:
    """What a JSON file holds, and the names that are more than once in one of its objects. ValueError or RecursionError
    where Python can't read it."""
    import json

    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice.extend(name for name in dict.fromkeys(names) if names.count(name) > 1)
        return dict(pairs)

    return json.loads(data.removeprefix(b"\xef\xbb\xbf"), object_pairs_hook=once), twice


HEAD = ("digest", "digest_of_whole", "genuine", "content")
"""The names in an exported JSON file."""


def beyond_export(data: bytes) -> str:
    """A sentence on what a JSON file has that an export of a final never has; empty where nothing. Of two values with
    the same name, which one is read differs from program to program.
    """
    try:
        found, twice = with_names_twice(data)
    except (ValueError, RecursionError):
        return "This file can't be read as JSON by every program, so it is not what was exported."
    if twice:
        return f"This is not what was exported: “{shortened(one_line(twice[0]), 40)}” is in it more than once."
    if unknown := [name for name in found if name not in HEAD]:
        return f"This is not what was exported: “{shortened(one_line(unknown[0]), 40)}” was added to it."
    if found.get("genuine", True) is not True:
        return "This file says of itself that it was written from records that had been changed, so it proves nothing."
    return ""
