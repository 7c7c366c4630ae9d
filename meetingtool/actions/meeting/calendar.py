"""What a manager's own calendar is to know: the next meeting, promises and actions, and trainings that are due."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from meetingtool.actions.playbook.courses import courses_of
from meetingtool.actions.playbook.training import all_dues
from meetingtool.documents.formats.ics import Event, calendar_bytes
from meetingtool.documents.formats.writing import file_name, write_whole
from meetingtool.rules import wording

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk


def events(desk: Desk, *, trainings: bool = True) -> list[Event]:
    """The events from today on, in their order; what is overdue stands on its day. Nothing private but trainings."""
    found = [_meeting(desk), *_follow_ups(desk), *(_trainings(desk) if trainings and not desk.room else ())]
    return sorted(found, key=lambda event: (_day(event), event.key))


def _day(event: Event) -> date:
    return event.at.date() if isinstance(event.at, datetime) else event.at


def _meeting(desk: Desk) -> Event:
    """The next meeting. It is told by the one before it, in which its date was agreed."""
    held = [meeting for meeting in desk.meetings() if meeting.state == "closed"]
    last = held[-1] if held else desk.settings
    seconds = sum(segment.seconds for segment in desk.next_segments())
    title = f"{wording.one_line(desk.settings.meeting_title)} · {wording.one_line(desk.settings.team)}"
    return Event(
        key=f"after-{last.id}",
        change=last.version,
        at=desk.next_meeting_at(),
        title=title,
        minutes=max(round(seconds / 60), 5),
    )


def _follow_ups(desk: Desk) -> list[Event]:
    return [
        Event(
            key=follow_up.id,
            change=follow_up.version,
            at=follow_up.due,
            title=f"{follow_up.kind.capitalize()}: {wording.shortened(follow_up.text, 120)}",
            about=" · ".join(filter(None, (wording.one_line(follow_up.customer), desk.roster.names(follow_up.people)))),
        )
        for follow_up in desk.open_follow_ups()
        if follow_up.due is not None and not follow_up.private
    ]


def _trainings(desk: Desk) -> list[Event]:
    """What is open, by person and course; it keeps its key when another date is agreed."""
    courses = {course.id: course for course in courses_of(desk.workspace)}
    return [
        Event(
            key=f"{due.course}-{due.person}-{due.first:%Y%m%d}",
            change=due.moves,
            at=due.due,
            title=f"Training: {wording.one_line(courses[due.course].title)}",
            about=desk.roster.full_name(due.person),
        )
        for dues in all_dues(desk.workspace, desk.roster.people).values()
        for due in dues
        if due.open
    ]


def write_calendar(desk: Desk, to: Path, *, trainings: bool = True, force: bool = False) -> tuple[Path, int]:
    """Write the calendar file; where it stands, and how many events it has.

    Refused where a file is there already, but by force.
    """
    found = events(desk, trainings=trainings)
    path = to.expanduser()
    name = path.name if path.suffix else file_name(path.name, ".ics")
    (written,) = write_whole(path.parent, {name: calendar_bytes(found, desk.now)}, force=force)
    return written, len(found)
