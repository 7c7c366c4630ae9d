"""A role-play that a meeting played is a session of the courses that it belongs to."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.playbook.courses import courses_of
from meetingtool.records.base import mint
from meetingtool.records.meetings import Meeting
from meetingtool.records.training import Part, Session
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

SHORTEST = 60
"""A part that took fewer seconds was only opened and left, and nothing was played."""


def record_played(workspace: Workspace, meeting: Meeting, now: datetime) -> list[Session]:
    """Record, or bring in line with the attendance, what a closed meeting played; nothing where the part was
    skipped, or left within `SHORTEST`.

    Whoever was here or late has done it. Only courses of role-plays that are in use take part.
    """
    seconds = _played(meeting)
    if seconds < SHORTEST or not meeting.attendance:
        return []
    day = meeting.at.date()
    known = {s.course: s for s in workspace.find(Session, since=day, until=day, meeting=meeting.id)}
    saved = []
    for course in courses_of(workspace):
        in_use = course.kind == "role-play" and (course.retired is None or day < course.retired)
        if not in_use or meeting.scenario not in course.scenarios:
            continue
        people = tuple(
            Part(entry.person, "absent" if entry.presence == "absent" else "done") for entry in meeting.attendance
        )
        before = known.get(course.id)
        if before is not None and before.people == people:
            continue
        if before is not None:
            session = msgspec.structs.replace(before, version=before.version + 1, people=people)
        else:
            session = Session(
                id=mint(now),
                at=meeting.at,
                made_at=now,
                made_by=workspace.user,
                course=course.id,
                title=course.title,
                people=people,
                minutes=max(round(seconds / 60), 1),
                scenario=meeting.scenario,
                meeting=meeting.id,
            )
        workspace.save(session, deed=deeds.TRAINED, now=now)
        saved.append(session)
    return saved


def _played(meeting: Meeting) -> int:
    """Seconds that the part with the role-play took."""
    return sum(
        spent for segment, spent in zip(meeting.segments, meeting.spent, strict=False) if segment.topic == "role-play"
    )
