"""The annual evaluation: drafting, the manager's words, adjusting, sharing, the answer, finalising, reopening.

What is shared is kept whole from that moment on: the employee answers to it, and the very same becomes final.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import msgspec

from meetingtool.actions.people.doubts import doubts_of
from meetingtool.actions.people.evaluation_documents import (
    evaluations_of,
    find_evaluation,
    guards_of,
    live_content,
    scored_now,
    two_of,
)
from meetingtool.actions.people.scores import NEAR, Heap, Scored, rule_of, scores_of
from meetingtool.actions.reading import settings_of
from meetingtool.errors import Conflict, Refused
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation, Final, FixedRule, Reopened
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.dates import moved
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people import evaluation as documents
from meetingtool.rules.people.course import course_is_genuine, with_course
from meetingtool.rules.people.digests import answer_digest, answer_is_genuine, digest, sealed, shared_is_genuine
from meetingtool.rules.people.doubles import doubles, merged_evaluation, require_room_between, with_valid_edition
from meetingtool.rules.people.misfits import WHOLE, state_fits
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.rules.people.score_rule import check_adjustment, check_points
from meetingtool.store import Workspace


def the_evaluation(workspace: Workspace, person: Person, period: Period) -> Evaluation | None:
    """The evaluation of a person for a period, if it was begun. Refused while there are two."""
    if told := two_of(workspace, person, period):
        raise Refused(*told)
    return find_evaluation(workspace, person, period)


def _begun(workspace: Workspace, person: Person, period: Period, now: datetime) -> Evaluation:
    """The evaluation as its next version: of the one begun before, else a new one. Refused where it can't be."""
    found = the_evaluation(workspace, person, period)
    if found is not None:
        if not state_fits(found):
            raise Refused(
                f"Whether the evaluation of {person.name} for {period.label} is shared or final was changed outside "
                "meetingtool.",
                RESTORE,
            )
        _require_nothing_against(workspace, found)
        return msgspec.structs.replace(found, version=found.version + 1)
    if part_of(period, person.started, person.left) is None:
        raise Refused(f"{person.name} was not on the team in {period.label}.", "Choose another period.")
    near = workspace.find(
        Evaluation, since=moved(period.since, -NEAR), until=moved(period.until, NEAR), person=person.id
    )
    require_room_between(near, person.id, period)
    return Evaluation(
        id=mint(now),
        at=datetime.combine(period.until, time(12), tzinfo=now.tzinfo),
        made_at=now,
        made_by=workspace.user,
        person=person.id,
        since=period.since,
        until=period.until,
    )


def _draft(workspace: Workspace, person: Person, period: Period, now: datetime) -> Evaluation:
    """The next version of what is still a draft. Refused once it was shared."""
    evaluation = _begun(workspace, person, period, now)
    if evaluation.state == "final":
        raise Refused(
            f"The evaluation of {person.name} for {period.label} is final.",
            "Reopen it with a reason; the final edition is kept.",
        )
    if evaluation.state != "draft":
        raise Refused(
            f"The evaluation of {person.name} for {period.label} is {evaluation.state}, so it can't be changed.",
            "Reopen it with a reason; the answer then becomes void.",
        )
    return evaluation


def check_draft(workspace: Workspace, person: Person, period: Period, now: datetime) -> None:
    """Refused where the words can't be written: once it was shared, and for a period that can have none."""
    _draft(workspace, person, period, now)


def write(
    workspace: Workspace,
    person: Person,
    period: Period,
    now: datetime,
    *,
    strengths: str | None = None,
    growth: str | None = None,
    goals: str | None = None,
    became: str | None = None,
    stories: Sequence[Story] | None = None,
    seen: Mapping[str, str] | None = None,
) -> Evaluation:
    """Write the manager's words, and pick the stories to show; None leaves a part as it is. Refused once shared.

    became: what became of last year's goals. seen: the words that the change began from; Conflict where one that is
    changed is another by now.
    """
    given = {"strengths": strengths, "growth": growth, "goals": goals, "became": became}
    changes: dict[str, object] = {
        name: wording.storable(text).strip() for name, text in given.items() if text is not None
    }
    if stories is not None:
        changes["stories"] = tuple(story.id for story in stories)
    with workspace.batch(deeds.EVALUATION_WRITTEN, now):
        draft = _draft(workspace, person, period, now)
        if any(
            getattr(draft, name) not in (was, changes[name]) for name, was in (seen or {}).items() if name in changes
        ):
            raise Conflict(
                f"These words of the evaluation of {person.name} have been changed elsewhere meanwhile.",
                "Look at them with `meetingtool evaluation show`, and write yours again.",
                current=draft,
            )
        changed = msgspec.structs.replace(draft, **changes)
        workspace.save(changed, deed=deeds.EVALUATION_WRITTEN, now=now)
    return changed


