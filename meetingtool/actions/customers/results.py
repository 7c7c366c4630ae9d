"""The results of surveys as the screens read them: counted once, for as long as no answer changes."""

from __future__ import annotations

from datetime import timedelta

from meetingtool.actions.desk import Desk
from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules.customers.series import Series, of_batches

LATELY = timedelta(days=800)
"""How far back a course is shown and compared: a little over two years."""


def batches_lately(desk: Desk, survey: Survey) -> list[Batch]:
    """The answers of the last two years, the oldest first."""
    since = (desk.today - LATELY).replace(month=1, day=1)
    return desk.once(f"batches {survey.id}", lambda: desk.workspace.find(Batch, since=since, survey=survey.id))


def series_lately(desk: Desk, survey: Survey) -> Series:
    """The same, counted by measure and period."""
    batches = batches_lately(desk, survey)
    key = (survey.version, *((batch.id, batch.version) for batch in batches))
    return desk.while_same(f"series {survey.id}", key, lambda: of_batches(survey, batches))
