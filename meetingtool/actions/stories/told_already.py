"""Whether a half-typed line was recorded already: a program can end after saving it, before its draft is cleared."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from meetingtool.actions.desk import Desk
from meetingtool.actions.stories.stories import mere_pledge
from meetingtool.records.complaints import Complaint
from meetingtool.records.contacts import Contact
from meetingtool.records.followups import FollowUp, FollowUpKind
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice

WITH_LINES: tuple[type[Story | Voice | Complaint | Contact], ...] = (Story, Voice, Complaint, Contact)
LATEST_MEETING = timedelta(days=7)
"""What is recorded today may count for a meeting that began so long ago."""


def told_already(desk: Desk, kind: str, line: str) -> bool:
    """Whether a line of this kind was recorded today, as itself or as the mere promise or action that it is."""
    workspace, since = desk.workspace, desk.today - LATEST_MEETING
    if any(
        one.line == line and one.made_at.date() == desk.today
        for each in WITH_LINES
        for one in workspace.find(each, since=since)
    ):
        return True
    pledge = kind if kind in ("promise", "action") else mere_pledge(workspace, line, desk.now)
    if pledge is None:
        return False
    capture = desk.read_line(line, whole=cast("FollowUpKind", pledge))
    said = (capture.pledges[0].text, capture.pledges[0].due, capture.people, capture.customer)
    return any(
        (one.text, one.due, one.people, one.customer) == said and one.made_at.date() == desk.today
        for one in workspace.find(FollowUp, since=since, kind=pledge)
    )
