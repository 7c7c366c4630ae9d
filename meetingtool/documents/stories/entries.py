"""How a story, a promise or an action is put in one line of a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from meetingtool.documents.formats.paper import Item, Strong
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.kinds.voices import CHANNELS
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import TOLD_PARTS, day, listed

DOT = " · "


def names(people: Iterable[str], roster: Roster) -> str:
    """`Maria, Tom and Zoe`, from ids."""
    return listed([roster.short_name(person) for person in people])


def after(parts: Iterable[str]) -> str:
    """What follows a sentence, separated by dots; nothing when all are empty."""
    return "".join(DOT + part for part in parts if part)


def by_whom(story: Story, roster: Roster) -> tuple[str | Strong, ...]:
    """`Maria and Tom: ` before the words of a story; nothing where nobody is named."""
    who = names(story.people, roster)
    return (Strong(f"{who}:"), " ") if who else ()


def story_item(story: Story, roster: Roster, *, remark: str = "") -> Item:
    """Who, what, which standards, which customer; below it what was said beyond the line."""
    text = story.text + after((roster.tags(story.standards), story.customer, story.reward, remark))
    inner = tuple(f"{title}: {words}" for key, title in TOLD_PARTS if (words := getattr(story, key)))
    return Item((*by_whom(story, roster), text), inner)


def follow_up_line(
    follow_up: FollowUp, roster: Roster, today: date, *, with_due: bool = True
) -> tuple[str | Strong, ...]:
    """For whom, what, who does it, by when: `Promise to Acme: refund posted · Tom · by Fri 27 Nov`."""
    to = f" to {follow_up.customer}" if follow_up.kind == "promise" and follow_up.customer else ""
    when = ""
    if with_due:
        when = f"by {day(follow_up.due, today)}" if follow_up.due else "without a date"
    who = names(follow_up.people, roster) or "nobody yet"
    return (Strong(f"{follow_up.kind.capitalize()}{to}:"), f" {follow_up.text}{after((who, when))}")


def voice_item(voice: Voice, roster: Roster) -> Item:
    """The words, then who said them, about whom and how."""
    return Item(voice.text + after((voice.customer, names(voice.people, roster), CHANNELS[voice.channel])))
