"""Praise of somebody who would rather not have it before others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import listed, one_line

R = TypeVar("R", bound=Record)


def wants_privacy(people: Iterable[str], roster: Roster) -> list[str]:
    """The names of those among people (ids) who want to be thanked in private."""
    known = (roster.person_of(person) for person in people)
    return [one_line(roster.short_name(p.id)) for p in known if p is not None and _minds(p)]


def kept_back(record: Record, roster: Roster) -> str:
    """What to say of praise that is kept private because of whom it names; empty where nobody minds."""
    names = wants_privacy(_praised(record, roster), roster)
    return f"Kept for a word in private: {listed(names)} would rather not be thanked before others." if names else ""


def as_wanted(record: R, roster: Roster) -> R:
    """The record, private where it praises somebody who wants that in private, by a mark or by name."""
    if record.private or not wants_privacy(_praised(record, roster), roster):
        return record
    field = "private" if isinstance(record, Story) else "kept_back"
    changed: R = msgspec.structs.replace(record, **{field: True})
    return changed


def _minds(person: Person) -> bool:
    return person.thanks == "private"


def honours_unwilling(story: Story, roster: Roster) -> list[str]:
    """The names of those whom a win or thanks honours, by a mark or by name, and who would rather not be before
    others: no paper or screen of others picks it out."""
    if story.kind == "sticky":
        return []
    return wants_privacy(_named(story.people, story.text, roster), roster)


def for_others(answers: Sequence[str], roster: Roster) -> tuple[str, ...]:
    """Answers of the team without those that name somebody who would rather not be thanked before others: it is not
    known which of them are thanks."""
    if not any(map(_minds, roster.everyone)):
        return tuple(answers)
    from meetingtool.rules.meeting.answers import marked_in

    return tuple(one for one in answers if not wants_privacy(_named(marked_in(one, roster), one, roster), roster))


def _praised(record: Record, roster: Roster) -> list[str]:
    """The ids of those whom thanks, a customer's words, an answer to a call or what the leader saw praise, by a mark
    or by name; empty for what is no praise."""
    match record:
        case Story(kind="praise") | HandsOn(did_well=True):
            return _named(record.people, record.text, roster)
        case Voice() if record.satisfied is not False:
            return _named(record.people, record.text, roster)
        case Contact(mood="glad"):  # its people are those who called
            return _named((), record.text, roster)
    return []


def _named(marked: Iterable[str], text: str, roster: Roster) -> list[str]:
    """The ids of those who are marked, and of those whom the words name, where somebody on the team minds."""
    if not any(map(_minds, roster.everyone)):
        return list(marked)
    from meetingtool.rules.customers.blame import NAMED  # only where somebody minds
    from meetingtool.rules.customers.names import find_names

    hits = [hit for hit in find_names([text], roster.people).hits if hit.tier in NAMED]
    return list(dict.fromkeys((*marked, *(one for hit in hits for one in (hit.person, *hit.others) if one))))
