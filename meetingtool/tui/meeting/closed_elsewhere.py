"""A meeting that somebody else closed meanwhile: who did it and when, and what was typed here for its minutes."""

from __future__ import annotations

from meetingtool.actions.desk import Desk
from meetingtool.actions.meeting import going_on
from meetingtool.records.meetings import Meeting
from meetingtool.rules import wording
from meetingtool.tui.frame.page import Page


def closing_draft(meeting: Meeting) -> str:
    """The key of what is half typed to close a meeting."""
    return f"closing-{meeting.id.lower()}"


def notes_draft(meeting: Meeting) -> str:
    """The key of notes half typed for the minutes of a closed meeting."""
    return f"notes-{meeting.id.lower()}"


def rating_draft(meeting: Meeting) -> str:
    """The key of half-typed numbers that the team gave a closed meeting."""
    return f"team-rating-{meeting.id.lower()}"


def who_closed(desk: Desk, meeting: Meeting) -> str:
    """By whom and when a meeting was closed, in a sentence. The log tells it: ServerAway."""
    found = going_on.closing_of(desk, meeting)
    at = (found.at if found is not None else meeting.closed_at or meeting.at).astimezone(desk.now.tzinfo)
    day = "" if at.date() == desk.today else f"{wording.day(at.date(), desk.today)}, "
    when = f"{day}{wording.clock(at)}"
    if found is None or found.by == desk.workspace.user:
        return f"The meeting was closed elsewhere at {when}."
    return f"{wording.one_line(found.by)} closed the meeting at {when}."


def with_theirs(typed: str, before: str, theirs: str) -> str:
    """The notes as they were typed here, with the lines that were added elsewhere since they were as `before`."""
    if typed.strip() == before.strip():
        return theirs
    known = {*before.splitlines(), *typed.splitlines()}
    return "\n".join([typed.rstrip("\n"), *(line for line in theirs.splitlines() if line not in known)])


def take_up(page: Page[None], meeting: Meeting) -> None:
    """Turn what was typed here to close a meeting that is closed into half-typed corrections of its minutes."""
    typed = page.kept_fields(closing_draft(meeting))
    if not typed:
        return
    notes = page.kept(notes_draft(meeting)) or page.desk.notes_of(meeting)[0]
    added = with_theirs(notes, "", typed.get("notes", "")) if notes.strip() else typed.get("notes", "")
    if "notes" in typed and added.strip() != notes.strip():
        page.keep(notes_draft(meeting), added)
    if typed.get("rating", "").strip():
        page.keep(rating_draft(meeting), typed["rating"])
    page.keep(closing_draft(meeting), "")


def not_saved(page: Page[None], meeting: Meeting) -> str:
    """What is half typed for the minutes of a meeting, with the keys that go on with it; empty where nothing is."""
    notes, numbers = page.kept(notes_draft(meeting)), page.kept(rating_draft(meeting))
    parts = []
    if notes and notes.strip() != page.desk.notes_of(meeting)[0].strip():
        parts.append("your notes (n)")
    if numbers and numbers.split() != [str(number) for number in meeting.team_rating]:
        parts.append("your numbers (r)")
    return f"Not saved yet: {wording.listed(parts)}" if parts else ""
