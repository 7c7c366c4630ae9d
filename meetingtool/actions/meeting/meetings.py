"""Running the weekly meeting: starting, moving through the agenda, attendance, closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import msgspec

from meetingtool.actions.reading import moment_on, roster_of, settings_of
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.meetings import Agenda, Attendance, Meeting, Presence, Segment
from meetingtool.records.people import Person
from meetingtool.records.philosophy import Statement
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.rules import areas, wording
from meetingtool.rules.days import moved
from meetingtool.rules.keeping import deeds
from meetingtool.rules.meeting import agenda, meeting_time
from meetingtool.rules.playbook.philosophy import AUDIENCE
from meetingtool.store import Workspace

LATELY = timedelta(days=400)
"""How far back a pulse is looked for; one longer ago does not make the next one due."""
RECENT = timedelta(days=800)
"""How far back the turns of standards, questions and role-plays are looked for."""


def recent_meetings(workspace: Workspace, now: datetime) -> list[Meeting]:
    """The meetings of the last two years, oldest first."""
    return workspace.find(Meeting, since=(now - RECENT).date())


def agenda_of(workspace: Workspace) -> Agenda:
    """The agenda that the settings name, else the first; NotFound when there is none."""
    agendas = workspace.find(Agenda)
    if not agendas:
        raise NotFound("There is no agenda.", "Bring one back with `undo`, or set up a new workspace.")
    wanted = settings_of(workspace).agenda
    return next((a for a in agendas if a.name == wanted), agendas[0])


def coming_segments(workspace: Workspace, past: Sequence[Meeting], day: date) -> tuple[Segment, ...]:
    """The segments of a meeting on a day: without those skipped once, with the pulse when it is due."""
    segments = agenda.next_segments(agenda_of(workspace).segments, past)
    settings = settings_of(workspace)
    if areas.PULSE in settings.off:
        return segments
    from meetingtool.records.pulse import PulseRound  # few teams take the pulse
    from meetingtool.rules.people import pulse

    rounds = workspace.find(PulseRound, since=day - LATELY)
    return pulse.with_pulse(segments) if pulse.is_due(rounds, settings.pulse_weeks, day) else segments


def open_meeting(workspace: Workspace, now: datetime) -> Meeting | None:
    """The meeting that runs or is suspended, if any: the latest one."""
    found = [m for m in recent_meetings(workspace, now) if m.state != "closed"]
    return found[-1] if found else None


def held_on(workspace: Workspace, day: date, now: datetime) -> str:
    """What to say before another meeting is started for a day that had one; empty where it had none."""
    hours = [wording.clock(meeting.at) for meeting in recent_meetings(workspace, now) if meeting.at.date() == day]
    return f"A meeting was held on {wording.day(day, now.date())} already, at {wording.listed(hours)}." if hours else ""


def next_question(workspace: Workspace, past: Sequence[Meeting], today: date) -> Question | None:
    """The question that the next meeting asks; past: the meetings so far."""
    questions = workspace.find(Question)
    if areas.PHILOSOPHY in settings_of(workspace).off:
        questions = [question for question in questions if question.audience != AUDIENCE]
    return agenda.question_of_the_week(questions, past, workspace.find(Statement), today)


def start_meeting(workspace: Workspace, now: datetime, *, on: date | None = None, clock: str = "") -> Meeting:
    """Start the weekly meeting with its clock running in the first segment.

    What was chosen for the week (a standard, a question, a role-play) is used up only by a meeting with a segment for
    it. on: the day for which it counts, today when left out; clock: its hour as "HH:MM", the team's usual one when left
    out (a meeting written up later starts with its clock stopped).
    Refused while another meeting is open.
    """
    with workspace.batch(deeds.STARTED_MEETING, now):
        running = open_meeting(workspace, now)
        if running is not None:
            raise Refused(
                f"The meeting of {wording.day(running.at.date(), now.date())} is still open.",
                "Go on with it, or close it first.",
            )
        when = _begin(workspace, on, clock, now)
        roster = roster_of(workspace, when.date())
        past = recent_meetings(workspace, when)
        segments = coming_segments(workspace, past, when.date())
        topics = {segment.topic for segment in segments}
        standard = agenda.standard_of_the_week(roster.standards, past) if "standard" in topics else None
        question = next_question(workspace, past, when.date()) if "question" in topics else None
        scenario = agenda.scenario_of_the_week(workspace.find(Scenario), past) if "role-play" in topics else None
        meeting = Meeting(
            id=mint(now),
            at=when,
            made_at=now,
            made_by=workspace.user,
            title=settings_of(workspace).meeting_title,
            segments=segments,
            segment_since=when if when == now else None,
            spent=(0,) * len(segments),
            attendance=tuple(Attendance(person.id, "here") for person in roster.people),
            standard=standard.id if standard else None,
            question=question.id if question else None,
            scenario=scenario.id if scenario else None,
        )
        workspace.save(meeting, deed=deeds.STARTED_MEETING, now=now)
        return meeting


def _begin(workspace: Workspace, on: date | None, clock: str, now: datetime) -> datetime:
    """When a meeting began: now, or at its hour of the day for which it is written up. Refused for what is to come."""
    if not clock and (on is None or on == now.date()):
        return now
    day = moment_on(on, now).date()
    begun = datetime.combine(day, time.fromisoformat(clock or settings_of(workspace).clock), tzinfo=now.tzinfo)
    if begun > now:
        raise Refused(f"{wording.clock(begun)} has not come yet.", "Give the hour at which it began, or leave it out.")
    return begun


def last_meeting(workspace: Workspace, now: datetime) -> Meeting | None:
    """The meeting that is open, else the one that was begun last, even for an earlier day; None before the first."""
    return open_meeting(workspace, now) or max(
        workspace.find(Meeting), key=lambda meeting: (meeting.made_at, meeting.id), default=None
    )


def _save(workspace: Workspace, meeting: Meeting, deed: deeds.Code, now: datetime) -> Meeting:
    changed = msgspec.structs.replace(meeting, version=meeting.version + 1)
    workspace.save(changed, deed=deed, now=now)
    return changed


def _running(meeting: Meeting) -> None:
    if meeting.state == "closed":
        raise Refused("This meeting is closed.", "Its notes can still be corrected.")


def go_to_segment(workspace: Workspace, meeting: Meeting, index: int, now: datetime) -> Meeting:
    """Let the clock run in another segment from now on."""
    _running(meeting)
    if not 0 <= index < len(meeting.segments):
        raise Refused("The agenda has no such segment.", f"It has {len(meeting.segments)}.")
    moved = meeting_time.moved_to(meeting, index, now)
    return _save(workspace, msgspec.structs.replace(moved, state="running"), deeds.QUIET, now)


def pause(workspace: Workspace, meeting: Meeting, now: datetime) -> Meeting:
    """Stop the clock; the meeting stays open."""
    _running(meeting)
    return _save(workspace, meeting_time.stopped(meeting, now), deeds.QUIET, now)


def resume(workspace: Workspace, meeting: Meeting, now: datetime) -> Meeting:
    """Restart the clock in the segment where it stopped."""
    _running(meeting)
    moved = meeting_time.moved_to(meeting, meeting.segment, now)
    return _save(workspace, msgspec.structs.replace(moved, state="running"), deeds.QUIET, now)


def suspend(workspace: Workspace, meeting: Meeting, now: datetime) -> Meeting:
    """Suspend an open meeting, to resume it later."""
    _running(meeting)
    aside = msgspec.structs.replace(meeting_time.stopped(meeting, now), state="suspended")
    return _save(workspace, aside, deeds.QUIET, now)


def give_time(workspace: Workspace, meeting: Meeting, seconds: int, now: datetime) -> Meeting:
    """Give the running segment more time, or take some away; a segment keeps at least 30 seconds."""
    _running(meeting)
    segments = list(meeting.segments)
    longer = max(30, segments[meeting.segment].seconds + seconds)
    segments[meeting.segment] = msgspec.structs.replace(segments[meeting.segment], seconds=longer)
    return _save(workspace, msgspec.structs.replace(meeting, segments=tuple(segments)), deeds.QUIET, now)


def set_presence(workspace: Workspace, meeting: Meeting, person: str, presence: Presence, now: datetime) -> Meeting:
    """Note that a person (by id) is here, late or absent."""
    others = [entry for entry in meeting.attendance if entry.person != person]
    at = next((i for i, entry in enumerate(meeting.attendance) if entry.person == person), len(others))
    others.insert(at, Attendance(person, presence))
    deed = deeds.MEETING_CORRECTED if meeting.state == "closed" else deeds.PRESENCE
    with workspace.batch(deed, now):
        changed = _save(workspace, msgspec.structs.replace(meeting, attendance=tuple(others)), deed, now)
        return _trained(workspace, changed, now)


def welcome(workspace: Workspace, person: Person, now: datetime) -> None:
    """Put somebody new to the team on the list of the meeting open today, as here."""
    meeting = open_meeting(workspace, now)
    if meeting is not None and meeting.at.date() == now.date() and person.on_team(now.date()):
        set_presence(workspace, meeting, person.id, "here", now)


def write_notes(workspace: Workspace, meeting: Meeting, notes: str, now: datetime) -> Meeting:
    """Replace the meeting's notes."""
    changed = msgspec.structs.replace(meeting, notes=wording.storable(notes).strip())
    return _save(workspace, changed, _noting(meeting), now)


