"""Part 5 of the meeting fills itself: what the next one hears of customers, and what one that was held has heard."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypeVar

import msgspec

from meetingtool.actions.customers.alerts import OVER, tell_results
from meetingtool.actions.customers.praised_comments import next_words
from meetingtool.actions.customers.results import series_lately
from meetingtool.actions.customers.voices import LATELY, NEWS, read_aloud
from meetingtool.actions.desk import Desk
from meetingtool.actions.reading import roster_of
from meetingtool.records.alerts import Alert, Telling
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.meetings import Meeting
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import Survey
from meetingtool.records.voices import Voice
from meetingtool.rules import areas
from meetingtool.rules.customers.for_meeting import CustomersSay, SurveyResult
from meetingtool.rules.customers.sentences import latest
from meetingtool.rules.customers.series import named, period_of, points
from meetingtool.rules.days import moved
from meetingtool.rules.keeping import deeds
from meetingtool.rules.stories.kept_back import wants_privacy
from meetingtool.store import Workspace

Span = tuple[datetime, datetime]
"""A span of time: after one moment, up to another."""

R = TypeVar("R", Contact, HandsOn)

AROUND = timedelta(days=31)
"""How long after a meeting something can still have been noted as told in it."""


def to_hear(desk: Desk, meeting: Meeting | None = None) -> CustomersSay:
    """What is to be heard next; for a running meeting, with what it has heard already."""
    key = f"customers say {meeting.id if meeting else ''}"
    return desk.once(key, lambda: _to_hear(desk, meeting))


def _to_hear(desk: Desk, meeting: Meeting | None) -> CustomersSay:
    heard = heard_in(desk, meeting) if meeting is not None else CustomersSay()
    off, workspace, today = desk.settings.off, desk.workspace, desk.today
    had = meeting is not None and any(voice.made_at < meeting.made_at or voice.survey for voice in heard.read)
    voice = None if had else next_words(desk)
    surveys = [] if areas.ANSWERS in off else workspace.find(Survey)
    told = {result.survey for result in heard.results}
    results = [result for survey in surveys if survey.id not in told if (result := not_told(desk, survey))]
    return CustomersSay(
        read=(*heard.read, *([voice] if voice else ())),
        results=(*heard.results, *results),
        asked=tuple(_asked(workspace, today)) if surveys else (),
        thanked=tuple(dict.fromkeys((*heard.thanked, *(one.person for one in praise_waiting(workspace, today))))),
        calls=calls_between(desk, _between(desk, meeting)),
        seen=seen_between(desk, _between(desk, meeting)),
    )


def _between(desk: Desk, meeting: Meeting | None) -> Span:
    """From the end of the meeting before to the end of this one, or to now: what the leader did between the two."""
    at, until = (meeting.at, meeting.closed_at or desk.now) if meeting is not None else (desk.now, desk.now)
    before = desk.workspace.find(Meeting, since=at.date() - AROUND, until=at.date(), state="closed")
    ends = [each.closed_at or each.at for each in before if each.at < at]
    return max(ends, default=at - AROUND), until


def calls_between(desk: Desk, span: Span) -> tuple[Contact, ...]:
    """The calls to customers of a span, none that was left out and none that is private: not even their number."""
    found = _noted(desk, Contact, span)
    return tuple(each for each in found if each.reached != "skipped" and not each.private)


def seen_between(desk: Desk, span: Span) -> tuple[HandsOn, ...]:
    """What the leader saw somebody do well in a span, of those who don't mind being named."""
    found = _noted(desk, HandsOn, span)
    seen = [each for each in found if each.did_well and not each.private]
    return tuple(each for each in seen if not wants_privacy(each.people, desk.roster))


def _noted(desk: Desk, kind: type[R], span: Span) -> list[R]:
    """What was noted of a kind in a span; nothing where calls are switched off."""
    if areas.CALLS in desk.settings.off:
        return []
    since, until = span
    found = desk.workspace.find(kind, since=since.date(), until=until.date())
    return [each for each in found if since < each.at <= until]


def heard_in(desk: Desk, meeting: Meeting) -> CustomersSay:
    """What a meeting heard of customers."""
    workspace, day = desk.workspace, meeting.at.date()
    voices = workspace.find(Voice, since=moved(day, -LATELY), until=moved(day, AROUND), read_in=meeting.id)
    tellings = workspace.find(Telling, since=day, until=moved(day, AROUND), meeting=meeting.id)
    mentions = workspace.find(Mention, since=moved(day, -LATELY), until=moved(day, AROUND), told_in=meeting.id)
    surveys = {survey.id: survey for survey in workspace.find(Survey)} if tellings else {}
    results = [_result(desk, surveys[one.survey], one.period) for one in tellings if one.survey in surveys]
    return CustomersSay(
        read=tuple(voice for voice in voices if not voice.private),
        results=tuple(result for result in results if result is not None),
        asked=tuple(_asked_in(workspace, meeting)),
        thanked=tuple(
            dict.fromkeys(
                one.person for one in mentions if not one.private and not wants_privacy([one.person], desk.roster)
            )
        ),
        calls=calls_between(desk, _between(desk, meeting)),
        seen=seen_between(desk, _between(desk, meeting)),
    )


