"""Which stories speak best for a person in a period: a suggestion, from which the manager picks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules.people.periods import Period, quarters

EACH = 2
"""How many stories are suggested for one standard."""


def best_stories(
    person: str,
    period: Period,
    stories: Iterable[Story],
    ratings: Iterable[Rating],
    standards: Sequence[str],
    each: int = EACH,
) -> dict[str, tuple[str, ...]]:
    """Up to `each` wins for every standard (ids in `standards`, in that order), none of them twice.

    Starred ones first, then those that ratings rest on, then those told in a meeting; among equals those from a
    quarter that is not shown yet, so that the year is covered, then the newest. Private stories and sticky
    situations are never suggested. Standards without a story are left out.
    """
    wins = [
        story
        for story in stories
        if story.kind == "win"
        and person in story.people
        and not story.private
        and story.removed_at is None
        and story.at.date() in period
    ]
    cited = {story for rating in ratings if rating.person == person for story in rating.stories}
    spans = quarters(period)
    quarter = {s.id: next(n for n, span in enumerate(spans) if s.at.date() <= span.until) for s in wins}
    chosen: dict[str, list[str]] = {standard: [] for standard in standards}
    taken: dict[str, int] = {}
    for _ in range(each):
        for standard in standards:
            free = [story for story in wins if standard in story.standards and story.id not in taken]
            if free:
                best = min(free, key=lambda story: _rank(story, cited, quarter, taken))
                chosen[standard].append(best.id)
                taken[best.id] = quarter[best.id]
    when = {story.id: (story.at, story.id) for story in wins}
    return {standard: tuple(sorted(ids, key=lambda i: when[i])) for standard, ids in chosen.items() if ids}


def _rank(
    story: Story, cited: set[str], quarter: Mapping[str, int], taken: Mapping[str, int]
) -> tuple[bool, bool, bool, int, float, str]:
    """Smaller is better."""
    shown = sum(of == quarter[story.id] for of in taken.values())
    return (
        not story.starred,
        story.id not in cited,
        story.meeting is None,
        shown,
        -story.at.timestamp(),
        story.id,
    )
