"""The agenda and the minutes as papers, made from what may be seen now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from meetingtool.actions.customers.due_steps import lessons, steps_for_team
from meetingtool.actions.customers.for_meeting import heard_in, to_hear
from meetingtool.actions.desk import YEAR, Desk
from meetingtool.actions.meeting.meetings import told_in
from meetingtool.actions.playbook.philosophy import asked_about
from meetingtool.documents.formats import markdown, plaintext
from meetingtool.documents.formats.paper import Paper
from meetingtool.documents.formats.writing import write_whole
from meetingtool.documents.meeting import agenda as agenda_document
from meetingtool.documents.meeting import minutes as minutes_document
from meetingtool.errors import Refused
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.days import moved
from meetingtool.rules.keeping.deeds import is_merge
from meetingtool.rules.kinds.table import with_ids_replaced
from meetingtool.rules.meeting import agenda, corrections

MADE_BEFORE = timedelta(days=800)
"""How long before a meeting a promise that is looked at in it may have been made."""


def agenda_paper(desk: Desk, *, on: date | None = None, private: bool = False) -> Paper:
    """The agenda of the next meeting, or of one on the day `on`. Refused for a day that is past; InRoom."""
    if private:
        desk.require_private("The manager's agenda")
    at = desk.next_meeting_at()
    if on is not None and on != at.date():
        if on < desk.today:
            raise Refused(
                f"{wording.day(on, desk.today)} is in the past.", "Minutes say what happened; give a future date."
            )
        at = datetime.combine(on, time.fromisoformat(desk.settings.clock), tzinfo=at.tzinfo)
    held, roster = desk.meetings(), desk.roster
    plan = agenda_document.MeetingPlan(
        team=desk.settings.team,
        title=desk.settings.meeting_title,
        at=at,
        segments=desk.next_segments(),
        roster=roster,
        standard=agenda.standard_of_the_week(roster.standards, held),
        question=desk.next_question(),
        scenario=agenda.scenario_of_the_week(desk.scenarios(), held),
        due=agenda.needing_attention(desk.open_follow_ups(), at.date()),
        waiting=desk.waiting(),
        quiet=desk.quiet(),
        customers=to_hear(desk),
        carried=[segment.title for segment in desk.carried_over()],
        steps=steps_for_team(desk.workspace, at.date(), desk.today),
        lessons=lessons(desk),
        sentences=asked_about(desk, at.date()),
        rewards=desk.rewards_owed(),
    )
    return agenda_document.agenda(plan, private=private)


def minutes_paper(desk: Desk, meeting: Meeting, *, private: bool = False) -> Paper:
    """The minutes of a meeting; with `private`, the part for the manager only, InRoom while the screen is shared."""
    if private:
        desk.require_private("The manager's part of the minutes")
    workspace, day = desk.workspace, meeting.at.date()
    since, until = moved(day, -MADE_BEFORE), moved(day, YEAR)
    shown = [story for story in told_in(workspace, meeting) if not story.private]
    question, scenario = desk.question_of(meeting), desk.scenario_of(meeting)
    told = minutes_document.MinutesContent(
        meeting=meeting,
        roster=desk.roster,
        team=desk.settings.team,
        stories=[*workspace.find(Story, since=since, until=until, removed=None, private=True), *shown],
        follow_ups=workspace.find(FollowUp, since=since, until=until),
        question=question.text if question else "",
        scenario=scenario.title if scenario else "",
        corrections=corrections.of_meeting(_versions(desk, meeting)) if meeting.closed_at else (),
        corrected=_corrected(desk, meeting, shown),
        taken_out=_taken_out(desk, meeting),
        customers=heard_in(desk, meeting),
        planned_for=agenda.agreed_for(meeting, workspace.find(Meeting, since=moved(day, -YEAR), until=day)),
    )
    return minutes_document.minutes(told, private=private)


def _versions(desk: Desk, record: Meeting | Story) -> list[corrections.Kept]:
    """The versions of a record, each with the moment from which it held, oldest first."""
    found: list[corrections.Kept] = []
    since, by_merge = record.made_at, False
    for version in desk.workspace.versions(record.id):
        if isinstance(version.record, Meeting | Story):
            found.append((with_ids_replaced(version.record, desk.roster.merged), since, by_merge))
        since, by_merge = version.replaced_at or since, is_merge(version.deed, undone=True)
    return found


def _corrected(desk: Desk, meeting: Meeting, stories: Sequence[Story]) -> dict[str, date]:
    """The stories that were changed after closing, with the day of the last change."""
    if meeting.closed_at is None:
        return {}
    found = {}
    for story in stories:
        day = corrections.of_story(_versions(desk, story), meeting.closed_at) if story.version > 1 else None
        if day is not None:
            found[story.id] = day
    return found


def _taken_out(desk: Desk, meeting: Meeting) -> int:
    """How many stories that were not private were removed from a meeting after it was closed."""
    if meeting.closed_at is None:
        return 0
    day, closed_at = meeting.at.date(), meeting.closed_at
    gone = desk.workspace.find(
        Story, since=moved(day, -YEAR), until=moved(day, YEAR), removed=True, meeting=meeting.id, private=False
    )
    return sum(story.made_at <= closed_at and (story.removed_at or closed_at) > closed_at for story in gone)


FORMS = ("txt", "md", "pdf")
"""The formats of a paper, by the ending of its file."""


def paper_bytes(paper: Paper, form: str, made_on: date, *, private: bool = False) -> bytes:
    """A paper as the content of a file. form: one of `FORMS`. NotTypeset when no PDF can be made."""
    if form == "pdf":
        from meetingtool.documents.formats.paper_pdf import paper_pdf

        return paper_pdf(paper, made_on, private=private)
    text = markdown.render(paper) if form == "md" else plaintext.render(paper)
    return text.encode("utf-8", "replace")


def save_paper(
    paper: Paper, path: Path, made_on: date, *, form: str = "", private: bool = False, force: bool = False
) -> Path:
    """Write a paper to a file, whole or not at all, in the format of the file's ending unless `form` is given.

    Refused for an ending that is none of `FORMS`, for an unusable name, and when the file is there, unless `force`.
    """
    wanted = form or path.suffix.removeprefix(".").lower()
    if wanted not in FORMS:
        raise Refused(
            f"The file extension is not a known format: “{wording.shortened(path.name, 40)}”.",
            "End it in .md, .txt or .pdf.",
        )
    data = paper_bytes(paper, wanted, made_on, private=private)
    try:
        [written] = write_whole(path.parent, {path.name: data}, force=force)
    except ValueError:
        raise Refused("That file name does not work on every system.", "Use letters, digits, - and _.") from None
    return written