def _asked_in(workspace: Workspace, meeting: Meeting) -> list[Alert]:
    """The alerts that a meeting was told of, and earlier ones it was asked about because they were not over."""
    day, until = meeting.at.date(), meeting.closed_at
    place = next((at for at, each in enumerate(meeting.segments) if each.topic == "customers"), len(meeting.segments))
    came_to_it = meeting.segment > place or (meeting.segment == place and meeting.state == "closed")
    found = workspace.find(Alert, since=moved(day, -LATELY), until=moved(day, AROUND))
    return [
        one
        for one in found
        if one.told_in == meeting.id
        or (
            came_to_it
            and (until is None or one.made_at <= until)
            and (one.decided_at is None or one.decided_at >= meeting.at)
        )
    ]


def not_told(desk: Desk, survey: Survey) -> SurveyResult | None:
    """The results of a survey's last period, where the team hasn't heard them yet and they are recent."""
    line = series_lately(desk, survey).get(survey.primary, {})
    label = max(line, default="")
    if not label or label < period_of(desk.today - NEWS, survey.period):
        return None
    told = desk.workspace.find(Telling, since=desk.today - LATELY, survey=survey.id, period=label)
    return None if told else _result(desk, survey, label)


def _result(desk: Desk, survey: Survey, label: str) -> SurveyResult | None:
    measure = survey.measure()
    if measure is None:
        return None
    line = points(series_lately(desk, survey).get(measure.key, {}), survey.period)
    until = [point for point in line if point.period <= label]
    says = latest(until, survey.period, is_nps=measure.scale == "nps") if until else ""
    return SurveyResult(survey.id, label, survey.name, named(label, survey.period), says) if says else None


def _asked(workspace: Workspace, today: date) -> list[Alert]:
    return [one for one in workspace.find(Alert, since=today - LATELY) if one.state not in OVER]


def praise_waiting(workspace: Workspace, today: date) -> list[Mention]:
    """Confirmed praise by name of the last months that the team has not heard of yet, of those who don't mind."""
    found = workspace.find(Mention, since=today - NEWS, state="confirmed", tone="praise", told_in=None)
    return [one for one in found if one.person and not wants_privacy([one.person], roster_of(workspace, today))]


def went_on(desk: Desk, meeting: Meeting) -> None:
    """The meeting went on from what customers say: note it as read aloud and told, as one deed that can be undone.

    Nothing is saved where there was nothing to hear.
    """
    workspace, now = desk.workspace, desk.now
    said = to_hear(desk, meeting)
    with workspace.batch(deeds.CUSTOMERS_HEARD, now):
        for voice in said.read:
            if voice.read_in is None:
                read_aloud(workspace, voice, meeting.id, now)
        for result in said.results:
            if not workspace.find(Telling, since=now.date() - LATELY, survey=result.survey, period=result.label):
                survey = workspace.get(Survey, result.survey)
                tell_results(workspace, survey, now, period=result.label, meeting=meeting.id)
        _note(workspace, praise_waiting(workspace, now.date()), now, told_in=meeting.id)


def were_thanked(desk: Desk, meeting: Meeting) -> None:
    """The meeting went on from the thanks: note that those whom customers praised were thanked."""
    day = meeting.at.date()
    told = desk.workspace.find(
        Mention, since=moved(day, -LATELY), until=moved(day, AROUND), told_in=meeting.id, thanked=None
    )
    if told:
        with desk.workspace.batch(deeds.QUIET, desk.now):
            _note(desk.workspace, told, desk.now, thanked=desk.now)


def _note(workspace: Workspace, mentions: list[Mention], now: datetime, **fields: object) -> None:
    """Change fields of mentions, with one save for each year."""
    for year in sorted({one.at.year for one in mentions}):
        mine = [one for one in mentions if one.at.year == year]
        changed = [msgspec.structs.replace(one, version=one.version + 1, **fields) for one in mine]
        workspace.save(*changed, deed=deeds.CUSTOMERS_HEARD if "told_in" in fields else deeds.QUIET, now=now)
