"""The comparison of those who served is remembered until something that it rests on changes, and is never in room."""

from __future__ import annotations

from datetime import date, datetime

from meetingtool.actions.customers.between_people import between_people_lately
from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.leaving_out import answer_ref, leave_out
from meetingtool.actions.desk import Desk
from meetingtool.actions.keeping.undo import undo
from meetingtool.actions.people.team import edit_person, leave
from meetingtool.actions.reading import person_named
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.surveys import Batch, Survey
from meetingtool.store import Workspace

ROWS = [f"{who[0]}{n},2026-11-{n:02},{5 if n % 2 else 1},{who}" for who in ("Tom Ng", "Maria Lopez") for n in (1, 2, 9)]


def test_what_is_said_of_people_is_counted_again_only_when_it_rests_on_something_else(
    workspace: Workspace, now: datetime
) -> None:
    data = "\n".join(["Response ID,Date,CSAT,Who served you?", *ROWS, "x1,2026-11-10,5,Tom & Maria Lopez", ""]).encode()
    survey = import_survey(workspace, plan_survey(workspace, data, "desk.csv", now), now).survey
    desk, room = Desk(workspace, lambda: now), Desk(workspace, lambda: now, room=True)

    def counted() -> list[tuple[str | None, int, int]]:
        found = between_people_lately(desk, workspace.get(Survey, survey.id))
        return [(one.role, one.whole.n, one.whole.satisfied) for one in found.groups] if found else []

    assert between_people_lately(room, survey) is None
    assert counted() == [("Front desk", 4, 3), ("Workshop", 4, 3)], "who served together has the answer, each of them"
    before = between_people_lately(desk, survey)
    record_story(workspace, "win", "@tom swept the yard", now)
    assert between_people_lately(desk, survey) is before
    (batch,) = workspace.find(Batch)
    leave_out(workspace, answer_ref(batch.id, 0), "twin", now)
    assert counted() == [("Front desk", 4, 3), ("Workshop", 3, 2)]
    undo(workspace, now)
    assert counted() == [("Front desk", 4, 3), ("Workshop", 4, 3)]
    edit_person(workspace, person_named(desk.roster, "@tom"), now, role="Front desk")
    assert counted() == [("Front desk", 8, 6)]
    leave(workspace, person_named(desk.roster, "@tom"), date(2026, 11, 2), now)
    assert counted() == [("Front desk", 6, 4)], "of a day on which somebody was not on the team it is not theirs"
