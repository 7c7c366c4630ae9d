"""Evaluations that were changed on both sides of a merge: what was finalised is kept, and said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from meetingtool.errors import NotFound
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.digests import misfit
from meetingtool.rules.people.periods import between
from meetingtool.store import Workspace


def keep_what_was_finalised(workspace: Workspace, ids: Iterable[str], now: datetime) -> list[str]:
    """Of two versions of an evaluation, use the one whose editions are what was finalised. In words, what was found.

    ids: of the records that were changed on both sides. The other version stays as the one before.
    """
    told = []
    for evaluation, other in _both_sides(workspace, ids):
        owner = _owner(workspace, evaluation)
        whose = f"the evaluation of {owner.name if owner else 'somebody unknown here'}"
        whose += f" for {between(evaluation.since, evaluation.until).label} ({evaluation.ref})"
        mine, theirs = _wrong(evaluation, owner), _wrong(other, owner)
        if mine and not theirs:
            right = msgspec.structs.replace(other, version=evaluation.version + 1)
            workspace.save(right, deed=deeds.COPY_MERGED, now=now)
        if mine and theirs:
            told.append(f"Neither version of {whose} is what was finalised: {mine}. Restore it from a backup.")
        elif mine or theirs:
            told.append(
                f"One of the two versions of {whose} is not what was finalised: {mine or theirs}. "
                "It is not used; the one that was finalised is."
            )
        elif {final.digest for final in evaluation.finals} != {final.digest for final in other.finals}:
            told.append(
                f"Both computers finalised {whose}. This one is used: {_editions(evaluation)}. "
                f"The other is kept as the version before it: {_editions(other)}. Say which is valid; if it is the "
                "other, reopen this one with a reason."
            )
    return told


def _both_sides(workspace: Workspace, ids: Iterable[str]) -> list[tuple[Evaluation, Evaluation]]:
    """The version used and the other one, of every evaluation that either side has locked editions of."""
    found = []
    for record_id in ids:
        try:
            evaluation = workspace.get(Evaluation, record_id)
        except NotFound:
            continue
        other = workspace.versions(record_id)[-2].record
        if isinstance(other, Evaluation) and (evaluation.finals or other.finals):
            found.append((evaluation, other))
    return found


def _wrong(evaluation: Evaluation, owner: Person | None) -> str:
    """What is wrong with the first locked edition that isn't what was finalised; empty where all are."""
    return next(filter(None, (misfit(evaluation, number + 1, owner) for number in range(len(evaluation.finals)))), "")


def _owner(workspace: Workspace, evaluation: Evaluation) -> Person | None:
    try:
        return workspace.get(Person, evaluation.person)
    except NotFound:
        return None


def _editions(evaluation: Evaluation) -> str:
    """`digest 3f7a91c2, final since 29 Nov 2026`."""
    if not evaluation.finals:
        return f"no edition, {evaluation.state}"
    last = evaluation.finals[-1]
    return f"digest {last.digest[:16]}, final since {wording.day_in_full(last.finalised_at.date())}"