def write_answer(workspace: Workspace, meeting: Meeting, answer: str, now: datetime) -> Meeting:
    """Write down an answer of the team to the question of the week. Refused when blank."""
    return write_answers(workspace, meeting, [answer], now)


def write_answers(workspace: Workspace, meeting: Meeting, answers: Sequence[str], now: datetime) -> Meeting:
    """Write down several answers at once. Refused when there is none, or one is blank."""
    texts = [wording.storable(answer).strip() for answer in answers]
    if not all(texts) or not texts:
        raise Refused("The answer is empty.", "Write down what was said.")
    changed = msgspec.structs.replace(meeting, answers=(*meeting.answers, *texts))
    return _save(workspace, changed, _noting(meeting), now)


def _noting(meeting: Meeting) -> deeds.Code:
    return deeds.MEETING_CORRECTED if meeting.state == "closed" else deeds.MEETING_NOTED


def checked_ratings(ratings: Sequence[int]) -> tuple[int, ...]:
    """The team's ratings of a meeting. Refused unless each is 1 to 10."""
    for rating in ratings:
        if not 1 <= rating <= 10:
            raise Refused(
                f"{rating} isn't a rating of a meeting.", "The team rates it from 1 to 10, each with a number."
            )
    return tuple(ratings)


def close_meeting(
    workspace: Workspace,
    meeting: Meeting,
    now: datetime,
    *,
    team_rating: Sequence[int] = (),
    notes: str | None = None,
    next_at: datetime | None = None,
    ended: datetime | None = None,
) -> Meeting:
    """Stop the clock and close the meeting, with what the team thought of it and when the next one is.

    ended: when it ended, now when left out. Refused for a next one that is past, for an end before its beginning or
    still to come, and without an end where the clock was forgotten and ran on for days.
    """
    _running(meeting)
    _to_come(next_at, now)
    closed = msgspec.structs.replace(
        meeting_time.stopped(meeting, ended or now),
        state="closed",
        closed_at=_end(meeting, ended, now),
        team_rating=checked_ratings(team_rating) or meeting.team_rating,
        notes=meeting.notes if notes is None else wording.storable(notes).strip(),
        next_at=next_at,
    )
    with workspace.batch(deeds.CLOSED_MEETING, now):
        return _trained(workspace, _save(workspace, closed, deeds.CLOSED_MEETING, now), now)


