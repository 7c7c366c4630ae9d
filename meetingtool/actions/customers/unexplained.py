"""Falls that nobody has said anything about, though the team met since."""

from __future__ import annotations

from datetime import timedelta

from meetingtool.actions.desk import Desk
from meetingtool.records.alerts import Alert
from meetingtool.records.surveys import Survey
from meetingtool.rules import areas

MEETINGS = 2
"""After this many meetings an explanation is asked for."""
LATELY = timedelta(days=200)


def unexplained(desk: Desk) -> list[tuple[Alert, Survey, int]]:
    """Alerts without an explanation, with their survey and how many meetings were held since. Reads no answers."""
    if areas.ANSWERS in desk.settings.off:
        return []
    surveys = {survey.id: survey for survey in desk.workspace.find(Survey)}
    if not surveys:
        return []
    found = []
    for alert in desk.workspace.find(Alert, since=desk.today - LATELY):
        held = sum(meeting.state == "closed" and meeting.at > alert.at for meeting in desk.meetings())
        if alert.state in ("raised", "told") and held >= MEETINGS and alert.survey in surveys:
            found.append((alert, surveys[alert.survey], held))
    return found
