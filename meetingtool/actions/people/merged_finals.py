"""Evaluations that were changed on both sides of a merge: what was handed over on either side is kept, and said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from meetingtool.errors import NotFound
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.course import holding
from meetingtool.rules.people.doubles import both_kept, foremost, rival_editions
from meetingtool.rules.people.misfits import misfit
from meetingtool.rules.people.periods import between
from meetingtool.store import Workspace


def keep_what_was_handed_over(workspace: Workspace, ids: Iterable[str], now: datetime) -> list[str]:
    """Of two versions of an evaluation, use the one that is furthest and genuine, with all that was handed over of the
    other: its locked editions, and its answer. In words, what was found.

    ids: of the records that were changed on both sides. The other version stays as the one before.
    """
    told = []
    for merged, before in _both_sides(workspace, ids):
        owner = _owner(workspace, merged)
        used = foremost((merged, before)) or merged
        other = before if used is merged else merged
        wrong, others_wrong = _wrong(used, owner), _wrong(other, owner)
        if wrong and not others_wrong:
            used, other = other, used
        elif not wrong and not others_wrong:
            used = both_kept(used, other, workspace.user, now)
        told += _told(used, other, owner, wrong, others_wrong)
        used = msgspec.structs.replace(used, version=merged.version)
        if used != merged:
            workspace.save(msgspec.structs.replace(used, version=merged.version + 1), deed=deeds.QUIET, now=now)
    return told


def _told(used: Evaluation, other: Evaluation, owner: Person | None, wrong: str, others_wrong: str) -> list[str]:
    """What became of two versions. wrong, others_wrong: why one is not what was finalised; empty where it is."""
    period = between(used.since, used.until)
    whose = f"the evaluation of {owner.name if owner else 'somebody unknown here'} for {period.label} ({used.ref})"
    if wrong and others_wrong:
        return [f"Neither version of {whose} is what was finalised: {wrong}. Restore it from a backup."]
    if wrong or others_wrong:
        return [
            f"One of the two versions of {whose} is not what was finalised: {wrong or others_wrong}. "
            "It is not used; the one that was finalised is."
        ]
    if rival_editions(used):
        command = settle(used, owner)
        return [
            f"Both computers finalised {whose}. All editions are kept: {_editions(used)}. "
            f"Edition {holding(used)} holds; {command}"
        ]
    answers = {(each.agrees, each.comment) for each in (used, other) if each.acknowledged_at is not None}
    if len(answers) > 1:
        return [f"Both computers noted an answer to {whose}. The later one holds; the paper shows the other as well."]
    return []


def settle(evaluation: Evaluation, owner: Person | None) -> str:
    """How to say which of two final editions is valid."""
    handle = f"@{owner.handle}" if owner else "@who"
    span = f"{evaluation.since.isoformat()}..{evaluation.until.isoformat()}"
    return f"`meetingtool evaluation join {handle} --year {span} --edition N --reason WHY` says which is valid."


def _both_sides(workspace: Workspace, ids: Iterable[str]) -> list[tuple[Evaluation, Evaluation]]:
    """The version used and the other one, of every evaluation that was handed over on either side."""
    found = []
    for record_id in ids:
        try:
            evaluation = workspace.get(Evaluation, record_id)
        except NotFound:
            continue
        other = workspace.versions(record_id)[-2].record
        if isinstance(other, Evaluation) and any(e.finals or e.state != "draft" for e in (evaluation, other)):
            found.append((evaluation, other))
    return found


def _wrong(evaluation: Evaluation, owner: Person | None) -> str:
    """What is wrong with the first locked edition that isn't what was finalised; empty where all are.

    Each version is judged by itself: those of two computers are not one past.
    """
    return next(filter(None, (misfit(evaluation, n, owner, {}) for n in range(1, len(evaluation.finals) + 1))), "")


def _owner(workspace: Workspace, evaluation: Evaluation) -> Person | None:
    try:
        return workspace.get(Person, evaluation.person)
    except NotFound:
        return None


def _editions(evaluation: Evaluation) -> str:
    """`edition 1, final since 29 Nov 2026, digest 3f7a91c2; edition 2 ...` of those of several computers."""
    numbered = [(number, evaluation.finals[number - 1]) for number in rival_editions(evaluation)]
    return "; ".join(
        f"edition {number}, final since {wording.day_in_full(final.finalised_at.date())}, digest {final.digest[:16]}"
        for number, final in numbered
    )
