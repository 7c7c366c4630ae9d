"""Evaluations that were changed on both sides of a merge: what was handed over on either side is kept, and pointed
out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from meetingtool.errors import NotFound
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.kinds.values import label
from meetingtool.rules.people.course import holding
from meetingtool.rules.people.doubles import both_kept, foremost, rival_editions, shared_apart, was_handed_over
from meetingtool.rules.people.misfits import misfit
from meetingtool.rules.people.periods import between
from meetingtool.store import Workspace
from meetingtool.store.merging import Both


def keep_what_was_handed_over(workspace: Workspace, both: Iterable[Both], now: datetime) -> list[str]:
    """Of two versions of an evaluation, use the genuine one that is furthest along, with all that was handed over of
    the other: its locked editions, and its answer. Of two that were shared, each as its own sheet, the one here stays
    and the other becomes an evaluation beside it until somebody says which is valid; where one of them is final, that
    one stays. Returns in words what was found.

    both: the records that were changed on both sides. The other version stays as the one before.
    """
    told = []
    for merged, before, changed in _both_sides(workspace, both):
        owner = owner_of(workspace, merged)
        ours, theirs = (before, merged) if changed.ours_gave_way else (merged, before)
        used = foremost((merged, before)) or merged
        other = before if used is merged else merged
        wrong, others_wrong = _wrong(used, owner), _wrong(other, owner)
        apart = not wrong and not others_wrong and shared_apart(ours, theirs)
        if apart:
            used = used if used.state == "final" else ours
            of_here = used is ours
            other = _beside(workspace, theirs if of_here else ours, now)
            told.append(_told_apart(*((used, other) if of_here else (other, used)), owner))
        elif wrong and not others_wrong:
            used, other = other, used
        elif not wrong and not others_wrong:
            used = both_kept(used, other, workspace.user, now)
        if not apart:
            told += _told(used, other, owner, wrong, others_wrong)
            told += _words_told(used, other, owner, "here" if other is ours else "there", changed)
        used = msgspec.structs.replace(used, version=merged.version)
        if used != merged:
            workspace.save(msgspec.structs.replace(used, version=merged.version + 1), deed=deeds.QUIET, now=now)
    return told


def _beside(workspace: Workspace, theirs: Evaluation, now: datetime) -> Evaluation:
    """The evaluation that the other computer shared, as a record of its own; the one made by an earlier merge where
    there is one."""
    for removed in (False, True):
        for each in workspace.find(Evaluation, removed=removed, person=theirs.person):
            if each.id != theirs.id and each.shared_digest == theirs.shared_digest:
                return each
    beside = msgspec.structs.replace(theirs, id=mint(now), version=1)
    workspace.save(beside, deed=deeds.QUIET, now=now)
    return beside


def _told_apart(ours: Evaluation, theirs: Evaluation, owner: Person | None) -> str:
    which = join_command(ours, owner, "--keep REF --reason WHY")
    final = next((each for each in (ours, theirs) if each.state == "final"), None)
    did = f"Both computers shared {called(ours, owner)}"
    if final is not None:
        did = f"One computer finalised {called(final, owner)}, the other shared another sheet of it"
    return f"{did}. Both are kept: {ours.ref} of here and {theirs.ref} of there; {which} says which is valid."


_WORDS = ("strengths", "growth", "goals", "became", "adjustment", "adjustment_reason", "stories")


def _words_told(used: Evaluation, other: Evaluation, owner: Person | None, where: str, both: Both) -> list[str]:
    """What was written on one side and is not used: the fields without their words, which are private. For the version
    that the merge itself set aside, that is what was written since the two were one.
    """
    written = {each.field for each in both.gave_way} if (where == "here") == both.ours_gave_way else set(_WORDS)
    fields = [
        label(field)
        for field in _WORDS
        if field in written and getattr(other, field) and getattr(other, field) != getattr(used, field)
    ]
    if not fields:
        return []
    whose = called(used, owner)
    stays = f"stays as it was {_AS[used.state]}" if used.state in _AS else "was handed over before"
    return [
        f"{whose[0].upper()}{whose[1:]} {stays}: what was written {where} under {wording.listed(fields)} gives way; "
        f"`show {used.ref} --changes` has both."
    ]


_AS = {"shared": "shared", "acknowledged": "shared", "final": "finalised"}


def _told(used: Evaluation, other: Evaluation, owner: Person | None, wrong: str, others_wrong: str) -> list[str]:
    """What became of two versions. wrong, others_wrong: why one is not what was finalised; empty where it is."""
    whose = called(used, owner)
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
    """A sentence on how to say which of two final editions is valid."""
    return f"{join_command(evaluation, owner, '--edition N --reason WHY')} says which is valid."


def join_command(evaluation: Evaluation, owner: Person | None, options: str) -> str:
    """The command that decides about the evaluations of a person and period."""
    handle = f"@{owner.handle}" if owner else "@who"
    span = f"{evaluation.since.isoformat()}..{evaluation.until.isoformat()}"
    return f"`meetingtool evaluation join {handle} --year {span} {options}`"


def called(evaluation: Evaluation, owner: Person | None) -> str:
    """`the evaluation of Cleo Ek for 2026 (J988S9)`."""
    period = between(evaluation.since, evaluation.until)
    return f"the evaluation of {owner.name if owner else 'somebody unknown here'} for {period.label} ({evaluation.ref})"


def _both_sides(workspace: Workspace, both: Iterable[Both]) -> list[tuple[Evaluation, Evaluation, Both]]:
    """The version used and the other one, of every evaluation that was handed over on either side."""
    found = []
    for each in both:
        try:
            evaluation = workspace.get(Evaluation, each.id)
        except NotFound:
            continue
        other = workspace.versions(each.id)[-2].record
        if isinstance(other, Evaluation) and any(map(was_handed_over, (evaluation, other))):
            found.append((evaluation, other, each))
    return found


def _wrong(evaluation: Evaluation, owner: Person | None) -> str:
    """What is wrong with the first locked edition that isn't what was finalised; empty where all are.

    Each version is judged by itself, since those of two computers don't share one past.
    """
    return next(filter(None, (misfit(evaluation, n, owner, {}) for n in range(1, len(evaluation.finals) + 1))), "")


def owner_of(workspace: Workspace, evaluation: Evaluation) -> Person | None:
    """Whom an evaluation is about; None where that person is unknown here."""
    try:
        return workspace.get(Person, evaluation.person)
    except NotFound:
        return None


def _editions(evaluation: Evaluation) -> str:
    """`edition 1, final since 29 Nov 2026, digest 3f7a91c2; edition 2 ...`: the editions made by several computers."""
    numbered = [(number, evaluation.finals[number - 1]) for number in rival_editions(evaluation)]
    return "; ".join(
        f"edition {number}, final since {wording.day_in_full(final.finalised_at.date())}, digest {final.digest[:16]}"
        for number, final in numbered
    )
