"""The annual evaluation: drafting, the manager's words, adjusting, sharing, the answer, finalising, reopening.

What is shared is kept whole from that moment on: the employee answers to it, and the very same becomes final.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

import msgspec

from meetingtool.actions.people.scores import NEAR, Heap, Scored, heap_of, rule_of, scores_of, standards_of
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation, Final, FixedRule, Reopened
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people import evaluation as documents
from meetingtool.rules.people.evaluation import Basis, Content
from meetingtool.rules.people.guards import Guard, before_sharing
from meetingtool.rules.people.periods import Period, part_of, year_before
from meetingtool.rules.people.score_rule import check_adjustment
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace


def find_evaluation(workspace: Workspace, person: Person, period: Period) -> Evaluation | None:
    """The evaluation of a person for a period, if it was begun."""
    found = workspace.find(Evaluation, since=period.until, until=period.until, person=person.id)
    return next((e for e in found if (e.since, e.until) == (period.since, period.until)), None)


def _begun(workspace: Workspace, person: Person, period: Period, now: datetime) -> Evaluation:
    """The evaluation as its next version: of the one begun before, else a new one. Refused where it can't be."""
    found = find_evaluation(workspace, person, period)
    if found is not None:
        return msgspec.structs.replace(found, version=found.version + 1)
    if part_of(period, person.started, person.left) is None:
        raise Refused(f"{person.name} was not on the team in {period.label}.", "Choose another period.")
    near = workspace.find(Evaluation, since=period.since - NEAR, until=period.until + NEAR, person=person.id)
    documents.require_room_between(near, person.id, period)
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
            "Reopen it with a reason; what was final is kept.",
        )
    if evaluation.state != "draft":
        raise Refused(
            f"The evaluation of {person.name} for {period.label} is {evaluation.state}, so it stays as it was shared.",
            "Reopen it with a reason; the answer to it is void then.",
        )
    return evaluation


def write(
    workspace: Workspace,
    person: Person,
    period: Period,
    now: datetime,
    *,
    strengths: str | None = None,
    growth: str | None = None,
    goals: str | None = None,
    stories: Sequence[Story] | None = None,
) -> Evaluation:
    """Write the manager's words, and pick the stories to show; None leaves a part as it is. Refused once shared."""
    evaluation = _draft(workspace, person, period, now)
    given = {"strengths": strengths, "growth": growth, "goals": goals}
    changes: dict[str, object] = {
        name: wording.storable(text).strip() for name, text in given.items() if text is not None
    }
    if stories is not None:
        changes["stories"] = tuple(story.id for story in stories)
    changed = msgspec.structs.replace(evaluation, **changes)
    workspace.save(changed, deed=deeds.EVALUATION_WRITTEN, now=now)
    return changed


def adjust(
    workspace: Workspace, person: Person, period: Period, points: float, reason: str, now: datetime
) -> Evaluation:
    """Adjust the score by a few points, with the reason that will stand beside it. Refused beyond the rule's limit."""
    check_adjustment(points, reason, rule_of(workspace, period).rule)
    changed = msgspec.structs.replace(
        _draft(workspace, person, period, now),
        adjustment=points,
        adjustment_reason=wording.storable(reason).strip() if points else "",
    )
    workspace.save(changed, deed=deeds.EVALUATION_ADJUSTED, now=now)
    return changed


def document(workspace: Workspace, person: Person, period: Period, now: datetime) -> Content:
    """The evaluation as plain values: as it was locked or shared, else what the records say now."""
    evaluation = find_evaluation(workspace, person, period)
    kept = kept_document(evaluation) if evaluation is not None else None
    return kept or _live(workspace, person, period, now.date())


def kept_document(evaluation: Evaluation) -> Content | None:
    """The document that stays as it is: the locked edition, or the shared one with its answer. None of a draft."""
    if evaluation.state == "final":
        return evaluation.finals[-1].content
    return documents.answered(evaluation.shared, evaluation) if evaluation.shared is not None else None


def document_each(
    workspace: Workspace, people: Iterable[Person], period: Period, now: datetime
) -> Iterator[tuple[Content, Evaluation | None]]:
    """The document of everybody who was on the team in the period, with the evaluation where one was begun.

    They come one after the other, each made when it is asked for, so that hundreds need no more room than one.
    """
    team = [person for person in people if part_of(period, person.started, person.left) is not None]
    heap = heap_of(workspace, period)
    before = _years_before(workspace, team, year_before(period), now.date())
    scored = {one.person.id: one for one in scores_of(workspace, team, period, now.date(), heap)}
    roster = _roster(workspace, heap, now.date())
    for person in team:
        evaluation = heap.evaluations.get(person.id)
        kept = kept_document(evaluation) if evaluation is not None else None
        basis = _basis(workspace, scored[person.id], heap, roster, before.get(person.id))
        yield kept or documents.content(basis, now.date()), evaluation


