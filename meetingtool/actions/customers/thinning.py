"""Thinning: after a survey's time the words of customers go, and counts stay by which every past score adds up."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from meetingtool.actions.customers.surveys import batches_of
from meetingtool.errors import Refused
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.rules.customers.series import days_of
from meetingtool.rules.customers.thinning import cutoff, thinned, without_words
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.retention import Purged

LONGEST = 240
"""Months for which answers can be kept whole."""


class Thinning(msgspec.Struct, frozen=True):
    """What thinning would do. before: the day up to which answers lose their words. to_counts: batches of which counts
    stay; blanked: those that have younger answers, too, and only lose the words of the older ones."""

    survey: Survey
    before: date
    to_counts: tuple[Batch, ...]
    blanked: tuple[Batch, ...]

    @property
    def answers(self) -> int:
        """How many answers become counts."""
        return sum(len(batch.days) for batch in self.to_counts)

    @property
    def comments(self) -> int:
        """How many comments go."""
        old = sum(
            day < self.before and bool(comment)
            for batch in self.blanked
            for day, comment in zip(days_of(batch), batch.comments, strict=False)
        )
        return old + sum(1 for batch in self.to_counts for comment in batch.comments if comment)


def plan_thinning(workspace: Workspace, survey: Survey, today: date, months: int | None = None) -> Thinning:
    """What thinning a survey would do. months: for which answers are kept whole, what the survey says when left out.

    Refused for a time that is none.
    """
    keep = survey.keep if months is None else months
    if not 1 <= keep <= LONGEST:
        raise Refused(f"Answers can't be kept for {keep} months.", f"Give 1 to {LONGEST}.")
    before = cutoff(today, keep)
    live = [batch for batch in batches_of(workspace, survey) if batch.days]
    whole = [batch for batch in live if batch.at.date() < before]
    partly = [batch for batch in live if batch.first < before <= batch.at.date()]
    return Thinning(survey, before, tuple(whole), tuple(one for one in partly if without_words(one, before) is not one))


def thin(workspace: Workspace, plan: Thinning, now: datetime) -> Purged:
    """Do it, in the former versions and the backups of the books, too. It can't be undone."""
    changed = []
    for batch in plan.to_counts:
        left = {one.row for one in workspace.find(LeftOut, batch=batch.id)}
        changed.append(thinned(batch, plan.survey.measures, left, now))
    changed += [without_words(batch, plan.before) for batch in plan.blanked]
    with workspace.batch(deeds.SURVEY_THINNED, now):
        for batch in changed:
            workspace.save(batch, deed=deeds.SURVEY_THINNED, now=now)
    return workspace.purge([batch.id for batch in changed])
