"""Praise of somebody who would rather not have it before others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import listed, one_line

R = TypeVar("R", bound=Record)

_THANKS = re.compile(
    r"\b(thank|thx|grateful|gratitude|appreciat|prais|compliment|congrat|celebrat|honou?r|kind(?! of)(ness|ly)?\b"
    r"|well done|flowers?\b|bouquet|chocolate|cake\b|gifts?\b|present (for|to)\b|voucher|bonus\b|reward|award|plaque"
    r"|medal|applau|proud|hero|lovely|wonderful|brilliant|excellent|great\b|card (for|from|to)\b)",
    re.IGNORECASE,
)
"""Words that turn a promise, an action or a win into thanks."""


def wants_privacy(people: Iterable[str], roster: Roster) -> list[str]:
    """The names of those among people (ids) who want to be thanked in private."""
    known = (roster.person_of(person) for person in people)
    return list(dict.fromkeys(one_line(roster.short_name(p.id)) for p in known if p is not None and _minds(p)))


def kept_back(record: Record, roster: Roster) -> str:
    """What to say about praise that is kept private because of whom it names; empty where nobody minds."""
    names = wants_privacy(_praised(record, roster), roster)
    return f"Kept for a word in private: {listed(names)} would rather not be thanked before others." if names else ""


def as_wanted(record: R, roster: Roster) -> R:
    """The record, private where it praises somebody who wants that in private, by a mark or by name; and shown again
    where that alone kept it private and nobody in it minds now."""
    wished = getattr(record, "by_wish", False)
    if record.private and not wished:
        return record
    minds = bool(wants_privacy(_praised(record, roster), roster))
    return record if minds == wished else by_wish(record, minds)


def by_wish(record: R, hidden: bool) -> R:
    """The record, kept private only because of a wish, or shown again."""
    field = "private" if isinstance(record, Story | FollowUp) else "kept_back"
    changed: R = msgspec.structs.replace(record, **{field: hidden, "by_wish": hidden})
    return changed


def _minds(person: Person) -> bool:
    return person.thanks == "private"


def honours_unwilling(story: Story, roster: Roster, *, but: str = "") -> list[str]:
    """The names of those whom a win or thanks honours, by a mark or by name, and who would rather not be singled out
    before others: no paper or screen for others picks it out. but: the id of the person for whom the paper is."""
    if story.kind == "sticky":
        return []
    honoured = _named(story.people, f"{story.text} {story.reward}", roster)
    return wants_privacy((one for one in dict.fromkeys(honoured) if one != but), roster)


def for_others(answers: Sequence[str], roster: Roster) -> tuple[str, ...]:
    """Answers of the team, or lines of a meeting's notes, without those that name somebody who would rather not be
    thanked before others: nothing says which of them are thanks."""
    if not any(map(_minds, roster.everyone)):
        return tuple(answers)
    from meetingtool.rules.meeting.answers import marked_in

    return tuple(one for one in answers if not wants_privacy(_named(marked_in(one, roster), one, roster), roster))


def notes_for_others(notes: str, roster: Roster) -> tuple[str, str]:
    """The notes of a meeting without the lines that name somebody who would rather not be thanked before others, and
    those lines."""
    lines = notes.splitlines()
    shown = for_others(lines, roster)
    if len(shown) == len(lines):
        return notes, ""
    return "\n".join(shown), "\n".join(line for line in lines if line not in shown)


def _praised(record: Record, roster: Roster) -> list[str]:
    """The ids of those whom thanks, a customer's words, an answer to a call or what the leader saw praise, by a mark
    or by name, and of those whom a win or a promise names beside a word of thanks; empty for what is no praise."""
    match record:
        case Story(kind="praise"):
            return _named(record.people, f"{record.text} {record.reward}", roster)
        case Story(kind="win") if _THANKS.search(
            record.text
        ):  # the first person in it isn't thanked by it: it is their own
            return [one for one in _named((), record.text, roster) if one not in record.people[:1]]
        case HandsOn(did_well=True):
            return _named(record.people, record.text, roster)
        case Voice() if record.satisfied is not False:
            return _named(record.people, record.text, roster)
        case Contact(mood="glad"):  # its people are those who called
            return _named((), record.text, roster)
        case FollowUp() if _THANKS.search(record.text):  # who is to do it isn't thanked by it
            return [one for one in _named((), record.text, roster) if one not in record.people]
    return []


def _named(marked: Iterable[str], text: str, roster: Roster) -> list[str]:
    """The ids of those who are marked, and of those on the team who mind and whom the words name."""
    minding = [person for person in roster.everyone if _minds(person)]
    if not minding:
        return list(marked)
    from meetingtool.rules.stories.called import names_in_words  # only where somebody minds

    return [*marked, *names_in_words(text, minding)]