def points_of(workspace: Workspace, period: Period, text: str) -> float:
    """The points of an adjustment as typed, such as `2` or `-1,5`. Refused when it isn't a number or beyond the
    limit."""
    try:
        points = float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        raise Refused(f"“{wording.shortened(text, 20)}” is not a number.", "Give points such as 2 or -1.") from None
    check_points(points, rule_of(workspace, period).rule)
    return points


def adjust(
    workspace: Workspace, person: Person, period: Period, points: float, reason: str, now: datetime
) -> Evaluation:
    """Adjust the score by a few points, with the reason that will stand beside it. Refused beyond the rule's limit."""
    check_adjustment(points, reason, rule_of(workspace, period).rule)
    with workspace.batch(deeds.EVALUATION_ADJUSTED, now):
        changed = msgspec.structs.replace(
            _draft(workspace, person, period, now),
            adjustment=points,
            adjustment_reason=wording.storable(reason).strip() if points else "",
        )
        workspace.save(changed, deed=deeds.EVALUATION_ADJUSTED, now=now)
    return changed


def open_guards(workspace: Workspace, person: Person, period: Period, today: date) -> tuple[str, ...]:
    """What should be looked at before an evaluation is shared, in words. Nothing more once it was."""
    scored = scores_of(workspace, [person], period, today)[0]
    return _to_look_at(scored, today) if scored.evaluation is None or scored.evaluation.state == "draft" else ()


def _to_look_at(scored: Scored, today: date) -> tuple[str, ...]:
    return (*scored.score.missing, *(guard.message for guard in guards_of(scored, today)))


def unnamed(workspace: Workspace, person: Person, period: Period) -> str:
    """That papers leave the place of the manager's name empty, and what would fill it; empty where there is a name, and
    once it is locked.

    What was shared keeps the name that it has, or has not: it becomes final as it was shared.
    """
    found = find_evaluation(workspace, person, period)
    if found is None or found.state == "draft":
        return "" if settings_of(workspace).manager.strip() else NO_NAME
    shared = found.shared or {}
    nameless = found.shared is not None and not shared.get("office", {}).get("manager", "").strip()
    return SHARED_WITHOUT_NAME if nameless else ""


SHARED_WITHOUT_NAME = (
    "It was shared without your name, and becomes final like that. Reopened with a reason and shared again, it takes "
    "the name that the settings have then."
)
NO_NAME = (
    "Papers leave your name empty: give it with `meetingtool settings set manager NAME`, or in the app's settings."
)


def before_final(workspace: Workspace, person: Person, period: Period, today: date) -> tuple[str, ...]:
    """What should be looked at before an evaluation is final, in words."""
    scored = scores_of(workspace, [person], period, today)[0]
    return _before_final(scored, today)


def _before_final(scored: Scored, today: date) -> tuple[str, ...]:
    state = scored.evaluation.state if scored.evaluation is not None else "draft"
    if state == "draft":
        return ("it has not been shared with the employee", *_to_look_at(scored, today))
    return ("there is no answer to it yet",) if state == "shared" else ()


def share(workspace: Workspace, person: Person, period: Period, now: datetime, *, reason: str = "") -> Evaluation:
    """Share the draft: it stays as it is from now on, for the employee to answer, and so does the rule of its period.

    reason: why it is shared though something should still be looked at (`open_guards`). Refused without it then, when
    it was shared before, and before the period has begun.
    """
    with workspace.batch(deeds.EVALUATION_SHARED, now):
        evaluation = _draft(workspace, person, period, now)
        _require_begun(period, now.date())
        _require_genuine(evaluation)
        scored, heap = scored_now(workspace, person, period, now.date())
        _require_reason(_to_look_at(scored, now.date()), reason, "share")
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
    the reason stay on the paper. Refused unless it is shared, and with an answer already unless there is a reason.
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
        _require_nothing_against(workspace, found)
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
    return Reopened(
        what="answer",
        state=found.state,
        at=now,
        by=workspace.user,
        reason=reason,
        agrees=found.agrees,
        comment=found.comment,
        answered_at=found.acknowledged_at,
    )


