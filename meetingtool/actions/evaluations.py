"""The annual evaluation: drafting, the manager's words, adjusting, finalising, reopening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import msgspec

from meetingtool.actions import deeds
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.actions.scores import Heap, Scored, heap_of, scores_of
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation, Final
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import evaluation as documents
from meetingtool.rules import wording
from meetingtool.rules.evaluation import Basis, Content
from meetingtool.rules.periods import Period, part_of, year_before
from meetingtool.rules.score_rule import check_adjustment
from meetingtool.store import Workspace


def find_evaluation(workspace: Workspace, person: Person, period: Period) -> Evaluation | None:
    """The evaluation of a person for a period, if it was begun."""
    found = workspace.find(Evaluation, since=period.until, until=period.until, person=person.id)
    return next((e for e in found if (e.since, e.until) == (period.since, period.until)), None)


def _begun(workspace: Workspace, person: Person, period: Period, now: datetime) -> Evaluation:
    """The evaluation as its next version: of the one begun before, else a new one. Refused where it can't be."""
    found = find_evaluation(workspace, person, period)
    if found is not None:
        if found.state == "final":
            raise Refused(
                f"The evaluation of {person.name} for {period.label} is final.",
                "Reopen it with a reason; what was final is kept.",
            )
        return msgspec.structs.replace(found, version=found.version + 1)
    if part_of(period, person.started, person.left) is None:
        raise Refused(f"{person.name} was not on the team in {period.label}.", "Choose another period.")
    around = timedelta(days=400)
    near = workspace.find(Evaluation, since=period.since - around, until=period.until + around, person=person.id)
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
    """Write the manager's words, and pick the stories to show; None leaves a part as it is. Refused when final."""
    evaluation = _begun(workspace, person, period, now)
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
    check_adjustment(points, reason, settings_of(workspace).score)
    changed = msgspec.structs.replace(
        _begun(workspace, person, period, now),
        adjustment=points,
        adjustment_reason=wording.storable(reason).strip() if points else "",
    )
    workspace.save(changed, deed=deeds.EVALUATION_ADJUSTED, now=now)
    return changed


def document(workspace: Workspace, person: Person, period: Period, now: datetime) -> Content:
    """The evaluation as plain values: the locked edition while it is final, else what the records say now."""
    evaluation = find_evaluation(workspace, person, period)
    if evaluation is not None and evaluation.state == "final":
        return evaluation.finals[-1].content
    return _live(workspace, [person], period, now.date())[0]


def all_documents(workspace: Workspace, people: Iterable[Person], period: Period, now: datetime) -> list[Content]:
    """The evaluations of several people who were on the team in the period, like `document`."""
    team = [person for person in people if part_of(period, person.started, person.left) is not None]
    heap = heap_of(workspace, period)
    live = {content["person"]["id"]: content for content in _live(workspace, team, period, now.date(), heap)}
    contents = []
    for person in team:
        evaluation = heap.evaluations.get(person.id)
        locked = evaluation is not None and evaluation.state == "final"
        contents.append(evaluation.finals[-1].content if locked and evaluation else live[person.id])
    return contents


def _live(
    workspace: Workspace, people: Sequence[Person], period: Period, today: date, heap: Heap | None = None
) -> list[Content]:
    heap = heap or heap_of(workspace, period)
    before = _years_before(workspace, people, year_before(period), today)
    scored = scores_of(workspace, people, period, today, heap)
    return [
        documents.content(_basis(workspace, entry, heap, today, before.get(entry.person.id)), today) for entry in scored
    ]


def _basis(workspace: Workspace, scored: Scored, heap: Heap, today: date, before: Content | None) -> Basis:
    settings = settings_of(workspace)
    return Basis(
        team=settings.team,
        person=scored.person,
        inputs=scored.inputs,
        score=scored.score,
        rule=settings.score,
        roster=roster_of(workspace, today),
        ratings=heap.ratings,
        stories=heap.stories,
        follow_ups=heap.follow_ups,
        guards=scored.guards,
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
    """What should be looked at before an evaluation is final, in words."""
    scored = scores_of(workspace, [person], period, today)[0]
    return (*scored.score.missing, *(guard.message for guard in scored.guards))


def finalise(workspace: Workspace, person: Person, period: Period, now: datetime, *, reason: str = "") -> Evaluation:
    """Lock the evaluation with everything it rests on, and its digest.

    reason: why it is final though something should still be looked at (`open_guards`). Refused without it then,
    when it is final already, and before the period has begun.
    """
    evaluation = _begun(workspace, person, period, now)
    today = now.date()
    heap = heap_of(workspace, period)
    scored = scores_of(workspace, [person], period, today, heap)[0]
    still_open = (*scored.score.missing, *(guard.message for guard in scored.guards))
    if still_open and not reason.strip():
        raise Refused(
            f"Something should be looked at first: {'; '.join(still_open)}.",
            "Mend it, or finalise with a reason (`--reason`).",
        )
    evaluation = msgspec.structs.replace(evaluation, open_guards_reason=wording.storable(reason).strip())
    before = _years_before(workspace, [person], year_before(period), today).get(person.id)
    basis = msgspec.structs.replace(_basis(workspace, scored, heap, today, before), evaluation=evaluation)
    content = documents.content(basis, today, state="final")
    final = Final(content=content, digest=documents.digest(content), finalised_at=now, finalised_by=workspace.user)
    changed = msgspec.structs.replace(evaluation, state="final", finals=(*evaluation.finals, final))
    workspace.save(changed, deed=deeds.EVALUATION_FINAL, now=now)
    return changed


def reopen(workspace: Workspace, person: Person, period: Period, reason: str, now: datetime) -> Evaluation:
    """Open a final evaluation again, for a new edition; what was final is kept. Refused without a reason."""
    found = find_evaluation(workspace, person, period)
    if found is None or found.state != "final":
        raise Refused(f"The evaluation of {person.name} for {period.label} is not final.", "It can simply be changed.")
    if not reason.strip():
        raise Refused("Reopening needs its reason.", "Say in a sentence why; it is kept with the record.")
    last = msgspec.structs.replace(found.finals[-1], reopened_at=now, reason=wording.storable(reason).strip())
    changed = msgspec.structs.replace(
        found,
        version=found.version + 1,
        state="draft",
        shared_at=None,
        acknowledged_at=None,
        agrees=None,
        comment="",
        finals=(*found.finals[:-1], last),
    )
    workspace.save(changed, deed=deeds.EVALUATION_REOPENED, now=now)
    return changed
