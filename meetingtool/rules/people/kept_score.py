"""A score as plain JSON values, as documents keep it: of its own year, and of the year before."""

from __future__ import annotations

from typing import Any

from meetingtool.rules.people.score import QuarterMean, Score, StandardLine

Content = dict[str, Any]


def number(value: float | None) -> float | None:
    """Millionths are enough for anyone, and free of the noise of sums."""
    return None if value is None else round(value, 6)


def score_content(score: Score, reason: str = "") -> Content:
    """The score with its sum as plain JSON values; `from` lists the ids of the records behind a number."""
    return {
        "shown": score.shown,
        "computed": score.computed,
        "value": number(score.value),
        "adjustment": {"points": number(score.adjustment), "reason": reason},
        "band": score.band,
        "coverage": score.coverage,
        "weights": score.weights,
        "capped": score.capped,
        "missing": list(score.missing),
        "parts": [
            {
                "key": part.key,
                "label": part.label,
                "value": number(part.value),
                "weight": part.weight,
                "adds": number(part.adds),
                "basis": part.basis,
                "absent_because": part.absent_because,
                "unused": part.unused,
                "figures": {name: number(value) for name, value in part.figures.items()},
                "from": list(part.records),
            }
            for part in score.parts
        ],
        "standards": [
            {
                "standard": line.id,
                "tag": line.tag,
                "title": line.title,
                "weight": line.weight,
                "value": number(line.value),
                "quarters": [
                    {"label": quarter.label, "mean": number(quarter.mean), "from": list(quarter.ratings)}
                    for quarter in line.quarters
                ],
            }
            for line in score.standards
        ],
        "promises": [{"id": line.id, "counts": line.counts, "why": line.why} for line in score.promises],
    }


def standards_in(score: Content) -> tuple[StandardLine, ...]:
    """The standards of a score that was kept, as they made it."""
    return tuple(
        StandardLine(
            id=line["standard"],
            tag=line["tag"],
            title=line["title"],
            weight=line["weight"],
            value=line["value"],
            quarters=tuple(QuarterMean(one["label"], one["mean"], tuple(one["from"])) for one in line["quarters"]),
        )
        for line in score["standards"]
    )


def year_before(label: str, document: Content, source: str) -> Content:
    """What is shown of the year before. document: a whole one, or its "score" and "rule" alone.

    source: where the numbers come from, in words: "final evaluation of 2025", "records of 2025".
    """
    score = document["score"]
    return {
        "label": label,
        "source": source,
        "rule": document["rule"].get("version", 1),
        "shown": score["shown"],
        "band": score["band"],
        "parts": {
            part["key"]: part["value"] if part["key"] != "recognition" else part["adds"] for part in score["parts"]
        },
        "standards": {line["tag"]: line["value"] for line in score["standards"]},
    }


def changed_year_before(label: str) -> Content:
    """What is shown of the year before when its evaluation was changed since: that it was, and neither number nor
    goals."""
    source = f"the evaluation of {label} was changed since, so it has no number and no goals here"
    score: Content = {"shown": None, "band": "", "parts": [], "standards": []}
    return year_before(label, {"score": score, "rule": {}}, source) | {"changed": True}
