"""Complaints: what is done about one, step by step to its end, and what is corrected on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from meetingtool.actions.reading import moment_on, settings_of
from meetingtool.errors import Refused
from meetingtool.records.complaints import (
    Agreed,
    Cause,
    Complaint,
    ComplaintChannel,
    Content,
    Finding,
    Movable,
    Offer,
    OfferKind,
    Step,
    StepName,
    Weight,
)
from meetingtool.records.followups import FollowUp
from meetingtool.records.money import Money
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import STEPS, date_of, step_of_course
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

AT_ONCE = "it was settled at once"
"""Why there is nothing to learn from what was put right on the spot, unless something else is said."""
LEAVES = "whoever had it before leaves the team"
"""What the course of a complaint says when a leaver handed it over."""


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How a complaint ends. lesson: what was learned; because: why there is nothing to learn."""

    finding: Finding | None = None
    lesson: str = ""
    because: str = ""
    cause: Cause | None = None


def take_step(
    workspace: Workspace,
    complaint: Complaint,
    name: StepName,
    now: datetime,
    *,
    words: str = "",
    person: str = "",
    on: date | None = None,
) -> Complaint:
    """Note a step. person: who took it; for `handed-on` who has it from now on, and then the words are needed.

    Refused for a closed complaint, for a day before it was received, for acknowledging it twice, and for steps that
    have more to say: closing, asking and reopening.
    """
    _require_open(complaint)
    said = _said(words)
    if name == "handed-on" and not (person and wording.says_something(said)):
        raise Refused(
            "Handing on needs a person, and what that person must know.",
            "Say it so that the customer need not repeat it.",
        )
    if name == "acknowledged" and (before := step_of_course(complaint, name)) is not None:
        raise Refused(
            f"It was acknowledged on {wording.day(before.at.date(), now.date())}.",
            "Another word to the customer is the step `word`.",
        )
    step = Step(name=name, at=_moment(complaint, on, now), person=person, words=said)
    return _step(workspace, complaint, step, now, owner=person if name == "handed-on" else None)


def hand_on_from_leaver(workspace: Workspace, complaint: Complaint, person: str, now: datetime) -> Complaint:
    """Hand a complaint on because its owner leaves the team; for a closed one, only asking its customer."""
    if complaint.state == "closed":
        handed = msgspec.structs.replace(complaint, version=complaint.version + 1, owner=person)
        workspace.save(handed, deed=deeds.HANDED_OVER, now=now)
        return handed
    step = Step(name="handed-on", at=_moment(complaint, None, now), person=person, words=LEAVES)
    return _step(workspace, complaint, step, now, deed=deeds.HANDED_OVER, owner=person)


def assess(
    workspace: Workspace,
    complaint: Complaint,
    now: datetime,
    *,
    words: str = "",
    weight: Weight | None = None,
    safety: bool | None = None,
    about: Sequence[str] | None = None,
    owner: str | None = None,
    wants: str | None = None,
    cause: Cause | None = None,
    customer: str | None = None,
    on: date | None = None,
) -> Complaint:
    """Note the weight of a complaint, whom it is about, who owns it, what would make it right; None leaves a part.

    Like `take_step` otherwise.
    """
    _require_open(complaint)
    return _step(
        workspace,
        complaint,
        Step(name="assessed", at=_moment(complaint, on, now), words=_said(words)),
        now,
        weight=weight,
        safety=safety,
        about=None if about is None else tuple(about),
        owner=owner,
        wants=None if wants is None else _said(wants),
        cause=cause,
        customer=None if customer is None else wording.one_line(wording.storable(customer)),
    )


def offer(
    workspace: Workspace,
    complaint: Complaint,
    kind: OfferKind,
    now: datetime,
    *,
    words: str = "",
    money: Money | None = None,
    from_fund: bool = False,
    taken: bool | None = None,
    on: date | None = None,
) -> Complaint:
    """Note what the customer was offered. Refused for money of the fund without an amount."""
    if from_fund and (money is None or money.minor <= 0):
        raise Refused("What comes from the fund needs an amount.", "Give it, such as 25 or 25.50.")
    made = Offer(
        kind=kind, at=_moment(complaint, on, now), words=_said(words), money=money, from_fund=from_fund, taken=taken
    )
    changed = msgspec.structs.replace(complaint, offers=(*complaint.offers, made))
    return _saved(workspace, complaint, changed, deeds.COMPLAINT_OFFER, now)


