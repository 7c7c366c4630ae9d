"""What the next meeting brings: when it is, whose turn it is, and who has not been heard from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

import msgspec

from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting, Segment, Topic
from meetingtool.records.people import Person
from meetingtool.records.philosophy import Statement
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.rules.days import moved
from meetingtool.rules.playbook.philosophy import come_first, taking_turns

QUIET_DAYS = 14
"""From this many days without a story on, a person counts as not heard from lately."""

SOON_DAYS = 7
"""A follow-up due within this many days is shown as due."""


class Quiet(msgspec.Struct, frozen=True):
    """Somebody not heard from lately: days since the last story that credits them, or since they can be expected."""

    person: Person
    days: int


def next_meeting_at(settings: Settings, now: datetime, meetings: Iterable[Meeting]) -> datetime:
    """The start of the next weekly meeting, in the time zone of `now`.

    Today's slot counts until a meeting of today has been closed. What the last closed meeting agreed comes first, or,
    before any was held, what the settings say of the first one.
    """
    held = [meeting for meeting in meetings if meeting.state == "closed"]
    agreed = max(held, key=lambda meeting: meeting.at).next_at if held else settings.first_at
    if agreed is not None and agreed.date() >= now.date():
        return agreed
    today = now.date()
    return usual_slot(settings, today + timedelta(days=any(meeting.at.date() == today for meeting in held)), now.tzinfo)


def usual_slot(settings: Settings, since: date, zone: tzinfo | None) -> datetime:
    """The team's usual day and hour, on `since` or after it."""
    day = since + timedelta(days=(settings.weekday - since.weekday()) % 7)
    return datetime.combine(day, time.fromisoformat(settings.clock), tzinfo=zone)


def agreed_for(meeting: Meeting, meetings: Iterable[Meeting]) -> datetime | None:
    """When the meeting was to begin, as the one before it agreed; None where nothing was agreed.

    A meeting written up on a later day began at no known time.
    """
    if meeting.made_at.date() != meeting.at.date():
        return None
    before = [each for each in meetings if each.state == "closed" and each.at < meeting.at and each.id != meeting.id]
    return max(before, key=lambda each: each.at).next_at if before else None


def _least_recent(candidates: Sequence[str], used: Iterable[tuple[datetime, str | None]]) -> str | None:
    """The candidate never used, in the order given; else the one used longest ago."""
    last: dict[str, datetime] = {}
    for when, name in used:
        if name is not None and (name not in last or last[name] < when):
            last[name] = when
    fresh = [name for name in candidates if name not in last]
    if fresh:
        return fresh[0]
    return min(candidates, key=lambda name: last[name], default=None)


def is_skipped(segment: Segment, meetings: Iterable[Meeting]) -> bool:
    """Whether the next meeting goes without a segment: it was skipped, and no meeting was started since."""
    skipped_at = segment.skipped_at
    return skipped_at is not None and not any(meeting.made_at > skipped_at for meeting in meetings)


def next_segments(segments: Iterable[Segment], meetings: Sequence[Meeting]) -> tuple[Segment, ...]:
    """The segments of the next meeting as it will hold them: without those skipped once."""
    return tuple(
        msgspec.structs.replace(segment, skipped_at=None) for segment in segments if not is_skipped(segment, meetings)
    )


TOLD_UNDER: Mapping[str, Topic] = {"win": "wins", "sticky": "stickies", "praise": "thanks"}
"""The segment in which each kind of story is told."""


def not_reached(meeting: Meeting, told: Iterable[Story]) -> tuple[Segment, ...]:
    """The segments that a closed meeting did not get to, where its clock ran at all.

    told: the stories told in it. What was told or answered was reached, whatever the clock says; where something was
    told elsewhere though nobody moved the clock on, the clock says nothing about the rest. Private stories show nothing
    here, since agendas and minutes are read by the team.
    """
    if meeting.state != "closed" or not any(meeting.spent):
        return ()
    topics = {TOLD_UNDER[story.kind] for story in told if not story.private}
    if meeting.answers:
        topics.add("question")
    if not _moved_on(meeting) and topics - {meeting.segments[meeting.segment].topic}:
        return ()
    return tuple(
        segment
        for index, (segment, spent) in enumerate(zip(meeting.segments, meeting.spent, strict=False))
        if not spent and index != meeting.segment and segment.topic not in topics
    )


def _moved_on(meeting: Meeting) -> bool:
    """Whether anybody led the meeting by its clock, from one segment to another."""
    return sum(spent > 0 for spent in meeting.spent) > 1


def came_to(meeting: Meeting, topic: str) -> bool:
    """Whether a meeting got to what was chosen for a topic; if not, it is chosen again for the next one. A clock that
    never moved on says nothing.
    """
    if not _moved_on(meeting):
        return True
    return all(segment.topic != topic for segment in not_reached(meeting, ()))


