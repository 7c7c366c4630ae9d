"""The course of a complaint after ISO 10002: what is due next and by when, and whether it was answered in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from meetingtool.records.complaints import (
    Cause,
    Complaint,
    Content,
    Finding,
    Movable,
    OfferKind,
    Step,
    StepName,
    Weight,
)
from meetingtool.records.team import ServiceRule
from meetingtool.rules import wording
from meetingtool.rules.customers.naming import is_former
from meetingtool.rules.customers.workdays import Calendar, calendar_of

if TYPE_CHECKING:
    from meetingtool.rules.roster import Roster

DueName = Literal["acknowledge", "answer", "word", "close", "ask"]

CAUSES: dict[Cause, str] = {
    "promise": "a promise not kept",
    "wait": "a wait",
    "words": "what was said or written",
    "manner": "how it was said",
    "work": "poor work",
    "price": "a price or a bill",
    "rule": "a rule of ours",
    "handover": "a handover",
    "other": "something else",
}
FINDINGS: dict[Finding, str] = {
    "ours": "ours",
    "partly": "partly ours",
    "not-ours": "not ours",
    "can't-tell": "can't tell",
}
WEIGHTS: tuple[Weight, ...] = ("small", "medium", "serious")
OFFERS: dict[OfferKind, str] = {
    "apology": "an apology",
    "mended": "a repair",
    "replaced": "a replacement",
    "refund": "a refund",
    "gift": "a gift",
    "discount": "a discount",
    "rule-changed": "a change to a rule",
    "other": "something else to put it right",
}
CONTENTS: dict[Content, str] = {
    "yes": "content afterwards",
    "partly": "partly content afterwards",
    "no": "not content afterwards",
    "unasked": "",
}
STEPS: dict[StepName, str] = {
    "received": "received",
    "acknowledged": "acknowledged",
    "assessed": "assessed",
    "looked-into": "looked into",
    "word": "word given",
    "answered": "answered",
    "closed": "closed",
    "asked": "asked afterwards",
    "handed-on": "handed on",
    "reopened": "reopened",
}
DUES: dict[DueName, str] = {
    "acknowledge": "acknowledge",
    "answer": "answer",
    "word": "word due",
    "close": "close",
    "ask": "ask",
}
_HEARD: frozenset[StepName] = frozenset({"received", "acknowledged", "word", "answered", "reopened"})
"""Steps in which the customer heard from us, or we from the customer."""


class TeamStep(msgspec.Struct, frozen=True):
    """A step that is due, as the team may hear it: for which customer and who owns it, never whom it is about.

    falls: see `falls_to_manager`. silent: the customer wants no calls, and is asked another way.
    """

    customer: str
    owner: str
    step: DueName
    by: date
    calendar: Calendar
    falls: bool = False
    silent: bool = False

    def words(self, roster: Roster) -> str:
        """`answer · Tom`, `ask, but not by a call · the manager`."""
        owner = wording.one_line(roster.short_name(self.owner)) if self.owner else "nobody yet"
        how = ", but not by a call" if self.silent else ""
        return f"{DUES[self.step]}{how} · {'the manager' if self.falls else owner}"


class StepDue(msgspec.Struct, frozen=True):
    """The step of a complaint that is due next, and by when."""

    complaint: Complaint
    step: DueName
    by: date


def falls_to_manager(due: StepDue, roster: Roster) -> bool:
    """Whether a customer is still to be asked whose complaint was put right by somebody who has left: nobody is late
    with it, and the manager asks. Open complaints are handed over instead.
    """
    owner = roster.person_of(due.complaint.owner) if due.complaint.owner else None
    return due.step == "ask" and owner is not None and not owner.on_team(roster.today)


def whose(complaint: Complaint, due: StepDue | None, roster: Roster) -> str:
    """Who is to do the step that is due, or owns it; empty where nobody does yet."""
    owner = roster.short_name(complaint.owner) if complaint.owner else ""
    return f"yours now, {owner} has left" if due is not None and falls_to_manager(due, roster) else owner


def next_due(complaint: Complaint, rule: ServiceRule, calendar: Calendar | None = None) -> StepDue | None:
    """The step that is due next; None when nothing is left to do.

    Acknowledged, then answered, each in its working days after it was received or reopened. Word is due while the
    answer is put off; once answered it is to be closed. Closed, the customer is asked, if there is one to ask.
    """
    calendar = calendar or calendar_of(rule)
    if complaint.removed_at is not None:
        return None
    if complaint.state == "closed":
        return _asking(complaint, rule, calendar)
    steps = _course(complaint)
    done = {step.name for step in steps}
    began = steps[0].at.date()
    agreed = [move.moved_at.date() for move in complaint.moves]
    heard = max([began, *agreed, *(step.at.date() for step in steps if step.name in _HEARD)])
    word = calendar.after(heard, rule.word)
    if "answered" in done:
        return StepDue(complaint, "close", word)
    answer = _moved(complaint, "answer", began) or calendar.after(began, rule.answer)
    if "acknowledged" not in done:
        return StepDue(complaint, "acknowledge", min(calendar.after(began, rule.acknowledge), answer))
    return StepDue(complaint, "word", word) if word < answer else StepDue(complaint, "answer", answer)


def date_of(complaint: Complaint, step: Movable, rule: ServiceRule) -> date | None:
    """By when a step that the customer can agree to move is due now; None when it is not to be done."""
    due = next_due(complaint, rule)
    if step == "ask" or complaint.state == "closed":
        return due.by if due is not None and due.step == step else None
    steps = _course(complaint)
    if any(each.name == "answered" for each in steps):
        return None
    began = steps[0].at.date()
    return _moved(complaint, "answer", began) or calendar_of(rule).after(began, rule.answer)


def _asking(complaint: Complaint, rule: ServiceRule, calendar: Calendar) -> StepDue | None:
    closed = closed_on(complaint)
    if closed is None or content_now(complaint) != "unasked" or not complaint.customer or is_former(complaint.customer):
        return None
    by = _moved(complaint, "ask", closed) or calendar.on_or_after(closed + timedelta(days=rule.ask))
    return StepDue(complaint, "ask", by)


def _course(complaint: Complaint) -> Sequence[Step]:
    """The steps from the last beginning on: from when it was received, or reopened."""
    starts = [place for place, step in enumerate(complaint.steps) if step.name == "reopened"]
    steps = complaint.steps[starts[-1] :] if starts else complaint.steps
    return steps or (Step(name="received", at=complaint.at),)


def step_of_course(complaint: Complaint, name: StepName) -> Step | None:
    """The first step of a name since it was received or reopened last."""
    return next((step for step in _course(complaint) if step.name == name), None)


def _moved(complaint: Complaint, step: Movable, since: date) -> date | None:
    """The date agreed last with the customer, since the course began."""
    agreed = [move.new for move in complaint.moves if move.step == step and move.moved_at.date() >= since]
    return agreed[-1] if agreed else None


def content_now(complaint: Complaint) -> Content:
    """What the customer said since it was reopened last. What was said before is kept, but is to be asked again."""
    steps = _course(complaint)
    again = steps[0].name == "reopened" and all(step.name != "asked" for step in steps)
    return "unasked" if again else complaint.content


def due_words(by: date, today: date, calendar: Calendar) -> str:
    """When a step is due, seen from today: `2 days over`, `today`, `Friday`. Days off are not counted as over:
    until the next working day it is `since Fri`. From two weeks of working days on, the calendar says how long."""
    if by >= today:
        return wording.due(by, today)
    days = calendar.between(by, today)
    if days >= 2 * len(calendar.workdays):
        return wording.due(by, today)
    if days:
        return f"{wording.count(days, 'day')} over"
    return f"since {wording.DAYS[by.weekday()] if (today - by).days < 7 else wording.day(by, today)}"


def closed_at(complaint: Complaint) -> datetime | None:
    """When it was closed last; None while it is open."""
    moments = [step.at for step in complaint.steps if step.name == "closed"]
    return moments[-1] if moments and complaint.state == "closed" else None


def closed_on(complaint: Complaint) -> date | None:
    """The day on which it was closed last."""
    at = closed_at(complaint)
    return at.date() if at is not None else None


def answered_on(complaint: Complaint) -> date | None:
    """The day on which it was answered first."""
    return next((step.at.date() for step in complaint.steps if step.name == "answered"), None)


def answer_due(complaint: Complaint, rule: ServiceRule) -> date:
    """By when the first answer had to be: a date counts as moved when the customer agreed before it had passed."""
    due = calendar_of(rule).after(complaint.at.date(), rule.answer)
    for move in complaint.moves:
        if move.step == "answer" and move.moved_at.date() <= due:
            due = move.new
    return due


def in_time(complaint: Complaint, rule: ServiceRule, today: date) -> bool | None:
    """Whether it was answered in time; None while it can still be."""
    answered, due = answered_on(complaint), answer_due(complaint, rule)
    if answered is not None:
        return answered <= due
    return False if today > due else None


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """What complaints come to. decided: those answered, or late already. asked: those whose customer was asked.

    causes: number by cause, the most frequent first.
    """

    complaints: int
    open: int
    in_time: int
    decided: int
    content: int
    partly: int
    asked: int
    unasked: int
    causes: tuple[tuple[Cause, int], ...]


def sums(complaints: Iterable[Complaint], rule: ServiceRule, today: date) -> Sums:
    """What complaints come to together."""
    found = list(complaints)
    timely = [in_time(each, rule, today) for each in found]
    contents = Counter(content_now(each) for each in found if each.state == "closed")
    causes = Counter(each.cause for each in found if each.cause is not None)
    return Sums(
        complaints=len(found),
        open=sum(each.state == "open" for each in found),
        in_time=timely.count(True),
        decided=len(timely) - timely.count(None),
        content=contents["yes"],
        partly=contents["partly"],
        asked=contents["yes"] + contents["partly"] + contents["no"],
        unasked=contents["unasked"],
        causes=tuple(sorted(causes.items(), key=lambda item: (-item[1], list(CAUSES).index(item[0])))),
    )


def unfinished(words: str) -> bool:
    """Whether words end where the offered ones break off, or still have their gap."""
    said = words.rstrip()
    return "…" in said or said.endswith(("such a difficult time with", "what we have changed:"))


def offered_words(step: StepName, finding: Finding | None) -> str:
    """Words to begin with when something is said to the customer, to be edited; empty where there are none to offer.
    The first word expresses regret, which admits nothing; where the fault is ours it is a plain apology.
    """
    if step == "acknowledged":
        return "I am sorry you have had such a difficult time with "
    if step == "answered" and finding in ("ours", "partly"):
        return "We got this wrong: … This is what we have done, and what we have changed: "
    return ""
