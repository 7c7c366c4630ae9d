"""Writing down what a customer said, and noting that it was read aloud."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from meetingtool.actions.reading import moment_on
from meetingtool.actions.stories.stories import understand
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.voices import Channel, Voice
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


class Heard(msgspec.Struct, frozen=True):
    """A customer's words with the promises and actions that came out of their line. no_days: see `Capture`."""

    voice: Voice
    follow_ups: tuple[FollowUp, ...] = ()
    no_days: tuple[str, ...] = ()


def record_voice(
    workspace: Workspace,
    line: str,
    now: datetime,
    *,
    channel: Channel = "spoken",
    satisfied: bool | None = None,
    on: date | None = None,
    meeting: str | None = None,
) -> Heard:
    """Record one line as a customer's words, with its promises and actions, in one save.

    satisfied: whether the customer was, where it was said; a problem is private with all that comes of it. on: the
    day it was said, today when left out. meeting: the id of the meeting in which it is read aloud. Refused when blank.
    """
    when = moment_on(on, now)
    capture = understand(workspace, line, now, day=when.date())
    voice = Voice(
        id=mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        text=capture.text if capture.text.strip() else capture.line,
        line=capture.line,
        people=capture.people,
        standards=capture.standards,
        customer=capture.customer,
        channel=channel,
        satisfied=satisfied,
        starred=capture.starred,
        kept_back=capture.private,
        read_in=meeting,
    )
    follow_ups = tuple(
        FollowUp(
            id=mint(now),
            at=when,
            made_at=now,
            made_by=workspace.user,
            kind=pledge.kind,
            text=pledge.text,
            due=pledge.due,
            people=capture.people,
            customer=capture.customer,
            meeting=meeting,
            private=voice.private,
        )
        for pledge in capture.pledges
    )
    workspace.save(voice, *follow_ups, deed=deeds.VOICE, now=now)
    return Heard(voice, follow_ups, capture.no_days)


def next_to_read(workspace: Workspace, since: date) -> Voice | None:
    """The words to read aloud next: those marked, else the newest praise that was not read yet; never a private one."""
    waiting = [one for one in workspace.find(Voice, since=since, read_in=None) if not one.private]
    marked = [one for one in waiting if one.starred]
    praise = [one for one in waiting if one.satisfied]
    return next(reversed(marked or praise), None)


def read_aloud(workspace: Workspace, voice: Voice, meeting: str, now: datetime) -> Voice:
    """Note the meeting in which it was read aloud. Refused for what is private."""
    if voice.private:
        raise Refused("What is private is not read aloud.", "Choose other words.")
    changed = msgspec.structs.replace(voice, version=voice.version + 1, read_in=meeting)
    workspace.save(changed, deed=deeds.VOICE_READ, now=now)
    return changed
