"""What customers said to the sample team, taken in by the same actions that a manager uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import cast

from meetingtool.actions.customers import alerts, mentions
from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.voices import record_voice
from meetingtool.actions.stories.follow_ups import decide
from meetingtool.importers.sample_customers import SampleSurvey, SampleVoice
from meetingtool.records.meetings import Meeting
from meetingtool.records.mentions import Tone
from meetingtool.records.surveys import Survey
from meetingtool.store import Workspace

SURE = ("column", "full-name", "titled", "unique")
LATELY = timedelta(days=45)
"""Names in younger comments still wait for the manager."""


def load_voices(
    workspace: Workspace, voices: tuple[SampleVoice, ...], held: Mapping[object, str], now: datetime
) -> None:
    """Each voice at its moment, read aloud in its meeting."""
    for voice in voices:
        at = datetime.combine(voice.day, voice.clock, tzinfo=now.tzinfo)
        read = held.get(voice.read) if voice.read else None
        record_voice(workspace, voice.line, at, channel=voice.channel, satisfied=voice.satisfied, meeting=read)


def load_survey(workspace: Workspace, sample: SampleSurvey, now: datetime) -> None:
    """The export, imported once the month of the fall was over and again now; between the two the fall was talked
    over in a meeting, and an action agreed and kept."""
    story = sample.story
    at = datetime.combine(sample.month_after + timedelta(days=2), time(17), tzinfo=now.tzinfo)
    if at < now:
        survey = _take_in(workspace, sample.after_fall, story.file, story.name, at)
        _talk_over(workspace, survey, sample, at, now)
    _take_in(workspace, sample.now, story.file, story.name, now)
    _decide_names(workspace, now)


def _take_in(workspace: Workspace, data: bytes, file: str, name: str, at: datetime) -> Survey:
    return import_survey(workspace, plan_survey(workspace, data, file, at, name=name), at).survey


def _talk_over(workspace: Workspace, survey: Survey, sample: SampleSurvey, since: datetime, now: datetime) -> None:
    """The first meeting after the import: the team was told, said what it was, and agreed what to do."""
    following = [
        one for one in workspace.find(Meeting, since=since.date()) if since <= one.at < now - timedelta(days=7)
    ]
    if not following:
        return
    meeting = following[0]
    then = meeting.at + timedelta(minutes=14)
    alerts.tell_results(workspace, survey, then, meeting=meeting.id)
    for alert in alerts.alerts_of(workspace, survey):
        explained = alerts.explain(workspace, alert, cast("alerts.Cause", sample.story.cause), sample.story.words, then)
        _, action = alerts.act_on(workspace, explained, sample.story.action, then)
        decide(workspace, action, "kept", then + timedelta(days=3), at=then + timedelta(days=3))


def _decide_names(workspace: Workspace, now: datetime) -> None:
    """The names that are sure and not of the last weeks, by what the customer thought of the whole."""
    until: date = (now - LATELY).date()
    for one in mentions.queue(workspace):
        mention = one.mention
        if mention.tier in SURE and mention.person and one.value is not None and mention.at.date() < until:
            tone: Tone = "praise" if one.value >= 4 else "problem"
            mentions.confirm(workspace, mention, tone, mention.at + timedelta(days=5))
