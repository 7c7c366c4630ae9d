"""Thanks: what comes with them, who is owed some, who has not had any for long, and what makes them good."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.stories import Award, AwardKind, Story
from meetingtool.rules.wording import says_something

if TYPE_CHECKING:
    from meetingtool.rules.capture.parts import Capture

OWED_AFTER = timedelta(days=7)
"""How long after a mention or a starred win thanks are owed."""
OWED_FOR = timedelta(days=120)
"""After this long it is too late to thank somebody for it."""

KINDS: dict[AwardKind, str] = {
    "words": "words",
    "time-off": "time off",
    "ticket": "a ticket or voucher",
    "plaque": "a plaque",
    "article": "the pick of the month",
    "gift": "a gift",
    "other": "other",
}
"""What can come with thanks."""

LIKE_CASH = frozenset({"ticket", "gift", "time-off"})
"""What payroll may have to tax."""


_MONEY = re.compile(r"[£$€¥]|\b(cash|money|voucher|gift ?card|bonus)\b", re.IGNORECASE)


def says_money(words: str) -> bool:
    """Whether the words of a reward are about money, whatever its kind."""
    return _MONEY.search(words) is not None


class Reward(msgspec.Struct, frozen=True, kw_only=True):
    """What came, or is to come, with thanks, in words and as it is kept."""

    story: Story
    words: str
    award: Award

    @property
    def owed(self) -> bool:
        """Whether it is still to be handed over."""
        return self.award.state == "owed"


def reward_of(story: Story) -> Reward | None:
    """The reward of thanks; None where there is none. One that was kept as words alone is "other, given"."""
    if story.kind != "praise" or not (story.reward or story.award):
        return None
    return Reward(story=story, words=story.reward, award=story.award or Award())


Reason = Literal["named by a customer", "a starred win"]


class OwedThanks(msgspec.Struct, frozen=True):
    """Thanks that somebody (an id) is owed since a day. record: the id of the mention or the win."""

    person: str
    since: date
    reason: Reason
    record: str


class Unthanked(msgspec.Struct, frozen=True):
    """Somebody who was last thanked on a day; None for never. days: since then, or since they are on the team."""

    person: Person
    last: date | None
    days: int | None


def owed_thanks(
    people: Iterable[Person], stories: Sequence[Story], mentions: Iterable[Mention], today: date
) -> list[OwedThanks]:
    """Whom to thank: each for what is longest ago, a confirmed praise by a customer or a starred win.

    Thanks are owed from `OWED_AFTER` on, and settled by thanks to the person on that day or later.
    """
    here = {person.id for person in people}
    reasons: list[tuple[date, Reason, str, Sequence[str]]] = [
        (one.at.date(), "named by a customer", one.id, [one.person])
        for one in mentions
        if one.state == "confirmed" and one.tone == "praise" and one.thanked is None
    ]
    reasons += [
        (story.at.date(), "a starred win", story.id, story.people)
        for story in stories
        if story.kind == "win" and story.starred
    ]
    thanked: dict[str, date] = {}
    because: set[tuple[str, str]] = set()
    for story in stories:
        if story.kind == "praise":
            for person in story.people:
                thanked[person] = max(thanked.get(person, date.min), story.at.date())
                because.add((person, story.because))
    found: dict[str, OwedThanks] = {}
    for day, reason, record, named in sorted(reasons, key=lambda one: (one[0], one[2])):
        if not OWED_AFTER <= today - day <= OWED_FOR:
            continue
        for person in named:
            settled = thanked.get(person, date.min) >= day or (person, record) in because
            if person in here and not settled:
                found.setdefault(person, OwedThanks(person, day, reason, record))
    return sorted(found.values(), key=lambda one: (one.since, one.person))


def unthanked(people: Iterable[Person], stories: Iterable[Story], today: date) -> list[Unthanked]:
    """Everybody by how long they have not been thanked, the longest first."""
    last: dict[str, date] = {}
    for story in stories:
        if story.kind == "praise":
            for person in story.people:
                last[person] = max(last.get(person, date.min), story.at.date())
    found = []
    for one in people:
        since = last.get(one.id) or one.started
        found.append(Unthanked(one, last.get(one.id), (today - since).days if since else None))
    return sorted(found, key=lambda one: -(one.days if one.days is not None else 10**6))


def quality(capture: Capture) -> tuple[bool, bool, bool]:
    """Which of the three are there that make thanks good: what they did, for whom, and by which standard."""
    did = len(capture.text.split()) >= 3 and says_something(capture.text)
    return did, bool(capture.customer), bool(capture.standards)
