"""Records as programs get them: stable keys, whole ids beside the references, handles and tags beside the ids."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meetingtool.records.base import Record
    from meetingtool.records.followups import FollowUp
    from meetingtool.records.meetings import Meeting
    from meetingtool.records.ratings import Rating
    from meetingtool.records.stories import Story
    from meetingtool.rules.roster import Roster


def base(record: Record) -> dict[str, Any]:
    """What every record has. date: the day of `at`."""
    return {
        "id": record.id,
        "ref": record.ref,
        "type": record.__struct_config__.tag,
        "date": record.at.date(),
        "at": record.at,
        "made_at": record.made_at,
        "made_by": record.made_by,
        "version": record.version,
        "removed_at": record.removed_at,
    }


def story(record: Story, roster: Roster) -> dict[str, Any]:
    """A win or a sticky situation: what a listing of the history has, and the rest."""
    from meetingtool.documents.history.listing import rows

    return {
        **base(record),
        **rows([record], roster)[0],
        "line": record.line,
        "people_ids": record.people,
        "standards_ids": record.standards,
        "meeting": record.meeting,
        "fund": record.fund,
        "unsorted": record.unsorted,
    }


def follow_up(record: FollowUp, roster: Roster, today: date) -> dict[str, Any]:
    """A promise or an action, likewise. overdue: open, and due before today."""
    from meetingtool.documents.history.listing import rows

    return {
        **base(record),
        **rows([record], roster)[0],
        "overdue": record.state == "open" and record.due is not None and record.due < today,
        "decided_at": record.decided_at,
        "moves": [{"from": move.old, "to": move.new, "moved_at": move.moved_at} for move in record.moves],
        "people_ids": record.people,
        "meeting": record.meeting,
    }


def rating(record: Rating, roster: Roster) -> dict[str, Any]:
    """A rating; value null stands for "not seen"."""
    return {
        **base(record),
        "person": roster.handle(record.person),
        "person_id": record.person,
        "standard": roster.tag(record.standard),
        "standard_id": record.standard,
        "value": record.value,
        "note": record.note,
        "stories": record.stories,
    }


def meeting(record: Meeting, roster: Roster) -> dict[str, Any]:
    """A meeting, without the stories told in it."""
    return {
        **base(record),
        "title": record.title,
        "state": record.state,
        "closed_at": record.closed_at,
        "next_at": record.next_at,
        "segment": record.segment,
        "segments": [
            {"title": segment.title, "topic": segment.topic, "seconds": segment.seconds, "spent": spent}
            for segment, spent in zip(record.segments, record.spent or (0,) * len(record.segments), strict=False)
        ],
        "attendance": [
            {"person": roster.handle(entry.person), "person_id": entry.person, "presence": entry.presence}
            for entry in record.attendance
        ],
        "standard": roster.tag(record.standard) if record.standard else None,
        "standard_id": record.standard,
        "question": record.question,
        "scenario": record.scenario,
        "answers": record.answers,
        "notes": record.notes,
        "team_rating": record.team_rating,
    }


def minutes(record: Meeting, roster: Roster) -> dict[str, Any]:
    """A meeting as the history lists it: with the keys of every row, and its own."""
    from meetingtool.documents.history.listing import rows

    return {**meeting(record, roster), **rows([record], roster)[0]}


def any_record(record: Record, roster: Roster, today: date) -> dict[str, Any]:
    """Any record; of a kind without a shape of its own, its plain fields."""
    from msgspec import structs

    from meetingtool.records.followups import FollowUp
    from meetingtool.records.meetings import Meeting
    from meetingtool.records.ratings import Rating
    from meetingtool.records.stories import Story

    if isinstance(record, Story):
        return story(record, roster)
    if isinstance(record, FollowUp):
        return follow_up(record, roster, today)
    if isinstance(record, Rating):
        return rating(record, roster)
    if isinstance(record, Meeting):
        return meeting(record, roster)
    return base(record) | structs.asdict(record)
