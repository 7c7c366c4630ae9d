"""The annual evaluation while it is a draft: begun, the manager's words, adjusting, what should be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

import msgspec

from meetingtool.actions.people.doubts import doubts_of
from meetingtool.actions.people.evaluation_documents import (
    final_before_changed,
    find_evaluation,
    guards_of,
    two_of,
)
from meetingtool.actions.people.scores import NEAR, Scored, rule_of, scores_of
from meetingtool.actions.reading import settings_of
from meetingtool.errors import Conflict, Refused
from meetingtool.records.base import mint
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.days import moved
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.doubles import require_room_between
from meetingtool.rules.people.misfits import WHOLE, state_fits
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.rules.people.score_rule import check_adjustment, check_points
from meetingtool.store import Workspace


def the_evaluation(workspace: Workspace, person: Person, period: Period) -> Evaluation | None:
    """The evaluation of a person for a period, if it was begun. Refused while there are two."""
    if told := two_of(workspace, person, period):
        raise Refused(*told)
    return find_evaluation(workspace, person, period)


def begun(workspace: Workspace, person: Person, period: Period, now: datetime) -> Evaluation:
    """The evaluation as its next version: of the one begun before, else a new one. Refused where it can't be."""
    found = the_evaluation(workspace, person, period)
    if found is not None:
        if not state_fits(found):
            raise Refused(
                f"Whether the evaluation of {person.name} for {period.label} is shared or final was changed outside "
                "meetingtool.",
                RESTORE,
            )
        require_nothing_against(workspace, found)
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


RESTORE = "Restore its book from a backup (`meetingtool restore`)."


def require_nothing_against(workspace: Workspace, evaluation: Evaluation) -> None:
    """Refused where the record as a whole was changed outside meetingtool."""
    if why := doubts_of(workspace, evaluation).get(WHOLE, ""):
        raise Refused(f"The record of this evaluation is not what it was: {why}.", RESTORE)


def draft_of(workspace: Workspace, person: Person, period: Period, now: datetime) -> Evaluation:
    """The next version of a draft. Refused once it was shared."""
    evaluation = begun(workspace, person, period, now)
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
    """Refused where words can't be written: once it was shared, and for a period that can have no evaluation."""
    draft_of(workspace, person, period, now)


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

    became: what became of last year's goals. seen: the words that the change began from; Conflict where one that is to
    change has changed meanwhile.
    """
    given = {"strengths": strengths, "growth": growth, "goals": goals, "became": became}
    changes: dict[str, object] = {
        name: wording.storable(text).strip() for name, text in given.items() if text is not None
    }
    if stories is not None:
        changes["stories"] = tuple(story.id for story in stories)
    with workspace.batch(deeds.EVALUATION_WRITTEN, now):
        draft = draft_of(workspace, person, period, now)
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
            draft_of(workspace, person, period, now),
            adjustment=points,
            adjustment_reason=wording.storable(reason).strip() if points else "",
        )
        workspace.save(changed, deed=deeds.EVALUATION_ADJUSTED, now=now)
    return changed


def open_guards(workspace: Workspace, person: Person, period: Period, today: date) -> tuple[str, ...]:
    """What should be looked at before an evaluation is shared, in words. Nothing more once it was."""
    scored = scores_of(workspace, [person], period, today)[0]
    if scored.evaluation is not None and scored.evaluation.state != "draft":
        return ()
    return to_look_at(workspace, scored, today)


def to_look_at(workspace: Workspace, scored: Scored, today: date) -> tuple[str, ...]:
    """What should be looked at before an evaluation is shared, given its score."""
    changed = final_before_changed(workspace, scored.person, scored.period)
    return (*scored.score.missing, *(guard.message for guard in guards_of(scored, today, changed=changed)))


def unnamed(workspace: Workspace, person: Person, period: Period) -> str:
    """A sentence that papers leave the place of the manager's name empty, and what would fill it; empty where there is
    a name, and once it is locked. What was shared keeps its name or the lack of one: it becomes final as it was shared.
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
NO_NAME = "Papers leave your name empty: give it with `meetingtool settings set manager NAME`, or with , in the app."
