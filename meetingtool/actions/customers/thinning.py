"""Thinning: after a survey's time the words of customers go; counts stay, so that every past score still adds up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from meetingtool.actions.customers.surveys import batches_of
from meetingtool.errors import Refused
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.rules.customers.thinning import cutoff, thinned, whole_rows
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace
from meetingtool.store.retention import Purged

LONGEST = 240
"""Months for which answers can be kept whole."""


class Thinning(msgspec.Struct, frozen=True):
    """What thinning would do. before: the day up to which answers become counts. rows: which ones, by batch. undone:
    those of imports that were undone, whose words are kept so that this can be reversed."""

    survey: Survey
    before: date
    rows: tuple[tuple[Batch, tuple[int, ...]], ...]
    undone: tuple[tuple[Batch, tuple[int, ...]], ...] = ()

    @property
    def answers(self) -> int:
        """How many answers become counts."""
        return sum(len(rows) for _, rows in self.rows)

    @property
    def comments(self) -> int:
        """How many comments go."""
        return sum(bool(batch.comments[row]) for batch, rows in self.rows if batch.comments for row in rows)


def plan_thinning(workspace: Workspace, survey: Survey, today: date, months: int | None = None) -> Thinning:
    """What thinning a survey would do. months: how long answers are kept whole; as the survey says when left out.
    Refused for an impossible time.
    """
    keep = survey.keep if months is None else months
    if not 1 <= keep <= LONGEST:
        raise Refused(f"Answers can't be kept for {keep} months.", f"Give 1 to {LONGEST}.")
    before = cutoff(today, keep)
    gone = [one for one in workspace.find(Survey, removed=True) if fold(one.name) == fold(survey.name)]
    taken_back = [batch for one in (survey, *gone) for batch in workspace.find(Batch, survey=one.id, removed=True)]
    return Thinning(survey, before, _whole(batches_of(workspace, survey), before), _whole(taken_back, before))


def _whole(batches: Iterable[Batch], before: date) -> tuple[tuple[Batch, tuple[int, ...]], ...]:
    """The rows of batches that are kept whole, of those that have any."""
    found = ((batch, tuple(whole_rows(batch, before))) for batch in batches)
    return tuple((batch, rows) for batch, rows in found if rows)


def thin(workspace: Workspace, plan: Thinning, now: datetime) -> Purged:
    """Thin the survey, in former versions and backups of the books, too. It can't be undone."""
    changed = []
    for batch, rows in (*plan.rows, *plan.undone):
        left = {one.row for one in workspace.find(LeftOut, batch=batch.id)}
        changed.append(thinned(batch, plan.survey.measures, rows, left, now))
    with workspace.batch(deeds.SURVEY_THINNED, now):
        for batch in changed:
            workspace.save(batch, deed=deeds.SURVEY_THINNED, now=now)
    return workspace.purge([batch.id for batch in changed])