RESTORE = "Restore its book from a backup (`meetingtool restore`)."
RESTORE_OR_REOPEN = "Restore its book from a backup (`meetingtool restore`), or reopen the evaluation with a reason."


def _require_genuine(evaluation: Evaluation) -> None:
    """Refused where what was shared, its answer or its course is not what it was."""
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


def _require_nothing_against(workspace: Workspace, evaluation: Evaluation) -> None:
    if why := doubts_of(workspace, evaluation).get(WHOLE, ""):
        raise Refused(f"The record of this evaluation is not what it was: {why}.", RESTORE)


def finalise(workspace: Workspace, person: Person, period: Period, now: datetime, *, reason: str = "") -> Evaluation:
    """Lock the evaluation with everything it rests on, and its digest: as it was shared, with its answer.

    reason: why it is final though something should still be looked at (`before_final`). Refused without it then,
    when it is final already, and before the period has begun.
    """
    with workspace.batch(deeds.EVALUATION_FINAL, now):
        evaluation = _begun(workspace, person, period, now)
        if evaluation.state == "final":
            raise Refused(
                f"The evaluation of {person.name} for {period.label} is final.",
                "Reopen it with a reason; the final edition is kept.",
            )
        _require_begun(period, now.date())
        _require_genuine(evaluation)
        scored, heap = scored_now(workspace, person, period, now.date())
        _require_reason(_before_final(scored, now.date()), reason, "finalise")
        changed = _locked(workspace, _with_reason(evaluation, scored, heap, reason), scored, heap, now)
        workspace.save(changed, deed=deeds.EVALUATION_FINAL, now=now)
    return changed


def _with_reason(evaluation: Evaluation, scored: Scored, heap: Heap, reason: str) -> Evaluation:
    """With all reasons given so far for going on, and the rule that holds from now on."""
    reasons = dict.fromkeys((evaluation.open_guards_reason, wording.storable(reason).strip()))
    return msgspec.structs.replace(
        evaluation,
        open_guards_reason="\n".join(text for text in reasons if text),
        fixed=_fixed(evaluation, scored, heap),
    )


def _locked(workspace: Workspace, evaluation: Evaluation, scored: Scored, heap: Heap, now: datetime) -> Evaluation:
    """With one more locked edition: what was shared, or else what the records say now."""
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
    """Make a shared or final evaluation a draft again. What was final is kept, and the answer is void.

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
        workspace.save(changed, deed=deeds.EVALUATION_REOPENED, now=now)
    return changed


def _reopened(workspace: Workspace, found: Evaluation, reason: str, now: datetime) -> Evaluation:
    finals = found.finals
    if found.state == "final" and finals:
        finals = (*finals[:-1], msgspec.structs.replace(finals[-1], reopened_at=now, reason=reason))
    reopening = Reopened(
        state=found.state,
        at=now,
        by=workspace.user,
        reason=reason,
        agrees=found.agrees,
        comment=found.comment,
        answered_at=found.acknowledged_at,
    )
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

    keep: the reference of the one to continue with, which may be in the bin; else the one that is furthest. reason: why
    it is the valid one, where others were handed over: those stand on its paper as reopened for it.
    Refused where there are not several, for a reference that is none of them, and without a reason that it needs.
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
    """Say which of two editions, that two computers made final, is the valid one; the other stays as a former one."""
    with workspace.batch(deeds.EVALUATIONS_JOINED, now):
        found = the_evaluation(workspace, person, period)
        if found is None:
            raise Refused(f"There is no evaluation of {person.name} for {period.label}.")
        changed = with_valid_edition(found, number, wording.storable(reason).strip(), workspace.user, now)
        changed = msgspec.structs.replace(changed, version=found.version + 1)
        workspace.save(changed, deed=deeds.EVALUATIONS_JOINED, now=now)
    return changed
