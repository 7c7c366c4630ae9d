"""One record in full, for a person to read, and how it changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from meetingtool.actions.keeping.log import kind_word
from meetingtool.actions.stories.background import background
from meetingtool.cli.printing import SIGN
from meetingtool.cli.telling import about_follow_up, names, tags
from meetingtool.errors import NotFound
from meetingtool.records.base import REF_LENGTH, Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp, Moved
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.meeting.answers import with_names
from meetingtool.rules.stories.changes import differences

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.store import Version

Fields = list[tuple[str, str]]
_BOOKKEEPING = frozenset({"version", "id", "made_at", "made_by"})


def heading(record: Record, desk: Desk) -> str:
    """`win 3F7K2Q · Tue 24 Nov, 09:03 · private`."""
    parts = [
        f"{kind_word(record)} {record.ref}",
        moment(record.at, desk.today),
        "starred" if getattr(record, "starred", False) else "",
        "private" if getattr(record, "private", False) else "",
        "in the bin" if record.removed_at else "",
    ]
    return SIGN.join(part for part in parts if part)


def moment(when: datetime, today: date) -> str:
    """`Tue 24 Nov, 09:03`; noon stands for an unknown hour and is left out."""
    at_noon = (when.hour, when.minute, when.second) == (12, 0, 0)
    return wording.day(when.date(), today) if at_noon else wording.moment(when, today)


def words_of(record: Record) -> str:
    """The words of a story or a follow-up; of other kinds nothing."""
    return record.text if isinstance(record, Story | FollowUp) else ""


def fields(record: Record, desk: Desk) -> Fields:
    """What else is known of a record, by name, with what it is tied to."""
    if isinstance(record, Story):
        return _of_story(record, desk)
    if isinstance(record, FollowUp):
        return _of_follow_up(record, desk)
    if isinstance(record, Rating):
        return _of_rating(record, desk)
    if isinstance(record, Meeting):
        return _of_meeting(record, desk)
    if isinstance(record, Person):
        return [("handle", f"@{record.handle}"), ("name", record.name), ("role", record.role)]
    if isinstance(record, Standard):
        return [("tag", f"#{record.tag}"), ("title", record.title), ("behaviour", record.behaviour)]
    if isinstance(record, Evaluation):
        return _of_evaluation(record, desk)
    return []


def _of_story(story: Story, desk: Desk) -> Fields:
    roster, behind = desk.roster, background(desk, story)
    standards = [roster.standard_of(standard) for standard in story.standards]
    promises = [(f, about_follow_up(f, roster, desk.today)) for f in behind.follow_ups]
    return [
        ("people", names(story.people, roster)),
        *(("standard", f"#{standard.tag}  {wording.one_line(standard.title)}") for standard in standards if standard),
        ("customer", story.customer),
        ("fund", wording.money(story.fund) if story.fund else ""),
        ("to sort out", ", ".join(story.unsorted)),
        ("happened", story.happened),
        ("handled", story.handled),
        ("learned", story.learned),
        ("ended", story.ended),
        ("told", _meeting(behind.meeting, desk) or "not yet told in a meeting"),
        *((follow_up.kind, f"{follow_up.ref}  {words}{SIGN}{follow_up.state}") for follow_up, words in promises),
        *(("cited in", f"rating {rating.ref}  {_rated(rating, desk)}") for rating in behind.ratings),
        *(("cited in", f"evaluation {each.ref}") for each in behind.evaluations),
    ]


def _meeting(meeting: Meeting | None, desk: Desk) -> str:
    return f"{meeting.title}, {moment(meeting.at, desk.today)}, {meeting.ref}" if meeting else ""


def _rated(rating: Rating, desk: Desk) -> str:
    value = "not seen" if rating.value is None else str(rating.value)
    day = wording.day(rating.at.date(), desk.today)
    return SIGN.join((desk.roster.short_name(rating.person), f"#{desk.roster.tag(rating.standard)}", value, day))


def _of_follow_up(follow_up: FollowUp, desk: Desk) -> Fields:
    today, behind = desk.today, background(desk, follow_up)
    due = wording.day(follow_up.due, today) if follow_up.due else "no date"
    decided = f", {wording.day(follow_up.decided_at.date(), today)}" if follow_up.decided_at else ""
    late = f" ({wording.due(follow_up.due, today)})" if follow_up.state == "open" and follow_up.due else ""
    return [
        ("state", follow_up.state + decided),
        ("due", due + late),
        *(("moved", _move(move, today)) for move in follow_up.moves),
        ("people", names(follow_up.people, desk.roster) or "nobody has taken it yet"),
        ("customer", follow_up.customer),
        ("note", follow_up.note),
        ("out of", _story(behind.story)),
        ("made in", _meeting(behind.meeting, desk)),
    ]


def _move(move: Moved, today: date) -> str:
    return f"from {_day(move.old, today)} to {_day(move.new, today)}, agreed {_day(move.moved_at.date(), today)}"


def _day(when: date | None, today: date) -> str:
    return wording.day(when, today) if when else "no date"


def _story(story: Story | None) -> str:
    return f"{story.kind} {story.ref}  {wording.shortened(story.text, 60)}" if story else ""


def _cited(story_id: str, desk: Desk) -> str:
    try:
        return _story(desk.get(Story, story_id))
    except NotFound:
        return story_id[-REF_LENGTH:]


def _of_rating(rating: Rating, desk: Desk) -> Fields:
    standard = desk.roster.standard_of(rating.standard)
    person = desk.roster.person_of(rating.person)
    anchor = standard.anchors[rating.value - 1] if standard and rating.value else ""
    return [
        ("person", person.name if person else desk.roster.short_name(rating.person)),
        ("standard", f"#{standard.tag}  {wording.one_line(standard.title)}" if standard else ""),
        ("rating", "not seen" if rating.value is None else str(rating.value)),
        ("means", anchor),
        ("note", rating.note),
        *(("rests on", _cited(story, desk)) for story in rating.stories),
    ]


def _of_meeting(meeting: Meeting, desk: Desk) -> Fields:
    roster = desk.roster

    def who(presence: str) -> str:
        return names((entry.person for entry in meeting.attendance if entry.presence == presence), roster)

    question = desk.question_of(meeting)
    return [
        ("title", meeting.title),
        ("state", meeting.state),
        ("here", who("here")),
        ("late", who("late")),
        ("absent", who("absent")),
        ("standard", tags([meeting.standard] if meeting.standard else [], roster)),
        ("question", question.text if question else ""),
        *(("answer", with_names(answer, roster)) for answer in meeting.answers),
        ("notes", with_names(meeting.notes, roster)),
        ("rated", ", ".join(map(str, meeting.team_rating))),
        *((story.kind, f"{story.ref}  {wording.shortened(story.text, 70)}") for story in desk.told_in(meeting)),
        ("next", moment(meeting.next_at, desk.today) if meeting.next_at else ""),
    ]


def _of_evaluation(evaluation: Evaluation, desk: Desk) -> Fields:
    person = desk.roster.person_of(evaluation.person)
    return [
        ("person", person.name if person else desk.roster.short_name(evaluation.person)),
        ("period", f"{_day(evaluation.since, desk.today)} to {_day(evaluation.until, desk.today)}"),
        ("state", evaluation.state),
        ("strengths", evaluation.strengths),
        ("growth", evaluation.growth),
        ("goals", evaluation.goals),
    ]


class Change(msgspec.Struct, frozen=True):
    """One version of a record: when it came, by whom, in what deed, and what became different, in words.

    code: the deed as it is kept.
    """

    version: int
    at: datetime
    by: str
    deed: str
    changed: tuple[str, ...] = ()
    code: deeds.Code = deeds.QUIET


def changes(record: Record, desk: Desk) -> list[Change]:
    """How a record came to be as it is, oldest first."""
    found: list[Change] = []
    former: Version | None = None
    for version in desk.workspace.versions(record.id):
        assert isinstance(version.record, Record)
        if former is None or former.replaced_at is None:
            found.append(Change(version.record.version, record.made_at, record.made_by, ""))
        else:
            said = _differences(former.record, version.record, desk)
            deed = deeds.words_of(former.deed)
            found.append(
                Change(version.record.version, former.replaced_at, former.replaced_by, deed, said, former.deed)
            )
        former = version
    return found


def _differences(before: msgspec.Struct, after: msgspec.Struct, desk: Desk) -> tuple[str, ...]:
    if isinstance(before, Story | FollowUp) and isinstance(after, Story | FollowUp):
        return differences(before, after, desk.roster)
    return tuple(
        field.replace("_", " ")
        for field in after.__struct_fields__
        if field not in _BOOKKEEPING and getattr(before, field) != getattr(after, field)
    )