def _live(workspace: Workspace, person: Person, period: Period, today: date) -> Content:
    scored, heap = _scored(workspace, person, period, today)
    before = _years_before(workspace, [person], year_before(period), today).get(person.id)
    return documents.content(_basis(workspace, scored, heap, _roster(workspace, heap, today), before), today)


def _roster(workspace: Workspace, heap: Heap, today: date) -> Roster:
    """The look-up with the standards' weights of the period."""
    return Roster(roster_of(workspace, today).everyone, standards_of(workspace, heap.rule), today)


def _basis(workspace: Workspace, scored: Scored, heap: Heap, roster: Roster, before: Content | None) -> Basis:
    return Basis(
        team=settings_of(workspace).team,
        person=scored.person,
        inputs=scored.inputs,
        score=scored.score,
        rule=heap.rule.rule,
        roster=roster,
        ratings=heap.ratings,
        stories=heap.stories,
        follow_ups=heap.follow_ups,
        guards=_guards(scored, roster.today),
        evaluation=scored.evaluation,
        before=before,
    )


def _years_before(workspace: Workspace, people: Sequence[Person], period: Period, today: date) -> dict[str, Content]:
    """What each person's year before came to: the locked evaluation, else what the records say."""
    there = [person for person in people if part_of(period, person.started, person.left) is not None]
    found: dict[str, Content] = {}
    for scored in scores_of(workspace, there, period, today):
        evaluation = scored.evaluation
        if evaluation is not None and evaluation.finals:
            locked = evaluation.finals[-1].content["score"]
            found[scored.person.id] = documents.year_before(period.label, locked, f"final evaluation of {period.label}")
        elif scored.score.shown is not None:
            plain = documents.score_content(scored.score)
            found[scored.person.id] = documents.year_before(period.label, plain, f"records of {period.label}")
    return found


def open_guards(workspace: Workspace, person: Person, period: Period, today: date) -> tuple[str, ...]:
    """What should be looked at before an evaluation is shared, in words. Nothing more once it was."""
    scored = scores_of(workspace, [person], period, today)[0]
    return _to_look_at(scored, today) if scored.evaluation is None or scored.evaluation.state == "draft" else ()


def _guards(scored: Scored, today: date) -> tuple[Guard, ...]:
    """What should be looked at before sharing, beyond what is needed for a number."""
    found = scored.evaluation
    words = (found.strengths, found.growth, found.goals) if found is not None else ()
    return (*scored.guards, *before_sharing(scored.inputs, today, words, left=scored.person.left))


def _to_look_at(scored: Scored, today: date) -> tuple[str, ...]:
    return (*scored.score.missing, *(guard.message for guard in _guards(scored, today)))


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
    evaluation = _draft(workspace, person, period, now)
    _require_begun(period, now.date())
    scored, heap = _scored(workspace, person, period, now.date())
    _require_reason(_to_look_at(scored, now.date()), reason, "share")
    changed = msgspec.structs.replace(
        evaluation,
        state="shared",
        shared_at=now,
        open_guards_reason=wording.storable(reason).strip(),
        fixed=_fixed(evaluation, scored, heap),
    )
    content = _content(workspace, scored, heap, changed, now.date())
    changed = msgspec.structs.replace(changed, shared=content)
    workspace.save(changed, deed=deeds.EVALUATION_SHARED, now=now)
    return changed


def acknowledge(
    workspace: Workspace, person: Person, period: Period, agrees: bool, now: datetime, *, comment: str = ""
) -> Evaluation:
    """Note that the employee received the evaluation, and agrees or not. Who does not agree says why in a comment.

    Refused unless it is shared and without an answer yet.
    """
    found = find_evaluation(workspace, person, period)
    if found is None or found.state == "draft":
        raise Refused(f"The evaluation of {person.name} for {period.label} has not been shared.", "Share it first.")
    if found.state != "shared":
        raise Refused(
            f"The evaluation of {person.name} for {period.label} has its answer already.",
            "Undo takes it back if that was the last thing done; else reopen the evaluation with a reason.",
        )
    said = wording.storable(comment).strip()
    if not agrees and not said:
        raise Refused("Who does not agree is heard.", "Write down the employee's comment.")
    changed = msgspec.structs.replace(
        found, version=found.version + 1, state="acknowledged", acknowledged_at=now, agrees=agrees, comment=said
    )
    workspace.save(changed, deed=deeds.EVALUATION_ANSWERED, now=now)
    return changed


