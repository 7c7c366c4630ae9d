"""Comments that praise somebody by name: read aloud without being marked when nothing else is."""

from __future__ import annotations

from datetime import date, datetime, time

from meetingtool.actions.customers.mentions import with_answers
from meetingtool.actions.customers.voices import LATELY, NEWS, next_to_read
from meetingtool.actions.desk import Desk
from meetingtool.records.base import mint
from meetingtool.records.mentions import Mention
from meetingtool.records.voices import Voice
from meetingtool.rules import areas
from meetingtool.rules.stories.kept_back import wants_privacy


def next_words(desk: Desk) -> Voice | None:
    """The words to read aloud next: those marked, else the newest praise, typed by hand or confirmed in a comment. A
    comment is returned as a voice that is not saved yet; reading it aloud saves it.
    """
    off = desk.settings.off
    typed = None if areas.VOICES in off else next_to_read(desk.workspace, desk.today)
    if (typed is not None and typed.starred) or areas.ANSWERS in off:
        return typed
    written = _newest(desk, since=typed.at.date() if typed else desk.today - NEWS)
    return written if written is not None and (typed is None or written.at > typed.at) else typed


def _newest(desk: Desk, since: date) -> Voice | None:
    """The newest comment that only praises, names nobody who minds, and was not read yet."""
    workspace = desk.workspace
    for one in reversed(workspace.find(Mention, since=since, state="confirmed", tone="praise")):
        if not one.batch or wants_privacy([one.person], desk.roster):
            continue
        day = one.at.date()
        beside = workspace.find(Mention, since=day, until=day, batch=one.batch, row=one.row)
        if any(
            other.state != "rejected" and (other.private or wants_privacy([other.person], desk.roster))
            for other in beside
        ):
            continue
        (asked,) = with_answers(workspace, [one])
        if asked.comment and not _is_known(desk, one, asked.comment):
            return _as_words(desk, one, asked.comment, desk.now)
    return None


def _is_known(desk: Desk, mention: Mention, text: str) -> bool:
    """Whether the comment is among the words of customers already, read or not."""
    day = mention.at.date()
    same = desk.workspace.find(Voice, since=min(day, desk.today - LATELY), removed=None, survey=mention.survey)
    return any(voice.text == text and voice.at.date() == day for voice in same)


def _as_words(desk: Desk, mention: Mention, text: str, now: datetime) -> Voice:
    return Voice(
        id=mint(now),
        at=datetime.combine(mention.at.date(), time(12), tzinfo=now.tzinfo),
        made_at=now,
        made_by=desk.workspace.user,
        text=text,
        line=text,
        channel="survey",
        survey=mention.survey,
        satisfied=True,
    )
