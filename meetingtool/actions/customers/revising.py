"""Changing a complaint, a call or the leader's own hours by its line."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.reading import dates_of, moment_on, roster_of
from meetingtool.actions.stories.stories import understand
from meetingtool.errors import Refused
from meetingtool.records.complaints import Complaint
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.followups import FollowUp
from meetingtool.rules import wording
from meetingtool.rules.capture import compose
from meetingtool.rules.customers.besides import NO_DAY, Besides, besides
from meetingtool.rules.customers.blame import callers, can_blame
from meetingtool.rules.customers.calls import hours_typed, mood_in
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.table import sort_of
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.kept_back import as_wanted
from meetingtool.store import Workspace

Noted = Complaint | Contact | HandsOn


def line_of_noted(record: Noted, roster: Roster) -> str:
    """The line for the record as it is now. Promises, actions and offers that came out of it are not in it."""
    people = record.about if isinstance(record, Complaint) else record.people
    did_well = isinstance(record, HandsOn) and record.did_well
    line = compose(
        record.text,
        roster=roster,
        people=people,
        customer=record.customer,
        starred=did_well,
        private=record.kept_back and not getattr(record, "by_wish", False),
    )
    return f"{record.minutes} {record.what} {line}".strip() if isinstance(record, HandsOn) else line


def revise_noted(workspace: Workspace, record: Noted, line: str, now: datetime) -> Noted:
    """Change the words, whom they are about and the customer. Steps, offers and what came out of it stay as they are.
    `on:tue`, `by:phone`, `way:visit` and `why:thanks` correct those fields. What can blame somebody from now on becomes
    private, and so does what came out of it. Refused when blank, for a call without a customer, and for what is no day;
    nothing is saved when all is the same.
    """
    if not line.strip():
        raise Refused("A line needs words.", "To get rid of it, remove it.")
    told = besides(line, dates_of(workspace, now.date()), kind=sort_of(record))
    if told.unread:
        raise Refused(told.unread, NO_DAY)
    line, options = told.line, _options(record, told, now)
    if isinstance(record, HandsOn):
        hours = _hours(workspace, record, line, now) | options
        return _saved(workspace, record, hours, deeds.HANDS_ON_EDITED, now)
    capture = understand(workspace, line, now, day=record.at.date())
    words = capture.text.strip() or ("" if isinstance(record, Contact) else capture.line)
    changes = {"text": words, "line": capture.line, "customer": capture.customer, "kept_back": capture.private}
    changes |= options
    if isinstance(record, Complaint):
        return _saved(workspace, record, {**changes, "about": capture.people}, deeds.COMPLAINT_EDITED, now)
    if not capture.customer:
        raise Refused("Whom was the call to?", 'Name the customer: ^Acme, or ^"Blue Door Café" with blanks.')
    mood = mood_in(words) if record.reached == "yes" else None
    people = callers(capture.people, words, roster_of(workspace, record.at.date()))
    changes |= {"people": people, "mood": mood or record.mood}
    return _saved(workspace, record, changes, deeds.CALL_EDITED, now)


def _options(record: Noted, told: Besides, now: datetime) -> dict[str, object]:
    """What a line says besides its sentence, as changes of a record. Refused for a day on which it can't have been."""
    found: dict[str, object] = {"channel": told.by, "way": told.way, "why": told.why}
    found = {name: value for name, value in found.items() if value is not None}
    if told.on is None or told.on == record.at.date():
        return found
    at = moment_on(told.on, now)
    if isinstance(record, Complaint) and record.steps:
        first, *rest = record.steps
        if rest and rest[0].at < at:
            day = wording.day(rest[0].at.date(), now.date())
            raise Refused(f"The next step was on {day} already.", "Give that day or an earlier one.")
        found["steps"] = (msgspec.structs.replace(first, at=at), *rest)
    return found | {"at": at}


def _hours(workspace: Workspace, record: HandsOn, line: str, now: datetime) -> dict[str, object]:
    minutes, work, rest = hours_typed(line)
    changes: dict[str, object] = {"minutes": minutes, "what": work, "line": rest, "text": "", "people": ()}
    if not rest:
        return changes | {"customer": "", "did_well": False, "kept_back": False}
    capture = understand(workspace, rest, now, day=record.at.date())
    return changes | {
        "line": capture.line,
        "text": capture.text.strip(),
        "people": capture.people,
        "customer": capture.customer,
        "did_well": capture.starred and bool(capture.people),
        "kept_back": capture.private,
    }


def _saved(workspace: Workspace, record: Noted, changes: dict[str, object], deed: deeds.Code, now: datetime) -> Noted:
    same = all(getattr(record, name) == value for name, value in changes.items() if name != "line")
    if same:
        return record
    changed = msgspec.structs.replace(record, version=record.version + 1, **changes)
    if not isinstance(record, Complaint) and not isinstance(changed, Complaint):
        changed = msgspec.structs.replace(changed, by_wish=False)
        roster = roster_of(workspace, record.at.date())
        if can_blame(changed, roster) and not can_blame(record, roster):
            changed = msgspec.structs.replace(changed, kept_back=True)
        changed = as_wanted(changed, roster)
    wished = getattr(changed, "by_wish", False)
    same = (changed.private, wished) == (record.private, getattr(record, "by_wish", False))
    born = () if same else workspace.find(FollowUp, source_id=record.id)
    moved = [
        msgspec.structs.replace(one, version=one.version + 1, private=changed.private, by_wish=wished) for one in born
    ]
    with workspace.batch(deed, now):
        workspace.save(changed, *moved, deed=deed, now=now)
    return changed
