"""Surveys as they are kept: finding them, their results, targets, retention, and answers that are left out."""

from __future__ import annotations

from meetingtool.errors import NotFound
from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.store import Workspace


def survey_named(workspace: Workspace, name: str = "") -> Survey:
    """The survey of a name, or the end of its reference; without a name the only one. NotFound with those there are."""
    known = workspace.find(Survey)
    if not known:
        raise NotFound("There is no survey yet.", "`meetingtool survey import FILE` takes one in.")
    wanted = fold(name.strip())
    if not wanted and len(known) == 1:
        return known[0]
    exact = [one for one in known if fold(one.name) == wanted or (len(wanted) >= 4 and fold(one.id).endswith(wanted))]
    found = exact or [one for one in known if wanted and fold(one.name).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    have = wording.listed([f"“{wording.shortened(one.name, 40)}”" for one in known[:8]])
    asked = f"There is no survey “{wording.shortened(name, 40)}”." if name.strip() else "There are several surveys."
    raise NotFound(asked, f"Say which: {have}.")


def batches_of(workspace: Workspace, survey: Survey) -> list[Batch]:
    """All answers of a survey that are kept, the oldest first."""
    return workspace.find(Batch, survey=survey.id)
