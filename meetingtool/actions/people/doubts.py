"""What the books know about an evaluation besides its own record: its former versions, and the log of deeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

from meetingtool.records.evaluations import Evaluation
from meetingtool.rules.keeping.deeds import COPY_MERGED, EVALUATION_FINAL, EVALUATIONS_JOINED, QUIET
from meetingtool.rules.people.misfits import Doubts, doubts_about
from meetingtool.store import Workspace
from meetingtool.store.places import year_name


def doubts_of(workspace: Workspace, evaluation: Evaluation) -> Doubts:
    """What is known against an evaluation; empty where nothing is."""
    return doubts_of_each(workspace, [evaluation])[evaluation.id]


def doubts_of_each(workspace: Workspace, evaluations: Iterable[Evaluation]) -> dict[str, Doubts]:
    """What is known against each evaluation, by its id, with one look into the log of each book."""
    asked = list(evaluations)
    finalised: Counter[str] = Counter()
    for book in {year_name(evaluation.at.year) for evaluation in asked}:
        finalised += Counter(id for id, _ in _finalised(workspace, book))
    found = {}
    for one in asked:
        kept, whole = _past(workspace, one)
        found[one.id] = doubts_about(one, kept, finalised[one.id] if whole else 0)
    return found


def _finalised(workspace: Workspace, book: str) -> set[tuple[str, int]]:
    """Each record that the log says was finalised, with the version that it became: one on two computers counts
    once."""
    deeds = (deed for _, deed in workspace.log(book) if deed.what == EVALUATION_FINAL)
    return {(change.id, change.after) for deed in deeds for change in deed.changes}


def _past(workspace: Workspace, evaluation: Evaluation) -> tuple[list[Evaluation], bool]:
    """The successive versions of an evaluation, the present one last, and whether these are all. Two records that
    became one have a past each, and undoing that is a leap as well: what came before is left out.
    """
    versions = workspace.versions(evaluation.id)
    deeds = [one.deed.partition(":")[0] for one in versions]
    if not any(deed in _JOINING for deed in deeds):
        return [cast(Evaluation, one.record) for one in versions], True
    since = max(place for place, deed in enumerate(deeds, 1) if deed in (*_JOINING, QUIET) and place < len(deeds))
    return [cast(Evaluation, one.record) for one in versions[since:]], False


_JOINING = (COPY_MERGED, EVALUATIONS_JOINED)
"""Deeds by which two records become one."""
