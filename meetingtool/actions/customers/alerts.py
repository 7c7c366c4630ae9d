"""The life of an alert: raised, told to the team, explained, and answered by an action or dismissed with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from meetingtool.actions.customers.surveys import batches_of
from meetingtool.actions.stories.follow_ups import record_follow_up
from meetingtool.errors import NotFound, Refused
from meetingtool.records.alerts import Alert, Telling
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp
from meetingtool.records.surveys import Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.series import of_batches
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

Cause = Literal["promise", "wait", "words", "manner", "work", "price", "rule", "handover", "other"]
"""What a change can come from; the same words as for complaints."""

OVER = ("done", "dismissed")


def alerts_of(workspace: Workspace, survey: Survey | None = None, *, everything: bool = False) -> list[Alert]:
    """The alerts that are not over yet, or all of them, the newest first."""
    found = workspace.find(Alert, survey=survey.id) if survey else workspace.find(Alert)
    return [alert for alert in reversed(found) if everything or alert.state not in OVER]


def alert_of(workspace: Workspace, ref: str) -> Alert:
    """The alert of a reference. NotFound for another record."""
    record = workspace.by_ref(ref)
    if not isinstance(record, Alert):
        raise NotFound("That is not the reference of an alert.", "`meetingtool survey alerts` shows them.")
    return record


def tell_results(
    workspace: Workspace,
    survey: Survey,
    now: datetime,
    *,
    period: str = "",
    meeting: str | None = None,
    how: str = "",
) -> Telling:
    """Note that the team was told the results of a period; its alerts are told with it.

    period: the last one with answers when left out. Refused for one without answers, or that was told already.
    """
    label = _period(workspace, survey, period)
    telling = Telling(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        survey=survey.id,
        period=label,
        meeting=meeting,
        how=wording.storable(how).strip(),
    )
    with workspace.batch(deeds.RESULTS_TOLD, now):
        if workspace.find(Telling, survey=survey.id, period=label):
            raise Refused(
                f"The team has been told the results of {label} already.", "Name another period, if that was meant."
            )
        raised = [alert for alert in workspace.find(Alert, survey=survey.id, state="raised") if alert.period <= label]
        workspace.save(telling, deed=deeds.RESULTS_TOLD, now=now)
        for alert in raised:
            told = _next(alert, state="told", told_at=now, told_in=meeting)
            workspace.save(told, deed=deeds.RESULTS_TOLD, now=now)
    return telling


def explain(workspace: Workspace, alert: Alert, cause: Cause, words: str, now: datetime) -> Alert:
    """Write down what is thought to be behind it; call it again to correct that. Refused without words, and once it is
    over."""
    _refuse_over(alert)
    said = wording.storable(words).strip()
    if not said:
        raise Refused("No explanation was given.", "Say it in a few words.")
    changed = _next(alert, state="explained", explained_at=now, cause=cause, words=said)
    workspace.save(changed, deed=deeds.ALERT_EXPLAINED, now=now)
    return changed


def act_on(workspace: Workspace, alert: Alert, line: str, now: datetime) -> tuple[Alert, FollowUp]:
    """Agree the action that answers it, in the words of any action. Refused before it is explained."""
    _refuse_over(alert)
    if alert.state != "explained":
        raise Refused("This alert has not been explained yet.", "`meetingtool survey explain REF WORDS` comes before.")
    with workspace.batch(deeds.ALERT_DONE, now):
        action = record_follow_up(workspace, "action", line, now)
        changed = _next(alert, state="done", decided_at=now, action=action.id)
        workspace.save(changed, deed=deeds.ALERT_DONE, now=now)
    return changed, action


def dismiss(workspace: Workspace, alert: Alert, reason: str, now: datetime) -> Alert:
    """Dismiss it for a reason. Refused without one, and once it is over."""
    _refuse_over(alert)
    said = wording.storable(reason).strip()
    if not said:
        raise Refused("Dismissing an alert needs a reason.", "Say it in a few words.")
    changed = _next(alert, state="dismissed", decided_at=now, reason=said)
    workspace.save(changed, deed=deeds.ALERT_DISMISSED, now=now)
    return changed


def told_periods(workspace: Workspace, survey: Survey) -> set[str]:
    """The periods whose results the team was told."""
    return {telling.period for telling in workspace.find(Telling, survey=survey.id)}


def _period(workspace: Workspace, survey: Survey, period: str) -> str:
    series = of_batches(survey, batches_of(workspace, survey))
    known: Sequence[str] = sorted({label for line in series.values() for label in line})
    wanted = period.strip().upper() or (known[-1] if known else "")
    if wanted not in known:
        have = f"There are answers for {wording.listed(known[-3:])}." if known else "Import some first."
        raise Refused(f"There are no answers of “{wording.shortened(period, 20)}”.", have)
    return wanted


def _refuse_over(alert: Alert) -> None:
    if alert.state in OVER:
        raise Refused(f"This alert is already {alert.state}.", "`undo` reverses the last change.")


def _next(alert: Alert, **changes: object) -> Alert:
    return msgspec.structs.replace(alert, version=alert.version + 1, **changes)