def standard_of_the_week(standards: Sequence[Standard], meetings: Iterable[Meeting]) -> Standard | None:
    """Each standard in turn, skipping none: the one whose turn was longest ago."""
    had = (m for m in meetings if came_to(m, "standard"))
    chosen = _least_recent([s.id for s in standards], ((m.at, m.standard) for m in had))
    return next((standard for standard in standards if standard.id == chosen), None)


def question_of_the_week(
    questions: Sequence[Question],
    meetings: Iterable[Meeting],
    statements: Sequence[Statement] = (),
    today: date = date.min,
) -> Question | None:
    """The question asked longest ago or never, taking the audiences in turn; those of the philosophy that come first
    before all others. today: until when sentences to be read again count."""
    had = [m for m in meetings if m.answers or came_to(m, "question")]
    in_order = sorted(questions, key=lambda question: question.order)
    first = come_first(in_order, had, statements, today)
    seen: dict[str, int] = {}
    ranked = []
    for question in first or taking_turns(in_order, statements):
        rank = seen[question.audience] = seen.get(question.audience, -1) + 1
        ranked.append((rank, list(seen).index(question.audience), question.id))
    order = [question_id for *_, question_id in sorted(ranked)]
    chosen = _least_recent(order, ((m.at, m.question) for m in had))
    return next((question for question in questions if question.id == chosen), None)


def scenario_of_the_week(scenarios: Sequence[Scenario], meetings: Iterable[Meeting]) -> Scenario | None:
    """The role-play played longest ago or never, in order."""
    in_use = [scenario for scenario in scenarios if scenario.retired is None]
    order = [scenario.id for scenario in sorted(in_use, key=lambda scenario: scenario.order)]
    chosen = _least_recent(order, ((m.at, m.scenario) for m in meetings if came_to(m, "role-play")))
    return next((scenario for scenario in scenarios if scenario.id == chosen), None)


def not_heard_from(people: Iterable[Person], stories: Iterable[Story], since: date | None, today: date) -> list[Quiet]:
    """Who of `people` has had no story for `QUIET_DAYS` days, the longest silence first.

    Someone without any story counts from their start date, from the day they were put on the team here, or from
    `since` (the first day that anything was told), whichever is latest. Before anything was told nobody can be called
    quiet.
    """
    if since is None:
        return []
    last: dict[str, date] = {}
    for story in stories:
        day = story.at.date()
        for person_id in story.people:
            if person_id not in last or last[person_id] < day:
                last[person_id] = day
    quiet = []
    for person in people:
        expected = max(person.started or since, person.at.date(), since)
        days = (today - last.get(person.id, expected)).days
        if days >= QUIET_DAYS:
            quiet.append(Quiet(person, days))
    return sorted(quiet, key=lambda entry: (-entry.days, entry.person.name))


def needing_attention(follow_ups: Iterable[FollowUp], today: date) -> list[FollowUp]:
    """The open follow-ups overdue or due within `SOON_DAYS` days, the most overdue first; promises first on a day."""
    horizon = moved(today, timedelta(days=SOON_DAYS))
    found = [f for f in follow_ups if f.state == "open" and f.due is not None and f.due <= horizon]
    return sorted(found, key=lambda f: (f.due or date.max, f.kind != "promise", f.id))


def in_turn(people: Iterable[Person], stories: Iterable[Story], today: date) -> list[Person]:
    """A fair order for telling: who has been silent longest comes first."""
    last: dict[str, datetime] = {}
    for story in stories:
        for person_id in story.people:
            if person_id not in last or last[person_id] < story.at:
                last[person_id] = story.at
    return sorted(
        (person for person in people if person.on_team(today)),
        key=lambda person: (person.id in last, last[person.id].timestamp() if person.id in last else 0.0, person.name),
    )


class Turn(msgspec.Struct, frozen=True):
    """Whose turn it is to tell something: days since the last story that credits them, None for none lately."""

    person: Person
    days: int | None


def turns(people: Iterable[Person], stories: Sequence[Story], meeting: Meeting, today: date) -> list[Turn]:
    """Who of those present has told nothing in this meeting yet, the longest silence first."""
    present = {entry.person for entry in meeting.attendance if entry.presence != "absent"}
    told = {person for story in stories if story.meeting == meeting.id for person in story.people}
    last: dict[str, date] = {}
    for story in stories:
        for person_id in story.people:
            last[person_id] = max(last.get(person_id, date.min), story.at.date())
    waiting = [person for person in people if person.id in present - told]
    return [
        Turn(person, (today - last[person.id]).days if person.id in last else None)
        for person in in_turn(waiting, stories, today)
    ]
