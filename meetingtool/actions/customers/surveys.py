"""Surveys as they are kept: finding them, their results, targets, retention, and answers that are left out."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import msgspec

from meetingtool.actions.customers.raising import alerts_for, to_say_of
from meetingtool.errors import NotFound, Refused
from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.course import offered_target
from meetingtool.rules.customers.series import of_batches, points
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace


def survey_named(workspace: Workspace, name: str = "") -> Survey:
    """The survey of a name, or the end of its reference; without a name the only one. NotFound with those there are."""
    known = workspace.find(Survey)
    if not known:
        raise NotFound("There is no survey yet.", "`meetingtool survey import FILE` imports one.")
    wanted = fold(name.strip())
    if not wanted and len(known) == 1:
        return known[0]
    exact = [one for one in known if fold(one.name) == wanted or (len(wanted) >= 4 and fold(one.id).endswith(wanted))]
    found = exact or [one for one in known if wanted and fold(one.name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    alike = Counter(fold(one.name) for one in known)
    have = wording.listed(
        [f"“{wording.shortened(one.name, 40)}”" if alike[fold(one.name)] == 1 else one.ref for one in known[:8]]
    )
    asked = f"There is no survey “{wording.shortened(name, 40)}”." if name.strip() else "There are several surveys."
    if len(exact) > 1:
        asked = f"There are {wording.count(len(exact), 'survey')} called “{wording.shortened(exact[0].name, 40)}”."
    raise NotFound(asked, f"Say which: {have}.")


def batches_of(workspace: Workspace, survey: Survey) -> list[Batch]:
    """All answers of a survey that are kept, the oldest first."""
    return workspace.find(Batch, survey=survey.id)


def target_offered(workspace: Workspace, survey: Survey) -> int | None:
    """The percentage of satisfied customers that the survey's own last twelve periods surely reached."""
    measure = survey.measure()
    if measure is None or measure.scale == "nps":
        return None
    series = of_batches(survey, batches_of(workspace, survey))
    return offered_target(points(series.get(measure.key, {}), survey.period))


def target_from(text: str) -> int | None:
    """A percentage as it is typed: `88`, `88 %`; None for `none` or nothing. Refused for anything else."""
    words = text.strip().removesuffix("%").strip().casefold()
    if words in ("", "none", "-"):
        return None
    if not (words.isascii() and words.isdigit()) or not 1 <= int(words) <= 100:
        raise Refused(f"“{wording.shortened(text, 20)}” isn't a percentage from 1 to 100.", "Give 1 to 100, or none.")
    return int(words)


def set_target(workspace: Workspace, survey: Survey, target: int | None, why: str, now: datetime) -> Survey:
    """Set the percentage of satisfied customers to hold, with the reason; None takes it away.

    Where the last period is under it, that is raised at once.

    Refused for a net promoter score, which is no percentage, beyond 1 to 100, and where nothing would change.
    """
    measure = survey.measure()
    if target is not None and (measure is None or measure.scale == "nps"):
        raise Refused(
            "A net promoter score has no percentage of satisfied customers.", "Choose a survey with another scale."
        )
    if target is not None and not 1 <= target <= 100:
        raise Refused(f"{target} isn't a percentage from 1 to 100.", "Give 1 to 100.")
    reason = wording.storable(why).strip() if target is not None else ""
    if (survey.target, survey.target_why) == (target, reason):
        raise Refused("That is already the target.", "Give another one.")
    changed = msgspec.structs.replace(survey, version=survey.version + 1, target=target, target_why=reason)
    with workspace.batch(deeds.SURVEY_CHANGED, now):
        series = of_batches(changed, batches_of(workspace, changed))
        line = points(series.get(changed.primary, {}), changed.period)
        found = to_say_of(workspace, changed, series, {line[-1].period} if line else ())
        alerts = alerts_for(workspace, changed, found, now)
        workspace.save(changed, deed=deeds.SURVEY_CHANGED, now=now)
        if alerts:
            workspace.save(*alerts, deed=deeds.SURVEY_CHANGED, now=now)
    return changed