def note_taken(workspace: Workspace, complaint: Complaint, number: int, taken: bool, now: datetime) -> Complaint:
    """Note whether the customer took an offer. number: from 1. Refused where there is no such offer."""
    if not 1 <= number <= len(complaint.offers):
        raise Refused("There is no such offer.", f"There are {len(complaint.offers)}; the first is number 1.")
    offers = list(complaint.offers)
    offers[number - 1] = msgspec.structs.replace(offers[number - 1], taken=taken)
    changed = msgspec.structs.replace(complaint, offers=tuple(offers))
    return _saved(workspace, complaint, changed, deeds.COMPLAINT_OFFER, now)


def move_due(
    workspace: Workspace, complaint: Complaint, step: Movable, due: date, words: str, now: datetime
) -> Complaint:
    """Move a due date with the customer's consent. words: how the customer agreed; without them it is refused.

    Agreed before the old date has passed, the answer is in time by the new one; later it stays late.
    """
    old = date_of(complaint, step, settings_of(workspace).service)
    if old is None:
        raise Refused(f"There is no longer a date to {step} by.", "Only what is still to be done can be moved.")
    if due < now.date():
        raise Refused(f"{wording.day(due, now.date())} is in the past.", "Give a future date.")
    said = _said(words)
    if not wording.says_something(said):
        raise Refused(
            "A date moves only with the customer's consent; without it, it is late.", "Say how the customer agreed."
        )
    move = Agreed(step=step, old=old, new=due, moved_at=now, words=said)
    changed = msgspec.structs.replace(complaint, moves=(*complaint.moves, move))
    return _saved(workspace, complaint, changed, deeds.COMPLAINT_MOVED, now)


def answer(
    workspace: Workspace,
    complaint: Complaint,
    now: datetime,
    *,
    words: str = "",
    person: str = "",
    finding: Finding | None = None,
    on: date | None = None,
) -> Complaint:
    """Note that the customer was answered, and what was found. Like `take_step` otherwise."""
    _require_open(complaint)
    who = person or complaint.owner
    step = Step(name="answered", at=_moment(complaint, on, now), person=who, words=_said(words))
    return _step(workspace, complaint, step, now, finding=finding)


def close(
    workspace: Workspace, complaint: Complaint, ending: Ending, now: datetime, *, on: date | None = None
) -> Complaint:
    """Close a complaint. Refused before it was answered, without a finding, and without a lesson or a reason why there
    is none."""
    require_answered(complaint)
    changed = _closed(complaint, ending, _moment(complaint, on, now, since="answered"))
    return _saved(workspace, complaint, changed, deeds.COMPLAINT_CLOSED, now)


def require_answered(complaint: Complaint) -> None:
    """Refused for a complaint that can't be closed yet, or is closed."""
    _require_open(complaint)
    if step_of_course(complaint, "answered") is None:
        raise Refused("The customer has not been answered yet.", "Note the answer first.")


def correct_lesson(workspace: Workspace, complaint: Complaint, lesson: str, now: datetime) -> Complaint:
    """Correct what was learned from a closed complaint. Refused for an open one, which gets its lesson when it is
    closed, and without words."""
    if complaint.state != "closed":
        raise Refused("This complaint is open.", "It gets its lesson when it is closed.")
    said = _said(lesson)
    if not wording.says_something(said):
        raise Refused("Closing needs a lesson.", "Say what was learned.")
    changed = msgspec.structs.replace(complaint, lesson=said, because="")
    return complaint if changed == complaint else _saved(workspace, complaint, changed, deeds.COMPLAINT_EDITED, now)


def settle(
    workspace: Workspace, complaint: Complaint, ending: Ending, now: datetime, *, on: date | None = None
) -> Complaint:
    """Note that it was put right at once: answered and closed as one deed; our fault, with nothing to learn, unless the
    ending says otherwise."""
    _require_open(complaint)
    changed = settled_at_once(complaint, ending, _moment(complaint, on, now))
    return _saved(workspace, complaint, changed, deeds.COMPLAINT_CLOSED, now)


def note_arrival(
    workspace: Workspace, complaint: Complaint, channel: ComplaintChannel, received_by: str, now: datetime
) -> Complaint:
    """Correct how a complaint came and who took it down."""
    first, *rest = complaint.steps
    steps = (msgspec.structs.replace(first, person=received_by), *rest)
    changed = msgspec.structs.replace(complaint, channel=channel, received_by=received_by, steps=steps)
    return _saved(workspace, complaint, changed, deeds.COMPLAINT_EDITED, now)


def ask_afterwards(
    workspace: Workspace,
    complaint: Complaint,
    content: Content,
    now: datetime,
    *,
    words: str = "",
    person: str = "",
    on: date | None = None,
) -> Complaint:
    """Note whether the customer was content, when asked after closing. Refused while it is open."""
    if complaint.state != "closed":
        raise Refused("This complaint is open.", "Close it first; the customer is asked afterwards.")
    if content == "unasked":
        raise Refused("Say whether the customer was content.", "Give yes, partly or no.")
    step = Step(name="asked", at=_moment(complaint, on, now, since="closed"), person=person, words=_said(words))
    return _step(workspace, complaint, step, now, content=content)


