"""Adding and changing discussion questions and role-plays; moving and retiring anything in the playbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar, get_args

import msgspec

from meetingtool.actions.reading import roster_of, standard_named
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.playbook import Audience, Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.training import Course
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.playbook.ordering import place_beside, places
from meetingtool.store import Workspace

Shelved = TypeVar("Shelved", bound=Question | Scenario | Course | Statement | Group)
OnAShelf = TypeVar("OnAShelf", bound=Standard | Question | Scenario | Course | Statement | Group)

EDITED: dict[type, deeds.Code] = {
    Question: deeds.QUESTION_EDITED,
    Scenario: deeds.SCENARIO_EDITED,
    Standard: deeds.STANDARD_EDITED,
    Course: deeds.COURSE_EDITED,
    Statement: deeds.STATEMENT_EDITED,
    Group: deeds.GROUP_EDITED,
}
RETIRED: dict[type, deeds.Code] = {
    Question: deeds.QUESTION_RETIRED,
    Scenario: deeds.SCENARIO_RETIRED,
    Course: deeds.COURSE_RETIRED,
    Statement: deeds.STATEMENT_RETIRED,
    Group: deeds.GROUP_RETIRED,
}
NAMES: dict[type, str] = {
    Question: "question",
    Scenario: "role-play",
    Course: "course",
    Statement: "sentence",
    Group: "group",
}


def add_question(workspace: Workspace, text: str, audience: str, now: datetime) -> Question:
    """Add a discussion question at the end of the list. audience: one of `Audience`."""
    question = Question(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        text=line_of(text, "The question needs words."),
        audience=_audience(audience),
        order=after_the_last(workspace, Question),
    )
    workspace.save(question, deed=deeds.QUESTION_ADDED, now=now)
    return question


def edit_question(
    workspace: Workspace,
    question: Question,
    now: datetime,
    *,
    text: str | None = None,
    audience: str | None = None,
    order: int | None = None,
) -> Question:
    """Change a question; None leaves a part as it is. order: its new place from 0; the others make room."""
    changes: dict[str, object] = {}
    if text is not None:
        changes["text"] = line_of(text, "The question needs words.")
    if audience is not None:
        changes["audience"] = _audience(audience)
    return saved(workspace, question, changes, order, now)


def add_scenario(
    workspace: Workspace,
    title: str,
    customer: str,
    employee: str,
    now: datetime,
    *,
    look_for: Sequence[str] = (),
    standards: Sequence[str] = (),
) -> Scenario:
    """Add a role-play at the end of the list. look_for: what everybody else watches for. standards: tags."""
    scenario = Scenario(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        title=line_of(title, "The role-play needs a title."),
        customer=_words(customer, "Say what the customer's part is."),
        employee=_words(employee, "Say what the employee knows."),
        look_for=_lines(look_for),
        standards=tags_of(workspace, standards, now),
        order=after_the_last(workspace, Scenario),
    )
    workspace.save(scenario, deed=deeds.SCENARIO_ADDED, now=now)
    return scenario


def edit_scenario(
    workspace: Workspace,
    scenario: Scenario,
    now: datetime,
    *,
    title: str | None = None,
    customer: str | None = None,
    employee: str | None = None,
    look_for: Sequence[str] | None = None,
    standards: Sequence[str] | None = None,
    order: int | None = None,
) -> Scenario:
    """Change a role-play; None leaves a part as it is. order: its new place from 0; the others make room."""
    changes: dict[str, object] = {}
    if title is not None:
        changes["title"] = line_of(title, "The role-play needs a title.")
    if customer is not None:
        changes["customer"] = _words(customer, "Say what the customer's part is.")
    if employee is not None:
        changes["employee"] = _words(employee, "Say what the employee knows.")
    if look_for is not None:
        changes["look_for"] = _lines(look_for)
    if standards is not None:
        changes["standards"] = tags_of(workspace, standards, now)
    return saved(workspace, scenario, changes, order, now)


def retire(workspace: Workspace, record: Shelved, now: datetime) -> Shelved:
    """Retire a question, a role-play, a course, a sentence or a group. What was said or done with it is kept.

    Refused when it is retired already.
    """
    if record.retired is not None:
        since = wording.day(record.retired, now.date())
        raise Refused(f"This {NAMES[type(record)]} has been retired since {since}.", "`undo` reverses it.")
    changed: Shelved = msgspec.structs.replace(record, version=record.version + 1, retired=now.date())
    workspace.save(changed, deed=RETIRED[type(record)], now=now)
    return changed


def move(workspace: Workspace, record: OnAShelf, step: int, now: datetime) -> bool:
    """Swap a record with its neighbour in use; questions and sentences move within their part.

    step: -1 up, 1 down. False at the end, where nothing is changed.
    """
    kept = in_order(workspace, type(record))
    place = place_beside(kept, [other for other in kept if _seen_with(record, other, now)], record, step)
    if place is None:
        return False
    saved(workspace, record, {}, place, now)
    return True


def in_order(workspace: Workspace, kind: type[OnAShelf]) -> list[OnAShelf]:
    """All of a kind that are not in the bin, in their order; standards that share a place by their tags."""
    return sorted(
        workspace.find(kind), key=lambda each: (each.order, each.tag if isinstance(each, Standard) else each.id)
    )


def _seen_with(record: OnAShelf, other: OnAShelf, now: datetime) -> bool:
    if other.id == record.id:
        return True
    if isinstance(other, Standard):
        return other.in_use(now.date())
    if isinstance(record, Question) and isinstance(other, Question) and other.audience != record.audience:
        return False
    if isinstance(record, Statement) and isinstance(other, Statement) and other.section != record.section:
        return False
    return other.retired is None


def saved(
    workspace: Workspace, record: OnAShelf, changes: dict[str, object], order: int | None, now: datetime
) -> OnAShelf:
    """Save a record's next version with its changes, and the records that make room for it, as one deed.

    order: its new place from 0; None leaves it where it is.
    """
    kept = in_order(workspace, type(record))
    moved = {} if order is None else places(kept, record, order)
    changes["order"] = moved.pop(record.id, record.order)
    changed: OnAShelf = msgspec.structs.replace(record, version=record.version + 1, **changes)
    others = [
        msgspec.structs.replace(other, version=other.version + 1, order=moved[other.id])
        for other in kept
        if other.id in moved
    ]
    workspace.save(changed, *others, deed=EDITED[type(record)], now=now)
    return changed


def after_the_last(workspace: Workspace, kind: type[Shelved]) -> int:
    """The place behind all of a kind."""
    return max((record.order for record in workspace.find(kind)), default=-1) + 1


def tags_of(workspace: Workspace, tags: Sequence[str], now: datetime) -> tuple[str, ...]:
    """The tags as they are today, once each. NotFound for one that no standard has or had."""
    roster = roster_of(workspace, now.date())
    return tuple(dict.fromkeys(standard_named(roster, tag).tag for tag in tags))


def _audience(text: str) -> Audience:
    for audience in get_args(Audience):
        if audience == text.strip().lower():
            known: Audience = audience
            return known
    raise Refused(
        f"A question can't be about “{wording.shortened(text, 30)}”.",
        f"Choose one of {wording.listed(get_args(Audience))}.",
    )


def line_of(text: str, needed: str) -> str:
    """A text on one line. Refused, with `needed`, when blank."""
    line = wording.one_line(wording.storable(text))
    if not line:
        raise Refused(needed)
    return line


def _words(text: str, needed: str) -> str:
    """Words in one or several paragraphs, separated by a blank line."""
    paragraphs = [wording.one_line(part) for part in wording.storable(text).replace("\r\n", "\n").split("\n\n")]
    words = "\n\n".join(part for part in paragraphs if part)
    if not words:
        raise Refused(needed)
    return words


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := wording.one_line(wording.storable(text))))
