"""Whether the answers to a survey show any difference between the people who served. For the manager only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from meetingtool.actions.customers.results import batches_lately
from meetingtool.actions.desk import Desk
from meetingtool.records.surveys import Batch, LeftOut, Survey
from meetingtool.rules.customers.people import Among, Verdict, compared, said_of_all, said_of_type
from meetingtool.rules.customers.results import rounded
from meetingtool.rules.customers.served import answers_in
from meetingtool.rules.customers.shares import Tally
from meetingtool.rules.people.periods import months_after
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace


class BetweenPeople(msgspec.Struct, frozen=True):
    """Who served, compared by their answers to the primary measure. since, until: the year up to the last answer."""

    since: date
    until: date
    groups: tuple[Among, ...]
    is_nps: bool

    @property
    def says(self) -> str:
        """All of it in a line."""
        return said_of_all(self.groups, is_nps=self.is_nps)

    @property
    def has_enough(self) -> bool:
        """Whether anything can be said of anybody."""
        return any(one.verdict != "too-few" for one in self.groups)

    @property
    def differ(self) -> tuple[Among, ...]:
        """Those among whom there is a spread."""
        return tuple(one for one in self.groups if one.verdict == "differ")


class PersonResult(msgspec.Struct, frozen=True):
    """One person: id and handle, the answers, the share pulled to that of all of them, and its interval at 95 %."""

    id: str
    person: str
    n: int
    satisfied: int
    share: float
    low: float
    high: float


class AmongResult(msgspec.Struct, frozen=True):
    """People of one role, as programs get it. role: empty for those without one, None for the whole team.

    satisfied, share: of all of them; None where the answers are too few. people: in the order of the team's list, and
    none unless they differ.
    """

    role: str | None
    verdict: Verdict
    says: str
    n: int
    satisfied: int | None
    share: float | None
    people: tuple[PersonResult, ...]


class BetweenResult(msgspec.Struct, frozen=True):
    """The same for all types of work."""

    since: date
    until: date
    says: str
    groups: tuple[AmongResult, ...]


def between_people(
    workspace: Workspace, survey: Survey, batches: Sequence[Batch], roster: Roster
) -> BetweenPeople | None:
    """Who served in the year up to the last answer; None where the answers name nobody of the team.

    An answer counts as it does for the score: for everybody who served, if they were on the team on that day, and not
    when it is left out.
    """
    measure = survey.measure()
    if measure is None or not any(batch.by or any(one.person for one in batch.counts) for batch in batches):
        return None
    until = max(batch.at.date() for batch in batches)
    since = months_after(until, -12) + timedelta(days=1)
    left_out: dict[str, set[int]] = {}
    for one in workspace.find(LeftOut, since=since, until=until):
        left_out.setdefault(one.batch, set()).add(one.row)
    n: Counter[str] = Counter()
    satisfied: Counter[str] = Counter()
    for batch in batches:
        for answer in answers_in(batch, measure, left_out.get(batch.id, ())) if batch.at.date() >= since else ():
            if answer.left_out or not since <= answer.day <= until:
                continue
            served = [roster.person_of(id) for id in (answer.person, *answer.others) if id]
            for id in {one.id for one in served if one is not None and one.on_team(answer.day)}:
                n[id] += answer.times
                satisfied[id] += answer.satisfied * answer.times
    tallies = {person: Tally(times, satisfied[person]) for person, times in n.items()}
    groups = tuple(compared(tallies, roster.everyone))
    return BetweenPeople(since, until, groups, measure.scale == "nps") if groups else None


def between_people_lately(desk: Desk, survey: Survey) -> BetweenPeople | None:
    """The same for the screen: counted once, until an answer, a person or what is left out changes. None in room."""
    if desk.room:
        return None
    return desk.once(f"between {survey.id}", lambda: _while_same(desk, survey))


def _while_same(desk: Desk, survey: Survey) -> BetweenPeople | None:
    batches, roster = batches_lately(desk, survey), desk.roster
    if not any(batch.by or batch.counts for batch in batches):
        return None
    since = min(batch.first for batch in batches)
    records = [survey, *batches, *desk.workspace.find(LeftOut, since=since), *roster.everyone]
    key = tuple((one.id, one.version) for one in records)
    return desk.while_same(f"between {survey.id}", key, lambda: between_people(desk.workspace, survey, batches, roster))


def person_results(one: Among, roster: Roster) -> tuple[PersonResult, ...]:
    """The people of one type of work in the order of the team's list; none unless they differ."""
    if one.verdict != "differ":
        return ()
    found = []
    for person, tally in one.tallies.items():
        share, limits = one.spread.pulled(tally)
        numbers = (rounded(number) for number in (share, limits.low, limits.high))
        found.append(PersonResult(person, roster.handle(person), tally.n, tally.satisfied, *numbers))
    return tuple(found)


def as_result(found: BetweenPeople, roster: Roster) -> BetweenResult:
    """What programs get."""
    groups = []
    for one in found.groups:
        few, whole = one.verdict == "too-few", one.whole
        result = AmongResult(
            role=one.role,
            verdict=one.verdict,
            says=said_of_type(one, is_nps=found.is_nps),
            n=whole.n,
            satisfied=None if few else whole.satisfied,
            share=None if few else rounded(one.spread.share),
            people=person_results(one, roster),
        )
        groups.append(result)
    return BetweenResult(found.since, found.until, found.says, tuple(groups))