def _trained(workspace: Workspace, meeting: Meeting, now: datetime) -> Meeting:
    """Record a closed meeting that played a role-play of a course as a session of it, with who was there."""
    if meeting.state == "closed" and meeting.scenario is not None:
        from meetingtool.actions.playbook.played import record_played  # few meetings play

        record_played(workspace, meeting, now)
    return meeting


def _to_come(next_at: datetime | None, now: datetime) -> None:
    if next_at is not None and next_at < now:
        when = f"{wording.day(next_at.date(), now.date())}, {wording.clock(next_at)}"
        raise Refused(f"The next meeting can't be on {when}: that is in the past.", "Give a future date.")


def _end(meeting: Meeting, ended: datetime | None, now: datetime) -> datetime:
    """The end of a meeting as it can be."""
    begun = f"{wording.day(meeting.at.date(), now.date())}, {wording.clock(meeting.at)}"
    if ended is None:
        if not meeting_time.forgotten(meeting, now):
            return now
        raise Refused(
            f"The clock of the meeting of {begun} was never stopped.",
            f"Say when it ended (--ended in the shell), such as {wording.clock(meeting_time.planned_end(meeting))}.",
        )
    if not meeting.at <= ended <= now:
        when = f"{wording.day(ended.date(), now.date())}, {wording.clock(ended)}"
        why = "that is still to come" if ended > now else f"it began on {begun}"
        hint = "Give the time when everybody left."
        if ended < meeting.at and meeting.made_at.date() != meeting.at.date():
            hint += " If it began earlier, undo its start and start it again with its day and hour."
        raise Refused(f"The meeting can't have ended on {when}: {why}.", hint)
    return ended


def move_next(workspace: Workspace, now: datetime, next_at: datetime | None) -> datetime:
    """Move the next meeting, as for a holiday; None goes back to the usual day and hour.

    It replaces what the last meeting agreed, whose minutes say so. Refused for what is past, and while a meeting is
    open.
    """
    _to_come(next_at, now)
    if open_meeting(workspace, now) is not None:
        raise Refused("A meeting is open.", "Say when the next one is when you close it.")
    held = recent_meetings(workspace, now)
    if not held:
        settings = settings_of(workspace)
        if settings.first_at != next_at:
            settings = msgspec.structs.replace(settings, version=settings.version + 1, first_at=next_at)
            workspace.save(settings, deed=deeds.MEETING_MOVED, now=now)
        return agenda.next_meeting_at(settings, now, ())
    last = max(held, key=lambda meeting: meeting.at)
    if last.next_at != next_at:
        last = _save(workspace, msgspec.structs.replace(last, next_at=next_at), deeds.MEETING_MOVED, now)
    return agenda.next_meeting_at(settings_of(workspace), now, [last])


