"""Comments of customers as they are read: the newest first, and marking one to be read aloud in the meeting."""

from __future__ import annotations

from datetime import date, datetime, time

import msgspec

from meetingtool.actions.customers.leaving_out import answer_of, answer_ref
from meetingtool.actions.customers.results import batches_lately
from meetingtool.actions.customers.voices import LATELY, mark_to_read
from meetingtool.actions.desk import Desk
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import Survey
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.series import days_of
from meetingtool.rules.keeping import deeds

MOST = 200
"""How many comments are listed; earlier ones are found in the history once they were read aloud."""


class Comment(msgspec.Struct, frozen=True):
    """What a customer wrote in an answer. value: of the primary measure, None without an answer."""

    batch: str
    row: int
    day: date
    value: int | float | None
    text: str

    @property
    def ref(self) -> str:
        """Names the answer, as `K3V9QD:17`."""
        return answer_ref(self.batch, self.row)


def comments_of(desk: Desk, survey: Survey) -> list[Comment]:
    """The newest comments of a survey; for the manager alone."""
    desk.require_private("What single customers wrote")
    key = (survey.version, *((batch.id, batch.version) for batch in batches_lately(desk, survey)))
    return desk.while_same(f"comments {survey.id}", key, lambda: _comments(desk, survey))


def _comments(desk: Desk, survey: Survey) -> list[Comment]:
    found: list[Comment] = []
    measure = survey.measure()
    for batch in batches_lately(desk, survey):
        if batch.comments:
            place = batch.measures.index(survey.primary) if survey.primary in batch.measures else None
            values = batch.values[place] if place is not None else (None,) * len(batch.days)
            days = days_of(batch)
            found += [
                Comment(batch.id, row, days[row], measure.given(values[row]) if measure else None, text)
                for row, text in enumerate(batch.comments)
                if text
            ]
    return sorted(found, key=lambda one: one.day, reverse=True)


def comment_of(desk: Desk, ref: str) -> tuple[Survey, Comment]:
    """The comment of an answer by its reference, such as `K3V9QD:17`, and its survey. NotFound where it has none."""
    batch, row = answer_of(desk.workspace, ref)
    survey = desk.workspace.get(Survey, batch.survey)
    if not batch.comments or not batch.comments[row]:
        raise NotFound("That answer has no comment.", "`meetingtool survey comments` shows those that have one.")
    place = batch.measures.index(survey.primary) if survey.primary in batch.measures else None
    measure = survey.measure()
    value = measure.given(batch.values[place][row]) if measure is not None and place is not None else None
    return survey, Comment(batch.id, row, days_of(batch)[row], value, batch.comments[row])


def voice_of(desk: Desk, survey: Survey, comment: Comment) -> Voice | None:
    """The voice that a comment has become, if it has."""
    same = desk.workspace.find(Voice, since=comment.day, until=comment.day, survey=survey.id)
    return next((voice for voice in same if voice.text == comment.text), None)


def read_comment(desk: Desk, survey: Survey, comment: Comment, now: datetime) -> Voice:
    """Mark a comment as the one to be read aloud, or take the mark off: it is kept as words of a customer.

    Refused while it names somebody and nobody has said that this is praise.
    """
    known = voice_of(desk, survey, comment)
    if known is not None:
        return mark_to_read(desk.workspace, known, now)
    named = desk.workspace.find(Mention, since=comment.day, until=comment.day, batch=comment.batch, row=comment.row)
    if any(one.private and one.state != "rejected" for one in named):
        raise Refused(
            "It names somebody, and it hasn't been decided that this was praise.", "Decide that first: y, P, B or n."
        )
    workspace = desk.workspace
    voice = Voice(
        id=mint(now),
        at=datetime.combine(comment.day, time(12), tzinfo=now.tzinfo),
        made_at=now,
        made_by=workspace.user,
        text=comment.text,
        line=comment.text,
        channel="survey",
        survey=survey.id,
    )
    with workspace.batch(deeds.VOICE_MARKED, now):
        known = voice_of(desk, survey, comment)
        if known is not None:
            return mark_to_read(workspace, known, now)
        workspace.save(voice, deed=deeds.VOICE_MARKED, now=now)
        return mark_to_read(workspace, voice, now)


def lately_read(desk: Desk, survey: Survey) -> set[tuple[date, str]]:
    """The comments of a survey that are marked to be read aloud, by day and words."""
    found = desk.workspace.find(Voice, since=desk.today - LATELY, survey=survey.id, starred=True)
    return {(voice.at.date(), voice.text) for voice in found}
