"""What a rating needs as its evidence, and what it can't cite."""

from __future__ import annotations

from collections.abc import Iterable

from meetingtool.records.stories import Story
from meetingtool.rules.wording import says_something


def needs_evidence(value: int | None, note: str = "") -> bool:
    """Whether a rating isn't possible without a story: a 1, 2 or 5 whose note says nothing."""
    return value in (1, 2, 5) and not says_something(note)


def evidence_problem(value: int | None, note: str, stories: Iterable[Story], person: str) -> str:
    """Why a rating of `person` (an id) isn't possible without more evidence; empty when it can.

    A 1, 2 or 5 needs a note that says something, or a story that names the person.
    """
    if not needs_evidence(value, note):
        return ""
    cited = list(stories)
    if any(person in story.people and story.removed_at is None for story in cited):
        return ""
    if cited:
        return f"A rating of {value} needs a note, or a story that names the person: this one does not."
    return f"A rating of {value} needs a note or a story as its evidence."


STICKY_LEAST = 4
"""The lowest rating that can rest on a sticky situation: it speaks for how somebody handled it, or not at all."""


def citation_problem(value: int | None, stories: Iterable[Story], person: str) -> str:
    """Why a rating of `person` (an id) can't cite these stories; empty when it can. A sticky situation speaks only for
    whoever shared it, and never for less than a 4."""
    stickies = [story for story in stories if story.kind == "sticky"]
    if value is not None and value < STICKY_LEAST and stickies:
        return f"A sticky situation can't be cited for a rating of {value}: sharing one is never held against anyone."
    if any(person not in story.people for story in stickies):
        return "A sticky situation can only be cited for somebody whom it names: this one doesn't name the person."
    return ""
