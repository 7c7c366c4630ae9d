"""The course of an annual evaluation: shared, answered, final, reopened; and two of one period joined.

What is shared is kept whole from that moment: the employee answers it, and exactly that becomes final.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from meetingtool.actions.people.evaluation_documents import (
    evaluations_of,
    live_content,
    scored_now,
)
from meetingtool.actions.people.evaluations import (
    begun,
    draft_of,
    require_nothing_against,
    the_evaluation,
    to_look_at,
)
from meetingtool.actions.people.scores import Heap, Scored, scores_of
from meetingtool.errors import Refused
from meetingtool.records.evaluations import Evaluation, Final, FixedRule, Reopened
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people import evaluation as documents
from meetingtool.rules.people.course import course_is_genuine, held, with_course
from meetingtool.rules.people.digests import answer_digest, answer_is_genuine, digest, sealed, shared_is_genuine
from meetingtool.rules.people.doubles import doubles, merged_evaluation, replaced, with_valid_edition
from meetingtool.rules.people.periods import Period
from meetingtool.store import Workspace


def before_final(workspace: Workspace, person: Person, period: Period, today: date) -> tuple[str, ...]:
    """What should be looked at before an evaluation is final, in words."""
    scored = scores_of(workspace, [person], period, today)[0]
    return _before_final(workspace, scored, today)


def _before_final(workspace: Workspace, scored: Scored, today: date) -> tuple[str, ...]:
    state = scored.evaluation.state if scored.evaluation is not None else "draft"
    if state == "draft":
        return ("it has not been shared with the employee", *to_look_at(workspace, scored, today))
    return ("there is no answer to it yet",) if state == "shared" else ()


def share(workspace: Workspace, person: Person, period: Period, now: datetime, *, reason: str = "") -> Evaluation:
    """Share the draft: it stays as it is from now on, for the employee to answer, and so does the rule of its period.

    reason: why it is shared although something should still be looked at (`open_guards`). Refused without a reason
    where one is needed, when it was shared before, and before the period has begun.
    """
    with workspace.batch(deeds.EVALUATION_SHARED, now):
        evaluation = draft_of(workspace, person, period, now)
        _require_begun(period, now.date())
        _require_genuine(evaluation)
        scored, heap = scored_now(workspace, person, period, now.date())
        _require_reason(to_look_at(workspace, scored, now.date()), reason, "share")
        changed = msgspec.structs.replace(
            evaluation,
            state="shared",
            shared_at=now,
            open_guards_reason=wording.storable(reason).strip(),
            fixed=_fixed(evaluation, scored, heap),
        )
        content = live_content(workspace, scored, heap, changed, now.date())
        changed = with_course(msgspec.structs.replace(changed, shared=content, shared_digest=digest(content)))
        workspace.save(changed, deed=deeds.EVALUATION_SHARED, now=now)
    return changed


def acknowledge(
    workspace: Workspace,
    person: Person,
    period: Period,
    agrees: bool | None,
    now: datetime,
    *,
    comment: str = "",
    reason: str = "",
) -> Evaluation:
    """Note that the employee received the evaluation, and agrees or not. Whoever disagrees says why in a comment.

    agrees: None where no view is given. reason: why an answer is changed that was noted already; the former one and
    the reason stay on the paper. Refused unless it is shared, and when it has an answer already, unless there is a
    reason.
    """
    said, why = wording.storable(comment).strip(), wording.storable(reason).strip()
    if agrees is False and not wording.says_something(said):
        raise Refused("A disagreement needs the employee's comment.", "Add the comment.")
    with workspace.batch(deeds.EVALUATION_ANSWERED, now):
        found = the_evaluation(workspace, person, period)
        if found is None or found.state == "draft":
            raise Refused(f"The evaluation of {person.name} for {period.label} has not been shared.", "Share it first.")
        if found.state == "final":
            raise Refused(
                f"The evaluation of {person.name} for {period.label} is final.", "Reopen it with a reason first."
            )
        _require_genuine(found)
        require_nothing_against(workspace, found)
        noted = found.state == "acknowledged"
        if noted and (found.agrees, found.comment) == (agrees, said):
            raise Refused("This is the answer that has already been noted.", "There is nothing to change.")
        before = (_answer_before(workspace, found, why, now),) if noted else ()
        changed = msgspec.structs.replace(
            found,
            version=found.version + 1,
            state="acknowledged",
            acknowledged_at=now,
            agrees=agrees,
            comment=said,
            reopened=(*found.reopened, *before),
        )
        if before:
            changed = with_course(changed)
        if changed.shared_digest:
            changed = msgspec.structs.replace(changed, answer_digest=answer_digest(changed))
        workspace.save(changed, deed=deeds.EVALUATION_ANSWERED, now=now)
    return changed


def _answer_before(workspace: Workspace, found: Evaluation, reason: str, now: datetime) -> Reopened:
    """The answer noted before, which is changed for a reason. Refused without one."""
    if not wording.says_something(reason):
        raise Refused(
            "The answer to this evaluation has already been noted, and can't be undone.",
            "Change it with a reason (`--reason`), which the document will show with the earlier answer.",
        )
    return replaced(found, "answer", reason, workspace.user, now)


RESTORE_OR_REOPEN = "Restore its book from a backup (`meetingtool restore`), or reopen the evaluation with a reason."


def _require_genuine(evaluation: Evaluation) -> None:
    """Refused where what was shared, its answer or its course was changed since."""
    judged = (
        (shared_is_genuine, "what was shared"),
        (answer_is_genuine, "the answer"),
        (course_is_genuine, "what was reopened"),
    )
    for fits, what in judged:
        if not fits(evaluation):
            raise Refused(
                f"The record of {what} has been changed since and no longer matches its digest.", RESTORE_OR_REOPEN
            )


def finalise(workspace: Workspace, person: Person, period: Period, now: datetime, *, reason: str = "") -> Evaluation:
    """Lock the evaluation with everything it rests on, and its digest: as it was shared, with its answer.

    reason: why it is made final although something should still be looked at (`before_final`). Refused without a reason
    where one is needed, when it is final already, and before the period has begun.
    """
    with workspace.batch(deeds.EVALUATION_FINAL, now):
        evaluation = begun(workspace, person, period, now)
        if evaluation.state == "final":
            raise Refused(
                f"The evaluation of {person.name} for {period.label} is final.",
                "Reopen it with a reason; the final edition is kept.",
            )
        _require_begun(period, now.date())
        _require_genuine(evaluation)
        scored, heap = scored_now(workspace, person, period, now.date())
        _require_reason(_before_final(workspace, scored, now.date()), reason, "finalise")
        changed = _locked(workspace, _with_reason(evaluation, scored, heap, reason), scored, heap, now)
        workspace.save(changed, deed=deeds.EVALUATION_FINAL, now=now)
    return changed


def not_filed(workspace: Workspace, final: Evaluation) -> str:
    """What to say where the HR office does not get the edition that holds; empty where it does."""
    if workspace.is_filed(final.id, len(final.finals)):
        return ""
    return "The HR office does not get it: there it was deleted, and what is deleted is not filed again."


def _with_reason(evaluation: Evaluation, scored: Scored, heap: Heap, reason: str) -> Evaluation:
    """The evaluation with all reasons given so far for going on, and the rule that holds from now on."""
    said = wording.storable(reason).strip()
    reasons = (evaluation.open_guards_reason, f"{documents.FINAL_ANYWAY}{said}" if said else "")
    return msgspec.structs.replace(
        evaluation,
        open_guards_reason="\n".join(text for text in reasons if text),
        fixed=_fixed(evaluation, scored, heap),
    )


def _locked(workspace: Workspace, evaluation: Evaluation, scored: Scored, heap: Heap, now: datetime) -> Evaluation:
    """The evaluation with one more locked edition: what was shared, or else what the records say now."""
    today = now.date()
    shared = evaluation.shared or live_content(workspace, scored, heap, evaluation, today)
    content = documents.answered(shared, evaluation, state="final", made_on=today)
    final = sealed(Final(content=content, digest=digest(content), finalised_at=now, finalised_by=workspace.user))
    return with_course(
        msgspec.structs.replace(
            evaluation,
            state="final",
            shared=None,
            shared_digest="",
            answer_digest="",
            finals=(*evaluation.finals, final),
        )
    )


def _require_begun(period: Period, today: date) -> None:
    if today < period.since:
        raise Refused(f"{period.label} has not begun yet.", "Choose another period.")


def _require_reason(still_open: Sequence[str], reason: str, verb: str) -> None:
    if still_open and not wording.says_something(reason):
        raise Refused(
            f"Check first: {'; '.join(still_open)}.",
            f"Fix it, or {verb} with a reason (`--reason`).",
        )


def _fixed(evaluation: Evaluation, scored: Scored, heap: Heap) -> FixedRule:
    """The rule to keep with an evaluation from now on: the one that its score was made by."""
    if evaluation.fixed is not None:
        return evaluation.fixed
    return FixedRule(
        rule=heap.rule.rule,
        standards={standard.id: standard.weight for standard in scored.inputs.standards},
        version=heap.rule.rule.version,
        held=tuple(standard.id for standard in scored.inputs.standards),
    )


def reopen(workspace: Workspace, person: Person, period: Period, reason: str, now: datetime) -> Evaluation:
    """Make a shared or final evaluation a draft again. What was final is kept, and the answer is void. Words of a draft
    that gave way to it when two computers were merged are in the draft again.

    Refused without a reason.
    """
    why = wording.storable(reason).strip()
    with workspace.batch(deeds.EVALUATION_REOPENED, now):
        found = the_evaluation(workspace, person, period)
        if found is None or found.state == "draft":
            raise Refused(
                f"The evaluation of {person.name} for {period.label} is neither shared nor final.",
                "You can simply edit it.",
            )
        if not wording.says_something(why):
            raise Refused("Reopening needs a reason.", "Say why in a sentence; it will appear in the document.")
        changed = _reopened(workspace, found, why, now)
        if (draft := _gave_way_to(workspace, found)) is not None:
            changed = merged_evaluation(changed, msgspec.structs.replace(draft, finals=(), reopened=()))
        workspace.save(changed, deed=deeds.EVALUATION_REOPENED, now=now)
    return changed


def _gave_way_to(workspace: Workspace, found: Evaluation) -> Evaluation | None:
    """The draft of one computer that gave way to what another one had shared, unless it was a draft again since."""
    versions = [(each.record, each.deed) for each in workspace.versions(found.id)]
    drafts = [(each, deed) for each, deed in versions if isinstance(each, Evaluation) and each.state == "draft"]
    last, deed = drafts[-1] if drafts else (None, deeds.QUIET)
    return last if last is not None and deeds.is_merge(deed) else None


def _reopened(workspace: Workspace, found: Evaluation, reason: str, now: datetime) -> Evaluation:
    finals = found.finals
    if found.state == "final" and finals:
        finals = tuple(
            msgspec.structs.replace(final, reopened_at=now, reason=reason) if final is held(found) else final
            for final in finals
        )
    reopening = replaced(found, "reopened", reason, workspace.user, now)
    return with_course(
        msgspec.structs.replace(
            found,
            version=found.version + 1,
            state="draft",
            shared=None,
            shared_digest="",
            shared_at=None,
            acknowledged_at=None,
            agrees=None,
            comment="",
            answer_digest="",
            open_guards_reason="",
            reopened=(*found.reopened, reopening),
            finals=finals,
        )
    )


def join_doubles(
    workspace: Workspace, person: Person, period: Period, now: datetime, *, keep: str = "", reason: str = ""
) -> Evaluation:
    """Merge the evaluations of one person and period; the others move to the bin.

    keep: the reference of the one to continue with, which may be in the bin; by default the one that is furthest along.
    reason: why it is the valid one, where others were handed over: its paper lists those as reopened for that reason.
    Refused where there are not several, for a reference that is none of them, and without a reason where one is needed.
    """
    with workspace.batch(deeds.EVALUATIONS_JOINED, now):
        kept, *others = _several(workspace, person, period, keep)
        version = kept.version + 1
        kept = msgspec.structs.replace(kept, removed_at=None)
        for other in others:
            if keep and other.state != "draft":
                if not wording.says_something(reason):
                    raise Refused(
                        f"{other.ref} is {other.state}, so this needs a reason.",
                        "Say with `--reason` why the other one is valid; it will appear in the document.",
                    )
                kept = merged_evaluation(kept, _reopened(workspace, other, wording.storable(reason).strip(), now))
            else:
                kept = merged_evaluation(kept, other)
            binned = msgspec.structs.replace(other, version=other.version + 1, removed_at=now)
            workspace.save(binned, deed=deeds.EVALUATIONS_JOINED, now=now)
        kept = msgspec.structs.replace(kept, version=version)
        workspace.save(kept, deed=deeds.EVALUATIONS_JOINED, now=now)
    return kept


def _several(workspace: Workspace, person: Person, period: Period, keep: str) -> tuple[Evaluation, ...]:
    """The evaluations of a person and period, the one to continue with first."""
    chosen = workspace.by_ref(keep) if keep else None
    found = [e for e in evaluations_of(workspace, person, period) if chosen is None or e.id != chosen.id]
    if chosen is None:
        several = next(iter(doubles(found)), ())
    elif isinstance(chosen, Evaluation) and (chosen.person, chosen.since, chosen.until) == (
        person.id,
        period.since,
        period.until,
    ):
        several = (chosen, *found) if found else ()
    else:
        raise Refused(
            f"{keep} is no evaluation of {person.name} for {period.label}.", "`bin list` shows those removed."
        )
    if not several:
        raise Refused(
            f"There is at most one evaluation of {person.name} for {period.label}.", "There is nothing to merge."
        )
    return several


def choose_edition(
    workspace: Workspace, person: Person, period: Period, number: int, reason: str, now: datetime
) -> Evaluation:
    """Say which of two editions that two computers made final is the valid one; the other stays as a former one."""
    with workspace.batch(deeds.EVALUATIONS_JOINED, now):
        found = the_evaluation(workspace, person, period)
        if found is None:
            raise Refused(f"There is no evaluation of {person.name} for {period.label}.")
        changed = with_valid_edition(found, number, wording.storable(reason).strip(), workspace.user, now)
        changed = msgspec.structs.replace(changed, version=found.version + 1)
        workspace.save(changed, deed=deeds.EVALUATIONS_JOINED, now=now)
    return changed
