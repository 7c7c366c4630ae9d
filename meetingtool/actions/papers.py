"""The agenda and the minutes as papers, made from what may be seen now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from meetingtool.actions.desk import YEAR, Desk
from meetingtool.actions.meetings import told_in
from meetingtool.documents import agenda as agenda_document
from meetingtool.documents import minutes as minutes_document
from meetingtool.documents.paper import Paper
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules import agenda, wording

MADE_BEFORE = timedelta(days=800)
"""How long before a meeting a promise may have been made that is looked at in it."""


def agenda_paper(desk: Desk, *, on: date | None = None, private: bool = False) -> Paper:
    """The agenda of the next meeting, or of one on the day `on`. Refused for a day that is past; InRoom."""
    if private:
        desk.require_private("The manager's agenda")
    at = desk.next_meeting_at()
    if on is not None and on != at.date():
        if on < desk.today:
            raise Refused(f"{wording.day(on, desk.today)} is past.", "Minutes tell what happened; give a day to come.")
        at = datetime.combine(on, time.fromisoformat(desk.settings.clock), tzinfo=at.tzinfo)
    held, roster = desk.meetings(), desk.roster
    closed = [meeting for meeting in held if meeting.state == "closed"]
    plan = agenda_document.Plan(
        team=desk.settings.team,
        title=desk.settings.meeting_title,
        at=at,
        segments=desk.next_segments(),
        roster=roster,
        standard=agenda.standard_of_the_week(roster.standards, held),
        question=agenda.question_of_the_week(desk.questions(), held),
        scenario=agenda.scenario_of_the_week(desk.scenarios(), held),
        due=agenda.needing_attention(desk.open_follow_ups(), at.date()),
        waiting=desk.waiting(),
        quiet=desk.quiet(),
        carried=[segment.title for segment in agenda.not_reached(closed[-1])] if closed else (),
    )
    return agenda_document.agenda(plan, private=private)


def minutes_paper(desk: Desk, meeting: Meeting, *, private: bool = False) -> Paper:
    """The minutes of a meeting; with `private`, the part for the manager alone, InRoom while the screen is shared."""
    if private:
        desk.require_private("The manager's part of the minutes")
    workspace, day = desk.workspace, meeting.at.date()
    question, scenario = desk.question_of(meeting), desk.scenario_of(meeting)
    told = minutes_document.Told(
        meeting=meeting,
        roster=desk.roster,
        team=desk.settings.team,
        stories=[*workspace.find(Story, since=day - MADE_BEFORE, until=day + YEAR, removed=None, private=True)]
        + [story for story in told_in(workspace, meeting) if not story.private],
        follow_ups=workspace.find(FollowUp, since=day - MADE_BEFORE, until=day + YEAR),
        question=question.text if question else "",
        scenario=scenario.title if scenario else "",
    )
    return minutes_document.minutes(told, private=private)
