"""Writing down what a customer said, and noting that it was read aloud."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from meetingtool.actions.reading import moment_on, roster_of
from meetingtool.actions.stories.pledges import pledged
from meetingtool.actions.stories.stories import understand
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.voices import Channel, Voice
from meetingtool.rules import wording
from meetingtool.rules.customers.names import find_names
from meetingtool.rules.keeping import deeds
from meetingtool.rules.stories.kept_back import as_wanted
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk

SURELY_NAMED = ("full-name", "titled", "unique", "shared")
"""How sure a name in the words must be to count as somebody on the team."""
LATELY = timedelta(days=400)
NEWS = timedelta(days=92)
"""For how long praise is read aloud without having been marked."""


class HeardVoice(msgspec.Struct, frozen=True):
    """A customer's words with the promises and actions that came out of their line. remarks: see `Capture`."""

    voice: Voice
    follow_ups: tuple[FollowUp, ...] = ()
    remarks: tuple[str, ...] = ()


def record_voice(
    workspace: Workspace,
    line: str,
    now: datetime,
    *,
    channel: Channel = "spoken",
    satisfied: bool | None = None,
    on: date | None = None,
    meeting: str | None = None,
    voice_id: str | None = None,
) -> HeardVoice:
    """Record one line as a customer's words, with its promises and actions, in one save.

    satisfied: whether the customer was, where it was said; a problem is private with all that comes out of it. on: the
    day it was said, today when left out. meeting: the id of the meeting in which it is read aloud. voice_id: minted
    before the first attempt, so that trying again never doubles it. Refused without words.
    """
    if voice_id is not None:
        known = [one for one in workspace.find(Voice, removed=None) if one.id == voice_id]
        if known:
            return HeardVoice(known[0])
    when = moment_on(on, now)
    capture = understand(workspace, line, now, day=when.date(), quoting=True)
    voice = Voice(
        id=voice_id or mint(now),
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
    voice, named = _guarded(workspace, voice, capture.private, now)
    people, customer = capture.people, capture.customer
    follow_ups = pledged(workspace, capture, voice, "voice", now, people=people, customer=customer, meeting=meeting)
    if not capture.text.strip() and not follow_ups:
        raise Refused("There are no words of a customer in it.", "Write what was said beside the marks.")
    workspace.save(voice, *follow_ups, deed=deeds.VOICE, now=now)
    return HeardVoice(voice, follow_ups, (*capture.remarks, *named))


def lately(desk: Desk) -> list[Voice]:
    """The words of customers of a little over a year that may be shown now, the newest first."""
    return desk.once("voices", lambda: desk.shown(desk.workspace.find(Voice, since=desk.today - LATELY))[::-1])


def next_to_read(workspace: Workspace, today: date) -> Voice | None:
    """The words to read aloud next: those marked, else the newest praise that was not read yet; never a private one.

    Praise more than three months old is no news, and waits for a mark.
    """
    waiting = [one for one in workspace.find(Voice, since=today - LATELY, read_in=None) if not one.private]
    marked = [one for one in waiting if one.starred]
    praise = [one for one in waiting if one.satisfied and one.at.date() >= today - NEWS]
    return next(reversed(marked or praise), None)


def not_said(desk: Desk) -> list[Voice]:
    """The words of the last months that wait for somebody to say whether they are praise: they aren't read aloud by
    themselves."""
    since = desk.today - NEWS
    return [one for one in lately(desk) if waits_for_word(one) and one.at.date() >= since]


def waits_for_word(voice: Voice) -> bool:
    """Whether it is neither read nor marked, and not said how it was meant."""
    return voice.satisfied is None and not (voice.starred or voice.private or voice.read_in)


def read_aloud(workspace: Workspace, voice: Voice, meeting: str, now: datetime) -> Voice:
    """Note the meeting in which it was read aloud; words that are not kept yet are kept so. Refused for what is
    private."""
    if voice.private:
        raise Refused("Private words are not read aloud.", "Choose other words.")
    day = voice.at.date()
    if any(one.id == voice.id for one in workspace.find(Voice, since=day, until=day, removed=None)):
        changed = _next(voice, starred=False, read_in=meeting)
    else:
        changed = msgspec.structs.replace(voice, read_in=meeting)
    workspace.save(changed, deed=deeds.VOICE_READ, now=now)
    return changed


def mark_to_read(workspace: Workspace, voice: Voice, now: datetime) -> Voice:
    """Mark it as the one to read aloud next, or take the mark off. One at a time: the mark of another one goes.

    Refused for what is private.
    """
    if voice.private:
        raise Refused("Private words are not read aloud.", "Choose other words.")
    deed = deeds.VOICE_UNMARKED if voice.starred else deeds.VOICE_MARKED
    marked = workspace.find(Voice, starred=True, read_in=None)
    with workspace.batch(deed, now):
        for other in marked:
            if other.id != voice.id:
                workspace.save(_next(other, starred=False), deed=deed, now=now)
        changed = _next(voice, starred=not voice.starred, read_in=None)
        workspace.save(changed, deed=deed, now=now)
    return changed


def meant(workspace: Workspace, voice: Voice, satisfied: bool | None, now: datetime, *, shown: bool = False) -> Voice:
    """The voice with how it was meant: None takes back that it was praise or a problem. A problem is
    private, with a mark taken off it. What is private stays so unless it is `shown`; what its line or a person wants
    private is never shown by that."""
    capture = understand(workspace, voice.line, now, day=voice.at.date(), quoting=True)
    changed = _next(voice, satisfied=satisfied, starred=voice.starred and satisfied is not False)
    hidden = capture.private or (voice.private and not voice.by_wish and not shown)
    return _guarded(workspace, changed, hidden, now)[0]


def say_meant(
    workspace: Workspace, voice: Voice, satisfied: bool | None, now: datetime, *, shown: bool = False
) -> Voice:
    """Say whether it was praise or a problem, as `meant` understands it."""
    changed = meant(workspace, voice, satisfied, now, shown=shown)
    workspace.save(changed, deed=deeds.VOICE_MEANT, now=now)
    return changed


def revise_voice(workspace: Workspace, voice: Voice, line: str, now: datetime) -> Voice:
    """Change the words, whom they are about and who said them, by a line. Promises in it are records of their own.

    Refused when blank; nothing is saved when all is the same.
    """
    capture = understand(workspace, line, now, day=voice.at.date(), quoting=True)
    changed = _next(
        voice,
        text=capture.text if capture.text.strip() else capture.line,
        line=capture.line,
        people=capture.people,
        standards=capture.standards,
        customer=capture.customer,
        starred=capture.starred and voice.satisfied is not False,
        kept_back=capture.private,
    )
    changed, _ = _guarded(workspace, changed, capture.private, now)
    if msgspec.structs.replace(changed, version=voice.version, line=voice.line) == voice:
        return voice
    workspace.save(changed, deed=deeds.VOICE_EDITED, now=now)
    return changed


def _guarded(workspace: Workspace, voice: Voice, typed: bool, now: datetime) -> tuple[Voice, tuple[str, ...]]:
    """The voice kept back where that was typed or a person wants it, and where its words name somebody whom they aren't
    known to praise; and what to say about that. typed: whether it was typed."""
    roster = roster_of(workspace, now.date())
    hits = find_names([voice.text], roster.everyone, [voice.at.date()]).hits if not voice.satisfied else ()
    marked = set(voice.people)
    found = [hit for hit in hits if hit.tier in SURELY_NAMED and marked.isdisjoint((hit.person, *hit.others))]
    told = (
        f"It names {wording.listed([hit.words for hit in found])}: private until it is said to be praise (y in Voices)."
    )
    kept = as_wanted(msgspec.structs.replace(voice, kept_back=typed or bool(found), by_wish=False), roster)
    return kept, (told,) if found and not typed and voice.satisfied is None else ()


def _next(voice: Voice, **changes: object) -> Voice:
    return msgspec.structs.replace(voice, version=voice.version + 1, **changes)
