"""What stands of an evaluation on its tab: how far it is, its number, the answer, and what came before."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual.content import Content

from meetingtool.documents.people.evaluation_words import COURSE, GOALS_BEFORE, SAYS, course_lines
from meetingtool.records.evaluations import Evaluation
from meetingtool.rules import wording
from meetingtool.rules.people.score import NOT_ENOUGH
from meetingtool.tui.people.former_edition import former_editions

STATES = ("draft", "shared", "acknowledged", "final")


def course_so_far(evaluation: Evaluation | None) -> Content:
    """`✓ draft  ▶ shared  · acknowledged  · final`: how far it is; `–` before what was left out."""
    reached = {"draft"}
    if evaluation is not None:
        done = {"shared": evaluation.shared_at, "acknowledged": evaluation.acknowledged_at}
        reached |= {state for state, moment in done.items() if moment is not None}
    at = STATES.index(evaluation.state) if evaluation is not None else 0
    parts = []
    for index, state in enumerate(STATES):
        passed = "✓" if state in reached else "–"
        mark = passed if index < at else "▶" if index == at else "·"
        parts.append(Content.styled(f"{mark} {state}", "bold $foreground" if index == at else "$text-muted"))
    return Content("   ").join(parts)


def kept_headline(score: dict[str, Any]) -> Content:
    """The number as it was shared or locked."""
    shown = NOT_ENOUGH.capitalize() if score["shown"] is None else f"{score['shown']} of 100"
    band = f"   {score['band']}" if score["band"] else ""
    return Content.assemble((shown, "bold"), (band, "$accent"), (f"   {score['coverage']}", "$text-muted"))


def answer_lines(evaluation: Evaluation | None) -> list[Content]:
    """What the employee said to it."""
    if evaluation is None or evaluation.acknowledged_at is None:
        return []
    lines = [Content(""), Content.styled(f"Answer: {SAYS[evaluation.agrees]}", "bold")]
    return [*lines, Content(wording.visible(evaluation.comment))] if evaluation.comment else lines


def came_before(evaluation: Evaluation | None, content: dict[str, Any], today: date) -> list[Content]:
    """What was reopened and answered again, and how the editions of before are read."""
    told = course_lines(content, lambda iso: wording.day(date.fromisoformat(iso), today))
    if not told:
        return []
    lines = [Content(""), Content.styled(COURSE, "bold"), *(Content(wording.visible(line)) for line in told)]
    more = Content.styled("E shows the earlier edition, and exports it", "$text-muted")
    return [*lines, more] if former_editions(evaluation) else lines


def goals_before_lines(content: dict[str, Any]) -> list[Content]:
    """Last year's goals, and what became of them."""
    agreed = content.get("goals_before") or {"goals": "", "became": ""}
    found = []
    for label, text in ((GOALS_BEFORE, agreed["goals"]), ("What became of them", agreed["became"])):
        if text:
            found += [Content(""), Content.styled(label, "bold"), Content(wording.visible(text))]
    return found
