"""What differs between two versions of a story or a follow-up, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster

LONGEST = 2_000
"""How many letters of a former text are quoted."""

_PARTS = (
    ("happened", "what happened"),
    ("handled", "how it was handled"),
    ("learned", "what we learned"),
    ("ended", "how it ended"),
)


def of_story(before: Story, after: Story, roster: Roster) -> Iterator[str]:
    """One phrase per difference, such as `who: Maria and Tom (was Maria)` or `starred`.

    Marks still to be sorted out and the line as typed are left to the words.
    """
    yield from _words("words", before.text, after.text)
    yield from _shared(before, after, roster)
    yield from _list("standards", before.standards, after.standards, lambda tag: f"#{roster.tag(tag)}")
    if before.starred != after.starred:
        yield "starred" if after.starred else "star removed"
    if before.meeting != after.meeting:
        yield "told in a meeting" if after.meeting else "waiting to be told again"
    if before.fund != after.fund:
        was = f" (was {wording.money(before.fund)})" if before.fund else ""
        yield f"from the fund: {wording.money(after.fund) if after.fund else 'nothing'}{was}"
    for name, label in _PARTS:
        yield from _words(label, getattr(before, name), getattr(after, name))
    yield from _words("reward", before.reward, after.reward)
    if before.award != after.award and after.award is not None:
        yield "reward handed over" if after.award.state == "given" else "reward owed"
    yield from _kept(before, after)


def of_follow_up(before: FollowUp, after: FollowUp, roster: Roster) -> Iterator[str]:
    """Likewise of a promise or an action."""
    yield from _words("words", before.text, after.text)
    yield from _shared(before, after, roster)
    if before.due != after.due:
        today = roster.today
        yield f"due {_date(after.due, today)} (was {_date(before.due, today)})"
    if before.state != after.state:
        yield "open again" if after.state == "open" else after.state
    yield from _words("note", before.note, after.note)
    yield from _kept(before, after)


def _shared(before: Story | FollowUp, after: Story | FollowUp, roster: Roster) -> Iterator[str]:
    yield from _list("who", before.people, after.people, roster.short_name)
    if before.customer != after.customer:
        yield f"customer: {after.customer or 'none'} (was {before.customer or 'none'})"


def _kept(before: Story | FollowUp, after: Story | FollowUp) -> Iterator[str]:
    if before.private != after.private:
        yield "made private" if after.private else "made public"
    if (before.removed_at is None) != (after.removed_at is None):
        yield "restored from the bin" if after.removed_at is None else "moved to the bin"


def _words(label: str, before: str, after: str) -> Iterator[str]:
    if before == after:
        return
    if not before:
        yield f"{label} added"
    elif len(before) > LONGEST:
        yield f"{label}, before: “{before[:LONGEST]}…”"
    else:
        yield f"{label}, before: “{before}”"


def _list(label: str, before: tuple[str, ...], after: tuple[str, ...], name: Callable[[str], str]) -> Iterator[str]:
    if before != after:
        now, was = (wording.listed([name(one) for one in ids]) or "none" for ids in (after, before))
        yield f"{label}: {now} (was {was})"


def _date(day: date | None, today: date) -> str:
    return wording.day(day, today) if day else "without a date"