def reopen(
    workspace: Workspace, complaint: Complaint, words: str, now: datetime, *, on: date | None = None
) -> Complaint:
    """Open a closed complaint again; all that was done stays. Refused without words, while it is open, and for a day
    before it was closed."""
    if complaint.state != "closed":
        raise Refused("This complaint is open.", "Continue with it.")
    said = _said(words)
    if not wording.says_something(said):
        raise Refused("Say why it is reopened.", "A few words will do.")
    step = Step(name="reopened", at=_moment(complaint, on, now, since="closed"), words=said)
    return _step(workspace, complaint, step, now, deed=deeds.COMPLAINT_REOPENED, state="open")


def settled_at_once(complaint: Complaint, ending: Ending, when: datetime) -> Complaint:
    """The complaint as answered and closed in one. The fault was ours where nothing else is said of it."""
    lesson = ending.lesson.strip() or complaint.lesson
    at_once = msgspec.structs.replace(
        ending,
        finding=ending.finding or complaint.finding or "ours",
        lesson=lesson,
        because="" if lesson else ending.because or AT_ONCE,
    )
    return _closed(_with(complaint, Step(name="answered", at=when, person=complaint.owner)), at_once, when)


def _closed(complaint: Complaint, ending: Ending, when: datetime) -> Complaint:
    lesson, because = _said(ending.lesson), _said(ending.because)
    finding = ending.finding or complaint.finding
    if finding is None:
        raise Refused("Closing needs a finding.", "Say whose it was: ours, partly, not-ours or can't-tell.")
    if not wording.says_something(lesson) and not wording.says_something(because):
        raise Refused("Closing needs a lesson.", "Say what was learned, or why there is nothing to learn.")
    return msgspec.structs.replace(
        _with(complaint, Step(name="closed", at=when)),
        state="closed",
        finding=finding,
        lesson=lesson,
        because="" if lesson else because,
        cause=ending.cause or complaint.cause,
    )


def _step(
    workspace: Workspace,
    complaint: Complaint,
    step: Step,
    now: datetime,
    *,
    deed: deeds.Code = deeds.COMPLAINT_STEP,
    **changes: object,
) -> Complaint:
    """Save a complaint with one more step, and whatever else it changes; None leaves a part as it is."""
    given = {name: value for name, value in changes.items() if value is not None}
    return _saved(workspace, complaint, msgspec.structs.replace(_with(complaint, step), **given), deed, now)


def _with(complaint: Complaint, step: Step) -> Complaint:
    """The complaint with one more step, by time; steps of the same moment in the order in which they were noted."""
    return msgspec.structs.replace(complaint, steps=tuple(sorted((*complaint.steps, step), key=lambda each: each.at)))


def _moment(complaint: Complaint, on: date | None, now: datetime, *, since: StepName = "received") -> datetime:
    """When a step was taken. It may be earlier than the last step; refused if it is before the one that began the
    course."""
    when = moment_on(on, now)
    began = next((step for step in reversed(complaint.steps) if step.name in (since, "reopened")), None)
    start = began.at if began else complaint.at
    if when.date() < start.date():
        raise Refused(
            f"That is before it was {STEPS[began.name] if began else 'received'}, on "
            f"{wording.day(start.date(), now.date())}.",
            "Give a later day, or leave it out for today.",
        )
    return max(when, start)


def _require_open(complaint: Complaint) -> None:
    if complaint.state != "open":
        raise Refused(
            "This complaint is closed.",
            f"Reopen it first; the lesson alone is corrected by `meetingtool edit {complaint.ref} --learned WORDS`.",
        )


def _said(words: str) -> str:
    return wording.storable(words).strip()


def _saved(workspace: Workspace, before: Complaint, after: Complaint, deed: deeds.Code, now: datetime) -> Complaint:
    """Save the next version; with a new owner, what is still to be done moves along."""
    changed = msgspec.structs.replace(after, version=before.version + 1)
    with workspace.batch(deed, now):
        workspace.save(changed, *_handed_over(workspace, before, changed), deed=deed, now=now)
    return changed


def _handed_over(workspace: Workspace, before: Complaint, after: Complaint) -> list[FollowUp]:
    """The open promises and actions that were the former owner's, or nobody's, as the next owner's."""
    if after.owner == before.owner:
        return []
    former, owner = ((person,) if person else () for person in (before.owner, after.owner))
    return [
        msgspec.structs.replace(each, version=each.version + 1, people=owner)
        for each in workspace.find(FollowUp, source_id=after.id, state="open")
        if each.people in ((), former)
    ]
