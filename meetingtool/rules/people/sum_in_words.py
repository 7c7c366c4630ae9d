"""How a score is worked out, in sentences that can be checked by hand: the same on screen and on every paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meetingtool.rules.people.score import to_a_tenth
from meetingtool.rules.people.score_recognition import MENTIONS_FULL
from meetingtool.rules.wording import count

Content = Mapping[str, Any]

SCALE = "a rating of 1 is 0, 2 is 25, 3 is 50, 4 is 75 and 5 is 100"


def how_worked_out(score: Content, rule: Content) -> tuple[str, ...]:
    """A sentence for each part that is known, and for recognition: how its number follows from what it rests on; then
    how the parts make the sum, where there is a number.

    score: as in a document (`evaluation.score_content`); one that was kept without its figures says less. rule: the one
    that made the score, as in a document.
    """
    told = (_WAYS[part["key"]](part, rule) for part in score["parts"] if not part["absent_because"])
    return tuple(filter(None, (*told, _adding(score, rule))))


def _adding(score: Content, rule: Content) -> str:
    if score["value"] is None:
        return ""
    known = "" if score["weights"] == 100 else " of the parts that are known"
    ends = "; recognition adds its points as they are" if rule["bonus_most"] else ""
    return f"Each part adds its value × its weight ÷ {score['weights']}, the sum of the weights{known}{ends}."


def _standards(part: Content, rule: Content) -> str:
    return (
        f"Standards: {SCALE}. A standard's value is the mean of its quarters on this scale; the part is the mean of "
        "the standards' values by their weights."
    )


def _customers(part: Content, rule: Content) -> str:
    found = part.get("figures")
    if not found:
        return ""
    satisfied, answers, pull = round(found["satisfied"]), round(found["answers"]), rule["team_pull"]
    if not pull:
        return f"Customers: {satisfied} satisfied ÷ {count(answers, 'answer')} × 100 = {to_a_tenth(part['value'])}."
    rate = found["team_rate"]
    return (
        f"Customers: {satisfied} of {answers} satisfied, pulled towards the team's {100 * rate:.2f} %: "
        f"({satisfied} + {pull} × {rate:.4f}) ÷ ({answers} + {pull}) × 100 = {to_a_tenth(part['value'])}."
    )


def _promises(part: Content, rule: Content) -> str:
    found = part.get("figures")
    if not found:
        return ""
    kept, late, missed = (round(found[name]) for name in ("kept", "late", "missed"))
    above = f"({kept} kept + {late} kept late ÷ 2)" if late else f"{kept} kept"
    return f"Promises: {above} ÷ {kept + late + missed} decided × 100 = {to_a_tenth(part['value'])}."


def _training(part: Content, rule: Content) -> str:
    found = part.get("figures")
    if not found:
        return ""
    return f"Training: {found['done']:.0f} done ÷ {found['due']:.0f} due × 100 = {to_a_tenth(part['value'])}."


def _recognition(part: Content, rule: Content) -> str:
    most = rule["bonus_most"]
    if not most:
        return ""
    if rule.get("version", 1) == 1:
        return f"Recognition: a point for each of its months, at most {most}."
    found = part.get("figures")
    if not found:
        return ""
    half, named = f"{most / 2:g}", min(round(found["named"]), MENTIONS_FULL)
    return (
        f"Recognition: {half} × {found['told']:.0f} ÷ {found['months']:.0f} (months with a win told in a meeting, of "
        f"those on the team) + {half} × {named} ÷ {MENTIONS_FULL} (months in which customers named the person, at most "
        f"{MENTIONS_FULL}) = {to_a_tenth(found['points'])}."
    )


_WAYS = {
    "standards": _standards,
    "customers": _customers,
    "promises": _promises,
    "training": _training,
    "recognition": _recognition,
}
