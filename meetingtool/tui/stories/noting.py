"""Saving what was typed: a line becomes a story or a follow-up through its action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar, cast, get_args

from meetingtool.actions.customers.complaints import record_complaint
from meetingtool.actions.customers.contacts import record_contact
from meetingtool.actions.customers.voices import record_voice
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.actions.stories.stories import mere_pledge, record_story
from meetingtool.actions.stories.thanks import thank, wish_unknown
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp, FollowUpKind
from meetingtool.records.meetings import Meeting
from meetingtool.records.stories import Story, StoryKind
from meetingtool.rules import wording
from meetingtool.rules.customers.blame import WHY_PRIVATE, can_blame
from meetingtool.rules.meeting.meeting_time import counts_for
from meetingtool.rules.stories.kept_back import kept_back
from meetingtool.tui.tool import Tool

R = TypeVar("R", bound=Record)

STORY_KINDS = get_args(StoryKind)


def save_line(
    tool: Tool, kind: str, line: str, record_id: str, meeting: Meeting | None = None, because: str = ""
) -> Record | None:
    """Record a typed line through its action; None when it was refused, which is shown. A mere promise or action is
    recorded as such. What is told in a meeting of another day counts for that day. because: the id of what thanks are
    for.
    """
    desk = tool.desk
    if desk.room:
        tool.told_in_room.add(record_id)
    told_in, on = day_of(meeting, desk.now)
    if kind == "praise":
        thanked = tool.attempt(
            lambda: thank(desk.workspace, line, desk.now, because=because, on=on, meeting=told_in, story_id=record_id)
        )
        return _told(tool, thanked.story) if thanked else None
    if kind in STORY_KINDS:
        kind = mere_pledge(desk.workspace, line, desk.now, on) or kind
    if kind in STORY_KINDS:
        story_kind = cast("StoryKind", kind)
        recorded = tool.attempt(
            lambda: record_story(desk.workspace, story_kind, line, desk.now, on=on, meeting=told_in, story_id=record_id)
        )
        return _told(tool, recorded.story) if recorded else None
    if kind == "voice":
        heard = tool.attempt(
            lambda: record_voice(desk.workspace, line, desk.now, on=on, meeting=told_in, voice_id=record_id)
        )
        if heard:
            _remark(tool, heard.remarks)
        return _told(tool, heard.voice) if heard else None
    if kind == "complaint":
        complained = tool.attempt(
            lambda: record_complaint(desk.workspace, line, desk.now, on=on, complaint_id=record_id)
        )
        if complained:
            _remark(tool, complained.remarks)
        return complained.complaint if complained else None
    if kind == "call":
        called = tool.attempt(lambda: record_contact(desk.workspace, line, desk.now, on=on, contact_id=record_id))
        if called:
            _remark(tool, called.remarks)
        if called and called.unwanted:
            tool.warn(f"{wording.one_line(called.contact.customer)} had asked not to be called.")
        if called and called.contact.private and can_blame(called.contact, desk.roster):
            tool.say(WHY_PRIVATE)
        return called.contact if called else None
    follow_up_kind = cast("FollowUpKind", kind)
    pledge = tool.attempt(
        lambda: record_follow_up(
            desk.workspace, follow_up_kind, line, desk.now, on=on, meeting=told_in, follow_up_id=record_id
        )
    )
    return _told(tool, pledge) if pledge else None


def _remark(tool: Tool, remarks: Sequence[str]) -> None:
    """Say which parts of a line could not be taken; in the room nothing, as these lines can be private."""
    if not tool.desk.room:
        for remark in remarks:
            tool.warn(remark)


def _told(tool: Tool, record: R) -> R:
    """The record, after saying that it is private because of whom it praises; in the room nothing is said about
    that."""
    desk = tool.desk
    if isinstance(record, Story) and (mistaken := desk.roster.mistaken(record.people, record.at.date())):
        tool.warn(mistaken)
    if not desk.room:
        why = kept_back(record, desk.roster) if record.private else ""
        why = why or (wish_unknown(desk.workspace, record, desk.roster) if isinstance(record, Story) else "")
        if why:
            tool.say(why)
    return record


def kind_saved(kind: str, saved: Record | None) -> str:
    """What a line of `kind` became: a mere promise or action is no story."""
    return saved.kind if isinstance(saved, FollowUp) else kind


def day_of(meeting: Meeting | None, now: datetime) -> tuple[str | None, date | None]:
    """The id of a meeting, and the day for which what is told in it counts when that is not today."""
    return (None, None) if meeting is None else (meeting.id, counts_for(meeting, now))
