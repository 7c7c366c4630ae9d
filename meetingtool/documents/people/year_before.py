"""How an evaluation stands beside that of the year before, in words and numbers: like is compared with like alone."""

from __future__ import annotations

from collections.abc import Collection

from meetingtool.documents.people.evaluation_words import NONE, Content, number, printed_parts
from meetingtool.rules.people.like_with_like import on_common
from meetingtool.rules.wording import listed


def no_goals_before(content: Content) -> str:
    """What replaces last year's goals where there are none, or where its evaluation was changed since."""
    before = content["before"] or {}
    return f"Left out: the evaluation of {before['label']} was changed since." if before.get("changed") else NONE


def like_with_like(content: Content) -> str:
    """Both years by the parts that are known of both and the standards that were rated in both, with how certain the
    change is; empty where a year has no number.

    Recognition stays out, and so do promises where the two years were made by different rules. A document from before
    the change was kept in it says this only where the scores can't be compared.
    """
    before = content["before"]
    if before is None or before["shown"] is None or content["score"]["value"] is None:
        return ""
    why, both = _unlike(content)
    change = before.get("change")
    if change is None and not why:
        return ""
    if before.get("unlike") or "standards" not in both:
        why = before.get("unlike") or "rest on different parts"
        return f"{before['label']} and this period {why}: the two scores can't be compared."
    labels = {part["key"]: part["label"].lower() for part in content["score"]["parts"]}
    names = listed([labels[key] for key in both])
    if change is None:
        old, new = _by_parts(content, both)
        by = f"{number(old)} then, {number(new)} now."
    else:
        by = f"{number(change['then'])} then, {number(change['now'])} now, {change['words']}."
    on = on_common(len(change["standards"])) if change is not None and change.get("uneven") else ""
    if why:
        return (
            f"{before['label']} and this period {why}, so the two scores can't be compared. By {names} alone{on}: {by}"
        )
    return f"Like with like, by {names} without recognition{on}: {by}"


def unlike_scores(content: Content) -> bool:
    """Whether the scores of the two years rest on different parts, standards or rules, so that one is not above the
    other."""
    before = content["before"]
    numbers = before is not None and before["shown"] is not None and content["score"]["value"] is not None
    return numbers and bool(_unlike(content)[0])


def unlike_standards(content: Content) -> bool:
    """Whether the two years were rated on different standards, so that the parts of the standards can't be compared."""
    before = content["before"] or {}
    return bool((before.get("change") or {}).get("uneven") or before.get("unlike"))


def _unlike(content: Content) -> tuple[str, list[str]]:
    """Why the scores of both years can't be compared, empty where they can; and the parts that both rest on."""
    before, rule = content["before"], content["rule"]
    parts = {part["key"]: part for part in content["score"]["parts"] if part["weight"]}
    now = {key for key, part in parts.items() if part["value"] is not None}
    then = {key for key in parts if before["parts"].get(key) is not None}
    alike = before.get("rule", 1) == rule.get("version", 1)
    both = [key for key in parts if key in now & then and (alike or key != "promises")]
    if now != then:
        return "rest on different parts", both
    if unlike_standards(content):
        return "were rated on different standards", both
    return "" if alike else "were made by different rules", both


def _by_parts(content: Content, both: Collection[str]) -> tuple[float, float]:
    """The year before, and this period, by some parts alone."""
    parts = {part["key"]: part for part in content["score"]["parts"] if part["weight"]}
    weight = sum(parts[key]["weight"] for key in both)
    old, new = (
        sum(parts[key]["weight"] * values[key] for key in both) / weight
        for values in (content["before"]["parts"], {key: part["value"] for key, part in parts.items()})
    )
    return old, new


def beside(content: Content) -> list[tuple[Content, float | None, float | None]]:
    """Each part of the score with its number now and the year before; of recognition these are points."""
    before = content["before"]["parts"]
    return [
        (part, part["adds" if part["key"] == "recognition" else "value"], before.get(part["key"]))
        for part in printed_parts(content["score"])
    ]
