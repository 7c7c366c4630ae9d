"""The score of an evaluation and the sum that makes it, as strings and shares ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from meetingtool.documents.people.evaluation_words import (
    how_made,
    needs,
    no_number,
    number,
    points,
    printed_parts,
    rests_on,
    telling,
)
from meetingtool.rules.wording import one_line, visible

Content = Mapping[str, Any]


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """Where a band begins on the scale. at: 0 to 1. here: the score lies in it."""

    name: str
    least: str
    at: float
    here: bool


class PartRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the sum. share: its value as 0 to 1, None where it has none. basis: what it rests on, or why it is
    absent. adds_share: what it adds to the score, as 0 to 1."""

    key: str
    label: str
    value: str
    weight: str
    adds: str
    basis: str
    absent: bool
    share: float | None
    adds_share: float


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """The score with its sum.

    shown: `86`, empty without a number; instead: what replaces it then. needs, missing: what a number would
    need, in words. total: what the lines add up to. adjustment: `+2`, empty without one; adjusted: the total with it.
    how: how the sum is made, in words. chart: the drawn sum in words, for those who don't see it.
    """

    shown: str
    instead: str
    computed: str
    band: str
    coverage: str
    needs: str
    missing: tuple[str, ...]
    parts: tuple[PartRow, ...]
    total: str
    adjustment: str
    adjusted: str
    reason: str
    adjustment_share: float
    scale: tuple[Scale, ...]
    how: tuple[str, ...]
    chart: str


def sum_of(content: Content) -> Sum:
    """The sum of an evaluation's content."""
    score, rule = content["score"], content["rule"]
    shown, value, moved = score["shown"], score["value"], score["adjustment"]["points"]
    adjusted = None if value is None else max(0.0, min(100.0, value + moved))
    parts = tuple(_part(part, has_number=value is not None) for part in printed_parts(score))
    return Sum(
        shown="" if shown is None else str(shown),
        instead=no_number(content).capitalize() if content.get("changed") else "No score",
        computed="" if score["computed"] is None else str(score["computed"]),
        band=one_line(score["band"]),
        coverage=score["coverage"],
        needs=needs(content),
        missing=tuple(one_line(words) for words in score["missing"]),
        parts=parts,
        total="" if value is None else telling(value, score["computed"]),
        adjustment=points(moved) if moved else "",
        adjusted=telling(adjusted, shown) if moved and adjusted is not None else "",
        reason=visible(score["adjustment"]["reason"]).strip(),
        adjustment_share=0.0 if value is None or adjusted is None else (adjusted - value) / 100,
        scale=_scale(rule["bands"], shown),
        how=how_made(content),
        chart=_chart(content, parts),
    )


def _part(part: Content, *, has_number: bool) -> PartRow:
    bonus = part["key"] == "recognition"
    absent, value, adds = part["absent_because"], part["value"], part["adds"]
    return PartRow(
        key=part["key"],
        label=one_line(part["label"]),
        value="" if value is None else number(value),
        weight="bonus" if bonus else str(part["weight"]),
        adds=f"{'+' if bonus else ''}{number(adds)}" if has_number and not absent else "",
        basis=one_line(rests_on(part)),
        absent=bool(absent),
        share=None if value is None else value / 100,
        adds_share=(adds or 0.0) / 100 if has_number else 0.0,
    )


def _scale(bands: list[list[Any]], shown: int | None) -> tuple[Scale, ...]:
    """The bands from the lowest to the highest."""
    rising = sorted(((least, name) for least, name in bands), key=lambda band: int(band[0]))
    current = max((least for least, _ in rising if shown is not None and shown >= least), default=None)
    return tuple(
        Scale(name=one_line(name), least=str(least), at=max(0.0, min(1.0, least / 100)), here=least == current)
        for least, name in rising
    )


def _chart(content: Content, parts: tuple[PartRow, ...]) -> str:
    score = content["score"]
    if score["value"] is None:
        return f"No score: {no_number(content)}."
    adds = ", ".join(f"{part.label} {part.adds.lstrip('+')}" for part in parts if part.adds_share > 0)
    moved = score["adjustment"]["points"]
    by_hand = f", adjusted by {points(moved)}" if moved else ""
    return f"A bar from 0 to 100 made of {adds or 'nothing'}{by_hand}: {score['shown']} of 100."
