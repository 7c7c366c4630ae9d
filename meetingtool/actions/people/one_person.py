"""Merging two entries of one person, as a roster imported twice makes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec

from meetingtool.actions.stories.kept_back import look_again, with_former_names
from meetingtool.errors import Refused
from meetingtool.records.base import Record
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.keeping.anonymity import is_alias
from meetingtool.rules.kinds.table import with_ids_replaced
from meetingtool.rules.people.doubles import merged_evaluation, overlapping
from meetingtool.rules.people.periods import Period, between
from meetingtool.store import Workspace
from meetingtool.store.places import DRAFT, DRAFTS

R = TypeVar("R", bound=Record)

COUNTED: tuple[tuple[type[Record], tuple[str, str]], ...] = (
    (Story, ("story", "stories")),
    (FollowUp, ("promise or action", "promises and actions")),
    (Rating, ("rating", "ratings")),
    (Meeting, ("meeting", "meetings")),
    (Evaluation, ("evaluation", "evaluations")),
)


class Merging(msgspec.Struct, frozen=True):
    """What merging two entries would do. kept: the entry as it will be. double: the other one, as it is. changed: the
    records as they will be, in use and in the bin, without the two entries. stays: evaluations that can't move, since
    the kept entry has one of some of their days; they stay as they are. twice: those that move although there is one of
    the very same days, and of which one has to be chosen, since either was handed over. doubts: what suggests they are
    two people, in sentences.
    """

    kept: Person
    double: Person
    changed: tuple[Record, ...]
    stays: tuple[Evaluation, ...]
    twice: tuple[Evaluation, ...]
    doubts: tuple[str, ...]

    @property
    def counts(self) -> tuple[str, ...]:
        """`12 stories`, `3 ratings`: what will belong to the kept entry, in use or in the bin."""
        numbers = [(sum(isinstance(one, kind) for one in self.changed), words) for kind, words in COUNTED]
        return tuple(wording.count(number, *words) for number, words in numbers if number)

    def in_words(self) -> str:
        """What will move, and what will not, for the question before it."""
        moves = wording.listed(self.counts) or "Nothing"
        name = wording.one_line(self.kept.name)
        whose = f"{name} (@{self.kept.handle})"
        said = [f"{moves} of @{self.double.handle} will move to {whose}. @{self.double.handle} still finds {name}."]
        finals = sum(isinstance(one, Evaluation) and bool(one.finals) for one in self.changed)
        if finals:
            said.append("Final evaluations stay word for word.")
        if self.stays:
            refs = wording.listed([evaluation.ref for evaluation in self.stays])
            stay = wording.count(len(self.stays), "evaluation stays", "evaluations stay")
            said.append(
                f"{stay} as it was, since {name} has one of some of its days, and can be read by reference: {refs}."
            )
        said += [
            f"There are two evaluations for {between(each.since, each.until).label} then: `meetingtool evaluation join "
            f"@{self.kept.handle} --year {each.since.isoformat()}..{each.until.isoformat()}` merges them, or asks for "
            "the valid one."
            for each in self.twice
        ]
        return " ".join([*said, *self.doubts])


def alike_first(person: Person, others: Iterable[Person]) -> list[Person]:
    """The others; those who share most words of the name or the e-mail address with the person come first."""
    words = _words(person)
    return sorted(others, key=lambda other: (-len(words & _words(other)), fold(other.name), other.handle))


def _words(person: Person) -> set[str]:
    names = " ".join((person.name, *person.nicknames, person.email))
    return set(fold(names).split())


def plan_merge(workspace: Workspace, kept: Person, double: Person, now: datetime) -> Merging:
    """Look through every record of every year; changes nothing. Refused for one and the same entry, unless a merge of
    it was interrupted between two books: then the rest of that merge is planned.
    """
    if is_alias(kept) and not is_alias(double):
        raise Refused(
            f"@{kept.handle} was forgotten and would get the name of @{double.handle} again.",
            f"Keep the other one: meetingtool team merge @{double.handle} @{kept.handle}",
        )
    again = kept.id == double.id
    if again:
        if not kept.merged:
            raise Refused(f"Both are the same entry: @{kept.handle}.", "Give the entry to keep, then the other one.")
        double = workspace.get(Person, kept.merged[-1])
    to = dict.fromkeys([double.id, *double.merged, *kept.merged], kept.id)
    changed: list[Record] = []
    stays: list[Evaluation] = []
    twice: list[Evaluation] = []
    mine = workspace.find(Evaluation, person=kept.id)
    for evaluation in workspace.find(Evaluation, removed=None):
        if evaluation.person in to:
            named = with_ids_replaced(evaluation, to)
            moved = moved_evaluation(named, mine, now)
            if not moved:
                (twice if of_the_same_days(named, mine) else stays).append(evaluation)
            changed += moved or ([_next(named)] if evaluation in twice else [])
    meetings = workspace.find(Meeting, removed=None)
    others: list[Record] = [
        *workspace.find(Story, removed=None),
        *workspace.find(FollowUp, removed=None),
        *workspace.find(Rating, removed=None),
        *meetings,
    ]
    changed += [_next(found) for record in others if (found := with_ids_replaced(record, to)) is not record]
    doubts = _doubts(kept, double, meetings)
    one = _joined(with_former_names(workspace, kept), with_former_names(workspace, double))
    whole = double.removed_at is not None and msgspec.structs.replace(one, version=kept.version) == kept
    if again and whole and not changed:
        raise Refused(f"They are one entry already: @{kept.handle}.", "There is nothing left to merge.")
    return Merging(
        one,
        double,
        tuple(changed),
        tuple(stays),
        tuple(twice),
        tuple(doubts),
    )


def merge(workspace: Workspace, plan: Merging, now: datetime) -> Person:
    """Merge the two entries, as one deed that can be undone. Conflict when something was changed meanwhile."""
    with workspace.batch(deeds.PEOPLE_MERGED, now):
        current = workspace.get(Person, plan.kept.id)
        if msgspec.structs.replace(plan.kept, version=current.version) != current:
            workspace.save(plan.kept, deed=deeds.PEOPLE_MERGED, now=now)
        if plan.double.removed_at is None:
            workspace.save(_next(plan.double, removed_at=now), deed=deeds.PEOPLE_MERGED, now=now)
        for record in plan.changed:
            workspace.save(record, deed=deeds.PEOPLE_MERGED, now=now)
        if plan.kept.thanks == "private":
            look_again(workspace, deeds.PEOPLE_MERGED, now)
    _move_drafts(workspace, plan.double.id.lower(), plan.kept.id.lower())
    return workspace.get(Person, plan.kept.id)


def _move_drafts(workspace: Workspace, double: str, kept: str) -> None:
    """Half-typed words of an evaluation move over, after those half-typed for the kept entry."""
    drafts = workspace.drafts
    for path in sorted(workspace.folder.joinpath(DRAFTS).glob(f"evaluation-{double}-*{DRAFT}")):
        key = path.stem.replace(double, kept)
        mine, theirs = drafts.get(key), drafts.get(path.stem)
        if not mine.endswith(theirs):  # otherwise it was interrupted just here
            drafts.put(key, _both(mine, theirs))
        drafts.clear(path.stem)


def _next(record: R, **changes: object) -> R:
    changed: R = msgspec.structs.replace(record, version=record.version + 1, **changes)
    return changed


def _joined(kept: Person, double: Person) -> Person:
    """The kept entry with what only the other one knew: its handles, names, first day, and blank fields filled."""
    names = {fold(name) for name in (kept.name, *kept.nicknames)}
    more = [name for name in (double.name, *double.nicknames) if fold(name) not in names]
    handles = [handle for handle in (double.handle, *double.former_handles) if handle != kept.handle]
    had = {*names, *map(fold, [*more, kept.handle, *kept.former_handles, *handles])}
    before = [name for name in (*kept.former_nicknames, *double.former_nicknames) if fold(name) not in had]
    days = [day for day in (kept.started, double.started) if day is not None]
    back = kept.left is not None and double.started is not None and double.started > kept.left
    return _next(
        kept,
        nicknames=tuple(dict.fromkeys([*kept.nicknames, *more])),
        former_handles=tuple(dict.fromkeys([*kept.former_handles, *handles])),
        former_names=tuple(dict.fromkeys([*kept.former_names, double.name, *double.former_names])),
        former_nicknames=tuple(dict.fromkeys(before)),
        role=kept.role or double.role,
        email=kept.email or double.email,
        number=kept.number or double.number,
        started=min(days, default=None),
        thanks=next((way for way in ("private", "public") if way in (kept.thanks, double.thanks)), "ask"),
        left=double.left if back else kept.left,
        merged=tuple(dict.fromkeys([*kept.merged, *double.merged, double.id])),
    )


def moved_evaluation(evaluation: Evaluation, mine: list[Evaluation], now: datetime) -> list[Record]:
    """The evaluation, which names the kept entry already, as its next version. A draft for a period that already has
    one gives its words to that one and goes into the bin. Empty where there is one of some of its days, or where one of
    the same days and this one can't be merged without asking.
    """
    period = Period(evaluation.since, evaluation.until, "")
    same = of_the_same_days(evaluation, mine)
    if evaluation.removed_at is not None or (same is None and overlapping(mine, evaluation.person, period) is None):
        return [_next(evaluation)]
    if same is None or same.state != "draft" or evaluation.state != "draft" or evaluation.finals:
        return []
    return [_next(merged_evaluation(same, evaluation)), _next(evaluation, removed_at=now)]


def of_the_same_days(evaluation: Evaluation, mine: Iterable[Evaluation]) -> Evaluation | None:
    """The one of the others that is about the very same days."""
    return next((each for each in mine if (each.since, each.until) == (evaluation.since, evaluation.until)), None)


def _both(mine: str, theirs: str) -> str:
    return "\n\n".join(dict.fromkeys(words for words in (mine, theirs) if words))


def _doubts(kept: Person, double: Person, meetings: Iterable[Meeting]) -> list[str]:
    said = []
    for field, word in (("number", "employee numbers"), ("email", "e-mail addresses")):
        one, other = getattr(kept, field), getattr(double, field)
        if one and other and fold(one) != fold(other):
            said.append(f"They have different {word}.")
    here = 0
    for meeting in meetings:
        there = {entry.person for entry in meeting.attendance if entry.presence != "absent"}
        here += kept.id in there and double.id in there
    if here:
        said.append(f"Both were noted as present in {wording.count(here, 'meeting')}.")
    return said