def keep_usual(workspace: Workspace, before: Settings, now: datetime) -> None:
    """Let the next meeting follow the team's changed day and hour, if it was agreed for the usual ones. It stays in its
    week if that is still to come. before: the settings until then.
    """
    held = recent_meetings(workspace, now)
    agreed = max(held, key=lambda meeting: meeting.at).next_at if held else before.first_at
    if agreed is None or agreed < now or open_meeting(workspace, now) is not None:
        return
    if agenda.usual_slot(before, agreed.date(), agreed.tzinfo) == agreed:
        settings, monday = settings_of(workspace), agreed.date() - timedelta(days=agreed.weekday())
        slot = agenda.usual_slot(settings, max(monday, now.date()), agreed.tzinfo)
        if slot < now or any(meeting.at.date() == slot.date() for meeting in held):
            slot = agenda.usual_slot(settings, slot.date() + timedelta(days=1), agreed.tzinfo)
        move_next(workspace, now, slot)


def skip_next(workspace: Workspace, now: datetime) -> datetime:
    """Leave the next meeting out: the one after it, at the usual day and hour, is the next one now."""
    settings = settings_of(workspace)
    left_out = agenda.next_meeting_at(settings, now, recent_meetings(workspace, now))
    return move_next(workspace, now, agenda.usual_slot(settings, left_out.date() + timedelta(days=1), now.tzinfo))


def correct(workspace: Workspace, meeting: Meeting, now: datetime, *, team_rating: Sequence[int]) -> Meeting:
    """Change how the team rated a meeting, also after it was closed."""
    changed = msgspec.structs.replace(meeting, team_rating=checked_ratings(team_rating))
    if changed == meeting:
        return meeting
    return _save(workspace, changed, _noting(meeting), now)


def write_up(
    workspace: Workspace,
    at: datetime,
    now: datetime,
    *,
    segments: tuple[Segment, ...],
    attendance: tuple[Attendance, ...],
    standard: str | None,
    question: str | None,
    answers: tuple[str, ...] = (),
    notes: str = "",
    team_rating: Sequence[int] = (),
) -> Meeting:
    """Record a meeting that was held and closed before, as from paper minutes."""
    meeting = Meeting(
        id=mint(now),
        at=at,
        made_at=now,
        made_by=workspace.user,
        title=settings_of(workspace).meeting_title,
        segments=segments,
        state="closed",
        segment=len(segments) - 1,
        spent=tuple(segment.seconds for segment in segments),
        attendance=attendance,
        standard=standard,
        question=question,
        answers=tuple(wording.storable(answer) for answer in answers),
        notes=wording.storable(notes).strip(),
        team_rating=checked_ratings(team_rating),
        closed_at=moved(at, timedelta(seconds=sum(segment.seconds for segment in segments))),
    )
    workspace.save(meeting, deed=deeds.CLOSED_MEETING, now=now)
    return meeting


def told_in(workspace: Workspace, meeting: Meeting) -> list[Story]:
    """The stories told in a meeting, in the order of their recording."""
    around = timedelta(days=400)
    day = meeting.at.date()
    found = workspace.find(Story, since=moved(day, -around), until=moved(day, around), meeting=meeting.id)
    return sorted(found, key=lambda story: story.id)


def to_consider(told: Sequence[Story], meeting: Meeting) -> list[Story]:
    """Which of the stories told in a meeting the private pass to ratings still has to go through.

    A story that credits nobody gives no rating, so it never waits.
    """
    return [story for story in told if story.people and story.id not in meeting.considered]


def skipped(workspace: Workspace, told: Sequence[Story], meeting: Meeting) -> list[Story]:
    """Which of them the pass went through without a rating that rests on them: they can be taken up again."""
    around = timedelta(days=400)
    day = meeting.at.date()
    ratings = workspace.find(Rating, since=day - around, until=day + around)
    rated = {story for rating in ratings for story in rating.stories}
    return [story for story in told if story.people and story.id in meeting.considered and story.id not in rated]


def considered(workspace: Workspace, meeting: Meeting, story_id: str, now: datetime) -> Meeting:
    """Note that the private pass from stories to ratings is done with a story."""
    if story_id in meeting.considered:
        return meeting
    changed = msgspec.structs.replace(meeting, considered=(*meeting.considered, story_id))
    return _save(workspace, changed, deeds.QUIET, now)
