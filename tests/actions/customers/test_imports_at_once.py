"""Two programs import at once: what may be there only once is there once."""

from __future__ import annotations

from datetime import datetime

from meetingtool.actions.customers.imports import SurveyImport, import_survey, plan_survey
from meetingtool.records.alerts import Alert
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import Batch, Survey
from meetingtool.store import Workspace


def export(*months: tuple[str, int]) -> bytes:
    """A hundred answers a month with ids, so many of them satisfied; one of each month names Maria."""
    rows = [
        f"{month}-{number},{month}-{number % 20 + 1:02},{5 if number < satisfied else 2},"
        + ("Maria Lopez was kind" if number == 0 else "")
        for month, satisfied in months
        for number in range(100)
    ]
    return "\n".join(["Response ID,Date,Overall satisfaction (1-5),Comment", *rows, ""]).encode()


BEFORE = export(("2026-08", 88), ("2026-09", 90), ("2026-10", 86))
FALL = export(("2026-11", 60))


def planned(workspace: Workspace, data: bytes, now: datetime) -> SurveyImport:
    return plan_survey(workspace, data, "visits.csv", now, name="Visits")


def test_an_import_planned_while_another_saved_the_same_answers_adds_none(workspace: Workspace, now: datetime) -> None:
    mine, others = workspace, Workspace.open(workspace.folder)
    plans = [(one, planned(one, BEFORE, now)) for one in (mine, others)]
    first, second = (import_survey(one, plan, now) for one, plan in plans)
    assert (first.taken, second.taken, second.same, second.is_new) == (300, 0, 300, False)
    plans = [(one, planned(one, FALL, now)) for one in (mine, others)]
    assert all(plan.taken == 100 and plan.alerts for _, plan in plans)
    first, second = (import_survey(one, plan, now) for one, plan in plans)
    assert (first.taken, second.taken, second.is_idle) == (100, 0, True)
    others.close()
    mine.refresh()
    assert [one.name for one in mine.find(Survey)] == ["Visits"]
    assert sum(len(one.days) for one in mine.find(Batch)) == 400
    assert [(one.period, one.kind) for one in mine.find(Alert)] == [("2026-11", "fall")]
    assert len(mine.find(Mention)) == 4
