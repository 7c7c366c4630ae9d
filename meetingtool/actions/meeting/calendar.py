"""What goes into a manager's own calendar: the next meeting, promises and actions, and trainings that are due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from meetingtool.actions.desk import YEAR
from meetingtool.actions.playbook.courses import courses_of
from meetingtool.actions.playbook.training import all_dues
from meetingtool.documents.formats.ics import Event, calendar_bytes
from meetingtool.documents.formats.writing import file_name, write_whole
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk


LATELY = timedelta(days=90)
"""For how long entries that were settled are still cancelled in the calendars that have them."""

OFF = "No longer due"
"""The only words for something that is settled: it may have become private since."""


def events(desk: Desk, *, trainings: bool = True) -> list[Event]:
    """The events from today on, in their order; what is overdue is on its own day. Nothing private except trainings."""
    return [event for event in _all_events(desk, trainings=trainings) if not event.off]


def _all_events(desk: Desk, *, trainings: bool) -> list[Event]:
    """The events, and those that were settled lately."""
    with_trainings = trainings and not desk.room
    found = [_meeting(desk), *_follow_ups(desk), *_settled(desk), *(_trainings(desk) if with_trainings else ())]
    return sorted(found, key=lambda event: (_day(event), event.key))


def _day(event: Event) -> date:
    return event.at.date() if isinstance(event.at, datetime) else event.at


def _meeting(desk: Desk) -> Event:
    """The next meeting. It is identified by the one before it, in which its date was agreed; the settings have its
    hour, its title and the team's name."""
    held = [meeting for meeting in desk.meetings() if meeting.state == "closed"]
    last = held[-1] if held else desk.settings
    seconds = sum(segment.seconds for segment in desk.next_segments())
    title = f"{wording.one_line(desk.settings.meeting_title)} · {wording.one_line(desk.settings.team)}"
    return Event(
        key=f"after-{last.id}",
        change=desk.settings.version + (held[-1].version if held else 0),
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


def _settled(desk: Desk) -> list[Event]:
    """Promises and actions that were due once and were kept, missed, dropped, binned or made private lately."""
    shown = {follow_up.id for follow_up in desk.open_follow_ups() if follow_up.due is not None}
    since = desk.today - LATELY
    return [
        Event(key=follow_up.id, change=follow_up.version, at=follow_up.due or follow_up.at.date(), title=OFF, off=True)
        for follow_up in desk.workspace.find(FollowUp, since=desk.today - 2 * YEAR, removed=None)
        if (follow_up.private or follow_up.id not in shown) and _changed_on(follow_up, desk) >= since
        if (follow_up.due is not None or follow_up.moves) and _was_public(desk, follow_up)
    ]


def _was_public(desk: Desk, follow_up: FollowUp) -> bool:
    """Whether it may be in a calendar: what was always private was never written there."""
    versions = (version.record for version in desk.workspace.versions(follow_up.id)) if follow_up.private else ()
    return not follow_up.private or any(isinstance(r, FollowUp) and not r.private for r in versions)


def _changed_on(follow_up: FollowUp, desk: Desk) -> date:
    """The day on which it was settled; today, where it is open and no longer shown."""
    settled = follow_up.removed_at or follow_up.decided_at
    return settled.date() if settled is not None else desk.today


def _trainings(desk: Desk) -> list[Event]:
    """By person and course, what is open or else what was settled lately: one entry, whatever its date."""
    courses = {course.id: course for course in courses_of(desk.workspace)}
    found = []
    for (course, person), dues in all_dues(desk.workspace, desk.roster.people).items():
        due = next((due for due in dues if due.open), dues[-1])
        if due.open or max(due.due, due.done or due.due) >= desk.today - LATELY:
            found.append(
                Event(
                    key=f"{course}-{person}",
                    change=len(dues) - 1 + sum(due.moves for due in dues) + (not due.open),
                    at=due.due,
                    title=f"Training: {wording.one_line(courses[course].title)}" if due.open else OFF,
                    about=desk.roster.full_name(person) if due.open else "",
                    off=not due.open,
                )
            )
    return found


def calendar_of(desk: Desk, *, trainings: bool = True, before: str = "") -> tuple[bytes, int]:
    """A calendar file, and how many events it has.

    before: the file that it replaces; what it had and was settled lately is cancelled.
    """
    found = [e for e in _all_events(desk, trainings=trainings) if not e.off or f"UID:{e.key}@" in before]
    return calendar_bytes(found, desk.now), sum(not event.off for event in found)


def write_calendar(desk: Desk, to: Path, *, trainings: bool = True, force: bool = False) -> tuple[Path, int]:
    """Write the calendar file; where it stands, and how many events it has.

    Refused where a file is there already (unless `force`), for the name of another kind of file, and where there is no
    such folder.
    """
    path = to.expanduser()
    if path.suffix.lower() not in ("", ".ics"):
        raise Refused(f"A calendar file doesn't end in {path.suffix}.", f"Call it {path.stem}.ics.")
    if not path.parent.is_dir():
        raise Refused(
            f"There is no folder {wording.one_line(str(path.parent))}.", "Make it first, or give another file."
        )
    name = path.name if path.suffix else file_name(path.name, ".ics")
    whole = path.parent / name
    before = whole.read_bytes().decode(errors="replace") if whole.is_file() else ""
    made, number = calendar_of(desk, trainings=trainings, before=before)
    (written,) = write_whole(path.parent, {name: made}, force=force)
    return written, number