def finalise(workspace: Workspace, person: Person, period: Period, now: datetime, *, reason: str = "") -> Evaluation:
    """Lock the evaluation with everything it rests on, and its digest: as it was shared, with its answer.

    reason: why it is final though something should still be looked at (`before_final`). Refused without it then,
    when it is final already, and before the period has begun.
    """
    evaluation = _begun(workspace, person, period, now)
    if evaluation.state == "final":
        raise Refused(
            f"The evaluation of {person.name} for {period.label} is final.",
            "Reopen it with a reason; what was final is kept.",
        )
    _require_begun(period, now.date())
    scored, heap = _scored(workspace, person, period, now.date())
    _require_reason(_before_final(scored, now.date()), reason, "finalise")
    reasons = dict.fromkeys((evaluation.open_guards_reason, wording.storable(reason).strip()))
    evaluation = msgspec.structs.replace(
        evaluation,
        open_guards_reason="\n".join(text for text in reasons if text),
        fixed=_fixed(evaluation, scored, heap),
    )
    today = now.date()
    shared = evaluation.shared or _content(workspace, scored, heap, evaluation, today)
    content = documents.answered(shared, evaluation, state="final", made_on=today)
    final = Final(content=content, digest=documents.digest(content), finalised_at=now, finalised_by=workspace.user)
    changed = msgspec.structs.replace(evaluation, state="final", shared=None, finals=(*evaluation.finals, final))
    workspace.save(changed, deed=deeds.EVALUATION_FINAL, now=now)
    return changed


def _require_begun(period: Period, today: date) -> None:
    if today < period.since:
        raise Refused(f"{period.label} has not begun yet.", "Choose another period.")


def _require_reason(still_open: Sequence[str], reason: str, verb: str) -> None:
    if still_open and not reason.strip():
        raise Refused(
            f"Something should be looked at first: {'; '.join(still_open)}.",
            f"Mend it, or {verb} with a reason (`--reason`).",
        )


def _scored(workspace: Workspace, person: Person, period: Period, today: date) -> tuple[Scored, Heap]:
    heap = heap_of(workspace, period)
    return scores_of(workspace, [person], period, today, heap)[0], heap


def _content(workspace: Workspace, scored: Scored, heap: Heap, evaluation: Evaluation, today: date) -> Content:
    """The document of the evaluation as it is about to be saved."""
    before = _years_before(workspace, [scored.person], year_before(scored.period), today).get(scored.person.id)
    basis = _basis(workspace, scored, heap, _roster(workspace, heap, today), before)
    return documents.content(msgspec.structs.replace(basis, evaluation=evaluation), today)


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
    found = find_evaluation(workspace, person, period)
    if found is None or found.state == "draft":
        raise Refused(
            f"The evaluation of {person.name} for {period.label} is neither shared nor final.",
            "It can simply be changed.",
        )
    why = wording.storable(reason).strip()
    if not why:
        raise Refused("Reopening needs its reason.", "Say in a sentence why; it is kept with the record.")
    finals = found.finals
    if found.state == "final":
        finals = (*finals[:-1], msgspec.structs.replace(finals[-1], reopened_at=now, reason=why))
    reopening = Reopened(
        state=found.state, at=now, by=workspace.user, reason=why, agrees=found.agrees, comment=found.comment
    )
    changed = msgspec.structs.replace(
        found,
        version=found.version + 1,
        state="draft",
        shared=None,
        shared_at=None,
        acknowledged_at=None,
        agrees=None,
        comment="",
        open_guards_reason="",
        reopened=(*found.reopened, reopening),
        finals=finals,
    )
    workspace.save(changed, deed=deeds.EVALUATION_REOPENED, now=now)
    return changed


def removed_since(workspace: Workspace, content: Content) -> frozenset[str]:
    """Ids of the stories, promises and ratings of a document that have been put in the bin since it was made."""
    kinds: tuple[tuple[type[Story | FollowUp | Rating], str], ...] = (
        (Story, "stories"),
        (FollowUp, "promises"),
        (Rating, "ratings"),
    )
    return frozenset(
        entry["id"]
        for kind, name in kinds
        for entry in content[name]
        if not entry.get("removed") and _is_gone(workspace, kind, entry["id"])
    )


def _is_gone(workspace: Workspace, kind: type[Story | FollowUp | Rating], record_id: str) -> bool:
    try:
        return workspace.get(kind, record_id).removed_at is not None
    except NotFound:
        return True
