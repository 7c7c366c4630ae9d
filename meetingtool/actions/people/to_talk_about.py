"""What customers said against somebody, in a survey or in words typed by hand: to be talked about, with that person's
own account written beside it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from meetingtool.actions.customers.mentions import AskedMention, mention_of, with_answers
from meetingtool.actions.desk import Desk
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.mentions import Mention
from meetingtool.records.people import Person
from meetingtool.records.voices import Voice
from meetingtool.rules import areas, wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.periods import Period
from meetingtool.store import Workspace

LATELY = timedelta(days=92)
"""Older ones are no longer asked about; they stay on the person's page."""


def problems_of(desk: Desk, person: Person, period: Period) -> list[AskedMention]:
    """What customers said against a person in a period, those without an account first, the newest first; InRoom while
    the screen is shared."""
    desk.require_private("What to talk about with somebody")
    found = desk.workspace.find(Mention, since=period.since, until=period.until, person=person.id, state="confirmed")
    mine = [one for one in found if one.is_problem and not one.voice]
    mine += _in_voices(desk, period.since, period.until, person.id)
    mine.sort(key=lambda one: one.at, reverse=True)
    return with_answers(desk.workspace, sorted(mine, key=lambda one: bool(one.account)))


def talked_about(desk: Desk, person: Person) -> list[AskedMention]:
    """What was said against a person in the last year and has that person's account beside it, so that it may be
    evidence."""
    year = Period(desk.today - timedelta(days=365), desk.today, "the last year")
    return [one for one in problems_of(desk, person, year) if one.mention.account]


def praise_of(desk: Desk, person: Person, period: Period) -> list[AskedMention]:
    """What customers wrote in praise of a person in a period, the newest first, as far as its words are kept.

    Nothing in room: who is named how often is not for comparing.
    """
    if desk.room:
        return []
    since, until = period.since, period.until
    found = desk.workspace.find(Mention, since=since, until=until, person=person.id, state="confirmed", tone="praise")
    return [one for one in with_answers(desk.workspace, reversed(found)) if one.comment]


def waiting(desk: Desk) -> dict[str, list[Mention]]:
    """What was recently said against people on the team and has no account of theirs yet, by the id of the person."""
    desk.require_private("What to talk about with somebody")
    since = desk.today - LATELY
    written = [] if areas.ANSWERS in desk.settings.off else desk.workspace.find(Mention, since=since, state="confirmed")
    found: dict[str, list[Mention]] = {}
    for one in (*(one for one in written if not one.voice), *_in_voices(desk, since, desk.today)):
        person = desk.roster.person_of(one.person)
        if one.is_problem and not one.account and person is not None and person.on_team(desk.today):
            found.setdefault(one.person, []).append(one)
    return found


def said_by_hand(desk: Desk) -> list[AskedMention]:
    """Problems with somebody that were typed by hand, each with whom it is about, the oldest first."""
    desk.require_private("What to talk about with somebody")
    return with_answers(desk.workspace, _in_voices(desk, date.min, desk.today))


def _in_voices(desk: Desk, since: date, until: date, person: str = "") -> list[Mention]:
    """Problems typed by hand, as a mention for each person marked in them, or for the given one. A mention without an
    account isn't saved yet, and has the id of its voice."""
    if areas.VOICES in desk.settings.off:
        return []
    voices = [one for one in desk.workspace.find(Voice, since=since, until=until) if one.satisfied is False]
    if not voices:
        return []
    found = desk.workspace.find(Mention, since=since, until=until, state="confirmed")
    kept = {(one.voice, one.person): one for one in found if one.voice and one.is_problem}
    return [
        kept.get((voice.id, each)) or _of_voice(voice, each)
        for voice in voices
        for each in voice.people
        if person in ("", each)
    ]


def _of_voice(voice: Voice, person: str) -> Mention:
    return Mention(
        id=voice.id,
        at=voice.at,
        made_at=voice.made_at,
        made_by=voice.made_by,
        words="",
        tier="by-hand",
        voice=voice.id,
        person=person,
        state="confirmed",
        tone="problem",
    )


def problem_of(desk: Desk, ref: str, person: Person | None = None) -> Mention:
    """The problem with this reference: a name in a comment, or words typed by hand. person: which, where these are
    about several. NotFound for another record."""
    record = desk.workspace.by_ref(ref)
    if not isinstance(record, Voice):
        return mention_of(desk.workspace, ref)
    day = record.at.date()
    mine = [one for one in _in_voices(desk, day, day, person.id if person else "") if one.voice == record.id]
    if not mine:
        raise NotFound(
            "Nothing was said against anybody there.", "`meetingtool mention list --to-talk-about` shows where."
        )
    if len(mine) > 1:
        names = wording.listed([wording.one_line(desk.roster.short_name(one.person)) for one in mine])
        raise Refused(f"It is about {names}.", "Say whose account it is: --who.")
    return mine[0]


def write_account(workspace: Workspace, mention: Mention, text: str, now: datetime) -> Mention:
    """Keep what the person says about it; call it again to correct that, or without words to remove it.

    Refused for a name that is not confirmed as a problem, and where nothing would change.
    """
    if not mention.is_problem:
        raise Refused(
            "Nothing was said against anybody there.", "`meetingtool mention list --to-talk-about` shows where."
        )
    said = wording.storable(text).strip()
    if said == mention.account:
        raise Refused("That is what is written already." if said else "Nothing was written.", "Write what they say.")
    changed = msgspec.structs.replace(mention, version=mention.version + 1, account=said)
    if mention.id == mention.voice:
        changed = msgspec.structs.replace(changed, id=mint(now), version=1, made_at=now, made_by=workspace.user)
    workspace.save(changed, deed=deeds.ACCOUNT_WRITTEN, now=now)
    return changed


def as_note(desk: Desk, asked: AskedMention, person: Person) -> str:
    """The note of a rating that rests on it: what the customer wrote, and what the person says. Refused without an
    account."""
    mention = asked.mention
    if not mention.account:
        raise Refused("It is no evidence until their own account is beside it.", "Write that first.")
    day = wording.day(mention.at.date(), desk.today)
    words = wording.one_line(asked.comment) or wording.one_line(mention.words)
    return f"A customer, {day}: “{words}” {person.name}: “{wording.one_line(mention.account)}”"
